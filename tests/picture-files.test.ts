// Picture files, judged by those who must show them: what we take, a browser decodes to the size that we said and
// EPUBCheck lets pass; what we refuse is told in words. Whatever the bytes are, nothing throws.
import assert from 'node:assert/strict';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import { createBrotliDecompress } from 'node:zlib';
import fc from 'fast-check';
import { Blob as FontBlob, Face as FontFace } from 'harfbuzzjs';
import { extract } from 'tar-fs';
import { readDrawing } from '../scripts/book/drawing.ts';
import { faultOfPng } from '../scripts/book/png.ts';
import { readRaster } from '../scripts/book/raster.ts';
import { readBook } from '../scripts/check.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Picture } from '../scripts/edition/edition.ts';
import { openPressroom, type Pressroom } from '../scripts/io/browser.ts';
import { type FoundPicture, openLibrary, type Refusal } from '../scripts/io/library.ts';
import { inWords } from '../scripts/io/reporter.ts';
import { wordsAdvice } from '../scripts/preflight/drawings.ts';
import type { Stone } from '../scripts/typeset/stone.ts';
import { composed } from './composing.ts';
import { epubcheck } from './ebook-judges.ts';
import { ebookOf } from './ebook-specimens.ts';
import { given, needs } from './tools.ts';
import { book, pamphleteer, temporary } from './workshop.ts';

const folder = temporary();
let room: Pressroom;
let stone: Stone;
before(async () => {
  room = await openPressroom(
    () => {},
    () => {},
  );
  stone = await room.stone(folder);
  await stone.lay('pictures.html', '<!doctype html><p>Pictures</p>');
});
after(() => room.close());

type Kind = Picture['mediaType'];
interface Sample {
  readonly type: Kind;
  readonly bytes: Buffer;
}

/** What the browser makes of them: width and height, or undefined where it shows nothing. */
const shownBy = (samples: readonly Sample[]): Promise<([number, number] | null)[]> =>
  stone.work(
    (async (items: readonly { readonly type: string; readonly data: string }[]) =>
      Promise.all(
        items.map(async ({ type, data }) => {
          const image = new Image();
          image.src = `data:${type};base64,${data}`;
          return image.decode().then(
            () => [image.naturalWidth, image.naturalHeight],
            () => null,
          );
        }),
      )) as never,
    samples.map(({ type, bytes }) => ({ type, data: bytes.toString('base64') })) as never,
  );

/** Pictures that the browser itself has drawn and packed. */
async function drawn(): Promise<Sample[]> {
  const made: string[] = await stone.work(
    (() =>
      ['image/png', 'image/jpeg', 'image/webp'].map((type) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
        const pen = canvas.getContext('2d')!;
        for (let at = 0; at < 60; at++) {
          pen.fillStyle = `hsl(${at * 6} 80% 50%)`;
          pen.fillRect(at, at % 7, 1, 30);
        }
        return canvas.toDataURL(type);
      })) as never,
    null as never,
  );
  return made.map((url) => ({
    type: /data:([^;]*)/.exec(url)![1] as Kind,
    bytes: Buffer.from(url.replace(/.*,/, ''), 'base64'),
  }));
}

/** GIF89a of 2 × 2 dots, and of so many frames. */
function gif(frames: number): Buffer {
  const frame = Buffer.from('2c000000000200020000020344740500', 'hex');
  return Buffer.concat([
    Buffer.from('47494638396102000200800000000000ffffff', 'hex'),
    ...Array.from({ length: frames }, () => frame),
    Buffer.from('3b', 'hex'),
  ]);
}

/** The same JPEG with a camera's note which side is up. */
function turnedBy(jpeg: Buffer, orientation: number): Buffer {
  const note = Buffer.from(
    `ffe10022457869660000${'4d4d002a00000008'}0001${'0112000300000001'}000${orientation}0000${'00000000'}`,
    'hex',
  );
  return Buffer.concat([jpeg.subarray(0, 2), note, jpeg.subarray(2)]);
}

