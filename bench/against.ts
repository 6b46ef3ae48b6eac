// Our pages against Typst's and against Chromium merely printing the same text without notes, in one run:
// `npm run bench:against [MANUSCRIPT.md] [--typst DIR]`, DIR being where Typst's npm package is installed. Prints two tables.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPressroom } from '../scripts/io/browser.ts';
import type { Stone } from '../scripts/typeset/stone.ts';
import { bookOf, COMMAND, median, ROOT, SAMPLE, temporary, textOf, wordsOf } from './workbench.ts';

const RUNS = 5;
const TYPST = '@myriaddreamin/typst-ts-node-compiler';

interface Contestant {
  readonly what: string;
  /** Seconds from nothing to a PDF. */
  readonly run: () => Promise<number> | number;
}

const { values, positionals } = parseArgs({ options: { typst: { type: 'string' } }, allowPositionals: true });
const require = createRequire(import.meta.url);

/** The folder that `require` begins at to find Typst; undefined where it is not installed. */
function modulesWithTypst(): string | undefined {
  return [values.typst ? resolve(values.typst) : ROOT].find((folder) =>
    existsSync(join(folder, 'node_modules', TYPST, 'package.json')),
  );
}

/** The four faces that both set the text from. */
function fontsIn(folder: string): string {
  const fonts = join(folder, 'fonts');
  mkdirSync(fonts);
  const from = dirname(require.resolve('@expo-google-fonts/eb-garamond/package.json'));
  for (const style of ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'])
    copyFileSync(join(from, style, `EBGaramond_${style}.ttf`), join(fonts, `${style}.ttf`));
  return fonts;
}

/** The galley as our build left it, without our typesetter: no notes, lines and pages as the browser breaks them. */
function plainGalley(folder: string, book: string): string {
  const work = join(book, 'dist', '.work');
  const galley = readFileSync(join(work, 'bench-long.html'), 'utf8');
  const page = '<style>@page{size:148mm 210mm;margin:21mm 22mm 26mm 18mm}</style>';
  const plain = galley
    .replace(/<div id="notes">[\s\S]*<\/div>(?=<\/body>)/, '')
    .replace(/<style id="endless">[\s\S]*?<\/style>/, page);
  // Its fonts lie beside it, and the next build clears its own folder.
  const path = join(folder, 'plain', 'plain.html');
  cpSync(work, dirname(path), { recursive: true });
  writeFileSync(path, plain);
  return path;
}

const openQuietly = () =>
  openPressroom(
    () => {},
    () => {},
  );

/** A browser started, the document laid and printed, the browser gone; what starts it is running already. */
async function printOnly(html: string): Promise<number> {
  const start = performance.now();
  const pressroom = await openQuietly();
  const stone = await pressroom.stone(dirname(html));
  await stone.lay('printed.html', readFileSync(html, 'utf8'));
  await stone.pull();
  await pressroom.close();
  return (performance.now() - start) / 1000;
}

/** Seconds of a whole process that ends with a file. */
function time(args: readonly string[], result: string): number {
  rmSync(result, { force: true });
  const start = performance.now();
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const seconds = (performance.now() - start) / 1000;
  if (done.status !== 0 || !existsSync(result)) throw new Error(done.stderr);
  return seconds;
}

/** By turns, so that a busy moment hits all alike; the first turn warms the disk's cache and is not counted. */
async function compare(contestants: readonly Contestant[]): Promise<void> {
  const times = contestants.map((): number[] => []);
  for (let run = 0; run <= RUNS; run++)
    for (const [index, contestant] of contestants.entries()) {
      const seconds = await contestant.run();
      if (run > 0) times[index]!.push(seconds);
    }
  const typst = contestants.findIndex(({ what }) => what === 'Typst');
  const table: Record<string, object> = {};
  for (const [index, { what }] of contestants.entries()) {
    const ratio = typst < 0 ? 'unknown' : (median(times[index]!) / median(times[typst]!)).toFixed(2);
    table[what] = {
      'least s': Math.min(...times[index]!).toFixed(2),
      'median s': median(times[index]!).toFixed(2),
      '× Typst': ratio,
    };
  }
  console.table(table);
}

/** When things happened on all stones of a build, in ms: the first galley laid, the last printing begun. */
interface Moments {
  laid: number;
  printing: number;
}

function timed(stone: Stone, moments: Moments): Stone {
  return {
    ...stone,
    lay: async (name, html) => {
      await stone.lay(name, html);
      moments.laid = Math.min(moments.laid, performance.now());
    },
    pull: () => {
      moments.printing = Math.max(moments.printing, performance.now());
      return stone.pull();
    },
  };
}

/** What our typesetter takes from the first galley laid to the last printing begun, against the browser's own laying and printing. */
async function ownShare(book: string, plain: string): Promise<void> {
  const { build } = await import('../scripts/build.ts');
  const { openLibrary } = await import('../scripts/io/library.ts');
  const { openShelf } = await import('../scripts/io/shelf.ts');
  const pressroom = await openQuietly();
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    for (let run = 0; run <= RUNS; run++) {
      const moments = { laid: Number.POSITIVE_INFINITY, printing: 0 };
      const shelf = await openShelf(join(book, 'again'));
      await build({
        library: await openLibrary(book),
        shelf,
        pressroom: async () => ({
          ...pressroom,
          stone: async (folder: string) => timed(await pressroom.stone(folder), moments),
          close: async () => {},
        }),
        reporter: { say: () => {}, step: (_, doing) => doing() },
        editions: [],
        epoch: undefined,
      });
      const stone = await pressroom.stone(dirname(plain));
      const start = performance.now();
      await stone.lay('plain-again.html', readFileSync(plain, 'utf8'));
      await stone.pull();
      const printed = performance.now() - start;
      await stone.clear();
      if (run === 0) continue;
      ours.push(moments.printing - moments.laid);
      theirs.push(printed);
    }
  } finally {
    await pressroom.close();
  }
  const [set, printed] = [median(ours), median(theirs)];
  console.table({
    'our typesetter (measure, lines, pages, make-up)': {
      'median ms': set.toFixed(0),
      ratio: (set / printed).toFixed(2),
    },
    'Chromium, laying out and printing only': { 'median ms': printed.toFixed(0), ratio: '1.00' },
  });
}

const folder = temporary();
try {
  const text = textOf(positionals[0] ?? SAMPLE);
  const book = bookOf(folder, 'book', text, 'pages');
  const ours = (): number => time([COMMAND, 'build', '--book', book], join(book, 'dist', 'bench-long.pdf'));
  ours();
  const plain = plainGalley(folder, book);
  const contestants: Contestant[] = [{ what: 'Pamphleteer', run: ours }];
  const modules = modulesWithTypst();
  if (modules) {
    const script = fileURLToPath(new URL('typst.mjs', import.meta.url));
    const result = join(folder, 'typst.pdf');
    const args = [script, join(book, 'text.md'), result, fontsIn(folder), modules];
    contestants.push({ what: 'Typst', run: () => time(args, result) });
  } else console.log(`Typst is not installed here: npm install --no-save ${TYPST}`);
  contestants.push({ what: 'Chromium, printing only', run: () => printOnly(plain) });
  console.log(`${wordsOf(text)} words, whole processes, by turns, median of ${RUNS}`);
  await compare(contestants);
  await ownShare(book, plain);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
