// A few words of our own on a finished PDF, in a typeface that is embedded: TrueType, cut to the glyphs that are used.
// Takes whole font files and the words; gives the words set, as drawing operators, and the fonts for the resources.
import { deflateSync } from 'node:zlib';
import { type PDFDict, type PDFDocument, PDFRawStream, type PDFRef, PDFString } from '@pdfme/pdf-lib';
import { num } from './content.ts';
import { readSubset, type Subset, writeSubset } from './fontfiles.ts';
import { bytes, name } from './pdf.ts';

export interface Face {
  /** ASCII: `EBGaramond-Regular.ttf`. */
  readonly name: string;
  /** The font file: TrueType. */
  readonly bytes: Uint8Array;
}

export interface Words {
  /** In points, at the size asked for. */
  readonly width: number;
  /** Shows the words: to stand between `BT` and `ET`, where they begin. */
  readonly operators: string;
}

export interface Lettering {
  /** Characters that no face has are left out. */
  readonly set: (text: string, size: number) => Words;
  /** The fonts of all that was set, by the names that the operators use; to be asked for last. */
  readonly fonts: () => PDFDict;
}

/** The faces in the order in which they are tried, character by character. */
export async function openLettering(doc: PDFDocument, faces: readonly Face[]): Promise<Lettering> {
  const shaper = await import('harfbuzzjs');
  const cases = faces.flatMap((face, index) => {
    const subset = readSubset(face.bytes);
    if (!subset) return [];
    const font = new shaper.Font(new shaper.Face(new shaper.Blob(Uint8Array.from(face.bytes).buffer), 0));
    const unit = subset.tables.get('head')!.getUint16(18);
    return [{ face, subset, font, unit, label: `S${index}`, used: new Map<number, string>() }];
  });
  type Case = (typeof cases)[number];
  const shaped = (of: Case, text: string, size: number): Words => {
    const buffer = new shaper.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    shaper.shape(of.font, buffer);
    const glyphs = buffer.getGlyphInfosAndPositions();
    const starts = [...new Set(glyphs.map(({ cluster }) => cluster)), text.length].sort((a, b) => a - b);
    let width = 0;
    const pieces: string[] = [];
    for (const { codepoint: glyph, cluster, xAdvance = 0 } of glyphs) {
      const own = (of.subset.metrics.get(glyph) ?? 0) / 0x10000;
      const end = starts.find((start) => start > cluster) ?? text.length;
      if (!of.used.has(glyph)) of.used.set(glyph, text.slice(cluster, end));
      // What the shaper moves together or apart, against the glyph's own width.
      const kern = ((Math.floor(own) - xAdvance) / of.unit) * 1000;
      pieces.push(`<${glyph.toString(16).padStart(4, '0')}>${Math.abs(kern) < 0.5 ? '' : num(kern, 1)}`);
      width += (xAdvance / of.unit) * size;
    }
    return { width, operators: `/${of.label} ${num(size)} Tf [${pieces.join('')}] TJ\n` };
  };
  const caseOf = (character: string): Case | undefined =>
    cases.find(({ font }) => font.nominalGlyph(character.codePointAt(0)!) !== undefined);
  return {
    set: (text, size) => {
      const runs: { of: Case; text: string }[] = [];
      for (const character of text) {
        const last = runs.at(-1);
        const of = last && (character === ' ' || caseOf(character) === last.of) ? last.of : caseOf(character);
        if (of && last?.of === of) last.text += character;
        else if (of) runs.push({ of, text: character });
      }
      const words = runs.map((run) => shaped(run.of, run.text, size));
      return {
        width: words.reduce((sum, { width }) => sum + width, 0),
        operators: words.map(({ operators }) => operators).join(''),
      };
    },
    fonts: () => {
      const used = cases.filter(({ used: glyphs }) => glyphs.size > 0);
      return doc.context.obj(Object.fromEntries(used.map((one) => [one.label, embedded(doc, one)])));
    },
  };
}

interface Used {
  readonly face: Face;
  readonly subset: Subset;
  readonly unit: number;
  /** The letters that each glyph stands for. */
  readonly used: ReadonlyMap<number, string>;
}