/** 8 × 8 dots of a printer's four inks. */
const INKS = Buffer.from(
  [
    '/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwBQNzxGPDJQRkFGWlVQX3jIgnhubnj1r7mRyP//////////////////////////////////',
    '/////////////////9sAQwFVWlp4aXjrgoLr////////////////////////////////////////////////////////////////',
    '/////////8AAFAgACAAIBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAAAAADBP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/',
    'xAAVAQEBAAAAAAAAAAAAAAAAAAADBP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAOBAEAAhEDEQQAAD8AqARG2gP/2Q==',
  ].join(''),
  'base64',
);

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><defs><g id="a"><path d="M1 1h7v7z"/></g></defs><use href="#a"/></svg>';

type Size = { readonly width: number; readonly height: number };

/** As the library reads it, without the file. */
function read(bytes: Uint8Array): Size | undefined {
  const raster = readRaster(bytes);
  if (typeof raster === 'string') return undefined;
  if (raster) return raster.mediaType === 'image/png' && faultOfPng(bytes) ? undefined : raster;
  const drawing = readDrawing(bytes);
  return drawing && !('fault' in drawing) ? drawing : undefined;
}

test('what the browser has drawn is read, with the size that it shows', async () => {
  const [png, jpeg, webp] = (await drawn()) as [Sample, Sample, Sample];
  const samples: Sample[] = [
    png,
    jpeg,
    webp,
    { type: 'image/gif', bytes: gif(1) },
    { type: 'image/gif', bytes: gif(3) },
  ];
  samples.push({ type: 'image/jpeg', bytes: INKS });
  for (let turn = 1; turn <= 8; turn++) samples.push({ type: 'image/jpeg', bytes: turnedBy(jpeg.bytes, turn) });
  samples.push({ type: 'image/svg+xml', bytes: Buffer.from(SVG.replace('viewBox', 'width="60" height="40" viewBox')) });
  const sizes = await shownBy(samples);
  for (const [at, { type, bytes }] of samples.entries()) {
    const own = read(bytes);
    assert.deepEqual(own && [own.width, own.height], sizes[at], `${at} ${type}`);
  }
  const traits = samples.map(({ bytes }) => readRaster(bytes) as unknown as Record<string, unknown> | undefined);
  assert.deepEqual(
    traits.map((one) =>
      Object.keys(one ?? {})
        .filter((key) => ['turned', 'moves', 'inks'].includes(key))
        .join(),
    ),
    ['', '', '', '', 'moves', 'inks', '', ...Array(7).fill('turned'), ''],
  );
});

/** A file after an accident: cut, with other bytes in it, with some lost, or some more. */
const accident = (bytes: Buffer): fc.Arbitrary<Buffer> => {
  const place = fc.nat(bytes.length - 1);
  const some = fc.uint8Array({ minLength: 1, maxLength: 6 });
  return fc.oneof(
    place.map((at) => bytes.subarray(0, at)),
    fc.tuple(place, some).map(([at, more]) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])),
    fc
      .tuple(place, fc.integer({ min: 1, max: 30 }))
      .map(([at, lost]) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + lost)])),
    fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) copy[at] = byte;
      return copy;
    }),
  );
};

test('whatever has happened to a picture, what is taken can be shown, and what is not is told', async () => {
  const whole = [
    ...(await drawn()),
    { type: 'image/gif' as const, bytes: gif(2) },
    { type: 'image/svg+xml' as const, bytes: Buffer.from(SVG) },
  ];
  const library = await openLibrary(folder);
  for (const { type, bytes } of whole) {
    const spoilt = fc.sample(accident(bytes), { numRuns: 250, seed: 4 });
    const found: (FoundPicture | Refusal)[] = [];
    for (const one of spoilt) {
      writeFileSync(join(folder, 'spoilt.png'), one);
      found.push(await library.picture('text.md', 'spoilt.png', 'picture-1'));
    }
    const shown = await shownBy(spoilt.map((one) => ({ type, bytes: one })));
    for (const [at, one] of found.entries()) {
      if ('refused' in one) assert.match(one.detail ?? '', /^(?:it|its) \S/, `${type} ${one.refused}`);
      // Damage in the dots of a WebP is seen only by who unpacks them; there, a picture cut off must be told.
      else if (type === 'image/webp' && spoilt[at]!.length >= bytes.length - 30) continue;
      else {
        assert.ok(shown[at], `${type}: taken, and no browser shows it: ${spoilt[at]!.toString('base64')}`);
        if (type !== 'image/svg+xml') assert.deepEqual([one.width, one.height], shown[at]);
      }
    }
    // A test of nothing but refusals, or of none, would say nothing.
    assert.ok(
      found.some((one) => 'refused' in one),
      type,
    );
  }
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'binary' }).map((text) => Buffer.from(`<svg ${text}`)),
      ),
      (bytes) => {
        read(bytes);
      },
    ),
    { numRuns: 1000 },
  );
});

