// The typesetter in a real browser: books that hold everything, the sample, and generated documents, set and read back.
// `DRAFTS=1000 node --import tsx --test tests/typesetting.test.ts` sets so many; `DRAFT=17` that one alone.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { PAPERS } from '../scripts/book/measure.ts';
import { type Reading, readBook } from '../scripts/check.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Edition, Picture } from '../scripts/edition/edition.ts';
import { openPressroom, type Pressroom } from '../scripts/io/browser.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import { open } from '../scripts/print/joining.ts';
import { save } from '../scripts/print/pdf.ts';
import { composed } from './composing.ts';
import { manuscript, written } from './drafts.ts';
import { faultsOf, type Proof, proofOn } from './proof.ts';
import { needs, run } from './tools.ts';
import { ROOT, temporary } from './workshop.ts';

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

type Settings = Edition['config']['pamphlet'];
const trim = (name: string): Pick<Settings, 'trim'> => ({ trim: { name, size: PAPERS[name]! } });
const withSettings = (edition: Edition, settings: Partial<Settings>): Edition => ({
  ...edition,
  config: { ...edition.config, pamphlet: { ...edition.config.pamphlet, ...settings } },
});

async function reading(book: string): Promise<Required<Pick<Reading, 'typecase' | 'editions'>>> {
  const { editions, typecase, messages } = await readBook(await openLibrary(book), []);
  assert.deepEqual(messages.filter(({ fatal }) => fatal !== false).map(String), []);
  return { editions, typecase: typecase! };
}

const TORTURE = join(ROOT, 'tests', 'books', 'torture');
const VARIANTS: readonly Partial<Settings>[] = [
  { ...trim('a5'), notes: 'foot', chapters: 'page', frontMatter: 'full' },
  { ...trim('a6'), notes: 'foot', chapters: 'recto', frontMatter: 'full' },
  { ...trim('half-letter'), notes: 'foot', chapters: 'run-on', frontMatter: 'full' },
  { ...trim('a5'), notes: 'end', chapters: 'recto', frontMatter: 'full' },
  { ...trim('a6'), notes: 'end', chapters: 'page', frontMatter: 'brief' },
  { ...trim('a5'), notes: 'chapter', chapters: 'page', frontMatter: 'full' },
  { ...trim('a6'), notes: 'chapter', chapters: 'run-on', frontMatter: 'brief' },
  { ...trim('a5'), notes: 'chapter', chapters: 'run-on', frontMatter: 'full' },
  { ...trim('a4'), notes: 'foot', chapters: 'page', frontMatter: 'brief' },
];

/** The chapter “Breaks” begins with a page break: its opening is to stand alone. */
const wanted = (fault: string): boolean => !/heading at the foot: heading “6Breaks”/.test(fault);

for (const variant of VARIANTS) {
  const { trim: paper, notes, chapters, frontMatter } = variant;
  test(`the torture book: ${paper!.name}, notes: ${notes}, ${chapters}, ${frontMatter}`, async () => {
    const { editions, typecase } = await reading(TORTURE);
    const edition = withSettings(editions[0]!, variant);
    const done = await proofOn(pressroom, edition, { folder, typecase, print: false });
    assert.deepEqual(faultsOf(edition, done).filter(wanted), []);
    assert.deepEqual(numbersOf(done.proof), NUMBERS, 'no item of a list is numbered twice, none is left out');
  });
}

/** The numbers of the torture book's counted lists, as they are drawn. */
const numbersOf = (proof: Proof): number[] => proof.pages.flatMap(({ values }) => values.map(Number));
const count = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
const NUMBERS = [1, 2, ...count(7, 19), ...count(98, 105), 1, 2];

test('the torture book as a PDF: every word is there, and can be found whole', needs('pdftotext'), async () => {
  const { editions, typecase } = await reading(TORTURE);
  const edition = editions[0]!;
  const { set, proof } = await proofOn(pressroom, edition, { folder, typecase, print: true });
  const path = join(folder, 'torture.pdf');
  writeFileSync(path, save(await open(set.parts)));
  const pages = run('pdftotext', ['-raw', path, '-']).split('\f');
  assert.equal(pages.length - 1, set.pages);
  const lettersOf = (text: string): string =>
    text
      .normalize('NFKC')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase();
  const sorted = (text: string): string => [...lettersOf(text)].sort().join('');
  // Letter for letter the same on each page (figures aside: lists and contents draw theirs); their order is the reader's affair where columns stand side by side.
  proof.pages.forEach(({ kind, text, noteText, folio, head = '', again, moved }, index) => {
    if (kind !== 'text') return;
    const set = text + moved + again + noteText.map((note) => note.text).join('') + folio + head;
    assert.equal(sorted(pages[index]!), sorted(set), `page ${index + 1}`);
  });
  assert.doesNotMatch(pages.join(''), /\u00ad/, 'no soft hyphen is left');
});

test('a book without any heading', async () => {
  const { editions, typecase } = await reading(join(ROOT, 'tests', 'books', 'bare'));
  const done = await proofOn(pressroom, editions[0]!, { folder, typecase, print: false });
  assert.deepEqual(faultsOf(editions[0]!, done), []);
  assert.equal(done.set.pages, 4);
});

test('the sample, every edition', async () => {
  const { editions, typecase } = await reading(ROOT);
  for (const edition of editions) {
    if (edition.config.outputs.includes('zine')) continue;
    const done = await proofOn(pressroom, edition, { folder, typecase, print: false });
    assert.deepEqual(faultsOf(edition, done), [], edition.config.name);
  }
});

