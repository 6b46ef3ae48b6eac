// How long it takes, whole processes from start to finish, cold: `npm run bench [MANUSCRIPT.md]`. Prints a table; asserts nothing.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bookOf, COMMAND, ROOT, repeated, SAMPLE, temporary, textOf, wordsOf } from './workbench.ts';

const RUNS = 5;

const folder = temporary();
const book = (name: string, text: string, outputs: string): string => bookOf(folder, name, text, outputs);

/** Seconds of each run, sorted. */
function time(args: readonly string[]): number[] {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const done = spawnSync('node', [COMMAND, ...args], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    // The first run warms the disk's cache and is not counted.
    if (run > 0) times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b);
}

try {
  const text = textOf(process.argv[2] ?? SAMPLE);
  const words = wordsOf(text);
  const rows: [string, string[]][] = [
    ['the sample, every edition', ['build', '--book', ROOT, '--out', join(folder, 'sample')]],
    [`pages, ${words} words`, ['build', '--book', book('pages', text, 'pages')]],
    [`pages, ${4 * words} words`, ['build', '--book', book('four', repeated(text, 4), 'pages')]],
    [`pamphlet, ${words} words`, ['build', '--book', book('pamphlet', text, 'pamphlet')]],
    [`epub, ${words} words`, ['build', '--book', book('epub', text, 'epub')]],
    ['check, the sample', ['check', '--book', ROOT]],
  ];
  const table: Record<string, Record<string, string>> = {};
  for (const [what, args] of rows) {
    const times = time(args);
    const shown = (seconds: number | undefined): string => (seconds ?? 0).toFixed(2);
    table[what] = { 'least s': shown(times[0]), 'median s': shown(times[RUNS >> 1]), 'most s': shown(times.at(-1)) };
  }
  console.table(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
