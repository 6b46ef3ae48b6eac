// Folding schemes are judged by folding: see folding.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Forme, oneSheet8, type Placement, type Scheme, type Sheet, saddle } from '../scripts/print/folds.ts';
import { foldAndRead } from './folding.ts';

const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1}`);

/** What a reader of the faulty scheme sees, or why it cannot be folded. */
function outcome(scheme: Scheme): string {
  try {
    return foldAndRead(scheme).join(' ');
  } catch (cause) {
    return String(cause);
  }
}

test('booklets of 4 to 128 pages read from first to last', () => {
  for (let pages = 4; pages <= 128; pages += 4) assert.deepEqual(foldAndRead(saddle(pages)), upTo(pages));
});

test('other counts are filled up inside the back cover', () => {
  for (let pages = 1; pages <= 128; pages++) {
    const reading = foldAndRead(saddle(pages));
    assert.equal(reading.length % 4, 0);
    assert.deepEqual(
      reading.filter((folio) => folio !== 'blank'),
      upTo(pages),
    );
    if (pages > 1) assert.equal(reading.at(-1), `${pages}`);
    const blanks = reading.flatMap((folio, index) => (folio === 'blank' ? [index] : []));
    assert.ok(blanks.length < 4);
    assert.deepEqual(
      blanks,
      blanks.map((_, index) => blanks[0]! + index),
      'blanks stand together',
    );
  }
});

test('a booklet has the right sheets: the table of the trade', () => {
  const row = (forme: Forme | 'blank'): unknown => (forme === 'blank' ? forme : forme[0]!.map(({ folio }) => folio));
  const sheets = saddle(8).sheets.map(({ outer, inner, depth }) => [depth, row(outer), row(inner)]);
  assert.deepEqual(sheets, [
    [0, [8, 1], [2, 7]],
    [1, [6, 3], [4, 5]],
  ]);
});

test('odd folios are rectos: their spine is at the left', () => {
  for (const scheme of [saddle(16), oneSheet8()]) {
    for (const placement of placementsOf(scheme)) {
      assert.equal(placement.spine, Number(placement.folio) % 2 === 1 ? 'left' : 'right');
    }
  }
});

test('the zine reads from first to last', () => {
  assert.deepEqual(foldAndRead(oneSheet8()), upTo(8));
});

test('with the spine at the right everything reads from first to last, and not with it at the left', () => {
  for (let pages = 1; pages <= 64; pages++) {
    const reading = foldAndRead(saddle(pages, 'right'), 'right');
    assert.deepEqual(reading, foldAndRead(saddle(pages)));
    assert.throws(() => foldAndRead(saddle(pages, 'right')), /spine is not at the left/);
    assert.throws(() => foldAndRead(saddle(pages), 'right'), /spine is not at the right/);
  }
  assert.deepEqual(foldAndRead(oneSheet8('right'), 'right'), upTo(8));
  assert.throws(() => foldAndRead(oneSheet8('right')));
  assert.throws(() => foldAndRead(oneSheet8(), 'right'));
  for (const scheme of [saddle(16, 'right'), oneSheet8('right')])
    for (const { folio, spine } of placementsOf(scheme))
      assert.equal(spine, Number(folio) % 2 === 1 ? 'right' : 'left');
});

test('the front of a booklet with its spine at the right stands left of its back: the table of the trade, mirrored', () => {
  const rows = saddle(8, 'right').sheets.map(({ outer, inner }) =>
    [outer, inner].map((forme) => (forme as Forme)[0]!.map(({ folio }) => folio)),
  );
  assert.deepEqual(rows, [
    [
      [1, 8],
      [7, 2],
    ],
    [
      [3, 6],
      [5, 4],
    ],
  ]);
});

test('without its slit the zine cannot be folded', () => {
  const scheme = oneSheet8();
  const steps = scheme.steps.filter((step) => step.do !== 'slit');
  assert.throws(() => foldAndRead({ ...scheme, steps }), /should open/);
});

test('of all 40,320 orders of the zine, folding accepts four', () => {
  const scheme = oneSheet8();
  const accepted: string[] = [];
  const choose = (folios: readonly number[], left: readonly number[]): void => {
    if (left.length > 0) {
      for (const next of left)
        choose(
          [...folios, next],
          left.filter((folio) => folio !== next),
        );
      return;
    }
    const reading = outcome(zineWith(scheme, folios));
    if (/^\d/.test(reading)) accepted.push(folios.join(' '));
  };
  choose([], upTo(8).map(Number));
  assert.deepEqual(accepted.length, 4, accepted.join('; '));
  assert.ok(accepted.includes('7 6 5 4 8 1 2 3'));
});

test('planted mistakes are caught', () => {
  const faults = [saddle(8), saddle(16), oneSheet8()].flatMap(mistakesIn);
  assert.ok(faults.length >= 50, `${faults.length} mistakes`);
  for (const { what, scheme } of faults) assert.notEqual(outcome(scheme), upTo(scheme.pages).join(' '), what);
});

const placementsOf = (scheme: Scheme): Placement[] =>
  scheme.sheets.flatMap(({ outer, inner }) => [...outer, ...(inner === 'blank' ? [] : inner)].flat());

const formesChanged = (scheme: Scheme, change: (placement: Placement) => Placement): Scheme => {
  const forme = (rows: Forme): Forme => rows.map((row) => row.map(change));
  const sheets = scheme.sheets.map(
    (sheet): Sheet => ({
      ...sheet,
      outer: forme(sheet.outer),
      inner: sheet.inner === 'blank' ? 'blank' : forme(sheet.inner),
    }),
  );
  return { ...scheme, sheets };
};

/** The zine with other folios, in the order of its cells; heads stay where they are. */
function zineWith(scheme: Scheme, folios: readonly number[]): Scheme {
  let index = 0;
  return formesChanged(scheme, (placement) => ({ ...placement, folio: folios[index++]! }));
}

interface Mistake {
  readonly what: string;
  readonly scheme: Scheme;
}

/** Each two pages exchanged, each page on its head, sheets, sides and steps mixed up. */
function mistakesIn(scheme: Scheme): Mistake[] {
  const found: Mistake[] = [];
  const all = upTo(scheme.pages).map(Number);
  for (const a of all) {
    const turned = formesChanged(scheme, (one) => (one.folio === a ? { ...one, turned: !one.turned } : one));
    found.push({ what: `${scheme.name}: ${a} on its head`, scheme: turned });
    for (const b of all.slice(a)) {
      const swapped = formesChanged(scheme, (one) =>
        one.folio === a ? { ...one, folio: b } : one.folio === b ? { ...one, folio: a } : one,
      );
      found.push({ what: `${scheme.name}: ${a} and ${b} exchanged`, scheme: swapped });
    }
  }
  const upsideDown = (rows: Forme): Forme =>
    [...rows].reverse().map((row) => [...row].reverse().map((one) => ({ ...one, turned: !one.turned })));
  if (scheme.name === 'saddle') {
    const withSheets = (what: string, sheets: readonly Sheet[]): void => {
      found.push({ what: `${scheme.name}: ${what}`, scheme: { ...scheme, sheets } });
    };
    withSheets('sheets in reverse', [...scheme.sheets].reverse());
    withSheets(
      'backs flipped on the long edge',
      scheme.sheets.map((sheet) => ({ ...sheet, inner: upsideDown(sheet.inner as Forme) })),
    );
    withSheets(
      'sides exchanged',
      scheme.sheets.map((sheet) => ({ ...sheet, outer: sheet.inner as Forme, inner: sheet.outer })),
    );
    found.push({ what: 'not turned', scheme: { ...scheme, steps: scheme.steps.filter((step) => step.do !== 'turn') } });
    found.push({
      what: 'folded to the wrong side',
      scheme: { ...scheme, steps: [{ do: 'turn' }, { do: 'fold', over: 'right-to-left' }] },
    });
  } else {
    const steps = scheme.steps.map((step) => (step.do === 'slit' ? { ...step, from: 0, to: 2 } : step));
    found.push({ what: 'slit in the wrong place', scheme: { ...scheme, steps } });
    const [sheet] = scheme.sheets;
    found.push({
      what: 'mirrored',
      scheme: { ...scheme, sheets: [{ ...sheet!, outer: sheet!.outer.map((row) => [...row].reverse()) }] },
    });
  }
  return found;
}
