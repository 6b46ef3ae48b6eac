// A drawing (SVG) by somebody else: takes its bytes; gives it as any reader can take it, or in plain words what in it is
// broken, would run, or reaches out of it.
import {
  parseXml,
  XmlDeclaration,
  type XmlDocument,
  XmlDocumentType,
  XmlElement,
  XmlProcessingInstruction,
  XmlText,
} from '@rgrove/parse-xml';
import { faultOfStyle, isHarmless, placesIn } from './outside.ts';
import type { Traits } from './raster.ts';
import { named } from './suggest.ts';
import { plainly } from './unprintable.ts';

export interface Drawing {
  /** UTF-8, without a document type: what EPUB 3.3, 3.9, asks of XML. */
  readonly bytes: Uint8Array;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly traits: Pick<Traits, 'moves' | 'words'>;
}

/** What is wrong with it, what to do about it, and the line of the drawing's own file where that stands, from 1. */
export interface DrawingFault {
  readonly fault: string;
  readonly hint: string;
  readonly line?: number;
}

const SVG = 'http://www.w3.org/2000/svg';
const RUNS = new Set(['script', 'foreignobject', 'iframe', 'embed', 'object', 'handler', 'listener', 'audio', 'video']);
const MOVES = new Set(['animate', 'animatecolor', 'animatemotion', 'animatetransform', 'set']);
/** Where an address may stand in SVG 1.1 and 2, whatever prefix stands before it. */
const ADDRESSES = new Set(['href', 'src', 'base', 'srcset']);
const DEEPEST = 200;

const ENTITIES = 'it declares entities or a document type of its own';

/** What helps, by the kind of fault. */
const HINTS = {
  form: 'Save it again as a plain SVG (in Inkscape: “Plain SVG”).',
  reach: 'Save it as a plain SVG, without scripts, links to other files or embedded pages.',
  deep: 'Take its groups apart (in Inkscape: Object › Ungroup), and save it again.',
  ids: 'Give every part an id of its own: a letter, then letters, digits and hyphens.',
  dead: 'Put back what it leads to, or take out what leads there.',
  size: 'Give its first element a `width` and a `height`, or a `viewBox`.',
} as const;
type Kind = keyof typeof HINTS;

const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length;

