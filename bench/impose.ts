// What imposing costs: time in process, file size, fonts and memory, `npx tsx --expose-gc bench/impose.ts`. Prints a table.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFDocument, StandardFonts } from '@pdfme/pdf-lib';
import { landscape, PAPERS } from '../scripts/book/measure.ts';
import { laid } from '../scripts/print/fitting.ts';
import { schemeFor } from '../scripts/print/folds.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { impose } from '../scripts/print/imposition.ts';
import { load } from '../scripts/print/pdf.ts';
import { OFFSET, oversize, TRIM } from '../tests/oversize.ts';

const RUNS = 5;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function fontsIn(pdf: Uint8Array): Promise<number> {
  const objects = (await load(pdf)).context.enumerateIndirectObjects();
  return objects.filter(([, object]) => /\/Type \/Font\b/.test(`${object}`.slice(0, 300))).length;
}

/** A5 pages full of words, as books have them. */
async function full(pages: number): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const font = await doc.embedFont(StandardFonts.TimesRoman);
  for (let number = 1, seed = 1; number <= pages; number++) {
    const page = doc.addPage([TRIM.width, TRIM.height]);
    for (let line = 0; line < 38; line++) {
      const words = Array.from({ length: 11 }, () => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return WORDS[seed % WORDS.length];
      });
      page.drawText(words.join(' '), { x: 40, y: 540 - line * 13, size: 10, font });
    }
  }
  return doc.save();
}
const WORDS =
  'who owns a machine that writes and reads what nobody has asked it for and then sells the answer back'.split(' ');

const kb = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;

async function measure(name: string, pages: number, source: Uint8Array, label = ''): Promise<string> {
  const ours = label === '';
  const run = async (): Promise<Uint8Array> => {
    const scheme = schemeFor(FORMATS[name]!(pages), pages);
    const sheet = laid(scheme, PAPERS.a4!, TRIM);
    const boxes = ours ? { trim: TRIM, offset: OFFSET } : {};
    return impose(source, { scheme, sheet, ...boxes, bleed: 0, date: new Date(0), foldMarks: true });
  };
  const times: number[] = [];
  let imposed = await run();
  let heap = 0;
  for (let index = 0; index < RUNS; index++) {
    globalThis.gc?.();
    const [start, before] = [performance.now(), process.memoryUsage().heapUsed];
    imposed = await run();
    times.push(performance.now() - start);
    heap = Math.max(heap, process.memoryUsage().heapUsed - before);
  }
  const size = `${kb(source.length)} → ${kb(imposed.length)}`;
  const fonts = `${await fontsIn(source)} → ${await fontsIn(imposed)}`;
  const cells = [`${name}${label}`, pages, `${median(times).toFixed(0)} ms`, size, fonts];
  return [...cells, `${(heap / 2 ** 20).toFixed(0)} MB`].join(' | ');
}

/** The same booklet by whole programs, one after the other: our command, and pdfjam, which needs TeX and may not be installed. */
function programs(source: Uint8Array, pages: number): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'impose-'));
  writeFileSync(join(folder, 'in.pdf'), source);
  const { width, height } = landscape(PAPERS.a4!);
  const command = fileURLToPath(new URL('../scripts/pamphleteer.mjs', import.meta.url));
  const all: readonly (readonly [string, string, readonly string[]])[] = [
    ['the whole command', process.execPath, [command, 'impose', 'in.pdf', '-o', 'out.pdf']],
    [
      'pdfjam --booklet',
      'pdfjam',
      ['--booklet', 'true', '--papersize', `{${width}bp,${height}bp}`, 'in.pdf', '-o', 'jam.pdf'],
    ],
  ];
  const told = all.map(([name, program, args]) => {
    const runs = Array.from({ length: 3 }, () => {
      const start = performance.now();
      const done = spawnSync(program, args, { cwd: folder });
      return done.status === 0 ? performance.now() - start : Number.NaN;
    });
    const taken = median(runs);
    if (Number.isNaN(taken)) return `${name} | ${pages} | not installed: not measured`;
    return `${name} | ${pages} | ${taken.toFixed(0)} ms | → ${kb(statSync(join(folder, args.at(-1)!)).size)}`;
  });
  rmSync(folder, { recursive: true });
  return told;
}

console.log('fold | pages | time | size | fonts | heap\n--- | --- | --- | --- | --- | ---');
for (const [name, pages] of [
  ...([8, 100, 500, 2000] as const).map((count) => ['saddle', count] as const),
  ...(['signatures', 'quarto', 'octavo', 'perfect-bound', 'cut-and-stack'] as const).map(
    (fold) => [fold, 100] as const,
  ),
] as const)
  console.log(await measure(name, pages, await oversize(pages)));
const book = await full(100);
console.log(await measure('saddle', 100, book, ', full pages'));
for (const line of programs(book, 100)) console.log(line);
