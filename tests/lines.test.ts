// Lines are judged by a second reckoning of their cost, written from the paper, and by trying every way to break.
// Every assert.ok says why: without words of its own Node takes a minute to quote a line that tsx has transformed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ADDRESS,
  ANYWHERE,
  breakLines,
  DASH,
  FORCED,
  HYPHEN,
  LINE_STYLE,
  type Line,
  type LineStyle,
  type Paragraph,
  SPACE,
} from '../scripts/typeset/lines.ts';
import { paragraphOf } from './specimens.ts';

/** How tolerant a search must be, how many lines it cannot help over-filling, and the demerits of the rest. */
interface Judged {
  readonly tolerance: number;
  readonly overfull: number;
  readonly demerits: number;
  readonly ratios: readonly number[];
  /** Most hyphens in a row. */
  readonly ladder: number;
}

const TOLERANCES = [1.6, 4, Number.POSITIVE_INFINITY];

/** The lines that end at these opportunities, judged; undefined where more than one piece is squeezed into too little. */
function judge(p: Paragraph, style: LineStyle, ends: readonly number[]): Judged | undefined {
  let [demerits, overfull, loosest, from, fitness, hyphens, longest] = [0, 0, 0, -1, 1, 0, 0];
  const ratios: number[] = [];
  for (const at of ends) {
    const last = at === p.kinds.length;
    const kind = last ? FORCED : p.kinds[at];
    const left = from < 0 ? -p.indent : p.starts[from]!;
    const width = (last ? p.end : p.ends[at]!) - left + (kind === HYPHEN ? p.hyphen : 0);
    let spaces = 0;
    for (let k = from + 1; k < at; k++) if (p.kinds[k] === SPACE) spaces += p.starts[k]! - p.ends[k]!;
    const letters = (p.letters[at] ?? p.letters[at - 1] ?? 0) - (from < 0 ? 0 : p.letters[from]!);
    const lack = p.measure - width;
    const give = spaces * (lack < 0 ? style.shrink : style.stretch) + letters * p.tracking + 1e-6;
    const ratio = kind === FORCED && lack > 0 ? 0 : lack / give;
    ratios.push(ratio);
    if (ratio < -1) {
      if (at !== from + 1) return undefined;
      overfull++;
    }
    loosest = Math.max(loosest, ratio);
    const badness = 100 * Math.min(20, Math.abs(ratio)) ** 3;
    demerits += (10 + badness) * (10 + badness);
    hyphens = kind === HYPHEN ? hyphens + 1 : 0;
    longest = Math.max(longest, hyphens);
    if (hyphens > 0) demerits += style.hyphenPenalty * style.hyphenPenalty;
    if (hyphens === 2) demerits += style.ladderPenalty[0];
    if (hyphens > 2) demerits += style.ladderPenalty[1];
    if (kind === ANYWHERE) demerits += 9_000_000;
    // Tight, decent, loose, very loose.
    const own = [-0.5, 0.5, 1].filter((bound, nth) => (nth === 0 ? ratio >= bound : ratio > bound)).length;
    if (Math.abs(own - fitness) >= 2) demerits += style.fitnessPenalty;
    if (last && from >= 0 && p.end - left < style.runt * p.measure) demerits += style.runtPenalty;
    [from, fitness] = [at, own];
  }
  const tolerance = overfull > 0 ? TOLERANCES.length : TOLERANCES.findIndex((bound) => loosest <= bound);
  return { tolerance, overfull, demerits, ratios, ladder: longest };
}

/** < 0 where `a` is the better; costs that differ by less than a float's rounding are alike. */
function compare(a: Judged, b: Judged): number {
  if (a.tolerance !== b.tolerance) return a.tolerance - b.tolerance;
  if (a.overfull !== b.overfull) return a.overfull - b.overfull;
  const rounding = Math.max(a.demerits, b.demerits) * 1e-9 + a.overfull * 2;
  return Math.abs(a.demerits - b.demerits) <= rounding ? 0 : a.demerits - b.demerits;
}

