// search: dynamic programming over the places, the cheapest pages out. Brisk where pages are cheap: what is much dearer than
// what has come further is given up; where a stretch turns out dear, it goes back and takes more care.
import { type Ends, findEnds, noEnds } from './ends.ts';
import type { PageRoom, Side } from './pages.ts';
import { EPSILON, type Places } from './places.ts';
import { ANY, type Care, cheapest, goOn, NONE, type Search, type State } from './trials.ts';

export const BRISK: Care = { lines: 4, clean: 3, patience: 700 };
/** The care that a stretch needs which costs so much: it might have been saved by what was given up. */
export const carefully = (cost: number): Care => ({
  lines: cost < 3_000 ? 8 : Number.POSITIVE_INFINITY,
  clean: 4,
  patience: 3 * cost,
});
/** Where so many pages in a row cost more than its patience, a search goes back so many, and on with care. */
const STRETCH = 4;
const BACK = 8;

/** Whether no pages in a row are so dear that something was given up which might have saved it. */
export function isSmooth(end: State, { patience }: Care): boolean {
  for (let state: State | undefined = end; state; state = state.from)
    if (state.cost - back(state, STRETCH, 0).cost > patience) return false;
  return true;
}

/** The last of the states that the cheapest pages lead through; where a stretch is dear, it is searched again with more care. */
export function searchAll(
  places: Places,
  room: PageRoom,
  first: Side,
  usual: Care,
  more?: typeof carefully,
): State | undefined {
  const end = places.slug.length - 1;
  const least = new Float64Array(end + 1).fill(Number.POSITIVE_INFINITY);
  const search: Search = { places, room, care: usual, at: [], least };
  const start = { place: 0, note: 0, figure: NONE, side: first, d: 0, white: ANY, cost: 0, won: 0 } as const;
  search.at[0] = [{ ...start, from: undefined }];
  least[0] = 0;
  const scratch = [noEnds()];
  let best: State | undefined;
  // Where the cheapest is of the states that are still to be gone on from; how far care is taken, and from where on; what is
  // forgotten.
  let [front, careful, since, forgotten] = [0, 0, 0, 0];
  for (let place = 0; place <= end; place++) {
    if (!search.at[place]) continue;
    const known = front;
    front = frontOf(search, place, front);
    if (place >= careful) {
      // What care was taken of is not gone back to.
      since = careful;
      search.care = usual;
    }
    best = leave(search, place, front, scratch);
    const leading = best ?? (front === known ? undefined : cheapest(search.at[front]!));
    if (!leading) continue;
    const before = back(leading, STRETCH, since);
    const cost = leading.cost - before.cost;
    if (more && cost > search.care.patience) {
      search.care = more(cost);
      careful = Math.max(careful, front + Math.max(front - before.place, 1));
      place = Math.max(back(leading, BACK, 0).place, since) - 1;
      front = 0;
    } else
      for (const kept = Math.min(back(leading, BACK + STRETCH, 0).place, place); forgotten < kept; forgotten++)
        search.at[forgotten] = undefined;
  }
  return best;
}

/** Where the cheapest state is from a place on, when it was at `front` before. */
function frontOf({ at, least }: Search, place: number, front: number): number {
  let found = Math.max(place, front);
  for (let ahead = found + 1; ahead < at.length; ahead++) if (least[ahead]! < least[found]!) found = ahead;
  return found;
}

/** The state so many pages before, but none before a place. */
function back(state: State, pages: number, place: number): State {
  let found = state;
  for (let page = 0; page < pages && found.from && found.from.place >= place; page++) found = found.from;
  return found;
}

/** Goes on from a place's states, and keeps them in case that more care is needed. Gives the cheapest of those that are done. */
function leave(search: Search, place: number, front: number, scratch: Ends[]): State | undefined {
  const { places, at, least, care } = search;
  const kept = at[place];
  const end = places.slug.length - 1;
  const dearest = front === place ? Number.POSITIVE_INFINITY : least[front]! + care.patience;
  let best: State | undefined;
  let found = 0;
  for (let next = takeNext(search, place); next; next = takeNext(search, place)) {
    if (place === end && next[0]!.figure === NONE && next[0]!.note === places.called[end]!) best = cheapest(next);
    else {
      const hopeful = next.filter(({ cost }) => cost <= dearest);
      if (hopeful.length === 0) continue;
      found ||= findAll(search, place, scratch);
      goOn(search, hopeful, scratch, found);
    }
  }
  at[place] = kept;
  return best;
}

/** Takes from a place's states those that come before the others, as pages without text lead from one to the other. */
function takeNext(search: Search, place: number): State[] | undefined {
  const states = search.at[place];
  if (!states || states.length === 0) return undefined;
  let least = states[0]!;
  for (const state of states)
    if (state.note < least.note || (state.note === least.note && state.figure > least.figure)) least = state;
  const { note, figure } = least;
  search.at[place] = [];
  if (states.every((state) => state.note === note && state.figure === figure)) return states;
  search.at[place] = states.filter((state) => state.note !== note || state.figure !== figure);
  return states.filter((state) => state.note === note && state.figure === figure);
}

/** The ends of pages from a place, first with all the figures where they are, then without one of them. Returns how many tables. */
function findAll({ places, room }: Search, place: number, scratch: Ends[]): number {
  const most = room.depth + room.leading + EPSILON;
  const { figures } = scratch[0]!;
  if (place < places.slug.length - 1) findEnds(places, place, NONE, most, scratch[0]!);
  else scratch[0]!.count = figures.length = 0;
  figures.forEach((figure, nth) => {
    scratch[nth + 1] ??= noEnds();
    findEnds(places, place, figure, most, scratch[nth + 1]!);
    scratch[nth + 1]!.figures.push(figure);
  });
  return figures.length + 1;
}
