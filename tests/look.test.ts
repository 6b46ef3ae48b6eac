// The look of the page: sizes, white, rules and what keeps together, in small books through the real command, read back with
// poppler: words where they stand, and ink.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import { readPgm, type Word } from './oversize.ts';
import { needs, run } from './tools.ts';
import { printed, type Work } from './works.ts';
import { book } from './workshop.ts';

const TOOLS = needs('pdftotext', 'pdftoppm');

const LOOM = 'A loom asks who feeds it, and a hand that feeds it has long ceased to ask. ';
const picture = (width: number, height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}"/></svg>`;

const SIZES = `# Titleword

Text.[^1]

## Sectionword

### Lesserword

![x](wide.svg "Captionword")

\`\`\`
Codeword
\`\`\`

| Cellword | b |
| - | - |
| c | d |

:::pullquote
Quoteword
:::

::pagebreak

Last.

# Next

Text.

[^1]: Noteword
`;
const SIZED = [
  'Titleword',
  'Sectionword',
  'Lesserword',
  'Captionword',
  'Codeword',
  'Cellword',
  'Quoteword',
  'Noteword',
];

const TITLES = `# Runon ${'that goes on and on over several lines of a title '.repeat(3)}

${LOOM.repeat(6)}

# Next

Text.
`;

const FIGURES = [30, 35, 40, 45].map((height) => `zoom nun\n\n![x](high${height}.svg)\n\nzoom nun`).join('\n\n');

const PICTURES = `# Inline

${LOOM} ![x](wide.svg) ${LOOM}

# Alone

${LOOM}

![x](wide.svg) ![x](high30.svg)

# Celled

| Where | What |
| - | - |
| ![x](wide.svg) | a table |

# Listed

- A list ![x](wide.svg) of them

# Headed

## A section ![x](wide.svg)

### Lower ![x](wide.svg)

Text.

# Titled ![x](wide.svg)

Text.

# Quoted

:::pullquote
First ${LOOM.repeat(20)} last.
:::

${LOOM}
`;

/** One line each. */
const lines = (count: number): string => 'Xanthous.\n\n'.repeat(count);
const BREAKS = [...Array(12).keys()].map((at) => `# B\n\n${lines(18 + at)}***\n\n${lines(4)}`).join('\n');

const CONTENTS = [...Array(18).keys()]
  .map(
    (at) => `# Chapter${at}\n\n${[...Array(at % 5).keys()].map((one) => `## Section${at}x${one}\n\n`).join('')}Text.\n`,
  )
  .join('\n');

const NOTES = `# Calls

One[^1][^2] two[^3] [^4].

| Headword[^5] | b |
| - | - |
${'| row | b |\n'.repeat(60)}

[^1]: a

    1. Item

    Second

    Third
[^2]: b
[^3]: c
[^4]: d
[^5]: e
`;

const MANUSCRIPTS = {
  sizes: SIZES,
  titles: TITLES,
  figures: FIGURES,
  pictures: PICTURES,
  breaks: BREAKS,
  contents: CONTENTS,
  notes: NOTES,
};
const edition = (name: string, file: keyof typeof MANUSCRIPTS, settings: string): string =>
  `  ${name}: {manuscript: ${file}.md, outputs: [pages], pamphlet: {chapters: page, ${settings}}}\n`;
const EDITIONS = [
  edition('usual', 'sizes', 'trim: a5'),
  edition('large', 'sizes', 'trim: a4, size: 14pt, leading: 18pt'),
  edition('titles', 'titles', 'trim: a5'),
  edition('figures', 'figures', 'trim: a5'),
  edition('pictures', 'pictures', 'trim: a6'),
  edition('breaks', 'breaks', 'trim: a5'),
  edition('notes', 'notes', 'trim: a5'),
  ...[10, 11, 12, 13].map((leading) =>
    edition(`contents${leading}`, 'contents', `trim: a6, size: 9pt, leading: ${leading}pt, frontMatter: full`),
  ),
].join('');

let works: Map<string, Work>;
before(async () => {
  if (TOOLS.skip) return;
  const manuscripts = Object.entries(MANUSCRIPTS).map(([name, source]) => [`${name}.md`, source]);
  const pictures = [30, 35, 40, 45].map((height) => [`high${height}.svg`, picture(120, height)]);
  const yaml = `title: Look\nauthor: Jo Example\neditions:\n${EDITIONS}`;
  works = await printed(
    book({ 'book.yaml': yaml, 'wide.svg': picture(400, 300), ...Object.fromEntries([...manuscripts, ...pictures]) }),
  );
});

