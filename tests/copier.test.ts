// Pictures made fit for copiers: the dots themselves, what is left of them on a third copy, and what stands in the finished PDF,
// which poppler's `pdfimages` and qpdf say.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PDFDocument, rgb } from '@pdfme/pdf-lib';
import fc from 'fast-check';
import { encode } from 'jpeg-js';
import { type Greys, readPixels } from '../scripts/book/pixels.ts';
import { hasTints } from '../scripts/print/camera.ts';
import { thirdCopy } from '../scripts/print/copier.ts';
import { dither, halftone, shrunk } from '../scripts/print/halftone.ts';
import { paintedIn } from './painted.ts';
import { fieldsOf, likeness, pageSeen, patches, whole } from './photographed.ts';
import { needs, run } from './tools.ts';
import { book, pamphleteer, sha256, temporary } from './workshop.ts';

const POPPLER = needs('pdfimages', 'pdftoppm', 'qpdf');

const flat = (grey: number, side: number): Greys => ({
  width: side,
  height: side,
  data: new Uint8Array(side * side).fill(grey),
});

const inkOf = ({ data }: Greys): number => data.filter((dot) => dot === 0).length / data.length;

const ALL = fc.integer({ min: 0, max: 255 });

test('a halftone is black or white; darker greys never have less ink, and paper and solid stay', () => {
  const inks = Array.from({ length: 256 }, (_, grey) => {
    const dots = halftone(flat(grey, 24), 48, 48);
    assert.ok(dots.data.every((dot) => dot === 0 || dot === 255));
    return inkOf(dots);
  });
  for (const [grey, ink] of inks.entries()) assert.ok(grey === 0 || ink <= inks[grey - 1]!, `grey ${grey}`);
  assert.equal(inks[255], 0);
  assert.equal(inks[0], 1);
  assert.ok(
    inks.every((ink) => ink === 0 || ink === 1 || (ink >= 0.15 && ink <= 0.85)),
    'no tint under 15 %',
  );
});

test('its dots stand in lines of 45°, 65 to 85 an inch, and none is a speck', () => {
  fc.assert(
    fc.property(ALL, (grey) => {
      const dots = halftone(flat(grey, 48), 96, 96);
      const ink = inkOf(dots);
      if (ink === 0 || ink === 1) return;
      const same = (right: number, down: number): boolean =>
        [...dots.data.keys()].every((at) => {
          const [x, y] = [((at % 96) + right) % 96, (Math.floor(at / 96) + down) % 96];
          return dots.data[at] === dots.data[y * 96 + x];
        });
      // The shortest ways on which the pattern comes again: the diagonals.
      const steps = Array.from({ length: 12 }, (_, step) => step + 1);
      const diagonal = steps.find((step) => same(step, step))!;
      assert.equal(
        diagonal,
        steps.find((step) => same(96 - step, step)),
      );
      assert.ok(
        steps.every((step) => step >= 2 * diagonal || !same(step, 0)),
        'no lines of 0°',
      );
      const lines = 600 / (diagonal * Math.SQRT2);
      assert.ok(lines >= 65 && lines <= 85, `${lines} lines an inch`);
      // A dot of 0.13 mm, and a hole: what a copier keeps.
      const least = Math.PI * ((0.065 / 25.4) * 600) ** 2;
      for (const colour of [0, 255])
        assert.ok(Math.min(...patches({ ...dots, pixels: dots.data }, colour)) >= least, `grey ${grey}, ${colour}`);
    }),
    { numRuns: 30 },
  );
});

test('on a third copy every tone from a tenth to nine tenths is still a tint, and darker ones are darker', () => {
  const copies = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((ink) => {
    const sheet = shrunk(halftone(flat(Math.round(255 * (1 - ink)), 360), 720, 720), 360, 360);
    const copy = thirdCopy(sheet, 300, 1);
    assert.ok(copy.data.every((dot) => dot === 0 || dot === 255));
    assert.deepEqual(thirdCopy(sheet, 300, 1), copy, 'the same seed, the same copy');
    assert.notDeepEqual(thirdCopy(sheet, 300, 2), copy);
    // Without the edges, at which a copy that came out smaller is white.
    const inner = copy.data.filter((_, at) =>
      [at % 360, Math.floor(at / 360)].every((part) => part > 30 && part < 330),
    );
    return inkOf({ width: 1, height: inner.length, data: inner });
  });
  for (const [at, ink] of copies.entries()) {
    assert.ok(ink > 0.04 && ink < 0.99, `${at + 1} tenths: ${ink}`);
    assert.ok(at === 0 || ink >= copies[at - 1]! - 0.01, `${at + 1} tenths: ${ink} after ${copies[at - 1]}`);
  }
});

