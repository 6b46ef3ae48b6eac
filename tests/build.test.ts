// `pamphleteer build` as a user runs it: what it makes of a book, and what it leaves alone.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, test } from 'node:test';
import { landscape, MM, PAPERS } from '../scripts/book/measure.ts';
import type { Manifest, ManifestFile } from '../scripts/site/manifest.ts';
import { boxesOf, fontsOf, letters, pageCount, pagesOf } from './reader.ts';
import { needs, run } from './tools.ts';
import {
  book,
  type Done,
  lines,
  MESSAGE,
  pamphleteer,
  ROOT,
  STACK,
  sample,
  sha256,
  temporary,
  tree,
  write,
} from './workshop.ts';

const manifestOf = (out: string): Manifest => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Manifest;
const pathsOf = (out: string): string[] => manifestOf(out).files.map(({ path }) => path);
const fine = (done: Done): void => assert.equal(done.code, 0, done.stderr);
const told = (pdf: string): string =>
  letters(
    pagesOf(pdf)
      .flat()
      .map(({ text }) => text)
      .join(''),
  );

const sampleOut = join(temporary(), 'out');
const elsewhere = sample('Köln книга 書 & copy');
let built: Done;
before(async () => {
  const surroundings = { env: { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }, cwd: elsewhere };
  const [one, two] = await Promise.all([
    pamphleteer(['build', '--book', ROOT, '--out', sampleOut]),
    pamphleteer(['build'], surroundings),
  ]);
  built = one;
  fine(one);
  fine(two);
});

test('the sample book gives every file of the contract, and the manifest has the facts', needs('pdfinfo'), () => {
  const pamphlet = ['.epub', '.pdf', '-press.pdf', '-booklet-a4.pdf', '-booklet-letter.pdf'];
  const zine = ['.pdf', '-sheet-a4.pdf', '-sheet-letter.pdf'];
  const expected = [
    ...pamphlet.map((end) => `whose-machines-long${end}`),
    ...pamphlet.map((end) => `whose-machines-short${end}`),
    ...zine.map((end) => `whose-machines-zine${end}`),
  ];
  const { title, files } = manifestOf(sampleOut);
  assert.equal(title, 'Whose Machines?');
  assert.deepEqual(
    files.map(({ path }) => path),
    expected,
  );
  const tickets = expected
    .filter((path) => /-(?:booklet|sheet)-/.test(path))
    .map((path) => path.replace('.pdf', '-ticket.pdf'));
  assert.deepEqual(
    files.flatMap(({ ticket }) => ticket ?? []),
    tickets,
  );
  const all = ['.work', 'index.html', 'manifest.json', ...expected, ...tickets];
  assert.deepEqual(readdirSync(sampleOut).sort(), all.sort());
  for (const file of files) assertTrue(file);
});

/** Holds a manifest's line against the file itself. */
function assertTrue(file: ManifestFile): void {
  const path = join(sampleOut, file.path);
  const bytes = readFileSync(path);
  assert.deepEqual([bytes.length, sha256(bytes)], [file.bytes, file.sha256], file.path);
  assert.ok(file.words! > 200 && file.readingMinutes! >= 1, file.path);
  const suffix = file.path.replace(/^whose-machines-(long|short|zine)|\.pdf$/g, '');
  const kinds: Readonly<Record<string, string>> = { '': 'pages', '-press': 'press', '.epub': 'epub' };
  assert.equal(file.kind, kinds[suffix] ?? suffix.split('-')[1], file.path);
  if (file.kind === 'epub') return;
  const [width = 0, height = 0] = file.trim!.split(' x ').map((length) => Number.parseFloat(length) * MM);
  const sheetSides = pageCount(path);
  if (file.kind === 'pages' || file.kind === 'press') {
    assert.equal(file.pages, sheetSides, file.path);
    for (const [left, bottom, right, top] of boxesOf(path, 'TrimBox'))
      assert.ok(Math.abs(right - left - width) < 0.02 && Math.abs(top - bottom - height) < 0.02, file.path);
  } else {
    assert.equal(file.sheets, file.kind === 'sheet' ? 1 : sheetSides / 2, file.path);
    assert.equal(file.pages, file.kind === 'sheet' ? 8 : file.sheets! * 4, file.path);
    const sheet = landscape(PAPERS[file.paper!]!);
    for (const [left, bottom, right, top] of boxesOf(path, 'MediaBox'))
      assert.ok(Math.abs(right - left - sheet.width) < 0.02 && Math.abs(top - bottom - sheet.height) < 0.02, file.path);
  }
}

