// A document that shows every way in which a page can come to its colours: one feature of CSS or one kind of picture a page.
// Gives HTML, and the pictures in it, made here.
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'jpeg-js';

/** CSS px, multiples of 8. */
export const LEAF = { width: 320, height: 240 };

type Rgb = readonly [number, number, number];
type Paint = (x: number, y: number) => Rgb;

const SIZE = { width: 96, height: 64 };

/** From red over green to blue, darker downwards. */
const coloured: Paint = (x, y) => {
  const [part, light] = [x / SIZE.width, 1 - (0.8 * y) / SIZE.height];
  return [255 * (1 - part) * light, 255 * (1 - Math.abs(2 * part - 1)) * light, 255 * part * light];
};
const neutral: Paint = (x, y) => {
  const grey = (255 * (x + y)) / (SIZE.width + SIZE.height);
  return [grey, grey, grey];
};
const drawn: Paint = (x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? [0, 0, 0] : [255, 255, 255]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** node:zlib has it since 20.15 only. */
const crc = (data: Buffer): number => {
  if (typeof crc32 === 'function') return crc32(data);
  let sum = -1;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
};

const TYPES = { grey: 0, rgb: 2, palette: 3, rgba: 6 } as const;

/** Rows of samples, each begun with filter 0. */
function png(
  type: keyof typeof TYPES,
  bits: number,
  row: (y: number) => readonly number[],
  palette?: readonly number[],
): string {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIZE.width, 0);
  head.writeUInt32BE(SIZE.height, 4);
  head[8] = bits;
  head[9] = TYPES[type];
  const rows = Array.from({ length: SIZE.height }, (_, y) => Buffer.from([0, ...row(y)]));
  const file = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    ...(palette ? [chunk('PLTE', Buffer.from(palette))] : []),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${file.toString('base64')}`;
}

const across = Array.from({ length: SIZE.width }, (_, x) => x);
const bytesOf =
  (paint: Paint) =>
  (y: number): number[] =>
    across.flatMap((x) => paint(x, y).map(Math.round));

function jpeg(paint: Paint): string {
  const data = Buffer.from(
    Array.from({ length: SIZE.height }, (_, y) => across.flatMap((x) => [...paint(x, y).map(Math.round), 255])).flat(),
  );
  return `data:image/jpeg;base64,${encode({ ...SIZE, data }, 92).data.toString('base64')}`;
}

const eight = (bit: (x: number) => number): number[] =>
  Array.from({ length: SIZE.width / 8 }, (_, byte) =>
    Array.from({ length: 8 }, (__, at) => bit(8 * byte + at)).reduce((sum, one) => 2 * sum + one, 0),
  );

export const PICTURES = {
  colourJpeg: jpeg(coloured),
  neutralJpeg: jpeg(neutral),
  colourPng: png('rgb', 8, bytesOf(coloured)),
  neutralPng: png('rgb', 8, bytesOf(neutral)),
  greyPng: png('grey', 8, (y) => across.map((x) => Math.round(neutral(x, y)[0]))),
  deepPng: png('rgb', 16, (y) => bytesOf(coloured)(y).flatMap((value) => [value, value])),
  clearPng: png('rgba', 8, (y) => across.flatMap((x) => [...coloured(x, y).map(Math.round), (255 * x) / SIZE.width])),
  linePng: png('grey', 1, (y) => eight((x) => (drawn(x, y)[0] > 0 ? 1 : 0))),
  palettePng: png('palette', 8, () => across.map((x) => (x >> 4) % 3), [214, 39, 24, 128, 128, 128, 0, 60, 160]),
};

const box = (style: string): string => `<div style="width:200px;height:120px;${style}"></div>`;
const image = (picture: keyof typeof PICTURES, style = ''): string =>
  `<img width="192" height="128" style="${style}" src="${PICTURES[picture]}">`;
const drawing = (inner: string): string => `<svg width="200" height="120">${inner}</svg>`;

/** What it is called, and the page's content. */
export const FEATURES: readonly (readonly [string, string])[] = [
  ['black text', '<p>Black text</p>'],
  ['grey text', '<p style="color:#777">Grey text</p>'],
  ['coloured text', '<p style="color:#0a58ca">Blue text</p>'],
  ['half-clear text', '<p style="color:rgb(0 0 0/.5)">Half black</p>'],
  ['a half-clear block', '<div style="opacity:.5"><p>a</p><p style="background:#00f;color:#fff">b</p></div>'],
  ['a wide gamut', '<p style="color:color(display-p3 1 0 0)">Red</p>'],
  ['oklch', box('background:oklch(63% .25 140)')],
  ['a grey gradient', box('background:linear-gradient(#fff,#000)')],
  ['a coloured gradient', box('background:linear-gradient(red,blue)')],
  ['a gradient of five', box('background:linear-gradient(90deg,red,yellow,lime,cyan,blue)')],
  ['hard stops', box('background:repeating-linear-gradient(90deg,#c00 0 10px,#fc0 10px 20px)')],
  ['a clear gradient', box('background:linear-gradient(rgb(200 0 0/0),rgb(200 0 0))')],
  ['a round gradient', box('background:radial-gradient(#fff,#080)')],
  ['a conic gradient', box('background:conic-gradient(#fff,#000)')],
  ['a coloured conic gradient', box('background:conic-gradient(red,lime,blue,red)')],
  ['a gradient in another space', box('background:linear-gradient(in oklch,#e00,#00e)')],
  ['a soft shadow', box('margin:20px;background:#eee;box-shadow:8px 8px 12px #00c')],
  ['a hard shadow', box('margin:20px;background:#eee;box-shadow:8px 8px 0 #900')],
  ['a shadow of text', '<p style="text-shadow:3px 3px 3px #c0c">Shadow</p>'],
  ['round corners', box('border-radius:40px;background:#06c;border:8px solid #f80')],
  ['borders', box('border:12px double #808;border-top:12px dotted #080')],
  [
    'a drawing',
    drawing(
      '<rect width="80" height="80" fill="#000"/><circle cx="140" cy="60" r="40" fill="none" stroke="#e4002b" stroke-width="6"/>',
    ),
  ],
  [
    'a drawing as a picture',
    `<img width="200" src="data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="80" height="80" fill="#0a0"/></svg>').toString('base64')}">`,
  ],
  [
    'a pattern',
    drawing(
      '<pattern id="p" width="16" height="16" patternUnits="userSpaceOnUse"><circle cx="8" cy="8" r="6" fill="#c00"/></pattern><rect width="200" height="120" fill="url(#p)"/>',
    ),
  ],
  ['tiles', box('background:radial-gradient(#00f 4px,#ff0 4px) 0 0/16px 16px')],
  ['a mask', box('background:#d00;mask-image:linear-gradient(#000,transparent)')],
  ['a clipped shape', box('background:#0c6;clip-path:circle(50px)')],
  [
    'multiplied',
    `${box('background:#ff0')}${box('mix-blend-mode:multiply;background:#0ff;margin-top:-60px;height:80px')}`,
  ],
  ['a filter', image('colourJpeg', 'filter:grayscale(1)')],
  ['a coloured JPEG', image('colourJpeg')],
  ['a neutral JPEG', image('neutralJpeg')],
  ['a coloured PNG', image('colourPng')],
  ['a neutral PNG', image('neutralPng')],
  ['a grey PNG', image('greyPng')],
  ['a PNG of 16 bits', image('deepPng')],
  ['a clear PNG', image('clearPng')],
  ['a PNG of one bit', image('linePng', 'image-rendering:pixelated')],
  ['a PNG with a palette', image('palettePng')],
  ['a clear JPEG', image('colourJpeg', 'opacity:.5')],
  ['a cut JPEG', image('colourJpeg', 'width:120px;height:120px;object-fit:cover')],
  ['a picture behind', box(`background:url(${PICTURES.colourJpeg}) 0 0/48px`)],
  ['an outline', '<p style="-webkit-text-stroke:2px #c00;color:#ff8">Out</p>'],
  ['a border of a gradient', box('border:16px solid;border-image:linear-gradient(45deg,#c00,#06c) 1')],
  ['a line around', box('margin:20px;background:#ffe;outline:8px dashed #808;outline-offset:4px')],
  ['a line under words', '<p style="text-decoration:underline wavy #d0f 4px">Words</p>'],
  ['a shadow of a shape', box('clip-path:circle(50px);background:#0a0;filter:drop-shadow(6px 6px 4px #00f)')],
  ['a clear conic gradient', box('background:conic-gradient(rgb(200 0 0/0),rgb(0 0 200/.8))')],
  // Two colours blended have another lightness than their greys blended: inks are chosen before anything is laid over another.
  ['backgrounds blended', box('background:linear-gradient(#222,#fff),#09f;background-blend-mode:multiply')],
  [
    'groups in groups',
    '<div style="opacity:.7;background:#c00;padding:20px"><div style="opacity:.5;background:#000;height:60px"></div></div>',
  ],
  [
    'a mask in a drawing',
    drawing(
      '<radialGradient id="r"><stop stop-color="#fff"/><stop offset="1" stop-color="#080"/></radialGradient><mask id="m"><rect width="200" height="120" fill="url(#r)"/></mask><rect width="200" height="120" fill="#06c" mask="url(#m)"/>',
    ),
  ],
  [
    'a gradient that turns back',
    drawing(
      '<linearGradient id="g" x2=".2" spreadMethod="reflect"><stop stop-color="#e00"/><stop offset="1" stop-color="#00e"/></linearGradient><rect width="200" height="120" fill="url(#g)"/>',
    ),
  ],
  [
    'a line in a gradient',
    drawing(
      '<linearGradient id="l"><stop stop-color="#0a0"/><stop offset="1" stop-color="#a0a"/></linearGradient><path d="M10 100Q100 -60 190 100" fill="none" stroke="url(#l)" stroke-width="16" stroke-dasharray="30 8"/>',
    ),
  ],
  [
    'a blurred shape',
    drawing(
      '<filter id="b"><feGaussianBlur stdDeviation="5"/></filter><circle cx="90" cy="60" r="40" fill="#c0c" filter="url(#b)"/>',
    ),
  ],
  [
    'shapes screened',
    drawing(
      '<g style="isolation:isolate"><rect width="120" height="80" fill="#800"/><rect x="60" y="40" width="120" height="80" fill="#08f" style="mix-blend-mode:screen"/></g>',
    ),
  ],
];

export const colourful = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Colours</title><style>
@page{size:${LEAF.width}px ${LEAF.height}px;margin:0}body{margin:0}
section{box-sizing:border-box;width:${LEAF.width}px;height:${LEAF.height}px;padding:40px;break-after:page;overflow:hidden}
p{font:bold 40px serif;margin:0}</style>
${FEATURES.map(([, html]) => `<section>${html}</section>`).join('\n')}</html>`;