test('damage that only shows when a picture is decoded stops the build, and is told where the picture stands', async () => {
  const webp = (await drawn()).find(({ type }) => type === 'image/webp')!;
  const taken = fc.sample(accident(webp.bytes), { numRuns: 250, seed: 4 }).filter((one) => read(one)?.width === 60);
  const shown = await shownBy(taken.map((bytes) => ({ type: 'image/webp', bytes })));
  const blank = taken[shown.indexOf(null)];
  assert.ok(blank, 'some damage is beyond what is read');
  const own = book({
    'book.yaml': 'title: T\nauthor: A\nlanguage: en\neditions: {long: {manuscript: long.md, outputs: epub}}\n',
    'long.md': 'Some text.\n\n![A fan of lines.](sound.webp)\n\n![A fan of lines again.](damaged.webp)\n',
    'sound.webp': webp.bytes,
    'damaged.webp': blank,
  });
  const { code, stderr } = await pamphleteer(['build', '--book', own]);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /long\.md:5:1: The picture `damaged\.webp` cannot be read \(.*damaged.*\)\n {4}\S/);
  assert.doesNotMatch(stderr, /sound\.webp` cannot/);
  assert.ok(!existsSync(join(own, 'dist', 't-long.epub')));
});

const drawing = (inner: string, attributes = 'viewBox="0 0 9 9"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inner}</svg>`;

test('EPUBCheck finds nothing in the pictures that we take', needs('java'), async () => {
  const drawings = [
    drawing('<path fill="url(&quot;#s&quot;)" d="M0 0h9"/><linearGradient id="s"/>'),
    `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">\n${drawing('')}`,
    `<?xml version="1.1" encoding="ISO-8859-1"?>${drawing('<title>Caf\xe9</title>')}`,
    drawing('<a xlink:href="https://example.org/"><path d="M0 0"/></a><style>path{fill:red}</style>'),
    drawing(
      '<use xlink:href=" #a "/><g id="a"/><image xlink:href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>',
    ),
    `\ufeff${drawing('<animate attributeName="x" to="5" dur="1s"/>')}`,
  ].map((source, at): Sample => ({ type: 'image/svg+xml', bytes: Buffer.from(source, at === 2 ? 'latin1' : 'utf8') }));
  const spoilt = (await drawn()).flatMap(({ type, bytes }) =>
    fc
      .sample(accident(bytes), { numRuns: 150, seed: 9 })
      .filter(read)
      .slice(0, 8)
      .map((one): Sample => ({ type, bytes: one })),
  );
  const broken = fc
    .sample(accident(Buffer.from(SVG)), { numRuns: 400, seed: 9 })
    .filter(read)
    .slice(0, 30);
  const samples: Sample[] = [
    ...drawings,
    ...(await drawn()),
    { type: 'image/gif', bytes: gif(2) },
    ...spoilt,
    ...broken.map((bytes): Sample => ({ type: 'image/svg+xml', bytes })),
  ];
  const pictures = samples.map(({ type, bytes }, at): Picture => {
    const found = type === 'image/svg+xml' ? readDrawing(bytes) : undefined;
    assert.ok(!found || 'bytes' in found, JSON.stringify(found));
    return {
      id: `picture-${at + 1}`,
      path: `${at}.x`,
      mediaType: type,
      bytes: found?.bytes ?? bytes,
      width: 9,
      height: 9,
    };
  });
  const text = pictures.map(({ path }) => `![What it shows.](${path})\n\n`).join('');
  const shown = new Map(pictures.map((one) => [pictureKey('1.md', one.path), one]));
  const [said] = await epubcheck([await ebookOf(composed(`## One\n\n${text}`, { pictures: shown }))]);
  const about = said!.filter((message) => /images\//.test(message));
  const named = about.map(
    (message) =>
      `${message} ${pictures.filter(({ id }) => message.includes(`${id}.svg`)).map(({ bytes }) => Buffer.from(bytes).toString())}`,
  );
  assert.deepEqual(named, []);
});

test('a drawing that would run, reach out, or be shown by nobody is refused, with its own line', () => {
  const cases: readonly (readonly [string, RegExp, number?])[] = [
    [drawing('<g>\n<script>1</script></g>'), /`script`/, 2],
    [drawing('<g xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></g>'), /`h:script`/],
    [drawing('\n\n<path onload="x()"/>'), /`onload`, which would run/, 3],
    [drawing('<foreignObject/>'), /foreignObject/],
    [drawing('<image xlink:href="http://a.example/b.png"/>'), /leads to `http/],
    [drawing('<use xmlns:other="http://www.w3.org/1999/xlink" other:href="x.svg#a"/>'), /leads to `x\.svg#a`/],
    [drawing('<a xlink:href="java&#9;script:x"/>'), /leads to/],
    [drawing('<image href="data:image/svg+xml,x"/>'), /leads to/],
    [drawing('<path style="fill:u\\72l(http://a.example)"/>'), /would fetch/],
    [drawing('<style>@im/**/port "x";</style>'), /another file/],
    [drawing('<style><![CDATA[@\\69mport "x";]]></style>'), /another file/],
    [drawing('<style>a{background:image-set("http://a.example/a.png" 1x)}</style>'), /another file/],
    [drawing('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'), /leads to `file/],
    [drawing('<set attributeName="xlink:href" to="http://a.example"/>'), /change an address/],
    [`<?xml-stylesheet href="x.css"?>\n${drawing('')}`, /style sheet/, 1],
    [`\n<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>${drawing('<text>&b;</text>')}`, /declares entities/, 2],
    [`<!DOCTYPE svg SYSTEM "x.dtd">${drawing('')}`, /declares entities/],
    [drawing('\n<g>'), /no well-formed XML: Missing end tag/, 2],
    [drawing('<g>'.repeat(3000) + '</g>'.repeat(3000)), /too deep/],
    [drawing('<g>'.repeat(200_000)), /too deep/],
    ['<svg viewBox="0 0 9 9"/>', /lacks `xmlns/],
    ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><use xlink:href="#a"/></svg>', /prefix `xlink:`/],
    [drawing('', ''), /how large/],
    [drawing('', 'width="0" height="4"'), /how large/],
    [drawing('', 'viewBox="0 0 -1 5"'), /how large/],
    [drawing('<g id="Frame 1"/>'), /`Frame 1`, which is no name/],
    [drawing('<g id="a"/><g id="a"/>'), /two of its parts have the id `a`/],
    [drawing('<path fill="url(#none)"/>'), /leads to `#none`/],
  ];
  for (const [source, says, line] of cases) {
    const found = readDrawing(Buffer.from(source));
    assert.ok(found && 'fault' in found, source.slice(0, 200));
    assert.match(found.fault, says);
    if (line) assert.equal(found.line, line, source.slice(0, 200));
  }
  const hints: readonly (readonly [string, RegExp])[] = [
    [drawing('<script/>'), /without scripts/],
    [drawing('<image href="http://a.example/a.png"/>'), /without scripts, links to other files/],
    [drawing('\n<g>'), /Save it again as a plain SVG/],
    ['<svg viewBox="0 0 9 9"/>', /Save it again as a plain SVG/],
    [drawing('<g>'.repeat(3000) + '</g>'.repeat(3000)), /groups apart/],
    [drawing('<g id="a"/><g id="a"/>'), /an id of its own/],
    [drawing('<path fill="url(#none)"/>'), /Put back what it leads to/],
    [drawing('', ''), /a `width` and a `height`, or a `viewBox`/],
  ];
  for (const [source, says] of hints) {
    const found = readDrawing(Buffer.from(source));
    assert.ok(found && 'fault' in found);
    assert.match(found.hint, says, found.fault);
  }
  const broken = readDrawing(Buffer.from(drawing('<a href=" java\nscript:alert(1)"/>')));
  assert.ok(broken && 'fault' in broken && !broken.fault.includes('\n'), 'a message is one line');
});

const wordsOf = (inner: string): string | undefined => {
  const found = readDrawing(Buffer.from(drawing(inner)));
  return found && 'traits' in found ? found.traits.words : 'a fault';
};

test('the words of a drawing are those that are drawn as text', () => {
  assert.equal(wordsOf('<title>A</title><desc>B</desc><path d="M0 0h9"/>'), undefined);
  assert.equal(wordsOf('<g><text>A<title>B</title><tspan> &#x5b57;</tspan><![CDATA[ <c>]]></text></g>'), 'A 字 <c>');
  assert.equal(wordsOf('<s:text xmlns:s="http://www.w3.org/2000/svg">A</s:text><a><text>B</text></a>'), 'AB');
  assert.equal(wordsOf('<style>text{fill:red}</style><text> </text>'), undefined);
  const face = '@font-face{font-family:a;src:url(data:font/ttf;base64,AAAA)}';
  assert.equal(wordsOf(`<defs><style>${face}</style></defs><text>字</text>`), undefined, 'it brings its own');
});

const PACKED = process.platform === 'linux' && process.arch === 'x64' && !process.env['PUPPETEER_EXECUTABLE_PATH'];

test('the letters that drawings lose are those that the packed browser’s faces have not', async () => {
  const fonts = join(temporary(), 'fonts');
  const require = createRequire(import.meta.url);
  const archive = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'bin', 'fonts.tar.br');
  await pipeline(createReadStream(archive), createBrotliDecompress(), extract(fonts));
  const files = readdirSync(fonts, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ttf'));
  assert.equal(files.length, 3);
  const all = files.map((file) => {
    const bytes = Uint8Array.from(readFileSync(join(fonts, file)));
    return new Set(new FontFace(new FontBlob(bytes.buffer), 0).collectUnicodes());
  });
  const has = (text: string): boolean => [...text].every((one) => all.every((codes) => codes.has(one.codePointAt(0)!)));
  const told: string[] = [];
  for (let code = 0x21; code < 0x20000; code++) {
    const letter = String.fromCodePoint(code);
    if (/[\s\p{C}\p{Default_Ignorable_Code_Point}]/u.test(letter)) continue;
    const lost = wordsAdvice(letter, 'It', true)[0]!.fatal === true;
    if (lost === [letter, letter.normalize('NFC'), letter.normalize('NFD')].some(has)) told.push(letter);
  }
  assert.deepEqual(told, []);
});

test('and so they are boxes, all alike, in the browser', given(PACKED, 'another browser, other faces'), async () => {
  const letters = ['\ue000', ...'字ア→☭ع가ก', ...'aÄőжΩא½€'];
  const seen: string[] = await stone.work(
    (async (all: readonly string[]) =>
      Promise.all(
        all.map(async (letter) => {
          const image = new Image();
          const text = `<text x="4" y="30" font-size="24" font-family="serif">${letter}</text>`;
          const source = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">${text}</svg>`;
          image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
          canvas.getContext('2d')!.drawImage(image, 0, 0);
          return canvas.toDataURL();
        }),
      )) as never,
    letters as never,
  );
  const box = seen[0]!;
  for (const [at, letter] of letters.entries()) {
    if (at === 0) continue;
    const [advice] = wordsAdvice(letter, 'It', true);
    assert.equal(seen[at] === box, advice!.fatal === true, letter);
  }
});

test('words in a drawing are told, and stop the build where letters of them would be lost on paper', async () => {
  const text = (words: string) => ({ 'a.x.png': drawing(`<text y="9">${words}</text>`) });
  const [lost, ...more] = await told(text('Wörter 字 字アイウエオ'));
  assert.match(
    lost!,
    /^long\.md:5:1: The drawing .*: `ア`, `イ`, `ウ`, `エ`, `オ` and 1 more\n.*Path › Object to Path/,
  );
  assert.deepEqual(more, []);
  assert.match((await told(text('Wörter'))).join(), /^\(advice\) .*the machine’s typeface.*\n.*Path › Object to Path/);
  assert.match((await told({ ...text('字'), 'book.yaml': YAML('', '[epub]') })).join(), /^\(advice\) .*machine’s/);
  const cover = { 'a.x.png': await grey(1000, 700), 'book.yaml': YAML('cover: c.svg\n', '[pages]') };
  assert.match((await told({ ...cover, 'c.svg': drawing('<text>字</text>') })).join(), /^book\.yaml:4:8: .*`字`/);
  assert.match((await told({ ...cover, 'c.svg': drawing('<text>a</text>') })).join(), /^\(advice\) book\.yaml:4:8: /);
  assert.deepEqual(await told({ ...cover, 'c.svg': drawing('<title>字</title>') }), []);
});

const YAML = (more = '', outputs = '[epub, pages]'): string =>
  `title: Small\nauthor: Jo Example\nlanguage: en\n${more}editions:\n  long:\n    manuscript: long.md\n    outputs: ${outputs}\n`;
const TEXT = (address = 'a.x.png'): string => `## One\n\nWords.\n\n![A square.](${address})\n`;

async function told(files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const { messages } = await readBook(
    await openLibrary(book({ 'book.yaml': YAML(), 'long.md': TEXT(), ...files })),
    [],
  );
  for (const { note, fatal } of messages) assert.ok(note && fatal !== null);
  return messages.map((message) => `${message.fatal ? '' : '(advice) '}${inWords(message)}`);
}

/** A grey PNG, as the browser packs it: small files, however many dots. */
const grey = async (width: number, height: number, type = 'image/png'): Promise<Buffer> => {
  const url: string = await stone.work(
    (([w, h, as]: [number, number, string]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
      canvas.getContext('2d')!.fillRect(0, 0, w, h / 2);
      return canvas.toDataURL(as);
    }) as never,
    [width, height, type] as never,
  );
  return Buffer.from(url.replace(/.*,/, ''), 'base64');
};

test('what would make a picture poor is told before anything is built, and stops nothing', async () => {
  const good = await grey(1000, 700);
  const jpeg = await grey(1000, 700, 'image/jpeg');
  assert.deepEqual(await told({ 'a.x.png': good }), []);
  assert.deepEqual(await told({ 'a.x.png': jpeg }), [], 'the bytes count, not the name');
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [
      await grey(300, 200),
      /^\(advice\) long\.md:5:1: .*300 dots across 79 mm are 96 an inch\n.*save it 8\d\d dots wide/,
    ],
    [await grey(500, 300), /^\(advice\) long\.md:5:1: .*500 dots across 1\d\d mm are 1[0-4]\d an inch/],
    [await grey(2400, 2400), /^\(advice\) long\.md:5:1: .*5\.8 million dots, and shops take 5\.6/],
    [await grey(1000, 700, 'image/webp'), /^\(advice\) long\.md:5:1: .*WebP/],
    [turnedBy(jpeg, 6), /^\(advice\) long\.md:5:1: .*note by the camera/],
  ];
  for (const [bytes, says] of cases) {
    const messages = await told({ 'a.x.png': bytes });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0]!, says);
  }
  for (const [width, height, says] of [
    [1, 1, /: The picture `a\.x\.png` is 1 × 1 dots: too small to show anything\n/],
    [40, 30, /is 40 × 30 dots: too small/],
    [5, 1500, /is 5 × 1500 dots: too narrow/],
  ] as const)
    for (const outputs of ['[epub]', '[pages]', '[epub, pages]']) {
      const messages = await told({ 'book.yaml': YAML('', outputs), 'a.x.png': await grey(width, height) });
      assert.equal(messages.length, 1, messages.join('\n'));
      assert.match(messages[0]!, says);
      assert.match(messages[0]!, /\n.*Save it at least 300 dots wide/);
    }
  const ebook = { 'book.yaml': YAML('', '[epub]') };
  assert.match((await told({ ...ebook, 'a.x.png': await grey(200, 200) })).join(), /small on a screen: 200 dots/);
  assert.deepEqual(await told({ ...ebook, 'a.x.png': await grey(400, 200) }), [], 'no paper, no inches');
  assert.match((await told({ ...ebook, 'a.x.png': INKS })).join(), /a printer’s colours \(CMYK\)/);
  const within = { 'long.md': 'Words and ![a sign](a.x.png) among them.\n' };
  assert.deepEqual(await told({ ...within, 'a.x.png': await grey(160, 120) }), [], 'among words small is large enough');
});

test('files that are no pictures, or too much of one, stop the build and say what they are', async () => {
  const good = await grey(1000, 700);
  const huge = Buffer.from(good);
  huge.writeUInt32BE(60_000, 16);
  const cases: readonly (readonly [Uint8Array | string, RegExp])[] = [
    ['', /cannot be read \(it is empty\)/],
    ['<!doctype html><svg></svg>', /no picture that can be printed \(it is a web page\)/],
    ['%PDF-1.7', /\(it is a PDF\)/],
    ['BM6\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0', /\(it is BMP\)/],
    [good.subarray(0, good.length - 40), /\(it is cut off in the middle\)/],
    [huge, /\(it is broken inside\)/],
    [drawing('<script/>'), /cannot be used \(its line 1: it holds `script`\)/],
  ];
  for (const [bytes, says] of cases) {
    const messages = await told({ 'a.x.png': bytes });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0]!, /^long\.md:5:1: /);
    assert.match(messages[0]!, says);
  }
});

