// Lines are judged by a second reckoning of their cost, written from the paper, and by trying every way to break.
// Every assert.ok says why: without words of its own Node takes a minute to quote a line that tsx has transformed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GIVE, plan } from '../scripts/typeset/justification.ts';
import {
  ADDRESS,
  ANYWHERE,
  breakLines,
  COMPOUND,
  DASH,
  FORCED,
  HYPHEN,
  LINE_STYLE,
  type Line,
  type LineStyle,
  lettersOf,
  otherLines,
  type Paragraph,
  SPACE,
  spacesOf,
} from '../scripts/typeset/lines.ts';
import { paragraphOf } from './specimens.ts';

/** How tolerant a search must be, how many lines it cannot help over-filling, and the demerits of the rest. */
interface Judged {
  readonly tolerance: number;
  readonly overfull: number;
  readonly demerits: number;
  /** What the letters of each line give, and its spaces. */
  readonly gives: readonly (readonly [number, number])[];
  /** Most hyphens in a row. */
  readonly ladder: number;
}

const TOLERANCES = [0.6, 1, Number.POSITIVE_INFINITY];

/** The lines that end at these opportunities, judged; undefined where more than one piece is squeezed into too little. */
function judge(p: Paragraph, style: LineStyle, ends: readonly number[]): Judged | undefined {
  let [demerits, overfull, loosest, from, fitness, hyphens, longest] = [0, 0, 0, -1, 1, 0, 0];
  const gives: (readonly [number, number])[] = [];
  for (const at of ends) {
    const last = at === p.kinds.length;
    const kind = last ? FORCED : p.kinds[at];
    const left = from < 0 ? -p.indent : p.starts[from]!;
    const right = last ? p.end : p.ends[at]!;
    // What hangs needs no room.
    const hanging = (last ? 0 : p.hangs[at]!) + p.leads[from < 0 ? p.kinds.length : from]!;
    const width = right - left + (kind === HYPHEN ? p.hyphen : 0) - hanging;
    let spaces = 0;
    for (let k = from + 1; k < at; k++) if (p.kinds[k] === SPACE) spaces += p.starts[k]! - p.ends[k]!;
    const gaps = (p.letters[at] ?? p.letters[at - 1] ?? 0) - (from < 0 ? 0 : p.letters[from]!);
    const words = right - (from < 0 ? 0 : left) - spaces;
    const lack = p.measure - width;
    const letters = gaps * p.tracking + words * p.swell + 1e-6;
    // Letters give what they can; spaces the rest.
    const byLetters = kind === FORCED && lack > 0 ? 0 : Math.max(-1, Math.min(1, lack / letters));
    const bySpaces = Math.abs(byLetters) < 1 ? 0 : (lack - byLetters * letters) / (spaces + 1e-6);
    gives.push([byLetters, bySpaces]);
    if (bySpaces < -style.shrink) {
      if (at !== from + 1) return undefined;
      overfull++;
    }
    loosest = Math.max(loosest, bySpaces);
    const counted = Math.max(-8, Math.min(bySpaces, 8));
    const fault = Math.max(0, Math.abs(counted) - style.easy);
    demerits += 10_000 * counted ** 2 + 140_000 * fault ** 2;
    const [divided, compound] = [kind === HYPHEN, kind === COMPOUND];
    if (last && hyphens > 0) demerits += style.lastPenalty;
    hyphens = divided || compound ? hyphens + 1 : 0;
    longest = Math.max(longest, hyphens);
    if (hyphens > 0) demerits += style.hyphenPenalty * (divided ? 1 : 0.7);
    if (hyphens === 2) demerits += style.ladderPenalty[0];
    if (hyphens > 2) demerits += style.ladderPenalty[1];
    if (kind === ANYWHERE) demerits += 9_000_000;
    // Tight, decent, loose, very loose.
    const own = [-0.12, 0.12, 0.3].filter((bound, nth) => (nth === 0 ? counted >= bound : counted > bound)).length;
    if (Math.abs(own - fitness) >= 2) demerits += style.fitnessPenalty;
    if (last && from >= 0 && p.end - left < style.runt * p.measure) demerits += style.runtPenalty;
    [from, fitness] = [at, own];
  }
  const tolerance = overfull > 0 ? TOLERANCES.length : TOLERANCES.findIndex((bound) => loosest <= bound);
  return { tolerance, overfull, demerits, gives, ladder: longest };
}

