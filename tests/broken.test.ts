// Broken books: every fixture, and what only the file system shows, is told with a place and a hint, and changes nothing.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@pdfme/pdf-lib';
import type { VFileMessage } from 'vfile-message';
import { readBook } from '../scripts/check.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { inWords } from '../scripts/io/reporter.ts';
import { tooTall } from '../scripts/preflight/overmatter.ts';
import { book, type Done, type Files, MESSAGE, pamphleteer, STACK, temporary, tree, write } from './workshop.ts';

const CASES = fileURLToPath(new URL('./cases/', import.meta.url));
const TEXT = '## One\n\nSome words.\n\n## Two\n\nMore words.\n';
const yaml = (more = '', outputs = '[pages]'): string =>
  `title: Small\nauthor: Jo Example\nlanguage: en\n${more}editions:\n  long:\n    manuscript: long.md\n    outputs: ${outputs}\n`;
const HEAD = 'title: T\nauthor: A\neditions:\n';
const THREE = `${HEAD}  long: {manuscript: manuscript.md}\n  short: {manuscript: manuscript.md}\n  elsewhere: {manuscript: elsewhere.md}\n`;

interface Case {
  readonly name: string;
  readonly folder: string;
  /** As the fixture's expected.txt has them, those that are no mere advice. */
  readonly expected: readonly string[];
}

/** The fixtures that must stop a build, each made into a book. */
function fixtures(kind: 'config' | 'manuscript'): Case[] {
  return readdirSync(join(CASES, kind)).flatMap((name) => {
    const expected = readFileSync(join(CASES, kind, name, 'expected.txt'), 'utf8').split('\n');
    const fatal = expected.filter((line) => line !== '' && !line.endsWith('(advice)'));
    if (fatal.length === 0) return [];
    const folder = book({
      'long.md': TEXT,
      'elsewhere.md': TEXT,
      ...(kind === 'manuscript' ? { 'book.yaml': THREE } : {}),
    });
    cpSync(join(CASES, kind, name), folder, { recursive: true });
    return [{ name: `${kind}/${name}`, folder, expected: fatal }];
  });
}
const ALL = [...fixtures('config'), ...fixtures('manuscript')];

const messagesOf = async (folder: string): Promise<readonly VFileMessage[]> =>
  (await readBook(await openLibrary(folder), [])).messages;

test('at least forty broken books are told, each problem with file, line, column and a hint', async () => {
  assert.ok(ALL.length >= 40, `${ALL.length}`);
  for (const { name, folder, expected } of ALL) {
    const messages = await messagesOf(folder);
    assert.ok(
      messages.some(({ fatal }) => fatal !== false),
      name,
    );
    for (const message of messages) {
      assert.match(inWords(message), MESSAGE, name);
      assert.ok(existsSync(join(folder, message.file!)), `${name}: ${message.file}`);
    }
    const told = messages.map(
      ({ line, column, ruleId, reason, note }) => `${line}:${column} ${ruleId} ${reason} | ${note}`,
    );
    for (const line of expected) assert.ok(told.includes(line), `${name}: not told: ${line}\n${told.join('\n')}`);
  }
});

test('the command tells them too, without a stack, and leaves dist/ alone', async () => {
  const names = ['config/self-alias', 'manuscript/many-at-once', 'manuscript/encoding'];
  const build = async (name: string): Promise<void> => {
    const { folder } = ALL.find((one) => one.name === name)!;
    write(folder, { 'dist/index.html': 'the last good one' });
    const before = tree(folder);
    assertTold(await pamphleteer(['build', '--book', folder]));
    assert.deepEqual(tree(folder), before, name);
  };
  await Promise.all(names.map(build));
});

function assertTold(done: Done): void {
  assert.equal(done.code, 1, done.stderr);
  assert.match(done.stderr, MESSAGE);
  assert.doesNotMatch(done.stderr, STACK);
  assert.equal(done.stdout, '');
}

/** Every message, as people read them; at least one is fatal. */
async function toldOf(folder: string): Promise<string> {
  const messages = await messagesOf(folder);
  assert.ok(
    messages.some(({ fatal }) => fatal !== false),
    'nothing is told',
  );
  for (const message of messages) assert.match(inWords(message), MESSAGE);
  return messages.map(inWords).join('\n');
}

/** Grey, of eight bits a dot; as wide as an A5 page needs it. */
function png(width = 900, height = 8): Uint8Array {
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, width >> 8, width & 255, 0, 0, 0, height, 8, 0, 0, 0, 0]);
  const rows = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