const wordOf = (work: Work, said: string): Word =>
  work.pages.flat().find(({ text }) => text.toLowerCase() === said.toLowerCase()) ?? assert.fail(`${said} is nowhere`);
const body = (work: Work, words: readonly Word[]): Word[] => {
  const { top, lines: many, leading } = geometryOf(work.edition.config.pamphlet);
  return words.filter((word) => word.bottom > top * 0.75 && word.top < (top + (many + 1) * leading) * 0.75 - 2);
};

const DPI = 144;
/** Runs of rows in which something dark is at least so wide, all in points. */
function inked(work: Work, page: number, wide: number): { top: number; bottom: number }[] {
  const path = work.file(`-ink-${page}`);
  run('pdftoppm', ['-gray', '-r', `${DPI}`, '-f', `${page}`, '-singlefile', work.file('.pdf'), path]);
  const { width, height, pixels } = readPgm(readFileSync(`${path}.pgm`));
  const runs: { top: number; bottom: number }[] = [];
  for (let y = 0; y < height; y++) {
    let [longest, now] = [0, 0];
    for (let x = 0; x < width; x++) {
      now = pixels[y * width + x]! < 200 ? now + 1 : 0;
      longest = Math.max(longest, now);
    }
    if ((longest * 72) / DPI < wide) continue;
    const [top, bottom] = [(y * 72) / DPI, ((y + 1) * 72) / DPI];
    const last = runs.at(-1);
    if (last && Math.abs(last.bottom - top) < 0.01) last.bottom = bottom;
    else runs.push({ top, bottom });
  }
  return runs;
}
const pageWith = (work: Work, said: string): number =>
  work.pages.findIndex((words) => words.some(({ text }) => text === said)) + 1;

test('all sizes grow with the text', TOOLS, () => {
  const [usual, large] = [works.get('usual')!, works.get('large')!];
  const heights = (work: Work): number[] => {
    const last = work.pages[pageWith(work, 'Last.') - 1]!;
    const around = [last[0]!, last.at(-1)!];
    assert.match(around[1]!.text, /^\d$/);
    return [...SIZED.map((word) => wordOf(work, word)), ...around].map((word) => word.bottom - word.top);
  };
  const grown = heights(large);
  for (const [index, height] of heights(usual).entries())
    assert.ok(Math.abs(grown[index]! / height - 14 / 10.5) < 0.02, `${SIZED[index]}: ${height} and ${grown[index]} pt`);
});

test('a title’s lines stand close, and the text below them on the grid', TOOLS, () => {
  const work = works.get('titles')!;
  const page = work.pages[pageWith(work, 'Runon') - 1]!;
  const title = wordOf(work, 'Runon');
  const tall = title.bottom - title.top;
  const tops = [...new Set(page.filter((word) => Math.abs(word.bottom - word.top - tall) < 0.5).map(({ top }) => top))];
  assert.ok(tops.length > 2, `${tops.length} lines`);
  for (const [index, top] of tops.entries())
    if (index > 0) assert.ok(Math.abs((top - tops[index - 1]!) / 20 - 1.2) < 0.03, `${top - tops[index - 1]!} pt`);
  const text = page.filter(({ top }) => top > tops.at(-1)! + 20);
  // The text's own first line, had the title none, would stand here: see the chapter after it.
  const next = work.pages[pageWith(work, 'Next') - 1]!.find(({ text: said }) => said.startsWith('T'))!;
  const off = (((text[0]!.bottom - next.bottom) / work.edition.config.pamphlet.leading) % 1) + 1;
  assert.ok(Math.min(off % 1, 1 - (off % 1)) < 0.02, `${off} lines off`);
});

test('the white above a picture and below it is alike', TOOLS, () => {
  const work = works.get('figures')!;
  const page = pageWith(work, 'zoom');
  const pictures = inked(work, page, 60);
  assert.equal(pictures.length, 4);
  // From the feet of letters without a tail to their heads: an x of this face is 0.4 of its size high.
  const feet = work.pages[page - 1]!.filter(({ text }) => text === 'zoom');
  const { size } = work.edition.config.pamphlet;
  for (const [index, { top, bottom }] of pictures.entries()) {
    const [above, below] = [feet[2 * index]!, feet[2 * index + 1]!].map((word) => word.bottom - size * 0.26);
    const [white, under] = [top - above!, below! - size * 0.4 - bottom];
    assert.ok(Math.abs(white - under) < 4.2, `picture ${index + 1}: ${white.toFixed(1)} and ${under.toFixed(1)} pt`);
  }
});

