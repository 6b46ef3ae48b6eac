// The finished sheets are read back with poppler, folded, and must read from first to last.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { degrees } from '@pdfme/pdf-lib';
import fc from 'fast-check';
import { MM } from '../scripts/book/measure.ts';
import { type Forme, oneSheet8, type Scheme, saddle } from '../scripts/print/folds.ts';
import { impose } from '../scripts/print/imposition.ts';
import { load, save } from '../scripts/print/pdf.ts';
import { scaleToFit, seatOf } from '../scripts/print/seats.ts';
import { foldAndRead } from './folding.ts';
import { A4, DATE, LETTER, options, read, saved, schemeOnPaper } from './imposed.ts';
import { OFFSET, oversize, readPgm, SPOT, TRIM } from './oversize.ts';
import { upTo } from './schemes.ts';
import { needs, run } from './tools.ts';

test('printed booklets read from first to last', needs('pdftotext'), async (context) => {
  for (const pages of [4, 8, 20, 24]) {
    for (const sheet of [A4, LETTER]) {
      const pdf = await impose(await oversize(pages), options(saddle(pages), sheet));
      const found = schemeOnPaper(read(saved(context, pdf)), saddle(pages), sheet);
      assert.deepEqual(foldAndRead(found), upTo(pages));
    }
  }
});

test(
  'printed with the spine at the right, they read from first to last from there',
  needs('pdftotext'),
  async (context) => {
    for (const scheme of [saddle(12, 'right'), oneSheet8('right')]) {
      const pdf = await impose(await oversize(scheme.pages), options(scheme, A4));
      const words = read(saved(context, pdf));
      assert.deepEqual(foldAndRead(schemeOnPaper(words, scheme, A4), 'right'), upTo(scheme.pages));
      if (scheme.name !== 'saddle') continue;
      // The trim's right edge lies on the fold: what stands in from the left edge stands so far from it.
      const head = words.find((word) => word.text === 'head1')!;
      assert.ok(Math.abs(head.left - (A4.width / 2 - TRIM.width) - (60 - OFFSET * 0.75)) < 0.01, `${head.left}`);
    }
  },
);

test('a count that is no multiple of 4 keeps its back cover outside', needs('pdftotext'), async (context) => {
  const pdf = await impose(await oversize(6), options(saddle(6), A4));
  const found = schemeOnPaper(read(saved(context, pdf)), saddle(6), A4);
  assert.deepEqual(foldAndRead(found), ['1', '2', '3', '4', '5', 'blank', 'blank', '6']);
});

test('the printed zine reads from first to last', needs('pdftotext'), async (context) => {
  for (const sheet of [A4, LETTER]) {
    const pdf = await impose(await oversize(8), options(oneSheet8(), sheet));
    const found = schemeOnPaper(read(saved(context, pdf)), oneSheet8(), sheet);
    assert.deepEqual(foldAndRead(found), upTo(8));
  }
});

test('a page set on the wrong side is caught by folding', needs('pdftotext'), async (context) => {
  const scheme = saddle(8);
  const [cover, ...rest] = scheme.sheets;
  const wrong: Scheme = {
    ...scheme,
    sheets: [{ ...cover!, inner: [[...(cover!.inner as Forme)[0]!].reverse()] }, ...rest],
  };
  const pdf = await impose(await oversize(8), options(wrong, A4));
  const found = schemeOnPaper(read(saved(context, pdf)), scheme, A4);
  assert.notDeepEqual(foldAndRead(found), upTo(8));
});

test(
  'pages keep their size where they fit, and shrink evenly about the spine where they do not',
  needs('pdftotext'),
  async (context) => {
    const source = read(saved(context, await oversize(4)));
    const from = source.find((word) => word.text === 'head1')!;
    const to = source.find((word) => word.text === 'foot1')!;
    for (const [sheet, scale] of [
      [A4, 1],
      [LETTER, 396 / TRIM.width],
    ] as const) {
      const words = read(saved(context, await impose(await oversize(4), options(saddle(4), sheet))));
      const head = words.find((word) => word.text === 'head1')!;
      const foot = words.find((word) => word.text === 'foot1')!;
      assert.ok(Math.abs((foot.top - head.top) / (to.top - from.top) - scale) < 1e-4);
      const fromSpine = (from.left - OFFSET * 0.75) * scale;
      assert.ok(Math.abs(head.left - sheet.width / 2 - fromSpine) < 0.01, 'the recto begins at the fold');
      const fromHead = (from.top - OFFSET * 0.75) * scale + (sheet.height - TRIM.height * scale) / 2;
      assert.ok(Math.abs(head.top - fromHead) < 0.05, 'centred from head to foot');
    }
    assert.equal(scaleToFit(saddle(4), LETTER, [TRIM]).toFixed(3), '0.944');
  },
);

test('nothing crosses a fold, bleed or creep', needs('pdftoppm'), async (context) => {
  const creep = { thickness: 1 * MM, factor: 1 };
  const sheet = { width: A4.width, height: A4.height };
  // Pages 1 and 3 have the bar; 5 to 8 are missing, so that the cell beyond the fold is empty.
  const path = saved(
    context,
    await impose(await oversize(4), options(saddleOf8(), sheet, { creep, foldMarks: false })),
  );
  run('pdftoppm', ['-gray', '-r', '144', path, `${path}-p`]);
  const { width, height, pixels } = readPgm(readFileSync(`${path}-p-3.pgm`));
  const fold = Math.round(width / 2);
  let ink = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x]! > 250) continue;
      ink++;
      assert.ok(x >= fold - 1, `ink at ${x}, ${y}, the fold at ${fold}`);
    }
  }
  assert.ok(ink > 1000);
});