const shown = (address: string): string => `## One\n\nWords.\n\n![A square.](${address})\n\n## Two\n\nMore.\n`;
const whole = { 'book.yaml': yaml(), 'long.md': TEXT };

test('a picture that is right is no problem', async () => {
  const folder = book({ ...whole, 'long.md': shown('a.png'), 'a.png': png() });
  assert.deepEqual(await messagesOf(folder), []);
});

test('pictures that are missing, outside, broken, or no pictures', async () => {
  const cases: readonly (readonly [string, Files, RegExp])[] = [
    ['a.png', {}, /^long\.md:5:1: .*`a\.png`/m],
    ['pictures/../../a.png', {}, /^long\.md:5:1: /m],
    ['a.png', { 'a.png': 'These are words.' }, /^long\.md:5:1: .*a\.png/m],
    ['a.png', { 'a.png': png().subarray(0, 12) }, /^long\.md:5:1: .*a\.png/m],
    ['a.png', { 'a.png/inside.txt': '' }, /^long\.md:5:1: .*a\.png/m],
    ['a.png', { 'a.png': new Uint8Array(41 << 20) }, /^long\.md:5:1: .*a\.png.*large/m],
    ['a.pdf', { 'a.pdf': await PDFDocument.create().then((doc) => doc.save()) }, /^long\.md:5:1: .*\.pdf/m],
  ];
  for (const [address, files, says] of cases) {
    const told = await toldOf(book({ ...whole, 'long.md': shown(address), ...files }));
    assert.match(told, says);
  }
});

test('a picture cut off in the middle', async () => {
  const bytes = png();
  const folder = book({ ...whole, 'long.md': shown('a.png'), 'a.png': bytes.subarray(0, bytes.length - 20) });
  assert.match(await toldOf(folder), /^long\.md:5:1: .*a\.png/m);
});

test('a bad picture stops the build, with every other told too, and what was built stays as it was', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<script/></svg>';
  const text = `${shown('a.svg')}\n![Another.](b.png)\n\n![A small one.](c.png)\n`;
  const files = { 'a.svg': svg, 'b.png': png().subarray(0, 60), 'c.png': png(30) };
  const folder = book({ ...whole, ...files, 'long.md': text, 'dist/index.html': 'the last good one' });
  const before = tree(folder);
  const done = await pamphleteer(['build', '--book', folder]);
  assertTold(done);
  assert.match(done.stderr, /^long\.md:5:1: .*`a\.svg` cannot be used \(its line 2: it holds `script`\)/m);
  assert.match(done.stderr, /^long\.md:11:1: .*`b\.png` cannot be read \(it is cut off in the middle\)/m);
  assert.match(done.stderr, /^long\.md:13:1: advice: .*`c\.png` is 30 × \d+ dots: too small to show anything/m);
  assert.deepEqual(tree(folder), before);
  write(folder, { 'a.svg': svg.replace('<script/>', ''), 'b.png': png() });
  assert.equal((await pamphleteer(['build', '--book', folder])).code, 0, 'advice stops nothing');
});

test('signs in book.yaml that turn the text around are told, and stop nothing', async () => {
  const named = (title: string) => messagesOf(book({ ...whole, 'book.yaml': yaml().replace('Small', title) }));
  assert.match((await named('"Small \\u202e and"')).map(inWords).join(), /^book\.yaml:1:8: advice: .*U\+202E/);
  assert.match((await named('"Small \\u2067 and"')).map(inWords).join(), /^book\.yaml:1:8: advice: .*U\+2067/);
  assert.deepEqual(await named('"A < B & \\u2067ab\\u2069 \\u200f"'), []);
});

test('a link out of the folder is not followed', {
  skip: process.platform === 'win32' && 'links need rights there',
}, async () => {
  const folder = book({ ...whole, 'long.md': shown('a.png') });
  const outside = book({ 'a.png': png(), 'long.md': TEXT });
  symlinkSync(join(outside, 'a.png'), join(folder, 'a.png'));
  assert.match(await toldOf(folder), /^long\.md:5:1: .*outside/m);
  const second = book({ 'book.yaml': yaml() });
  symlinkSync(join(outside, 'long.md'), join(second, 'long.md'));
  assert.match(await toldOf(second), /^book\.yaml:6:17: .*`long\.md` lies outside/m);
});

