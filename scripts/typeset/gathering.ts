// The gathering: all of a pamphlet's pages in reading order, covers and blanks among them. Pure.

export type Matter = 'cover' | 'half-title' | 'title-page' | 'imprint' | 'colophon' | 'back-cover';

export type Leaf =
  | { readonly kind: 'matter'; readonly matter: Matter }
  | { readonly kind: 'text'; readonly flow: number; readonly page: number; readonly front: boolean }
  | { readonly kind: 'blank' };

export interface FlowLength {
  readonly pages: number;
  /** Where it must open. */
  readonly opens: 'recto' | 'page';
  /** Stands before the text: the contents, a preface. */
  readonly front?: boolean;
}

/** The matter before the text. */
export function frontLeaves(front: 'full' | 'brief'): Leaf[] {
  return front === 'full'
    ? [matter('cover'), BLANK, matter('half-title'), BLANK, matter('title-page'), matter('imprint')]
    : [matter('cover'), matter('imprint')];
}

/** The next flow's pages, after so many leaves. */
export function flowLeaves(before: number, flow: FlowLength, index: number): Leaf[] {
  const pages = Array.from({ length: flow.pages }, (_, page): Leaf => {
    return { kind: 'text', flow: index, page, front: flow.front ?? false };
  });
  return flow.pages > 0 && flow.opens === 'recto' && sideAfter(before) === 'verso' ? [BLANK, ...pages] : pages;
}

/** The side of the page after so many; the first is a right-hand one. */
export const sideAfter = (leaves: number): 'recto' | 'verso' => (leaves % 2 === 0 ? 'recto' : 'verso');

/** The matter after the text, after so many leaves: the back cover is the last of so many pages, else of a multiple of four. */
export function backLeaves(before: number, front: 'full' | 'brief', pages?: number): Leaf[] {
  const leaves: Leaf[] = front === 'full' ? [matter('colophon')] : [];
  const text = before + leaves.length;
  while (before + leaves.length < (pages ?? Math.ceil((text + 1) / 4) * 4) - 1) leaves.push(BLANK);
  return [...leaves, matter('back-cover')];
}

const BLANK: Leaf = { kind: 'blank' };
const matter = (name: Matter): Leaf => ({ kind: 'matter', matter: name });

/**
 * The pages of a stitched pamphlet that is its own cover: front first, back last, a multiple of four. A page's number
 * is its place, the front being 1. Blanks stand inside the covers, or where a chapter must open on a right-hand page;
 * the title is never pushed away from the front by one.
 */
export function gather(flows: readonly FlowLength[], front: 'full' | 'brief'): Leaf[] {
  const leaves = frontLeaves(front);
  flows.forEach((flow, index) => {
    leaves.push(...flowLeaves(leaves.length, flow, index));
  });
  return [...leaves, ...backLeaves(leaves.length, front)];
}

/**
 * The folio of every leaf as it is printed. `roman`: i, ii, iii up to where the text begins, which is page 1 (Chicago
 * Manual of Style 17, 1.7); the covers and blanks are counted, too.
 */
export function folioNames(leaves: readonly Leaf[], style: 'arabic' | 'roman'): string[] {
  const found = leaves.findIndex((leaf) => leaf.kind === 'text' && !leaf.front);
  const start = style === 'arabic' ? 0 : found < 0 ? leaves.length : found;
  return leaves.map((_, index) => (index < start ? roman(index + 1) : String(index + 1 - start)));
}

const NUMERALS = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const;

function roman(number: number): string {
  const [sign, value] = NUMERALS.find(([, least]) => least <= number) ?? ['', 0];
  return value === 0 ? '' : sign + roman(number - value);
}
