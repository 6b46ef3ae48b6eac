// Every format and printer, in finished PDFs: read back with poppler, folded, measured.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { degrees } from '@pdfme/pdf-lib';
import { MM, PAPERS } from '../scripts/book/measure.ts';
import type { Printer } from '../scripts/print/duplex.ts';
import { laid } from '../scripts/print/fitting.ts';
import { oneSheet8, saddle, schemeFor } from '../scripts/print/folds.ts';
import { FORMATS, letterFold6, nUp, poster, signatures } from '../scripts/print/formats.ts';
import { impose } from '../scripts/print/imposition.ts';
import { foldMarks } from '../scripts/print/marks.ts';
import { load, save } from '../scripts/print/pdf.ts';
import { scaleToFit, seatOf, settingsFor } from '../scripts/print/seats.ts';
import { foldAndRead } from './folding.ts';
import { A4, number, options, read, saved, schemeOnPaper } from './imposed.ts';
import { oversize, TRIM } from './oversize.ts';
import { upTo } from './schemes.ts';
import { needs } from './tools.ts';

test('every format, imposed, cut and folded, reads from first to last', needs('pdftotext'), async (context) => {
  const once = Object.entries(FORMATS).filter(([name]) => name !== 'poster');
  const twice = once.map(([name, format]) => [`${name} twice`, (pages: number) => nUp(format(pages), 1, 2)] as const);
  for (const [name, format] of [...once, ...twice]) {
    for (const spine of ['left', 'right'] as const) {
      const pages = [24, 16, 8, 6, 4, 2].find((count) => holds(() => schemeFor(format(count), count)))!;
      const scheme = schemeFor(format(pages), pages, spine);
      const sheet = laid(scheme, PAPERS.a3!, TRIM);
      const pdf = await impose(await oversize(pages), options(scheme, sheet));
      const found = schemeOnPaper(read(saved(context, pdf)), scheme, sheet);
      const reading = foldAndRead(found, spine).filter((folio) => !folio.startsWith('blank'));
      assert.deepEqual(reading, upTo(pages), `${name}, ${spine}`);
    }
  }
});

const holds = (make: () => unknown): boolean => {
  try {
    make();
    return true;
  } catch {
    return false;
  }
};

test(
  'for a printer that flips on the long edge, or by hand, the backs stand as it needs them',
  needs('pdftotext'),
  async (context) => {
    const scheme = saddle(12);
    const sides = async (printer: Printer, stack: 0 | 1 = 0): Promise<string[]> => {
      const words = read(saved(context, await impose(await oversize(12), options(scheme, A4, { printer, stack }))));
      const pages = Math.max(...words.map(({ page }) => page)) + 1;
      return Array.from({ length: pages }, (_, page) => {
        const heads = words.filter((word) => word.page === page && word.text.startsWith('head'));
        const turned = heads[0]!.top > words.find((word) => word.page === page && word.text.startsWith('foot'))!.top;
        return `${heads
          .sort((a, b) => a.left - b.left)
          .map(number)
          .join(' ')}${turned ? ' v' : ''}`;
      });
    };
    assert.deepEqual(await sides({ duplex: 'long-edge' }), ['12 1', '11 2 v', '10 3', '9 4 v', '8 5', '7 6 v']);
    const byHand = { duplex: 'manual', delivers: 'face-down' } as const;
    assert.deepEqual(await sides(byHand), ['12 1', '10 3', '8 5']);
    assert.deepEqual(await sides(byHand, 1), ['6 7', '4 9', '2 11']);
    assert.deepEqual(await sides({ ...byHand, delivers: 'face-up' }, 1), ['2 11', '4 9', '6 7']);
  },
);

test(
  'a poster is whole when its sheets are laid over one another by the strip',
  needs('pdftotext'),
  async (context) => {
    const overlap = 12 * MM;
    const scheme = schemeFor(poster(2, 2, overlap), 1);
    const sheet = { width: A4.height, height: A4.width };
    const words = read(saved(context, await impose(await oversize(1), options(scheme, sheet))));
    const scale = Math.min((2 * sheet.width - overlap) / TRIM.width, (2 * sheet.height - overlap) / TRIM.height);
    const [from] = read(saved(context, await oversize(1)));
    const seen = words.filter(({ text }) => text === 'head1');
    assert.ok(seen.length > 0 && seen.every(({ page }) => page === 0));
    assert.ok(Math.abs(seen[0]!.right - seen[0]!.left - (from!.right - from!.left) * scale) < 0.01);
    const foot = words.find(({ text }) => text === 'foot1')!;
    assert.equal(foot.page, 2);
    const below = foot.top + sheet.height - overlap - seen[0]!.top;
    const source = read(saved(context, await oversize(1)));
    const apart = source.find(({ text }) => text === 'foot1')!.top - source.find(({ text }) => text === 'head1')!.top;
    assert.ok(Math.abs(below - apart * scale) < 0.05, `${below}`);
  },
);

