// What breaking lines and pages takes, and how it grows: prints two tables, the median of a few runs in milliseconds.
// Run with `node --import tsx bench/lines-and-pages.ts`.
import { performance } from 'node:perf_hooks';
import { breakLines } from '../scripts/typeset/lines.ts';
import { breakPages } from '../scripts/typeset/pages.ts';
import { chapterOf, paragraphOf, ROOM, variantsOf } from '../tests/specimens.ts';

const RUNS = 7;

/** Median, after one run to warm up. */
function time(work: () => void): number {
  work();
  const taken = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return taken.sort((a, b) => a - b)[RUNS >> 1]!;
}

interface Row {
  readonly what: string;
  readonly ms: number;
}

/** Each row with how many times the first row's time it took: 1, 4 and 16 times the work. */
function table(title: string, rows: readonly Row[]): void {
  console.log(`\n${title.padEnd(44)}${'ms'.padStart(9)}${'× first'.padStart(10)}`);
  for (const { what, ms } of rows)
    console.log(`${what.padEnd(44)}${ms.toFixed(2).padStart(9)}${(ms / rows[0]!.ms).toFixed(1).padStart(10)}`);
}

const lines = (paragraphs: number, opportunities: number): Row => {
  const specimens = Array.from({ length: paragraphs }, (_, seed) => paragraphOf(opportunities, seed));
  const ms = time(() => {
    for (const specimen of specimens) breakLines(specimen);
  });
  return { what: `${paragraphs} paragraphs of ${opportunities} opportunities`, ms };
};

/** Chapters of so many slugs each, one for every number of `slugs`. */
const pages = (slugs: readonly number[], noteLines: number, varied = false): Row => {
  const specimens = slugs.map((count, seed) => {
    const chapter = chapterOf(count, noteLines, seed + 1);
    return varied ? { ...chapter, variants: variantsOf(chapter, seed + 1) } : chapter;
  });
  const set = specimens.flatMap(({ notes }) => notes.flat()).length;
  const what = slugs.length === 1 ? `${slugs[0]} slugs` : `${slugs.length} chapters of ${slugs[0]} slugs`;
  const ms = time(() => {
    for (const specimen of specimens) breakPages(specimen, ROOM);
  });
  return { what: `${what}, ${set} lines of notes`, ms };
};
const TWELVE = new Array<number>(12).fill(142);

table('Lines: more paragraphs', [lines(58, 120), lines(230, 120), lines(920, 120)]);
table('Lines: longer paragraphs', [lines(16, 125), lines(16, 500), lines(16, 2000)]);
table('Pages: without notes', [pages([1800], 0), pages([7200], 0), pages([28800], 0)]);
table('Pages: with notes', [pages([6875], 1250), pages([27500], 5000), pages([110000], 20000)]);
table('Pages: paragraphs set otherwise', [
  pages([1800], 200, true),
  pages([7200], 800, true),
  pages([28800], 3200, true),
]);
table('Pages: a text of 1,700 lines', [pages(TWELVE, 16), pages(TWELVE, 16, true)]);
