// What follows from a format: tables, gatherings, edges, creep, creases, instructions, drawings, and whether it fits a paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Size } from '../scripts/book/measure.ts';
import { laid } from '../scripts/print/fitting.ts';
import { type Forme, type Placement, type Scheme, saddle, schemeFor } from '../scripts/print/folds.ts';
import * as formats from '../scripts/print/formats.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { handworkFor } from '../scripts/print/instructions.ts';
import { stagesFor } from '../scripts/print/stages.ts';
import { A4, made, SPINES, schemeOf } from './schemes.ts';

/** Rows `//`, `v` on its head, as in the books of the trade. */
const tableOf = (forme: Forme | 'blank'): string =>
  forme === 'blank'
    ? 'blank'
    : forme.map((row) => row.map(({ folio, turned }) => `${folio}${turned ? 'v' : ''}`).join(' ')).join(' // ');

test('the tables of the trade', () => {
  const tables: Readonly<Record<string, readonly (readonly [outer: string, inner: string])[]>> = {
    saddle: [
      ['8 1', '2 7'],
      ['6 3', '4 5'],
    ],
    quarto: [['5v 4v // 8 1', '3v 6v // 2 7']],
    'quarter-fold': [
      ['13v 4v // 16 1', '3v 14v // 2 15'],
      ['9v 8v // 12 5', '7v 10v // 6 11'],
    ],
    octavo: [['5v 12v 9v 8v // 4 13 16 1', '7v 10v 11v 6v // 2 15 14 3']],
    'one-sheet-8': [['7v 6v 5v 4v // 8 1 2 3', 'blank']],
    'french-fold': [['3v 2v // 4 1', 'blank']],
    accordion: [['1 2 3 4', '5 6 7 8']],
    'perfect-bound': [
      ['1 5', '6 2'],
      ['3 7', '8 4'],
    ],
  };
  for (const [name, table] of Object.entries(tables)) {
    const sides = table.reduce((sum, [, inner]) => sum + (inner === 'blank' ? 1 : 2), 0);
    const pages = sides * table[0]![0].match(/\d+/g)!.length;
    const scheme = made(name, pages);
    assert.deepEqual(
      scheme.sheets.map(({ outer, inner }) => [tableOf(outer), tableOf(inner)]),
      table,
      name,
    );
    const mirrored = schemeFor(FORMATS[name]!(pages), pages, 'right');
    const reversed = (text: string): string =>
      text
        .split(' // ')
        .map((row) => row.split(' ').reverse().join(' '))
        .join(' // ');
    assert.deepEqual(
      mirrored.sheets.map(({ outer, inner }) => [tableOf(outer), tableOf(inner)]),
      table.map((row) => row.map(reversed)),
      name,
    );
  }
});

test('gatherings are as even as can be, with the fewest blanks', () => {
  const sizes = (pages: number, sheets: number): number[] => {
    const found: number[] = [];
    for (const { gathering } of schemeFor(formats.signatures(sheets), pages).sheets)
      found[gathering] = (found[gathering] ?? 0) + 4;
    return found;
  };
  assert.deepEqual(sizes(100, 4), [16, 16, 16, 16, 12, 12, 12]);
  assert.deepEqual(sizes(64, 4), [16, 16, 16, 16]);
  assert.deepEqual(sizes(68, 4), [16, 16, 12, 12, 12]);
  for (let pages = 1; pages <= 256; pages++)
    for (const sheets of [1, 2, 3, 4, 5, 8]) {
      const found = sizes(pages, sheets);
      assert.ok(Math.max(...found) <= 4 * sheets && Math.max(...found) - Math.min(...found) <= 4);
      assert.equal(
        found.reduce((a, b) => a + b),
        Math.ceil(pages / 4) * 4,
      );
      assert.equal(found.length, Math.ceil(Math.ceil(pages / 4) / sheets));
    }
});

const placementsOf = (scheme: Scheme): Placement[] =>
  scheme.sheets.flatMap(({ outer, inner }) => [...outer, ...(inner === 'blank' ? [] : inner)].flat());

test('spine, creep and edges follow from the folds', () => {
  for (const [name, format] of Object.entries(FORMATS))
    for (const spine of SPINES) {
      const scheme = schemeOf(format(16), 16, spine) ?? schemeOf(format(1), 1, spine)!;
      if (scheme.reads !== 'leaves') continue;
      const other = spine === 'left' ? 'right' : 'left';
      for (const { folio, spine: found, edges, depth } of placementsOf(scheme)) {
        if (folio === 'blank') continue;
        assert.equal(found, folio % 2 === 1 ? spine : other, `${name} ${folio}`);
        const bound = scheme.steps.some((step) => step.do === 'fold' || step.do === 'push');
        const opposite = found === 'left' ? 'right' : 'left';
        assert.equal(edges[found] === 'inner-fold', bound, name);
        assert.ok(
          [edges[opposite], edges.head, edges.foot].every((edge) => edge !== 'inner-fold'),
          name,
        );
        const size = name === 'signatures' ? 16 : name === 'quarto' ? 8 : 16;
        const within = (folio - 1) % size;
        const q = Math.floor(Math.min(within, size - 1 - within) / 2);
        assert.equal(depth, scheme.hold === 'spine' && bound ? q : 0, `${name} ${folio}`);
      }
    }
  const edgesOf = (scheme: Scheme, folio: number): unknown =>
    placementsOf(scheme).find((one) => one.folio === folio)!.edges;
  const [fold, outer, cut, sheet] = ['inner-fold', 'outer-fold', 'cut', 'sheet'];
  // Page 5 of an octavo: bound left, joined to page 4 at its head and to page 12 in the fore-edge.
  assert.deepEqual(edgesOf(made('octavo', 16), 1), { left: fold, right: sheet, head: outer, foot: sheet });
  assert.deepEqual(edgesOf(made('octavo', 16), 13), { left: fold, right: outer, head: outer, foot: sheet });
  assert.deepEqual(edgesOf(made('one-sheet-8', 8), 2), { left: outer, right: fold, head: cut, foot: sheet });
  assert.deepEqual(edgesOf(made('one-sheet-8', 8), 4), { left: sheet, right: fold, head: outer, foot: sheet });
  assert.deepEqual(edgesOf(made('letter-fold-6', 6), 4), { left: fold, right: fold, head: sheet, foot: sheet });
  assert.deepEqual(edgesOf(made('letter-fold-6', 6), 6), { left: outer, right: outer, head: sheet, foot: sheet });
  assert.deepEqual(edgesOf(made('perfect-bound', 8), 5), { left: cut, right: sheet, head: sheet, foot: sheet });
});

