// The press and the reading copy, judged by what printers and readers use: poppler, Ghostscript's ink coverage, qpdf.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { MM } from '../scripts/book/measure.ts';
import { readFace } from '../scripts/io/typecase.ts';
import { type Cmyk, spotCmyk } from '../scripts/print/colours.ts';
import { num, operations, rewrite } from '../scripts/print/content.ts';
import { countPages, load } from '../scripts/print/pdf.ts';
import { type PressOptions, pressCopy, readingCopy } from '../scripts/print/press.ts';
import { FACES } from '../scripts/typeset/fonts.ts';
import { BLEED, OFFSET, oversize, PAGE, type Picture, readPgm, SPOT, TRIM, wordsOf } from './oversize.ts';
import { needs, run } from './tools.ts';

const DATE = new Date(Date.UTC(2026, 5, 1, 12, 30));
const PRESS: PressOptions = {
  ...{ offset: OFFSET, trim: TRIM, bleed: BLEED, marks: ['crop', 'registration', 'slug'], standard: 'none' },
  ...{ ink: 'cmyk', spot: SPOT, key: { [SPOT]: [0, 0.9, 0.85, 0] }, date: DATE },
  ...{ title: 'Whose – “Ü”? 東', edition: 'The long one', faces: [] },
};
const READING = { offset: OFFSET, trim: TRIM, date: DATE, title: 'Whose – “Ü”?', language: 'en-GB' };

function saved(context: TestContext, pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'press-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pages.pdf');
  writeFileSync(path, pdf);
  return path;
}

const garamond = async () => ({ name: FACES[0]!.name, bytes: await readFace(FACES[0]!) });

type Box = readonly [number, number, number, number];

/** The boxes of each page, in points to two decimals. */
function boxesOf(path: string, box: string): Box[] {
  const info = run('pdfinfo', ['-box', '-f', '1', '-l', '999', path]);
  return [...info.matchAll(new RegExp(`${box}: +([-\\d.]+) +([-\\d.]+) +([-\\d.]+) +([-\\d.]+)`, 'g'))].map(
    ([, ...corners]) => corners.map(Number) as unknown as Box,
  );
}

function assertBox(found: Box, wanted: Box): void {
  found.forEach((value, index) => {
    assert.ok(Math.abs(value - wanted[index]!) <= 0.01, `${found} is not ${wanted}`);
  });
}

/** Cyan, magenta, yellow, black of each page: the part of the page that each covers. */
const platesOf = (path: string): Cmyk[] =>
  run('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', path])
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).slice(0, 4).map(Number) as unknown as Cmyk);

/** A page in grey at 96 dots an inch: one a CSS px. */
function rendered(path: string, page: number, crop?: { readonly left: number; readonly top: number }): Picture {
  const cut = crop ? ['-x', `${crop.left}`, '-y', `${crop.top}`, '-W', '559', '-H', '793'] : [];
  run('pdftoppm', ['-gray', '-r', '96', '-f', `${page}`, '-l', `${page}`, '-singlefile', ...cut, path, `${path}-p`]);
  return readPgm(readFileSync(`${path}-p.pgm`));
}

/** Part of the pixels that differ by more than a tenth of the way from black to white. */
function difference(a: Picture, b: Picture): number {
  assert.ok(a.width === b.width && a.height === b.height, `${a.width}×${a.height}, ${b.width}×${b.height}`);
  let differing = 0;
  for (let at = 0; at < a.width * a.height; at++) if (Math.abs(a.pixels[at]! - b.pixels[at]!) > 25) differing++;
  return differing / (a.width * a.height);
}

