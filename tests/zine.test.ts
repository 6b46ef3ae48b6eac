// Zines as they come out of a build: legible, clear of the sheet's edge, all words there in order, folded right, and filled.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PAPERS } from '../scripts/book/measure.ts';
import { layOut } from '../scripts/print/stacks.ts';
import { foldAndRead } from './folding.ts';
import { bare, type Cell, deepestGap, greyOf, inMm, letters, pagesOf, smallestType, whiteAround } from './panelling.ts';
import { upTo } from './schemes.ts';
import { needs, run } from './tools.ts';
import { book, pamphleteer, ROOT, sample } from './workshop.ts';

const POPPLER = needs('pdftotext', 'pdftoppm', 'pdftohtml', 'pdfinfo');
/** Three times 7.5 pt, rounded as poppler rounds. */
const LEGIBLE = 23;
const SAFE = 5;

async function built(folder: string): Promise<string> {
  const done = await pamphleteer(['build', 'zine', '--book', folder]);
  assert.equal(done.code, 0, done.stderr);
  return join(folder, 'dist');
}

/** A manuscript's words as they are printed: marks, blocks' colons and addresses gone. */
const wordsOf = (markdown: string): string =>
  bare(
    markdown
      .replace(/^:::?:?.*$/gm, '')
      .replace(/:foreign\[([^\]]*)\]\{[^}]*\}/g, '$1')
      .replace(/!\[[^\]]*\]\([^)]*\)/g, ''),
  );

/** Each panel's letters stand in its cell of the sheets, and the sheets fold to the panels in order. */
function assertFolded(pdf: string, panels: string, fold: string, paper: 'a4' | 'letter', pages: number): void {
  const { scheme, sheet } = layOut({ fold }, PAPERS[paper]!, { pages, spine: 'left' });
  assert.deepEqual(foldAndRead(scheme), upTo(pages));
  const sizes = pagesOf(pdf);
  const [width, height] = [sheet.width / scheme.columns, sheet.height / scheme.rows];
  const sides = scheme.sheets.flatMap(({ outer, inner }) => (inner === 'blank' ? [outer] : [outer, inner]));
  assert.ok(sizes.length >= sides.length);
  sides.forEach((forme, side) => {
    assert.ok(Math.abs(sizes[side]!.width - sheet.width) < 1, 'the sheet lies as the fold wants it');
    forme.forEach((row, y) => {
      row.forEach(({ folio }, x) => {
        const cell: Cell = { left: x * width, top: y * height, width, height };
        // Turned pages give their letters in another order.
        const sorted = (text: string): string => [...text].sort().join('');
        assert.equal(sorted(letters(pdf, side + 1, cell)), sorted(letters(panels, folio as number)), `panel ${folio}`);
      });
    });
  });
}

