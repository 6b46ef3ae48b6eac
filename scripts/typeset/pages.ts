// pages: where a chapter's pages end, over the whole chapter at once, with the notes at their feet.
// Numbers in, numbers out. Method: dynamic programming over the lines (M. F. Plass, "Optimal Pagination Techniques for
// Automatic Typesetting Systems", Stanford STAN-CS-81-870, 1981, ch. 4), a state being the lines and the note lines set.

/** What cannot be divided: a line of text, a heading, a row, a figure. Lengths in CSS px. */
export interface Slug {
  readonly height: number;
  /** Above it, dropped at the head of a page. */
  readonly space: number;
  /** What is repeated above it where it begins a page (a table's heads). */
  readonly head: number;
  /** Its place among the slugs of its paragraph, and how many those are. */
  readonly index: number;
  readonly of: number;
  /** A heading: never the last on a page. */
  readonly keep: boolean;
  /** Ends with a division of a word. */
  readonly hyphen: boolean;
  /** Notes called in it. */
  readonly calls: number;
}

/** A chapter before it is divided: its slugs, and the heights of the lines of each note, in order of the calls. */
export interface Chapter {
  readonly slugs: readonly Slug[];
  readonly notes: readonly (readonly number[])[];
}

export interface PageRoom {
  /** From the head of the text to the foot of the notes. */
  readonly depth: number;
  readonly leading: number;
  /** Between text and notes, the rule in it. */
  readonly separator: number;
}

/** Slugs `from` up to, not with, `to`; note lines likewise, counted through all the chapter's notes. */
export interface Page {
  readonly from: number;
  readonly to: number;
  readonly notesFrom: number;
  readonly notesTo: number;
}

export const PENALTY = {
  widow: 20_000,
  orphan: 20_000,
  keep: 2_000_000,
  hyphen: 60,
  splitNote: 400,
  /** A page of notes alone. */
  notesOnly: 50_000,
  /** A note that begins on a later page than its call. */
  late: 50_000_000,
  overfull: 5_000_000_000,
  /** A last page with fewer than four lines. */
  shortEnd: 8_000,
  /** For each line that a page is short of, squared. */
  short: 60,
} as const;

const LEAST_ON_LAST = 4;
const LEAST_OF_NOTE = 2;
const EPSILON = 0.05;

interface State {
  readonly slug: number;
  readonly note: number;
  readonly cost: number;
  readonly from: State | undefined;
}

/** The note lines' stream: one after the other, and what the slugs before a place have called of it. */
interface Stream {
  /** Height of all the lines before line n. */
  readonly tops: Float64Array;
  /** First line of the note that line n belongs to. */
  readonly first: readonly number[];
  /** Note lines of all the notes called before slug s. */
  readonly called: readonly number[];
  /** As far as a page that ends before slug s must come, so that its last note has begun. */
  readonly begun: readonly number[];
}

type Reach = (slug: number, note: number, cost: number, from: State) => void;

/** The cheapest pages: every slug once and in order, every note line once and in order. No slugs, no pages. */
export function breakPages(chapter: Chapter, room: PageRoom): Page[] {
  const stream = streamOf(chapter);
  const count = chapter.slugs.length;
  const at: Map<number, State>[] = Array.from({ length: count + 1 }, () => new Map());
  at[0]!.set(0, { slug: 0, note: 0, cost: 0, from: undefined });
  const reach: Reach = (slug, note, cost, from) => {
    const rival = at[slug]!.get(note);
    if (!rival || cost < rival.cost) at[slug]!.set(note, { slug, note, cost, from });
  };
  const startsLate = lateOnTheirOwn(chapter, room, stream);
  for (let s = 0; s <= count; s++) {
    // A page of notes alone leads to a state of the same slug with more notes set, so these go in order.
    const waiting = at[s]!;
    for (let note = least(waiting, -1); note !== undefined; note = least(waiting, note)) {
      const state = waiting.get(note)!;
      if (note < stream.called[s]!) {
        // A line taller than the page has one to itself.
        const fitting = fillNotes(stream, note, stream.called[s]!, room.depth);
        const overfull = fitting === note ? PENALTY.overfull : 0;
        reach(s, Math.max(fitting, note + 1), state.cost + PENALTY.notesOnly + overfull, state);
      }
      extend(chapter, room, stream, startsLate, state, reach);
    }
  }
  return unwind(at[count]!.get(stream.called[count]!)!);
}