test('the press copy has its boxes to a hundredth of a point', needs('pdfinfo', 'qpdf'), async (context) => {
  for (const marks of [PRESS.marks, ['crop'], ['slug'], []] as const) {
    const { pdf } = await pressCopy(await oversize(3), { ...PRESS, marks });
    const path = saved(context, pdf);
    const room = marks.length > 0 ? BLEED + 5 * MM : BLEED;
    const around = (by: number): Box => [room - by, room - by, room + TRIM.width + by, room + TRIM.height + by];
    for (const [name, box] of [
      ['MediaBox', around(room)],
      ['BleedBox', around(BLEED)],
      ['TrimBox', around(0)],
    ] as const) {
      const found = boxesOf(path, name);
      assert.equal(found.length, 3);
      for (const each of found) assertBox(each, box);
    }
    run('qpdf', ['--check', path]);
  }
});

test('marks stand outside the bleed, in black alone', needs('pdftoppm', 'gs'), async (context) => {
  const bare = { ...PRESS, bleed: 0 };
  const marked = saved(context, (await pressCopy(await oversize(2), bare)).pdf);
  const [, neutral] = platesOf(marked);
  assert.deepEqual(neutral!.slice(0, 3), [0, 0, 0]);
  // Without bleed the bar ends at the trim, and the 2 mm next to it stay white on all sides.
  const picture = rendered(marked, 1);
  const px = 96 / 72;
  const [near, far] = [5.2 * MM * px, 6.8 * MM * px];
  let inGap = 0;
  let inMargin = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const edge = Math.min(x, y, picture.width - 1 - x, picture.height - 1 - y);
      if (picture.pixels[y * picture.width + x]! > 200) continue;
      if (edge > near && edge < far) inGap++;
      if (edge < 4.8 * MM * px) inMargin++;
    }
  }
  assert.equal(inGap, 0);
  assert.ok(inMargin > 50, `${inMargin} pixels of marks`);
});

test('register marks have the inks of their page', needs('gs'), async (context) => {
  const plates = platesOf(
    saved(context, (await pressCopy(await oversize(2), { ...PRESS, marks: ['registration'] })).pdf),
  );
  assert.ok(
    plates[0]!.every((part) => part > 0),
    'a page in colour: in all four',
  );
  assert.deepEqual(plates[1]!.slice(0, 3), [0, 0, 0]);
});

test(
  'the slug line says what the sheet is, outside the bleed, in type of our own',
  needs('pdftotext'),
  async (context) => {
    const faces = [await garamond()];
    const { pdf } = await pressCopy(await oversize(3), { ...PRESS, issued: '2026-06-01', faces });
    const path = saved(context, pdf);
    const { height } = { height: TRIM.height + 2 * (BLEED + 5 * MM) };
    const words = wordsOf(run('pdftotext', ['-bbox', path, '-']));
    for (const page of [0, 1, 2]) {
      const slug = words.filter((word) => word.page === page && word.top > height - 5 * MM);
      // 東 is in no face of these.
      const said = slug.map(({ text }) => text).join(' ');
      assert.match(said, new RegExp(`^Whose – “Ü”\\? · The long one ${page + 1}/3 · 2026-06-01 · [0-9a-f]{7}$`));
      for (const { left, right, bottom } of slug) {
        assert.ok(left > BLEED + 5 * MM && right < BLEED + 5 * MM + TRIM.width && bottom < height);
      }
    }
    const mark = (text: string): string => /[0-9a-f]{7}$/m.exec(text)![0];
    const other = await pressCopy(await oversize(2), { ...PRESS, faces });
    const [one, two] = [path, saved(context, other.pdf)].map((file) =>
      mark(run('pdftotext', ['-l', '1', '-layout', file, '-'])),
    );
    assert.notEqual(one, two);
  },
);

