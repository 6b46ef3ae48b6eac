// Proofs of the sample book: the contact sheet held against poppler's pictures of the finished pages, the zine's third copy read
// by a QR decoder, and what the zine's sheets paint, read from the files.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { grayscale, PDFDocument, rgb } from '@pdfme/pdf-lib';
import { greysOf, readPixels } from '../scripts/book/pixels.ts';
import { paintedIn } from './painted.ts';
import { codeIn, fieldsOf, likeness, lineSeen, type Place, pageSeen, type Seen, whole } from './photographed.ts';
import { pageCount } from './reader.ts';
import { needs } from './tools.ts';
import { lines, pamphleteer, sample, temporary, tree } from './workshop.ts';

const TOOLS = needs('pdftoppm', 'pdfinfo', 'qpdf');
const ADDRESS = 'https://example.org/whose-machines';

let dist = '';
let made: string[] = [];
before(async () => {
  if (TOOLS.skip) return;
  const folder = sample();
  dist = join(folder, 'dist');
  const done = await pamphleteer(['build', '--book', folder, '--proofs']);
  assert.equal(done.code, 0, done.stderr);
  made = lines(done.stdout);
});
const file = (ending: string): string => join(dist, `whose-machines-${ending}`);
const proof = (name: string): string => join(dist, '.work', name);
const seen = (ending: string, page: number, dpi: number): Seen =>
  pageSeen(file(ending), page, dpi, join(temporary(), 'page'));

/** Where pages lie: solid rectangles, as large as the smallest page at least, on the ground, row by row. */
function places({ width, height, pixels }: Seen, ground: number): Place[] {
  const on = (x: number, y: number): boolean => pixels[y * width + x] !== ground;
  const found: Place[] = [];
  const taken = (x: number, y: number): Place | undefined =>
    found.find(({ left, top, width: w, height: h }) => x >= left && x < left + w && y >= top && y < top + h);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!on(x, y)) continue;
      const inside = taken(x, y);
      if (inside) {
        x = inside.left + inside.width - 1;
        continue;
      }
      let [right, foot] = [x, y];
      while (right < width && on(right, y)) right++;
      while (foot < height && on(x, foot)) foot++;
      if (right - x >= 60 && foot - y >= 90) found.push({ left: x, top: y, width: right - x, height: foot - y });
    }
  return found;
}

/** Half as large, as a telephone's camera sees what is printed finer. */
function halved({ width, height, pixels }: Seen): Seen {
  const [across, down] = [width >> 1, height >> 1];
  const small = Uint8Array.from({ length: across * down }, (_, at) => {
    const corner = 2 * Math.floor(at / across) * width + 2 * (at % across);
    const sum = [0, 1, width, width + 1].reduce((all, step) => all + pixels[corner + step]!, 0);
    return sum / 4;
  });
  return { width: across, height: down, pixels: small };
}

test('the contact sheet shows every page of every edition, in order', TOOLS, () => {
  const { width, height, data } = greysOf(readPixels(readFileSync(proof('contact-sheet.png'))));
  const sheet = { width, height, pixels: data };
  const shown = places(sheet, data[0]!);
  const pages = ['long.pdf', 'short.pdf', 'zine.pdf', 'zine.pdf'].flatMap((ending) =>
    Array.from({ length: pageCount(file(ending)) }, (_, index) => [ending, index + 1] as const),
  );
  assert.equal(shown.length, pages.length);
  const letter = pages.length - pageCount(file('zine.pdf'));
  const [small, large] = [
    shown.map((place) => fieldsOf(sheet, place)),
    pages.map(([ending, number]) => {
      const page = seen(ending, number, 96);
      return fieldsOf(page, whole(page));
    }),
  ];
  let told = 0;
  for (const [at, [ending, number]] of pages.entries()) {
    const alike = likeness(small[at]!, large[at]!);
    // The zine's pages are those of A4; on Letter they have another shape.
    assert.ok(alike > (at >= letter ? 0.5 : 0.9), `${ending}, page ${number}: ${alike}`);
    if (at + 1 >= letter || likeness(large[at]!, large[at + 1]!) > 0.98) continue;
    told++;
    assert.ok(alike > likeness(small[at]!, large[at + 1]!), `${ending}: page ${number} is the one after it`);
  }
  assert.ok(told > 30, `${told} pages differ from the next`);
});

