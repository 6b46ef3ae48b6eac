// The pamphlet's pages, from edition to PDF: galley, takes, lines, pages, make-up.
import type { Bounds, PageBudget } from '../book/budget.ts';
import type { PamphletSettings } from '../book/config.ts';
import type { Edition } from '../edition/edition.ts';
import type { Hyphenate } from '../edition/hyphenation.ts';
import { labelsFor } from '../edition/labels.ts';
import {
  type Chapters,
  EXTRA,
  type Filled,
  fillPages,
  type Outcome,
  type Own,
  type Setting,
  type Unfilled,
} from './budget.ts';
import { Clicker, Hands } from './companionship.ts';
import { galley } from './galley.ts';
import { folioNames, type Matter } from './gathering.ts';
import { AS_IT_IS, type Geometry, geometryOf, properties } from './geometry.ts';
import type { MadeUp, MakeUp } from './makeup.ts';
import { type Memory, NO_MEMORY } from './memory.ts';
import type { PageStart } from './pagestarts.ts';
import { outcomeOf, type Placing, place } from './placing.ts';
import { type Composition, compose, makePages, print } from './setting.ts';
import type { Stone, Stones } from './stone.ts';
import { type Take, takesOf } from './takes.ts';

/** What the typesetter is given besides the text. */
export interface Forms {
  /** The templates' style sheets and the `@font-face` rules, in the order of the cascade. */
  readonly css: string;
  /** The matter's markup, filled in. */
  readonly matter: Readonly<Record<Matter, string>>;
  readonly picture: (id: string) => string;
  readonly hyphenate: Hyphenate;
  /** How far the setting may go to fill the pages that the edition asks for. */
  readonly bounds: Bounds;
}

export interface Pamphlet {
  /** As Chromium writes them: oversize pages (see geometry.ts), one document a take, in order. */
  readonly parts: readonly Uint8Array[];
  readonly geometry: Geometry;
  readonly pages: number;
  /** Number of the page that each id stands on, the front being 1. */
  readonly folios: ReadonlyMap<string, number>;
  /** Of every page, as it is printed. */
  readonly folioNames: readonly string[];
  /** Where each page with text begins, in order. */
  readonly starts: readonly PageStart[];
  readonly matter: readonly MatterPage[];
  /** Numbers of pages on which something taller than a page stands. */
  readonly overfull: readonly number[];
  /** What became of the pages that were asked for. */
  readonly budget?: Filled | Unfilled;
}

/** A page of ours: title page, imprint, one of the contents. */
export interface MatterPage {
  readonly matter: Matter | 'contents';
  /** The front is 1. */
  readonly page: number;
}

/** From this many words on a pamphlet has a half-title, a contents and chapters on pages of their own. */
const FULL_FROM = 5000;

/** `auto` settled. */
export function frontMatterOf(edition: Edition): 'full' | 'brief' {
  const asked = edition.config.pamphlet.frontMatter;
  return asked === 'auto' ? (edition.words >= FULL_FROM ? 'full' : 'brief') : asked;
}

/** What all takes of a pamphlet share while it is set. */
interface Work extends Placing {
  readonly edition: Edition;
  readonly forms: Forms;
  readonly stones: Stones;
  readonly hands: Hands;
  readonly clicker: Clicker;
  readonly memory: Memory;
}

/** `memory`: of what was set before, for a text that has changed a little; `ledger`: of settings that filled budgets. */
export async function setPamphlet(
  edition: Edition,
  forms: Forms,
  stones: Stones,
  memory: Memory = NO_MEMORY,
  ledger: Memory = NO_MEMORY,
): Promise<Pamphlet> {
  const settings = edition.config.pamphlet;
  const own = { ...settings, chapters: chaptersOf(settings, frontMatterOf(edition)) };
  const bench = { edition, forms, stones, memory };
  const plain = openWork(bench, { ...own, ...AS_IT_IS });
  const budget = edition.config.pages && (await fill(plain, edition.config.pages, own, ledger));
  const work = budget && 'setting' in budget ? openWork(bench, budget.setting, budget.pages) : plain;
  const set = await Promise.all(work.takes.map((_, nth) => setTake(work, nth)));
  return {
    parts: set.map(({ pdf }) => pdf),
    geometry: work.geometry,
    pages: work.leaves.length,
    folios: work.clicker.folios,
    folioNames: folioNames(work.leaves, settings.folios),
    starts: set.flatMap(({ starts }) => starts),
    matter: matterPages(work),
    overfull: set.flatMap(({ overfull }) => overfull),
    ...(budget ? { budget } : {}),
  };
}

/** The setting that fills the pages asked for. */
function fill(plain: Work, asked: PageBudget, own: Own, ledger: Memory): Promise<Filled | Unfilled> {
  const { forms, takes } = plain;
  const copy = takes.map((take) => galleyDocument(plain, take));
  return ledger.recall([asked, own, forms.bounds, copy], () =>
    fillPages(asked, own, forms.bounds, (setting) => layOut(openWork(plain, setting))),
  );
}

type Bench = Pick<Work, 'edition' | 'forms' | 'stones' | 'memory'>;

