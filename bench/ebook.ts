// What an ebook takes: time to bind a text of usual length and one of a million words, time to cut the faces, bytes, and
// what it adds to a build of pages. `npm run bench:ebook [MANUSCRIPT.md]`; prints three tables, asserts nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBook } from '../scripts/check.ts';
import { bind } from '../scripts/ebook/bind.ts';
import { subsetFor } from '../scripts/ebook/fonts.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { plainText } from '../scripts/edition/words.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { bookOf, COMMAND, median, ROOT, repeated, SAMPLE, temporary, textOf, wordsOf } from './workbench.ts';

const RUNS = 7;
const BUILDS = 5;
/** A text longer than this is refused (see io/library.ts): a longer book is one of several files. */
const LARGEST = 4 << 20;

const folder = temporary();
const css = readFileSync(join(ROOT, 'templates', 'ebook', 'ebook.css'), 'utf8');
const ms = (numbers: readonly number[]): string => median(numbers).toFixed(0);
const kb = (bytes: number): string => (bytes / 1000).toFixed(0);

/** The book's first edition, as a build reads it, and its faces. */
async function reading(book: string) {
  const { editions, typecase, messages } = await readBook(await openLibrary(book), []);
  const [edition] = editions;
  if (!edition || !typecase) throw new Error(messages.map(String).join('\n'));
  return { edition, faces: typecase.faces };
}

/** A book in several files, none of them too large. */
function longBook(text: string, words: number): string {
  const book = bookOf(folder, 'long', '', 'epub');
  const each = Math.max(1, Math.floor(LARGEST / Buffer.byteLength(text)));
  const files: string[] = [];
  for (let left = Math.ceil(words / wordsOf(text)); left > 0; left -= each) {
    const name = `text-${files.length + 1}.md`;
    // A single title would be that of the whole book; here every repetition has its chapters.
    writeFileSync(join(book, name), repeated(text, Math.min(left, each)));
    files.push(name);
  }
  const yaml = readFileSync(join(book, 'book.yaml'), 'utf8');
  writeFileSync(join(book, 'book.yaml'), yaml.replace('text.md', `[${files.join(', ')}]`));
  return book;
}

const matter = { titlePage: '<h1>Bench</h1>', imprint: '<p>Bench</p>', colophon: '<p>Bench</p>' };
const blank = { bytes: new Uint8Array(), mediaType: 'image/png' as const, alt: 'Cover' };
const binding = { css, matter, cover: blank, fonts: [], modified: new Date(0) };

async function timed<T>(work: () => Promise<T>): Promise<{ times: number[]; made: T }> {
  let made = await work();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    made = await work();
    times.push(performance.now() - start);
  }
  return { times, made };
}

async function bindings(text: string): Promise<void> {
  const table: Record<string, object> = {};
  for (const book of [bookOf(folder, 'text', text, 'epub'), longBook(text, 1_000_000)]) {
    const { edition } = await reading(book);
    const { times, made } = await timed(() => bind(edition, binding));
    table[`binding ${edition.words} words, ${edition.notes.length} notes`] = {
      'median ms': ms(times),
      'least ms': Math.min(...times).toFixed(0),
      'kB without cover and fonts': kb(made.length),
    };
  }
  const { edition, faces } = await reading(join(folder, 'text'));
  const letters = lettersOf(edition);
  const { times, made } = await timed(() => Promise.all(faces.map(({ bytes }) => subsetFor(bytes, letters))));
  table[`cutting ${faces.length} faces to ${letters.length} letters`] = {
    'median ms': ms(times),
    'least ms': Math.min(...times).toFixed(0),
    'kB without cover and fonts': `(fonts: ${kb(made.reduce((sum, { length }) => sum + length, 0))})`,
  };
  console.table(table);
}

const lettersOf = (edition: Edition): string =>
  [...new Set([...edition.parts, ...edition.notes].map(({ content }) => plainText(content)).join(''))].join('');

/** Whole files, with the cover that a build makes. */
function sizes(text: string): void {
  const table: Record<string, object> = {};
  const build = (book: string, edition: string): Record<string, string> => {
    const out = join(folder, `out-${Object.keys(table).length}`);
    run(['build', '--book', book, '--out', out]);
    const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      files: { kind: string; edition: string; bytes: number }[];
    };
    return { kB: kb(files.find((file) => file.kind === 'epub' && file.edition === edition)?.bytes ?? 0) };
  };
  table['the sample book, with its pictures'] = build(ROOT, 'long');
  table['the same text without pictures'] = build(bookOf(folder, 'sample', textOf(SAMPLE), 'epub'), 'long');
  if (process.argv[2]) table['the text, without pictures'] = build(bookOf(folder, 'own', text, 'epub'), 'long');
  console.table(table);
}

/** Seconds of a whole process. */
function run(args: readonly string[]): number {
  const start = performance.now();
  const done = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return (performance.now() - start) / 1000;
}

/** By turns, so that a busy moment hits both alike; the first turn warms the disk's cache and is not counted. */
function builds(text: string): void {
  const books = ['pages', 'pages, epub', 'epub'].map((outputs) => ({
    outputs,
    book: bookOf(folder, `build ${outputs}`, text, outputs),
    seconds: [] as number[],
  }));
  for (let turn = 0; turn <= BUILDS; turn++)
    for (const { book, seconds } of books) {
      const took = run(['build', '--book', book]);
      if (turn > 0) seconds.push(took);
    }
  console.table(Object.fromEntries(books.map((one) => [one.outputs, { 'median s': median(one.seconds).toFixed(2) }])));
}

try {
  const given = process.argv[2] ?? SAMPLE;
  if (!existsSync(given)) throw new Error(`There is no ${given}`);
  const text = textOf(given);
  await bindings(text);
  sizes(text);
  builds(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
