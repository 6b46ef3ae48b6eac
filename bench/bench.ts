// How long it takes, whole processes from start to finish, cold: `npm run bench [MANUSCRIPT.md]`. Prints a table; asserts nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'scripts', 'pamphleteer.mjs');
const manuscript = process.argv[2] ?? join(root, 'manuscripts', 'long.md');
const RUNS = 5;

const folder = mkdtempSync(join(tmpdir(), 'bench-'));

function book(name: string, text: string, outputs: string): string {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, 'text.md'), text);
  writeFileSync(
    join(at, 'book.yaml'),
    `title: Bench\nauthor: Nobody\neditions:\n  long:\n    manuscript: text.md\n    outputs: [${outputs}]\n`,
  );
  return at;
}

/** Seconds of each run, sorted. */
function time(args: readonly string[]): number[] {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const done = spawnSync('node', [command, ...args], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    // The first run warms the disk's cache and is not counted.
    if (run > 0) times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b);
}

try {
  // Pictures do not travel with a text that is measured elsewhere.
  const text = readFileSync(manuscript, 'utf8').replaceAll(/^!\[.*$/gm, '');
  const words = text.split(/\s+/).length;
  // Sections repeated need notes of their own.
  const four = [1, 2, 3, 4].map((nth) => text.replaceAll(/\[\^(\w+)\]/g, `[^$1-${nth}]`)).join('\n\n');
  const rows: [string, string[]][] = [
    ['the sample, every edition', ['build', '--book', root, '--out', join(folder, 'sample')]],
    [`pages, ${words} words`, ['build', '--book', book('pages', text, 'pages')]],
    [`pages, ${4 * words} words`, ['build', '--book', book('four', four, 'pages')]],
    [`pamphlet, ${words} words`, ['build', '--book', book('pamphlet', text, 'pamphlet')]],
    [`epub, ${words} words`, ['build', '--book', book('epub', text, 'epub')]],
    ['check, the sample', ['check', '--book', root]],
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
