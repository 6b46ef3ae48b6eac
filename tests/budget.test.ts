// Exactly so many pages: the search alone against texts of numbers, then real manuscripts set in the browser to counts of pages
// that are known to be possible, because some setting within the bounds was seen to make them.
// `BUDGETS=100 node --import tsx --test tests/budget.test.ts` fills so many.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { readBounds, readBudget } from '../scripts/book/budget.ts';
import { PAPERS } from '../scripts/book/measure.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { openPressroom, type Pressroom } from '../scripts/io/browser.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import { composed } from './composing.ts';
import { faultsOf, proofOn } from './proof.ts';
import { needs, run } from './tools.ts';
import { book, pamphleteer, ROOT, temporary, write } from './workshop.ts';

const BOUNDS = readBounds(readFileSync(join(ROOT, 'templates/pamphlet/bounds.yaml'), 'utf8'));

let pressroom: Pressroom;
let folder: string;
before(async () => {
  folder = temporary();
  pressroom = await openPressroom(
    () => {},
    () => {},
  );
});
after(() => pressroom?.close());

test('what can stand after `pages`', () => {
  assert.deepEqual(readBudget('16'), { value: { kind: 'exactly', pages: 16 } });
  assert.deepEqual(readBudget('multiple of 4'), { value: { kind: 'multiple', pages: 4 } });
  assert.deepEqual(readBudget('fewest'), { value: { kind: 'fewest', pages: 4 } });
  for (const wrong of ['0', '-4', '3', 'many', '16.5', 'multiple of', '99999'])
    assert.ok('fault' in readBudget(wrong), wrong);
});

/** The words of the sample, so that lines, hyphens and sentences are like a real text's. */
const WORDS = readFileSync(join(ROOT, 'manuscripts/long.md'), 'utf8').match(/[A-Za-z’]+[,.;]?/g)!;

const paragraph = fc
  .tuple(fc.nat(WORDS.length - 1), fc.integer({ min: 8, max: 160 }))
  .map(([from, count]) => Array.from({ length: count }, (_, at) => WORDS[(from + at) % WORDS.length]!).join(' '));
const chapter = fc.tuple(
  fc.array(fc.tuple(paragraph, fc.integer({ min: 0, max: 9 }), paragraph), { minLength: 3, maxLength: 26 }),
  fc.boolean(),
);
const manuscript = fc.record({
  chapters: fc.array(chapter, { minLength: 1, maxLength: 7 }),
  trim: fc.constantFrom('a5', 'a5', 'half-letter', 'a6'),
  front: fc.constantFrom('brief' as const, 'full' as const),
  notes: fc.constantFrom('foot' as const, 'end' as const),
  style: fc.constantFrom('run-on' as const, 'page' as const),
  size: fc.double({ ...{ min: BOUNDS.size[0], max: BOUNDS.size[1] }, noNaN: true }),
  ratio: fc.double({ ...{ min: BOUNDS.leading[0], max: BOUNDS.leading[1] }, noNaN: true }),
});

function markdownOf(chapters: readonly (readonly [readonly (readonly [string, number, string])[], boolean])[]): string {
  let note = 0;
  return chapters
    .map(([paragraphs, sections], nth) => {
      const texts = paragraphs.map(([text, kind, other], at) => {
        if (kind === 0) return `${text}[^${++note}]\n\n[^${note}]: ${other}`;
        if (kind === 1) return `> ${text}`;
        if (kind === 2) return `- ${text.slice(0, 60)}\n- ${other.slice(0, 40)}`;
        return sections && at % 7 === 3 ? `## Section ${at}\n\n${text}` : text;
      });
      return `# Chapter ${nth + 1}\n\n${texts.join('\n\n')}`;
    })
    .join('\n\n');
}

const withPages = (edition: Edition, pages: string): Edition => {
  const budget = readBudget(pages);
  assert.ok('value' in budget);
  return { ...edition, config: { ...edition.config, pages: budget.value } };
};

const COUNT = Number(process.env['BUDGETS'] ?? 10);

test(`${COUNT} manuscripts fill the pages that they can fill`, async (t) => {
  const typecase = await openTypecase('');
  const bad: string[] = [];
  const layouts: number[] = [];
  let filled = 0;
  for (const [at, made] of fc.sample(manuscript, { seed: 1882, numRuns: COUNT }).entries()) {
    const plain = composed(markdownOf(made.chapters));
    const { pamphlet } = plain.config;
    const own = {
      ...{ ...pamphlet, trim: { name: made.trim, size: PAPERS[made.trim]! } },
      ...{ frontMatter: made.front, notes: made.notes, chapters: made.style },
    };
    const edition = { ...plain, config: { ...plain.config, pamphlet: own } };
    const other = { ...own, size: made.size, leading: made.size * made.ratio };
    const witness = { ...plain, config: { ...plain.config, pamphlet: other } };
    const seen = await proofOn(pressroom, witness, { folder, typecase, print: false });
    const wanted = seen.proof.pages.filter(({ kind }, page, all) => kind !== 'blank' || !isPadding(all, page)).length;
    const done = await proofOn(pressroom, withPages(edition, String(wanted)), { folder, typecase, print: false });
    const { budget } = done.set;
    if (!budget || !('setting' in budget)) {
      bad.push(`${at}: ${wanted} pages not filled: ${JSON.stringify(budget)}`);
      continue;
    }
    filled++;
    layouts.push(budget.layouts);
    if (done.proof.pages.length !== wanted) bad.push(`${at}: ${done.proof.pages.length} pages for ${wanted}`);
    if (isPadding(done.proof.pages, done.proof.pages.length - 2)) bad.push(`${at}: a blank before the back`);
    if (budget.setting.size < BOUNDS.size[0] - 1e-9) bad.push(`${at}: type of ${budget.setting.size} pt`);
    bad.push(...faultsOf(edition, done).map((fault) => `${at}: ${fault}`));
    if (budget.layouts > 12) bad.push(`${at}: ${budget.layouts} layouts`);
  }
  t.diagnostic(
    `${filled} of ${COUNT} filled, in ${Math.max(...layouts)} layouts at most, ${layouts.reduce((a, b) => a + b, 0) / layouts.length} on average`,
  );
  assert.deepEqual(bad, []);
});

