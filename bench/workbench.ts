// What the benches share: the text to measure with, as long as wanted, and a book in a temporary folder around it.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const COMMAND = join(ROOT, 'scripts', 'pamphleteer.mjs');
export const SAMPLE = join(ROOT, 'manuscripts', 'long.md');

/** Pictures do not travel with a text that is measured elsewhere. */
export const textOf = (path: string): string =>
  readFileSync(path, 'utf8').replaceAll(/^:::figure[\s\S]*?^:::$|^!\[.*$/gm, '');

export const wordsOf = (text: string): number => text.split(/\s+/).length;

/** The text so many times over; the sections repeated need notes of their own. */
export const repeated = (text: string, times: number): string =>
  Array.from({ length: times }, (_, nth) => text.replaceAll(/\[\^(\w+)\]/g, `[^$1-${nth + 1}]`)).join('\n\n');

export const temporary = (): string => mkdtempSync(join(tmpdir(), 'bench-'));

/** A book of this text alone, in a folder of its own; its path. */
export function bookOf(folder: string, name: string, text: string, outputs: string): string {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, 'text.md'), text);
  writeFileSync(
    join(at, 'book.yaml'),
    `title: Bench\nauthor: Nobody\neditions:\n  long:\n    manuscript: text.md\n    outputs: [${outputs}]\n`,
  );
  return at;
}

/** The middle one. */
export const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
