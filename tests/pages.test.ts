// Pages are judged by a second reckoning of what they cost, and by trying every way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { breakPages, type Chapter, type Page, type PageRoom, PENALTY, type Slug } from '../scripts/typeset/pages.ts';
import { costOf, greedy, inOrder, layOut, leastCost } from './reckoning.ts';
import { chapterOf, ROOM } from './specimens.ts';

const line: Slug = { height: 10, space: 0, head: 0, index: 0, of: 1, keep: false, hyphen: false, calls: 0 };
/** A paragraph of so many lines. */
const paragraph = (of: number, more: Partial<Slug> = {}): Slug[] =>
  Array.from({ length: of }, (_, index) => ({ ...line, index, of, ...more }));
const note = (of: number, height = 8): number[] => new Array<number>(of).fill(height);
const SMALL: PageRoom = { depth: 100, leading: 10, separator: 10 };

/** Chapters of few slugs and notes, some of them taller than a page may be. */
const few = (most: number): fc.Arbitrary<Chapter> => {
  const slug = fc.record({
    height: fc.constantFrom(10, 10, 10, 10, 10, 25, 60, 130),
    space: fc.constantFrom(0, 0, 10),
    head: fc.constantFrom(0, 0, 0, 10),
    hyphen: fc.boolean(),
    calls: fc.constantFrom(0, 0, 0, 1, 1, 2),
    opens: fc.constantFrom(true, false, false),
    keep: fc.constantFrom(true, false, false, false),
  });
  return fc
    .record({
      drawn: fc.array(slug, { maxLength: most, size: 'max' }),
      lengths: fc.array(fc.constantFrom(1, 2, 3, 3, 4, 6), { minLength: 3, maxLength: 3 }),
      height: fc.constantFrom(8, 8, 12, 120),
    })
    .map(({ drawn, lengths, height }) => {
      const starts = drawn.map(({ opens, keep }, k) => k === 0 || opens || keep || drawn[k - 1]!.keep);
      let notesLeft = lengths.length;
      const slugs = drawn.map(({ opens: _, ...rest }, k): Slug => {
        const start = starts.lastIndexOf(true, k);
        const end = starts.indexOf(true, k + 1);
        const calls = Math.min(rest.calls, notesLeft);
        notesLeft -= calls;
        return { ...rest, calls, index: k - start, of: (end < 0 ? drawn.length : end) - start };
      });
      return { slugs, notes: lengths.slice(0, lengths.length - notesLeft).map((of) => note(of, height)) };
    });
};
const room = fc.constantFrom(20, 40, 50, 70).map((depth): PageRoom => ({ ...SMALL, depth }));

test('every slug and every line of the notes is set once, in order', () => {
  fc.assert(
    fc.property(few(40), room, (chapter, size) => inOrder(chapter, breakPages(chapter, size))),
    { numRuns: 500 },
  );
});

test('no other pages cost less', () => {
  fc.assert(
    fc.property(few(9), room, (chapter, size) => {
      assert.equal(costOf(chapter, size, breakPages(chapter, size)), leastCost(chapter, size));
    }),
    { numRuns: 800 },
  );
});

test('filling page after page never costs less, and leaves widows and orphans that we do not', () => {
  let greedyFaults = 0;
  for (let seed = 0; seed < 10; seed++) {
    const chapter = chapterOf(300, 100, seed);
    const pages = breakPages(chapter, ROOM);
    inOrder(chapter, pages);
    assert.ok(
      costOf(chapter, ROOM, pages) <= costOf(chapter, ROOM, greedy(chapter, ROOM)),
      `greedy is better on ${seed}`,
    );
    const ends = (set: readonly Page[]): number[] =>
      set
        .slice(0, -1)
        .filter((page) => layOut(chapter, ROOM, page).cost >= PENALTY.widow)
        .map(({ to }) => to);
    assert.deepEqual(ends(pages), [], 'widows, orphans, headings at the foot, late notes');
    greedyFaults += ends(greedy(chapter, ROOM)).length;
  }
  assert.ok(greedyFaults >= 10, 'the specimens tempt nobody');
});