/** Every set of breaks that keeps the forced ones. */
function* everyWay(p: Paragraph): Generator<number[]> {
  const count = p.kinds.length;
  for (let set = 0; set < 2 ** count; set++) {
    const ends = p.kinds.map((_, k) => k).filter((k) => set & (1 << k));
    if (p.kinds.every((kind, k) => kind !== FORCED || set & (1 << k))) yield [...ends, count];
  }
}

/** First fit: as many pieces as a line holds, at their natural width. */
function firstFit(p: Paragraph): number[] {
  const ends: number[] = [];
  for (let from = -1; from < p.kinds.length; ) {
    const left = from < 0 ? -p.indent : p.starts[from]!;
    let at = from + 1;
    for (let k = from + 1; k <= p.kinds.length; k++) {
      const right = k === p.kinds.length ? p.end : p.ends[k]! + (p.kinds[k] === HYPHEN ? p.hyphen : 0);
      if (right - left <= p.measure) at = k;
      if (p.kinds[k] === FORCED || right - left > p.measure + p.hyphen) break;
    }
    ends.push(at);
    from = at;
  }
  return ends;
}

const endsOf = (lines: readonly Line[]): number[] => lines.map(({ at }) => at);

const piece = fc.record({
  letters: fc.integer({ min: 1, max: 9 }),
  letter: fc.integer({ min: 8, max: 30 }),
  kind: fc.constantFrom(SPACE, SPACE, SPACE, SPACE, HYPHEN, HYPHEN, HYPHEN, DASH, ADDRESS, ANYWHERE, FORCED),
  space: fc.integer({ min: 4, max: 20 }),
});

/** Short pieces that may be set in many ways, so that hyphens and unlike neighbours decide. */
const alike: typeof piece = fc.record({
  letters: fc.integer({ min: 1, max: 3 }),
  letter: fc.integer({ min: 18, max: 22 }),
  kind: fc.constantFrom(SPACE, HYPHEN, HYPHEN, DASH),
  space: fc.integer({ min: 12, max: 20 }),
});

/** Paragraphs of few pieces. The measure's odd fraction keeps every ratio off the bounds, where rounding would decide. */
const few = (most: number, pieces = piece): fc.Arbitrary<Paragraph> =>
  fc
    .record({
      pieces: fc.array(pieces, { minLength: 1, maxLength: most + 1, size: 'max' }),
      measure: fc.integer({ min: 20, max: 160 }),
      indent: fc.constantFrom(0, 0, 12),
      hyphen: fc.constantFrom(0, 3, 6),
      tracking: fc.constantFrom(0, 0.05, 0.25, 0.5),
      total: fc.boolean(),
    })
    .map(({ pieces, measure, indent, hyphen, tracking, total }) => {
      const [kinds, ends, starts, letters] = [[] as number[], [] as number[], [] as number[], [] as number[]];
      let [x, count] = [0, 0];
      for (const { letters: many, letter, kind, space } of pieces) {
        x += (many * letter) / 4;
        count += many;
        kinds.push(kind);
        ends.push(x);
        if (kind === SPACE) x += space / 4;
        starts.push(x);
        letters.push(count);
      }
      kinds.pop();
      starts.pop();
      if (!total) letters.pop();
      return { measure: measure + 0.1234567, indent, hyphen, tracking, end: ends.pop()!, kinds, ends, starts, letters };
    });

const style = fc.record({
  stretch: fc.constantFrom(0.4, 0.5),
  shrink: fc.constantFrom(0.2, 0.33),
  hyphenPenalty: fc.constantFrom(0, 50, 200),
  ladderPenalty: fc.constantFrom([20_000, 400_000] as const, [0, 1e9] as const),
  fitnessPenalty: fc.constantFrom(0, 3_000, 100_000),
  runt: fc.constantFrom(0, 0.14, 0.33),
  runtPenalty: fc.constantFrom(0, 10_000),
});

