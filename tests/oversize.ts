// A small PDF as the browser prints our pages: oversize, the trim's top left corner 32 px from the page's, colours as `rg`.
// Odd pages carry a bar in the spot colour that bleeds at both sides; even pages are neutral, with gradient, picture and form.
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, type PDFRef } from '@pdfme/pdf-lib';
import { MM } from '../scripts/book/measure.ts';

export const SPOT = '#d62718';
export const OFFSET = 32;
export const BLEED = 3 * MM;
export const TRIM = { width: 148 * MM, height: 210 * MM };
/** Of the source pages: multiples of 8 px. */
export const PAGE = { width: 480, height: 660 };

const SPOT_FILL = '.8392 .1529 .0941 RG .8392 .1529 .0941 rg';
const LEFT = OFFSET * 0.75;
const BAR = `${SPOT_FILL} ${LEFT - BLEED} 300 ${TRIM.width + 2 * BLEED} 20 re f 0 0 0 RG 0 0 0 rg`;

const text = (number: number): string =>
  `0 0 0 RG 0 0 0 rg BT /F 12 Tf 1 0 0 1 60 600 Tm (head${number}) Tj 1 0 0 1 60 70 Tm (foot${number}) Tj ET`;

/** Grey, gradient, picture, form, and a string that looks like an operator. */
const NEUTRAL = [
  'q .9333 .9333 .9333 rg 100 200 200 60 re f Q',
  'q /Pattern cs /P scn 100 400 200 60 re f Q',
  'q 80 0 0 80 320 400 cm /I Do Q',
  'q 1 0 0 1 100 500 cm /X Do Q',
  'BT /F 8 Tf 1 0 0 1 60 150 Tm (1 0 0 rg \\) 1 0 0 rg \\( ) Tj <31> Tj ET',
].join('\n');

interface Entries {
  readonly [key: string]: string | number | number[];
}

/** `bars`: nothing but the spot colour. */
export async function oversize(count: number, kind: 'pages' | 'bars' = 'pages'): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = doc;
  const stream = (data: string | Uint8Array, entries: Entries = {}): PDFRef =>
    context.register(
      PDFRawStream.of(context.obj({ ...entries, Filter: 'FlateDecode' }), deflateSync(Buffer.from(data as string))),
    );
  const font = context.register(context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' }));
  const ends = context.register(context.obj({ FunctionType: 2, Domain: [0, 1], C0: [0, 0, 0], C1: [1, 1, 1], N: 1 }));
  const shading = { ShadingType: 2, ColorSpace: 'DeviceRGB', Coords: [100, 0, 300, 0], Function: ends };
  // A second gradient of the same function, as a browser's cache would have it.
  const second = context.register(context.obj({ PatternType: 2, Matrix: [1, 0, 0, 1, 0, 0], Shading: { ...shading } }));
  const pattern = context.register(context.obj({ PatternType: 2, Matrix: [1, 0, 0, 1, 0, 0], Shading: shading }));
  const pixels = Buffer.from(Array.from({ length: 16 * 16 * 3 }, (_, index) => (Math.floor(index / 3) * 7) % 256));
  const size = { Width: 16, Height: 16, BitsPerComponent: 8 };
  const picture = stream(pixels, { Type: 'XObject', Subtype: 'Image', ColorSpace: 'DeviceRGB', ...size });
  const form = stream('.2 .2 .2 rg 0 0 40 40 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 40, 40] });
  for (let number = 1; number <= count; number++) {
    const page = doc.addPage([PAGE.width, PAGE.height]);
    const drawn = kind === 'bars' ? [BAR] : [number % 2 === 1 ? BAR : NEUTRAL, text(number)];
    page.node.set(PDFName.of('Contents'), stream(drawn.join('\n')));
    page.node.set(
      PDFName.of('Resources'),
      context.obj({ Font: { F: font }, Pattern: { P: pattern, S: second }, XObject: { I: picture, X: form } }),
    );
  }
  const [first] = doc.getPages();
  const paragraph = context.register(context.obj({ Type: 'StructElem', S: 'P' }));
  const item = context.register(context.obj({ Type: 'StructElem', S: 'LI', K: [paragraph] }));
  catalog.set(PDFName.of('StructTreeRoot'), context.register(context.obj({ Type: 'StructTreeRoot', K: item })));
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  const target = [first!.ref, 'XYZ', 60, 612, 0];
  catalog.set(PDFName.of('Dests'), context.register(context.obj({ start: target })));
  const links = [
    { Type: 'Annot', Subtype: 'Link', Rect: [60, 597, 92, 612], Dest: 'start' },
    { Type: 'Annot', Subtype: 'Link', Rect: [60, 67, 92, 82], A: { S: 'URI' } },
  ].map((link) => context.register(context.obj(link)));
  first!.node.set(PDFName.of('Annots'), context.obj(links));
  const outline = context.nextRef();
  const entry = context.register(context.obj({ Parent: outline, Dest: target }));
  context.assign(outline, context.obj({ Type: 'Outlines', First: entry, Last: entry, Count: 1 }));
  catalog.set(PDFName.of('Outlines'), outline);
  return doc.save({ addDefaultPage: false, updateFieldAppearances: false });
}

export interface Word {
  /** From 0. */
  readonly page: number;
  readonly text: string;
  /** From the page's left and top edge, in points. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The words of `pdftotext -bbox`. */
export function wordsOf(xhtml: string): Word[] {
  const found: Word[] = [];
  let page = -1;
  for (const [, start, left, top, right, bottom, text] of xhtml.matchAll(
    /(<page )|<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)/g,
  )) {
    if (start) page++;
    else found.push({ page, text: text!, left: +left!, top: +top!, right: +right!, bottom: +bottom! });
  }
  return found;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A binary PGM, as pdftoppm -gray writes it. */
export function readPgm(file: Uint8Array): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(file.subarray(0, 60)).toString('latin1'));
  if (!head) throw new Error('no PGM');
  return { width: Number(head[1]), height: Number(head[2]), pixels: file.subarray(head[0].length) };
}
