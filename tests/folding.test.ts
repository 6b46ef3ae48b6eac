// Folding schemes are judged by printing and folding: see printing.ts, folding.ts and pushing.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Printer, type Side, stacksFor } from '../scripts/print/duplex.ts';
import { laid } from '../scripts/print/fitting.ts';
import {
  type Forme,
  oneSheet8,
  type Placement,
  type Scheme,
  type Sheet,
  saddle,
  schemeFor,
} from '../scripts/print/folds.ts';
import * as formats from '../scripts/print/formats.ts';
import { FORMATS, type Format } from '../scripts/print/formats.ts';
import { foldAndRead } from './folding.ts';
import type { PrintedSheet } from './leaves.ts';
import { printed } from './printing.ts';
import { A4, made, SPINES, schemeOf, upTo } from './schemes.ts';

const PRINTERS: readonly Printer[] = [
  { duplex: 'short-edge' },
  { duplex: 'long-edge' },
  ...(['face-up', 'face-down'] as const).flatMap((delivers) =>
    (['short-edge', 'long-edge'] as const).map((flip): Printer => ({ duplex: 'manual', delivers, flip })),
  ),
];

/** Every named format, and others of other sizes. */
const MORE: readonly Format[] = [
  ...[1, 2, 3, 7].map((sheets) => formats.signatures(sheets)),
  ...[2, 3, 5, 8].map(formats.accordion),
  ...(
    [
      [1, 2],
      [3, 1],
      [3, 2],
      [4, 4],
    ] as const
  ).map(([columns, rows]) => formats.cutAndStack(columns, rows)),
  ...(
    [
      [1, 2],
      [3, 3],
    ] as const
  ).map(([columns, rows]) => formats.poster(columns, rows)),
];

/** Several of each on a sheet. */
const TOGETHER: readonly Format[] = [
  ...Object.values(FORMATS)
    .map((format) => format(8))
    .filter(({ reads }) => reads !== 'tiles')
    .map((format) => formats.nUp(format, 2, 2)),
  ...[formats.octavo, formats.oneSheet16Fold, formats.perfectBound].map((format) => formats.nUp(format, 1, 3)),
];

/** Printed by that printer and folded: what is read; or why it cannot be. */
function outcome(scheme: Scheme, printer: Printer = PRINTERS[0]!, stacks?: Side[][]): string {
  const sheet = laid(scheme, A4);
  const sides = stacks ?? stacksFor(scheme, sheet, printer);
  // More pages than there are places on the fronts: what is white behind them is read, too.
  const backed = scheme.pages * scheme.copies > scheme.columns * scheme.rows * scheme.sheets.length;
  try {
    const sheets = printed(scheme, sides, printer, sheet.width > sheet.height).map((one, index) => {
      // Parts of a poster have no words to know them by.
      return scheme.reads === 'tiles' ? scheme.sheets[index]! : one;
    });
    return foldAndRead(
      { ...scheme, sheets: sheets.map((one) => (backed ? withWhiteBack(one) : one)) },
      scheme.spine,
    ).join(' ');
  } catch (cause) {
    return String(cause);
  }
}

function withWhiteBack(sheet: PrintedSheet): PrintedSheet {
  if (sheet.inner !== 'blank') return sheet;
  return { ...sheet, inner: sheet.outer.map((row) => row.map((mark) => ({ ...mark, folio: 'blank' }))) };
}

/** What is to be read: every page once in order, blanks together at the end or before the back cover. */
function wanted(scheme: Scheme, pages: number, back: boolean): string {
  const blanks = Array.from({ length: scheme.pages - pages }, () => 'blank');
  const all = upTo(pages);
  return (back && pages > 1 ? [...all.slice(0, -1), ...blanks, ...all.slice(-1)] : [...all, ...blanks]).join(' ');
}

/** All that can be seen on the sheets. */
const onPaper = (sheets: readonly PrintedSheet[]): string => {
  const side = (rows: PrintedSheet['inner']): string =>
    rows === 'blank'
      ? rows
      : rows.map((row) => row.map(({ folio, turned }) => `${folio}${turned ? 'v' : ''}`).join(' ')).join('/');
  return sheets.map(({ outer, inner }) => `${side(outer)};${side(inner)}`).join('\n');
};

