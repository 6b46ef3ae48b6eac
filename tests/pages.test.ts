// Pages are judged by a second reckoning of what they cost, and by trying every way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  breakPages,
  type Chapter,
  type PageRoom,
  type Pagination,
  type Side,
  type Slug,
  type Variant,
} from '../scripts/typeset/pages.ts';
import { PENALTY } from '../scripts/typeset/penalties.ts';
import { costOf, costs, greedy, inOrder, leastCost } from './reckoning.ts';
import { chapterOf, ROOM, variantsOf } from './specimens.ts';

const line: Slug = { height: 10, space: 0, head: 0, index: 0, of: 1, keep: false, hyphen: false, calls: 0 };
/** A paragraph of so many lines. */
const paragraph = (of: number, more: Partial<Slug> = {}): Slug[] =>
  Array.from({ length: of }, (_, index) => ({ ...line, index, of, ...more }));
const note = (of: number, height = 8): number[] => new Array<number>(of).fill(height);
const SMALL: PageRoom = { depth: 100, leading: 10, separator: 10 };

/** Chapters of few slugs and notes, some of them taller than a page may be, with everything that pages may be made of. */
const few = (most: number): fc.Arbitrary<Chapter> => {
  const slug = fc.record({
    height: fc.constantFrom(10, 10, 10, 10, 10, 25, 60, 130),
    space: fc.constantFrom(0, 0, 10),
    head: fc.constantFrom(0, 0, 0, 10),
    hyphen: fc.boolean(),
    calls: fc.constantFrom(0, 0, 0, 1, 1, 2),
    opens: fc.constantFrom(true, false, false),
    keep: fc.constantFrom(true, false, false, false),
    /** Of the paragraph or figure that begins with it. */
    longer: fc.constantFrom(undefined, undefined, undefined, 0, 30, 500),
    shorter: fc.constantFrom(undefined, undefined, undefined, 0, 40, 700),
    gap: fc.constantFrom(undefined, 0, 10),
    breaks: fc.constantFrom(true, false, false, false, false, false, false, false),
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
      const variants = new Map<number, Variant[]>();
      const slugs = drawn.map(({ height, space, head, hyphen, keep, gap, ...drawing }, k): Slug => {
        const start = starts.lastIndexOf(true, k);
        const end = starts.indexOf(true, k + 1);
        const of = (end < 0 ? drawn.length : end) - start;
        const { longer, shorter } = drawn[start]!;
        const calls = Math.min(drawing.calls, notesLeft);
        notesLeft -= calls;
        const own = { height, space, head, hyphen, keep, calls, index: k - start, of };
        if (!keep && (longer !== undefined || shorter !== undefined))
          return { ...own, height: 10, space: k === start ? space : 0, head: 0 };
        return of === 1 && gap !== undefined && height > 10 ? { ...own, float: { gap, below: 10 } } : own;
      });
      for (const [start, { index, of, keep, float }] of slugs.entries()) {
        if (index > 0 || keep || float) continue;
        const calls = slugs.slice(start, start + of).reduce((sum, one) => sum + one.calls, 0);
        const { longer, shorter } = drawn[start]!;
        const variant = (lines: number, cost: number): Variant => ({
          lines: Array.from({ length: lines }, (_, k) => ({
            // The last line ends as it does in any setting.
            hyphen: k === lines - 1 ? slugs[start + of - 1]!.hyphen : k % 2 === 0,
            calls: k === lines >> 1 ? calls : 0,
          })),
          cost,
        });
        const both = [
          ...(longer === undefined ? [] : [variant(of + 1, longer)]),
          ...(shorter === undefined || of === 1 ? [] : [variant(of - 1, shorter)]),
        ];
        if (both.length > 0) variants.set(start, both);
      }
      const breaks = drawn.flatMap((one, k) => (one.breaks && starts[k] ? [k] : []));
      const notes = lengths.slice(0, lengths.length - notesLeft).map((of) => note(of, height));
      return { slugs, notes, variants, breaks };
    });
};
const room = fc.constantFrom(20, 40, 50, 70).map((depth): PageRoom => ({ ...SMALL, depth }));
const side = fc.constantFrom<Side>('recto', 'verso');

