// Folds that a paper cannot hold are known before anything is set, and told where the paper is named.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBook } from '../scripts/check.ts';
import { openLibrary } from '../scripts/io/library.ts';

async function told(yaml: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
  try {
    const panels = Array.from({ length: 7 }, (_, index) => `## Panel ${index}\n\nWords.\n`).join('\n');
    writeFileSync(join(folder, 'book.yaml'), `title: Small\nauthor: Jo Example\n${yaml}`);
    writeFileSync(join(folder, 'long.md'), `Eight.\n\n${panels}`);
    const { messages } = await readBook(await openLibrary(folder), []);
    return messages.map(({ line, ruleId, reason, note }) => `${line} ${ruleId} ${reason} | ${note}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const editions = (more: string): string => `editions:\n  long:\n    manuscript: long.md\n${more}`;

test('papers that hold the fold are fine', async () => {
  for (const fold of ['saddle', 'signatures', 'perfect-bound', 'quarto', 'quarter-fold', 'octavo'])
    assert.deepEqual(await told(`pamphlet: {fold: ${fold}, paper: [a3, a4, letter]}\n${editions('')}`), [], fold);
  assert.deepEqual(await told(editions('    outputs: [zine]\n    zine: {paper: [a3, a4, a5, letter]}\n')), []);
});

test('others are told where they are named, with those that would do', async () => {
  const own = await told(editions('    pamphlet:\n      fold: octavo\n      paper:\n        - a4\n        - a6\n'));
  assert.equal(own.length, 1);
  assert.match(
    own[0]!,
    /^10 panel-too-small On `a6`: the panels of `octavo` would be 37 × 52\.5 mm .* \| Take the paper .*`a4`/,
  );
  const shared = await told(`zine:\n  paper: [a4, a6]\n${editions('    outputs: [zine]\n')}`);
  assert.equal(shared.length, 1);
  assert.match(shared[0]!, /^4 panel-too-small On `a6`: /);
  // Not printed: not told.
  assert.deepEqual(await told(`zine: {paper: a6}\n${editions('    outputs: [pages]\n')}`), []);
});
