// trials: every page that could follow some state of the search, and what it costs. States in, cheaper states put at their places.
import { type Ends, MOST_WON } from './ends.ts';
import type { Depth, PageRoom, Side } from './pages.ts';
import { PENALTY, shortness, UNEVEN_MOST, uneven } from './penalties.ts';
import { EPSILON, fillNotes, HYPHEN, KEEP, ORPHAN, type Places, WIDOW } from './places.ts';

const LEAST_ON_LAST = 4;
const SIDES = ['verso', 'recto'] as const;
const DEPTHS = [0, -1, 1] as const;
/** The white of a page that may be short: the facing page's does not matter. */
export const ANY = -1;
export const NONE = -1;

/**
 * How far a search looks. Of a page's possible ends it tries those that leave so many lines more than the fullest clean one,
 * and so many clean ones; pages are given up that cost so much more than others that have come further.
 */
export interface Care {
  readonly lines: number;
  readonly clean: number;
  readonly patience: number;
}

/** Pages up to a place: what matters for those that follow. */
export interface State {
  readonly place: number;
  readonly note: number;
  /** A figure that waits for the next page's head, or `NONE`. */
  readonly figure: number;
  /** The side of the next page; on a recto, the depth and the white (lines) of the verso that it faces. */
  readonly side: Side;
  readonly d: Depth;
  readonly white: number;
  readonly cost: number;
  readonly from: State | undefined;
  /** See `Ends`. */
  readonly won: number;
}

/** States that only their white and cost tell apart, about to have a page of a given depth. */
export interface Start {
  readonly states: readonly State[];
  /** What the cheapest of them costs. */
  readonly least: number;
  readonly place: number;
  readonly note: number;
  readonly figure: number;
  readonly side: Side;
  readonly d: Depth;
}

export interface Search {
  readonly places: Places;
  readonly room: PageRoom;
  care: Care;
  /** The states at each place that are still to be gone on from, and what the cheapest of them costs. */
  readonly at: (State[] | undefined)[];
  readonly least: Float64Array;
}

export const cheapest = (states: readonly State[]): State => states.reduce((a, b) => (b.cost < a.cost ? b : a));

/** All pages that could follow states of one place, note and figure. */
export function goOn(search: Search, states: readonly State[], tables: readonly Ends[], count: number): void {
  const { place, note, figure } = states[0]!;
  const { called, section } = search.places;
  for (const side of SIDES)
    for (const d of DEPTHS) {
      const own = states.filter((state) => state.side === side && (side === 'verso' || state.d === d));
      if (own.length === 0) continue;
      const start: Start = { states: hopeful(own), least: cheapest(own).cost, place, note, figure, side, d };
      if (figure !== NONE || note < called[place]!) setAlone(search, start);
      // A figure never passes the end of its text.
      if (figure !== NONE && section[place]! >= 0) continue;
      for (let nth = 0; nth < count; nth++)
        setText(search, start, tables[nth]!, nth === 0 ? NONE : tables[nth]!.figures[0]!);
    }
}

/** Without those that are too dear to be the cheapest, however the facing page comes out. */
function hopeful(states: readonly State[]): readonly State[] {
  if (states.length === 1) return states;
  const least = Math.min(...states.map(({ cost, white }) => cost + (white === ANY ? 0 : uneven(UNEVEN_MOST))));
  return states.filter(({ cost }) => cost <= least);
}

const depthOf = (room: PageRoom, d: Depth): number => room.depth + d * room.leading;

/** A page without text: the figure that waits, with notes if there is room, or else notes alone. */
function setAlone(search: Search, start: Start): void {
  const { places, room } = search;
  const { place, note } = start;
  const wanted = places.called[place]!;
  const figure = start.figure === NONE ? undefined : places.slugs[start.figure]!;
  const depth = depthOf(room, start.d);
  const left = depth - (figure ? figure.height + room.separator : 0);
  const fitting = fillNotes(places.stream, note, wanted, left);
  // A line taller than the page has one to itself.
  const set = figure ? fitting : Math.max(fitting, note + 1);
  const over = figure ? figure.height > depth + EPSILON : fitting === note;
  let cost = (over ? PENALTY.overfull : 0) + (set < wanted && figure ? PENALTY.splitNote : 0);
  if (figure && set === note && note < wanted) cost += PENALTY.late;
  if (!figure) cost += PENALTY.notesOnly;
  const feet = set > note && figure ? room.separator + places.stream.tops[set]! - places.stream.tops[note]! : 0;
  const white = figure ? whiteOf(depth - figure.height - feet, room) : ANY;
  const ends = !figure || places.section[place]! >= 0;
  if (figure && ends && figure.height < LEAST_ON_LAST * room.leading - EPSILON) cost += PENALTY.shortEnd;
  close(search, start, place, set, NONE, ends ? ANY : white, cost, 0);
}