test('a picture among words is at most three lines high, one among pictures is not', TOOLS, () => {
  const work = works.get('pictures')!;
  const tallest = (title: string): number =>
    Math.max(...inked(work, pageWith(work, title), 30).map(({ top, bottom }) => bottom - top)) / 13.5;
  for (const title of ['Inline', 'Celled', 'Listed', 'Headed', 'Titled'])
    assert.ok(tallest(title) > 2 && tallest(title) < 3.1, `${title}: ${tallest(title)} lines`);
  assert.ok(tallest('Alone') > 5, `${tallest('Alone')} lines`);
});

test('a pull quote that is cut has one rule above and one below', TOOLS, () => {
  const work = works.get('pictures')!;
  const { measure } = geometryOf(work.edition.config.pamphlet);
  const from = pageWith(work, 'First');
  const to = pageWith(work, 'last.');
  assert.ok(to > from);
  const rules = [...Array(to - from + 1).keys()].map((nth) => inked(work, from + nth, measure * 0.75 - 1));
  assert.deepEqual(
    rules.map(({ length }) => length),
    rules.map((_, nth) => Number(nth === 0 || nth === to - from)),
  );
  assert.ok(rules[0]![0]!.bottom < wordOf(work, 'First').top + 3);
  assert.ok(rules.at(-1)![0]!.top > wordOf(work, 'last.').bottom - 3);
});

test('a break of the thought never ends a page', TOOLS, () => {
  const work = works.get('breaks')!;
  let breaks = 0;
  for (const [index, words] of work.pages.entries()) {
    const said = body(work, words).map(({ text }) => text);
    if (said.includes('*')) breaks++;
    assert.notEqual(said.at(-1), '*', `page ${index + 1}`);
  }
  assert.equal(breaks, 12);
});

test('contents: a chapter keeps its first sections, and no section is alone overleaf', TOOLS, () => {
  for (const [name, work] of works) {
    if (!name.startsWith('contents')) continue;
    const start = work.pages.findIndex((words) => words[0]?.text === 'Contents');
    const pages = work.pages
      .slice(start)
      .map((words) => words.flatMap(({ text }) => /^(?:Chapter|Section)\d+(?:x\d)?$/.exec(text) ?? []));
    const shown = pages.slice(
      0,
      pages.findIndex((entries, at) => at > 0 && entries[0] === 'Chapter0'),
    );
    const entries = shown.flat();
    assert.equal(entries.length, 18 + 34 - 1, name);
    let at = 0;
    for (const page of shown.slice(0, -1)) {
      at += page.length;
      const deep = (index: number): boolean => entries[index]?.startsWith('Section') === true;
      if (!deep(at)) continue;
      assert.ok(deep(at - 1) && deep(at - 2), `${name}: ${entries[at - 1]} ends a page`);
      assert.ok(deep(at + 1), `${name}: ${entries[at]} stands alone overleaf`);
    }
    assert.ok(shown.length > 1, name);
  }
});

test('calls side by side are parted; a table’s head calls for its notes once', TOOLS, () => {
  const work = works.get('notes')!;
  const said = work.pages.map((words) => words.map(({ text }) => text));
  assert.ok(said.flat().includes('One1,2'), said.flat().slice(0, 20).join(' '));
  assert.ok(said.flat().includes('two3'));
  const heads = said.flat().filter((word) => word.startsWith('Headword'));
  assert.deepEqual(heads, ['Headword5', ...heads.slice(1).map(() => 'Headword')]);
  assert.ok(heads.length > 1);
});

test('in a note, a list’s number stands no further out than a paragraph’s indent', TOOLS, () => {
  const work = works.get('notes')!;
  const item = wordOf(work, 'Item');
  const number = work.pages.flat().find(({ text, top }) => text === '1.' && Math.abs(top - item.top) < 1)!;
  assert.ok(number.left > wordOf(work, 'Third').left - 0.5, `${number.left} and ${wordOf(work, 'Third').left}`);
});