test('nothing to set makes no pages of text, and no trouble', async () => {
  const typecase = await openTypecase('');
  for (const source of ['::pagebreak', '::pagebreak\n\n::pagebreak\n\n# A\n\n::pagebreak', '# A\n\n# B', '***']) {
    for (const chapters of ['recto', 'page', 'run-on'] as const) {
      const edition = withSettings(composed(source), { chapters, frontMatter: 'full' });
      const done = await proofOn(pressroom, edition, { folder, typecase, print: false });
      const faults = faultsOf(edition, done).filter((fault) => !/no page has #/.test(fault));
      assert.deepEqual(faults, [], `${source} ${chapters}`);
      assert.equal(done.set.pages % 4, 0);
    }
  }
});

test('what is taller than a page is shrunk or divided, and a row that cannot be is told', async () => {
  const typecase = await openTypecase('');
  const long = 'A sentence that is repeated until nobody reads it. '.repeat(90);
  const shapes: Record<string, string> = {
    epigraph: `:::epigraph\n${long}\n\n— Nobody\n:::`,
    'pull quote': `:::pullquote\n${long}\n:::`,
    caption: `:::figure\n![x](a.png)\n\n${long}\n:::`,
    'line of code': `\`\`\`\n${long}\n\`\`\``,
    quotation: `> ${long}`,
    note: `Called.[^1]\n\n[^1]: ${long}`,
    'pull quote in a note': `Called.[^1]\n\n[^1]: Note.\n\n    :::pullquote\n    ${long}\n    :::`,
    'heading of five lines': `### ${long.slice(0, 260)}\n\nBelow it.`,
    'title of a chapter': `## ${long.slice(0, 180)}\n\nBelow it.`,
    'word wider than the line': `${'i'.repeat(400)} and ${'wide'.repeat(60)}[^1]\n\n[^1]: ${'note'.repeat(90)}`,
    'table wider than the measure': `| ${'Incomprehensibilities | '.repeat(9)}\n|${' - |'.repeat(9)}\n| ${'b | '.repeat(9)}`,
    '400 notes on one paragraph': `${many((at) => `word[^${at}]`, ' ')}\n\n${many((at) => `[^${at}]: Note ${at}.`, '\n\n')}`,
    'picture taller than the page': '![x](tall.png "Tall.")',
  };
  for (const [name, source] of Object.entries(shapes)) {
    const edition = withSettings(composed(`# A\n\nBefore.\n\n${source}\n\nAfter.`, { pictures: PICTURES }), trim('a6'));
    const done = await proofOn(pressroom, edition, { folder, typecase, print: false });
    assert.deepEqual(faultsOf(edition, done), [], name);
  }
  const row = withSettings(composed(`# A\n\n| a | b |\n| - | - |\n| ${long} | b |`), trim('a6'));
  assert.notDeepEqual((await proofOn(pressroom, row, { folder, typecase, print: false })).set.overfull, []);
});

const many = (write: (at: number) => string, between: string): string =>
  Array.from({ length: 400 }, (_, at) => write(at + 1)).join(between);

const TALL: Picture = {
  id: 'picture-2',
  path: 'tall.svg',
  mediaType: 'image/svg+xml',
  bytes: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="4000"><path d="M0 0h90v4000z"/></svg>',
  ),
  width: 90,
  height: 4000,
};
const TOWER: Picture = {
  id: 'picture-1',
  path: 'tower.svg',
  mediaType: 'image/svg+xml',
  bytes: readFileSync(join(TORTURE, 'pictures', 'tower.svg')),
  width: 120,
  height: 160,
};
const PICTURES = new Map([
  ...['1.md', '2.md'].map((file) => [pictureKey(file, 'a.png'), TOWER] as const),
  [pictureKey('1.md', 'tall.png'), TALL] as const,
]);

/** Drawn from a fixed seed: the same documents in every run. */
const COUNT = Number(process.env['DRAFTS'] ?? 60);
const ONLY = process.env['DRAFT'];

test(`${COUNT} generated documents in every combination of settings`, async () => {
  const typecase = await openTypecase('');
  const drafts = fc.sample(manuscript, { seed: 1907, numRuns: ONLY ? Number(ONLY) + 1 : COUNT });
  const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!;
  const bad: string[] = [];
  for (const [at, [files, language]] of drafts.entries()) {
    if (ONLY && at !== Number(ONLY)) continue;
    const sources = files.map((pieces, index) => written(pieces, 'xy'[index]!).markdown);
    if (ONLY) console.log(language, sources.join('\n=====\n'));
    const edition = withSettings(composed(sources, { language, pictures: PICTURES }), {
      ...trim(pick(['a5', 'a6', 'half-letter'], at)),
      notes: pick(['foot', 'end', 'chapter'], Math.floor(at / 3)),
      chapters: pick(['recto', 'page', 'run-on'], Math.floor(at / 9)),
      frontMatter: pick(['full', 'brief'], Math.floor(at / 27)),
    });
    try {
      const done = await proofOn(pressroom, edition, { folder, typecase, print: false });
      bad.push(...faultsOf(edition, done).map((fault) => `draft ${at}: ${fault}`));
    } catch (error) {
      bad.push(`draft ${at}: ${String(error)}`);
    }
  }
  assert.ok(bad.length === 0, bad.join('\n'));
});