test('a chapter without slugs has no pages', () => {
  assert.deepEqual(breakPages({ slugs: [], notes: [] }, SMALL), []);
});

test('a page that is exactly full is full', () => {
  const pages = breakPages({ slugs: paragraph(20), notes: [] }, SMALL);
  assert.deepEqual(
    pages.map(({ to }) => to),
    [10, 20],
  );
});

test('a heading goes over with what it heads', () => {
  const slugs = [...paragraph(8), { ...line, keep: true }, ...paragraph(9)];
  assert.equal(breakPages({ slugs, notes: [] }, SMALL)[0]!.to, 8);
  // With one line more below it, it may stay: two lines of the paragraph stand under it.
  const higher = [...paragraph(7), { ...line, keep: true }, ...paragraph(9)];
  assert.equal(breakPages({ slugs: higher, notes: [] }, SMALL)[0]!.to, 10);
});

test('neither a first nor a last line of a paragraph stands alone', () => {
  const orphan = [...paragraph(9), ...paragraph(5)];
  assert.equal(breakPages({ slugs: orphan, notes: [] }, SMALL)[0]!.to, 9);
  const widow = [...paragraph(5), ...paragraph(6), ...paragraph(5)];
  assert.equal(breakPages({ slugs: widow, notes: [] }, SMALL)[0]!.to, 9);
});

test('the space above what begins a page is dropped', () => {
  const slugs = [...paragraph(10), { ...line, space: 10 }, ...paragraph(9)];
  assert.deepEqual(
    breakPages({ slugs, notes: [] }, SMALL).map(({ to }) => to),
    [10, 20],
  );
});

test('a table’s heads are repeated on every page that goes on with it', () => {
  const slugs = [line, ...Array.from({ length: 27 }, () => ({ ...line, head: 10 }))];
  const pages = breakPages({ slugs, notes: [] }, SMALL);
  // The heads stand as a slug of their own at the table's beginning; then there is room for nine rows.
  assert.equal(pages[0]!.to, 10);
  for (const { from, to } of pages.slice(1)) assert.ok(to - from <= 9, 'no room for the heads');
  assert.deepEqual(
    pages.map(({ to }) => to),
    [10, 19, 28],
  );
});

test('a note stands on its call’s page, or begins there', () => {
  const called = (at: number, count: number): Slug[] => {
    const slugs = paragraph(count);
    slugs[at] = { ...slugs[at]!, calls: 1 };
    return slugs;
  };
  // Eighth of ten lines calls three: 80 + 10 + 24 is too much, so its page ends before it or divides the note.
  for (const length of [1, 2, 3, 6, 12]) {
    const chapter = { slugs: called(7, 20), notes: [note(length)] };
    const pages = breakPages(chapter, SMALL);
    inOrder(chapter, pages);
    const page = pages.find(({ from, to }) => from <= 7 && 7 < to)!;
    assert.ok(page.notesTo >= Math.min(2, length), `${page.notesTo} of ${length} lines with the call`);
  }
});

test('a note of three lines may be divided after the second, even under another note', () => {
  // 60 + 10 + 30 is the page: one note of one line, then two lines of three.
  const slugs = paragraph(12).map((slug, k) => ({ ...slug, calls: k === 4 || k === 5 ? 1 : 0 }));
  const pages = breakPages({ slugs, notes: [note(1, 10), note(3, 10)] }, SMALL);
  assert.deepEqual(pages[0], { from: 0, to: 6, notesFrom: 0, notesTo: 3 });
});

test('two lines of a note go over together where more than two are there', () => {
  const slugs = paragraph(14).map((slug, k) => ({ ...slug, calls: k === 4 ? 1 : 0 }));
  const pages = breakPages({ slugs, notes: [note(5, 10)] }, SMALL);
  for (const { notesTo } of pages) assert.notEqual(notesTo, 4);
});