function least(states: ReadonlyMap<number, State>, above: number): number | undefined {
  let found: number | undefined;
  for (const note of states.keys()) if (note > above && (found === undefined || note < found)) found = note;
  return found;
}

/** Every page that could follow a state. */
function extend(
  { slugs }: Chapter,
  room: PageRoom,
  stream: Stream,
  startsLate: readonly boolean[],
  state: State,
  reach: Reach,
): void {
  // What is owed from the page before goes on here.
  const owed = state.note < stream.called[state.slug]! ? state.note + 1 : state.note;
  let text = slugs[state.slug]?.head ?? 0;
  for (let to = state.slug + 1; to <= slugs.length; to++) {
    const slug = slugs[to - 1]!;
    const alone = to === state.slug + 1;
    text += slug.height + (alone ? 0 : slug.space);
    const over = text > room.depth + EPSILON;
    if (over && !alone) return;
    const wanted = stream.called[to]!;
    const note = fillNotes(stream, state.note, wanted, room.depth - text - room.separator);
    const late = note < Math.max(stream.begun[to]!, owed);
    // Notes come late only where they would on any page.
    if (late && !alone && !startsLate[to - 1]) continue;
    const height = note > state.note ? text + room.separator + stream.tops[note]! - stream.tops[state.note]! : text;
    const cost =
      state.cost +
      (over ? PENALTY.overfull : 0) +
      (late ? PENALTY.late : 0) +
      (note < wanted ? PENALTY.splitNote : 0) +
      endCost(slugs, state.slug, to, (room.depth - height) / room.leading);
    reach(to, note, cost, state);
  }
}

/** Of each slug, whether its notes could not all begin on a page that it had to itself. */
function lateOnTheirOwn({ slugs }: Chapter, room: PageRoom, stream: Stream): boolean[] {
  return slugs.map(({ head, height }, s) => {
    const note = fillNotes(
      stream,
      stream.called[s]!,
      stream.called[s + 1]!,
      room.depth - head - height - room.separator,
    );
    return note < stream.begun[s + 1]!;
  });
}

/** What it costs to end a page, that began at `from`, before slug `to`, with room left for so many lines. */
function endCost(slugs: readonly Slug[], from: number, to: number, left: number): number {
  const next = slugs[to];
  const last = slugs[to - 1]!;
  if (!next) return from > 0 && to - from < LEAST_ON_LAST && slugs.length > LEAST_ON_LAST ? PENALTY.shortEnd : 0;
  let cost = PENALTY.short * Math.max(0, Math.floor(left + EPSILON)) ** 2;
  if (last.keep) cost += PENALTY.keep;
  if (last.hyphen) cost += PENALTY.hyphen;
  const within = next.index > 0;
  if (within && last.index === 0) cost += PENALTY.orphan;
  if (within && next.index === next.of - 1) cost += PENALTY.widow;
  return cost;
}

/** As many note lines from `from` on as fit, `to` at the most; a note's last line is left alone only where it is short. */
function fillNotes({ tops, first }: Stream, from: number, to: number, room: number): number {
  let note = from;
  while (note < to && tops[note + 1]! - tops[from]! <= room + EPSILON) note++;
  const divided = note < to && first[note]! < note && first[note + 1] !== first[note];
  return divided && note - 1 - Math.max(from, first[note]!) >= LEAST_OF_NOTE ? note - 1 : note;
}

function streamOf({ slugs, notes }: Chapter): Stream {
  const heights = notes.flat();
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, line) => {
    tops[line + 1] = tops[line]! + height;
  });
  const first: number[] = [];
  for (const note of notes) first.push(...new Array<number>(note.length).fill(first.length));
  const called = [0];
  const begun = [0];
  let next = 0;
  for (const slug of slugs) {
    let end = called.at(-1)!;
    let begin = begun.at(-1)!;
    for (let call = 0; call < slug.calls; call++) {
      const length = notes[next++]!.length;
      begin = end + Math.min(LEAST_OF_NOTE, length);
      end += length;
    }
    called.push(end);
    begun.push(begin);
  }
  return { tops, first, called, begun };
}

function unwind(end: State): Page[] {
  const pages: Page[] = [];
  for (let state = end; state.from; state = state.from)
    pages.push({ from: state.from.slug, to: state.slug, notesFrom: state.from.note, notesTo: state.note });
  return pages.reverse();
}