test('every opportunity lies in exactly one line, in order, and the author’s line ends are kept', () => {
  fc.assert(
    fc.property(few(40), style, (p, chosen) => {
      const ends = endsOf(breakLines(p, chosen));
      assert.equal(ends.at(-1), p.kinds.length);
      for (const [nth, at] of ends.entries()) assert.ok(at > (ends[nth - 1] ?? -1), `${ends} do not rise`);
      for (const [k, kind] of p.kinds.entries()) if (kind === FORCED) assert.ok(ends.includes(k), `${k} is forced`);
    }),
  );
});

test('no line is over-full but one that cannot be divided, and ratios say what the lines are', () => {
  fc.assert(
    fc.property(few(40), style, (p, chosen) => {
      const lines = breakLines(p, chosen);
      const judged = judge(p, chosen, endsOf(lines));
      assert.ok(judged, 'an over-full line that could be divided');
      for (const [nth, { ratio }] of lines.entries()) {
        const expected = judged.ratios[nth]!;
        assert.ok(Math.abs(ratio - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${ratio}, not ${expected}`);
      }
    }),
  );
});

test('no other way to break costs less', () => {
  fc.assert(
    fc.property(fc.oneof(few(9), few(10, alike)), style, (p, chosen) => {
      const ours = judge(p, chosen, endsOf(breakLines(p, chosen)))!;
      for (const ends of everyWay(p)) {
        const theirs = judge(p, chosen, ends);
        if (theirs)
          assert.ok(compare(ours, theirs) <= 0, `${ends}: ${JSON.stringify(theirs)}, not ${JSON.stringify(ours)}`);
      }
    }),
    { numRuns: 1500 },
  );
});

test('nor where the lines before decide what the lines after cost', () => {
  // A dear fitness and dear ladders: the cheapest way to a place is often not the beginning of the cheapest way on.
  const dear: LineStyle = { ...LINE_STYLE, hyphenPenalty: 20, ladderPenalty: [3_000, 30_000], fitnessPenalty: 30_000 };
  for (let seed = 0; seed < 60; seed++) {
    const drawn = paragraphOf(14, seed);
    const kinds = drawn.kinds.map((kind, k) => (seed % 2 === 0 && k % 4 > 0 ? HYPHEN : kind));
    const p = { ...drawn, kinds, measure: 80, indent: 0, tracking: 1 };
    const ours = judge(p, dear, endsOf(breakLines(p, dear)))!;
    for (const ends of everyWay(p)) {
      const theirs = judge(p, dear, ends);
      if (theirs) assert.ok(compare(ours, theirs) <= 0, `specimen ${seed}: ${ends} cost less`);
    }
  }
});

test('a slightly worse beginning is remembered, for the ladder it avoids', () => {
  // Lines of 100 end at 100 (hyphen) or 103 (dash), at 200 and at 300 (hyphens): three in a row, or a tighter first line.
  const kinds = [HYPHEN, DASH, HYPHEN, HYPHEN];
  const places = [100, 103, 200, 300];
  const letters = [20, 21, 40, 60];
  const p = {
    measure: 100,
    indent: 0,
    end: 350,
    hyphen: 0,
    tracking: 0.5,
    kinds,
    ends: places,
    starts: places,
    letters,
  };
  const two = { ...LINE_STYLE, hyphenPenalty: 0, ladderPenalty: [0, 1e6] as const };
  assert.deepEqual(endsOf(breakLines(p, two)), [1, 2, 3, 4]);
  assert.deepEqual(endsOf(breakLines(p, { ...two, ladderPenalty: [0, 0] })), [0, 2, 3, 4]);
});

test('first fit never costs less, and has many times our ladders', () => {
  let [theirs, ours] = [0, 0];
  for (let seed = 0; seed < 60; seed++) {
    const p = paragraphOf(150, seed);
    const best = judge(p, LINE_STYLE, endsOf(breakLines(p)))!;
    const greedy = judge(p, LINE_STYLE, firstFit(p))!;
    assert.ok(compare(best, greedy) <= 0, `first fit does better on specimen ${seed}`);
    if (greedy.ladder > 2) theirs++;
    if (best.ladder > 2) ours++;
  }
  assert.ok(theirs >= 10 && ours * 3 <= theirs, `${ours} paragraphs with a ladder, and by first fit ${theirs}`);
});

test('a word wider than the measure stands alone, and the other lines are none the worse', () => {
  const word = (width: number): { width: number } => ({ width });
  const words = [word(30), word(30), word(250), word(30), word(30), word(30)];
  const [kinds, ends, starts, letters] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  let x = 0;
  for (const { width } of words) {
    x += width;
    ends.push(x);
    x += 5;
    starts.push(x);
    kinds.push(SPACE);
    letters.push(letters.length * 5 + 5);
  }
  const end = ends.pop()!;
  for (const list of [kinds, starts, letters]) list.pop();
  const lines = breakLines({ measure: 100, indent: 0, end, hyphen: 3, tracking: 0.05, kinds, ends, starts, letters });
  assert.deepEqual(endsOf(lines), [1, 2, 5]);
  assert.deepEqual(
    lines.map(({ ratio }) => ratio < -1),
    [false, true, false],
  );
});

test('one letter after a division may be narrower than the hyphen', () => {
  // 96 + 3 for the hyphen is too wide; 96 + 1 for the last letter is not.
  const p = {
    measure: 97,
    indent: 0,
    hyphen: 3,
    tracking: 0,
    kinds: [HYPHEN, SPACE],
    ends: [96, 97],
    starts: [96, 101],
  };
  const lines = breakLines({ ...p, letters: [20, 21], end: 197 });
  assert.deepEqual(endsOf(lines).slice(0, 1), [1]);
});

test('what the last line’s letters give is reckoned with, where they are told', () => {
  // 101.5 of text on a measure of 100, nothing but its 40 letters to shrink by 0.05 each.
  const p = { measure: 100, indent: 0, end: 101.5, hyphen: 3, tracking: 0.05, kinds: [DASH], ends: [40], starts: [40] };
  assert.equal(breakLines({ ...p, letters: [10] }).length, 2);
  assert.equal(breakLines({ ...p, letters: [10, 40] }).length, 1);
});

test('a paragraph of one piece is one line, set as it is', () => {
  const p = { measure: 100, indent: 10, hyphen: 3, tracking: 0.05, kinds: [], ends: [], starts: [], letters: [] };
  assert.deepEqual(breakLines({ ...p, end: 50 }), [{ at: 0, ratio: 0 }]);
  assert.deepEqual(breakLines({ ...p, end: 0 }), [{ at: 0, ratio: 0 }]);
  const wide = breakLines({ ...p, end: 95 });
  assert.equal(wide.length, 1);
  assert.ok(wide[0]!.ratio < -1, 'it is too wide, and says so');
});

test('the same numbers give the same lines, whatever their unit, and are left as they were', () => {
  fc.assert(
    fc.property(few(40), (p) => {
      const before = structuredClone(p);
      const lines = breakLines(p);
      assert.deepEqual(breakLines(p), lines);
      assert.deepEqual(p, before);
      const double = (lengths: readonly number[]): number[] => lengths.map((length) => length * 2);
      const { measure, indent, end, hyphen, tracking } = p;
      const [measure2, indent2, end2, hyphen2, tracking2] = double([measure, indent, end, hyphen, tracking]);
      const scaled = { measure: measure2!, indent: indent2!, end: end2!, hyphen: hyphen2!, tracking: tracking2! };
      const twice = breakLines({ ...p, ...scaled, ends: double(p.ends), starts: double(p.starts) });
      assert.deepEqual(endsOf(twice), endsOf(lines));
    }),
  );
});

test('a paragraph of thousands of opportunities is broken like any other', () => {
  for (const opportunities of [2_000, 20_000]) {
    const p = paragraphOf(opportunities, 7);
    const best = judge(p, LINE_STYLE, endsOf(breakLines(p)))!;
    assert.ok(compare(best, judge(p, LINE_STYLE, firstFit(p))!) <= 0, 'first fit does better');
  }
});
