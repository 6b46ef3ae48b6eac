// Finished ebooks in a real browser: nothing overflows, every link leads somewhere, all can be read by day and by night.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pictureKey } from '../scripts/edition/compose.ts';
import { composed } from './composing.ts';
import { unzip, zip } from './ebook-archive.ts';
import { openReader, type Reader } from './ebook-browser.ts';
import { everything, PNG, picture, publishedOf, SVG } from './ebook-specimens.ts';
import { edit, rule, type Spoil } from './ebook-spoiling.ts';
import { book, pamphleteer, sample, temporary } from './workshop.ts';

let reader: Reader;
before(async () => {
  reader = await openReader();
});
after(() => reader.close());

const BIG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000" viewBox="0 0 4000 3000"><path d="M0 0L4000 3000M0 3000L4000 0" stroke="#000" stroke-width="40"/></svg>';
const TALL =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="3000"><path d="M15 0v3000" stroke="#000" stroke-width="4"/></svg>';
const PICTURES = new Map([
  [pictureKey('1.md', 'big.svg'), picture('picture-1', 'image/svg+xml', BIG)],
  [pictureKey('1.md', 'tall.svg'), picture('picture-2', 'image/svg+xml', TALL)],
  [pictureKey('1.md', 'dot.png'), picture('picture-3', 'image/png', PNG)],
  [pictureKey('1.md', 'square.svg'), picture('picture-4', 'image/svg+xml', SVG)],
]);
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const URL = `https://example.org/${'a-very-long-path-without-end/'.repeat(6)}?q=${'x'.repeat(90)}`;
const deep = Array.from({ length: 6 }, (_, at) => `${'   '.repeat(at)}1. Level ${at + 1} ${at > 3 ? LONG : ''}`).join(
  '\n',
);
const wide = (columns: number, word: string): string =>
  [
    `| ${Array.from({ length: columns }, (_, at) => `Head ${at}`).join(' | ')} |`,
    `|${' --- |'.repeat(columns)}`,
    ...Array.from({ length: 3 }, () => `| ${Array.from({ length: columns }, () => word).join(' | ')} |`),
  ].join('\n');

const TORTURE = `# ${LONG} and a title that goes on for rather longer than anybody would wish it to

:::epigraph
${LONG} ${URL}

— ${LONG}[^1]
:::

## ${LONG}

A paragraph with ${LONG}, \`${LONG.repeat(2)}\` and <${URL}>.[^1] ${'W'.repeat(400)}

### ${'Wide '.repeat(30)}

#### ${LONG.toUpperCase()}

${deep}

${Array.from({ length: 120 }, (_, at) => `${at + 1}. Item`).join('\n')}

${wide(4, 'some ordinary words')}

${wide(12, LONG)}

${wide(20, '123,456.78')}

\`\`\`
${'long_identifier_'.repeat(20)}
    indented  ${'x'.repeat(200)}
\`\`\`

- [ ] to do ${LONG}
- [x] done

:::verse
${LONG}
                ${LONG} far in
    a little in, and going on for so long that it has to be turned over on every telephone that there is
:::

> A quotation
>
> > in a quotation ${LONG}
> >
> > > in a quotation
> > >
> > > \`\`\`
> > > ${'code_in_it_'.repeat(12)}
> > > \`\`\`

:::pullquote
${LONG} may say no.[^2]
:::

![Two lines that cross on a large ground.](big.svg "${LONG} is a caption.")

![A line that goes down, and down.](tall.svg)

A dot ![a dot](dot.png) and a square ![a square](square.svg) and a big one ![two lines](big.svg) among words.

***

## ![A square for a title.](square.svg)

### A big one ![two lines](big.svg)

#### ![two lines](big.svg)

|  | ![two lines](big.svg) |
| --- | --- |
| A ![two lines](big.svg) | ![two lines](big.svg) |

- ![two lines](big.svg) in a list

1. loose ![two lines](big.svg)

2. list

[^1]: ${LONG} <${URL}>

    - a list ${LONG}

    ${wide(5, LONG).replace(/\n/g, '\n    ')}

[^2]: \`\`\`
    ${'code_in_a_note_'.repeat(20)}
    \`\`\`
`;

const PERSIAN = `# کتاب ما

:::epigraph
گفته‌ای کوتاه

— کسی
:::

## فصل اول

متن نخست.[^1] و ~~~~ :foreign[a phrase in English]{lang=en} در میان آن.

- یک
  - دو
    - سه

1. یک
2. دو

| نام | شماره |
| :-- | --: |
| الف | ۱ |

:::verse
بیت نخست
    بیت دوم
:::

\`\`\`
code = 1
\`\`\`

***

:::pullquote
نقل قول
:::

[^1]: یادداشت.
`;

const CHINESE = `# 機器是誰的？

:::epigraph
非我族類，其心必異。

— 《左傳》
:::

## 第一章

這是一段*強調*的文字，很長很長很長很長很長很長很長很長很長很長很長很長很長很長很長很長。[^1]

下一段 with Latin words。

- 一
- 二

| 問題 | 回答 |
| --- | --- |
| 誰？ | 我們 |

:::verse
床前明月光
  疑是地上霜
:::

[^1]: 註。
`;

