// A second reckoning of pages and what they cost: slug by slug and line by line, from the words in pages.ts. It tries every
// way (`leastCost`) or fills page after page (`greedy`), and asserts what pages must be (`inOrder`, `costOf`).
import assert from 'node:assert/strict';
import { type Chapter, type Page, type PageRoom, PENALTY } from '../scripts/typeset/pages.ts';

const CLOSE = 0.05;

interface NoteLine {
  readonly height: number;
  /** Its place in its note. */
  readonly index: number;
  readonly of: number;
}

interface Laid {
  /** Note lines set up to here. */
  readonly notesTo: number;
  readonly cost: number;
  /** Taller than the page. */
  readonly over: boolean;
  readonly late: boolean;
}

const noteLines = ({ notes }: Chapter): NoteLine[] =>
  notes.flatMap((note) => note.map((height, index) => ({ height, index, of: note.length })));

/** Note lines, and of them those that must have been set by then, of the notes called before a slug. */
function dueBefore({ slugs, notes }: Chapter, slug: number): { called: number; begun: number } {
  const calls = slugs.slice(0, slug).reduce((sum, one) => sum + one.calls, 0);
  const lengths = notes.slice(0, calls).map((note) => note.length);
  const called = lengths.reduce((sum, length) => sum + length, 0);
  const lastLength = lengths.at(-1) ?? 0;
  return { called, begun: called - lastLength + Math.min(2, lastLength) };
}

/** As many lines as there is room for; but two lines of a note go over together where two stay. */
function fill(lines: readonly NoteLine[], from: number, to: number, room: number): number {
  const set: NoteLine[] = [];
  let left = room;
  for (const line of lines.slice(from, to)) {
    left -= line.height;
    if (left < -CLOSE) break;
    set.push(line);
  }
  const next = lines[from + set.length];
  const goesOver = from + set.length < to && next !== undefined && next.index > 0 && next.index === next.of - 1;
  const staying =
    set.length -
    Math.max(
      0,
      set.findLastIndex(({ index }) => index === 0),
    );
  return from + set.length - (goesOver && staying >= 3 ? 1 : 0);
}

/** One page of text, or (`to` = `from`) of notes alone. */
export function layOut(chapter: Chapter, room: PageRoom, { from, to, notesFrom }: Omit<Page, 'notesTo'>): Laid {
  const { slugs } = chapter;
  const lines = noteLines(chapter);
  const { called, begun } = dueBefore(chapter, to);
  if (from === to) {
    const fitting = fill(lines, notesFrom, called, room.depth);
    const over = fitting === notesFrom;
    const cost = PENALTY.notesOnly + (over ? PENALTY.overfull : 0);
    return { notesTo: over ? notesFrom + 1 : fitting, cost, over, late: false };
  }
  const set = slugs.slice(from, to);
  const text = set.reduce((sum, slug, nth) => sum + slug.height + (nth === 0 ? slug.head : slug.space), 0);
  const over = text > room.depth + CLOSE;
  const notesTo = fill(lines, notesFrom, called, room.depth - text - room.separator);
  const owes = dueBefore(chapter, from).called > notesFrom;
  const late = notesTo < begun || (owes && notesTo === notesFrom);
  let cost = (over ? PENALTY.overfull : 0) + (late ? PENALTY.late : 0) + (notesTo < called ? PENALTY.splitNote : 0);
  const [last, next] = [set.at(-1)!, slugs[to]];
  if (!next) {
    if (from > 0 && set.length < 4 && slugs.length > 4) cost += PENALTY.shortEnd;
    return { notesTo, cost, over, late };
  }
  const feet = lines.slice(notesFrom, notesTo).reduce((sum, { height }) => sum + height, 0);
  const left = room.depth - text - feet - (notesTo > notesFrom ? room.separator : 0);
  cost += PENALTY.short * Math.max(0, Math.floor(left / room.leading + CLOSE)) ** 2;
  if (last.keep) cost += PENALTY.keep;
  if (last.hyphen) cost += PENALTY.hyphen;
  if (next.index > 0 && last.index === 0) cost += PENALTY.orphan;
  if (next.index > 0 && next.index === next.of - 1) cost += PENALTY.widow;
  return { notesTo, cost, over, late };
}

/** Whether a page may be so: neither over-full nor with late notes unless its last slug cannot do otherwise. */
function allowed(chapter: Chapter, room: PageRoom, { from, to }: Page, laid: Laid): boolean {
  if (to - from <= 1) return true;
  if (laid.over) return false;
  if (!laid.late) return true;
  const own = { from: to - 1, to, notesFrom: dueBefore(chapter, to - 1).called };
  return layOut(chapter, room, own).late;
}

/** What all pages cost, when they are right. */
export function costOf(chapter: Chapter, room: PageRoom, pages: readonly Page[]): number {
  return pages.reduce((sum, page) => {
    const laid = layOut(chapter, room, page);
    assert.equal(laid.notesTo, page.notesTo, 'note lines on the page');
    assert.ok(allowed(chapter, room, page, laid), `over-full or late without need: ${JSON.stringify(page)}`);
    return sum + laid.cost;
  }, 0);
}

/** The least that any pages cost, by trying all; what follows a place is reckoned once. */
export function leastCost(chapter: Chapter, room: PageRoom): number {
  const count = chapter.slugs.length;
  const total = noteLines(chapter).length;
  const known = new Map<string, number>();
  const after = (from: number, notesFrom: number): number => {
    const key = `${from} ${notesFrom}`;
    let least = known.get(key) ?? (from === count && notesFrom === total ? 0 : undefined);
    if (least !== undefined) return least;
    least = Number.POSITIVE_INFINITY;
    for (let to = from; to <= count; to++) {
      if (to === from && dueBefore(chapter, to).called <= notesFrom) continue;
      const laid = layOut(chapter, room, { from, to, notesFrom });
      const page = { from, to, notesFrom, notesTo: laid.notesTo };
      if (allowed(chapter, room, page, laid)) least = Math.min(least, laid.cost + after(to, laid.notesTo));
    }
    known.set(key, least);
    return least;
  };
  return after(0, 0);
}

/** Pages as full as they can be, one after the other. */
export function greedy(chapter: Chapter, room: PageRoom): Page[] {
  const pages: Page[] = [];
  const total = noteLines(chapter).length;
  for (let [from, notesFrom] = [0, 0]; from < chapter.slugs.length || notesFrom < total; ) {
    let best: Page | undefined;
    for (let to = from; to <= Math.min(chapter.slugs.length, from + 60); to++) {
      if (to === from && (from < chapter.slugs.length || notesFrom === total)) continue;
      const { notesTo, ...laid } = layOut(chapter, room, { from, to, notesFrom });
      const page = { from, to, notesFrom, notesTo };
      if (allowed(chapter, room, page, { notesTo, ...laid })) best = page;
    }
    pages.push(best!);
    [from, notesFrom] = [best!.to, best!.notesTo];
  }
  return pages;
}

/** Every slug once, in order; every note line once, in order, none before its call. */
export function inOrder(chapter: Chapter, pages: readonly Page[]): void {
  let [slug, note] = [0, 0];
  for (const { from, to, notesFrom, notesTo } of pages) {
    assert.deepEqual([from, notesFrom], [slug, note]);
    assert.ok(to > from || notesTo > notesFrom, 'an empty page');
    assert.ok(to >= from && notesTo >= notesFrom && notesTo <= dueBefore(chapter, to).called, 'a note before its call');
    [slug, note] = [to, notesTo];
  }
  assert.deepEqual([slug, note], [chapter.slugs.length, noteLines(chapter).length]);
}