test(
  'what is too long for the slug line is cut, first the title; page, date and mark stay whole',
  needs('pdftotext'),
  async (context) => {
    const faces = [await garamond()];
    const long = 'Very long '.repeat(40);
    const cases = [
      [TRIM.width, long, 'The long one', /^Very long [^…]*… · The long one 1\/1/],
      [TRIM.width, 'Short', long, /^Short · Very long [^…]*… 1\/1/],
      [TRIM.width, long, long, /^Very long [^…]*… · Very long [^…]*… 1\/1/],
      [60 * MM, long, 'The long one', /^Very[^…]*… · The long one 1\/1/],
      [60 * MM, 'Tools', 'A', /^Tools · A 1\/1/],
    ] as const;
    for (const [width, title, edition, says] of cases) {
      const trim = { width, height: TRIM.height };
      const path = saved(
        context,
        (await pressCopy(await oversize(1), { ...PRESS, trim, title, edition, issued: '2026-06-01', faces })).pdf,
      );
      const words = wordsOf(run('pdftotext', ['-bbox', path, '-'])).filter(({ top }) => top > TRIM.height + 10 * MM);
      const line = words.map(({ text }) => text).join(' ');
      assert.match(line, says);
      assert.match(line, / 1\/1 · 2026-06-01 · [0-9a-f]{7}$/);
      const [start, middle] = [BLEED + 5 * MM, BLEED + 5 * MM + width / 2];
      assert.ok(
        words.every(({ left, right }) => left > start && right < start + width),
        line,
      );
      // The register mark is in the middle.
      assert.ok(
        words.every(({ left, right }) => right < middle - 2.5 * MM || left > middle + 2.5 * MM),
        line,
      );
    }
  },
);

test('the slug line has the date that the book has, as far as it says one', needs('pdftotext'), async (context) => {
  const faces = [await garamond()];
  for (const [issued, says] of [
    ['2026', / 1\/1 · 2026 · [0-9a-f]{7}$/m],
    ['2026-11', / 1\/1 · 2026-11 · [0-9a-f]{7}$/m],
    [undefined, / 1\/1 · [0-9a-f]{7}$/m],
  ] as const) {
    const options = { ...PRESS, faces, ...(issued ? { issued } : {}) };
    const path = saved(context, (await pressCopy(await oversize(1), options)).pdf);
    assert.match(run('pdftotext', ['-layout', path, '-']), says);
  }
});

test(
  'colour: neutral pages use black alone, the spot colour its own inks and no black',
  needs('gs'),
  async (context) => {
    const { pdf, report } = await pressCopy(await oversize(4), { ...PRESS, marks: ['crop'] });
    const plates = platesOf(saved(context, pdf));
    assert.equal(plates.length, 4);
    for (const [index, [c, m, y, k]] of plates.entries()) {
      assert.equal(c, 0);
      assert.ok(k > 0);
      assert.equal(m > 0, index % 2 === 0);
      assert.equal(y > 0, index % 2 === 0);
    }
    assert.deepEqual(report.kept, {});
    const bars = await pressCopy(await oversize(1, 'bars'), { ...PRESS, marks: [] });
    const [[c, m, y, k]] = platesOf(saved(context, bars.pdf)) as [Cmyk];
    assert.ok(c === 0 && k === 0 && m > 0.02 && y > 0.02, `${[c, m, y, k]}`);
  },
);

test('black: nothing but the black plate, and the spot colour solid on it', needs('gs'), async (context) => {
  const { pdf, report } = await pressCopy(await oversize(4), { ...PRESS, ink: 'black' });
  for (const [c, m, y, k] of platesOf(saved(context, pdf))) assert.ok(c === 0 && m === 0 && y === 0 && k > 0);
  assert.deepEqual(report.kept, {});
  const bars = await pressCopy(await oversize(1, 'bars'), { ...PRESS, ink: 'black', marks: [] });
  const picture = rendered(saved(context, bars.pdf), 1);
  assert.ok(picture.pixels.includes(0));
});

test('what stays in RGB is reported', async () => {
  const { report } = await pressCopy(await oversize(2), { ...PRESS, spot: '#00ff00', key: {} });
  assert.deepEqual(report.kept, { 'colour #d62718': 1 });
});

test('the source is all four plates: the test above would notice', needs('gs'), async (context) => {
  const [, [c, m, y]] = platesOf(saved(context, await oversize(2))) as [Cmyk, Cmyk];
  assert.ok(c > 0 && m > 0 && y > 0);
});