test('every slug and every line of the notes is set once, in order', () => {
  fc.assert(
    fc.property(few(40), room, side, (chapter, size, first) => inOrder(chapter, breakPages(chapter, size, first))),
    { numRuns: 500 },
  );
});

test('no other pages cost less', () => {
  fc.assert(
    fc.property(few(9), room, side, (chapter, size, first) => {
      const pages = breakPages(chapter, size, first);
      inOrder(chapter, pages);
      assert.equal(costOf(chapter, size, pages, first), leastCost(chapter, size, first));
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
    const faults = (set: Pagination): number =>
      costs(chapter, ROOM, set).filter((cost) => cost >= PENALTY.widow).length;
    assert.equal(faults(pages), 0, 'widows, orphans, headings at the foot, late notes');
    greedyFaults += faults(greedy(chapter, ROOM));
  }
  assert.ok(greedyFaults >= 10, 'the specimens tempt nobody');
});

/** A chapter's pages, right in the second reckoning. */
const judged = (chapter: Chapter): Pagination['pages'] => {
  const set = breakPages(chapter, SMALL);
  inOrder(chapter, set);
  assert.equal(costOf(chapter, SMALL, set), leastCost(chapter, SMALL));
  return set.pages;
};

test('a chapter without slugs has no pages', () => {
  assert.deepEqual(breakPages({ slugs: [], notes: [] }, SMALL).pages, []);
});

test('a page that is exactly full is full', () => {
  const pages = breakPages({ slugs: paragraph(20), notes: [] }, SMALL).pages;
  assert.deepEqual(
    pages.map(({ to }) => to),
    [10, 20],
  );
});

test('a heading goes over with what it heads', () => {
  const slugs = [...paragraph(8), { ...line, keep: true }, ...paragraph(9)];
  assert.equal(breakPages({ slugs, notes: [] }, SMALL).pages[0]!.to, 8);
  // With one line more below it, it may stay: two lines of the paragraph stand under it.
  const higher = [...paragraph(7), { ...line, keep: true }, ...paragraph(9)];
  assert.equal(breakPages({ slugs: higher, notes: [] }, SMALL).pages[0]!.to, 10);
});

test('neither a first nor a last line of a paragraph stands alone', () => {
  const orphan = [...paragraph(9), ...paragraph(5)];
  assert.equal(breakPages({ slugs: orphan, notes: [] }, SMALL).pages[0]!.to, 9);
  const widow = [...paragraph(5), ...paragraph(6), ...paragraph(5)];
  assert.equal(breakPages({ slugs: widow, notes: [] }, SMALL).pages[0]!.to, 9);
});

test('the space above what begins a page is dropped', () => {
  const slugs = [...paragraph(10), { ...line, space: 10 }, ...paragraph(9)];
  assert.deepEqual(
    breakPages({ slugs, notes: [] }, SMALL).pages.map(({ to }) => to),
    [10, 20],
  );
});

test('a table’s heads are repeated on every page that goes on with it', () => {
  const slugs = [line, ...Array.from({ length: 27 }, () => ({ ...line, head: 10 }))];
  const pages = breakPages({ slugs, notes: [] }, SMALL).pages;
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
    const pages = judged(chapter);
    const page = pages.find(({ from, to }) => from <= 7 && 7 < to)!;
    assert.ok(page.notesTo >= Math.min(2, length), `${page.notesTo} of ${length} lines with the call`);
  }
});

test('a note of three lines may be divided after the second, even under another note', () => {
  // 60 + 10 + 30 is the page: one note of one line, then two lines of three.
  const slugs = paragraph(12).map((slug, k) => ({ ...slug, calls: k === 4 || k === 5 ? 1 : 0 }));
  const pages = breakPages({ slugs, notes: [note(1, 10), note(3, 10)] }, SMALL).pages;
  assert.deepEqual(pages[0], { from: 0, to: 6, notesFrom: 0, notesTo: 3, d: 0 });
});

test('two lines of a note go over together where more than two are there', () => {
  const slugs = paragraph(14).map((slug, k) => ({ ...slug, calls: k === 4 ? 1 : 0 }));
  const pages = breakPages({ slugs, notes: [note(5, 10)] }, SMALL).pages;
  for (const { notesTo } of pages) assert.notEqual(notesTo, 4);
});

test('a note longer than three pages goes on from page to page without a gap', () => {
  const slugs = paragraph(60).map((slug, k) => ({ ...slug, calls: k === 3 ? 1 : 0 }));
  const chapter = { slugs, notes: [note(45)] };
  const pages = judged(chapter);
  const carrying = pages.filter(({ notesFrom, notesTo }) => notesTo > notesFrom);
  assert.ok(carrying.length > 3, `${carrying.length} pages`);
  assert.deepEqual(carrying, pages.slice(0, carrying.length), 'a page without its share of the note');
  assert.ok(pages[0]!.to > 3 && pages[0]!.notesTo >= 2, 'it begins with its call');
});

test('ten notes called in one line', () => {
  const slugs = paragraph(30).map((slug, k) => ({ ...slug, calls: k === 5 ? 10 : 0 }));
  const short = { slugs, notes: Array.from({ length: 10 }, () => note(1, 7)) };
  const pages = judged(short);
  const page = pages.find(({ from, to }) => from <= 5 && 5 < to)!;
  assert.deepEqual([page.notesFrom, page.notesTo], [0, 10], 'all with their call: there is room');
  // Three lines each are more than a page: the rest is late, but as much stands with the call as can.
  const long = { slugs, notes: Array.from({ length: 10 }, () => note(3)) };
  const late = judged(long);
  const calling = late.findIndex(({ from, to }) => from <= 5 && 5 < to);
  assert.ok(late[calling]!.notesTo >= 3, 'the first of them stands with the call');
  assert.ok(late[calling + 1]!.notesTo > late[calling]!.notesTo, 'the next page goes on with them');
});

test('a slug taller than the page has one to itself, and its note follows', () => {
  const slugs = [...paragraph(3), { ...line, height: 150, calls: 1 }, ...paragraph(6)];
  const chapter = { slugs, notes: [note(2)] };
  const pages = judged(chapter);
  assert.deepEqual(pages[1], { from: 3, to: 4, notesFrom: 0, notesTo: 0, d: 0 });
  assert.deepEqual([pages[2]!.notesFrom, pages[2]!.notesTo], [0, 2]);
});

test('what fills a page but for its note shares the page all the same', () => {
  // A figure of 90 and two lines of notes do not fit together anywhere: the line above it need not stand alone.
  const slugs = [line, { ...line, height: 90, calls: 1 }, ...paragraph(6)];
  const pages = breakPages({ slugs, notes: [note(2)] }, SMALL).pages;
  assert.equal(pages[0]!.to, 2);
});

test('a line of a note taller than the page has one to itself', () => {
  const slugs = paragraph(6).map((slug, k) => ({ ...slug, calls: k === 2 ? 1 : 0 }));
  const chapter = { slugs, notes: [[8, 8, 300, 8]] };
  judged(chapter);
});

test('notes of the last line are all set, on pages of their own if need be', () => {
  const slugs = paragraph(4).map((slug, k) => ({ ...slug, calls: k === 3 ? 1 : 0 }));
  const chapter = { slugs, notes: [note(30)] };
  const pages = judged(chapter);
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

test('facing pages are of one depth, and end within a line of each other', () => {
  let spreads = 0;
  let offDepth = 0;
  for (let seed = 0; seed < 12; seed++) {
    const chapter = { ...chapterOf(400, 60, seed), variants: variantsOf(chapterOf(400, 60, seed), seed) };
    const { pages } = breakPages(chapter, ROOM, 'verso');
    for (let verso = 0; verso + 2 < pages.length; verso += 2) {
      assert.equal(pages[verso]!.d, pages[verso + 1]!.d);
      spreads++;
      if (pages[verso]!.d !== 0) offDepth++;
    }
    assert.equal(costOf(chapter, ROOM, breakPages(chapter, ROOM, 'verso'), 'verso') < 2_000, true, `${seed}`);
  }
  assert.ok(offDepth > 0 && offDepth < spreads / 2, `${offDepth} of ${spreads}`);
});

test('a paragraph is set in more lines or fewer where that makes better pages', () => {
  // The third paragraph would leave its last line alone on the next page.
  const slugs = [...paragraph(4), ...paragraph(4), ...paragraph(3), ...paragraph(16)];
  const shorter = (lines: number, cost: number): Variant => ({ lines: paragraph(lines), cost });
  const variants = new Map([[4, [shorter(5, 900), shorter(3, 20)]]]);
  const without = breakPages({ slugs, notes: [] }, SMALL);
  const { pages, chosen } = breakPages({ slugs, notes: [], variants }, SMALL);
  assert.deepEqual([...chosen], [[4, 1]]);
  assert.deepEqual(pages[0], { from: 0, to: 10, notesFrom: 0, notesTo: 0, d: 0 });
  assert.ok(
    costOf({ slugs, notes: [], variants }, SMALL, { pages, chosen }) + 200 <
      costOf({ slugs, notes: [] }, SMALL, without),
  );
  // One that costs more than it brings stays as it is.
  const dear = new Map([[4, [shorter(3, 1_000_000)]]]);
  assert.equal(breakPages({ slugs, notes: [], variants: dear }, SMALL).chosen.size, 0);
});

test('a paragraph is set otherwise although a page ends in it', () => {
  // Two of its three lines would leave the third alone; two of four do not.
  const slugs = [...paragraph(9), ...paragraph(3), ...paragraph(18)];
  const variants = new Map([[9, [{ lines: paragraph(4), cost: 10 }]]]);
  const tall = { ...SMALL, depth: 110 };
  const { pages, chosen } = breakPages({ slugs, notes: [], variants }, tall);
  assert.deepEqual([...chosen], [[9, 0]]);
  assert.deepEqual([pages[0]!.to, pages[1]!.from, pages.at(-1)!.to], [11, 11, 31]);
});

test('a figure without room stands at the head of the next page, and the text goes on in its place', () => {
  const figure: Slug = { ...line, height: 60, space: 10, float: { gap: 0, below: 10 } };
  const slugs = [...paragraph(6), figure, { ...line, of: 14, space: 10 }, ...paragraph(14).slice(1)];
  const { pages } = breakPages({ slugs, notes: [] }, SMALL);
  assert.deepEqual(pages[0], { from: 0, to: 11, notesFrom: 0, notesTo: 0, d: 0 });
  assert.equal(pages[1]!.figure, 6);
  assert.equal(pages[1]!.from, 11);
  // One that calls a note stays where it is.
  const calling = slugs.map((slug, k) => (k === 6 ? { ...slug, calls: 1 } : slug));
  assert.ok(breakPages({ slugs: calling, notes: [note(1)] }, SMALL).pages.every((page) => page.figure === undefined));
  // It does not pass the end of its text, but has a page of its own before it.
  const breaks = [12];
  const ended = breakPages({ slugs, notes: [], breaks }, SMALL).pages;
  inOrder({ slugs, notes: [], breaks }, { pages: ended, chosen: new Map() });
  const next = ended.findIndex(({ from }) => from === 12);
  assert.ok(ended.slice(next + 1).every(({ figure }) => figure === undefined));
});

test('a new page where the author wants one, however short the page before is', () => {
  const { pages } = breakPages({ slugs: paragraph(20), notes: [], breaks: [0, 5, 5, 20] }, SMALL);
  assert.deepEqual(
    pages.map(({ to }) => to),
    [5, 15, 20],
  );
});

test('chapters of many troubles are whole, and no page in them is worse than filling page after page makes it', () => {
  fc.assert(
    fc.property(fc.array(few(40), { minLength: 15, maxLength: 25 }), room, side, (parts, size, first) => {
      const slugs = parts.flatMap((part) => part.slugs);
      const notes = parts.flatMap((part) => part.notes);
      const pages = breakPages({ slugs, notes }, size, first);
      inOrder({ slugs, notes }, pages);
      assert.ok(
        costOf({ slugs, notes }, size, pages, first) <= costOf({ slugs, notes }, size, greedy({ slugs, notes }, size)),
      );
    }),
    { numRuns: 20 },
  );
});
