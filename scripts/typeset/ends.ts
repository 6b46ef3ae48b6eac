// ends: where a page that begins at a place may end, and what stands on it then. Places in, heights and costs out.
// Whole paragraphs may be set in more lines or fewer: what that costs is kept by the lines that a page wins by it.
import type { Places } from './places.ts';

/** A page wins or loses so many lines at the most by other settings of its whole paragraphs. */
export const MOST_WON = 3;
const NOTHING_WON: readonly number[] = Array.from({ length: 2 * MOST_WON + 1 }, (_, at) =>
  at === MOST_WON ? 0 : Number.POSITIVE_INFINITY,
);

/** Tables by end, from the highest to the lowest (two settings of the same lines may be some lines out of order). */
export interface Ends {
  count: number;
  readonly place: number[];
  /** Height of the text from the page's first line on, px. */
  readonly text: number[];
  /** Of the settings chosen. */
  readonly cost: number[];
  /** Lines that the whole paragraphs have won. */
  readonly won: number[];
  /** Whether the figure that was left out passes a heading. */
  readonly past: boolean[];
  /** Figures on the page that could be left out, as slugs. */
  readonly figures: number[];
}

export const noEnds = (): Ends => ({ count: 0, place: [], text: [], cost: [], won: [], past: [], figures: [] });

/** Fills `ends` with those of text no higher than `most` px, and the first in any case. The figure `without` is left out, if ≥ 0. */
export function findEnds(places: Places, start: number, without: number, most: number, ends: Ends): void {
  const { slugs, leading, of, variants, section } = places;
  let costs = NOTHING_WON;
  let [lowest, highest] = [0, 0];
  let past = false;
  ends.count = 0;
  ends.figures.length = 0;
  // A figure that is left out has text after it on the page.
  let counts = without < 0;
  const record = (place: number, height: number, extra: number): void => {
    if (!counts) return;
    for (let won = lowest; won <= highest; won++) {
      const cost = costs[won + MOST_WON]! + extra;
      const text = height + won * leading;
      if (cost === Number.POSITIVE_INFINITY || (text > most && ends.count > 0)) continue;
      const end = ends.count++;
      ends.place[end] = place;
      ends.text[end] = text;
      ends.cost[end] = cost;
      ends.won[end] = won;
      ends.past[end] = past;
    }
  };
  let s = places.slug[start]!;
  let height = 0;
  let first = true;
  if (places.variant[start]! >= 0) {
    const { lines } = variants[s]![places.variant[start]!]!;
    const left = lines.length - places.line[start]!;
    for (let set = 1; set < left; set++) record(start + set, set * leading, 0);
    height = left * leading;
    s += slugs[s]!.of;
    first = false;
  }
  for (; ; first = false) {
    if (!first) {
      record(of[s]!, height, 0);
      if (section[of[s]!]! >= 0 || height + lowest * leading > most) return;
    }
    const slug = slugs[s]!;
    if (s === without) {
      s++;
      continue;
    }
    if (without >= 0 && s > without) {
      // One figure never passes another.
      if (slug.float) return;
      past ||= slug.keep;
      counts = true;
    }
    if (!first && without < 0 && slug.float && slug.calls === 0) ends.figures.push(s);
    height += first ? slug.head : without >= 0 && s === without + 1 ? slugs[without]!.float!.gap : slug.space;
    const others = variants[s];
    if (!others) {
      height += slug.height;
      s++;
      continue;
    }
    const longest = Math.max(slug.of, ...others.map(({ lines }) => lines.length));
    let begins = of[s]! + 1;
    const starts = others.map(({ lines }) => {
      begins += lines.length - 1;
      return begins - lines.length + 1;
    });
    for (let set = 1; set < longest; set++) {
      if (set < slug.of) record(of[s + set]!, height + set * leading, 0);
      others.forEach(({ lines, cost }, index) => {
        if (set < lines.length) record(starts[index]! + set - 1, height + set * leading, cost);
      });
    }
    costs = choose(places, s, costs);
    while (lowest > -MOST_WON && costs[lowest - 1 + MOST_WON]! < Number.POSITIVE_INFINITY) lowest--;
    while (highest < MOST_WON && costs[highest + 1 + MOST_WON]! < Number.POSITIVE_INFINITY) highest++;
    height += slug.of * leading;
    s += slug.of;
  }
}

/** What a paragraph's settings make of the costs by lines won. */
function choose({ slugs, variants }: Places, s: number, costs: readonly number[]): number[] {
  const chosen = [...costs];
  for (const { lines, cost } of variants[s]!) {
    const more = lines.length - slugs[s]!.of;
    for (let at = Math.max(0, -more); at < costs.length - Math.max(0, more); at++)
      chosen[at + more] = Math.min(chosen[at + more]!, costs[at]! + cost);
  }
  return chosen;
}

/** The cheapest variants of the whole paragraphs between two places by which so many lines are won: by their first slug. */
export function variantsChosen(
  places: Places,
  from: number,
  to: number,
  won: number,
): [slug: number, variant: number][] {
  const { slugs, variants } = places;
  const [begin, end] = [places.slug[from]! + (places.variant[from]! >= 0 ? 1 : 0), places.slug[to]!];
  const paragraphs: number[] = [];
  const costs: (readonly number[])[] = [NOTHING_WON];
  for (let s = begin; s < end; s++) {
    if (!variants[s] || s + slugs[s]!.of > end) continue;
    paragraphs.push(s);
    costs.push(choose(places, s, costs.at(-1)!));
  }
  const chosen: [number, number][] = [];
  let at = won + MOST_WON;
  for (let nth = paragraphs.length - 1; nth >= 0; nth--) {
    const s = paragraphs[nth]!;
    const [before, after] = [costs[nth]!, costs[nth + 1]!];
    if (after[at] === before[at]) continue;
    const more = (index: number): number => variants[s]![index]!.lines.length - slugs[s]!.of;
    const index = variants[s]!.findIndex(({ cost }, which) => before[at - more(which)]! + cost === after[at]);
    chosen.unshift([s, index]);
    at -= more(index);
  }
  return chosen;
}
