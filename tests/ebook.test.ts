// The ebook, judged by EPUBCheck, by a strict reading of our own, and by the words that went in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { subsetFor } from '../scripts/ebook/fonts.ts';
import { identifierOf } from '../scripts/ebook/identifier.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { FACES } from '../scripts/typeset/fonts.ts';
import { composed } from './composing.ts';
import { unzip } from './ebook-archive.ts';
import { faultsIn, open } from './ebook-inspection.ts';
import { epubcheck, together } from './ebook-judges.ts';
import { ebookOf, everything, PICTURES, publishedOf } from './ebook-specimens.ts';
import { all, named, readXml, type Tag, textOf } from './ebook-xml.ts';
import { needs } from './tools.ts';

const require = createRequire(import.meta.url);

const isNote = ({ attributes }: Tag): boolean => attributes['epub:type'] === 'footnote';

test('everything that can be written is sound, for EPUBCheck and for us', needs('java'), async () => {
  const rtl = composed(['## فصل اول\n\nمتن.[^1]\n\n## فصل دوم\n\n- یک\n- دو\n\n[^1]: یادداشت.'], { language: 'fa' });
  const bare = composed('Nothing but a sentence.');
  const hostile: Edition = {
    ...composed(
      '## A <b> & "c" <%= 1 %>\n\nText \u0007 with \uffff controls \ud800 alone.[^1]\n\n[^1]: A & <b> ]]> %>.',
    ),
    title: `<!-- "Title" & 'more' <%= x %> ]]> \u0000\u001b`,
  };
  const roles = composed(['## One\n\n:::frontmatter\n## Preface\n\nLate.\n:::\n\n## Two\n\nText.'], {
    language: 'de',
    yaml: 'identifier: "ISBN 978-3-16-148410-0"\ndate: 2026',
  });
  const {
    authors: [first],
  } = roles.book;
  const edited: Edition = {
    ...roles,
    book: {
      ...roles.book,
      authors: [first!, { name: 'Ed & Itor', fileAs: 'Itor, Ed &', roles: ['edt'] }, { ...first!, name: 'Zwei' }],
    },
  };
  const books = [
    await publishedOf(everything()),
    ...(await Promise.all([rtl, bare, hostile, edited].map((one) => ebookOf(one)))),
  ];
  assert.deepEqual(books.flatMap(faultsIn), []);
  assert.deepEqual((await epubcheck([books[0]!, together(books.slice(1))])).flat(), []);
});

const ODD = `http:// https://exa%20mple.org https://example.org/[a] https://example.org/a%zz https://ex_ample.org/ü?x=|^ mailto:
  http://[::1 http://[::1]/x https://例え.jp/路 //example.org/x other.md tel:+123 https:///x http://a:99999/ urn:isbn:1 isbn:1
  https://example.org/"x" https://example.org/#a#b%c www.example.org HTTP://EXAMPLE.org ?q /abs javascript:alert(1) geo:1,2 sms:1`;
const addresses = ODD.split(/\s+/);

test('odd addresses are whole, or words', needs('java'), async () => {
  const book = await ebookOf(composed(addresses.map((address) => `[x](<${address}>)`).join('\n\n')));
  assert.deepEqual((await epubcheck([book])).flat(), []);
  const links = named(open(book).documents.get('opening-1.xhtml')!, 'a').map(({ attributes }) => attributes['href']);
  const kept = [
    'https://example.org/%5Ba%5D',
    'https://example.org/a%25zz',
    'https://ex_ample.org/%C3%BC?x=%7C%5E',
    'https://xn--r8jz45g.jp/%E8%B7%AF',
    'tel:+123',
    'urn:isbn:1',
    'https://example.org/%22x%22',
    'https://example.org/#a%23b%25c',
    'HTTP://EXAMPLE.org',
  ];
  assert.deepEqual(links, kept);
});