test('what is dithered keeps its tones, roughly, and its blacks and whites exactly', () => {
  fc.assert(
    fc.property(ALL, (grey) => {
      const dots = dither(flat(grey, 60));
      const ink = inkOf(dots);
      assert.ok(dots.data.every((dot) => dot === 0 || dot === 255));
      if (grey === 0 || grey === 255) assert.equal(ink, 1 - grey / 255);
      else assert.ok(Math.abs(ink - (1 - grey / 255)) < 0.3, `${grey}: ${ink}`);
    }),
    { numRuns: 60 },
  );
});

test('a PNG is read as poppler, which wrote it, means it', POPPLER, async () => {
  const folder = temporary();
  const pdf = join(folder, 'a.pdf');
  const doc = await PDFDocument.create();
  const page = doc.addPage([91, 67]);
  for (let at = 0; at < 40; at++)
    page.drawCircle({
      x: (at * 37) % 91,
      y: (at * 23) % 67,
      size: 3 + (at % 9),
      color: rgb((at % 5) / 4, (at % 3) / 2, (at % 7) / 6),
    });
  writeFileSync(pdf, await doc.save());
  const stem = join(folder, 'a');
  run('pdftoppm', ['-r', '144', '-singlefile', '-png', pdf, stem]);
  run('pdftoppm', ['-r', '144', '-singlefile', pdf, stem]);
  const ppm = readFileSync(`${stem}.ppm`);
  const { width, height, rgb: pixels } = readPixels(readFileSync(`${stem}.png`));
  const head = `P6\n${width} ${height}\n255\n`;
  assert.equal(ppm.toString('latin1', 0, head.length), head);
  assert.ok(Buffer.from(pixels).equals(ppm.subarray(head.length)));
  assert.ok(new Set(pixels).size > 20);
});

test('tints are told from lines with soft edges, and from the spot colour', () => {
  const side = 40;
  const of = (at: (x: number) => readonly [number, number, number]) => ({
    ...{ width: side, height: side },
    rgb: Uint8Array.from(Array.from({ length: side * side }, (_, pixel) => at(pixel % side)).flat()),
  });
  const line = (x: number): readonly [number, number, number] =>
    x === 9 || x === 12 ? [120, 120, 120] : x > 9 && x < 12 ? [0, 0, 0] : [255, 255, 255];
  assert.equal(hasTints(of(line), '#d62718'), false);
  assert.equal(
    hasTints(
      of((x) => (x > 20 ? [0xd6, 0x27, 0x18] : line(x))),
      '#d62718',
    ),
    false,
  );
  assert.equal(
    hasTints(
      of((x) => (x > 20 ? [0xd6, 0x27, 0x18] : line(x))),
      '#0000ff',
    ),
    true,
  );
  assert.equal(
    hasTints(
      of((x) => (x > 20 ? [200, 200, 200] : line(x))),
      '#d62718',
    ),
    true,
  );
});

/** A photograph: soft tones from black to white. */
const PHOTO = encode({
  ...{ width: 320, height: 240 },
  data: Buffer.from(
    Array.from({ length: 320 * 240 }, (_, at) => {
      const light = Math.round(127.5 * (1 + Math.sin((at % 320) / 30) * Math.cos(at / 320 / 25)));
      return [light, light, 255 - light, 255];
    }).flat(),
  ),
}).data;

const svg = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60" width="120" height="60">${inner}</svg>`;
const LINES = svg(
  '<rect x="3" y="3" width="50" height="50" fill="none" stroke="#000" stroke-width="3"/><circle cx="90" cy="30" r="25" fill="#d62718"/>',
);
const TINTS = svg('<rect width="60" height="60" fill="#ddd"/><circle cx="90" cy="30" r="25"/>');