function openWork(bench: Bench, setting: Setting, pages?: number): Work {
  const { edition, forms, stones, memory } = bench;
  const settings = { ...edition.config.pamphlet, ...setting };
  const front = frontMatterOf(edition);
  const flows = galley(edition, {
    notes: settings.notes,
    chapters: setting.chapters,
    contents: front === 'full',
    folios: settings.folios,
    hyphenate: forms.hyphenate,
    picture: forms.picture,
  });
  const takes = takesOf(flows);
  return {
    ...{ edition, forms, stones, memory, front, flows, takes, pages, matter: forms.matter },
    geometry: geometryOf(settings, setting),
    hands: new Hands(stones.hands),
    clicker: new Clicker(takes.length),
    leaves: [],
  };
}

/** Only so far as pages can be counted: for each of some counts of lines to a page. */
async function layOut(work: Work): Promise<Outcome[]> {
  const { takes, hands, stones, memory, edition, geometry } = work;
  const compositions = await Promise.all(
    takes.map((take, nth) => {
      const document = galleyDocument(work, take);
      const lay = async (): Promise<Composition> => {
        const stone = await stones.next();
        await stone.lay(nameOf(edition, nth), document);
        const composition = await compose(stone, geometry);
        await stone.clear();
        return composition;
      };
      return memory.recall([document], () => hands.lend(lay));
    }),
  );
  return EXTRA.map((extra) => outcomeOf(work, compositions, extra));
}

function matterPages({ leaves, flows }: Work): MatterPage[] {
  const contents = flows[0]?.kind === 'contents' ? leaves.findIndex(({ kind }) => kind === 'text') : leaves.length;
  return leaves.flatMap((leaf, index): MatterPage[] => {
    if (leaf.kind === 'matter') return [{ matter: leaf.matter, page: index + 1 }];
    const own = leaf.kind === 'text' && leaf.flow === 0 && leaf.page === index - contents;
    return own ? [{ matter: 'contents', page: index + 1 }] : [];
  });
}

interface SetTake extends Pick<MadeUp, 'overfull'> {
  readonly starts: readonly PageStart[];
  readonly pdf: Uint8Array;
}

/**
 * A take's whole way. Between its steps the stone waits, and no hand is kept from other takes. A step whose copy is the
 * same as the last time is not done again; if a later one is, the earlier must be, too.
 */
async function setTake(work: Work, nth: number): Promise<SetTake> {
  const { edition, hands, clicker, stones, geometry, memory } = work;
  const document = galleyDocument(work, work.takes[nth]!);
  let stone: Stone | undefined;
  const lay = async (): Promise<Composition> => {
    stone = await stones.next();
    await stone.lay(nameOf(edition, nth), document);
    return compose(stone, geometry);
  };
  const composition = await memory.recall([document], () => hands.lend(lay));
  const { pagination, sheets, before } = await clicker.inTurn(nth, () => place(work, nth, composition));
  const folios = (): string[] => folioNames(work.leaves, edition.config.pamphlet.folios);
  const plan: MakeUp = {
    ...{ sheets, before, title: edition.title, offset: geometry.offset, leading: geometry.leading },
    ...geometry.sheet,
    sections: edition.contents.some(({ children }) => children.length > 0),
    folios: folios().slice(before),
  };
  let cut = false;
  const makeUp = async () => {
    if (!stone) await lay();
    cut = true;
    return makePages(stone!, composition, pagination, plan);
  };
  const made = await memory.recall([document, plan], () => hands.lend(makeUp, true));
  clicker.enter(made.folios);
  await clicker.known(made.wants);
  const { notesToPage, notesToPages } = labelsFor(edition.book.language);
  const names = folios();
  const pages = Object.fromEntries(
    made.wants.flatMap((id) => {
      const number = clicker.folios.get(id);
      return number === undefined ? [] : [[id, { number, folio: names[number - 1]! }]];
    }),
  );
  const filling = { pages, notesToPage, notesToPages };
  const pdf = await memory.recall([document, plan, filling], () =>
    hands.lend(async () => {
      if (!cut) await makeUp();
      return print(stone!, filling);
    }, true),
  );
  await stone?.clear();
  return { pdf, overfull: made.overfull, starts: made.starts };
}

const nameOf = ({ config }: Edition, nth: number): string => `${config.slug}${nth === 0 ? '' : `-${nth + 1}`}.html`;

/** `auto` settled: a short pamphlet has no pages to give away. */
function chaptersOf({ chapters }: PamphletSettings, front: 'full' | 'brief'): Chapters {
  if (chapters !== 'auto') return chapters;
  return front === 'brief' ? 'run-on' : 'page';
}

/** The document that is laid on the stone. It has no script, and asks for nothing but our fonts and pictures. */
function galleyDocument({ edition, geometry, forms }: Work, take: Take): string {
  const { width, height } = geometry.sheet;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src file: data:";
  return `<!doctype html>
<html lang="${edition.book.language}" dir="${edition.direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${edition.title.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))}</title>
<style>@page{size:${width}px ${height}px;margin:0}
${properties(geometry, edition.book.spot)}
${forms.css}</style>
<style id="endless">#galley p,#notes p{white-space:nowrap!important}#galley p :is(br,wbr),#notes p :is(br,wbr){display:none}</style></head>
<body><div id="galley">${take.html}</div>
<div id="notes">${take.notes}</div>${take.offers}</body></html>`;
}