/** Blanks that only fill up the sheet, before the back cover. */
const isPadding = (pages: readonly { readonly kind: string }[], at: number): boolean =>
  pages[at]?.kind === 'blank' && pages.slice(at, -1).every(({ kind }) => kind === 'blank');

const short = readFileSync(join(ROOT, 'manuscripts/short.md'), 'utf8');
const yaml = (more: string): string =>
  `title: Whose Machines?\nauthor: Jo Example\neditions:\n  short:\n    manuscript: short.md\n    outputs: [pages]\n${more}`;
const pagesOf = (made: string): number => Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', [made]))![1]);

for (const pages of [8, 12])
  test(`the short sample fills ${pages} pages, and a second run finds them at once`, needs('pdfinfo'), async () => {
    const made = book({ 'book.yaml': yaml(`    pages: ${pages}\n`), 'short.md': short });
    const first = await pamphleteer(['build', '--book', made]);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(pagesOf(join(made, 'dist/whose-machines-short.pdf')), pages);
    const ledger = readFileSync(join(made, 'dist/.work/ledger.json'), 'utf8');
    const pdf = readFileSync(join(made, 'dist/whose-machines-short.pdf'));
    // Had it been searched anew, the answer that is written here would not be taken.
    const [[key, filled]] = JSON.parse(ledger);
    write(made, { 'dist/.work/ledger.json': JSON.stringify([[key, { ...filled, layouts: 77 }]]) });
    const second = await pamphleteer(['build', '--book', made]);
    assert.equal(second.code, 0, second.stderr);
    assert.match(readFileSync(join(made, 'dist/.work/ledger.json'), 'utf8'), /"layouts": 77/);
    assert.deepEqual(readFileSync(join(made, 'dist/whose-machines-short.pdf')), pdf);
  });

test('`fewest` is the fewest, and `multiple of 4` one', needs('pdfinfo'), async () => {
  for (const [asked, wanted] of [
    ['fewest', 8],
    ['multiple of 4', 8],
  ] as const) {
    const made = book({ 'book.yaml': yaml(`    pages: ${asked}\n`), 'short.md': short });
    const done = await pamphleteer(['build', '--book', made]);
    assert.equal(done.code, 0, done.stderr);
    assert.equal(pagesOf(join(made, 'dist/whose-machines-short.pdf')), wanted, asked);
  }
  // The next smaller number is told to be impossible, and the one that is named is not.
  const made = book({ 'book.yaml': yaml('    pages: 4\n'), 'short.md': short });
  const refused = await pamphleteer(['build', '--book', made]);
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /short\.md:\d+:\d+: The text is about \d+ words too long for 4 pages, even in 9\.5 pt: 7 would do/,
  );
  assert.match(refused.stderr, /Write `pages: 7`, or shorten it; the longest paragraphs are “.+ …” \(\d+ words\)/);
});

test('too short a text is told, with the number of pages that it can fill', async () => {
  const made = book({ 'book.yaml': yaml('    pages: 40\n'), 'short.md': short });
  const refused = await pamphleteer(['build', '--book', made]);
  assert.equal(refused.code, 1);
  const [, most] = /too short for 40 pages: set in 11\.5 pt it fills (\d+)/.exec(refused.stderr)!;
  const [, named] = /Write `pages: (\d+)`/.exec(refused.stderr)!;
  assert.ok(Number(named) <= Number(most) && Number(named) % 4 === 0);
});

test('`check` tells what no booklet can have, and how far a text is from its reading time', async () => {
  const made = book({
    'book.yaml': `${yaml('    pages: 18\n    readingMinutes: 3\n').replace('[pages]', '[pamphlet]')}`,
    'short.md': short,
  });
  const done = await pamphleteer(['check', '--book', made]);
  assert.equal(done.code, 1);
  assert.match(
    done.stderr,
    /book\.yaml:7:12: A booklet stapled or sewn has a multiple of 4 pages, not 18\n {4}Write `16` or `20`/,
  );
  assert.match(
    done.stderr,
    /book\.yaml:8:21: advice: The edition `short` is read in 7 min, not in 3: it has about \d+ words more than that/,
  );
});