test('manuscripts and covers that cannot be had', async () => {
  const cases: readonly (readonly [Files, RegExp])[] = [
    [{ 'book.yaml': yaml() }, /^book\.yaml:6:17: The manuscript `long\.md` does not exist/m],
    [{ 'book.yaml': yaml(), 'long.md/a.md': TEXT }, /^book\.yaml:6:17: The manuscript `long\.md` cannot be read/m],
    [
      { 'book.yaml': yaml(), 'long.md': 'x '.repeat(3 << 20) },
      /^book\.yaml:6:17: The manuscript `long\.md` is too large/m,
    ],
    [
      { ...whole, 'book.yaml': yaml('cover: {image: c.png, alt: A square.}\n') },
      /^book\.yaml:4:\d+: .*cover.*does not exist/m,
    ],
    [
      { ...whole, 'book.yaml': yaml('cover: {image: c.png, alt: A square.}\n'), 'c.png': 'words' },
      /^book\.yaml:4:\d+: .*cover.*cannot be read/m,
    ],
  ];
  for (const [files, says] of cases) assert.match(await toldOf(book(files)), says);
  const folder = temporary();
  mkdirSync(join(folder, 'book.yaml'));
  const [message] = await messagesOf(folder);
  assert.match(inWords(message!), /^book\.yaml: book\.yaml cannot be read\n {4}\S/);
});

test('a character that no font has is told where it stands', async () => {
  const folder = book({ ...whole, 'long.md': TEXT.replace('More', 'More 𓀀') });
  assert.match(await toldOf(folder), /^long\.md:7:6: No font has the character `𓀀` \(U\+13000\)\n {4}\S/m);
  const title = book({ ...whole, 'book.yaml': yaml().replace('Small', 'Small 𓀀') });
  assert.match(await toldOf(title), /^book\.yaml:1:14: No font has the character/m);
});

const PANELS = (count: number): string =>
  Array.from({ length: count }, (_, index) => `## Panel ${index}\n\nA few words.\n`).join('\n');

test('a zine of five panels', async () => {
  const folder = book({ 'book.yaml': yaml('', '[zine]'), 'long.md': `Five.\n\n${PANELS(4)}` });
  assert.match(await toldOf(folder), /^book\.yaml:6:5: The zine `long` has 5 panels instead of 8\n {4}\S/m);
});

test('a zine that is too long is told by how many words; without them it fits', async () => {
  const text = (words: number): string => PANELS(7).replace('A few', 'word '.repeat(words));
  const folder = book({ 'book.yaml': yaml('zine: {paper: a4}\n', '[zine]'), 'long.md': `Eight.\n\n${text(400)}` });
  const done = await pamphleteer(['build', '--book', folder]);
  assertTold(done);
  const over = Number(/^long\.md:3:1: Panel 2 of the zine is about (\d+) words too long/m.exec(done.stderr)?.[1]);
  assert.ok(over > 20 && over < 400, done.stderr);
  write(folder, { 'long.md': `Eight.\n\n${text(400 - over - 2)}` });
  const shorter = await pamphleteer(['build', '--book', folder]);
  assert.equal(shorter.code, 0, shorter.stderr);
});

test('pages with something too large are told by their folios, in order and once', () => {
  const heading = (id: string) => ({ id, text: id, content: [], children: [] });
  const told = (overfull: readonly number[]) =>
    tooTall(
      { contents: [heading('one'), heading('two')] },
      {
        overfull,
        folios: new Map([
          ['one', 2],
          ['two', 12],
        ]),
        folioNames: ['i', 'ii', ...Array.from({ length: 20 }, (_, at) => `${at + 1}`)],
      },
    );
  assert.match(told([15, 2, 9, 15]).reason, /^A table row, picture or line on pages ii, 7, 13 is taller or wider/);
  assert.equal(told([15, 2, 9]).under, 'one');
  assert.match(told([14]).reason, /line on page 12 is/);
  assert.equal(told([14]).under, 'two');
});

test('a table row that is taller than a page', async () => {
  const row = `| ${'A long cell. '.repeat(300)} | Short. |`;
  const folder = book({
    ...whole,
    'long.md': `## Zero\n\nWords.\n\n## One\n\n| A | B |\n|---|---|\n${row}\n\n## Two\n\nMore.\n`,
  });
  write(folder, { 'dist/index.html': 'the last good one' });
  const before = tree(folder);
  const done = await pamphleteer(['build', '--book', folder]);
  assertTold(done);
  assert.match(
    done.stderr,
    /^long\.md:5:1: A table row, picture or line on page \d+ is taller or wider than the page\n {4}\S/m,
  );
  assert.deepEqual(tree(folder), before);
});