const whiteOf = (left: number, { leading }: PageRoom): number => Math.max(0, Math.floor(left / leading + EPSILON));

/** The pages with text from a start on, the fullest first; after them `leftOut` waits. */
function setText(search: Search, start: Start, ends: Ends, leftOut: number): void {
  const { places, room } = search;
  const { stream, called, begun } = places;
  const { place, note, side } = start;
  const figure = start.figure === NONE ? undefined : places.slugs[start.figure]!;
  const above = figure ? figure.height + figure.float!.below : 0;
  const depth = depthOf(room, start.d) - above;
  const owed = note < called[place]! ? note + 1 : note;
  const single = figure || leftOut !== NONE || places.variant[place]! >= 0 ? NONE : places.of[places.slug[place]! + 1]!;
  let [clean, lastClean, limit, fullest] = [0, NONE, Number.POSITIVE_INFINITY, 0];
  for (let end = ends.count - 1; end >= 0; end--) {
    const text = ends.text[end]!;
    const to = ends.place[end]!;
    if (start.least + ends.cost[end]! > search.least[to]! + search.care.patience) continue;
    const alone = to === single && ends.won[end] === 0;
    const over = text > depth + EPSILON;
    if (over && !alone) continue;
    const wanted = called[to]!;
    const set = fillNotes(stream, note, wanted, depth - text - room.separator);
    const late = set < Math.max(begun[to]!, owed);
    // Notes come late only where they would on any page.
    if (late && !alone && places.late[to] === 0) continue;
    const feet = set > note ? room.separator + stream.tops[set]! - stream.tops[note]! : 0;
    const left = whiteOf(depth - text - feet, room);
    const last = places.section[to]! >= 0 && leftOut === NONE;
    if (!last && left > limit) {
      // Settings of the same lines are some lines out of order.
      if (left > limit + 2 * MOST_WON) return;
      continue;
    }
    const faults = places.section[to]! >= 0 ? 0 : places.faults[to]!;
    const white = last ? ANY : left;
    let cost = (over ? PENALTY.overfull : 0) + (late ? PENALTY.late : 0) + (set < wanted ? PENALTY.splitNote : 0);
    if (faults & ~HYPHEN) cost += cutCost(faults);
    if (last && places.section[to] !== place && text + above < LEAST_ON_LAST * room.leading - EPSILON)
      cost += PENALTY.shortEnd;
    if (cost === 0 && ends.cost[end] === 0 && to !== lastClean) {
      if (clean === 0) fullest = Math.max(0, white);
      lastClean = to;
      if (++clean === search.care.clean || last) limit = fullest + search.care.lines;
    }
    if (faults & HYPHEN) cost += PENALTY.hyphen[side];
    if (leftOut !== NONE) cost += PENALTY.moved + (ends.past[end] ? PENALTY.past : 0);
    cost += ends.cost[end]!;
    close(search, start, to, set, leftOut, white, cost, ends.won[end]!);
  }
}

function cutCost(faults: number): number {
  const keep = faults & KEEP ? PENALTY.keep : 0;
  return keep + (faults & ORPHAN ? PENALTY.orphan : 0) + (faults & WIDOW ? PENALTY.widow : 0);
}

/** Puts the state that such a page leads to at its place, if it is the cheapest; `own` is what it costs but for depth and white. */
function close(
  { places: { called }, care, at, least }: Search,
  { side, d, states: starts }: Start,
  place: number,
  note: number,
  figure: number,
  white: number,
  own: number,
  won: number,
): void {
  const end = called.length - 1;
  // Nothing faces a verso that is the last: it is as deep as any.
  if (side === 'verso' && d !== 0 && place === end && figure === NONE && note === called[end]) return;
  let from = starts[0]!;
  let cost = Number.POSITIVE_INFINITY;
  for (const state of starts) {
    const facing = state.white === ANY || white === ANY ? 0 : uneven(state.white - white);
    if (state.cost + facing >= cost) continue;
    from = state;
    cost = state.cost + facing;
  }
  cost += own + shortness(white) + (d === 0 ? 0 : PENALTY.depth);
  if (place !== starts[0]!.place && cost > least[place]! + care.patience) return;
  if (cost < least[place]!) least[place] = cost;
  const faces: Pick<State, 'side' | 'd' | 'white'> =
    side === 'verso' ? { side: 'recto', d, white } : { side: 'verso', d: 0, white: ANY };
  at[place] ??= [];
  const states = at[place]!;
  let rival = 0;
  for (; rival < states.length; rival++) {
    const state = states[rival]!;
    if (state.white !== faces.white || state.d !== faces.d || state.side !== faces.side) continue;
    if (state.note !== note || state.figure !== figure) continue;
    if (state.cost <= cost) return;
    break;
  }
  const { side: next, d: depth, white: seen } = faces;
  states[rival] = { place, note, figure, side: next, d: depth, white: seen, cost, from, won };
}