test('stdout names the files and nothing else; the download page links them all', () => {
  const tickets = manifestOf(sampleOut).files.flatMap(({ path, ticket }) => (ticket ? [path, ticket] : [path]));
  const expected = [...tickets, 'index.html'];
  assert.deepEqual(
    lines(built.stdout),
    expected.map((name) => join(sampleOut, name)),
  );
  assert.doesNotMatch(built.stderr, /\u001b/, 'no terminal, no colours');
  const page = readFileSync(join(sampleOut, 'index.html'), 'utf8');
  const linked = new Set([...page.matchAll(/href="([^"#]+)"/g)].map(([, href]) => href));
  for (const name of pathsOf(sampleOut)) assert.ok(linked.has(name), name);
  for (const name of linked) if (!/^(?:https?|data):/.test(name!)) assert.ok(existsSync(join(sampleOut, name!)), name);
});

test('another folder, time zone and language give the same bytes, intermediates too', () => {
  const [one, two] = [tree(sampleOut), tree(join(elsewhere, 'dist'))];
  assert.ok(Object.keys(one).filter((path) => path.startsWith('.work/')).length > 8);
  assert.deepEqual(two, one);
});

const TEXT = '## One\n\nSome words stand here.\n\n## Two\n\nMore words.\n';
const yaml = (editions: string, more = ''): string =>
  `title: Small\nauthor: Jo Example\nlanguage: en\n${more}editions:\n${editions}`;
const edition = (name: string, outputs = '[pages]'): string =>
  `  ${name}:\n    manuscript: ${name}.md\n    outputs: ${outputs}\n`;
const FOREIGN = {
  'dist/notes.txt': 'mine',
  'dist/small-long-old.pdf': 'mine too',
  'dist/pictures/cat.png': 'a cat',
  'dist/.hidden': '',
};

test('building one edition keeps the others; one that left the book is taken down; foreign files stay', async () => {
  const folder = book({
    ...{ 'book.yaml': yaml(edition('long') + edition('short')), 'long.md': TEXT, 'short.md': TEXT },
    ...FOREIGN,
  });
  const out = join(folder, 'dist');
  fine(await pamphleteer(['build', '--book', folder]));
  const first = tree(out);
  const foreign = Object.keys(FOREIGN).map((path) => relative('dist', path));
  assert.deepEqual(pathsOf(out), ['small-long.pdf', 'small-short.pdf']);

  write(folder, { 'long.md': TEXT.replace('Some', 'Other') });
  const json = await pamphleteer(['build', 'long', '--book', folder, '--json']);
  fine(json);
  assert.deepEqual(JSON.parse(json.stdout), manifestOf(out), '--json prints the manifest');
  const second = tree(out);
  assert.deepEqual(pathsOf(out), ['small-long.pdf', 'small-short.pdf'], 'in the order of the book');
  assert.notEqual(second['small-long.pdf'], first['small-long.pdf']);
  for (const path of ['small-short.pdf', ...foreign]) assert.equal(second[path], first[path], path);
  assert.match(readFileSync(join(out, 'index.html'), 'utf8'), /href="small-short\.pdf"/);

  // A manifest that somebody has written by hand may name anything.
  const manifest = manifestOf(out);
  const hostile = ['../book.yaml', 'notes.txt', '/etc/hostname', 'pictures/cat.png'].map((path) => ({ path }));
  write(out, { 'manifest.json': JSON.stringify({ ...manifest, files: [...manifest.files, ...hostile] }) });
  write(folder, { 'book.yaml': yaml(edition('long')) });
  fine(await pamphleteer(['build', '--book', folder]));
  const third = tree(out);
  assert.deepEqual(pathsOf(out), ['small-long.pdf']);
  assert.ok(!('small-short.pdf' in third));
  for (const path of foreign) assert.equal(third[path], first[path], path);
  assert.ok(existsSync(join(folder, 'book.yaml')));
});

const PANELS = Array.from({ length: 7 }, (_, index) => `## Panel ${index}\n\nA few words.\n`).join('\n');
const zine = (text: string) => ({ 'book.yaml': yaml(edition('zine', '[zine]')), 'zine.md': `Eight.\n\n${text}` });

test('a build that fails leaves the last good one as it was', async () => {
  const folder = book({ ...zine(PANELS), ...FOREIGN });
  const out = join(folder, 'dist');
  fine(await pamphleteer(['build', '--book', folder]));
  const good = tree(out);
  const faults = {
    'while reading': PANELS.replace('few', '[few](#nowhere)'),
    'while setting': PANELS.replace('few', 'few '.repeat(3000)),
  };
  for (const [when, text] of Object.entries(faults)) {
    write(folder, zine(text));
    const done = await pamphleteer(['build', '--book', folder]);
    assert.equal(done.code, 1, `${when}: ${done.stderr}`);
    assert.equal(done.stdout, '');
    assert.match(done.stderr, when === 'while reading' ? MESSAGE : /words too long for a4.*\n {4}\S/);
    assert.doesNotMatch(done.stderr, STACK);
    assert.deepEqual(tree(out), good, when);
  }
  rmSync(out, { recursive: true });
  const never = await pamphleteer(['build', '--book', folder, '--out', join(folder, 'a/b'), '--json']);
  assert.equal(never.code, 1);
  assert.match(JSON.parse(never.stdout).messages[0].reason, /too long/);
  assert.ok(!existsSync(join(folder, 'a')), 'no folder is made for nothing');
});

test('SOURCE_DATE_EPOCH is the date inside the files, and its only effect', needs('pdfinfo', 'unzip'), async () => {
  const folder = book({ 'book.yaml': yaml(edition('long', '[epub, pages]'), 'date: 1999-05\n'), 'long.md': TEXT });
  const [plain, dated] = [join(folder, 'plain'), join(folder, 'dated')];
  fine(await pamphleteer(['build', '--book', folder, '--out', plain]));
  const surroundings = { env: { SOURCE_DATE_EPOCH: '1234567890', TZ: 'America/New_York' } };
  fine(await pamphleteer(['build', '--book', folder, '--out', dated], surroundings));
  const created = (out: string): string =>
    run('pdfinfo', ['-isodates', join(out, 'small-long.pdf')]).match(/CreationDate: +(.*)/)![1]!;
  assert.equal(created(plain).slice(0, 19), '1999-05-01T00:00:00');
  assert.equal(created(dated).slice(0, 19), '2009-02-13T23:31:30');
  const opf = (out: string): string => run('unzip', ['-p', join(out, 'small-long.epub'), '*.opf']);
  assert.match(opf(dated), /dcterms:modified">2009-02-13T23:31:30Z</);
  assert.equal(opf(dated).replace('2009-02-13T23:31:30Z', '1999-05-01T00:00:00Z'), opf(plain));
  const intermediates = (out: string): string[] =>
    Object.entries(tree(out)).flatMap(([path, sum]) => (path.startsWith('.work/') ? [path + sum] : []));
  assert.deepEqual(intermediates(dated), intermediates(plain));
});

test('five lines of book.yaml are a whole book', needs('pdfinfo', 'pdftotext'), async () => {
  const files = { 'book.yaml': yaml('  long: {manuscript: long.md}\n'), 'long.md': TEXT };
  assert.equal(lines(files['book.yaml']).length, 5);
  const folder = book(files, 'a book with spaces');
  const done = await pamphleteer(['build'], { cwd: folder });
  fine(done);
  const names = ['small-long.epub', 'small-long.pdf', 'small-long-press.pdf', 'small-long-booklet-a4.pdf'];
  assert.deepEqual(pathsOf(join(folder, 'dist')), [...names, 'small-long-booklet-letter.pdf']);
  assert.ok(lines(done.stdout).every((path) => existsSync(path)));
});

test('a Chinese book keeps its title and its words', needs('pdftotext', 'pdffonts'), async () => {
  const title = '機器是誰的';
  const files = {
    'book.yaml': `title: ${title}\nauthor: 王小明\nlanguage: zh-Hant\neditions:\n${edition('long', '[epub, pages]')}`,
    'long.md': '## 第一章\n\n機器可以測量的工作，也有只能判斷的工作。\n\n## 第二章\n\n誰來決定？\n',
  };
  const folder = book(files);
  fine(await pamphleteer(['build', '--book', folder]));
  const out = join(folder, 'dist');
  const [epub, pdf] = pathsOf(out);
  assert.match(epub!, /^[a-z0-9-]+\.epub$/, 'a name that every system and address can carry');
  assert.equal(manifestOf(out).title, title);
  assert.ok(fontsOf(join(out, pdf!)).every(({ embedded }) => embedded));
  for (const words of [title, '機器可以測量的工作也有只能判斷的工作', '第一章', '誰來決定', '王小明'])
    assert.ok(told(join(out, pdf!)).includes(words), words);
});

test('a script that no font of ours has is told once, before anything is set', async () => {
  const files = {
    'book.yaml': `title: መጻሕፍት\nauthor: Jo Example\nlanguage: am\neditions:\n${edition('long', '[pages]')}`,
    'long.md': '## መግቢያ\n\nጥቂት ቃላት።\n',
  };
  const folder = book(files);
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 1, done.stderr);
  assert.match(
    done.stderr,
    /^long\.md:1:4: No font has the Ethiopic characters `መ`, `ግ`, `ቢ`, `ያ`, `ጥ` and \d more\n {4}\S/m,
  );
  assert.equal(done.stderr.match(/No font has/g)?.length, 1, 'one message for the script');
  assert.doesNotMatch(done.stderr, STACK);
  assert.ok(!existsSync(join(folder, 'dist')));
});

test('a book of several manuscripts is one book', needs('pdftotext'), async () => {
  const files = {
    'book.yaml': yaml('  long:\n    manuscript: [parts/first.md, parts/second.md]\n    outputs: [pages]\n'),
    'parts/first.md': '## Alpha\n\nThe first.[^1] See [the other](#beta).\n\n[^1]: Its note.\n',
    'parts/second.md': '## Beta\n\nThe second.[^1]\n\n[^1]: The note of the other.\n',
  };
  const folder = book(files);
  fine(await pamphleteer(['build', '--book', folder]));
  const words = told(join(folder, 'dist', 'small-long.pdf'));
  const order = ['alpha', 'thefirst', 'itsnote', 'beta', 'thesecond', 'thenoteoftheother'].map((one) =>
    words.indexOf(one),
  );
  assert.ok(
    order.every((place) => place >= 0),
    String(order),
  );
  assert.ok(order[0]! < order[1]! && order[1]! < order[3]! && order[3]! < order[4]!, String(order));
});
