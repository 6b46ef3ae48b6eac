// Placing: the pages of composed takes among all the pamphlet's leaves, to be made up or only to be counted. Pure.
import type { Outcome } from './budget.ts';
import type { Flow } from './galley.ts';
import { backLeaves, flowLeaves, frontLeaves, type Leaf, type Matter, sideAfter } from './gathering.ts';
import type { Geometry } from './geometry.ts';
import type { Sheet } from './makeup.ts';
import { breakPages, type Chapter, type PageRoom, type Pagination } from './pages.ts';
import type { Composition } from './setting.ts';
import type { Take } from './takes.ts';

/** A pamphlet while its takes are placed one after the other. */
export interface Placing {
  readonly front: 'full' | 'brief';
  readonly geometry: Geometry;
  readonly flows: readonly Flow[];
  readonly takes: readonly Take[];
  /** How many pages there must be; undefined: as many as fill sheets of four. */
  readonly pages: number | undefined;
  /** The matter's markup, filled in. */
  readonly matter: Readonly<Record<Matter, string>>;
  /** All leaves placed so far, in order. */
  readonly leaves: Leaf[];
}

export interface Placed {
  readonly pagination: readonly Pagination[];
  readonly sheets: readonly Sheet[];
  /** Leaves of the takes before it. */
  readonly before: number;
}

/** The take's pages, after those of the takes before it; their leaves are added to the pamphlet's. */
export function place(placing: Placing, nth: number, composition: Composition): Placed {
  const { leaves, takes, front, pages, matter } = placing;
  const before = leaves.length;
  const pagination = placeText(placing, nth, composition);
  if (nth === takes.length - 1) leaves.push(...backLeaves(leaves.length, front, pages));
  const sheets = leaves.slice(before).map((leaf): Sheet => {
    if (leaf.kind === 'matter') return { kind: 'matter', html: matter[leaf.matter] };
    if (leaf.kind === 'blank') return leaf;
    return { kind: 'text', flow: leaf.flow, page: pagination[leaf.flow]!.pages[leaf.page]! };
  });
  return { pagination, sheets, before };
}

const roomOf = ({ lines, leading, separator }: Geometry): PageRoom => ({ depth: lines * leading, leading, separator });

function placeText(
  { leaves, takes, flows: all, front, geometry }: Placing,
  nth: number,
  { flows }: Composition,
): Pagination[] {
  if (nth === 0) leaves.push(...frontLeaves(front));
  return takes[nth]!.flows.map((at, index) => {
    const { opens, front: early } = all[at]!;
    const side = opens === 'recto' ? 'recto' : sideAfter(leaves.length);
    const broken = breakPages(flows[index]!.chapter, roomOf(geometry), side);
    leaves.push(...flowLeaves(leaves.length, { pages: broken.pages.length, opens, front: early }, index));
    return broken;
  });
}

/** What would come of the takes with so many lines more to a page; nothing is made up. */
export function outcomeOf(placing: Placing, compositions: readonly Composition[], extra: number): Outcome {
  const geometry = { ...placing.geometry, lines: placing.geometry.lines + extra };
  const leaves: Leaf[] = [];
  const broken = compositions.flatMap((each, nth) => placeText({ ...placing, geometry, leaves }, nth, each));
  leaves.push(...backLeaves(leaves.length, placing.front).filter(({ kind }) => kind !== 'blank'));
  const chapters = compositions.flatMap(({ flows }) => flows.map(({ chapter }) => chapter));
  const fills = broken.map((pagination, flow) => fillOf(chapters[flow]!, pagination, roomOf(geometry)));
  const empty = fills.reduce((sum, fill) => sum + 1 - fill, 0);
  const matter = leaves.filter(({ kind }) => kind !== 'text').length;
  const [runs, fill] = [fills.length, Math.min(1, ...fills)];
  return { extra, pages: leaves.length, matter, length: leaves.length - empty, runs, fill };
}

/** How full the last page is, 0 to 1. */
function fillOf({ slugs, notes }: Chapter, { pages }: Pagination, { depth, separator }: PageRoom): number {
  const last = pages.at(-1);
  if (!last) return 1;
  // Paragraphs may have been set in other lines: what stands on the last page is counted from the end.
  const standing = slugs.slice(slugs.length - (last.to - last.from));
  const text = standing.reduce((sum, { height, space }) => sum + height + space, 0);
  const stream = notes.flat().slice(last.notesFrom, last.notesTo);
  const foot = stream.reduce((sum, height) => sum + height, stream.length > 0 ? separator : 0);
  return Math.min(1, (text + foot) / depth);
}
