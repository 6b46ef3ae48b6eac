// The ebook's cover, read back from the finished file: 1600 × 2560 and under 500 KB whatever the title; the user's picture
// where it is a cover, on our front where it is none.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { imageSize } from 'image-size';
import { type Entry, unzip } from './ebook-archive.ts';
import { openReader, type Reader } from './ebook-browser.ts';
import { epubcheck } from './ebook-judges.ts';
import { needs } from './tools.ts';
import { book, type Files, pamphleteer, temporary } from './workshop.ts';

let reader: Reader;
before(async () => {
  reader = await openReader();
});
after(() => reader.close());

interface Made {
  readonly epub: Buffer;
  readonly cover: Entry;
}

async function madeOf(yaml: string, files: Files = {}): Promise<Made> {
  const out = temporary();
  const folder = book({
    'book.yaml': `author: Jo Example\n${yaml}\neditions: {long: {manuscript: 1.md, outputs: [epub]}}\n`,
    '1.md': '## One\n\nText.\n',
    ...files,
  });
  const { code, stderr } = await pamphleteer(['build', '--book', folder, '--out', out]);
  assert.equal(code, 0, stderr);
  const epub = readFileSync(join(out, readdirSync(out).find((name) => name.endsWith('.epub'))!));
  return { epub, cover: unzip(epub).find(({ name }) => /\/cover\.(?:png|jpg)$/.test(name))! };
}

/** A PNG that no compression makes small (PNG 3rd edition, 5): noise, the same at every run. */
function noise(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let state = 1;
  for (let at = 0; at < rows.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    rows[at] = at % (width * 3 + 1) === 0 ? 0 : state >>> 24;
  }
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function assertDrawn({ epub, cover }: Made): Promise<void> {
  const { width, height, type } = imageSize(cover.bytes);
  assert.deepEqual([width, height], [1600, 2560]);
  assert.equal(cover.name.endsWith('.jpg') ? 'jpg' : 'png', type);
  assert.ok(cover.bytes.length < 500_000, `${cover.bytes.length} bytes`);
  assert.ok(cover.bytes.length > 10_000, 'something is on it');
  assert.deepEqual(await reader.cover(epub), []);
}

const LONG =
  'The whole and unabridged history of the machines, their owners and the people who work beside them, told from the beginning by one who was there, with notes, corrections and an index that nobody asked for';
const TITLES: Readonly<Record<string, string>> = {
  'a title of one word': 'title: Machines\nlanguage: en',
  'a title of 200 letters': `title: "${LONG}"\nsubtitle: "${LONG}"\nlanguage: en`,
  'a Chinese title': 'title: 機器是誰的？\nsubtitle: 一本小書\nlanguage: zh-Hant',
  'an Arabic title': 'title: لمن الآلات؟\nsubtitle: كتاب صغير\nlanguage: ar',
};
for (const [name, yaml] of Object.entries(TITLES))
  test(`${name}: 1600 × 2560, under 500 KB, whole in every window`, async () => {
    assert.ok(LONG.length >= 200);
    const made = await madeOf(yaml);
    await assertDrawn(made);
    assert.equal(made.cover.name, 'OEBPS/cover.png', 'flat colours are best kept as they are');
  });

const YAML =
  'title: Machines\nsubtitle: And their owners\nlanguage: en\ncover: {image: front.png, alt: "Noise, upright."}';

test('a picture that is a cover is the cover, byte for byte', async () => {
  const picture = noise(1400, 1900);
  const { cover } = await madeOf(YAML, { 'front.png': picture });
  assert.equal(sum(cover.bytes), sum(picture));
});

/** Exif 2.3, 4.6.4: a note which side is up. */
const turnedBy = (jpeg: Buffer, turn: number): Buffer => {
  const note = `ffe10022457869660000${'4d4d002a00000008'}0001${'0112000300000001'}000${turn}0000${'00000000'}`;
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(note, 'hex'), jpeg.subarray(2)]);
};

test('one that only a camera’s note holds upright stands upright on our front', async () => {
  // Green at the left and blue at the right, as it lies; turned a quarter to the right (6), green is above.
  const lying = await reader.draw(2560, 1600, ['#0f0', '#00f']);
  for (const [turn, above] of [
    [6, ['green', 'blue']],
    [8, ['blue', 'green']],
  ] as const) {
    const picture = turnedBy(lying, turn);
    const { epub, cover } = await madeOf(YAML.replace('front.png', 'front.jpg'), { 'front.jpg': picture });
    assert.notEqual(sum(cover.bytes), sum(picture), 'a reader that does not heed the note would show it lying');
    assert.deepEqual(await reader.cover(epub), []);
    const colours = (await reader.column(cover.bytes)).filter((colour) => colour !== 'other');
    assert.deepEqual(
      colours.filter((colour, at) => colour !== colours[at - 1]),
      above,
    );
  }
});

test('one that is none stands on our front', needs('java'), async () => {
  const plain = await madeOf(YAML.replace(/\ncover.*/, ''));
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><path fill="#06c" d="M0 0h160v90H0z"/></svg>';
  const wide = await madeOf(YAML, { 'front.png': noise(1600, 900) });
  const drawing = await madeOf(YAML.replace('front.png', 'front.svg'), { 'front.svg': svg });
  for (const made of [wide, drawing]) {
    await assertDrawn(made);
    assert.notEqual(sum(made.cover.bytes), sum(plain.cover.bytes), 'the picture is on it');
  }
  assert.equal(wide.cover.name, 'OEBPS/cover.jpg', 'a photograph would be heavy otherwise');
  assert.equal(drawing.cover.name, 'OEBPS/cover.png');
  assert.deepEqual((await epubcheck([wide.epub, drawing.epub])).flat(), []);
});
