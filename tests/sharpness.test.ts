// Pictures and colours that no browser writes but a PDF may have, and how sharp pictures are: judged by poppler's `pdfimages`,
// by its eyes, and by Ghostscript's ink coverage.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef } from '@pdfme/pdf-lib';
import { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { type EditionConfig, readConfig } from '../scripts/book/config.ts';
import type { Picture } from '../scripts/edition/edition.ts';
import { type Measured, oncePerPicture, placed, softPictures } from '../scripts/preflight/softness.ts';
import { srgbProfile } from '../scripts/print/icc.ts';
import { load, save } from '../scripts/print/pdf.ts';
import { type PressOptions, pressCopy } from '../scripts/print/press.ts';
import { printedPictures } from '../scripts/print/sharpness.ts';
import { needs, run } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'sharp-'));
after(() => rmSync(folder, { recursive: true }));

const SIDE = 200;
const OPTIONS: PressOptions = {
  ...{ offset: 0, trim: { width: SIDE, height: SIDE }, bleed: 0, marks: [], faces: [], ink: 'grey', spot: '#d62718' },
  ...{ date: new Date(0), title: 'T', edition: 'e', standard: 'none' },
};

type Make = (
  stream: (data: string | Uint8Array, entries?: Record<string, unknown>) => PDFRef,
  doc: PDFDocument,
) => { readonly contents: string; readonly resources: Record<string, unknown> };

async function pageOf(make: Make): Promise<Uint8Array> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const page = doc.addPage([SIDE, SIDE]);
  const stream = (data: string | Uint8Array, entries: Record<string, unknown> = {}): PDFRef =>
    doc.context.register(
      PDFRawStream.of(
        doc.context.obj({ ...(entries as Record<string, number>), Filter: 'FlateDecode' }),
        deflateSync(Buffer.from(data as string, 'latin1')),
      ),
    );
  const { contents, resources } = make(stream, doc);
  page.node.set(PDFName.of('Contents'), stream(contents));
  page.node.set(PDFName.of('Resources'), doc.context.obj(resources as never));
  return doc.save({ addDefaultPage: false, updateFieldAppearances: false });
}

const picture = (entries: Record<string, unknown>): Record<string, unknown> => ({
  ...{ Type: 'XObject', Subtype: 'Image', Width: 8, Height: 8, BitsPerComponent: 8, ...entries },
});
const shown = 'q 180 0 0 180 10 10 cm /I Do Q';
const count = (length: number, at: (index: number) => number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => at(index));

const CASES: readonly (readonly [string, Make])[] = [
  [
    'a palette of 2 bits',
    (stream, { context }) => {
      const space = context.obj(['Indexed', 'DeviceRGB', 3, PDFHexString.of('ff000000ff000000ff808080')] as never);
      return {
        contents: shown,
        resources: {
          XObject: {
            I: stream(
              count(16, (i) => i * 17),
              picture({ BitsPerComponent: 2, ColorSpace: space }),
            ),
          },
        },
      };
    },
  ],
  [
    '16 bits',
    (stream) => ({
      contents: shown,
      resources: {
        XObject: {
          I: stream(
            count(384, (i) => (i * 37) % 256),
            picture({ BitsPerComponent: 16, ColorSpace: 'DeviceRGB' }),
          ),
        },
      },
    }),
  ],
  [
    '1 bit of RGB',
    (stream) => ({
      contents: shown,
      resources: {
        XObject: {
          I: stream(
            count(24, (i) => (i * 91) % 256),
            picture({ BitsPerComponent: 1, ColorSpace: 'DeviceRGB' }),
          ),
        },
      },
    }),
  ],
  [
    'turned about',
    (stream) => ({
      contents: shown,
      resources: {
        XObject: {
          I: stream(
            count(192, (i) => (i * 7) % 256),
            picture({ ColorSpace: 'DeviceRGB', Decode: [1, 0, 1, 0, 1, 0] }),
          ),
        },
      },
    }),
  ],
  [
    'a colour left out',
    (stream) => ({
      contents: `.2 .6 .2 rg 0 0 200 200 re f ${shown}`,
      resources: {
        XObject: {
          I: stream(
            count(192, (i) => (Math.floor(i / 3) % 2 === 0 ? 255 : 90)),
            picture({ ColorSpace: 'DeviceRGB', Mask: [255, 255, 255, 255, 255, 255] }),
          ),
        },
      },
    }),
  ],
  [
    'four inks',
    (stream) => ({
      contents: `.5 .2 0 .1 k 0 0 100 200 re f ${shown}`,
      resources: {
        XObject: {
          I: stream(
            count(256, (i) => (i * 5) % 256),
            picture({ ColorSpace: 'DeviceCMYK' }),
          ),
        },
      },
    }),
  ],
  [
    'colours by spaces',
    (_, { context }) => {
      const space = context.obj(['CalRGB', { WhitePoint: [0.9505, 1, 1.089] }] as never);
      return {
        contents:
          'q /C cs 1 0 0 sc 0 0 50 200 re f q /DeviceRGB cs 0 1 0 scn 50 0 50 200 re f Q 0 0 1 sc 100 0 50 200 re f Q 0 1 1 rg 150 0 50 200 re f',
        resources: { ColorSpace: { C: space } },
      };
    },
  ],
  [
    'a sampled gradient',
    (stream) => {
      const fn = stream(
        count(9, (i) => [255, 0, 0, 0, 255, 0, 0, 0, 255][i]!),
        { FunctionType: 0, Domain: [0, 1], Range: [0, 1, 0, 1, 0, 1], Size: [3], BitsPerSample: 8 },
      );
      return {
        contents: '/S sh',
        resources: {
          Shading: { S: { ShadingType: 2, ColorSpace: 'DeviceRGB', Coords: [0, 0, 200, 0], Function: fn } },
        },
      };
    },
  ],
  [
    'a list of functions',
    (_, { context }) => {
      const one = (C0: number, C1: number) =>
        context.obj({ FunctionType: 2, Domain: [0, 1], N: 1, C0: [C0], C1: [C1] });
      return {
        contents: '/S sh',
        resources: {
          Shading: {
            S: {
              ShadingType: 2,
              ColorSpace: 'DeviceRGB',
              Coords: [0, 0, 200, 0],
              Function: [one(1, 0), one(0, 0.5), one(0, 1)],
            },
          },
        },
      };
    },
  ],
];