/** < 0 where `a` is the better; costs that differ by less than a float's rounding are alike. */
function compare(a: Judged, b: Judged): number {
  if (a.tolerance !== b.tolerance) return a.tolerance - b.tolerance;
  if (a.overfull !== b.overfull) return a.overfull - b.overfull;
  const rounding = Math.max(a.demerits, b.demerits) * 1e-9 + 1e-6;
  return Math.abs(a.demerits - b.demerits) <= rounding ? 0 : a.demerits - b.demerits;
}

/** A paragraph in which nothing hangs. */
const PLAIN = { indent: 0, hyphen: 3, tracking: 0.05, swell: 0, hangs: [0, 0, 0, 0, 0], leads: [0, 0, 0, 0, 0, 0] };

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
  kind: fc.constantFrom(SPACE, SPACE, SPACE, SPACE, HYPHEN, HYPHEN, HYPHEN, DASH, COMPOUND, ADDRESS, ANYWHERE, FORCED),
  space: fc.integer({ min: 4, max: 20 }),
  hang: fc.constantFrom(0, 0, 0.5, 1.5),
  lead: fc.constantFrom(0, 0, 0, 1),
});

/** Short pieces that may be set in many ways, so that hyphens and unlike neighbours decide. */
const alike: typeof piece = fc.record({
  letters: fc.integer({ min: 1, max: 3 }),
  letter: fc.integer({ min: 18, max: 22 }),
  kind: fc.constantFrom(SPACE, HYPHEN, HYPHEN, DASH),
  space: fc.integer({ min: 12, max: 20 }),
  hang: fc.constantFrom(0, 0.5),
  lead: fc.constantFrom(0, 1),
});

/** Paragraphs of few pieces. The measure's odd fraction keeps what lines give off the bounds, where rounding would decide. */
const few = (most: number, pieces = piece): fc.Arbitrary<Paragraph> =>
  fc
    .record({
      pieces: fc.array(pieces, { minLength: 1, maxLength: most + 1, size: 'max' }),
      measure: fc.integer({ min: 20, max: 160 }),
      indent: fc.constantFrom(0, 0, 12),
      hyphen: fc.constantFrom(0, 3, 6),
      tracking: fc.constantFrom(0, 0.05, 0.25, 0.5),
      swell: fc.constantFrom(0, 0.01, 0.03),
      total: fc.boolean(),
    })
    .map(({ pieces, measure, total, ...rest }) => {
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
      const hangs = pieces.slice(1).map(({ hang }) => hang);
      const leads = pieces.map(({ lead }) => lead);
      return { ...rest, measure: measure + 0.1234567, end: ends.pop()!, kinds, ends, starts, letters, hangs, leads };
    });