test('a poster is marked where its sheets meet, and at no other edge', () => {
  const overlap = 10 * MM;
  for (const [columns, rows] of [
    [3, 1],
    [1, 2],
    [2, 2],
    [4, 3],
  ] as const) {
    const scheme = schemeFor(poster(columns, rows, overlap), 1);
    const [right, down] = [A4.width - overlap, A4.height - overlap];
    const near = (value: number, wanted: readonly number[]): boolean =>
      wanted.some((one) => Math.abs(one - value) < 0.001);
    const found = scheme.sheets.map((sheet, index) => {
      const { row, column } = sheet.outer[0]![0]!.tile!;
      const lines = [...foldMarks(scheme, A4, 'outer', index).matchAll(/([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l/g)];
      for (const [x1, y1, x2, y2] of lines.map(([, ...ends]) => ends.map(Number) as [number, number, number, number])) {
        // In the whole poster, seen from its top left corner, a tick shows where the paper of a neighbour ends.
        const [x, y] = [column * right + x1, row * down + A4.height - y1];
        const others = [...Array(Math.max(columns, rows)).keys()];
        if (x1 === x2)
          assert.ok(
            near(
              x,
              others.filter((one) => one > 0 && one < columns).flatMap((one) => [one * right, one * right + overlap]),
            ),
          );
        else {
          assert.equal(y1, y2);
          assert.ok(
            near(
              y,
              others.filter((one) => one > 0 && one < rows).flatMap((one) => [one * down, one * down + overlap]),
            ),
          );
        }
      }
      return lines.length;
    });
    const seams = (columns - 1) * rows + (rows - 1) * columns;
    // On both sheets of a seam two ticks, one at each end.
    assert.equal(
      found.reduce((sum, ticks) => sum + ticks, 0),
      4 * seams,
      `${columns} × ${rows}`,
    );
  }
});

test(
  'pages of other sizes make no page smaller, and one that lies is turned into its cell',
  needs('pdftotext'),
  async (context) => {
    const doc = await load(await oversize(8));
    const pages = doc.getPages();
    // Shown lying: turned by a quarter to the left they stand again, the second on its head.
    pages[2]!.setRotation(degrees(90));
    pages[4]!.setRotation(degrees(270));
    pages[6]!.setMediaBox(-480, -660, 1440, 1980);
    const scheme = saddle(8);
    const { trim: _, offset: __, ...open } = options(scheme, A4);
    const words = read(saved(context, await impose(save(doc), open)));
    assert.deepEqual(
      foldAndRead(schemeOnPaper(words, scheme, A4)),
      upTo(8).map((folio) => (folio === '5' ? '5!' : folio)),
    );
    const height = (folio: number): number => {
      const at = (text: string) => words.find((word) => word.text === `${text}${folio}`)!.top;
      return Math.abs(at('foot') - at('head'));
    };
    for (const folio of [2, 3, 4, 5, 6, 8]) assert.ok(Math.abs(height(folio) - height(1)) < 0.05, `${folio}`);
    assert.ok(Math.abs(height(7) - height(1) / 3) < 0.05);
  },
);

test('where most pages lie, none is turned', async () => {
  const [lying, standing] = [{ width: TRIM.height, height: TRIM.width }, TRIM];
  const turned = (...trims: (typeof TRIM)[]): number =>
    settingsFor(saddle(trims.length), A4, trims).filter((one) => one.lying).length;
  assert.equal(turned(lying, lying, lying, lying), 0);
  assert.equal(turned(lying, lying, lying, standing), 0);
  assert.equal(turned(lying, standing, standing, standing), 1);
  // A square one gains nothing.
  assert.equal(turned({ width: 600, height: 600 }, standing, standing, standing), 0);
});

test('a printer’s margin stays white, and pages shrink towards the spine or their panel’s middle', () => {
  const margin = 5 * MM;
  for (const [scheme, sheet] of [
    [saddle(8), A4],
    [oneSheet8(), A4],
    [schemeFor(letterFold6, 6), A4],
    [schemeFor(FORMATS['singles']!(4), 4), { width: A4.height, height: A4.width }],
  ] as const) {
    const trim = { width: sheet.width / scheme.columns, height: sheet.height / scheme.rows };
    const scale = scaleToFit(scheme, sheet, [trim], margin);
    assert.ok(scale < 1);
    scheme.sheets[0]!.outer.forEach((row, r) => {
      row.forEach((placement, c) => {
        const cell = { row: r, column: c, side: 'outer' } as const;
        const { x, y } = seatOf(scheme, sheet, placement, cell, trim, { scale, shift: 0, bleed: 0, margin });
        assert.ok(x >= (c === 0 ? margin : 0) - 1e-6 && y >= (r === scheme.rows - 1 ? margin : 0) - 1e-6);
        const [right, top] = [x + trim.width * scale, y + trim.height * scale];
        assert.ok(right <= sheet.width - (c === scheme.columns - 1 ? margin : 0) + 1e-6);
        assert.ok(top <= sheet.height - (r === 0 ? margin : 0) + 1e-6);
      });
    });
  }
});

test('creep read back is q·t·f, in every gathering', needs('pdftotext'), async (context) => {
  const creep = { thickness: 0.1 * MM, factor: 1.2 };
  for (const [scheme, starts] of [
    [saddle(40), [40]],
    [schemeFor(signatures(2), 20), [8, 8, 4]],
  ] as const) {
    const count = scheme.pages;
    const words = read(saved(context, await impose(await oversize(count), options(scheme, A4, { creep }))));
    const left = (folio: number): number => words.find((word) => word.text === `head${folio}`)!.left;
    let first = 1;
    for (const size of starts) {
      for (let p = 1; p <= size; p++) {
        const folio = first + p - 1;
        const q = Math.floor(Math.min(p - 1, size - p) / 2);
        const [outermost, towards] = folio % 2 === 1 ? [left(1), -1] : [left(2), 1];
        // Two-digit folios make the word wider, not further right: it is set from the left.
        const found = (left(folio) - outermost) * towards;
        assert.ok(Math.abs(found - q * creep.thickness * creep.factor) < 0.01 * MM, `page ${folio}`);
      }
      first += size;
    }
  }
});
