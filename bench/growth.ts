// How time and memory grow with the text: whole cold processes, `npm run bench:growth [MANUSCRIPT.md]`. Prints a table.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bookOf, COMMAND, repeated, SAMPLE, temporary, textOf, wordsOf } from './workbench.ts';

const TIMES = [1, 4, 16, 64];
/** A text longer than this is refused (see io/library.ts). */
const LARGEST = 5 << 20;

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly megabytes: number;
}

/** All that run, as Linux tells it; none elsewhere. */
function processes(): Process[] {
  try {
    return readdirSync('/proc').flatMap((id) => (/^\d+$/.test(id) ? readProcess(id) : []));
  } catch {
    return [];
  }
}

function readProcess(id: string): Process[] {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const number = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ id: Number(id), parent: number('PPid'), megabytes: number('VmRSS') / 1024 }];
  } catch {
    return []; // it ended meanwhile
  }
}

/** Resident memory of a process and all below it, in MB; what they share is counted for each. */
function memoryOf(root: number): number {
  const all = processes();
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { id, parent } of all) if (tree.has(parent)) tree.add(id);
  }
  return all.reduce((sum, { id, megabytes }) => sum + (tree.has(id) ? megabytes : 0), 0);
}

/** Seconds, and the most memory at any of the moments looked at. */
async function run(book: string): Promise<{ readonly seconds: number; readonly peak: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'build', '--book', book], { stdio: ['ignore', 'ignore', 'inherit'] });
  let peak = 0;
  let ended: number | undefined;
  child.once('exit', () => {
    ended = performance.now();
  });
  while (ended === undefined) {
    peak = Math.max(peak, memoryOf(child.pid!));
    await setTimeout(50);
  }
  if (child.exitCode !== 0) throw new Error(`the build ended with ${child.exitCode}`);
  return { seconds: (ended - start) / 1000, peak };
}

const folder = temporary();
try {
  const text = textOf(process.argv[2] ?? SAMPLE);
  await run(bookOf(folder, 'warm', text, 'pages'));
  const table: Record<string, object> = {};
  for (const times of TIMES) {
    const long = repeated(text, times);
    if (Buffer.byteLength(long) > LARGEST) {
      console.log(`${times} ×: longer than any text may be`);
      continue;
    }
    const book = bookOf(folder, `times-${times}`, long, 'pages');
    const { seconds, peak } = await run(book);
    const { files } = JSON.parse(readFileSync(join(book, 'dist', 'manifest.json'), 'utf8')) as {
      files: { pages: number }[];
    };
    table[`${times} ×`] = {
      words: wordsOf(long),
      pages: files[0]?.pages,
      seconds: seconds.toFixed(2),
      'seconds / 1 ×': (seconds / times).toFixed(2),
      'peak MB': Math.round(peak) || 'unknown',
    };
  }
  console.table(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
