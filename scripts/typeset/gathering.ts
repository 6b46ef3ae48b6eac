// The gathering: all of a pamphlet's pages in reading order, covers and blanks among them. Pure.

export type Matter = 'cover' | 'half-title' | 'title-page' | 'imprint' | 'colophon' | 'back-cover';

export type Leaf =
  | { readonly kind: 'matter'; readonly matter: Matter }
  | { readonly kind: 'text'; readonly flow: number; readonly page: number }
  | { readonly kind: 'blank' };

export interface FlowLength {
  readonly pages: number;
  /** Where it must open. */
  readonly opens: 'recto' | 'page';
}

/**
 * The pages of a stitched pamphlet that is its own cover: front first, back last, a multiple of four. A page's folio
 * is its place, the front being 1. Blanks stand inside the covers, or where a chapter must open on a right-hand page;
 * the title is never pushed away from the front by one.
 */
export function gather(flows: readonly FlowLength[], front: 'full' | 'brief'): Leaf[] {
  const matter = (name: Matter): Leaf => ({ kind: 'matter', matter: name });
  const blank: Leaf = { kind: 'blank' };
  const leaves: Leaf[] =
    front === 'full'
      ? [matter('cover'), blank, matter('half-title'), blank, matter('title-page'), matter('imprint')]
      : [matter('cover'), matter('imprint')];
  flows.forEach((flow, index) => {
    // The first page of a side is odd: right-hand.
    if (flow.pages > 0 && flow.opens === 'recto' && leaves.length % 2 === 1) leaves.push(blank);
    for (let page = 0; page < flow.pages; page++) leaves.push({ kind: 'text', flow: index, page });
  });
  if (front === 'full') leaves.push(matter('colophon'));
  while (leaves.length % 4 !== 3) leaves.push(blank);
  return [...leaves, matter('back-cover')];
}
