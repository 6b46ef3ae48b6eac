// The printer at hand and the job ticket: figures reckoned anew, files read back with poppler, stacks printed by a simulated printer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PDFDict, PDFDocument, PDFName } from '@pdfme/pdf-lib';
import type { PrinterSettings } from '../scripts/book/config.ts';
import { MM, PAPERS } from '../scripts/book/measure.ts';
import type { Side } from '../scripts/print/duplex.ts';
import type { Scheme } from '../scripts/print/folds.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { imposeFor } from '../scripts/print/homeprint.ts';
import { layOut } from '../scripts/print/stacks.ts';
import { figuresOf, type TicketJob, ticketFor } from '../scripts/print/ticket.ts';
import { foldAndRead } from './folding.ts';
import { DATE, number, read, saved } from './imposed.ts';
import { OFFSET, oversize, TRIM, type Word } from './oversize.ts';
import { printed } from './printing.ts';
import { upTo } from './schemes.ts';
import { needs } from './tools.ts';

const PRINTER: PrinterSettings = { delivers: 'face-down', margin: 0, shift: [0, 0], weight: 80 };

function jobOf(fold: string, pages: number, change: Partial<TicketJob> = {}, paper = 'a4'): TicketJob {
  const laid = layOut({ fold }, PAPERS[paper]!, { pages, spine: 'left', trim: TRIM });
  return {
    ...laid,
    paper: paper.toUpperCase(),
    trim: TRIM,
    printer: PRINTER,
    inking: laid.scheme.sheets.map(() => 'black' as const),
    files: ['x.pdf', 'y.pdf'],
    ...change,
  };
}

test('weight and thickness of one copy', () => {
  // A4 of 80 g/m² weighs 4.99 g; a leaf of it is a tenth of a millimetre thick.
  const known: readonly (readonly [string, number, number, number])[] = [
    ['saddle', 40, 10 * 4.9896, 2],
    ['signatures', 100, 25 * 4.9896, 5],
    ['perfect-bound', 40, 10 * 4.9896, 2],
    ['quarto', 40, 5 * 4.9896, 2],
    ['quarter-fold', 32, 4 * 4.9896, 1.6],
    ['octavo', 32, 2 * 4.9896, 1.6],
    ['one-sheet-8', 8, 4.9896, 0.8],
    ['french-fold', 4, 4.9896, 0.4],
    ['letter-fold-6', 6, 4.9896, 0.3],
    ['letter-fold-8', 8, 4.9896, 0.4],
    ['gatefold-6', 6, 4.9896, 0.2],
    ['gatefold-8', 8, 4.9896, 0.4],
    ['accordion', 10, 4.9896, 0.5],
    ['cut-and-stack', 16, 2 * 4.9896, 0.8],
    ['leaflets-4-up', 2, 4.9896 / 4, 0.1],
  ];
  for (const [fold, pages, grams, thickness] of known) {
    const figures = figuresOf(jobOf(fold, pages));
    assert.ok(Math.abs(figures.grams - grams) < 1e-3, `${fold}: ${figures.grams} g`);
    assert.ok(Math.abs(figures.thickness - thickness) < 1e-9, `${fold}: ${figures.thickness} mm`);
  }
  for (const weight of [60, 80, 120, 300]) {
    const { grams, thickness } = figuresOf(jobOf('saddle', 16, { printer: { ...PRINTER, weight } }, 'letter'));
    // Of A5 made to fit half of Letter, what is left when head and foot are cut off.
    assert.ok(Math.abs(grams - (4 * weight * 279.4 * (139.7 / 148) * 210) / 1e6) < 1e-6);
    assert.ok(Math.abs(thickness - (8 * weight) / 800) < 1e-9);
  }
});

test('what it says: paper, sheets, flip, and what copies cost', () => {
  const { facts, printing, shop, costs } = ticketFor(
    jobOf('saddle', 40, { printer: { ...PRINTER, price: { amount: 0.07, currency: 'EUR' } } }),
  );
  assert.deepEqual(Object.fromEntries(facts), {
    Paper: 'A4, 80 g/m²',
    Sheets: '10 sheets, both sides',
    Ink: 'black',
    Page: '148 × 210 mm',
    'One copy': '50 g, about 2 mm thick',
  });
  assert.deepEqual(printing, [
    'Print x.pdf on both sides, flipped on the short edge, at actual size (100 %, not “fit to page”).',
    'Try one sheet first: page 2 must be behind page 1, both the same way up. If the backs stand on their heads, set the other edge (long edge).',
  ]);
  assert.match(
    shop,
    /A4, 80 g\/m², on both sides, flipped on the short edge, in black, at 100 % .* 10 sheets a copy, kept in the order of the file, folded once in the middle, stapled twice through the fold\.”$/,
  );
  assert.deepEqual(costs, [
    { copies: 1, sheets: 10, cost: 'EUR 0.70' },
    { copies: 10, sheets: 100, cost: 'EUR 7.00' },
    { copies: 50, sheets: 500, cost: 'EUR 35.00' },
    { copies: 100, sheets: 1000, cost: 'EUR 70.00' },
  ]);
  assert.deepEqual(
    ticketFor(jobOf('leaflets-4-up', 2)).costs.map(({ sheets }) => sheets),
    [1, 3, 13, 25],
  );
  const flips = (fold: string, duplex?: 'short-edge' | 'long-edge'): string =>
    ticketFor(jobOf(fold, 8, { printer: { ...PRINTER, duplex } })).printing[0]!;
  assert.match(flips('quarto'), /long edge/, 'a sheet that stands');
  assert.match(flips('quarto', 'short-edge'), /short edge/);
  assert.match(flips('saddle', 'long-edge'), /long edge/);
  assert.match(flips('one-sheet-8'), /on one side/);
});

