// A PNG looked through: takes its bytes; gives its size, or in plain words what a decoder would stumble over.
import { inflateSync } from 'node:zlib';

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colours: number;
  readonly interlaced: boolean;
  readonly moves?: true;
}

interface Chunk {
  readonly name: string;
  /** Where its data begin and end. */
  readonly from: number;
  readonly to: number;
}

const CUT_OFF = 'it is cut off in the middle';
const BROKEN = 'it is broken inside';
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Samples a dot and the depths that go with them, by colour type (PNG, 11.2.1). */
const COLOURS: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** Its header, with all chunks whole and in their places (PNG, 5.6); or a fault. */
export function readPng(bytes: Uint8Array): Header | string {
  const read = chunksOf(bytes);
  return typeof read === 'string' ? read : read.header;
}

/** Whether its dots unpack to the size that its header says. */
export function faultOfPng(bytes: Uint8Array): string | undefined {
  const read = chunksOf(bytes);
  if (typeof read === 'string') return read;
  const { header, chunks } = read;
  const packed = Buffer.concat(
    chunks.filter(({ name }) => name === 'IDAT').map(({ from, to }) => bytes.subarray(from, to)),
  );
  const passes = passesOf(header);
  const expected = passes.reduce((sum, { rows, length }) => sum + rows * length, 0);
  let dots: Uint8Array;
  try {
    // One more than is wanted: what is longer is cut by every decoder, and must not fill the memory here.
    dots = inflateSync(packed, { maxOutputLength: expected + 1 });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : BROKEN;
  }
  if (dots.length < expected) return CUT_OFF;
  let at = 0;
  for (const { rows, length } of passes)
    for (let row = 0; row < rows; row++, at += length) if (dots[at]! > 4) return BROKEN;
  return undefined;
}

function chunksOf(bytes: Uint8Array): { header: Header; chunks: Chunk[] } | string {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) return BROKEN;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; chunks.at(-1)?.name !== 'IEND'; ) {
    if (at + 12 > bytes.length) return CUT_OFF;
    const from = at + 8;
    const to = from + view.getUint32(at);
    if (to + 4 > bytes.length) return CUT_OFF;
    const name = String.fromCharCode(...bytes.subarray(at + 4, from));
    if (!/^[A-Za-z]{4}$/.test(name) || sumOf(bytes, at + 4, to) !== view.getUint32(to)) return BROKEN;
    chunks.push({ name, from, to });
    at = to + 4;
  }
  const [first] = chunks;
  const header = first?.name === 'IHDR' && first.to - first.from === 13 ? headerOf(view, first.from) : undefined;
  if (!header) return BROKEN;
  const names = chunks.map(({ name }) => name);
  const dots = names.indexOf('IDAT');
  if (dots < 0) return 'it holds no picture';
  // A capital begins what no decoder may pass over.
  const unknown = names.some((name) => /^[A-Z]/.test(name) && !['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(name));
  const apart = names.slice(dots, names.lastIndexOf('IDAT')).some((name) => name !== 'IDAT');
  const twice = ['IHDR', 'PLTE'].some((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const palette = chunks.find(({ name }) => name === 'PLTE');
  const unpainted = header.colours === 3 && (!palette || names.indexOf('PLTE') > dots);
  if (unknown || apart || twice || unpainted || (palette && !isPalette(palette))) return BROKEN;
  return { header: names.includes('acTL') ? { ...header, moves: true } : header, chunks };
}

const isPalette = ({ from, to }: Chunk): boolean => (to - from) % 3 === 0 && to - from >= 3 && to - from <= 768;

function headerOf(view: DataView, at: number): Header | undefined {
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  const [depth, colours, packing, filter, interlace] = [8, 9, 10, 11, 12].map((byte) => view.getUint8(at + byte));
  if (!COLOURS[colours!]?.depths.includes(depth!) || packing !== 0 || filter !== 0 || interlace! > 1) return undefined;
  return { width, height, depth: depth!, colours: colours!, interlaced: interlace === 1 };
}

/** Adam7 (PNG, 8.2): each pass' first column and row, and its steps. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** How many rows, and of how many bytes with the one that names its filter (PNG, 7.3 and 9). */
function passesOf({ width, height, depth, colours, interlaced }: Header): { rows: number; length: number }[] {
  const passes = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const);
  return passes.flatMap(([column, row, across, down]) => {
    const [columns, rows] = [Math.ceil((width - column) / across), Math.ceil((height - row) / down)];
    if (columns <= 0 || rows <= 0) return [];
    return [{ rows, length: 1 + Math.ceil((columns * depth * COLOURS[colours]!.samples) / 8) }];
  });
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** CRC-32 (PNG, D). */
export function sumOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0xffffffff;
  for (let at = from; at < to; at++) sum = SUMS[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
