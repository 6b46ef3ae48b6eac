// Inks, judged by Ghostscript's ink coverage and poppler's eyes: what a browser can draw comes out on the plates that it should,
// and looks as before.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openPressroom, type Pressroom } from '../scripts/io/browser.ts';
import { type PressOptions, pressCopy } from '../scripts/print/press.ts';
import { colourful, FEATURES, LEAF } from './colourful.ts';
import { needs, run } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'plates-'));
let pressroom: Pressroom;
let source: Uint8Array;

before(async () => {
  pressroom = await openPressroom(
    () => undefined,
    () => undefined,
  );
  const stone = await pressroom.stone(folder);
  await stone.lay('colourful.html', colourful);
  source = await stone.pull();
  writeFileSync(join(folder, 'source.pdf'), source);
});

after(async () => {
  await pressroom.close();
  rmSync(folder, { recursive: true });
});

const OPTIONS: Omit<PressOptions, 'ink'> = {
  ...{ offset: 0, trim: { width: LEAF.width * 0.75, height: LEAF.height * 0.75 }, bleed: 0, marks: [], faces: [] },
  ...{ spot: '#d62718', date: new Date(0), title: 'Colours', edition: 'all', standard: 'none' },
};

async function printed(ink: PressOptions['ink']): Promise<{ path: string; kept: Readonly<Record<string, number>> }> {
  const { pdf, report } = await pressCopy(source, { ...OPTIONS, ink });
  const path = join(folder, `${ink}.pdf`);
  writeFileSync(path, pdf);
  return { path, kept: report.kept };
}

/** The page's pixels at 96 dots an inch: red, green, blue. */
function seen(path: string, page: number): Uint8Array {
  run('pdftoppm', ['-r', '96', '-f', `${page}`, '-l', `${page}`, '-singlefile', path, `${path}-p`]);
  const file = readFileSync(`${path}-p.ppm`);
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 60).toString('latin1'))!;
  assert.deepEqual([Number(head[1]), Number(head[2])], [LEAF.width, LEAF.height]);
  return file.subarray(head[0].length);
}

/** The grey that is as light, reckoned pixel by pixel (IEC 61966-2-1). */
function lightness(red: number, green: number, blue: number): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part > 0.04045 ? Math.exp(2.4 * Math.log((part + 0.055) / 1.055)) : part / 12.92;
  }) as [number, number, number];
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 255 * (light > 0.0031308 ? 1.055 * Math.exp(Math.log(light) / 2.4) - 0.055 : 12.92 * light);
}

/** Part of the pixels where a part differs by more than a tenth of the way from black to white. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let differing = 0;
  for (let at = 0; at < a.length; at += 3) {
    if ([0, 1, 2].some((part) => Math.abs(a[at + part]! - b[at + part]!) > 25)) differing++;
  }
  return differing / (a.length / 3);
}

const inGrey = (pixels: Uint8Array): Uint8Array => {
  const grey = new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 3)
    grey.fill(lightness(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!), at, at + 3);
  return grey;
};

/** Ghostscript 10.0's new interpreter leaves gradients of two dimensions out (“error in pattern”): its old one is asked. */
const platesOf = (path: string): number[][] =>
  run('gs', ['-q', '-dNEWPDF=false', '-o', '-', '-sDEVICE=inkcov', path])
    .trim()
    .split('\n')
    .filter((line) => line.includes('CMYK'))
    .map((line) => line.trim().split(/\s+/).slice(0, 4).map(Number));

test('there are at least 42 features, and the source prints with every ink', needs('gs'), () => {
  assert.ok(FEATURES.length >= 42);
  const plates = platesOf(join(folder, 'source.pdf'));
  assert.equal(plates.length, FEATURES.length);
  for (const [index, [c, m, y]] of plates.entries()) assert.ok(c! + m! + y! > 0, FEATURES[index]![0]);
});

for (const ink of ['grey', 'black'] as const) {
  test(`${ink}: black ink alone on every page, and all of it known`, needs('gs', 'qpdf'), async () => {
    const { path, kept } = await printed(ink);
    run('qpdf', ['--check', path]);
    assert.deepEqual(kept, {});
    for (const [index, [c, m, y, k]] of platesOf(path).entries()) {
      assert.ok(c === 0 && m === 0 && y === 0 && k! > 0, `${FEATURES[index]![0]}: ${[c, m, y, k]}`);
    }
  });
}

test('grey: every page is as light as before', needs('pdftoppm'), async () => {
  const { path } = await printed('grey');
  for (const [index, [feature]] of FEATURES.entries()) {
    const found = difference(inGrey(seen(join(folder, 'source.pdf'), index + 1)), seen(path, index + 1));
    assert.ok(found <= 0.04, `${feature}: ${(100 * found).toFixed(1)} %`);
  }
});

test('cmyk: neutral pages have black alone, and every page looks as before', needs('pdftoppm', 'gs'), async () => {
  const { path } = await printed('cmyk');
  const plates = platesOf(path);
  for (const [index, [feature]] of FEATURES.entries()) {
    const found = difference(seen(join(folder, 'source.pdf'), index + 1), seen(path, index + 1));
    assert.ok(found <= 0.04, `${feature}: ${(100 * found).toFixed(1)} %`);
    if (!NEUTRAL.has(feature)) continue;
    const [c, m, y, k] = plates[index]!;
    assert.ok(c === 0 && m === 0 && y === 0 && k! > 0, `${feature}: ${plates[index]}`);
  }
});

const NEUTRAL = new Set([
  ...[
    'black text',
    'grey text',
    'half-clear text',
    'a grey gradient',
    'a conic gradient',
    'a filter',
    'a neutral JPEG',
  ],
  ...['a neutral PNG', 'a grey PNG', 'a PNG of one bit'],
]);