test('what the author wrote survives the binding', async () => {
  const { documents, entries } = open(await ebookOf(everything()));
  const of = (file: string): Tag => documents.get(`${file}.xhtml`)!;
  const tables = of('s-tables--lists');
  assert.deepEqual(
    named(tables, 'ol').map(({ attributes }) => attributes['start']),
    ['4', undefined],
  );
  assert.deepEqual(
    named(tables, 'th').map(({ attributes }) => [attributes['scope'], attributes['class']]),
    ['left', 'right', 'center'].map((side) => ['col', `align-${side}`]),
  );
  assert.deepEqual(
    named(tables, 'span').flatMap(({ attributes }) => attributes['xml:lang'] ?? []),
    ['zh-Hant', 'grc', 'he'],
  );
  const images = [...documents.values()].flatMap((tree) => named(tree, 'img').map(({ attributes }) => attributes));
  assert.deepEqual(
    images.map(({ src, alt }) => `${src} ${alt}`),
    [
      'cover.png Cover: "bars" & <levers>',
      'images/picture-1.png A dot & a "bar".',
      'images/picture-2.svg A square.',
      'images/picture-1.png a dot',
      'images/picture-1.png a dot',
      'images/picture-1.png A heading that is a picture.',
    ],
  );
  assert.equal(textOf(named(tables, 'pre')[0]!).trim(), `if (a < b && c > "d") { return '<%= x %>'; }`);
  assert.match(
    textOf(tables),
    /EJS: <%- whole\.opf %> <%% %> <%# no %> %> and an entity: &lt; © and <b> “quotes”\u00a0– dashes\u00a0— dots…/,
  );
  const roles = named(tables, 'section').concat(named(tables, 'blockquote'), named(tables, 'aside'));
  for (const role of ['doc-chapter', 'doc-epigraph', 'doc-pullquote', 'doc-footnote'])
    assert.ok(
      roles.some(({ attributes }) => attributes['role'] === role),
      role,
    );
  const source = entries.find(({ name }) => name === 'OEBPS/s-tables--lists.xhtml')!.bytes.toString();
  assert.doesNotMatch(
    source,
    /<(?!(?:br|hr|img|link|meta)\b)\w+(?:\s[^<>]*)?\/>/,
    'only void elements close themselves',
  );
});

test('an empty cell heads nothing; under an empty corner the first column heads the rows', async () => {
  const { documents } = open(
    await ebookOf(
      composed('## T\n\n| | B | |\n|-|-|-|\n| row | 1 | 2 |\n| | 3 | ![x](a.png) |', { pictures: PICTURES }),
    ),
  );
  const cells = all(documents.get('s-t.xhtml')!).filter(({ name }) => /^t[hd]$/.test(name));
  assert.deepEqual(
    cells.map((cell) => `${cell.name} ${cell.attributes['scope'] ?? ''} ${textOf(cell)}`.trim()),
    ['td', 'th col B', 'td', 'th row row', 'td  1', 'td  2', 'td', 'td  3', 'td'],
  );
});

test('what is moved under the finger has a role and a name, each another', async () => {
  const wide = (heads: string[]): string =>
    `| ${heads.join(' | ')} |\n|${' - |'.repeat(heads.length)}\n| ${heads.map(() => 'incomprehensibilities').join(' | ')} |`;
  const heads = ['*One*', '', 'Three "3"', 'Four', 'Five', 'Six', 'Seven', 'Eight'];
  const text = [wide(heads), wide(heads), wide(['', '', '']), wide(['a', 'b', 'c'])].join('\n\n');
  const { documents } = open(await ebookOf(composed(`## T\n\n${text}`)));
  const boxes = all(documents.get('s-t.xhtml')!).filter(({ attributes }) => attributes['tabindex'] === '0');
  const six = 'One, Three “3”, Four, Five, Six, Seven …';
  assert.deepEqual(
    boxes.map(({ attributes }) => `${attributes['role']}: ${attributes['aria-label']}`),
    [six, `${six} (2)`, Array(3).fill('incomprehensibilities').join(', '), 'a, b, c'].map((name) => `region: ${name}`),
  );
});

test('a text without headings is called as the book is, in the contents and over its words', async () => {
  const { documents } = open(await ebookOf(composed('# On *looms* & "hands"\n\nText.')));
  const called = 'On looms & “hands”';
  const essay = documents.get('opening-1.xhtml')!;
  const [heading] = named(essay, 'h1');
  assert.equal(textOf(named(essay, 'title')[0]!), called);
  assert.equal(textOf(heading!), called);
  assert.equal(named(essay, 'section')[0]!.attributes['aria-labelledby'], heading!.attributes['id']);
  const [entry] = named(documents.get('toc.xhtml')!, 'li').map((item) => named(item, 'a')[0]!);
  assert.deepEqual([entry!.attributes['href'], textOf(entry!)], ['opening-1.xhtml', called]);
  const mixed = open(await ebookOf(composed('Before.\n\n## One\n\nText.'))).documents.get('opening-1.xhtml')!;
  assert.deepEqual([named(mixed, 'h1').length, textOf(named(mixed, 'title')[0]!)], [0, 'Opening']);
});

