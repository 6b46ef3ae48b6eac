// Folds that a paper cannot hold are known before anything is set, and told where the paper is named.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Reading, readBook } from '../scripts/check.ts';
import { foldOf, thicknessOf } from '../scripts/imposed.ts';
import { openLibrary } from '../scripts/io/library.ts';

async function told(yaml: string): Promise<string[]> {
  const { messages } = await reading(yaml);
  return messages.map(({ line, ruleId, reason, note }) => `${line} ${ruleId} ${reason} | ${note}`);
}

async function reading(yaml: string): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'sheets-'));
  try {
    const panels = Array.from({ length: 7 }, (_, index) => `## Panel ${index}\n\nWords.\n`).join('\n');
    writeFileSync(join(folder, 'book.yaml'), `title: Small\nauthor: Jo Example\n${yaml}`);
    writeFileSync(join(folder, 'long.md'), `Eight.\n\n${panels}`);
    return await readBook(await openLibrary(folder), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const editions = (more: string): string => `editions:\n  long:\n    manuscript: long.md\n${more}`;

test('papers that hold the fold are fine', async () => {
  for (const fold of ['auto', 'saddle', 'signatures', 'perfect-bound', 'quarto', 'quarter-fold', 'octavo'])
    assert.deepEqual(
      await told(`pamphlet: {fold: ${fold}, trim: a6, paper: [a3, a4, letter]}\n${editions('')}`),
      [],
      fold,
    );
  assert.deepEqual(await told(`pamphlet: {paper: letter}\n${editions('')}`), []);
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
  const unprinted = await told(`zine: {paper: a6}\n${editions('    outputs: [pages]\n')}`);
  assert.ok(unprinted.every((line) => !line.includes('panel-too-small')));
});

test('pages larger than their panel on every paper are told, with a trim and papers that would do', async () => {
  const pamphlet = (trim: string, paper: string, fold: string): string =>
    `pamphlet:\n  trim: ${trim}\n  paper: [${paper}]\n  fold: ${fold}\n${editions('')}`;
  const cases = [
    ['letter', 'a4, letter', 'saddle', /^4 trim-scaled Pages of 215\.9 × 279\.4 mm are printed at 6\d % .* on `a4`/],
    ['160mm x 220mm', 'a5', 'saddle', /trim-scaled .* 6\d % of their size on `a5`/],
    ['a5', 'a4', 'octavo', /trim-scaled .* 50 %/],
    ['300mm x 300mm', 'a5', 'saddle', /trim-too-large .* 3\d % .* too small to read/],
    ['a4', 'a4', 'octavo', /trim-too-large .* 35 %/],
    ['290mm x 290mm', 'a3', 'octavo', /trim-too-large .* 36 % .*the paper `\d+mm x \d+mm`/],
    // No printer takes so large a sheet as that would need.
    ['300mm x 300mm', 'a3', 'octavo', /trim-too-large .* 35 % .*\| Take the trim `\d+mm x \d+mm`\.$/],
  ] as const;
  for (const [trim, paper, fold, expected] of cases) {
    const [line, ...more] = await told(pamphlet(trim, paper, fold));
    assert.deepEqual(more, []);
    assert.match(line!, expected);
    // All that the hint names does work.
    const [trims, papers] = line!.split('| ')[1]!.split('the paper ');
    for (const [, name] of trims!.matchAll(/`([^`]+)`/g))
      assert.deepEqual(await told(pamphlet(name!, paper, fold)), [], `${fold}: ${line}`);
    for (const [, name] of (papers ?? '').matchAll(/`([^`]+)`/g))
      assert.deepEqual(await told(pamphlet(trim, name!, fold)), [], `${fold}: ${line}`);
  }
  // One paper that holds them is enough.
  assert.deepEqual(await told(pamphlet('a4', 'a3, a4', 'saddle')), []);
});

test('a booklet too thick for its fold: made otherwise where none was asked for, else told or refused', async () => {
  const cases = [
    ['', 160, 'saddle', undefined],
    ['', 164, 'signatures', /^advice fold-chosen .* 41 leaves of 80 g\/m² are 4\.1 mm thick/],
    ['', 1000, 'signatures', /^advice fold-chosen/],
    ['pamphlet: {fold: auto}\nprinter: {weight: 160gsm}', 84, 'signatures', /^advice fold-chosen .* 160 g/],
    ['pamphlet: {fold: signatures}', 1000, 'signatures', undefined],
    ['pamphlet: {fold: saddle}', 160, 'saddle', undefined],
    ['pamphlet: {fold: saddle}', 164, 'saddle', /^advice staples-too-short .* 41 leaves/],
    [
      'pamphlet: {fold: saddle}',
      201,
      'saddle',
      /^error fold-too-thick 51 sheets .* \| .*`signatures`.*`perfect-bound`/,
    ],
    ['pamphlet: {fold: quarter-fold}', 160, 'quarter-fold', undefined],
    ['pamphlet: {fold: quarter-fold}', 168, 'quarter-fold', /^advice staples-too-short .* 42 leaves/],
    ['pamphlet: {fold: quarter-fold}', 208, 'quarter-fold', /^error fold-too-thick/],
    ['pamphlet: {fold: perfect-bound}', 3000, 'perfect-bound', undefined],
    ['pamphlet: {fold: octavo}', 1000, 'octavo', undefined],
  ] as const;
  for (const [yaml, pages, fold, expected] of cases) {
    const [edition] = (await reading(`${yaml}\n${editions('')}`)).editions;
    const said = thicknessOf(edition!, pages).map(
      ({ advice, rule, reason, hint }) => `${advice ? 'advice' : 'error'} ${rule} ${reason} | ${hint}`,
    );
    assert.equal(foldOf(edition!.config, pages), fold, `${yaml}, ${pages}`);
    assert.equal(said.length, expected ? 1 : 0, said.join());
    if (expected) assert.match(said[0]!, expected);
  }
});

test('a margin that leaves nothing of the panels is told, with one that would do', async () => {
  const zine = (margin: string): string =>
    `zine: {paper: a5}\nprinter:\n  margin: ${margin}\n${editions('    outputs: [zine]\n')}`;
  const [line, ...more] = await told(zine('20mm'));
  assert.deepEqual(more, []);
  assert.match(line!, /^5 margin-too-wide On `a5`: a margin of 20 mm .* 52\.5 × 74 mm \| A margin of `13mm` will do/);
  assert.deepEqual(await told(zine('13mm')), []);
});
