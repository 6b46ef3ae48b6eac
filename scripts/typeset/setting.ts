// One take set on one stone: first its lines, which are read as numbers; then, when its pages are known, its pages.
import { type Composed, measureParagraphs } from './compositor.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import type { Geometry } from './geometry.ts';
import { measureHanging } from './hanging.ts';
import { setHeads } from './heads.ts';
import { GIVE, justify, type Planned, plan } from './justification.ts';
import { type Filling, fillFolios, type MadeUp, type MakeUp, makeUp } from './makeup.ts';
import { otherwise, type Ready } from './otherwise.ts';
import type { Pagination } from './pages.ts';
import { type PageStart, readStarts } from './pagestarts.ts';
import { setRoles } from './roles.ts';
import { fitToGrid, fitToPage, measureSlugs } from './slugs.ts';
import { setLines } from './stick.ts';
import type { Stone } from './stone.ts';

/** All that the page breaker must know of a take, flow by flow. */
export interface Composition {
  readonly paragraphs: readonly Planned<Composed>[];
  readonly flows: readonly Ready[];
}

/** Letters were lost between galley and pages. Never the author's fault. */
export class LettersLost extends Error {
  override name = 'LettersLost';
}

export async function compose(stone: Stone, geometry: Geometry): Promise<Composition> {
  const measured = await stone.work(measureParagraphs, GIVE);
  const hanging = await stone.work(measureHanging, null);
  const paragraphs = measured.map((paragraph, index) => plan({ ...paragraph, ...hanging[index]! }));
  await stone.work(fitToPage, geometry.lines * geometry.leading);
  const set = paragraphs.map(({ paragraph, lines, give }, index) => [index, justify(paragraph, lines, give)] as const);
  await stone.work(setLines, { paragraphs: set, again: false });
  await stone.work(fitToGrid, geometry.leading);
  const chapters = await stone.work(measureSlugs, null);
  return { paragraphs, flows: chapters.map((chapter) => otherwise(chapter, paragraphs)) };
}

/** Cuts the take into pages; paragraphs that a page wanted longer or shorter are set so first. */
export async function makePages(
  stone: Stone,
  { paragraphs, flows }: Composition,
  pagination: readonly Pagination[],
  pages: MakeUp,
): Promise<MadeUp & { readonly starts: readonly PageStart[] }> {
  const changed = pagination.flatMap(({ chosen }, flow) =>
    [...chosen].map(([slug, variant]) => {
      const { paragraph, lines } = flows[flow]!.others.get(slug)!;
      const planned = paragraphs[paragraph]!;
      return [paragraph, justify(planned.paragraph, lines[variant]!, planned.give)] as const;
    }),
  );
  if (changed.length > 0) await stone.work(setLines, { paragraphs: changed, again: true });
  const made = await stone.work(makeUp, pages);
  await stone.work(setHeads, { title: pages.title, sections: pages.sections });
  if (made.lost !== 0) throw new LettersLost(`${made.lost} letters of the galley are not on the pages`);
  return { ...made, starts: await stone.work(readStarts, pages.before) };
}

/** Fills in what is known only when all pages are, and prints. */
export async function print(stone: Stone, filling: Filling): Promise<Uint8Array> {
  await stone.work(fillFolios, filling);
  // The covers came after the galley, so their display lines are set now.
  const display = await stone.work(measureDisplay, null);
  if (display.length > 0) await stone.work(setDisplay, display.map(fitDisplay));
  await stone.work(setRoles, undefined);
  return stone.pull();
}