function pixels(path: string): Uint8Array {
  run('pdftoppm', ['-r', '72', '-singlefile', path, path]);
  return readFileSync(`${path}.ppm`).subarray(-SIDE * SIDE * 3);
}

const light = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

for (const [name, make] of CASES) {
  test(`grey: ${name}`, needs('gs', 'pdftoppm', 'qpdf'), async () => {
    const source = await pageOf(make);
    const { pdf, report } = await pressCopy(source, OPTIONS);
    const [before, grey] = ['source', 'grey'].map((kind) => join(folder, `${name}-${kind}.pdf`)) as [string, string];
    writeFileSync(before, source);
    writeFileSync(grey, pdf);
    run('qpdf', ['--check', grey]);
    assert.deepEqual(report.kept, {});
    assert.match(run('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', grey]), /^ *0\.0+ +0\.0+ +0\.0+ +(?:1\.|0\.\d*[1-9])/);
    const [was, is] = [pixels(before), pixels(grey)];
    let differing = 0;
    for (let at = 0; at < was.length; at += 3) {
      const [red, green, blue] = [was[at]! / 255, was[at + 1]! / 255, was[at + 2]! / 255].map(light) as [
        number,
        number,
        number,
      ];
      if (Math.abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - light(is[at]! / 255)) > 0.1) differing++;
    }
    assert.ok(differing / (was.length / 3) <= 0.04, `${differing} pixels`);
  });
}

const pictures: Make = (stream) => {
  const tones = stream(
    count(300 * 200 * 3, (i) => (i * 7) % 256),
    picture({ Width: 300, Height: 200, ColorSpace: 'DeviceRGB' }),
  );
  const lines = stream(
    count(64 * 64 * 3, (i) => (Math.floor(i / 3) % 3 === 0 ? 0 : 255)),
    picture({ Width: 64, Height: 64, ColorSpace: 'DeviceRGB' }),
  );
  const form = stream('q 20 0 0 20 0 0 cm /L Do Q', {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, 30, 30],
    Matrix: [2, 0, 0, 2, 0, 0],
    Resources: { XObject: { L: lines } },
  });
  return {
    contents: 'q 150 0 0 100 0 0 cm /T Do Q q 0 30 -20 0 100 100 cm /T Do Q q .5 0 0 .5 100 100 cm /F Do Q',
    resources: { XObject: { T: tones, F: form } },
  };
};

test('dots an inch are poppler’s, at each picture’s largest', needs('pdfimages'), async () => {
  const path = join(folder, 'pictures.pdf');
  const { pdf, report } = await pressCopy(await pageOf(pictures), { ...OPTIONS, ink: 'cmyk' });
  writeFileSync(path, pdf);
  const listed = run('pdfimages', ['-list', path])
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map((line) => line.trim().split(/\s+/));
  assert.equal(listed.length, 3);
  for (const { width, dpi, line } of report.pictures) {
    const theirs = listed.filter((one) => Number(one[3]) === width);
    const lowest = Math.min(...theirs.map((one) => Math.min(Number(one[12]), Number(one[13]))));
    assert.ok(Math.abs(dpi - lowest) <= 1, `${dpi}, ${lowest}`);
    assert.equal(line, width === 64);
  }
  assert.deepEqual(
    report.pictures.map(({ width }) => width),
    [300, 64],
  );
  assert.deepEqual(printedPictures(await load(save(await load(pdf)))), report.pictures);
});