/** Undefined where the bytes are no drawing at all. */
export function readDrawing(bytes: Uint8Array): Drawing | DrawingFault | undefined {
  const source = decoded(bytes);
  if (source === undefined || !/<(?:[\w.-]+:)?svg[\s/>]/.test(source)) return undefined;
  if (/^\s*<(?:!doctype\s+)?html\b/i.test(source)) return undefined;
  let document: XmlDocument;
  try {
    document = parseXml(source, { includeOffsets: true, preserveDocumentType: true, preserveXmlDeclaration: true });
  } catch (error) {
    const { line, message } = error as Error & { readonly line?: number };
    // A parser that calls itself for each level runs out of room.
    if (error instanceof RangeError) return { fault: 'its parts are nested too deep', hint: HINTS.deep };
    const at = source.search(/<!DOCTYPE[^>]*\[/);
    if (at >= 0) return { fault: ENTITIES, hint: HINTS.form, line: lineAt(source, at) };
    const words = message.split('\n')[0]!.replace(/ \(line \d+, column \d+\)$/, '');
    return { fault: `it is no well-formed XML: ${plainly(words)}`, hint: HINTS.form, ...(line ? { line } : {}) };
  }
  const found = faultBefore(document) ?? faultIn(document.root!);
  if (found) return { fault: found.fault, hint: HINTS[found.kind], line: lineAt(source, found.at) };
  const size = sizeOf(document.root!);
  if (!size) return { fault: 'it does not say how large it is', hint: HINTS.size, line: 1 };
  const words = bringsFaces(document.root!) ? '' : wordsIn(document.root!).trim();
  const traits = { ...(moves(document.root!) ? { moves: true as const } : {}), ...(words ? { words } : {}) };
  return { bytes: plain(source, document, bytes), ...size, traits };
}

/** By its byte order mark or its XML declaration, else as UTF-8; undefined where it is not text. Line ends are `\n`. */
function decoded(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const marked = start.startsWith('\xff\xfe') ? 'utf-16le' : start.startsWith('\xfe\xff') ? 'utf-16be' : undefined;
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start.replace(/^\xef\xbb\xbf/, ''))?.[1];
  try {
    return new TextDecoder(marked ?? declared ?? 'utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    return undefined;
  }
}

interface Faulty {
  readonly fault: string;
  readonly kind: Kind;
}

interface FoundFault extends Faulty {
  readonly at: number;
}

/** What stands before the drawing, or after it: a document type with entities, a style sheet of elsewhere. */
function faultBefore(document: XmlDocument): FoundFault | undefined {
  for (const node of document.children) {
    if (node instanceof XmlDocumentType && (node.internalSubset !== null || (node.systemId && !node.publicId)))
      return { fault: ENTITIES, kind: 'form', at: node.start };
    if (node instanceof XmlProcessingInstruction && node.name === 'xml-stylesheet')
      return { fault: 'it would fetch a style sheet', kind: 'reach', at: node.start };
  }
  const { root } = document;
  if (root?.name.replace(/^.*:/, '') !== 'svg')
    return { fault: 'its first element is not `svg`', kind: 'form', at: root?.start ?? 0 };
  const prefix = /^(.*):/.exec(root.name)?.[1];
  return root.attributes[prefix ? `xmlns:${prefix}` : 'xmlns'] === SVG
    ? undefined
    : { fault: `its first element lacks \`xmlns="${SVG}"\``, kind: 'form', at: root.start };
}

/** What the parts have been called, and what is said to lead to one of them. */
interface Names {
  readonly ids: Set<string>;
  readonly wanted: { readonly id: string; readonly at: number }[];
}

function faultIn(root: XmlElement): FoundFault | undefined {
  const names: Names = { ids: new Set(), wanted: [] };
  const open = [{ element: root, depth: 0, prefixes: ['xml', 'xmlns'] as readonly string[] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { element, depth } = next;
    const own = Object.keys(element.attributes).flatMap((name) => /^xmlns:(.+)/.exec(name)?.[1] ?? []);
    const prefixes = own.length > 0 ? [...next.prefixes, ...own] : next.prefixes;
    const found =
      depth > DEEPEST
        ? ({ fault: 'its parts are nested too deep', kind: 'deep' } as const)
        : (prefixFault(element, prefixes) ?? faultOf(element, names));
    if (found) return { ...found, at: element.start };
    const inner = element.children.filter((child): child is XmlElement => child instanceof XmlElement);
    for (const child of inner.reverse()) open.push({ element: child, depth: depth + 1, prefixes });
  }
  const dead = names.wanted.find(({ id }) => !names.ids.has(id));
  return dead && { fault: `it leads to ${named(`#${dead.id}`)}, which it does not hold`, kind: 'dead', at: dead.at };
}

/** A prefix that nothing declares makes a browser show nothing at all (Namespaces in XML 1.0, 5). */
function prefixFault({ name, attributes }: XmlElement, prefixes: readonly string[]): Faulty | undefined {
  const used = [name, ...Object.keys(attributes)].flatMap((one) => /^(.*?):/.exec(one)?.[1] ?? []);
  const unknown = used.find((prefix) => !prefixes.includes(prefix));
  return unknown === undefined
    ? undefined
    : { fault: `it does not declare its prefix ${named(`${unknown}:`)}`, kind: 'form' };
}

function faultOf(element: XmlElement, { ids, wanted }: Names): Faulty | undefined {
  const name = localName(element.name);
  const reaches = (fault: string): Faulty => ({ fault, kind: 'reach' });
  if (RUNS.has(name)) return reaches(`it holds ${named(element.name)}`);
  for (const [attribute, value] of Object.entries(element.attributes)) {
    const local = localName(attribute);
    if (attribute.startsWith('xmlns')) continue;
    if (/^on/.test(local)) return reaches(`it holds ${named(attribute)}, which would run`);
    if (ADDRESSES.has(local) && !isHarmless(name, value)) return reaches(`it leads to ${named(value)}`);
    if (ADDRESSES.has(local) && value.trim().startsWith('#') && value.trim() !== '#')
      wanted.push({ id: value.trim().slice(1), at: element.start });
    wanted.push(...placesIn(value).map((id) => ({ id, at: element.start })));
    if (faultOfStyle(value)) return reaches(`it would fetch ${named(value)}`);
    if (attribute !== 'id' && attribute !== 'xml:id') continue;
    if (!NAME.test(value))
      return { fault: `one of its parts has the id ${named(value)}, which is no name`, kind: 'ids' };
    if (ids.has(value)) return { fault: `two of its parts have the id ${named(value)}`, kind: 'ids' };
    ids.add(value);
  }
  if (MOVES.has(name) && /(?:^|:)(?:href|on\w+)$/i.test(element.attributes['attributeName']?.trim() ?? ''))
    return reaches(`it holds ${named(element.name)}, which would change an address`);
  if (name !== 'style') return undefined;
  wanted.push(...placesIn(element.text).map((id) => ({ id, at: element.start })));
  return faultOfStyle(element.text) ? reaches('its style sheet would fetch another file') : undefined;
}

/** Namespaces in XML 1.0, 3: a name without colons. */
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}._·-]*$/u;

const localName = (name: string): string => name.replace(/^.*:/, '').toLowerCase();

/** CSS Values 4, 6.2; what depends on letters is taken at the browser's 16 px. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ '': 1, px: 1, pt: 96 / 72, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, em: 16, rem: 16, ex: 8 },
};

function sizeOf({ attributes }: XmlElement): { width: number; height: number } | undefined {
  const length = (name: string): number | undefined => {
    const [, figure, unit = ''] = /^\s*\+?((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(
      attributes[name] ?? '',
    ) ?? [undefined, 'no'];
    const px = Number(figure) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
    return px > 0 && px < 1e6 ? px : undefined;
  };
  const box = (attributes['viewBox'] ?? '').trim().split(/\s*,\s*|\s+/);
  const [across = 0, down = 0] = box.length === 4 ? box.slice(2).map(Number) : [];
  const shape = across > 0 && down > 0 ? across / down : undefined;
  const [width, height] = [length('width'), length('height')];
  const whole = (w: number, h: number) => ({ width: Math.max(1, Math.round(w)), height: Math.max(1, Math.round(h)) });
  if (width && height) return whole(width, height);
  if (!shape) return undefined;
  if (width) return whole(width, width / shape);
  return height ? whole(height * shape, height) : whole(across, down);
}

/** The drawing without its document type and in UTF-8; the same bytes where it is that already. */
function plain(source: string, document: XmlDocument, bytes: Uint8Array): Uint8Array {
  const declaration = document.children.find((node) => node instanceof XmlDeclaration);
  const type = document.children.find((node) => node instanceof XmlDocumentType);
  const encoded = bytes[0]! >= 0xfe || (declaration?.encoding && !/^utf-8$/i.test(declaration.encoding));
  const foreign = encoded || (declaration && declaration.version !== '1.0');
  const text = type ? source.slice(0, type.start) + source.slice(type.end) : source;
  // Quotation marks around a place are right, and EPUBCheck 5.3 takes them for a part of its name.
  const named = text.replace(/url\(\s*(['"]|&quot;|&apos;|&#3[49];)#([^'"&()]*)\1\s*\)/g, 'url(#$2)');
  if (!foreign && named === source) return bytes;
  const bare = named.replace(/^\uFEFF/, '');
  return new TextEncoder().encode(foreign ? bare.replace(/^<\?xml[^>]*\?>\s*/, '') : bare);
}

/** Whether anything in it moves (SVG 1.1, 19; CSS Animations). */
function moves(root: XmlElement): boolean {
  const open: XmlElement[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    const name = localName(element.name);
    if (MOVES.has(name) || (name === 'style' && /@(?:-\w+-)?keyframes/i.test(element.text))) return true;
    for (const child of element.children) if (child instanceof XmlElement) open.push(child);
  }
  return false;
}

/** What of a drawing is told and not drawn, and what no text is in. */
const TOLD = new Set(['title', 'desc', 'metadata', 'style', 'script']);

/** The words that are drawn as text (SVG 2, 11): not those that have been made into paths. */
function wordsIn(element: XmlElement, within = false): string {
  const name = localName(element.name);
  if (TOLD.has(name)) return '';
  const text = within || name === 'text';
  return element.children
    .map((child) => {
      if (child instanceof XmlElement) return wordsIn(child, text);
      return text && child instanceof XmlText ? child.text : '';
    })
    .join('');
}

/** Whether it has typefaces in it, as only a style sheet can. */
const bringsFaces = (element: XmlElement): boolean =>
  element.children.some(
    (child) =>
      child instanceof XmlElement &&
      ((localName(child.name) === 'style' && /@font-face/i.test(child.text)) || bringsFaces(child)),
  );