test('it says how much to trim, where there is something to trim', () => {
  const trims = (job: TicketJob) => ticketFor(job).steps.find(({ text }) => text.startsWith('Trim'));
  assert.equal(trims(jobOf('saddle', 40)), undefined);
  // Pages of 148 × 210 mm at 94.4 % are 198.2 mm tall on a sheet of 215.9 mm.
  const letter = trims(jobOf('saddle', 40, {}, 'letter'))!;
  assert.match(letter.text, /9 mm off the head and the foot/);
  const paper = letter.drawing.shapes.find(({ kind }) => kind === 'panel')!;
  const cuts = letter.drawing.shapes.filter(({ kind }) => kind === 'cut');
  const height = paper.to[1] - paper.from[1];
  const at = cuts.map(({ from }) => ((from[1] - paper.from[1]) / height) * 215.9).sort((a, b) => a - b);
  assert.ok(Math.abs(at[0]! - 8.85) < 0.1 && Math.abs(at[1]! - (215.9 - 8.85)) < 0.1, `${at}`);
  // 19 leaves within the outermost push the middle one out by 1.9 mm: the knife goes along the cover's own edge.
  const creep = trims(jobOf('saddle', 80))!;
  assert.match(creep.text, /cut what stands out beyond the cover at the fore-edge \(2 mm\)/);
  const [cover, knife] = (['panel', 'cut'] as const).map(
    (kind) => creep.drawing.shapes.find((one) => one.kind === kind)!,
  );
  assert.equal(knife!.from[0], cover!.to[0]);
  assert.equal(trims(jobOf('signatures', 80)), undefined);
});

const imposed = async (
  { scheme, sheet }: Pick<TicketJob, 'scheme' | 'sheet'>,
  pages: number,
  settings: Partial<PrinterSettings>,
  bleed = 0,
) =>
  imposeFor(
    await oversize(pages),
    { ...PRINTER, ...settings },
    { ...{ scheme, sheet, trim: TRIM, offset: OFFSET, bleed, foldMarks: false }, date: DATE },
  );

/** Which side of which sheet a printed page is, by its words. */
function sideOf(words: readonly Word[], scheme: Scheme): Side {
  const heads = words.filter(({ text }) => text.startsWith('head'));
  for (const [sheet, sides] of scheme.sheets.entries())
    for (const side of ['outer', 'inner'] as const) {
      const forme = sides[side];
      const placed = forme === 'blank' ? [] : forme.flat().filter(({ folio }) => folio !== 'blank');
      const folios = new Set(placed.map(({ folio }) => folio));
      if (folios.size === 0 || heads.length !== folios.size || !heads.every((word) => folios.has(number(word))))
        continue;
      const [one] = placed;
      const head = heads.find((word) => number(word) === one!.folio)!;
      const foot = words.find(({ text }) => text === `foot${one!.folio}`)!;
      return { sheet, side, turned: head.top > foot.top !== one!.turned };
    }
  throw new Error(`no side has ${heads.map(({ text }) => text)}`);
}

test(
  'printed by hand from two files, face up and face down, it reads from first to last',
  needs('pdftotext'),
  async (context) => {
    for (const fold of ['saddle', 'signatures', 'perfect-bound', 'quarto', 'quarter-fold', 'octavo'])
      for (const delivers of ['face-up', 'face-down'] as const) {
        const job = jobOf(fold, 32);
        const files = await imposed(job, 32, { duplex: 'manual', delivers });
        assert.deepEqual(
          files.map(({ part }) => part),
          ['fronts', 'backs'],
        );
        const stacks = files.map(({ content }) => {
          const words = read(saved(context, content));
          const pages = Math.max(...words.map(({ page }) => page)) + 1;
          return Array.from({ length: pages }, (_, at) =>
            sideOf(
              words.filter(({ page }) => page === at),
              job.scheme,
            ),
          );
        });
        assert.ok(stacks[0]!.every(({ side }) => side === 'outer') && stacks[1]!.every(({ side }) => side === 'inner'));
        const sheets = printed(
          job.scheme,
          stacks,
          { duplex: 'manual', delivers, flip: job.sheet.width > job.sheet.height ? 'short-edge' : 'long-edge' },
          job.sheet.width > job.sheet.height,
        );
        assert.deepEqual(foldAndRead({ ...job.scheme, sheets }), upTo(32), `${fold}, ${delivers}`);
      }
  },
);