/** A composite font whose codes are the glyphs' numbers (ISO 32000-1, 9.7). */
function embedded({ context }: PDFDocument, { face, subset, unit, used }: Used): PDFRef {
  const file = writeSubset(cut(subset, [...used.keys()]));
  const inThousandths = (value: number): number => Math.round((value * 1000) / unit);
  const head = subset.tables.get('head')!;
  const hhea = subset.tables.get('hhea')!;
  const fontName = `SLUGLN+${face.name.replace(/\.ttf$/, '').replaceAll(/[^A-Za-z0-9-]/g, '')}`;
  const stream = (data: Uint8Array, entries: Record<string, number> = {}): PDFRef =>
    context.register(PDFRawStream.of(context.obj({ ...entries, Filter: 'FlateDecode' }), deflateSync(data)));
  const descriptor = context.obj({
    ...{ Type: 'FontDescriptor', FontName: fontName, Flags: 4, ItalicAngle: 0, StemV: 80 },
    FontBBox: [36, 38, 40, 42].map((at) => inThousandths(head.getInt16(at))),
    Ascent: inThousandths(hhea.getInt16(4)),
    Descent: inThousandths(hhea.getInt16(6)),
    CapHeight: 650,
    FontFile2: stream(file, { Length1: file.length }),
  });
  const glyphs = [...used.keys()].sort((a, b) => a - b);
  const widths = glyphs.flatMap((glyph) => [
    glyph,
    [inThousandths(Math.floor((subset.metrics.get(glyph) ?? 0) / 0x10000))],
  ]);
  const descendant = context.obj({
    ...{ Type: 'Font', Subtype: 'CIDFontType2', BaseFont: fontName, CIDToGIDMap: 'Identity', DW: 0 },
    FontDescriptor: context.register(descriptor),
    W: widths,
  });
  const system = context.obj({ Supplement: 0 });
  for (const [key, value] of [
    ['Registry', 'Adobe'],
    ['Ordering', 'Identity'],
  ] as const) {
    system.set(name(key), PDFString.of(value));
  }
  descendant.set(name('CIDSystemInfo'), system);
  const font = { Type: 'Font', Subtype: 'Type0', BaseFont: fontName, Encoding: 'Identity-H' };
  const whole = context.obj({ ...font, DescendantFonts: [context.register(descendant)] });
  whole.set(name('ToUnicode'), stream(bytes(toUnicode(used))));
  return context.register(whole);
}

/** The font with these glyphs and those that they are made of, each under its number. */
function cut(subset: Subset, glyphs: readonly number[]): Subset {
  const outlines = new Map<number, Uint8Array>();
  const metrics = new Map<number, number>();
  const waiting = [0, ...glyphs];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    const outline = subset.outlines.get(glyph);
    const metric = subset.metrics.get(glyph);
    if (metric !== undefined) metrics.set(glyph, metric);
    if (!outline || outlines.has(glyph)) continue;
    outlines.set(glyph, outline);
    waiting.push(...components(outline));
  }
  return { ...subset, outlines, metrics, glyphs: Math.max(...outlines.keys(), ...metrics.keys()) + 1 };
}

/** The glyphs that a composite one is made of (ISO/IEC 14496-22, 5.3.3). */
function components(outline: Uint8Array): number[] {
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  if (view.getInt16(0) >= 0) return [];
  const found: number[] = [];
  for (let at = 10, more = true; more; ) {
    const flags = view.getUint16(at);
    found.push(view.getUint16(at + 2));
    at += flags & 1 ? 8 : 6;
    at += flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
    more = (flags & 0x20) !== 0;
  }
  return found;
}

/** What the glyphs' numbers mean, for whoever searches or copies (ISO 32000-1, 9.10.3). */
function toUnicode(used: ReadonlyMap<number, string>): string {
  const code = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const lines = [...used]
    .sort(([a], [b]) => a - b)
    .map(([glyph, text]) => `<${glyph.toString(16).padStart(4, '0')}> <${code(text)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Slug def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
