// What inks a ticket says are on which sheets: read from finished PDFs, and judged by Ghostscript's count of each ink.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, type PDFRef } from '@pdfme/pdf-lib';
import type { PrinterSettings } from '../scripts/book/config.ts';
import { PAPERS } from '../scripts/book/measure.ts';
import { impose } from '../scripts/print/imposition.ts';
import { type Inking, inkingOf } from '../scripts/print/plates.ts';
import { layOut } from '../scripts/print/stacks.ts';
import { ticketFor } from '../scripts/print/ticket.ts';
import { options, saved } from './imposed.ts';
import { SPOT, TRIM } from './oversize.ts';
import { needs, run } from './tools.ts';

const SPOTTED = '.8392 .1529 .0941 rg 100 100 200 200 re f';
/** Of each kind of page: what draws it, and what inks that needs on a press of four. */
const KINDS: Readonly<Record<string, readonly [operators: string, wanted: Inking]>> = {
  black: ['0 0 0 rg 100 100 200 200 re f', 'black'],
  grey: ['.5 .5 .5 rg 100 100 200 200 re f q 90 0 0 90 200 400 cm /Grey Do Q', 'black'],
  white: ['1 1 1 rg 100 100 200 200 re f 0 0 0 RG 3 w 90 90 m 300 300 l S', 'black'],
  spot: [`${SPOTTED} 0 0 0 rg 100 400 50 50 re f`, 'one'],
  line: ['.8392 .1529 .0941 RG 4 w 90 90 m 300 300 l S', 'one'],
  fade: ['/Pattern cs /Tint scn 100 100 200 200 re f', 'one'],
  form: ['q 1 0 0 1 100 100 cm /Red Do Q', 'one'],
  two: [`${SPOTTED} .1 .3 .9 rg 100 400 50 50 re f`, 'many'],
  picture: ['q 90 0 0 90 200 400 cm /Photo Do Q', 'many'],
  blend: ['/Pattern cs /Rainbow scn 100 100 200 200 re f', 'many'],
};

interface Entries {
  readonly [key: string]: string | number | number[];
}

async function pagesOf(kinds: readonly string[]): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const { context } = doc;
  const stream = (data: string | Uint8Array, entries: Entries = {}): PDFRef =>
    context.register(
      PDFRawStream.of(context.obj({ ...entries, Filter: 'FlateDecode' }), deflateSync(Buffer.from(data as string))),
    );
  const picture = (pixel: (at: number) => number): PDFRef => {
    const size = { Width: 16, Height: 16, BitsPerComponent: 8, ColorSpace: 'DeviceRGB' };
    const pixels = Buffer.from(Array.from({ length: 16 * 16 * 3 }, (_, at) => pixel(at) % 256));
    return stream(pixels, { Type: 'XObject', Subtype: 'Image', ...size });
  };
  const gradient = (from: readonly number[], to: readonly number[]): PDFRef => {
    const ends = context.register(context.obj({ FunctionType: 2, Domain: [0, 1], C0: [...from], C1: [...to], N: 1 }));
    const shading = { ShadingType: 2, ColorSpace: 'DeviceRGB', Coords: [100, 0, 300, 0], Function: ends };
    return context.register(context.obj({ PatternType: 2, Shading: shading }));
  };
  const spot = [0.8392, 0.1529, 0.0941];
  const resources = {
    XObject: {
      Grey: picture((at) => Math.floor(at / 3) * 7),
      Photo: picture((at) => at * 11),
      Red: stream('.8392 .1529 .0941 rg 0 0 90 90 re f', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 90, 90] }),
    },
    Pattern: { Tint: gradient(spot, [1, 1, 1]), Rainbow: gradient([1, 0, 0], [0, 0.2, 1]) },
  };
  for (const kind of kinds) {
    const page = doc.addPage([480, 660]);
    page.node.set(PDFName.of('Contents'), stream(KINDS[kind]![0]));
    page.node.set(PDFName.of('Resources'), context.obj(resources));
  }
  return doc.save();
}

const inked = async (kinds: readonly string[], ink: 'black' | 'grey' | 'cmyk', fold = 'singles') => {
  const laid = layOut({ fold }, PAPERS['a3']!, { pages: kinds.length, spine: 'left', trim: TRIM });
  const inks = { ink, spot: SPOT };
  return { ...laid, pdf: await impose(await pagesOf(kinds), options(laid.scheme, laid.sheet, { inks, bleed: 0 })) };
};

test('each page has what it draws, and Ghostscript finds colour where we do', needs('gs'), async (context) => {
  const kinds = Object.keys(KINDS);
  for (const ink of ['cmyk', 'black', 'grey'] as const) {
    const { pdf } = await inked(kinds, ink);
    const found = await inkingOf(pdf);
    const wanted = kinds.map((kind) => (ink === 'cmyk' ? KINDS[kind]![1] : 'black'));
    assert.deepEqual(
      Object.fromEntries(kinds.map((kind, at) => [kind, found[at]])),
      Object.fromEntries(kinds.map((kind, at) => [kind, wanted[at]])),
      ink,
    );
    const counted = run('gs', ['-q', '-o', '-', '-sDEVICE=ink_cov', saved(context, pdf)])
      .trim()
      .split('\n');
    const coloured = counted.map((line) =>
      line
        .trim()
        .split(/\s+/)
        .slice(0, 3)
        .some((part) => Number(part) > 0),
    );
    assert.deepEqual(
      found.map((one) => one !== 'black'),
      coloured,
      ink,
    );
  }
});

test('the ticket names the sheets that have colour', () => {
  const { scheme, sheet } = layOut({ fold: 'saddle' }, PAPERS['a4']!, { pages: 24, spine: 'left', trim: TRIM });
  const printer: PrinterSettings = { delivers: 'face-down', margin: 0, shift: [0, 0], weight: 80 };
  const said = (inking: readonly Inking[]): [fact: string, shop: string] => {
    const { facts, shop } = ticketFor({ scheme, sheet, paper: 'A4', trim: TRIM, printer, inking, files: ['x.pdf'] });
    return [Object.fromEntries(facts)['Ink'] ?? '', shop];
  };
  const sheets = (...coloured: number[]): Inking[] =>
    scheme.sheets.map((_, index) => (coloured.includes(index + 1) ? 'many' : 'black'));
  assert.equal(said(sheets())[0], 'black');
  assert.match(said(sheets())[1], /, in black, at 100 %/);
  assert.equal(said(sheets(1))[0], 'black, and colour on sheet 1 only');
  assert.match(said(sheets(1))[1], /, sheet 1 in colour, the rest in black, at 100 %/);
  assert.equal(said(sheets(1, 3, 4, 5))[0], 'black, and colour on sheets 1, 3–5 only');
  assert.equal(said(sheets(1, 2, 3, 4, 5, 6))[0], 'colour');
  assert.equal(said(scheme.sheets.map(() => 'one'))[0], 'black and one colour');
});
