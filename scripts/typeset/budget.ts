// The page budget: which setting makes a text fill exactly so many pages. Takes a budget, the book's own setting, the designer's
// bounds and a way to lay the text out; gives the setting, or what would do instead. Knows no browser.
//
// Settings lie on one way from the tightest that the designer allows over the book's own to the airiest. How many pages one
// makes is foretold from those that were laid out: pages grow with the size of the type, and shrink with measure and lines.
import type { Bounds, PageBudget } from '../book/budget.ts';
import type { PamphletSettings } from '../book/config.ts';
import { type Fitting, geometryOf } from './geometry.ts';

export type Chapters = Exclude<PamphletSettings['chapters'], 'auto'>;

/** A setting to try. Size and leading in points. */
export interface Setting extends Fitting {
  readonly size: number;
  readonly leading: number;
  readonly chapters: Chapters;
}

/** What comes of a setting with so many lines more to a page. */
export interface Outcome {
  readonly extra: number;
  /** Covers and all, but for the blanks that would fill them up. */
  readonly pages: number;
  /** Of those, which are not the text's. */
  readonly matter: number;
  /** Pages as full as they are: each run of pages ends somewhere on its last one. */
  readonly length: number;
  /** How many runs of pages there are. */
  readonly runs: number;
  /** How full the emptiest of the pages is that runs of pages end on, 0 to 1. */
  readonly fill: number;
}

/** One layout tells what every count of lines in `EXTRA` would make. */
export type LayOut = (setting: Setting) => Promise<readonly Outcome[]>;

export interface Filled {
  readonly setting: Setting;
  readonly pages: number;
  readonly layouts: number;
}

export interface Unfilled {
  readonly wanted: number;
  /** Counts of pages that were met on the way, from the fewest to the most that the bounds allow. */
  readonly reached: readonly number[];
  /** By so many pages the tightest setting is too long, or the airiest too short (less than 0). */
  readonly over: number;
  /** Points, of that setting. */
  readonly size: number;
  /** Of text, in that setting. */
  readonly pages: number;
  readonly layouts: number;
}

/** Lines that a page may have more or fewer: only pages are made up anew for those. */
export const EXTRA: readonly number[] = [0, -1, 1, -2, -3, -4];
/** A last page of less looks forgotten. */
const FULL = 0.2;
const STEPS = 24;
/** So much of the last page is aimed at to stay white. */
const EMPTY = 0.35;
const MOST_LAYOUTS = 12;
/** So many more are laid out for a fuller last page. */
const PATIENCE = 3;
/** A setting that is foretold to miss by more pages is not tried. */
const HOPELESS = 1.2;
/** By such a share of the pages what is foretold of an end may be wrong. */
const WILD = 0.35;

/** The book's own setting. */
export type Own = PamphletSettings & { readonly chapters: Chapters };

interface Tried {
  readonly at: number;
  readonly outcomes: readonly Outcome[];
}

export async function fillPages(
  budget: PageBudget,
  own: Own,
  bounds: Bounds,
  layOut: LayOut,
): Promise<Filled | Unfilled> {
  const search = new Search(own, bounds, layOut);
  const targets = await search.targets(budget);
  for (const wanted of targets) {
    const found = await search.fill(wanted);
    if (found) return found;
  }
  return search.unfilled(targets[0]!);
}

interface Hit extends Pick<Outcome, 'extra' | 'fill'> {
  readonly style: Chapters;
  readonly at: number;
}

class Search {
  private readonly own: Own;
  private readonly bounds: Bounds;
  private readonly layOut: LayOut;
  private readonly styles: readonly Chapters[];
  private readonly tried = new Map<Chapters, Tried[]>();
  private layouts = 0;

  constructor(own: Own, bounds: Bounds, layOut: LayOut) {
    this.own = own;
    this.bounds = bounds;
    this.layOut = layOut;
    this.styles = [...new Set([own.chapters, ...bounds.chapters])];
  }

  /** The counts of pages that will do, best first. */
  async targets({ kind, pages }: PageBudget): Promise<number[]> {
    if (kind === 'exactly') return [pages];
    const [style, at] = kind === 'fewest' ? [this.ends.tight, -STEPS] : [this.styles[0]!, 0];
    const reached = (await this.lay(style, at))[0]!.pages;
    const up = Math.ceil(reached / pages) * pages;
    return kind === 'fewest' ? [up, up + pages] : up - reached <= pages / 2 ? [up, up - pages] : [up - pages, up];
  }

  /** The first setting that fills so many pages well; else, of those that were met on the way, the one with the fullest end. */
  async fill(wanted: number): Promise<Filled | undefined> {
    let [best, patience]: [Hit | undefined, number] = [undefined, PATIENCE];
    for (const style of this.styles) {
      for (let at = this.next(style, wanted); at !== undefined; at = this.next(style, wanted)) {
        if (this.layouts >= MOST_LAYOUTS || patience === 0) break;
        const outcomes = await this.lay(style, at);
        for (const { pages, fill, extra } of outcomes)
          if (pages === wanted && fill > (best?.fill ?? 0) && (best?.fill ?? 0) < FULL)
            best = { style, at, extra, fill };
        if (best && best.fill >= FULL) break;
        if (best) patience--;
      }
      if (best && best.fill >= FULL) break;
    }
    if (!best) return undefined;
    const setting = { ...settingAt(this.own, this.bounds, best.style, best.at), extra: best.extra };
    return { setting, pages: wanted, layouts: this.layouts };
  }

