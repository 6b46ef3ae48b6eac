// Specimens for the typesetter: paragraphs and chapters drawn from a seed, alike in size to a text in EB Garamond
// 10.5/13.5 on A5. Lengths in CSS px. The same seed gives the same specimen.
import { DASH, HYPHEN, type Paragraph, SPACE } from '../scripts/typeset/lines.ts';
import type { Chapter, PageRoom, Slug, Variant } from '../scripts/typeset/pages.ts';

export const ROOM: PageRoom = { depth: 34 * 18, leading: 18, separator: 18 };
const NOTE_LEADING = 14.6875;
const SPACE_WIDTH = 3.3;

/** Numbers from 0 to 1 (mulberry32, public domain, by Tommy Ettinger). */
export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A paragraph with so many opportunities, a third of them within words. */
export function paragraphOf(opportunities: number, seed: number): Paragraph {
  const random = chance(seed);
  const [kinds, ends, starts, letters] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  let [x, count] = [0, 0];
  const set = (many: number): void => {
    for (let letter = 0; letter < many; letter++) x += 2.8 + random() * 6.4;
    count += many;
  };
  while (kinds.length < opportunities) {
    set(2 + Math.floor(random() * 5));
    const kind = random() < 0.35 ? HYPHEN : random() < 0.03 ? DASH : SPACE;
    kinds.push(kind);
    ends.push(x);
    if (kind === SPACE) x += SPACE_WIDTH;
    starts.push(x);
    letters.push(count);
  }
  set(4);
  const hangs = kinds.map((kind) => (kind === HYPHEN ? 2.2 : kind === SPACE && random() < 0.2 ? 1.7 : 0));
  const leads = [...kinds, SPACE].map(() => (random() < 0.03 ? 2.8 : 0));
  const letter = { hyphen: 3.7, tracking: 0.084, swell: 0.01 };
  return { measure: 408, indent: 18, end: x, ...letter, kinds, ends, starts, letters, hangs, leads };
}

/** A chapter of so many slugs (paragraphs of 1 to 12 lines, some headings) that call notes of about so many lines in all. */
export function chapterOf(count: number, noteLines: number, seed: number): Chapter {
  const random = chance(seed);
  const slugs: Slug[] = [];
  const notes: number[][] = [];
  const share = noteLines / 4 / Math.max(1, count);
  while (slugs.length < count) {
    const heading = random() < 0.04;
    const of = heading ? 1 : Math.min(count - slugs.length, 1 + Math.floor(random() * 12));
    for (let index = 0; index < of; index++) {
      const calls = !heading && random() < share ? 1 : 0;
      if (calls === 1) notes.push(new Array(1 + Math.floor(random() * 7)).fill(NOTE_LEADING));
      const hyphen = index < of - 1 && random() < 0.1;
      slugs.push({
        height: ROOM.leading,
        space: heading ? ROOM.leading : 0,
        head: 0,
        index,
        of,
        keep: heading,
        hyphen,
        calls,
      });
    }
  }
  return { slugs, notes };
}

/** Other settings, a line longer or shorter, for about half of a chapter's paragraphs. */
export function variantsOf({ slugs }: Chapter, seed: number): ReadonlyMap<number, readonly Variant[]> {
  const random = chance(seed);
  const variants = new Map<number, Variant[]>();
  for (const [at, { index, of, keep }] of slugs.entries()) {
    if (index > 0 || keep || of < 3) continue;
    const own = slugs.slice(at, at + of);
    const calls = own.reduce((sum, slug) => sum + slug.calls, 0);
    const variant = (lines: number): Variant => ({
      lines: Array.from({ length: lines }, (_, line) => ({
        hyphen: line < lines - 1 && random() < 0.1,
        calls: line === lines >> 1 ? calls : 0,
      })),
      cost: 50 + Math.floor(random() * 400),
    });
    const others = [...(random() < 0.3 ? [variant(of + 1)] : []), ...(random() < 0.3 ? [variant(of - 1)] : [])];
    if (others.length > 0) variants.set(at, others);
  }
  return variants;
}