test('cmyk: a picture whose profile says what its colours are keeps it', needs('pdftoppm', 'qpdf'), async () => {
  // Red and green are each other's: who takes it for sRGB sees it at once.
  const swapped = Buffer.from(srgbProfile());
  for (const [index, tag] of ['gXYZ', 'rXYZ'].entries()) swapped.write(tag, 132 + 12 * (3 + index), 'latin1');
  for (const indexed of [false, true]) {
    const source = await pageOf((stream, { context }) => {
      const own = context.obj(['ICCBased', stream(swapped, { N: 3 })]);
      const space = indexed ? context.obj(['Indexed', own, 1, PDFHexString.of('e0203020c040')]) : own;
      const bytes = indexed ? count(64, (i) => i % 2) : count(192, (i) => (i * 7) % 256);
      return {
        contents: shown,
        resources: { XObject: { I: stream(bytes, picture({ ColorSpace: space })) } },
      };
    });
    const [before, after] = ['source', 'press'].map((kind) => join(folder, `profiled-${indexed}-${kind}.pdf`)) as [
      string,
      string,
    ];
    writeFileSync(before, source);
    writeFileSync(after, (await pressCopy(source, { ...OPTIONS, ink: 'cmyk' })).pdf);
    run('qpdf', ['--check', after]);
    assert.deepEqual(pixels(after), pixels(before));
  }
});

const [A5] = readConfig(
  new VFile({ path: 'book.yaml', value: 'title: T\nauthor: A\neditions: {long: {manuscript: l.md}}\n' }),
).config!.editions as [EditionConfig];

test('one picture, one advice: what was measured is not also guessed', () => {
  const at = (line: number, ruleId: string, reason: string, dots = 0): VFileMessage =>
    Object.assign(new VFileMessage(reason, { place: { line, column: 1 }, ruleId, source: 'pamphleteer' }), {
      ...{ file: 'long.md', expected: [`${dots}`] },
    });
  const read = [at(1, 'picture-soft', 'a guess'), at(2, 'picture-small', 'slight'), at(3, 'picture-soft', 'unprinted')];
  const sharp = [at(4, 'picture-soft', 'a wrong guess'), at(4, 'alt-words', 'else')];
  const found = [
    ...[at(1, 'picture-soft', 'in another edition', 300), at(1, 'picture-soft', 'measured', 400)],
    ...[at(2, 'picture-soft', 'slight'), at(1, 'too-tall', 'else')],
  ];
  const measured = new Set([1, 2, 4].map((line) => placed({ file: 'long.md', line, column: 1 })));
  assert.deepEqual(
    oncePerPicture([...read, ...sharp], found, measured).map(({ line, reason }) => `${line} ${reason}`),
    ['2 slight', '3 unprinted', '4 else', '1 measured', '1 else'],
  );
});

test('soft pictures are told once, by their files, in the order of the pages', async () => {
  const { report } = await pressCopy(await pageOf(pictures), OPTIONS);
  const file = (path: string, width: number, height: number, mediaType = 'image/png'): Picture =>
    ({ id: path, path, mediaType, bytes: new Uint8Array(), width, height }) as Picture;
  const shown = [file('a.svg', 300, 200, 'image/svg+xml'), file('photo.png', 300, 200), file('line.png', 64, 64)];
  const soft = (pictures: Picture[], places: Measured['places'] = () => [], cover: Partial<Measured> = {}) =>
    softPictures({ pictures, config: A5 }, { printed: report.pictures, folioNames: ['iv'], places, ...cover });
  const told = soft(shown);
  assert.deepEqual(
    told.map(({ picture: path, reason }) => [path, reason]),
    [
      ['photo.png', 'The picture `photo.png` is printed with 144 dots an inch on page iv'],
      ['line.png', 'The picture `line.png` is printed with 230 dots an inch on page iv'],
    ],
  );
  assert.match(told[0]!.hint, /200.*420 dots/);
  assert.match(told[1]!.hint, /600.*170 dots/);
  // A cover is cut to its place: the part that shows is known by one of its sides.
  const covered = soft([shown[2]!], undefined, { cover: file('cover.jpg', 300, 500) });
  assert.deepEqual(
    covered.map(({ picture: path }) => path),
    ['cover.jpg', 'line.png'],
  );
  // In the text a larger one is shown larger, up to the measure: 107.2 mm.
  const [photo] = soft(shown, () => [{ within: false }]);
  assert.match(photo!.hint, /200.*860 dots/);
});
