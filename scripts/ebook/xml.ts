// Trees and texts as XML, which a program that knows HTML only can read, too.
import type { Element } from 'hast';
import { toXast } from 'hast-util-to-xast';
import { toXml } from 'xast-util-to-xml';

/** Characters that XML 1.0 (production 2) does not allow. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const clean = (value: string): string => value.replace(FORBIDDEN, '');

export function escapeXml(value: string): string {
  return clean(value).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
}

/** What every XML reader knows by name (XML 1.0, 4.6). */
const NAMED: Readonly<Record<string, string>> = { 26: '&amp;', '3C': '&lt;', '3E': '&gt;', 22: '&quot;' };

/**
 * Well-formed XML of a tree; the names that hast does not know get their prefixes. Only HTML's void elements close
 * themselves: programs that read the file as HTML would take `<td/>` for an open cell.
 */
export function xml(node: Element): string {
  const tree = toXast(node, { space: 'html' });
  mend(tree);
  return toXml(tree, { closeEmptyElements: false })
    .replace(/><\/(?:br|col|hr|img|wbr)>/g, '/>')
    .replace(/&#x(26|3C|3E|22);/g, (_, code: string) => NAMED[code]!)
    .replaceAll(']]>', ']]&gt;'); // XML 1.0, 2.4: even in text, where a bare `>` is allowed
}

const PREFIXED: Readonly<Record<string, string>> = {
  epubType: 'epub:type',
  epubtype: 'epub:type',
  xmlLang: 'xml:lang',
};
interface XmlNode {
  type: string;
  value?: string;
  attributes?: Record<string, string | null | undefined>;
  children?: XmlNode[];
}

function mend(node: XmlNode): void {
  if (node.value !== undefined) node.value = clean(node.value);
  if (node.attributes) {
    const attributes: Record<string, string | null | undefined> = {};
    for (const [name, value] of Object.entries(node.attributes))
      if (name !== 'xmlns') attributes[PREFIXED[name] ?? name] = typeof value === 'string' ? clean(value) : value;
    node.attributes = attributes;
  }
  for (const child of node.children ?? []) mend(child);
}