const style = fc.record({
  shrink: fc.constantFrom(0.2, 0.33),
  easy: fc.constantFrom(0.15, 0.3),
  hyphenPenalty: fc.constantFrom(0, 2_500, 10_000),
  ladderPenalty: fc.constantFrom([20_000, 400_000] as const, [0, 1e9] as const),
  lastPenalty: fc.constantFrom(0, 6_000),
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

test('no line is over-full but one that cannot be divided, and what its letters and spaces give is told', () => {
  fc.assert(
    fc.property(few(40), style, (p, chosen) => {
      const lines = breakLines(p, chosen);
      const judged = judge(p, chosen, endsOf(lines));
      assert.ok(judged, 'an over-full line that could be divided');
      for (const [nth, { give }] of lines.entries())
        for (const [which, found] of [lettersOf(give), spacesOf(give)].entries()) {
          const expected = judged.gives[nth]![which]!;
          assert.ok(Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${found}, not ${expected}`);
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
  const dear: LineStyle = { ...LINE_STYLE, hyphenPenalty: 400, ladderPenalty: [3_000, 30_000], fitnessPenalty: 30_000 };
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
    swell: 0,
    kinds,
    ends: places,
    starts: places,
    letters,
    hangs: [0, 0, 0, 0],
    leads: [0, 0, 0, 0, 0],
  };
  const two = { ...LINE_STYLE, hyphenPenalty: 0, lastPenalty: 0, ladderPenalty: [0, 1e6] as const };
  assert.deepEqual(endsOf(breakLines(p, two)), [1, 2, 3, 4]);
  assert.deepEqual(endsOf(breakLines(p, { ...two, ladderPenalty: [0, 0] })), [0, 2, 3, 4]);
});

test('a line less or more is the best that there is of so many', () => {
  let [less, more] = [0, 0];
  for (let seed = 0; seed < 150; seed++) {
    const p = { ...paragraphOf(13, seed), measure: 60 + (seed % 6) * 12, indent: 0, tracking: 0.8, swell: 0.04 };
    const best = breakLines(p);
    const counted = new Map<number, number>();
    for (const ends of everyWay(p)) {
      const judged = judge(p, LINE_STYLE, ends);
      if (judged?.tolerance !== 0) continue;
      counted.set(ends.length, Math.min(counted.get(ends.length) ?? Number.POSITIVE_INFINITY, judged.demerits));
    }
    const least = counted.get(best.length);
    const others = least === undefined ? [] : otherLines(p, best);
    for (const { lines, demerits } of others) {
      const judged = judge(p, LINE_STYLE, endsOf(lines))!;
      assert.equal(judged.tolerance, 0, 'never loose');
      assert.ok(Math.abs(judged.demerits - counted.get(lines.length)!) < 1e-3, `specimen ${seed} can be set better`);
      assert.ok(Math.abs(demerits - (judged.demerits - least!)) < 1e-3, 'and costs what it says');
      if (lines.length < best.length) less++;
      else more++;
    }
    const possible = [best.length - 1, best.length + 1].filter((count) => least !== undefined && counted.has(count));
    assert.deepEqual(
      others.map(({ lines }) => lines.length),
      possible,
    );
  }
  assert.ok(less > 0 && more > 3, `${less} could be shorter, ${more} longer`);
});

test('where a line would be loose, letters give more, in that paragraph alone', () => {
  let [eased, helped] = [0, 0];
  for (let seed = 0; seed < 200; seed++) {
    const p = { ...paragraphOf(60, seed), measure: 150 };
    const widest = (lines: readonly Line[]): number => Math.max(...lines.map(({ give }) => spacesOf(give)));
    const [plain, planned] = [breakLines(p), plan(p)];
    const more = planned.give.tracking / GIVE.tracking;
    assert.equal(planned.paragraph.tracking, p.tracking * more);
    assert.equal(planned.paragraph.swell, p.swell * more);
    assert.deepEqual(planned.lines, breakLines(planned.paragraph));
    assert.equal(more > 1, widest(plain) > TOLERANCES[0]!, `specimen ${seed}`);
    if (more > 1) eased++;
    if (more > 1 && widest(planned.lines) < widest(plain)) helped++;
  }
  assert.ok(eased > 10 && helped > eased / 2, `${eased} eased, ${helped} helped`);
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
  const lines = breakLines({ ...PLAIN, measure: 100, end, kinds, ends, starts, letters });
  assert.deepEqual(endsOf(lines), [1, 2, 5]);
  assert.deepEqual(
    lines.map(({ give }) => spacesOf(give) < -LINE_STYLE.shrink),
    [false, true, false],
  );
});

test('one letter after a division may be narrower than the hyphen', () => {
  // 96 + 3 for the hyphen is too wide; 96 + 1 for the last letter is not.
  const p = {
    ...PLAIN,
    measure: 97,
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
  const p = { ...PLAIN, measure: 100, end: 101.5, kinds: [DASH], ends: [40], starts: [40] };
  assert.equal(breakLines({ ...p, letters: [10] }).length, 2);
  assert.equal(breakLines({ ...p, letters: [10, 40] }).length, 1);
});

test('a paragraph of one piece is one line, set as it is', () => {
  const p = { ...PLAIN, measure: 100, indent: 10, kinds: [], ends: [], starts: [], letters: [] };
  assert.deepEqual(breakLines({ ...p, end: 50 }), [{ at: 0, give: 0 }]);
  assert.deepEqual(breakLines({ ...p, end: 0 }), [{ at: 0, give: 0 }]);
  const wide = breakLines({ ...p, end: 95 });
  assert.equal(wide.length, 1);
  assert.ok(spacesOf(wide[0]!.give) < -LINE_STYLE.shrink, 'it is too wide, and says so');
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
      const lists = { ends: double(p.ends), starts: double(p.starts), hangs: double(p.hangs), leads: double(p.leads) };
      const twice = breakLines({ ...p, ...scaled, ...lists });
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