/** A booklet of eight of which only the first four are there. */
const saddleOf8 = (): Scheme => saddle(8);

test('a seat never leaves its cell', () => {
  const length = fc.double({ min: 50, max: 1500, noNaN: true });
  fc.assert(
    fc.property(
      length,
      length,
      length,
      length,
      fc.double({ min: 0, max: 30, noNaN: true }),
      (width, height, w, h, extra) => {
        const sheet = { width, height };
        const trim = { width: w, height: h };
        for (const scheme of [saddle(8), oneSheet8()]) {
          const scale = scaleToFit(scheme, sheet, [trim]);
          assert.ok(scale <= 1);
          const cell = { width: width / scheme.columns, height: height / scheme.rows };
          scheme.sheets[0]!.outer.forEach((row, r) => {
            row.forEach((placement, c) => {
              const room = { scale, shift: extra / 10, bleed: extra };
              const place = { row: r, column: c, side: 'outer' } as const;
              const seat = seatOf(scheme, sheet, placement, place, trim, room);
              const [left, bottom, wide, high] = seat.window;
              assert.ok(left >= c * cell.width - 1e-6 && left + wide <= (c + 1) * cell.width + 1e-6);
              assert.ok(bottom >= height - (r + 1) * cell.height - 1e-6);
              assert.ok(bottom + high <= height - r * cell.height + 1e-6);
            });
          });
        }
      },
    ),
    { numRuns: 50 },
  );
});

test(
  'sheets are ready for the printer: size, two-sided, unscaled, nothing for the screen',
  needs('pdfinfo', 'qpdf'),
  async (context) => {
    for (const [scheme, duplex] of [
      [saddle(8), 'DuplexFlipShortEdge'],
      [oneSheet8(), 'Simplex'],
    ] as const) {
      const source = await oversize(8);
      const pdf = await impose(source, options(scheme, A4, { title: 'A Title – of its own' }));
      const path = saved(context, pdf);
      const info = run('pdfinfo', ['-box', path]);
      assert.match(info, /Title: +A Title – of its own/);
      assert.match(info, /CreationDate: +Mon Jun +1 00:00:00 2026 UTC/);
      assert.match(info, /MediaBox: +0\.00 +0\.00 +841\.89 +595\.28/);
      assert.match(info, /Tagged: +no/);
      assert.match(
        info,
        new RegExp(`Pages: +${scheme.sheets.flatMap((each) => (each.inner === 'blank' ? [1] : [1, 2])).length}\n`),
      );
      run('qpdf', ['--check', path]);
      const doc = await load(pdf);
      const catalog = `${doc.catalog}${doc.context.lookup(doc.catalog.get(doc.catalog.keys()[0]!))}`;
      assert.match(catalog, new RegExp(`/PrintScaling /None\\s+/Duplex /${duplex}\\s+/PickTrayByPDFSize true`));
      assert.doesNotMatch(catalog, /Outlines|StructTreeRoot|Dests|MarkInfo/);
      assert.ok(doc.getPages().every((page) => !page.node.Annots()));
      assert.ok(pdf.length < source.length + 3000, `${source.length} became ${pdf.length}`);
    }
  },
);

test('same input, same bytes', async () => {
  const once = async (date: Date): Promise<string> =>
    Buffer.from(await impose(await oversize(8), options(saddle(8), A4, { date }))).toString('latin1');
  assert.equal(await once(DATE), await once(DATE));
  assert.notEqual(await once(DATE), await once(new Date(0)));
});

test('inks, where asked for, put neutral colours on the black plate', needs('gs'), async (context) => {
  const inks = { ink: 'cmyk', spot: SPOT } as const;
  const pdf = await impose(await oversize(8), options(saddle(8), A4, { inks }));
  const plates = run('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', saved(context, pdf)])
    .trim()
    .split('\n');
  assert.equal(plates.length, 4);
  // Every side has one odd page with its bar in the spot colour, no cyan, and black text.
  for (const line of plates) assert.match(line, /^\s*0\.00000\s+0\.0[1-9]\d+\s+0\.0[1-9]/);
});

test(
  'any PDF will do: turned pages, shared contents, other boxes, no measures given',
  needs('pdftotext'),
  async (context) => {
    const doc = await load(await oversize(8));
    const pages = doc.getPages();
    pages[2]!.setRotation(degrees(180));
    pages[4]!.setMediaBox(-10, -10, 500, 680);
    pages[4]!.setCropBox(0, 0, 480, 660);
    for (const [pageAt, fold] of [
      [0, saddle(8)],
      [1, oneSheet8()],
    ] as const) {
      const { trim: _, offset: __, ...open } = options(fold, A4);
      const path = saved(context, await impose(save(doc), open));
      const found = schemeOnPaper(read(path), fold, A4);
      const expected = upTo(8).map((folio) => (folio === '3' ? '3!' : folio));
      assert.deepEqual(foldAndRead(found), expected, `${pageAt}`);
    }
  },
);

test('too many pages for the fold is said plainly', async () => {
  await assert.rejects(impose(await oversize(9), options(oneSheet8(), A4)), (cause: Error & { ruleId?: string }) => {
    assert.equal(cause.ruleId, 'page-count');
    assert.match(cause.message, /at most 8 pages for the fold `one-sheet-8`, found 9/);
    return true;
  });
  await assert.rejects(impose(new TextEncoder().encode('no PDF'), options(oneSheet8(), A4)), {
    ruleId: 'pdf-unreadable',
  });
});