test('creases: where they are, and valley or mountain on the outer side', () => {
  const creases = (name: string, pages: number): string[] =>
    made(name, pages)
      .creases.map(({ along, line, at, fold }) => `${along} ${line} ${at} ${fold}`)
      .sort();
  assert.deepEqual(creases('saddle', 8), ['columns 1 0 mountain']);
  assert.deepEqual(creases('accordion', 8), ['columns 1 0 mountain', 'columns 2 0 valley', 'columns 3 0 mountain']);
  assert.deepEqual(creases('letter-fold-6', 6), ['columns 1 0 mountain', 'columns 2 0 mountain']);
  // At each corner where four creases meet, three are of one kind (Maekawa).
  for (const name of ['quarto', 'octavo', 'french-fold']) {
    const scheme = made(name, name === 'french-fold' ? 4 : 16);
    for (let column = 1; column < scheme.columns; column++) {
      const meeting = scheme.creases.filter(({ along, line, at }) =>
        along === 'columns' ? line === column : line === 1 && (at === column || at === column - 1),
      );
      assert.equal(meeting.length, 4);
      assert.equal(Math.abs(meeting.filter(({ fold }) => fold === 'valley').length - 2), 1, `${name} ${column}`);
    }
  }
});

test('instructions tell of each step, once', () => {
  for (const name of Object.keys(FORMATS)) {
    const scheme = schemeOf(FORMATS[name]!(16), 16, 'left') ?? made(name, 1);
    const { steps } = scheme;
    const instructions = handworkFor(scheme).map(({ text }) => text);
    assert.equal(new Set(instructions).size >= instructions.length - 1, true, name);
    const folds = steps.filter((step) => step.do === 'fold' || step.do === 'gate').length;
    assert.equal(instructions.filter((told) => /^Fold the (left|right|top)/.test(told)).length, folds, name);
  }
  // Nothing that is slit open hangs together by itself.
  for (const name of Object.keys(FORMATS)) {
    const scheme = schemeOf(FORMATS[name]!(5), 5, 'left') ?? made(name, 1);
    if (!scheme.steps.some((step) => step.do === 'open')) continue;
    const told = handworkFor(scheme).map(({ text }) => text);
    assert.match(told.at(-2)!, /\bstaple twice\b|\bsew\b/, name);
    assert.match(told.at(-1)!, /^Slit the folds/, name);
  }
  assert.match(handworkFor(saddle(8, 'right'))[1]!.text, /^Fold the right half over onto the left/);
});

test('of several zines on a sheet each has its slit, and the first one is drawn', () => {
  for (const spine of SPINES) {
    const scheme = schemeFor(formats.nUp(formats.oneSheet8Fold, 2, 2), 8, spine);
    const found = scheme.slits.map(({ along, line, at }) => `${along} ${line} ${at}`).sort();
    assert.deepEqual(
      found,
      ['1 1', '1 2', '1 5', '1 6', '3 1', '3 2', '3 5', '3 6'].map((place) => `rows ${place}`),
    );
    const { after, times } = stagesFor(scheme, A4).find(({ step }) => step.do === 'slit')!;
    assert.deepEqual(
      [times, Math.min(...after.map(({ left }) => left)), Math.min(...after.map(({ top }) => top))],
      [4, 0, 0],
    );
  }
});

test('the drawn stages begin with the sheet and end with the finished thing', () => {
  for (const name of Object.keys(FORMATS)) {
    const scheme = schemeOf(FORMATS[name]!(16), 16, 'left') ?? made(name, 1);
    const sheet: Size = laid(scheme, A4);
    const stages = stagesFor(scheme, sheet);
    if (scheme.reads === 'tiles') continue;
    const area = (panels: (typeof stages)[number]['before']): number =>
      panels.reduce((sum, one) => sum + (one.right - one.left) * (one.bottom - one.top) * one.layers, 0);
    assert.ok(Math.abs(area(stages[0]!.before) - sheet.width * sheet.height) < 1e-3, name);
    for (const { step, before, after, moves } of stages) {
      // Paper is neither lost nor made but by cutting, and by laying sheets together.
      if (['turn', 'fold', 'gate', 'fan', 'push'].includes(step.do))
        assert.ok(Math.abs(area(before) - area(after)) < 1e-3, name);
      assert.equal(moves.length > 0, ['fold', 'gate', 'fan'].includes(step.do), `${name} ${step.do}`);
    }
    if (scheme.reads !== 'leaves') continue;
    const [front, ...more] = stages.at(-1)!.after;
    assert.ok(more.length === 0 && front!.page !== 'white' && !front!.turned, name);
    assert.equal(front!.page.folio, name === 'one-sheet-16' ? 9 : 1, name);
  }
});
