// A small strict reader of XML, so that tests see an ebook's documents as a reading system does: what is not well-formed
// (XML 1.0) throws. No doctypes with content, no processing instructions, no namespaces beyond their prefixes.

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Tag | string)[];
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const ALLOWED = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const TOKEN = /<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

export function readXml(source: string): Tag {
  if (!ALLOWED.test(source)) throw new Error('a character that XML does not allow');
  const text = source.replace(/^<\?xml [^?]*\?>\s*/, '').replace(/^<!DOCTYPE html>\s*/, '');
  const top: Tag = { name: '', attributes: {}, children: [] };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`not well-formed: ${text.slice(at, at + 60)}`);
    const [whole, closes, name, attributes = '', empty] = found;
    const inner = open.at(-1)!;
    if (whole.startsWith('<!--')) continue;
    if (name === undefined && whole.includes(']]>')) throw new Error('`]]>` in the text');
    if (name === undefined) inner.children.push(decoded(whole));
    else if (closes) {
      if (open.pop()!.name !== name || open.length === 0) throw new Error(`</${name}> closes <${inner.name}>`);
    } else {
      const tag: Tag = { name, attributes: readAttributes(attributes, name), children: [] };
      inner.children.push(tag);
      if (!empty) open.push(tag);
    }
  }
  const roots = top.children.filter((child): child is Tag => typeof child !== 'string');
  if (open.length > 1 || roots.length !== 1) throw new Error('elements are left open, or there are several roots');
  return roots[0]!;
}

function readAttributes(source: string, name: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key = '', quoted = ''] of source.matchAll(/([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    if (key in attributes) throw new Error(`<${name}> has ${key} twice`);
    attributes[key] = decoded(quoted.slice(1, -1));
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]+);|#(\d+);|(\w+);)?/gi, (whole, hex, decimal, name) => {
    const sign = hex
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal
        ? String.fromCodePoint(+decimal)
        : NAMED[name];
    if (sign === undefined || !ALLOWED.test(sign)) throw new Error(`not an entity of XML: ${whole}`);
    return sign;
  });
}

/** The element and all below it, in the order of the document. */
export const all = (tag: Tag): Tag[] => [
  tag,
  ...tag.children.flatMap((child) => (typeof child === 'string' ? [] : all(child))),
];

export const named = (tag: Tag, name: string): Tag[] => all(tag).filter((one) => one.name === name);

/** Its text, but for the elements that `without` names. */
export function textOf(tag: Tag, without: (tag: Tag) => boolean = () => false): string {
  return tag.children
    .map((child) => (typeof child === 'string' ? child : without(child) ? '' : textOf(child, without)))
    .join('');
}