test('a note longer than three pages goes on from page to page without a gap', () => {
  const slugs = paragraph(60).map((slug, k) => ({ ...slug, calls: k === 3 ? 1 : 0 }));
  const chapter = { slugs, notes: [note(45)] };
  const pages = breakPages(chapter, SMALL);
  inOrder(chapter, pages);
  costOf(chapter, SMALL, pages);
  const carrying = pages.filter(({ notesFrom, notesTo }) => notesTo > notesFrom);
  assert.ok(carrying.length > 3, `${carrying.length} pages`);
  assert.deepEqual(carrying, pages.slice(0, carrying.length), 'a page without its share of the note');
  assert.ok(pages[0]!.to > 3 && pages[0]!.notesTo >= 2, 'it begins with its call');
});

test('ten notes called in one line', () => {
  const slugs = paragraph(30).map((slug, k) => ({ ...slug, calls: k === 5 ? 10 : 0 }));
  const short = { slugs, notes: Array.from({ length: 10 }, () => note(1, 7)) };
  const pages = breakPages(short, SMALL);
  inOrder(short, pages);
  const page = pages.find(({ from, to }) => from <= 5 && 5 < to)!;
  assert.deepEqual([page.notesFrom, page.notesTo], [0, 10], 'all with their call: there is room');
  // Three lines each are more than a page: the rest is late, but as much stands with the call as can.
  const long = { slugs, notes: Array.from({ length: 10 }, () => note(3)) };
  const late = breakPages(long, SMALL);
  inOrder(long, late);
  costOf(long, SMALL, late);
  const calling = late.findIndex(({ from, to }) => from <= 5 && 5 < to);
  assert.ok(late[calling]!.notesTo >= 3, 'the first of them stands with the call');
  assert.ok(late[calling + 1]!.notesTo > late[calling]!.notesTo, 'the next page goes on with them');
});

test('a slug taller than the page has one to itself, and its note follows', () => {
  const slugs = [...paragraph(3), { ...line, height: 150, calls: 1 }, ...paragraph(6)];
  const chapter = { slugs, notes: [note(2)] };
  const pages = breakPages(chapter, SMALL);
  inOrder(chapter, pages);
  assert.deepEqual(pages[1], { from: 3, to: 4, notesFrom: 0, notesTo: 0 });
  assert.deepEqual([pages[2]!.notesFrom, pages[2]!.notesTo], [0, 2]);
});

test('what fills a page but for its note shares the page all the same', () => {
  // A figure of 80 and two lines of notes do not fit together anywhere: the line above it need not stand alone.
  const slugs = [line, { ...line, height: 80, calls: 1 }, ...paragraph(6)];
  const pages = breakPages({ slugs, notes: [note(2)] }, SMALL);
  assert.equal(pages[0]!.to, 2);
});

test('a line of a note taller than the page has one to itself', () => {
  const slugs = paragraph(6).map((slug, k) => ({ ...slug, calls: k === 2 ? 1 : 0 }));
  const chapter = { slugs, notes: [[8, 8, 300, 8]] };
  const pages = breakPages(chapter, SMALL);
  inOrder(chapter, pages);
  costOf(chapter, SMALL, pages);
});

test('notes of the last line are all set, on pages of their own if need be', () => {
  const slugs = paragraph(4).map((slug, k) => ({ ...slug, calls: k === 3 ? 1 : 0 }));
  const chapter = { slugs, notes: [note(30)] };
  const pages = breakPages(chapter, SMALL);
  inOrder(chapter, pages);
  assert.ok(pages.length >= 3 && pages[0]!.to === 4, JSON.stringify(pages));
});

test('the same numbers give the same pages, and are left as they were', () => {
  fc.assert(
    fc.property(few(30), room, (chapter, size) => {
      const before = structuredClone(chapter);
      assert.deepEqual(breakPages(chapter, size), breakPages(chapter, size));
      assert.deepEqual(chapter, before);
    }),
  );
});

test('a book of one chapter with thousands of lines', () => {
  const chapter = chapterOf(8_000, 2_000, 3);
  inOrder(chapter, breakPages(chapter, ROOM));
});
