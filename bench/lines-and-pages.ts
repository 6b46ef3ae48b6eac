// What breaking lines and pages takes, and how it grows: prints two tables, the median of a few runs in milliseconds.
// Run with `node --import tsx bench/lines-and-pages.ts`.
import { performance } from 'node:perf_hooks';
import { breakLines } from '../scripts/typeset/lines.ts';
import { breakPages } from '../scripts/typeset/pages.ts';
import { chapterOf, paragraphOf, ROOM } from '../tests/specimens.ts';

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

const pages = (slugs: number, noteLines: number): Row => {
  const specimen = chapterOf(slugs, noteLines, 1);
  const set = specimen.notes.flat().length;
  return { what: `${slugs} slugs, ${set} lines of notes`, ms: time(() => void breakPages(specimen, ROOM)) };
};

table('Lines: more paragraphs', [lines(58, 120), lines(230, 120), lines(920, 120)]);
table('Lines: longer paragraphs', [lines(16, 125), lines(16, 500), lines(16, 2000)]);
table('Pages: without notes', [pages(900, 0), pages(3600, 0), pages(14400, 0)]);
table('Pages: with notes', [pages(900, 300), pages(3600, 1200), pages(14400, 4800)]);