test('every format, page count, flip and reading direction, printed and folded, reads from first to last', () => {
  let count = 0;
  const fold = (format: Format, pages: number, printers: readonly Printer[]): void => {
    for (const spine of SPINES) {
      const scheme = schemeOf(format, pages, spine);
      if (!scheme) continue;
      // The pushed ones are folded by their folios: a blank has none, so that empty panels are judged below.
      if (scheme.steps.some((step) => step.do === 'push') && pages < scheme.pages) continue;
      const reading = wanted(scheme, pages, format.back);
      const told = `${format.name}, ${pages} pages, ${spine}`;
      assert.equal(outcome(scheme), reading, told);
      // What every printer gives is what was folded.
      const sheet = laid(scheme, A4);
      for (const printer of printers) {
        count++;
        if (scheme.reads === 'tiles') continue;
        const sheets = printed(scheme, stacksFor(scheme, sheet, printer), printer, sheet.width > sheet.height);
        assert.equal(onPaper(sheets), onPaper(scheme.sheets), `${told}, ${JSON.stringify(printer)}`);
      }
    }
  };
  for (const name of Object.keys(FORMATS))
    for (let pages = 1; pages <= 256; pages++) fold(FORMATS[name]!(pages), pages, PRINTERS.slice(0, 2));
  for (const format of MORE)
    for (const pages of [1, 2, 3, 4, 5, 6, 7, 8, 13, 16, 40, 100]) fold(format, pages, PRINTERS);
  for (const format of TOGETHER) for (const pages of [1, 5, 8, 16, 40]) fold(format, pages, PRINTERS.slice(0, 3));
  for (const name of Object.keys(FORMATS))
    for (const pages of [1, 6, 8, 16, 31]) fold(FORMATS[name]!(pages), pages, PRINTERS);
  assert.ok(count > 10000, `${count} folded`);
});

test('a mistake in one of several copies is caught', () => {
  for (const format of TOGETHER) {
    const pages = Array.from({ length: 16 }, (_, index) => 16 - index).find((count) =>
      schemeOf(format, count, 'left'),
    )!;
    const scheme = schemeFor(format, pages);
    const right = outcome(scheme);
    const [sheet, ...more] = scheme.sheets;
    sheet!.outer.forEach((cells, row) => {
      cells.forEach(({ folio }, column) => {
        if (folio === 'blank') return;
        const outer = sheet!.outer.map((each, r) =>
          each.map((one, c) => (r === row && c === column ? { ...one, turned: !one.turned } : one)),
        );
        const faulty = { ...scheme, sheets: [{ ...sheet!, outer }, ...more] };
        assert.notEqual(outcome(faulty), right, `${format.name}: ${row} ${column}`);
      });
    });
  }
});

test('a zine that is not full has the same panels, the last ones empty', () => {
  for (const format of [formats.oneSheet8Fold, formats.oneSheet16Fold]) {
    const full = schemeFor(format, format.sides * 8);
    for (let pages = 1; pages < full.pages; pages++) {
      const { sheets } = changed(full, (one) => ({ ...one, folio: Number(one.folio) > pages ? 'blank' : one.folio }));
      const oneSided = sheets.map((sheet): Sheet => ({ ...sheet, inner: 'blank' }));
      const scheme = schemeFor(format, pages);
      assert.deepEqual(scheme.sheets, pages <= 8 ? oneSided : sheets);
      // It is turned inside out for what is on the back.
      assert.equal(scheme.steps.filter((step) => step.do === 'push').length, pages <= 8 ? 1 : 2);
    }
  }
});

test('a back is printed where any sheet’s has a page, and nowhere else', () => {
  let [one, both] = [0, 0];
  for (const [name, format] of Object.entries(FORMATS))
    for (let pages = 1; pages <= 40; pages++) {
      const scheme = schemeOf(format(pages), pages, 'left');
      if (!scheme) continue;
      const folios = (forme: Forme): number[] =>
        forme.flat().flatMap(({ folio }) => (folio === 'blank' ? [] : [folio]));
      const backs = scheme.sheets.flatMap(({ inner }) => (inner === 'blank' ? [] : [folios(inner)]));
      const fronts = new Set(scheme.sheets.flatMap(({ outer }) => folios(outer)));
      assert.equal(backs.length > 0, fronts.size < pages, `${name}, ${pages}`);
      assert.ok(backs.length === 0 || (backs.length === scheme.sheets.length && backs.flat().length > 0));
      if (backs.length > 0) both++;
      else one++;
    }
  assert.ok(one > 40 && both > 200, `${one} on one side, ${both} on both`);
});

test('no format needs a sheet more than it must', () => {
  for (const [name, format] of Object.entries(FORMATS))
    for (let pages = 1; pages <= 256; pages++) {
      const scheme = schemeOf(format(pages), pages, 'left');
      const perSheet = scheme && scheme.pages / scheme.sheets.length;
      if (scheme && scheme.reads !== 'tiles') assert.ok(scheme.pages - pages < perSheet!, `${name} ${pages}`);
    }
});

test('without its slit the zine cannot be folded', () => {
  const scheme = oneSheet8();
  assert.match(outcome({ ...scheme, steps: scheme.steps.filter((step) => step.do !== 'slit') }), /should open/);
});

test('of all 40,320 orders of the zine, folding accepts four', () => {
  const scheme = oneSheet8();
  const accepted: string[] = [];
  const choose = (folios: readonly number[], left: readonly number[]): void => {
    if (left.length === 0) {
      let index = 0;
      const tried = changed(scheme, (one) => ({ ...one, folio: folios[index++]! }));
      if (/^\d/.test(outcome(tried))) accepted.push(folios.join(' '));
    }
    for (const next of left)
      choose(
        [...folios, next],
        left.filter((folio) => folio !== next),
      );
  };
  choose([], upTo(8).map(Number));
  assert.deepEqual(accepted.length, 4, accepted.join('; '));
  assert.ok(accepted.includes('7 6 5 4 8 1 2 3'));
});

