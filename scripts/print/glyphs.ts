// What a font's codes mean (ISO 32000-1, 9.10): read from its ToUnicode map and written into it, and how wide its glyphs are.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { bytes, decoded, dictOf, latin, name, setDecoded } from './pdf.ts';

export interface Glyphs {
  /** By code. */
  readonly text: Map<number, string>;
  /** In thousandths of the size. */
  readonly width: (code: number) => number;
  /** The code of a space, if there is one. */
  readonly space: number | undefined;
  /** Bytes a code. */
  readonly bytes: 1 | 2;
  readonly map: PDFRef | undefined;
  /** By the string that shows it, as it stands in the drawing. */
  readonly strings: Map<string, readonly Sign[]>;
  /** All that are shown, by code. */
  readonly signs: Map<number, Sign>;
}

/** A glyph that is shown. */
export interface Sign {
  readonly code: number;
  readonly hex: string;
  /** In thousandths of the size. */
  readonly width: number;
  /** What the font says that it is. */
  readonly text: string;
  /** Whether it stands anywhere without being spelled. */
  plain: boolean;
}

/** Ligatures and letters in the form that they have in a word: Unicode keeps them for old encodings only. */
const PRESENTATION = /[\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]/;

const unicode = (hex: string): string => {
  let text = '';
  for (let at = 0; at + 4 <= hex.length; at += 4)
    text += String.fromCharCode(Number.parseInt(hex.slice(at, at + 4), 16));
  return PRESENTATION.test(text) ? text.normalize('NFKC') : text;
};

export function glyphsOf(context: PDFContext, font: PDFDict): Glyphs {
  const entry = font.get(name('ToUnicode'));
  const stream = font.lookup(name('ToUnicode'));
  const text = stream instanceof PDFStream ? readMap(latin(decoded(stream))) : new Map<number, string>();
  const composite = font.get(name('Subtype')) === name('Type0');
  const descendants = font.lookup(name('DescendantFonts'));
  const held = descendants instanceof PDFArray ? dictOf(context, descendants.get(0)) : undefined;
  return {
    text,
    width: held ? widthsOf(held) : () => 500,
    space: [...text].find(([, value]) => value === ' ' || value === '\u00a0')?.[0],
    bytes: composite ? 2 : 1,
    map: entry instanceof PDFRef ? entry : undefined,
    strings: new Map(),
    signs: new Map(),
  };
}

function readMap(source: string): Map<number, string> {
  const text = new Map<number, string>();
  // The browser writes 0 where a glyph has no letter of its own.
  const put = (code: number, to: string): void => void (to !== '\0' && text.set(code, to));
  for (const [, part] of source.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, to] of part!.matchAll(/<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>/g))
      put(Number.parseInt(code!, 16), unicode(to!));
  for (const [, part] of source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, last, to] of part!.matchAll(/<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>/g)) {
      const [first, start] = [Number.parseInt(from!, 16), Number.parseInt(to!.slice(-4), 16)];
      for (let code = first; code <= Number.parseInt(last!, 16); code++)
        put(code, unicode(to!.slice(0, -4) + (start + code - first).toString(16).padStart(4, '0')));
    }
  return text;
}

function widthsOf(font: PDFDict): (code: number) => number {
  const found = new Map<number, number>();
  const list = font.lookup(name('W'));
  const items = list instanceof PDFArray ? list.asArray() : [];
  const number = (object: PDFObject | undefined): number => (object instanceof PDFNumber ? object.asNumber() : 0);
  for (let at = 0; at < items.length; ) {
    const first = number(items[at]);
    const next = items[at + 1];
    if (next instanceof PDFArray) {
      next.asArray().forEach((width, index) => void found.set(first + index, number(width)));
      at += 2;
    } else {
      for (let code = first; code <= number(next); code++) found.set(code, number(items[at + 2]));
      at += 3;
    }
  }
  const usual = font.lookup(name('DW'));
  return (code) => found.get(code) ?? (usual instanceof PDFNumber ? usual.asNumber() : 1000);
}