test('press and reading copy look like what the browser printed', needs('pdftoppm'), async (context) => {
  const source = await oversize(2);
  const [before, reading] = [saved(context, source), saved(context, await readingCopy(source, READING))];
  for (const page of [1, 2]) {
    const wanted = rendered(before, page, { left: OFFSET, top: OFFSET });
    const found = rendered(reading, page, { left: 0, top: 0 });
    assert.ok(difference(wanted, found) < 0.001, `page ${page}`);
  }
  // A bleed of 12 px and no marks: whole pixels again.
  const { pdf } = await pressCopy(source, { ...PRESS, bleed: 9, marks: [] });
  const wanted = rendered(before, 2, { left: OFFSET, top: OFFSET });
  const found = rendered(saved(context, pdf), 2, { left: 12, top: 12 });
  assert.ok(difference(wanted, found) < 0.001);
});

test('the press copy has nothing for a screen in it', async () => {
  const doc = await load((await pressCopy(await oversize(2), PRESS)).pdf);
  const all = doc.context.enumerateIndirectObjects().map(([, object]) => `${object}`);
  assert.doesNotMatch(all.join('\n').slice(0, 1e6), /\/Annot\b|\/Outlines|\/StructElem|\/Dests/);
});

test('the reading copy is cut to the trim', needs('pdfinfo', 'qpdf'), async (context) => {
  const path = saved(context, await readingCopy(await oversize(3), READING));
  for (const name of ['MediaBox', 'CropBox', 'TrimBox']) {
    for (const box of boxesOf(path, name)) assertBox(box, [0, 0, TRIM.width, TRIM.height]);
  }
  run('qpdf', ['--check', path]);
});

test('links, outline and places move along', needs('pdftotext', 'pdfinfo'), async (context) => {
  const pdf = await readingCopy(await oversize(2), READING);
  const path = saved(context, pdf);
  const words = wordsOf(run('pdftotext', ['-bbox', path, '-']));
  const doc = await load(pdf);
  const rects = [
    ...`${doc.context.enumerateIndirectObjects().map(([, object]) => `${object}`)}`.matchAll(/\/Rect \[ ([^\]]+) \]/g),
  ];
  assert.equal(rects.length, 2);
  for (const [index, text] of ['head1', 'foot1'].entries()) {
    const [left, bottom, right, top] = rects[index]![1]!.split(' ').map(Number) as [number, number, number, number];
    const word = words.find((one) => one.text === text)!;
    const middle = { x: (word.left + word.right) / 2, y: TRIM.height - (word.top + word.bottom) / 2 };
    assert.ok(left < middle.x && middle.x < right && bottom < middle.y && middle.y < top, text);
  }
  const wanted = [60 - 24, 612 - (PAGE.height - 24 - TRIM.height)];
  const [, x, y] = /XYZ +([\d.]+) +([\d.]+)/.exec(run('pdfinfo', ['-dests', path]))!;
  assert.ok(Math.abs(Number(x) - wanted[0]!) <= 1 && Math.abs(Number(y) - wanted[1]!) <= 1, `${x} ${y}`);
  assert.ok(doc.catalog.toString().includes('/Outlines'));
});

test('the reading copy says what it is', needs('pdfinfo'), async (context) => {
  const pdf = await readingCopy(await oversize(2), READING);
  const path = saved(context, pdf);
  const info = run('pdfinfo', [path]);
  assert.match(info, /Title: +Whose – “Ü”\?/);
  assert.match(info, /Tagged: +yes/);
  assert.match(info, /CreationDate: +Mon Jun +1 12:30:00 2026 UTC/);
  assert.match(info, /ModDate: +Mon Jun +1 12:30:00 2026 UTC/);
  const metadata = run('pdfinfo', ['-meta', path]);
  assert.match(metadata, /<rdf:li xml:lang="x-default">Whose – “Ü”\?</);
  assert.match(metadata, /<xmp:ModifyDate>2026-06-01T12:30:00\+00:00</);
  const catalog = (await load(pdf)).catalog.toString();
  assert.match(catalog, /\/Lang \(en-GB\)/);
  assert.match(catalog, /\/DisplayDocTitle true/);
});