function changed(scheme: Scheme, change: (placement: Placement) => Placement): Scheme {
  const forme = (rows: Forme): Forme => rows.map((row) => row.map(change));
  const sheets = scheme.sheets.map((sheet): Sheet => {
    return { ...sheet, outer: forme(sheet.outer), inner: sheet.inner === 'blank' ? 'blank' : forme(sheet.inner) };
  });
  return { ...scheme, sheets };
}

/** Each reading that is not the right one is a mistake that was caught. */
test('planted mistakes are caught, every one', () => {
  let planted = 0;
  for (const name of Object.keys(FORMATS).filter((one) => !['poster', 'leaflets-4-up'].includes(one))) {
    const pages = Array.from({ length: 16 }, (_, index) => 16 - index).find((count) =>
      schemeOf(FORMATS[name]!(count), count, 'left'),
    )!;
    const scheme = made(name, pages);
    const right = upTo(pages).join(' ');
    assert.equal(outcome(scheme), right);
    const plant = (what: string, faulty: Scheme, stacks?: Side[][]): void => {
      planted++;
      assert.notEqual(outcome(faulty, undefined, stacks), right, `${name}: ${what}`);
    };
    for (const a of upTo(pages).map(Number)) {
      plant(
        `${a} on its head`,
        changed(scheme, (one) => (one.folio === a ? { ...one, turned: !one.turned } : one)),
      );
      const b = (a % pages) + 1;
      plant(
        `${a} and ${b} exchanged`,
        changed(scheme, (one) =>
          one.folio === a ? { ...one, folio: b } : one.folio === b ? { ...one, folio: a } : one,
        ),
      );
    }
    if (scheme.columns > 1) plant('mirrored', changedRows(scheme));
    plant('one side missing', { ...scheme, sheets: scheme.sheets.slice(0, -1) });
    if (scheme.sheets.length > 1)
      plant('sheets in reverse', {
        ...scheme,
        sheets: [...scheme.sheets]
          .reverse()
          .map((sheet, index) => ({ ...sheet, gathering: scheme.sheets[index]!.gathering })),
      });
    if (scheme.sheets[0]!.inner !== 'blank') {
      plant('sides exchanged', {
        ...scheme,
        sheets: scheme.sheets.map((sheet) => ({ ...sheet, outer: sheet.inner as Forme, inner: sheet.outer })),
      });
      plant('backs flipped on the other edge', scheme, stacksFor(scheme, laid(scheme, A4), PRINTERS[1]!));
    }
    for (const [index, step] of scheme.steps.entries()) {
      const otherSteps = (...instead: Scheme['steps']): Scheme => ({
        ...scheme,
        steps: scheme.steps.toSpliced(index, 1, ...instead),
      });
      if (step.do === 'fold') {
        const over = (
          {
            'left-to-right': 'right-to-left',
            'right-to-left': 'left-to-right',
            'top-to-bottom': 'bottom-to-top',
            'bottom-to-top': 'top-to-bottom',
          } as const
        )[step.over];
        plant(`folded ${over}`, otherSteps({ ...step, over }));
        plant('folded under', otherSteps({ ...step, under: true }));
        plant('not folded', otherSteps());
      }
      if (step.do === 'turn') plant('not turned', otherSteps());
      if (step.do === 'slit') plant('slit in the wrong place', otherSteps({ ...step, from: 0, to: 2 }));
      if (step.do === 'part') plant('parts from the other side', otherSteps({ ...step, from: 'right' }));
    }
    if (!['singles', 'perfect-bound', 'cut-and-stack'].includes(name)) {
      planted++;
      assert.notEqual(outcome({ ...scheme, spine: 'right' }), right, `${name}: read from the other side`);
    }
  }
  assert.ok(planted >= 200, `${planted} mistakes`);
});

/** The cells of each row in reverse, on both sides. */
function changedRows(scheme: Scheme): Scheme {
  const turned = (forme: Forme): Forme => forme.map((row) => [...row].reverse());
  return {
    ...scheme,
    sheets: scheme.sheets.map((sheet) => ({
      ...sheet,
      outer: turned(sheet.outer),
      inner: sheet.inner === 'blank' ? 'blank' : turned(sheet.inner),
    })),
  };
}

test('a stack in the wrong order, or for another printer, is caught', () => {
  const scheme = saddle(24);
  const right = upTo(24).join(' ');
  for (const printer of PRINTERS) {
    for (const other of PRINTERS.filter((one) => one.duplex === 'manual')) {
      if (printer.duplex !== 'manual') continue;
      const reading = outcome(scheme, printer, stacksFor(scheme, A4, other));
      const same = printer.delivers === other.delivers && printer.flip === other.flip;
      assert.equal(reading === right, same, `${JSON.stringify(printer)} with the stacks of ${JSON.stringify(other)}`);
    }
  }
});