test('a cover that shops would not take is told where it is named', async () => {
  const cover = YAML('cover: c.png\n');
  const first = { 'a.x.png': await grey(1000, 700), 'book.yaml': cover };
  assert.deepEqual(await told({ ...first, 'c.png': await grey(1600, 2560) }), []);
  assert.match((await told({ ...first, 'c.png': gif(1) })).join('\n'), /^\(advice\) book\.yaml:4:8: .*no JPEG or PNG/);
  assert.match((await told({ ...first, 'c.png': SVG })).join('\n'), /^\(advice\) book\.yaml:4:8: .*no JPEG or PNG/);
  assert.match(
    (await told({ ...first, 'c.png': await grey(700, 1100) })).join('\n'),
    /^\(advice\) book\.yaml:4:8: .*700 × 1100 dots, and Apple Books asks for 1400/,
  );
  for (const [width, height, says] of [
    [1600, 1500, /too wide for a cover/],
    [100, 3000, /too tall for a cover/],
    [10, 10, /10 × 10 dots: too small to show anything/],
    [10, 16, /10 × 16 dots: too small to show anything/],
  ] as const) {
    const messages = await told({ ...first, 'c.png': await grey(width, height) });
    assert.equal(messages.length, 1, messages.join('\n'));
    assert.match(messages[0]!, says);
  }
  const strange = `title: ሀገር\nslug: t\nauthor: A\ncover: c.png\neditions: {long: {manuscript: long.md, fonts: reader, outputs: [epub]}}\n`;
  const ours = { ...first, 'book.yaml': strange };
  assert.deepEqual(await told({ ...ours, 'c.png': await grey(1600, 2560) }), [], 'no letter is drawn on it');
  assert.match((await told({ ...ours, 'c.png': await grey(1600, 1500) })).join('\n'), /No font has the Ethiopic/);
  assert.deepEqual(
    await told({ ...first, 'book.yaml': YAML('cover: c.png\n', '[pages]'), 'c.png': gif(1) }),
    [],
    'no ebook, no shop',
  );
});
