// places: everywhere that a page may begin, in the order in which pages are broken, and the stream of the notes' lines.
// A chapter in, tables of numbers out. Besides its slugs a chapter has places within its paragraphs' other settings.
import type { Chapter, PageRoom, Slug, Variant } from './pages.ts';

const LEAST_OF_NOTE = 2;
export const EPSILON = 0.05;

/** What is wrong with ending a page before a place. */
export const KEEP = 1;
export const ORPHAN = 2;
export const WIDOW = 4;
export const HYPHEN = 8;

/** The note lines' stream: one after the other. */
export interface Stream {
  /** Height of all the lines before line n. */
  readonly tops: Float64Array;
  /** First line of the note that line n belongs to. */
  readonly first: Int32Array;
}

/** Tables by place, but for those said to be by slug. The place after the last slug is the last place. */
export interface Places {
  readonly slugs: readonly Slug[];
  readonly leading: number;
  readonly stream: Stream;
  /** By slug: the place before it. */
  readonly of: Int32Array;
  /** By slug: the other settings of the paragraph that begins there. */
  readonly variants: readonly (readonly Variant[] | undefined)[];
  /** The slug after the place; within a variant the first slug of its paragraph. */
  readonly slug: Int32Array;
  /** Which variant the place is in, or -1, and how many of its lines are before the place. */
  readonly variant: Int32Array;
  readonly line: Int32Array;
  /** Note lines of all the notes called before the place. */
  readonly called: Int32Array;
  /** As far as a page that ends here must come, so that its last note has begun. */
  readonly begun: Int32Array;
  /** Whether the notes of the line before could not all begin on a page that it had to itself. */
  readonly late: Uint8Array;
  readonly faults: Uint8Array;
  /** Where text ends, be it the chapter or at a page break that the author wants: the place where that text began, else -1. */
  readonly section: Int32Array;
}

/** As many note lines from `from` on as fit, `to` at the most; a note's last line is left alone only where it is short. */
export function fillNotes({ tops, first }: Stream, from: number, to: number, room: number): number {
  if (tops[to]! - tops[from]! <= room + EPSILON) return to;
  let note = from;
  while (note < to && tops[note + 1]! - tops[from]! <= room + EPSILON) note++;
  const divided = note < to && first[note]! < note && first[note + 1] !== first[note];
  return divided && note - 1 - Math.max(from, first[note]!) >= LEAST_OF_NOTE ? note - 1 : note;
}

function streamOf(notes: Chapter['notes']): Stream {
  const heights = notes.flat();
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, line) => {
    tops[line + 1] = tops[line]! + height;
  });
  const first = new Int32Array(heights.length);
  let begin = 0;
  for (const { length } of notes) {
    first.fill(begin, begin, begin + length);
    begin += length;
  }
  return { tops, first };
}

/** The variants of paragraphs whose lines are as high as the leading, and stand close: others cannot be counted in lines. */
function usable({ slugs, variants }: Chapter, room: PageRoom, breaks: ReadonlySet<number>): (readonly Variant[])[] {
  const found: (readonly Variant[])[] = [];
  for (const [at, others] of variants ?? []) {
    const lines = slugs.slice(at, at + (slugs[at]?.of ?? 0));
    const even = lines.every(
      ({ height, space, head, keep }, index) =>
        Math.abs(height - room.leading) < EPSILON &&
        head === 0 &&
        !keep &&
        (index === 0 || (space === 0 && !breaks.has(at + index))),
    );
    if (even && lines.length > 0 && others.length > 0) found[at] = others;
  }
  return found;
}

/** The chapter's places. */
export function placesOf(chapter: Chapter, room: PageRoom): Places {
  const { slugs, notes } = chapter;
  const count = slugs.length;
  const breaks = new Set((chapter.breaks ?? []).filter((at) => at > 0 && at < count));
  const variants = usable(chapter, room, breaks);
  const stream = streamOf(notes);
  let places = count + 1;
  for (const others of variants.values()) for (const { lines } of others ?? []) places += lines.length - 1;
  const table = (): Int32Array => new Int32Array(places);
  const [of, slug, variant, line, called, begun, section] = [
    new Int32Array(count + 1),
    table(),
    table().fill(-1),
    table(),
    table(),
    table(),
    table().fill(-1),
  ];
  const [late, faults] = [new Uint8Array(places), new Uint8Array(places)];
  /** After so many calls: how many note lines are called, and how many must have been set. */
  const [due, least] = [new Int32Array(notes.length + 1), new Int32Array(notes.length + 1)];
  notes.forEach(({ length }, note) => {
    due[note + 1] = due[note]! + length;
    least[note + 1] = due[note]! + Math.min(LEAST_OF_NOTE, length);
  });
  /** Sets what a place after a line has of the notes: before that line there were `calls` calls, in it so many. */
  const notesAt = (place: number, calls: number, more: number, height: number): number => {
    const after = Math.min(calls + more, notes.length);
    called[place] = due[after]!;
    begun[place] = least[after]!;
    const alone = fillNotes(stream, due[calls]!, due[after]!, room.depth - height - room.separator);
    late[place] = alone < least[after]! ? 1 : 0;
    return after;
  };
  let [next, calls, opened] = [0, 0, 0];
  for (let s = 0; s <= count; s++) {
    const place = next++;
    of[s] = place;
    slug[place] = s;
    const last = slugs[s - 1];
    if (last) calls = notesAt(place, calls, last.calls, last.head + last.height);
    if (last && (s === count || breaks.has(s))) {
      section[place] = opened;
      opened = place;
    } else if (last) faults[place] = faultsOf(last, slugs[s]!);
    variants[s]?.forEach((other, index) => {
      let soFar = calls;
      for (let set = 1; set < other.lines.length; set++) {
        const within = next++;
        [slug[within], variant[within], line[within]] = [s, index, set];
        const above = other.lines[set - 1]!;
        soFar = notesAt(within, soFar, above.calls, room.leading);
        const { hyphen } = above;
        const of = other.lines.length;
        faults[within] = faultsOf({ keep: false, hyphen, index: set - 1 }, { index: set, of });
      }
    });
  }
  return {
    ...{ slugs, leading: room.leading, stream, of, variants, slug, variant, line, called, begun, late, faults },
    section,
  };
}

function faultsOf(last: Pick<Slug, 'keep' | 'hyphen' | 'index'>, next: Pick<Slug, 'index' | 'of'>): number {
  const within = next.index > 0;
  return (
    (last.keep ? KEEP : 0) +
    (last.hyphen ? HYPHEN : 0) +
    (within && last.index === 0 ? ORPHAN : 0) +
    (within && next.index === next.of - 1 ? WIDOW : 0)
  );
}
