// A second reckoning of pages and what they cost: line by line, from the words in pages.ts. It tries every way (`leastCost`)
// or fills page after page (`greedy`), and asserts what pages must be (`inOrder`, `costOf`).
import assert from 'node:assert/strict';
import type { Chapter, Depth, PageRoom, Pagination, Side, Slug } from '../scripts/typeset/pages.ts';
import { PENALTY, UNEVEN_MOST } from '../scripts/typeset/penalties.ts';

const CLOSE = 0.05;
const DEPTHS: readonly Depth[] = [-1, 0, 1];

interface NoteLine {
  readonly height: number;
  /** Its place in its note. */
  readonly index: number;
  readonly of: number;
}

/** A line as it is set: a slug, or one of a variant's lines, which stand for the slugs of its paragraph. */
interface Line extends Slug {
  readonly slug: number;
  readonly variant: number | undefined;
}

/** Before which line: within a paragraph's variant, or before a slug. */
interface Spot {
  readonly slug: number;
  readonly variant?: number;
  readonly line: number;
}

interface Made {
  readonly above: Slug | undefined;
  readonly lines: readonly Line[];
  /** Where the page begins and ends. */
  readonly begin: Spot;
  readonly end: Spot;
  readonly leftOut: number | undefined;
  readonly notesFrom: number;
  readonly side: Side;
  readonly d: Depth;
}

interface Laid {
  /** Note lines set up to here. */
  readonly notesTo: number;
  /** But for the facing page. */
  readonly cost: number;
  /** Lines of white, where the facing page's matters. */
  readonly white: number | undefined;
  readonly allowed: boolean;
}

const noteLines = ({ notes }: Chapter): NoteLine[] =>
  notes.flatMap((note) => note.map((height, index) => ({ height, index, of: note.length })));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Calls before a spot. */
function callsBefore({ slugs, variants }: Chapter, { slug, variant, line }: Spot): number {
  const within = variant === undefined ? [] : variants!.get(slug)![variant]!.lines.slice(0, line);
  return sum([...slugs.slice(0, slug), ...within].map(({ calls }) => calls));
}

