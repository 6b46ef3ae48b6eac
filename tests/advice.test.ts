// What an author is told of a book that is right and might not be meant so: its title, its names, its letters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { named, shown } from '../scripts/book/suggest.ts';
import { readBook } from '../scripts/check.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { book, type Files } from './workshop.ts';

const YAML = (more = ''): string => `title: The Tools\nauthor: Jo Example\n${more}`;
const EBOOK = 'editions: {long: {manuscript: long.md, outputs: [epub]}}\n';

/** `file:line:column ruleId reason | note`, with `!` before what stops a build. */
async function told(files: Files): Promise<string[]> {
  const { messages } = await readBook(await openLibrary(book({ 'long.md': 'Words.\n', ...files })), []);
  return messages.map(
    ({ file, line, column, ruleId, reason, note, fatal }) =>
      `${fatal ? '!' : ''}${file}:${line}:${column} ${ruleId} ${reason} | ${note}`,
  );
}

test('a first heading that is not the title of book.yaml is told once, at the heading', async () => {
  const editions =
    'editions: {long: {manuscript: long.md, outputs: [epub]}, other: {manuscript: long.md, outputs: [epub]}}\n';
  const [only, ...more] = await told({ 'book.yaml': YAML(editions), 'long.md': '\n# Other *tools*\n\nWords.\n' });
  assert.match(only ?? '', /^long\.md:2:1 title-differs .*`Other tools`.*`The Tools` \| .*cover.*download page/);
  assert.deepEqual(more, []);
  for (const text of ['# THE “tools”!', '# Other[^1]\n\n[^1]: Note.', '# One\n\nA.\n\n# Two', 'A.\n\n# One', '## One'])
    assert.deepEqual(await told({ 'book.yaml': YAML(EBOOK), 'long.md': `${text}\n\nWords.\n` }), [], text);
});

test('a title that no file can be called by is told, unless there is a slug', async () => {
  const title = (more = ''): string => `title: Об орудиях\nauthor: A\nlanguage: ru\n${more}${EBOOK}`;
  const [only, ...more] = await told({ 'book.yaml': title() });
  assert.match(only ?? '', /^book\.yaml:1:8 file-names .*`book-` \| .*`slug:/);
  assert.deepEqual(more, []);
  assert.deepEqual(await told({ 'book.yaml': title('slug: book\n') }), []);
  assert.deepEqual(await told({ 'book.yaml': `slug: book\n${title()}` }), []);
  for (const name of ['Book', 'The 3', 'Æ', 'Éa'])
    assert.deepEqual(await told({ 'book.yaml': `title: "${name}"\nauthor: A\n${EBOOK}` }), [], name);
});

test('signs that nobody sees are told wherever book.yaml has a name', async () => {
  const sign = '\\u202e';
  const cases: readonly (readonly [string, string])[] = [
    [`title: T\nauthor: "A${sign}"\n`, '2:9'],
    [`title: T\nauthor: {name: "A${sign}", role: edt}\n`, '2:16'],
    [`title: T\nauthors: "A${sign}"\n`, '2:10'],
    [`title: T\nauthors: [B, "A${sign}"]\n`, '2:14'],
    [`title: T\nauthors: [B, {name: A, fileAs: "A${sign}"}]\n`, '2:32'],
    [`title: T\nauthors: [B, {name: "A${sign}", fileAs: A}]\n`, '2:21'],
    [`title: T\nauthor: A\nseries: {name: "S${sign}"}\n`, '3:16'],
    [`title: T\nauthor: A\nseries: "S${sign}"\n`, '3:9'],
    [`title: T\nauthor: A\nsubjects: [a, "s${sign}"]\n`, '3:15'],
    [`title: T\nauthor: A\nprinting: "S${sign}"\n`, '3:11'],
  ];
  for (const [yaml, place] of cases) {
    const [only, ...more] = await told({ 'book.yaml': yaml + EBOOK });
    assert.match(only ?? '', new RegExp(`^book\\.yaml:${place} (?:bidi-override|invisible-character) `), yaml);
    assert.deepEqual(more, [], yaml);
  }
  const label = `editions: {long: {manuscript: long.md, outputs: [epub], label: "L${sign}"}}\n`;
  assert.match((await told({ 'book.yaml': YAML(label) })).join(), /^book\.yaml:3:64 bidi-override/);
});

test('an ebook in the reader’s own type needs no face but for the cover that is drawn for it', async () => {
  const ETHIOPIC = 'ሀገር';
  const yaml = (fonts: string, outputs: string, title = 'T'): string =>
    `title: "${title}"\nslug: t\nauthor: A\neditions:\n  long: {manuscript: long.md, fonts: ${fonts}, outputs: ${outputs}}\n`;
  const text = { 'long.md': `Words, ${ETHIOPIC}.\n` };
  assert.match((await told({ ...text, 'book.yaml': yaml('embed', '[epub]') })).join(), /^!long\.md:1:8 missing-glyph/);
  assert.match(
    (await told({ ...text, 'book.yaml': yaml('reader', '[epub, pages]') })).join(),
    /^!long\.md:1:8 missing/,
  );
  assert.deepEqual(await told({ ...text, 'book.yaml': yaml('reader', '[epub]') }), []);
  const titled = yaml('reader', '[epub]', ETHIOPIC);
  assert.match((await told({ ...text, 'book.yaml': titled })).join(), /^!book\.yaml:1:9 missing-glyph/);
  const cover = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2560"><path d="M0 0h9v9z"/></svg>',
  );
  assert.match(
    (await told({ ...text, 'book.yaml': `cover: c.svg\n${titled}`, 'c.svg': cover })).join('\n'),
    /!book\.yaml:2:9 missing-glyph/,
    'a drawing stands on a drawn cover',
  );
  // Where the face is not installed, only the words that we add would be missing.
  const japanese = (fonts: string): string => `${yaml(fonts, '[epub]')}language: ja\n`;
  for (const one of await told({ 'book.yaml': japanese('embed') }))
    assert.match(one, /^!book\.yaml:6:11 missing-glyph .*adds to a book in Japanese, like “目次” \| Run `npm install/);
  assert.deepEqual(await told({ 'book.yaml': japanese('reader') }), []);
});