test('tags are mended: roles, list bodies, words for links', async () => {
  const doc = await load(await readingCopy(await oversize(2), READING));
  const all = doc.context.enumerateIndirectObjects().map(([, object]) => `${object}`);
  assert.ok(all.some((text) => /\/RoleMap <<[\s\S]*\/Em \/Span/.test(text)));
  assert.ok(all.some((text) => /\/StructElem[\s\S]*\/S \/LBody/.test(text)));
  const links = all.filter((text) => text.includes('/Subtype /Link'));
  assert.ok(links.length === 2 && links.every((text) => text.includes('/Contents <FEFF')));
});

test('same input, same bytes; another date, other bytes', async () => {
  const press = async (date: Date): Promise<string> =>
    Buffer.from((await pressCopy(await oversize(2), { ...PRESS, date })).pdf).toString('latin1');
  const reading = async (date: Date): Promise<string> =>
    Buffer.from(await readingCopy(await oversize(2), { ...READING, date })).toString('latin1');
  for (const make of [press, reading]) {
    assert.equal(await make(DATE), await make(DATE));
    assert.notEqual(await make(DATE), await make(new Date(0)));
  }
});

test('a reading copy of a copy is the same pages again', async () => {
  const pdf = await readingCopy(await oversize(5), READING);
  assert.equal(await countPages(pdf), 5);
  assert.equal(await countPages(await readingCopy(pdf, { ...READING, offset: 0 })), 5);
});

test('a spot colour without inks of its own gets grey replacement in whole percents', () => {
  assert.deepEqual(spotCmyk('#d62718'), [0, 0.82, 0.89, 0.16]);
  assert.deepEqual(spotCmyk('#000000'), [0, 0, 0, 1]);
  assert.deepEqual(spotCmyk('#ffffff'), [0, 0, 0, 0]);
});

test('operators are found outside strings, dictionaries, comments and inline pictures only', () => {
  const text = [
    '1 0 0 rg (2 0 0 rg \\) 3 0 0 rg (4 0 0 rg)) Tj % 5 0 0 rg',
    '/Span <</A (6 0 0 rg) /B [7 0 0] >> BDC [(8 0 0 rg) -20 <39>] TJ',
    'BI /W 1 ID 9 0 0 rg EI 0 .5 1 rg',
  ].join('\n');
  const found: string[] = [];
  operations(text, new Set(['rg']), ({ operands, start, end }) => {
    found.push(operands.join(' '));
    assert.equal(text.slice(start, end), `${operands.join(' ')} rg`);
  });
  assert.deepEqual(found, ['1 0 0', '0 .5 1']);
});

test('rewriting changes what it is asked to and no other byte', () => {
  const whole = ['q', '0 0 0 rg', '(a \\( rg) Tj', '<41> Tj', '/F 1 Tf', '% 0 0 0 rg\n', '[1 (]) 2] TJ', '1 .5 0 rg'];
  const wanted = new Set(['rg']);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...whole)), fc.constantFrom(' ', '\n', '\r\n\t'), (pieces, gap) => {
      const text = pieces.join(gap);
      const black = ({ operands }: { readonly operands: readonly string[] }): string | undefined =>
        operands.join() === '0,0,0' ? '0 g' : undefined;
      assert.equal(
        rewrite(text, wanted, () => undefined),
        text,
      );
      assert.equal(rewrite(text, wanted, black), pieces.map((one) => (one === '0 0 0 rg' ? '0 g' : one)).join(gap));
    }),
  );
});

test('numbers are written short and without exponents', () => {
  assert.deepEqual(
    [0, -0.000001, 0.5, -0.25, 12, 100, 1e-7, 1 / 3].map((value) => num(value)),
    [...['0', '0', '.5', '-.25', '12', '100', '0', '.33333']],
  );
});