  async unfilled(wanted: number): Promise<Unfilled> {
    const ends = this.ends;
    const tight = (await this.lay(ends.tight, -STEPS)).reduce((one, other) =>
      other.length < one.length ? other : one,
    );
    const airy = (await this.lay(ends.airy, STEPS)).reduce((one, other) => (other.length > one.length ? other : one));
    const long = wanted < tight.pages;
    const short = wanted > airy.pages;
    return {
      ...{ wanted, reached: this.reached(), layouts: this.layouts },
      over: long ? tight.length - wanted : short ? airy.pages - wanted : 0,
      size: settingAt(this.own, this.bounds, ends.tight, long ? -STEPS : STEPS).size,
      pages: long ? tight.length - tight.matter : airy.length - airy.matter,
    };
  }

  private reached(): number[] {
    const all = [...this.tried.values()].flat().flatMap(({ outcomes }) => outcomes.map(({ pages }) => pages));
    return [...new Set(all)].sort((one, other) => one - other);
  }

  /** Of the ways in which chapters may open, the one with the fewest pages and the one with the most. */
  private get ends(): { readonly tight: Chapters; readonly airy: Chapters } {
    const allowed = (['run-on', 'page', 'recto'] as const).filter((style) => this.styles.includes(style));
    return { tight: allowed[0]!, airy: allowed.at(-1)! };
  }

  private async lay(style: Chapters, at: number): Promise<readonly Outcome[]> {
    const known = this.tried.get(style) ?? [];
    const found = known.find((one) => one.at === at);
    if (found) return found.outcomes;
    this.layouts++;
    const outcomes = await this.layOut(settingAt(this.own, this.bounds, style, at));
    this.tried.set(style, [...known, { at, outcomes }]);
    return outcomes;
  }

  /** The setting that is most likely to fill so many pages, nearest to the book's own; undefined where none is likely. */
  private next(style: Chapters, wanted: number): number | undefined {
    const tried = this.tried.get(style) ?? [];
    if (tried.length === 0) return 0;
    let best: { at: number; cost: number } | undefined;
    const isTried = (at: number): boolean => tried.some((one) => one.at === at);
    for (let at = -STEPS; at <= STEPS; at++) {
      if (isTried(at)) continue;
      for (const extra of EXTRA) {
        const miss = Math.abs(this.foretold(style, at, extra) - wanted);
        const news = Math.min(...tried.map((one) => Math.abs(one.at - at)));
        const cost = Math.max(0, miss - 0.25) * 10 + Math.abs(at) / STEPS + Math.abs(extra) / 10 + 1 / news;
        if (miss < HOPELESS && (!best || cost < best.cost)) best = { at, cost };
      }
    }
    if (best) return best.at;
    // Far from what was tried, little can be foretold: the end on that side tells more.
    const counts = tried.flatMap(({ outcomes }) => outcomes.map(({ pages }) => pages));
    const end = wanted < Math.min(...counts) ? -STEPS : wanted > Math.max(...counts) ? STEPS : 0;
    if (end === 0 || isTried(end)) return undefined;
    const told = EXTRA.map((extra) => this.foretold(style, end, extra));
    const short = end < 0 ? Math.min(...told) - wanted : wanted - Math.max(...told);
    return short < wanted * WILD ? end : undefined;
  }

  /** Pages, from the nearest settings on both sides that were tried. */
  private foretold(style: Chapters, at: number, extra: number): number {
    const tried = this.tried.get(style)!;
    const near = (side: readonly Tried[]): Tried | undefined =>
      side.reduce<Tried | undefined>(
        (one, other) => (!one || Math.abs(other.at - at) < Math.abs(one.at - at) ? other : one),
        undefined,
      );
    const from = [near(tried.filter((one) => one.at < at)), near(tried.filter((one) => one.at > at))];
    const told = from.flatMap((one) => {
      if (!one) return [];
      const base = one.outcomes.find((outcome) => outcome.extra === extra) ?? one.outcomes[0]!;
      const [here, there] = [this.roomAt(style, at, extra), this.roomAt(style, one.at, base.extra)];
      const length = base.matter + ((base.length - base.matter) * here) / there;
      // One run's last page is as empty as the length says; of many, some are full when others are not.
      const empty = base.runs === 1 ? EMPTY : base.pages - base.length;
      return [{ pages: length + empty, away: Math.abs(one.at - at) }];
    });
    const [first, second] = told;
    if (!first || !second) return first!.pages;
    return (first.pages * second.away + second.pages * first.away) / (first.away + second.away);
  }

  /** What a letter takes of a page, in no unit. */
  private roomAt(style: Chapters, at: number, extra: number): number {
    const setting = settingAt(this.own, this.bounds, style, at);
    const { size, measure, lines } = geometryOf({ ...this.own, ...setting }, { ...setting, extra });
    return size / (measure * lines);
  }
}

/** From the tightest (-24) over the book's own (0) to the airiest (24). A size of the author's own choice is no bound. */
export function settingAt(
  own: Pick<PamphletSettings, 'size' | 'leading'>,
  bounds: Bounds,
  chapters: Chapters,
  at: number,
): Setting {
  const share = Math.abs(at) / STEPS;
  const between = (mine: number, [least, most]: readonly [number, number]): number =>
    mine + ((at < 0 ? Math.min(mine, least) : Math.max(mine, most)) - mine) * share;
  const size = Math.round(between(own.size, bounds.size) * 1000) / 1000;
  const ratio = between(own.leading / own.size, bounds.leading);
  return { size, leading: size * ratio, margins: between(1, bounds.margins), extra: 0, chapters };
}