/** On two panels, each of which shows half of it. */
const ACROSS = ':::figure{spread}\n![A photograph.](photo.jpg)\n:::\n\n';

const MANUSCRIPT = `A promise.

## One

![A photograph.](photo.jpg)

## Two

![Lines.](lines.svg)

## Three

![Tints.](tints.svg)

${['Four', 'Five', 'Six', 'Seven'].map((title) => `## ${title}\n\n${title === 'Five' ? ACROSS : ''}Words.\n`).join('\n')}`;

const zine = (pictures: string): string =>
  `{manuscript: zine.md, outputs: [zine], zine: {pictures: ${pictures}, paper: a4}}`;
const YAML = `title: Dots
author: Jo Example
editions:
  halftone: ${zine('halftone')}
  dither: ${zine('dither')}
  as-is: ${zine('as-is')}
`;

interface Image {
  readonly bits: number;
  readonly dpi: number;
}

/** Each picture that the file shows. */
function imagesIn(path: string): Image[] {
  const [, , ...rows] = run('pdfimages', ['-list', path]).trim().split('\n');
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , type]) => type === 'image')
    .map((row) => ({ bits: Number(row[7]), dpi: Math.min(Number(row[12]), Number(row[13])) }));
}

test(
  'on a zine’s sheet photographs and tints are dots of one bit, and a drawing of lines stays one',
  POPPLER,
  async () => {
    const files = {
      'book.yaml': YAML,
      'zine.md': MANUSCRIPT,
      'photo.jpg': PHOTO,
      'lines.svg': LINES,
      'tints.svg': TINTS,
    };
    const folder = book(files);
    const done = await pamphleteer(['build', '--book', folder]);
    assert.equal(done.code, 0, done.stderr);
    const sheet = (name: string): string => join(folder, 'dist', `dots-${name}-sheet-a4.pdf`);
    const [fine, coarse, plain] = ['halftone', 'dither', 'as-is'].map((name) => imagesIn(sheet(name)));
    assert.deepEqual(
      fine!.map(({ bits }) => bits),
      [1, 1, 1, 1],
    );
    assert.ok(
      fine!.every(({ dpi }) => dpi >= 597 && dpi <= 603),
      JSON.stringify(fine),
    );
    assert.deepEqual(
      coarse!.map(({ bits }) => bits),
      [1, 1, 1, 1],
    );
    assert.ok(
      coarse!.every(({ dpi }) => dpi >= 148 && dpi <= 152),
      JSON.stringify(coarse),
    );
    assert.deepEqual(
      plain!.map(({ bits }) => bits),
      [8, 8, 8],
      'the photograph alone',
    );
    for (const name of ['halftone', 'dither']) {
      const { inks, bits } = paintedIn(sheet(name));
      assert.ok(bits.length === 4 && bits.every((count) => count === 1));
      assert.ok(
        inks.every((ink) => ink === 0 || ink >= 0.15),
        `${name}: ${Math.min(...inks.filter((ink) => ink > 0))}`,
      );
    }
    assert.ok(
      paintedIn(sheet('as-is')).inks.some((ink) => ink > 0 && ink < 0.15),
      'as it is, the tint is too light',
    );

    // In as many places, as large, and as dark: but for what dots cannot show.
    const [dotted, scattered, soft] = ['halftone', 'dither', 'as-is'].map((name) => {
      const seen = pageSeen(sheet(name), 1, 96, join(folder, name));
      return fieldsOf(seen, whole(seen));
    });
    for (const fields of [dotted!, scattered!]) assert.ok(likeness(fields, soft!) > 0.97, `${likeness(fields, soft!)}`);

    const first = ['halftone', 'dither'].map((name) => sha256(readFileSync(sheet(name))));
    const again = await pamphleteer(['build', '--book', folder, '--proofs']);
    assert.equal(again.code, 0, again.stderr);
    const second = ['halftone', 'dither'].map((name) => sha256(readFileSync(sheet(name))));
    assert.deepEqual(second, first, 'the same bytes, with proofs or without');
  },
);
