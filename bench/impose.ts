// What imposing costs: time in process, file size, fonts and memory, `npx tsx --expose-gc bench/impose.ts`. Prints a table.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

async function measure(name: string, pages: number): Promise<string> {
  const source = await oversize(pages);
  const run = async (): Promise<Uint8Array> => {
    const scheme = schemeFor(FORMATS[name]!(pages), pages);
    const sheet = laid(scheme, PAPERS.a4!, TRIM);
    return impose(source, { scheme, sheet, trim: TRIM, offset: OFFSET, bleed: 0, date: new Date(0), foldMarks: true });
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
  const kb = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`;
  const cells = [name, pages, `${median(times).toFixed(0)} ms`, `${kb(source.length)} → ${kb(imposed.length)}`];
  return [...cells, `${await fontsIn(source)} → ${await fontsIn(imposed)}`, `${(heap / 2 ** 20).toFixed(0)} MB`].join(
    ' | ',
  );
}

/** The same booklet by pdfjam, which needs TeX; undefined where it is not installed. */
async function pdfjam(pages: number): Promise<string | undefined> {
  if (spawnSync('which', ['pdfjam']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'impose-'));
  const { width, height } = landscape(PAPERS.a4!);
  writeFileSync(join(folder, 'in.pdf'), await oversize(pages));
  const start = performance.now();
  const paper = `{${width}bp,${height}bp}`;
  spawnSync('pdfjam', ['--booklet', 'true', '--papersize', paper, 'in.pdf', '-o', 'out.pdf'], { cwd: folder });
  const taken = performance.now() - start;
  rmSync(folder, { recursive: true });
  return `pdfjam --booklet | ${pages} | ${taken.toFixed(0)} ms`;
}

console.log('fold | pages | time | size | fonts | heap\n--- | --- | --- | --- | --- | ---');
for (const [name, pages] of [
  ...([8, 100, 500, 2000] as const).map((count) => ['saddle', count] as const),
  ...(['signatures', 'quarto', 'octavo', 'perfect-bound', 'cut-and-stack'] as const).map(
    (fold) => [fold, 100] as const,
  ),
] as const)
  console.log(await measure(name, pages));
console.log((await pdfjam(100)) ?? 'pdfjam is not installed: not measured');
