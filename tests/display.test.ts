// Display lines fill their room and never leave it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DisplayLine, type DisplayText, fitDisplay, LINE_HEIGHT } from '../scripts/typeset/display.ts';

const text = (most: number): fc.Arbitrary<DisplayText> =>
  fc.record({
    measure: fc.integer({ min: 20, max: 2_000 }),
    depth: fc.integer({ min: 5, max: 2_000 }),
    words: fc.array(fc.double({ min: 0.2, max: 9, noNaN: true }), { maxLength: most, size: 'max' }),
    space: fc.double({ min: 0.1, max: 0.4, noNaN: true }),
  });

const widthOf = ({ words, space }: DisplayText, { from, to, size }: DisplayLine): number =>
  size * (words.slice(from, to).reduce((sum, word) => sum + word, 0) + space * (to - from - 1));

const heightOf = (lines: readonly DisplayLine[]): number =>
  lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);

/** Lines within the room, every word in one, in order. */
function judge(display: DisplayText, lines: readonly DisplayLine[]): void {
  let next = 0;
  for (const line of lines) {
    assert.equal(line.from, next);
    assert.ok(line.to > line.from, 'a line without a word');
    assert.ok(line.size > 0 && Number.isFinite(line.size), `a size of ${line.size}`);
    assert.ok(widthOf(display, line) <= display.measure * (1 + 1e-9), 'a line wider than the measure');
    next = line.to;
  }
  assert.equal(next, display.words.length);
  assert.ok(heightOf(lines) <= display.depth * (1 + 1e-9), 'taller than the depth');
}

test('every word stands in one line, in order, within the room', () => {
  fc.assert(fc.property(text(9), (display) => judge(display, fitDisplay(display))));
});

test('so do very many words', () => {
  fc.assert(
    fc.property(text(60), (display) => judge(display, fitDisplay(display))),
    { numRuns: 40 },
  );
});

test('a line ends where a block does, of few words and of many', () => {
  const parted = fc
    .tuple(text(40), fc.array(fc.integer({ min: 1, max: 39 }), { maxLength: 4 }))
    .map(([display, found]) => {
      const ends = [...new Set(found)].filter((end) => end < display.words.length).sort((a, b) => a - b);
      return { ...display, ends };
    });
  fc.assert(
    fc.property(parted, (display) => {
      const lines = fitDisplay(display);
      judge(display, lines);
      for (const end of display.ends)
        assert.ok(
          lines.some(({ to }) => to === end),
          `none ends after ${end} words`,
        );
    }),
    { numRuns: 60 },
  );
});

test('lines fill the measure or, all together, the depth', () => {
  fc.assert(
    fc.property(text(9), (display) => {
      const lines = fitDisplay(display);
      if (lines.length === 0) return;
      const wide = lines.every((line) => Math.abs(widthOf(display, line) - display.measure) < 1e-6 * display.measure);
      const tall = Math.abs(heightOf(lines) - display.depth) < 1e-6 * display.depth;
      assert.ok(wide || tall, 'room is left both ways');
    }),
  );
});

test('no words give no lines, and one word one', () => {
  const room = { measure: 300, depth: 400, space: 0.2 };
  assert.deepEqual(fitDisplay({ ...room, words: [] }), []);
  assert.deepEqual(fitDisplay({ ...room, words: [3] }), [{ from: 0, to: 1, size: 100 }]);
  // Too tall at the measure's size: the depth decides.
  const [line] = fitDisplay({ ...room, words: [0.5] });
  assert.ok(Math.abs(line!.size - 400 / LINE_HEIGHT) < 1e-9, `${line!.size}`);
});

test('a long title takes more lines in a narrow, deep room than in a wide, shallow one', () => {
  const words = [2, 3, 1, 4, 2.5, 3];
  const narrow = fitDisplay({ measure: 200, depth: 600, words, space: 0.2 });
  const wide = fitDisplay({ measure: 900, depth: 150, words, space: 0.2 });
  assert.ok(narrow.length > wide.length, `${narrow.length} and ${wide.length}`);
});

test('forty words fit', () => {
  const display = { measure: 400, depth: 300, words: Array.from({ length: 40 }, (_, n) => 1 + (n % 5)), space: 0.2 };
  judge(display, fitDisplay(display));
});

test('a room of nothing gives sizes of nothing, not nonsense', () => {
  for (const [measure, depth] of [
    [0, 0],
    [0, 100],
    [100, 0],
  ] as const)
    for (const { size } of fitDisplay({ measure, depth, words: [1, 2], space: 0.2 })) assert.equal(size, 0);
});