const built = new Map<string, Promise<Buffer>>();
/** The sample book as a user builds it, once. */
function sampleBook(edition: string): Promise<Buffer> {
  const known = built.get(edition);
  if (known) return known;
  const out = temporary();
  const made = pamphleteer(['build', edition, '--book', sample(), '--out', out]).then(({ code, stderr }) => {
    assert.equal(code, 0, stderr);
    return readFileSync(join(out, `whose-machines-${edition}.epub`));
  });
  built.set(edition, made);
  return made;
}

test('the sample, long and short: sound in every window, by day and by night', async () => {
  for (const edition of ['long', 'short']) {
    const made = await sampleBook(edition);
    assert.deepEqual(await reader.read(made, { unused: true, strange: true }), [], edition);
    assert.deepEqual(await reader.cover(made), [], edition);
  }
});

test('everything that can be written', async () => {
  assert.deepEqual(await reader.read(await publishedOf(everything())), []);
});

test('long words, wide tables, deep lists, large pictures', async () => {
  const made = await publishedOf(
    composed(TORTURE, { language: 'de', pictures: PICTURES, yaml: 'subtitle: Untertitel' }),
  );
  assert.deepEqual(await reader.read(made), []);
});

for (const [name, language, text] of [
  ['from right to left', 'fa', PERSIAN],
  ['in Chinese', 'zh-Hant', CHINESE],
] as const)
  test(`${name}, with its own faces`, async () => {
    const out = temporary();
    const yaml = `title: T\nauthor: Jo Example\nlanguage: ${language}\neditions: {long: {manuscript: 1.md, outputs: [epub]}}\n`;
    const { code, stderr } = await pamphleteer([
      'build',
      '--book',
      book({ 'book.yaml': yaml, '1.md': text }),
      '--out',
      out,
    ]);
    assert.equal(code, 0, stderr);
    const [file] = readdirSync(out).filter((one) => one.endsWith('.epub'));
    const made = readFileSync(join(out, file!));
    assert.deepEqual(await reader.read(made, { strange: true }), []);
    assert.deepEqual(await reader.cover(made), []);
    const nobody = edit(
      /style\.css/,
      /@font-face\{font-family:"(?:Amiri|Noto Serif TC)"/,
      '@font-face{font-family:"Nobody"',
    );
    const bare = zip(nobody(unzip(made)));
    assert.match((await reader.read(bare, { strange: true, windows: /^$/ })).join(), /no face has/);
  });

/** What was spoilt, and what the browser has to say of it. */
const PLANTED: readonly (readonly [string, Spoil, RegExp])[] = [
  ['a fixed width', rule('p { width: 500px }'), /<p> stands out of the window/],
  ['words that do not break', rule('td { white-space: nowrap }'), /320 px.*stands out/],
  ['a box too low', rule('li { height: 5px; overflow: hidden }'), /<li> is clipped/],
  ['black by night', rule('p { color: #000 }'), /dark.*contrast of 1/],
  ['a white ground', rule('td { background: #fff }'), /dark.*contrast/],
  ['grey by day', rule('.note { color: #999 }'), /light.*contrast/],
  ['a dark drawing on nothing', edit(/style\.css/, /background-color: #fff;\s*box-shadow[^;]+;/, ''), /cannot be seen/],
  ['a ground that is taken away', edit(/style\.css/, /box-shadow: inset[^;]+;/, ''), /night: picture.*cannot be seen/],
  ['a dead link', edit(/tables/, /href="#note-/, 'href="#none-'), /#none-\d+ leads nowhere/],
  ['a dead file', edit(/reader/, /href="s-tables--lists/, 'href="s-nothing'), /leads to no document/],
  [
    'a lost face',
    (all) => all.filter(({ name }) => !/EBGaramond-Italic/.test(name)),
    /EB Garamond 400 italic does not load/,
  ],
  ['a broken picture', edit(/\.svg$/, '<svg', '<gvs'), /is no picture/],
  [
    'a picture from afar',
    edit(/tables/, /src="[^"]*"/, 'src="https://example.org/x.png"'),
    /a request leaves the book/,
  ],
  ['a script', edit(/tables/, '</section>', '<script>1</script></section>'), /<script>/],
  ['something that runs', edit(/tables/, '<section', '<section onclick="1"'), /something runs/],
  ['an open element', edit(/tables/, '</em>', ''), /it is no XML/],
  ['a picture larger than its line', rule('p img { width: 9em; max-height: none }'), /picture among words is 9.0 em/],
  ['words that nobody sees', rule('figcaption { display: none }'), /nobody sees/],
];

test('what is planted is seen', async () => {
  const entries = unzip(await publishedOf(everything()));
  for (const [name, spoil, told] of PLANTED) {
    const faults = await reader.read(zip(spoil(entries)), { windows: /tables/ });
    assert.match(faults.join('\n'), told, name);
  }
  const covers: readonly (readonly [string, RegExp])[] = [
    ['img.cover { max-height: none; width: 100% }', /scrolls/],
    ['img.cover { width: 100vw; height: 100vh }', /distorted/],
    ['img.cover { max-width: 50%; max-height: 50% }', /smaller than it could be/],
    ['body.cover { overflow: hidden } img.cover { max-height: none; width: 100% }', /cropped/],
  ];
  const covered = unzip(await sampleBook('short'));
  for (const [css, told] of covers) assert.match((await reader.cover(zip(rule(css)(covered)))).join('\n'), told, css);
});
