// A drawing (SVG) by somebody else: what in it would run, or reach out of it. Takes its source, gives the first fault.
import { parseXml, XmlElement, type XmlNode } from '@rgrove/parse-xml';

const RUNS = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener']);
/** Where an address may stand in SVG 1.1 and 2. */
const ADDRESSES = new Set(['href', 'xlink:href', 'src']);

/** In plain words why the drawing cannot be used; undefined where it can. */
export function faultOfDrawing(source: string): string | undefined {
  if (/<!DOCTYPE[^>]*(?:\[|\bSYSTEM\b)/i.test(source)) return 'it declares entities or a document type of its own';
  let root: XmlElement | null;
  try {
    root = parseXml(source).root;
  } catch (error) {
    return `it is no well-formed XML: ${String((error as Error).message).split('\n')[0]}`;
  }
  if (root?.name.replace(/^.*:/, '') !== 'svg') return 'its first element is not `svg`';
  return faultIn(root);
}

function faultIn(element: XmlElement): string | undefined {
  const name = element.name.replace(/^.*:/, '').toLowerCase();
  if (RUNS.has(name)) return `it holds \`${element.name}\``;
  for (const [attribute, value] of Object.entries(element.attributes)) {
    if (/^on/i.test(attribute)) return `it holds \`${attribute}\`, which would run`;
    if (ADDRESSES.has(attribute.toLowerCase()) && !isHarmless(name, value))
      return `it leads to \`${value.slice(0, 60)}\``;
    if (reachesOut(value)) return `it would fetch \`${value.slice(0, 60)}\``;
  }
  if (name === 'style' && (/@import/i.test(element.text) || reachesOut(element.text)))
    return 'its style sheet would fetch another';
  for (const child of element.children as XmlNode[]) {
    const fault = child instanceof XmlElement ? faultIn(child) : undefined;
    if (fault) return fault;
  }
  return undefined;
}

/** A place in the drawing itself, a picture inside it, or what a reader may follow: an ordinary link. */
function isHarmless(name: string, address: string): boolean {
  const plain = address.trim();
  if (plain === '' || plain.startsWith('#')) return true;
  if (name === 'a') return /^https?:/i.test(plain);
  return /^data:image\/(?:png|jpeg|gif|webp);/i.test(plain);
}

const reachesOut = (css: string): boolean =>
  [...css.matchAll(/url\(\s*['"]?([^'")]*)/gi)].some(([, address = '']) => !/^(?:#|data:)/i.test(address.trim()));