test('what is printed on one side is one file, however the printer turns', async () => {
  const files = await imposed(jobOf('one-sheet-8', 8), 8, { duplex: 'manual' });
  assert.deepEqual(
    files.map(({ part }) => part),
    [undefined],
  );
});

test('backs are moved as told, and fronts are not', needs('pdftotext'), async (context) => {
  for (const [fold, duplex] of [
    ['saddle', 'short-edge'],
    ['saddle', 'long-edge'],
    ['quarto', 'short-edge'],
  ] as const) {
    const job = jobOf(fold, 16);
    const words = async (shift: readonly [number, number]) => {
      const [file] = await imposed(job, 16, { duplex, shift });
      return read(saved(context, file!.content)).filter(({ text }) => /^(head|foot)/.test(text));
    };
    const [plain, moved] = [await words([0, 0]), await words([2 * MM, -1 * MM])];
    assert.equal(plain.length, 32);
    for (const [index, word] of plain.entries()) {
      const other = moved[index]!;
      assert.equal(other.text, word.text);
      const [right, down] = word.page % 2 === 1 ? [2 * MM, -1 * MM] : [0, 0];
      assert.ok(Math.abs(other.left - word.left - right) < 0.01 * MM, `${fold} ${duplex} ${word.text}`);
      assert.ok(Math.abs(other.top - word.top - down) < 0.01 * MM, `${fold} ${duplex} ${word.text}`);
    }
  }
});

test(
  'a printer’s margin makes pages smaller in their places; the sheet stays as it is',
  needs('pdftotext'),
  async (context) => {
    const job = jobOf('saddle', 8);
    const margin = 6 * MM;
    const of = async (settings: Partial<PrinterSettings>) =>
      read(saved(context, (await imposed(job, 8, settings))[0]!.content));
    const [plain, small] = [await of({}), await of({ margin })];
    const scale = Math.min((148.5 - 6) / 148, (210 - 12) / 210);
    const fold = job.sheet.width / 2;
    for (const [index, word] of plain.entries()) {
      const other = small[index]!;
      // Towards the fold, and towards the middle of the height.
      const wantedLeft = word.left > fold ? fold + (word.left - fold) * scale : fold - (fold - word.left) * scale;
      assert.ok(Math.abs(other.left - wantedLeft) < 0.02 * MM, word.text);
      const middle = job.sheet.height / 2;
      assert.ok(Math.abs(other.top - (middle + (word.top - middle) * scale)) < 0.05 * MM, word.text);
    }
  },
);

test('every viewer is told not to scale, how to turn, and which tray', async () => {
  for (const [settings, modes] of [
    [{}, ['DuplexFlipShortEdge']],
    [{ duplex: 'short-edge' }, ['DuplexFlipShortEdge']],
    [{ duplex: 'long-edge' }, ['DuplexFlipLongEdge']],
    [{ duplex: 'manual' }, ['Simplex', 'Simplex']],
  ] as const) {
    const found = [];
    for (const { content } of await imposed(jobOf('saddle', 8), 8, settings)) {
      const { catalog } = await PDFDocument.load(content);
      const preferences = catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict);
      assert.equal(`${preferences.get(PDFName.of('PrintScaling'))}`, '/None');
      assert.equal(`${preferences.get(PDFName.of('PickTrayByPDFSize'))}`, 'true');
      found.push(`${preferences.get(PDFName.of('Duplex'))}`.slice(1));
    }
    assert.deepEqual(found, modes);
  }
});

test('a ticket can be written for every fold, both ways of printing, any paper', () => {
  for (const fold of Object.keys(FORMATS).filter((name) => name !== 'poster'))
    for (const paper of ['a3', 'a4', 'letter', 'tabloid'])
      for (const duplex of [undefined, 'short-edge', 'manual'] as const) {
        const pages = [16, 8, 6, 4, 2].find((count) => holds(fold, count))!;
        const { printing, steps, shop, facts } = ticketFor(
          jobOf(fold, pages, { printer: { ...PRINTER, duplex } }, paper),
        );
        for (const text of [...printing, ...steps.map((step) => step.text), shop, ...facts.flat()])
          assert.doesNotMatch(text, /undefined|NaN|Infinity|\s{2}/, `${fold}: ${text}`);
      }
});

function holds(fold: string, pages: number): boolean {
  try {
    return layOut({ fold }, PAPERS['a4']!, { pages, spine: 'left' }).scheme.pages >= pages;
  } catch {
    return false;
  }
}