test('what a message shows stays on its line, and has no sign that a terminal would follow', () => {
  assert.equal(named('a\nb\u0000\u202e'), '`a<U+000A>b<U+0000><U+202E>`');
  assert.equal(named('\ud800'), '`<U+D800>`');
  assert.equal(shown(' two\n  words\u0007 '), '`two words<U+0007>`');
  assert.equal(shown('میخواهم می\u200cخواهم'), '`میخواهم می\u200cخواهم`', 'what words need stays');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      for (const one of [named(text), shown(text)]) {
        assert.ok(one.isWellFormed?.() ?? true);
        assert.doesNotMatch(
          one.slice(1, -1),
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`]/u,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

test('a setting that changes nothing is told where it stands, unless it is inherited and another edition uses it', async () => {
  const one = (outputs: string, more = ''): string =>
    `title: T\nslug: t\nauthor: A\neditions:\n  long: {manuscript: long.md, outputs: ${outputs}${more}}\n`;
  const both = '  short: {manuscript: long.md, outputs: [epub]}\n';
  const idle: readonly (readonly [string, ...RegExp[]])[] = [
    [`${one('[pamphlet]')}printer: {delivers: face-up}\n`, /^book\.yaml:6:21 .*`delivers`.*\| Write `duplex: manual`/],
    [
      `${one('[pamphlet]')}press:\n  profile: none.icc\n`,
      /^book\.yaml:7:12 .*`profile`.*\| Write `standard: pdf\/x-4`/,
    ],
    [
      one('[pamphlet]', ', pamphlet: {sheetsPerSignature: 3, fold: saddle}'),
      /`sheetsPerSignature`.*\| Write `fold: sig/,
    ],
    [one('[pamphlet]', ', pamphlet: {marks: [fold], fold: perfect-bound}'), /`marks`.*folded.*\| Write `marks: \[crop/],
    [one('[epub]', ', printer: {price: 0.05 EUR}'), /:5:\d+ .*`price`.*\| Add `pamphlet`/],
    [one('[pages]', ', pamphlet: {bleed: 5mm}'), /`bleed`.*printed copies/],
    [one('[epub]', ', pamphlet: {size: 9pt}'), /`size`.*pages/],
    [one('[epub]', ', zine: {paper: a4}'), /`paper`.*zines/],
    [`${one('[pages]')}${both}press: {ink: grey}\n`, /^book\.yaml:7:14 .*`ink`/],
    [`${one('[pages]', ', press: {ink: grey}')}press: {ink: black}\n`, /:5:\d+ .*`ink`/, /:6:14 .*`ink`/],
  ];
  for (const [yaml, ...says] of idle) {
    const found = (await told({ 'book.yaml': yaml })).filter((one) => one.includes('unused-setting'));
    assert.equal(found.length, says.length, `${yaml}\n${found.join('\n')}`);
    for (const [index, one] of says.entries()) assert.match(found[index]!, one, yaml);
  }
  const used = [
    `${one('[pamphlet]')}${both}printer: {delivers: face-up, duplex: manual, price: 1 EUR, shift: [1mm, 1mm]}\n`,
    `${one('[pamphlet]', ', printer: {delivers: face-up}')}printer: {duplex: manual}\n`,
    `${one('[pamphlet]')}pamphlet: {sheetsPerSignature: 3, marks: [fold], bleed: 5mm, size: 9pt}\npress: {ink: grey}\n`,
    `${one('[pages]')}pamphlet: {trim: a6, size: 9pt}\n`,
    one('[epub]'),
  ];
  for (const yaml of used) assert.deepEqual(await told({ 'book.yaml': yaml }), [], yaml);
});