/** Note lines, and of them those that must have been set by then, of the notes of the first so many calls. */
function dueAfter({ notes }: Chapter, calls: number): { called: number; begun: number } {
  const lengths = notes.slice(0, calls).map((note) => note.length);
  const lastLength = lengths.at(-1) ?? 0;
  return { called: sum(lengths), begun: sum(lengths) - lastLength + Math.min(2, lastLength) };
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

/** The lines of a paragraph in one of its variants. */
function variantLines({ slugs, variants }: Chapter, slug: number, variant: number): Line[] {
  const { lines } = variants!.get(slug)![variant]!;
  const own = slugs[slug]!;
  return lines.map((line, index) => ({
    ...{ ...own, ...line, slug, variant, index, of: lines.length },
    space: index === 0 ? own.space : 0,
  }));
}

const slugLine = ({ slugs }: Chapter, slug: number): Line => ({ ...slugs[slug]!, slug, variant: undefined });

const endsSection = ({ slugs, breaks = [] }: Chapter, spot: Spot): boolean =>
  spot.variant === undefined && (spot.slug === slugs.length || (spot.slug > 0 && breaks.includes(spot.slug)));

/** Whether the last line's notes could not begin on a page of its own. */
function lateOnItsOwn(chapter: Chapter, room: PageRoom, end: Spot): boolean {
  const before: Spot = end.variant === undefined ? { slug: end.slug - 1, line: 0 } : { ...end, line: end.line - 1 };
  const last =
    end.variant === undefined
      ? chapter.slugs[end.slug - 1]!
      : variantLines(chapter, end.slug, end.variant)[end.line - 1]!;
  const due = dueAfter(chapter, callsBefore(chapter, end));
  const from = dueAfter(chapter, callsBefore(chapter, before)).called;
  const left = room.depth - last.head - last.height - room.separator;
  return fill(noteLines(chapter), from, due.called, left) < due.begun;
}

function textHeight({ slugs }: Chapter, { above, lines, leftOut }: Made): number {
  const text = sum(
    lines.map((line, nth) => {
      if (nth === 0) return line.head + line.height;
      const passed = leftOut !== undefined && line.slug > leftOut && lines[nth - 1]!.slug < leftOut;
      return (passed ? slugs[leftOut]!.float!.gap : line.space) + line.height;
    }),
  );
  return text + (above ? above.height : 0) + (above && lines.length > 0 ? above.float!.below : 0);
}

/** What it costs to end before a line that is not the first of its text. */
function cutCost(last: Line, next: Line, side: Side): number {
  return (
    (last.keep ? PENALTY.keep : 0) +
    (last.hyphen ? PENALTY.hyphen[side] : 0) +
    (next.index > 0 && last.index === 0 ? PENALTY.orphan : 0) +
    (next.index > 0 && next.index === next.of - 1 ? PENALTY.widow : 0)
  );
}

/** One page, with all that it costs but for the page that it faces. */
function layOut(chapter: Chapter, room: PageRoom, made: Made): Laid {
  const { above, lines, begin, end, leftOut, notesFrom, side, d } = made;
  const feet = noteLines(chapter);
  const depth = room.depth + d * room.leading;
  const { called, begun } = dueAfter(chapter, callsBefore(chapter, end));
  const owes = dueAfter(chapter, callsBefore(chapter, begin)).called > notesFrom;
  const offDepth = d === 0 ? 0 : PENALTY.depth;
  if (!above && lines.length === 0) {
    const fitting = fill(feet, notesFrom, called, depth);
    const over = fitting === notesFrom;
    const cost = PENALTY.notesOnly + (over ? PENALTY.overfull : 0) + offDepth;
    return { notesTo: over ? notesFrom + 1 : fitting, cost, white: undefined, allowed: owes };
  }
  const text = textHeight(chapter, made);
  const over = text > depth + CLOSE;
  const notesTo = fill(feet, notesFrom, called, depth - text - room.separator);
  const late = (lines.length > 0 && notesTo < begun) || (owes && notesTo === notesFrom);
  const bySelf =
    lines.length === 0 || (lines.length === 1 && lines[0]!.variant === undefined && !above && leftOut === undefined);
  const allowed = bySelf || (!over && (!late || lateOnItsOwn(chapter, room, end)));
  let cost = offDepth;
  if (over) cost += PENALTY.overfull;
  if (late) cost += PENALTY.late;
  if (notesTo < called) cost += PENALTY.splitNote;
  for (const { slug, variant, index } of lines)
    if (variant !== undefined && index === 0) cost += chapter.variants!.get(slug)![variant]!.cost;
  if (leftOut !== undefined) {
    cost += PENALTY.moved;
    if (lines.some(({ slug, keep }) => slug > leftOut && keep)) cost += PENALTY.past;
  }
  if (endsSection(chapter, end) && leftOut === undefined) {
    const whole = !above && begin.variant === undefined && (begin.slug === 0 || endsSection(chapter, begin));
    if (!whole && text < 4 * room.leading - CLOSE) cost += PENALTY.shortEnd;
    return { notesTo, cost, white: undefined, allowed };
  }
  const height = sum(feet.slice(notesFrom, notesTo).map((line) => line.height));
  const left = depth - text - height - (notesTo > notesFrom ? room.separator : 0);
  const white = Math.max(0, Math.floor(left / room.leading + CLOSE));
  if (white > 0) cost += PENALTY.short * white ** 2 + PENALTY.hole;
  if (!endsSection(chapter, end) && lines.length > 0) {
    const next =
      end.variant === undefined ? slugLine(chapter, end.slug) : variantLines(chapter, end.slug, end.variant)[end.line]!;
    cost += cutCost(lines.at(-1)!, next, side);
  }
  return { notesTo, cost, white, allowed };
}

/** What the facing page adds. */
const facing = (verso: number | undefined, recto: number | undefined): number =>
  verso === undefined || recto === undefined ? 0 : PENALTY.uneven * Math.min(UNEVEN_MOST, Math.abs(verso - recto)) ** 2;

interface Text {
  readonly lines: readonly Line[];
  readonly end: Spot;
  readonly leftOut: number | undefined;
}

/** Every text that could stand on a page that begins at a spot, not much higher than it. */
function* texts(chapter: Chapter, most: number, begin: Spot): Generator<Text> {
  const { slugs, variants } = chapter;
  function* goOn(lines: readonly Line[], spot: Spot, leftOut: number | undefined, height: number): Generator<Text> {
    const isNew = leftOut === undefined || lines.at(-1)!.slug > leftOut;
    if (lines.length > 0 && isNew) yield { lines, end: spot, leftOut };
    if ((lines.length > 0 && endsSection(chapter, spot)) || height > most || spot.slug === slugs.length) return;
    const add = function* (line: Line, next: Spot): Generator<Text> {
      yield* goOn([...lines, line], next, leftOut, height + line.height);
    };
    const { slug, variant, line } = spot;
    const ways = variant !== undefined ? [variant] : (variants?.get(slug) ?? []).map((_, index) => index);
    for (const way of ways) {
      const set = variantLines(chapter, slug, way);
      yield* add(
        set[line]!,
        line + 1 < set.length ? { slug, variant: way, line: line + 1 } : { slug: slug + slugs[slug]!.of, line: 0 },
      );
    }
    if (variant !== undefined) return;
    const own = slugs[slug]!;
    if (own.float && leftOut !== undefined) return;
    yield* add(slugLine(chapter, slug), { slug: slug + 1, line: 0 });
    if (own.float && own.calls === 0 && lines.length > 0 && !endsSection(chapter, { slug: slug + 1, line: 0 }))
      yield* goOn(lines, { slug: slug + 1, line: 0 }, slug, height);
  }
  yield* goOn([], begin, undefined, 0);
}

/** The least that any pages cost, by trying all; what follows a spot is reckoned once. */
export function leastCost(chapter: Chapter, room: PageRoom, first: Side = 'recto'): number {
  const { slugs } = chapter;
  const total = noteLines(chapter).length;
  const known = new Map<string, number>();
  const after = (
    begin: Spot,
    notesFrom: number,
    waits: number | undefined,
    side: Side,
    d: Depth,
    verso: number | undefined,
  ): number => {
    const key = [begin.slug, begin.variant, begin.line, notesFrom, waits, side, side === 'recto' && d, verso].join();
    const before = known.get(key);
    if (before !== undefined) return before;
    if (begin.slug === slugs.length && notesFrom === total && waits === undefined) return 0;
    const above = waits === undefined ? undefined : slugs[waits]!;
    const alone: Text = { lines: [], end: begin, leftOut: undefined };
    const shut = above !== undefined && endsSection(chapter, begin);
    const possible = [alone, ...(shut ? [] : texts(chapter, room.depth + room.leading + CLOSE, begin))];
    let least = Number.POSITIVE_INFINITY;
    for (const depth of side === 'recto' ? [d] : DEPTHS)
      for (const text of possible) {
        const laid = layOut(chapter, room, { ...text, above, begin, notesFrom, side, d: depth });
        if (!laid.allowed) continue;
        const last = text.end.slug === slugs.length && laid.notesTo === total && text.leftOut === undefined;
        if (last && side === 'verso' && depth !== 0) continue;
        const cost = laid.cost + (side === 'recto' ? facing(verso, laid.white) : 0);
        if (cost >= least) continue;
        const rest =
          side === 'recto'
            ? after(text.end, laid.notesTo, text.leftOut, 'verso', 0, undefined)
            : after(text.end, laid.notesTo, text.leftOut, 'recto', depth, laid.white);
        least = Math.min(least, cost + rest);
      }
    known.set(key, least);
    return least;
  };
  return after({ slug: 0, line: 0 }, 0, undefined, first, 0, undefined);
}

/** The lines in the order of the text, as the chosen variants make them, and the spot before each and after the last. */
function setting(chapter: Chapter, chosen: Pagination['chosen']): { lines: Line[]; spots: Spot[] } {
  const lines: Line[] = [];
  const spots: Spot[] = [];
  for (let slug = 0; slug < chapter.slugs.length; ) {
    const variant = chosen.get(slug);
    const set = variant === undefined ? [slugLine(chapter, slug)] : variantLines(chapter, slug, variant);
    set.forEach((_, line) => {
      spots.push(line === 0 || variant === undefined ? { slug, line: 0 } : { slug, variant, line });
    });
    lines.push(...set);
    slug += variant === undefined ? 1 : chapter.slugs[slug]!.of;
  }
  return { lines, spots: [...spots, { slug: chapter.slugs.length, line: 0 }] };
}

/** What every page costs, when they are right. */
export function costs(
  chapter: Chapter,
  room: PageRoom,
  { pages, chosen }: Pagination,
  first: Side = 'recto',
): number[] {
  const { lines, spots } = setting(chapter, chosen);
  let verso: number | undefined;
  let side = first;
  return pages.map((page, nth) => {
    const moved = pages[nth + 1]?.figure;
    const set = lines.slice(page.from, page.to).filter((_, index) => page.from + index !== moved);
    const above = page.figure === undefined ? undefined : lines[page.figure]!;
    const [begin, end] = [spots[page.from]!, spots[page.to]!];
    for (const spot of spots.slice(page.from + 1, page.to))
      assert.ok(!endsSection(chapter, spot), 'a page goes on where the author wants a new one');
    const leftOut = moved === undefined ? undefined : lines[moved]!.slug;
    const laid = layOut(chapter, room, {
      above,
      lines: set,
      begin,
      end,
      leftOut,
      notesFrom: page.notesFrom,
      side,
      d: page.d,
    });
    assert.equal(laid.notesTo, page.notesTo, 'note lines on the page');
    assert.ok(laid.allowed, `over-full or late without need: ${JSON.stringify(page)}`);
    if (side === 'recto') assert.equal(page.d, nth === 0 ? 0 : pages[nth - 1]!.d, 'facing pages of one depth');
    else if (nth === pages.length - 1) assert.equal(page.d, 0, 'a last page that nothing faces');
    const cost = laid.cost + (side === 'recto' ? facing(verso, laid.white) : 0);
    verso = side === 'verso' ? laid.white : undefined;
    side = side === 'recto' ? 'verso' : 'recto';
    return cost;
  });
}

export const costOf = (...given: Parameters<typeof costs>): number => sum(costs(...given));

/** Pages as full as they can be, one after the other, with nothing chosen and nothing moved. */
export function greedy({ variants: _, ...chapter }: Chapter, room: PageRoom): Pagination {
  const pages: Pagination['pages'][number][] = [];
  const total = noteLines(chapter).length;
  for (let [from, notesFrom] = [0, 0]; from < chapter.slugs.length || notesFrom < total; ) {
    let best: (typeof pages)[number] | undefined;
    const begin = { slug: from, line: 0 };
    const alone: Text = { lines: [], end: begin, leftOut: undefined };
    for (const text of from === chapter.slugs.length ? [alone] : texts(chapter, room.depth, begin)) {
      const made = { ...text, above: undefined, begin, notesFrom, side: 'recto', d: 0 } as const;
      const { notesTo, allowed } = layOut(chapter, room, made);
      if (allowed && text.leftOut === undefined) best = { from, to: text.end.slug, notesFrom, notesTo, d: 0 };
    }
    pages.push(best!);
    [from, notesFrom] = [best!.to, best!.notesTo];
  }
  return { pages, chosen: new Map() };
}

/** Every line once, in order; every note line once, in order, none before its call; figures moved by a page at most. */
export function inOrder(chapter: Chapter, { pages, chosen }: Pagination): void {
  const { lines, spots } = setting(chapter, chosen);
  for (const [slug, variant] of chosen) assert.ok(chapter.variants?.get(slug)?.[variant], 'no such variant');
  let [line, note] = [0, 0];
  pages.forEach(({ from, to, notesFrom, notesTo, figure }, nth) => {
    assert.deepEqual([from, notesFrom], [line, note]);
    assert.ok(to > from || notesTo > notesFrom || figure !== undefined, 'an empty page');
    const { called } = dueAfter(chapter, callsBefore(chapter, spots[to]!));
    assert.ok(to >= from && notesTo >= notesFrom && notesTo <= called, 'a note before its call');
    if (figure !== undefined) {
      const before = pages[nth - 1]!;
      assert.ok(before.from < figure && figure < before.to - 1, 'a figure that was not called on the page before');
      assert.ok(lines[figure]!.float && lines[figure]!.calls === 0, 'what cannot float');
    }
    [line, note] = [to, notesTo];
  });
  assert.deepEqual([line, note], [lines.length, noteLines(chapter).length]);
}