export const hexOf = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

/** Replaces the font's map by all that `text` says. */
export function writeMap(context: PDFContext, { text, map, bytes: wide }: Glyphs): void {
  const stream = map && context.lookup(map);
  if (!map || !(stream instanceof PDFStream)) return;
  const code = (value: number): string =>
    value
      .toString(16)
      .toUpperCase()
      .padStart(2 * wide, '0');
  const rows = [...text].sort(([a], [b]) => a - b).map(([from, to]) => `<${code(from)}> <${hexOf(to)}>`);
  const parts: string[] = [];
  for (let at = 0; at < rows.length; at += 100) {
    const held = rows.slice(at, at + 100);
    parts.push(`${held.length} beginbfchar\n${held.join('\n')}\nendbfchar`);
  }
  const source = [
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def',
    `1 begincodespacerange\n<${code(0)}> <${'FF'.repeat(wide)}>\nendcodespacerange`,
    ...parts,
    'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n',
  ].join('\n');
  setDecoded(context, map, stream.dict, bytes(source));
}

/** The bytes of a string operand, literal or in hex (ISO 32000-1, 7.3.4). */
export function stringBytes(operand: string): string {
  if (operand.startsWith('<')) {
    const hex = operand.slice(1, -1).replace(/\s/g, '');
    return latin(Buffer.from(hex.length % 2 ? `${hex}0` : hex, 'hex'));
  }
  const inner = operand.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:([0-7]{1,3})|\r\n|([\s\S]))/g, (_, octal?: string, other?: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    if (other === undefined || other === '\n' || other === '\r') return '';
    return ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[other] ?? other;
  });
}

export const hexCode = (code: number, { bytes: wide }: Glyphs): string => code.toString(16).padStart(2 * wide, '0');

/** The glyphs of a string operand: most often one. */
export function signsOf(operand: string, glyphs: Glyphs): readonly Sign[] {
  const before = glyphs.strings.get(operand);
  if (before) return before;
  const raw = stringBytes(operand);
  const signs: Sign[] = [];
  for (let at = 0; at < raw.length; at += glyphs.bytes) {
    const code = glyphs.bytes === 1 ? raw.charCodeAt(at) : raw.charCodeAt(at) * 256 + raw.charCodeAt(at + 1);
    signs.push(signOf(code, glyphs));
  }
  glyphs.strings.set(operand, signs);
  return signs;
}

function signOf(code: number, glyphs: Glyphs): Sign {
  const before = glyphs.signs.get(code);
  if (before) return before;
  const [width, text] = [glyphs.width(code), glyphs.text.get(code) ?? ''];
  const sign = { code, hex: hexCode(code, glyphs), width, text, plain: false };
  glyphs.signs.set(code, sign);
  return sign;
}

/** Text in PDF's own encoding or UTF-16. */
export function textOf(operand: string): string {
  const raw = stringBytes(operand);
  if (!raw.startsWith('\u00fe\u00ff')) return raw;
  let text = '';
  for (let at = 2; at + 1 < raw.length; at += 2)
    text += String.fromCharCode(raw.charCodeAt(at) * 256 + raw.charCodeAt(at + 1));
  return text;
}

/** The fonts of a page's resources by the name that its drawing has for them. */
export function fontsOf(context: PDFContext, resources: PDFDict | undefined): [string, PDFRef | undefined, PDFDict][] {
  const fonts = dictOf(context, resources?.get(name('Font')));
  return (fonts?.entries() ?? []).flatMap(([key, entry]): [string, PDFRef | undefined, PDFDict][] => {
    const font = dictOf(context, entry);
    return font instanceof PDFDict && key instanceof PDFName
      ? [[key.decodeText(), entry instanceof PDFRef ? entry : undefined, font]]
      : [];
  });
}
