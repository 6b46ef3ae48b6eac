// Pages smaller than their panels: where the cuts are marked on finished sheets, read back from the PDF, and that the ticket
// tells and draws as much as falls off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDFDocument, type PDFPage, type PDFRawStream } from '@pdfme/pdf-lib';
import { MM, PAPERS, type Size } from '../scripts/book/measure.ts';
import type { Placement, Scheme } from '../scripts/print/folds.ts';
import { impose } from '../scripts/print/imposition.ts';
import { decoded, pageContents } from '../scripts/print/pdf.ts';
import { layOut } from '../scripts/print/stacks.ts';
import { ticketFor } from '../scripts/print/ticket.ts';
import { options } from './imposed.ts';
import { OFFSET, oversize, PAGE, TRIM } from './oversize.ts';

const SMALL = { width: 110 * MM, height: 170 * MM };
const FOLDS = ['saddle', 'signatures', 'perfect-bound', 'singles', 'quarto', 'quarter-fold', 'octavo', 'cut-and-stack'];

type Box = Readonly<Record<'left' | 'right' | 'bottom' | 'top', number>>;
const boxOf = (xs: readonly number[], ys: readonly number[]): Box => ({
  ...{ left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) },
});

/** Of each page that is drawn its number and where its trim lies; and the lines of the trim marks. */
function drawnOn(page: PDFPage, trim: Size): { pages: Map<number, Box>; lines: Box[] } {
  const streams = pageContents(page).map((ref) => decoded(page.doc.context.lookup(ref) as PDFRawStream));
  const text = streams.map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');
  const [left, top] = [OFFSET * 0.75, PAGE.height - OFFSET * 0.75];
  const pages = new Map<number, Box>();
  for (const [, matrix = '', number] of text.matchAll(/ n ([-\d. ]+) cm \/P(\d+) Do/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix.trim().split(' ').map(Number);
    const corners = [left, left + trim.width].flatMap((x) => [top, top - trim.height].map((y) => [x, y] as const));
    const box = boxOf(
      corners.map(([x, y]) => a * x + c * y + e),
      corners.map(([x, y]) => b * x + d * y + f),
    );
    pages.set(Number(number), box);
  }
  const lines = [...text.matchAll(/K \.25 w\n([^Q]*)Q/g)].flatMap(([, marks = '']) =>
    [...marks.matchAll(/([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S/g)].map(([, ...ends]) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends.map(Number);
      return boxOf([x1, x2], [y1, y2]);
    }),
  );
  return { pages, lines };
}

const placed = ({ sheets }: Scheme): Map<number, Placement> =>
  new Map(
    sheets
      .flatMap(({ outer, inner }) => [...outer.flat(), ...(inner === 'blank' ? [] : inner.flat())])
      .flatMap((placement) => (typeof placement.folio === 'number' ? [[placement.folio, placement]] : [])),
  );

/** How far the page's edges are from its cell's, which are a grid of equal parts. */
function strips(box: Box, { columns, rows }: Scheme, { width, height }: Size): Record<keyof Box, number> {
  const cell = { width: width / columns, height: height / rows };
  const [x, y] = [(box.left + box.right) / 2, (box.bottom + box.top) / 2];
  const [left, bottom] = [Math.floor(x / cell.width) * cell.width, Math.floor(y / cell.height) * cell.height];
  return {
    ...{ left: box.left - left, right: left + cell.width - box.right },
    ...{ bottom: box.bottom - bottom, top: bottom + cell.height - box.top },
  };
}

test('every edge that is cut is marked on the front, outside all pages; none that is not, and no page inside', async () => {
  let [cut, whole] = [0, 0];
  for (const fold of FOLDS)
    for (const spine of ['left', 'right'] as const)
      for (const [paper, trim, margin] of [
        ['letter', TRIM, 0],
        ['a4', SMALL, 0],
        ['a3', SMALL, 0],
        ['a4', TRIM, 5 * MM],
        ['a4', TRIM, 0],
      ] as const) {
        const { scheme, sheet } = layOut({ fold }, PAPERS[paper]!, { pages: 16, spine, trim });
        const pdf = await impose(await oversize(16), options(scheme, sheet, { trim, margin }));
        const where = placed(scheme);
        for (const page of (await PDFDocument.load(pdf)).getPages()) {
          const { pages, lines } = drawnOn(page, trim);
          assert.ok(pages.size > 0);
          const about = `${fold} on ${paper}, ${spine}`;
          for (const line of lines) {
            assert.ok(Math.max(line.right - line.left, line.top - line.bottom) <= 3 * MM + 1e-3, `${about}: long`);
            assert.ok(
              line.left >= 0 && line.right <= sheet.width && line.bottom >= 0 && line.top <= sheet.height,
              about,
            );
            for (const box of pages.values()) {
              const inside =
                line.right > box.left + 0.01 &&
                line.left < box.right - 0.01 &&
                line.top > box.bottom + 0.01 &&
                line.bottom < box.top - 0.01;
              assert.ok(!inside, `${about}: a mark on a page`);
            }
          }
          for (const [folio, box] of pages) {
            const found = strips(box, scheme, sheet);
            const { spine: bound, turned } = where.get(folio)!;
            const atSpine = (bound === 'left') !== turned ? 'left' : 'right';
            for (const edge of ['left', 'right', 'bottom', 'top'] as const) {
              const level = edge === 'bottom' || edge === 'top';
              const on = lines.filter((line) =>
                level
                  ? line.bottom === line.top && Math.abs(line.top - box[edge]) < 0.2
                  : line.left === line.right && Math.abs(line.left - box[edge]) < 0.2,
              );
              const near = on.filter((line) =>
                level
                  ? line.right > box.left - 6 * MM && line.left < box.right + 6 * MM
                  : line.top > box.bottom - 6 * MM && line.bottom < box.top + 6 * MM,
              );
              if (folio === 1 && edge !== atSpine && found[edge] > MM + 0.01) {
                assert.ok(near.length >= 2, `${about}: page ${folio} has no mark at its ${edge}`);
                cut++;
              } else whole++;
            }
          }
          const isCut = [...pages].some(([folio, box]) => {
            if (folio !== 1) return false;
            const { spine: bound, turned } = where.get(folio)!;
            const { [(bound === 'left') !== turned ? 'left' : 'right']: _, ...others } = strips(box, scheme, sheet);
            return Object.values(others).some((strip) => strip > MM);
          });
          if (!isCut) assert.equal(lines.length, 0, `${about}: marks where nothing is cut`);
        }
      }
  assert.ok(cut > 150 && whole > 2000, `${cut} ${whole}`);
});

test('panels that hang together have no marks', async () => {
  for (const fold of ['one-sheet-8', 'french-fold', 'letter-fold-6', 'accordion']) {
    const { scheme, sheet } = layOut({ fold }, PAPERS['a3']!, { pages: 4, spine: 'left' });
    const pdf = await impose(await oversize(4), options(scheme, sheet, { trim: { width: 50 * MM, height: 70 * MM } }));
    for (const page of (await PDFDocument.load(pdf)).getPages()) assert.deepEqual(drawnOn(page, TRIM).lines, [], fold);
  }
});

test('the ticket draws and tells the same cuts, in millimetres', () => {
  for (const fold of FOLDS)
    for (const spine of ['left', 'right'] as const) {
      const { scheme, sheet } = layOut({ fold }, PAPERS['a3']!, { pages: 16, spine, trim: SMALL });
      const printer = { delivers: 'face-down', margin: 0, shift: [0, 0], weight: 80 } as const;
      const job = { scheme, sheet, paper: 'A3', trim: SMALL, printer, inking: [], files: ['x.pdf'] };
      const { steps, shop } = ticketFor(job);
      const [width, height] = [sheet.width / scheme.columns, sheet.height / scheme.rows];
      const scale = Math.min(1, width / SMALL.width, height / SMALL.height);
      const [ends, fore] = [(height - SMALL.height * scale) / 2, width - SMALL.width * scale];
      const last = steps.at(-1)!;
      for (const [strip, words] of [
        [ends, 'off the head and the foot'],
        [fore, 'off the fore-edge'],
      ] as const) {
        const said = `${Math.round(strip / MM)} mm ${words}`;
        for (const text of [last.text, shop]) assert.equal(text.includes(said), strip > MM, `${fold}: ${text}`);
      }
      const { shapes } = last.drawing;
      const paper = shapes.find((shape) => shape.kind === 'panel')!;
      const unit = (paper.to[0] - paper.from[0]) / width;
      const cuts = shapes.filter((shape) => shape.kind === 'cut' && shape.scissors);
      const level = cuts.filter(({ from, to }) => from[1] === to[1]).map(({ from }) => from[1]);
      const upright = cuts.filter(({ from, to }) => from[0] === to[0]).map(({ from }) => from[0]);
      assert.equal(level.length, ends > MM ? 2 : 0, fold);
      assert.equal(upright.length, fore > MM ? 1 : 0, fold);
      for (const y of level)
        assert.ok(Math.abs(Math.min(y - paper.from[1], paper.to[1] - y) - ends * unit) < 0.01, `${fold}: ${y}`);
      for (const x of upright)
        assert.ok(Math.abs((spine === 'left' ? paper.to[0] - x : x - paper.from[0]) - fore * unit) < 0.01, fold);
      const labels = shapes.flatMap((shape) => (shape.kind === 'label' ? [shape.text] : []));
      assert.equal(labels.length, level.length + upright.length);
    }
});
