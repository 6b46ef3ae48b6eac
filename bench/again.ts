// How long until the new PDF is there, with a browser already running, when one paragraph has changed: the pages of a long
// text, built again and again in one process. `npm run bench:again [MANUSCRIPT.md]`; prints a table, asserts nothing.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../scripts/build.ts';
import { openPressroom } from '../scripts/io/browser.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { openShelf } from '../scripts/io/shelf.ts';
import { openMemory } from '../scripts/typeset/memory.ts';
import { bookOf, median, SAMPLE, temporary, textOf, wordsOf } from './workbench.ts';

const RUNS = 12;
/** The code is compiled while it runs: the first builds are slower than an author would see after a minute. */
const WARM = 4;

const folder = temporary();
const pressroom = await openPressroom(
  () => {},
  () => {},
);
try {
  const text = textOf(process.argv[2] ?? SAMPLE);
  const book = bookOf(folder, 'again', text, 'pages');
  const memory = openMemory();
  const paragraphs = text.split('\n\n');
  const plain = paragraphs.flatMap((paragraph, at) => (/^[A-Z].{300}/s.test(paragraph) ? [at] : []));
  const once = async (): Promise<number> => {
    const start = performance.now();
    await build({
      library: await openLibrary(book),
      shelf: await openShelf(join(book, 'dist')),
      pressroom: async () => pressroom,
      reporter: { say: () => {}, step: (_, doing) => doing() },
      editions: [],
      epoch: undefined,
      memory,
    });
    memory.tidy();
    readFileSync(join(book, 'dist', 'bench-long.pdf'));
    return performance.now() - start;
  };
  const first = await once();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    // A paragraph somewhere, another each time, ends with a few more words.
    const at = plain[Math.floor((plain.length * (run + 1)) / (RUNS + 1))]!;
    const changed = paragraphs.map((paragraph, nth) => (nth === at ? `${paragraph} And so on it went.` : paragraph));
    writeFileSync(join(book, 'text.md'), changed.join('\n\n'));
    times.push(await once());
  }
  const warm = times.slice(WARM);
  console.table({
    [`first, ${wordsOf(text)} words`]: { ms: first.toFixed(0) },
    'one paragraph changed: least': { ms: Math.min(...warm).toFixed(0) },
    'one paragraph changed: median': { ms: median(warm).toFixed(0) },
    'one paragraph changed: most': { ms: Math.max(...warm).toFixed(0) },
  });
} finally {
  await pressroom.close();
  rmSync(folder, { recursive: true, force: true });
}
