// pages: where a chapter's pages end, over the whole chapter at once: notes at their feet, facing pages of one depth.
// Numbers in, numbers out. Method: dynamic programming over the lines (M. F. Plass, "Optimal Pagination Techniques for
// Automatic Typesetting Systems", Stanford STAN-CS-81-870, 1981, ch. 4), a state being a place, the note lines set, the
// figure that waits, and on a recto what its verso looks like.
import { variantsChosen } from './ends.ts';
import { type Places, placesOf } from './places.ts';
import { BRISK, carefully, isSmooth, searchAll } from './search.ts';
import { NONE, type State } from './trials.ts';

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
  /**
   * A figure that calls no note may stand at the head of the next page instead: then `gap` is the space between its
   * neighbours, and `below` the space under it.
   */
  readonly float?: { readonly gap: number; readonly below: number };
}

/** Another setting of a paragraph, in more lines or fewer. */
export interface Variant {
  readonly lines: readonly Pick<Slug, 'hyphen' | 'calls'>[];
  /** What it is worse by than the first setting, in the currency of penalties.ts. */
  readonly cost: number;
}

/** A chapter before it is divided: its slugs, and the heights of the lines of each note, in order of the calls. */
export interface Chapter {
  readonly slugs: readonly Slug[];
  readonly notes: readonly (readonly number[])[];
  /** By the first slug of a paragraph. Only lines as high as the leading, with no space between them, are set otherwise. */
  readonly variants?: ReadonlyMap<number, readonly Variant[]>;
  /** The slugs before which the author wants a new page. */
  readonly breaks?: readonly number[];
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
  /** Lines that the page is deeper than its room. */
  readonly d: Depth;
  /** The figure at its head that is left out of the page before, which it is called on. */
  readonly figure?: number;
}

export interface Pagination {
  /** Slugs are counted as they are once the chosen variants are set. */
  readonly pages: readonly Page[];
  /** By a paragraph's first slug, as the chapter counts: which of its variants is set. */
  readonly chosen: ReadonlyMap<number, number>;
}

export type Side = 'recto' | 'verso';
export type Depth = -1 | 0 | 1;

/** A chapter of so few places is searched whole where the brisk search is not enough. */
const FEW_PLACES = 400;

/** The cheapest pages: every slug once, every note line once and in order. No slugs, no pages. */
export function breakPages(chapter: Chapter, room: PageRoom, first: Side = 'recto'): Pagination {
  const places = placesOf(chapter, room);
  if (places.slug.length > FEW_PLACES) {
    const end = searchAll(places, room, first, BRISK, carefully);
    if (end) return unwind(places, end);
  } else
    for (const care of [BRISK, carefully(BRISK.patience)]) {
      const end = searchAll(places, room, first, care);
      if (end && isSmooth(end, care)) return unwind(places, end);
    }
  return unwind(places, searchAll(places, room, first, carefully(Number.POSITIVE_INFINITY))!);
}

function unwind(places: Places, end: State): Pagination {
  const states: State[] = [];
  for (let state: State | undefined = end; state; state = state.from) states.push(state);
  states.reverse();
  const chosen = new Map<number, number>();
  let [won, counted] = [0, 0];
  const waiting: [slug: number, variant: number][] = [];
  /** A place, or the slug of one, as slugs are counted once the variants are set. */
  const numberOf = (slug: number): number => {
    for (; counted < waiting.length && waiting[counted]![0] < slug; counted++) {
      const [s, variant] = waiting[counted]!;
      won += places.variants[s]![variant]!.lines.length - places.slugs[s]!.of;
    }
    return slug + won;
  };
  const pages: Page[] = [];
  let [from, figure] = [0, NONE];
  for (const [nth, state] of states.entries()) {
    const before = states[nth - 1];
    if (!before) continue;
    waiting.push(...variantsChosen(places, before.place, state.place, state.won));
    const slug = places.slug[state.place]!;
    const variant = places.variant[state.place]!;
    if (variant >= 0 && waiting.at(-1)?.[0] !== slug) waiting.push([slug, variant]);
    const shown = figure;
    figure = state.figure < 0 ? NONE : numberOf(state.figure);
    const to = numberOf(slug) + places.line[state.place]!;
    const d = state.side === 'recto' ? state.d : before.d;
    const page: Page = { from, to, notesFrom: before.note, notesTo: state.note, d };
    pages.push(shown === NONE ? page : { ...page, figure: shown });
    from = to;
  }
  for (const [slug, variant] of waiting) chosen.set(slug, variant);
  return { pages, chosen };
}