test(
  'the sample zine: legible, clear of the edge, whole, folded right, and full, on both papers',
  POPPLER,
  async () => {
    const dist = await built(sample());
    const panels = join(dist, 'whose-machines-zine.pdf');
    const source = readFileSync(join(ROOT, 'manuscripts', 'zine.md'), 'utf8');
    const printed = upTo(8).map((page) => letters(panels, Number(page)));
    const text = printed.slice(1).join('');
    for (const part of source.split(/^## /m).slice(1))
      for (const paragraph of part.split(/\n\s*\n|^- /m)) assert.ok(text.includes(wordsOf(paragraph)), paragraph);
    assert.ok(printed[0]!.endsWith(wordsOf(source.split('\n')[0]!)), 'the promise');
    assert.ok(printed[0]!.startsWith('WHOSEMACHINES'), 'the title');
    assert.ok(printed[7]!.includes(bare('example.org/whose-machines')), 'the address');
    for (const page of upTo(8)) {
      const gap = deepestGap(panels, Number(page));
      assert.ok(gap < 16, `panel ${page} has ${gap.toFixed(1)} mm of white across it`);
    }
    for (const paper of ['a4', 'letter'] as const) {
      const sheet = join(dist, `whose-machines-zine-sheet-${paper}.pdf`);
      assert.ok(smallestType(sheet) >= LEGIBLE, `the smallest type is ${smallestType(sheet) / 3} pt`);
      const white = Math.min(...Object.values(whiteAround(sheet, 1)));
      assert.ok(white >= SAFE, `ink ${white.toFixed(2)} mm off the sheet's edge on ${paper}`);
      assert.equal(pagesOf(sheet).length, 1);
      if (paper === 'a4') assertFolded(sheet, panels, 'one-sheet-8', paper, 8);
    }
  },
);

/** Paragraphs of numbered words: lost, doubled or exchanged ones show. */
function numbered(paragraphs: readonly number[], head: (index: number) => string): string {
  let word = 0;
  return paragraphs
    .map((count, index) => `${head(index)}${Array.from({ length: count }, () => `w${++word}x`).join(' ')}.`)
    .join('\n\n');
}
const heads = (every: number) => (index: number) => (index % every === 0 ? `## Part ${index / every}\n\n` : '');
const config = (zine: string, paper = 'a4'): string => `title: Town
author: Jo Example
language: en
url: https://example.org/town
editions:
  zine: {manuscript: zine.md, outputs: [zine], zine: {paper: ${paper}, ${zine}}}
`;

const FLOWS: readonly (readonly [fold: string, pages: number, paragraphs: number, words: number])[] = [
  ['one-sheet-8', 8, 14, 36],
  ['one-sheet-16', 16, 30, 33],
  ['quarter-fold', 16, 50, 41],
  ['saddle', 12, 60, 52],
  ['accordion', 8, 30, 37],
];

for (const [fold, pages, paragraphs, words] of FLOWS)
  test(`text runs through ${pages} panels folded as ${fold}: nothing lost, nothing small`, POPPLER, async () => {
    const body = numbered(
      Array.from({ length: paragraphs }, (_, index) => words + (index % 5) * 3),
      heads(5),
    );
    const list = `- ${numbered([8, 19, 30], () => '')
      .replace(/\n\n/g, '\n- ')
      .replace(/w/g, 'v')}`;
    const source = `A line.\n\n${body}[^1]\n\n${list}\n\n[^1]: ${numbered([25], () => '').replace(/w/g, 'n')}\n`;
    const sized = fold === 'saddle' ? `fold: ${fold}, pages: ${pages}` : `fold: ${fold}`;
    const dist = await built(book({ 'book.yaml': config(`flow: true, ${sized}`), 'zine.md': source }));
    const panels = join(dist, 'town-zine.pdf');
    assert.equal(pagesOf(panels).length, pages);
    const inner = upTo(pages)
      .slice(1, -1)
      .map((page) => letters(panels, Number(page)));
    const text = inner.join('');
    const order = (mark: string): number[] =>
      [...text.matchAll(new RegExp(`${mark}(\\d+)X`, 'g'))].map(([, found]) => Number(found));
    const count = (source.match(/w\d+x/g) ?? []).length;
    assert.deepEqual(
      order('W'),
      Array.from({ length: count }, (_, index) => index + 1),
    );
    assert.deepEqual(
      order('V'),
      Array.from({ length: 57 }, (_, index) => index + 1),
    );
    assert.deepEqual(
      order('N'),
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
    // No panel ends with a heading.
    for (const page of inner) assert.doesNotMatch(page, /PART\d+$/);
    const sheet = join(dist, 'town-zine-sheet-a4.pdf');
    assert.ok(smallestType(sheet) >= LEGIBLE, `the smallest type is ${smallestType(sheet) / 3} pt`);
    for (const side of pagesOf(sheet).keys()) {
      const white = Math.min(...Object.values(whiteAround(sheet, side + 1)));
      assert.ok(white >= SAFE, `ink ${white.toFixed(2)} mm off the edge of side ${side + 1}`);
    }
    assertFolded(sheet, panels, fold, 'a4', pages);
  });

test('text that runs and is too long is told by how many words; without them it fits', POPPLER, async () => {
  const text = (words: number): string => `A line.\n\n## One\n\n${'word '.repeat(words)}\n`;
  const folder = book({ 'book.yaml': config('flow: true'), 'zine.md': text(1600) });
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 1);
  const over = Number(/The text of the zine is about (\d+) words too long for a4 at 8 pt/.exec(done.stderr)?.[1]);
  assert.ok(over > 50 && over < 1500, done.stderr);
  await built(book({ 'book.yaml': config('flow: true'), 'zine.md': text(1600 - over - 5) }));
});

const PRESS = readFileSync(join(ROOT, 'manuscripts', 'pictures', 'press.svg'));
const PLACED = Array.from({ length: 7 }, (_, index) => `## Panel ${index}\n\n${'A few words here. '.repeat(9)}\n`);

test('a poster: the sheet has two sides, the ticket and the printer know it', POPPLER, async () => {
  const words = 'Who asked the machines before morning';
  const source = `A line.\n\n${PLACED.join('\n')}\n:::poster\n${words}\n:::\n`;
  const dist = await built(book({ 'book.yaml': config('fold: one-sheet-8', '[a4, letter]'), 'zine.md': source }));
  for (const paper of ['a4', 'letter']) {
    const sheet = join(dist, `town-zine-sheet-${paper}.pdf`);
    const [front, back, ...more] = pagesOf(sheet);
    assert.deepEqual([back, more], [front, []]);
    assert.equal(letters(sheet, 2), bare(words));
    assert.ok(!letters(sheet, 1).includes(bare(words)));
    assert.ok(!letters(join(dist, 'town-zine.pdf'), 8).includes(bare(words)));
    const white = whiteAround(sheet, 2);
    for (const side of Object.values(white)) assert.ok(side >= SAFE && side < 25, JSON.stringify(white));
    assert.match(
      readFileSync(sheet, 'latin1') + run('qpdf', ['--qdf', '--object-streams=disable', sheet, '-']),
      /DuplexFlipShortEdge/,
    );
    assert.match(run('pdftotext', [join(dist, `town-zine-sheet-${paper}-ticket.pdf`), '-']), /both sides/);
  }
  assert.match(readFileSync(join(dist, 'index.html'), 'utf8'), /on both sides/);
});

test('a promise that the front cannot hold is told, and the same zine twice is the same bytes', async () => {
  const zine = (promise: string): string =>
    book({
      'book.yaml': config('fold: one-sheet-8'),
      'zine.md': `${promise}\n\n${PLACED.join('\n')}\n:::poster\nPrint\n:::\n`,
    });
  const done = await pamphleteer(['build', '--book', zine('A line of many words. '.repeat(60))]);
  assert.match(done.stderr, /Panel 1 of the zine is about \d+ words too long/);
  const [one, other] = [await built(zine('A line.')), await built(zine('A line.'))];
  for (const file of ['town-zine.pdf', 'town-zine-sheet-a4.pdf'])
    assert.deepEqual(readFileSync(join(one, file)), readFileSync(join(other, file)), file);
});

test('a picture across two panels meets itself at the fold', POPPLER, async () => {
  const bar = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60"><path d="M0 0H200V60H0Z"/></svg>`;
  const shown = (panel: number): string =>
    PLACED.map((one, index) =>
      index === panel ? one.replace('\n\n', '\n\n:::figure{spread}\n![A bar.](bar.svg)\n:::\n\n') : one,
    ).join('\n');
  const files = { 'book.yaml': config('fold: one-sheet-8'), 'bar.svg': bar };
  const dist = await built(book({ ...files, 'zine.md': `A line.\n\n${shown(0)}` }));
  const { width, pixels } = greyOf(join(dist, 'town-zine-sheet-a4.pdf'), 1);
  const dot = (mm: number): number => Math.round((mm / 25.4) * 150);
  // Panels 2 and 3 stand in the lower row, third and fourth; their heads at half the sheet's height.
  const y = dot(105 + 10);
  const row = pixels.subarray(y * width, (y + 1) * width);
  const [from, to] = [dot(148.5) + 2, dot(297 - 5.5) - 2];
  assert.ok(
    row.subarray(from, to).every((value) => value < 100),
    'black from the fold to the margin',
  );
  assert.ok(
    row.subarray(to + 4).every((value) => value > 250),
    'white at the edge',
  );
  const wrong = await pamphleteer(['check', '--book', book({ ...files, 'zine.md': `A line.\n\n${shown(1)}` })]);
  assert.match(wrong.stderr, /picture across two panels begins on panel 3/);
  // A fan of eight has 1 to 4 on one side: 4 and 5 stand back to back, and 2 and 3, 3 and 4 side by side.
  const fan = { ...files, 'book.yaml': config('fold: accordion') };
  const apart = await pamphleteer(['check', '--book', book({ ...fan, 'zine.md': `A line.\n\n${shown(2)}` })]);
  assert.match(apart.stderr, /begins on panel 4, and panel 5 does not lie beside it/);
  assert.match(apart.stderr, /on panel 2, 3, 5 or 6\./);
  for (const panel of [1, 4]) {
    const sheets = await built(book({ ...fan, 'zine.md': `A line.\n\n${shown(panel)}` }));
    for (const side of [1, 2]) {
      const white = Math.min(...Object.values(whiteAround(join(sheets, 'town-zine-sheet-a4.pdf'), side)));
      assert.ok(white >= SAFE, `ink ${white.toFixed(2)} mm off the edge of side ${side}`);
    }
  }
});

test('what is said loud is never small, and blocks are not run together', POPPLER, async () => {
  const bar = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 45" width="200" height="45"><path d="M0 0H200V45H0Z"/></svg>`;
  // Long words side by side make a line of very small type.
  const said = `${'it is up to us '.repeat(4)} telecommunications straightforwardness internationalism`;
  const panels = PLACED.map((_, index) => {
    if (index === 0) return `## No\n\n:::figure{spread}\n![A bar.](bar.svg)\n:::\n\n${said}\n`;
    return index === 2
      ? ':::panel{kind=loud}\nBread costs\n\nDignity cannot be rented\n:::\n'
      : `## Panel ${index}\n\nFew words.\n`;
  });
  const source = `A line.\n\n${panels.join('\n')}\n:::poster\n# Bread costs money\n\nAnd dignity cannot be rented.\n:::\n`;
  const files = { 'book.yaml': config('fold: one-sheet-8', 'a5'), 'bar.svg': bar, 'zine.md': source };
  const dist = await built(book(files));
  const sheet = join(dist, 'town-zine-sheet-a5.pdf');
  assert.ok(smallestType(sheet) >= LEGIBLE, `the smallest type is ${smallestType(sheet) / 3} pt`);
  const lines = (pdf: string, page: number): string[] =>
    run('pdftotext', ['-layout', '-f', `${page}`, '-l', `${page}`, pdf, '-'])
      .split('\n')
      .map(bare);
  for (const [line] of [[lines(sheet, 2)], [lines(join(dist, 'town-zine.pdf'), 4)]] as const) {
    assert.ok(
      line.some((words) => words.endsWith('MONEY') || words.endsWith('COSTS')),
      line.join('/'),
    );
    assert.ok(!line.some((words) => /(MONEYAND|COSTSDIGNITY)/.test(words)), line.join('/'));
  }
});

test('panels that do not fit the fold are told, with both numbers', async () => {
  const told = async (zine: string, source: string): Promise<string> => {
    const folder = book({ 'book.yaml': config(zine), 'zine.md': source, 'press.svg': PRESS });
    const done = await pamphleteer(['check', '--book', folder]);
    assert.equal(done.code, 1, done.stderr);
    return done.stderr;
  };
  const placed = `A line.\n\n${PLACED.join('\n')}`;
  assert.match(await told('fold: one-sheet-16', placed), /`zine` has 8 panels instead of 16/);
  assert.match(await told('fold: saddle, pages: 12', placed), /`zine` has 8 panels instead of 12/);
  assert.match(await told('fold: saddle, pages: 10', placed), /has a multiple of 4 panels, from 8 to 32, not 10/);
  assert.match(await told('fold: one-sheet-8, pages: 16', placed), /has 8 panels, not 16/);
  assert.match(await told('fold: saddle', `${placed}\n:::poster\nNo\n:::\n`), /no free side for a poster/);
  assert.match(
    await told('fold: one-sheet-8', placed.replace(/## Panel 6\n\n([\s\S]*)$/, ':::panel{kind=lowd}\n$1\n:::')),
    /No panel is `lowd`/,
  );
  assert.match(await told('fold: accordion, pages: 16', placed), /too small to read/);
});

test('a panel of its own kind, and one that shouts, stand where they were put', POPPLER, async () => {
  const source = `A line.\n\n${PLACED.slice(0, 5).join('\n')}\n:::panel{kind=loud}\nAsk who may say no\n:::\n\n## Read on\n\nAt the address.\n`;
  const dist = await built(book({ 'book.yaml': config('fold: one-sheet-8'), 'zine.md': source }));
  const panels = join(dist, 'town-zine.pdf');
  assert.equal(letters(panels, 7), 'ASKWHOMAYSAYNO');
  assert.ok(deepestGap(panels, 7) < 20, 'from head to foot');
  assert.ok(inMm(pagesOf(panels)[6]!.height) < 106);
});