test('nothing is written otherwise than it must be: no needless entity, no empty line, nothing twice', async () => {
  const edition = everything();
  const entries = unzip(await ebookOf(edition));
  for (const { name, bytes } of entries.filter(({ name }) => /\.(?:xhtml|opf|ncx)$/.test(name))) {
    assert.doesNotMatch(bytes.toString(), /&#/, name);
    if (!/s-tables/.test(name)) assert.doesNotMatch(bytes.toString(), /^\s*$\n/m, name);
  }
  const imprint = entries.find(({ name }) => name.endsWith('imprint.xhtml'))!.bytes.toString();
  const colophon = entries.find(({ name }) => name.endsWith('colophon.xhtml'))!.bytes.toString();
  assert.match(imprint, /href="https:\/\/example\.org\/a\?b=1&amp;c=2"/);
  for (const once of ['CC BY-SA', 'example.org']) assert.ok(imprint.includes(once) && !colophon.includes(once), once);
});

test('the landmarks are called so in the language of the book', async () => {
  const called = async (language: string): Promise<string | undefined> => {
    const { documents } = open(await ebookOf(composed('## A\n\nx', { language })));
    return named(documents.get('toc.xhtml')!, 'nav')[1]!.attributes['aria-label'];
  };
  assert.deepEqual(
    [await called('en-GB'), await called('de'), await called('fr'), await called('fi')],
    ['Landmarks', 'Orientierungspunkte', 'Repères', 'Landmarks'],
  );
});

test('a note stands after its calls, and its ways back stand before its words', async () => {
  const edition = everything();
  const { documents } = open(await ebookOf(edition));
  const notes = [...documents].flatMap(([file, tree]) =>
    all(tree)
      .filter(isNote)
      .map((note) => ({ file, note })),
  );
  assert.equal(notes.length, edition.notes.length);
  assert.ok(notes.length > 70);
  for (const { note } of notes) {
    const way = all(note).find(({ name }) => name === 'a')!;
    assert.equal(way.attributes['role'], 'doc-backlink');
    assert.ok(textOf(note).startsWith(textOf(way)));
  }
  const second = notes.find(({ note }) => /Called from two places/.test(textOf(note)))!;
  const ways = named(second.note, 'a').map(({ attributes }) => attributes['href']);
  assert.equal(ways.length, 2);
  const last = notes.find(({ note }) => /Note 64 of/.test(textOf(note)))!;
  assert.equal(last.file, 's-sixty-notes.xhtml');
  assert.match(named(last.note, 'a')[1]!.attributes['href']!, /^s-books\.xhtml#call-/);
  const firsts = notes.filter(({ note }) => note.attributes['class'] === 'note first').map(({ file }) => file);
  assert.deepEqual(firsts, [...new Set(notes.map(({ file }) => file))]);
});

test('contents, landmarks and spine tell one order; the cover is outside of the reading', async () => {
  const edition = everything();
  const { documents, package: opf, entries } = open(await ebookOf(edition));
  const files = [...documents.keys()];
  const parts = edition.parts.map(({ id }) => `${id}.xhtml`);
  assert.deepEqual(files, [
    'cover.xhtml',
    'title-page.xhtml',
    'imprint.xhtml',
    'toc.xhtml',
    ...parts,
    'colophon.xhtml',
  ]);
  assert.deepEqual(
    named(opf, 'itemref').flatMap(({ attributes }) => (attributes['linear'] === 'no' ? [attributes['idref']] : [])),
    ['cover'],
  );
  const [toc, landmarks] = named(documents.get('toc.xhtml')!, 'nav');
  const lines = named(toc!, 'a').map((link) => [link.attributes['href'], textOf(link)]);
  const wanted = edition.contents.flatMap((chapter) => [
    `${chapter.id}.xhtml`,
    ...chapter.children.map(({ id }) => `${chapter.id}.xhtml#${id}`),
  ]);
  assert.deepEqual(
    lines.map(([href]) => href),
    wanted,
  );
  assert.ok(lines.some(([, words]) => words === '2 A heading that is a picture.'));
  const ncx = readXml(entries.find(({ name }) => name === 'OEBPS/toc.ncx')!.bytes.toString());
  assert.deepEqual(
    named(ncx, 'navPoint').map((point) => [
      named(point, 'content')[0]!.attributes['src'],
      textOf(named(point, 'text')[0]!),
    ]),
    lines,
  );
  assert.equal(named(ncx, 'meta')[0]!.attributes['content'], identifierOf(edition));
  assert.deepEqual(
    named(landmarks!, 'a').map(({ attributes }) => `${attributes['epub:type']} ${attributes['href']}`),
    [
      'cover cover.xhtml',
      'titlepage title-page.xhtml',
      'toc toc.xhtml#toc',
      `bodymatter ${edition.parts[0]!.id}.xhtml`,
    ],
  );
});

test('only what is shown is packed; a picture that is not there is a bug of ours', async () => {
  const names = unzip(await ebookOf(composed('![a dot](a.png)', { pictures: PICTURES }))).map(({ name }) => name);
  assert.ok(names.includes('OEBPS/images/picture-1.png'));
  assert.ok(!names.includes('OEBPS/images/picture-2.svg'));
  await assert.rejects(ebookOf(composed('![a dot](a.png)')), /a\.png/);
});

test('a face is cut to its letters, and stays TrueType', async () => {
  const [face] = FACES;
  const whole = readFileSync(require.resolve(`${face!.package}/${face!.path}`));
  const cut = await subsetFor(whole, 'abc');
  assert.equal(Buffer.from(cut).readUInt32BE(0), 0x00010000);
  assert.ok(cut.length < whole.length / 10, `${cut.length} of ${whole.length} bytes`);
  assert.deepEqual(await subsetFor(whole, 'abc'), cut);
});