test('proofs are made only for who asks, and change nothing that is made', TOOLS, async () => {
  const folder = sample();
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(lines(done.stdout).length, made.length);
  assert.ok(!existsSync(join(folder, 'dist', '.work', 'contact-sheet.png')));
  const published = (path: string) =>
    Object.fromEntries(Object.entries(tree(path)).filter(([name]) => !name.startsWith('.work')));
  assert.deepEqual(published(join(folder, 'dist')), published(dist));
});

test('a decoder reads the QR code on the pamphlets’ backs and on the zine’s', TOOLS, () => {
  for (const ending of ['long.pdf', 'short.pdf', 'zine.pdf', 'zine-sheet-a4.pdf', 'zine-sheet-letter.pdf']) {
    const page = ending.includes('sheet') ? 1 : pageCount(file(ending));
    assert.equal(codeIn(seen(ending, page, 300)), ADDRESS, ending);
  }
  assert.equal(codeIn(seen('long.pdf', 1, 300)), undefined, 'the front has none');
});

test('and still reads it on the copy of a copy of a copy, which is as large as the sheet', TOOLS, () => {
  for (const paper of ['a4', 'letter']) {
    const copy = lineSeen(proof(`whose-machines-zine-sheet-${paper}-third-copy.png`));
    const sheet = seen(`zine-sheet-${paper}.pdf`, 1, 300);
    assert.ok(Math.abs(copy.width - sheet.width) <= 1 && Math.abs(copy.height - sheet.height) <= 1, paper);
    assert.equal(codeIn(halved(copy)), ADDRESS, paper);
    // Every panel in its place, and the right way up.
    const alike = likeness(fieldsOf(copy, whole(copy)), fieldsOf(sheet, whole(sheet)));
    assert.ok(alike > 0.85, `${paper}: ${alike}`);
  }
});

test('no line on a zine’s sheet is under 0.5 pt, and no grey under 15 %', TOOLS, () => {
  for (const paper of ['a4', 'letter']) {
    const { widths, inks, strange } = paintedIn(file(`zine-sheet-${paper}.pdf`));
    assert.ok(widths.length > 50 && inks.length > 100, `${widths.length} ${inks.length}`);
    const thin = widths.filter(({ width }) => width < 0.5 - 1e-6);
    assert.deepEqual(thin.slice(0, 5), [], paper);
    assert.deepEqual([...new Set(inks.filter((ink) => ink > 0 && ink < 0.15))], [], paper);
    assert.deepEqual(strange, [], paper);
  }
});

test('the reader of lines and greys knows thin ones and light ones', TOOLS, async () => {
  const doc = await PDFDocument.create();
  const page = doc.addPage([200, 200]);
  page.drawLine({ start: { x: 10, y: 10 }, end: { x: 100, y: 10 }, thickness: 0.3, color: rgb(0, 0, 0) });
  page.drawRectangle({ x: 10, y: 50, width: 90, height: 0.2, color: grayscale(0) });
  page.drawRectangle({ x: 10, y: 90, width: 50, height: 50, color: grayscale(0.9) });
  const path = join(temporary(), 'thin.pdf');
  writeFileSync(path, await doc.save({ useObjectStreams: false }));
  const { widths, inks } = paintedIn(path);
  assert.deepEqual(
    widths.map(({ width }) => width.toFixed(2)),
    ['0.30', '0.20', '50.00'],
  );
  assert.deepEqual(
    inks.map((ink) => ink.toFixed(2)),
    ['1.00', '1.00', '0.10'],
  );
});
