// Otherwise: the paragraphs that could be set in a line less or a line more, for the page breaker to choose from. Pure.
import type { Composed } from './compositor.ts';
import type { Planned } from './justification.ts';
import { HYPHEN, type Line, otherLines } from './lines.ts';
import type { Chapter, Variant } from './pages.ts';
import type { MeasuredChapter } from './slugs.ts';

/** A chapter with its paragraphs' other settings, and the lines of each: by the paragraph's first slug. */
export interface Ready {
  readonly chapter: Chapter;
  readonly others: ReadonlyMap<number, { readonly paragraph: number; readonly lines: readonly (readonly Line[])[] }>;
}

/** What a setting costs a page that uses it, and what a hundred demerits more do. */
const COST = 30;
const PER_HUNDRED = 1;
/** Worse lines than this are not set for any page's sake. */
const MOST_DEMERITS = 60_000;

export function otherwise(chapter: MeasuredChapter, paragraphs: readonly Planned<Composed>[]): Ready {
  const variants = new Map<number, Variant[]>();
  const others = new Map<number, { paragraph: number; lines: (readonly Line[])[] }>();
  chapter.slugs.forEach(({ paragraph, of }, at) => {
    if (paragraph === undefined || of < 2) return;
    const { paragraph: own, lines: best } = paragraphs[paragraph]!;
    const found = otherLines(own, best).filter(({ demerits }) => demerits <= MOST_DEMERITS);
    if (found.length === 0) return;
    const brings = chapter.slugs.slice(at, at + of).flatMap((slug) => slug.brings);
    variants.set(
      at,
      found.map(({ lines, demerits }) => ({
        lines: slugsOf(lines, own, brings),
        cost: COST + (demerits / 100) * PER_HUNDRED,
      })),
    );
    others.set(at, { paragraph, lines: found.map(({ lines }) => lines) });
  });
  return { chapter: { ...chapter, variants }, others };
}

/** What the pages must know of each line: a call belongs to the first line that ends behind it. */
function slugsOf(lines: readonly Line[], { kinds, calls }: Composed, brings: readonly number[]): Variant['lines'] {
  let call = 0;
  return lines.map(({ at }, nth) => {
    let own = 0;
    while (call < calls.length && (calls[call]! <= at || nth === lines.length - 1)) own += brings[call++] ?? 0;
    return { hyphen: kinds[at] === HYPHEN, calls: own };
  });
}
