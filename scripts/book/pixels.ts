// Pixels out of a PNG and into one. Takes a proof as the browser makes them (eight bits, not interlaced); gives its pixels, and
// of greys or of black and white a PNG again.
import { deflateSync, inflateSync } from 'node:zlib';
import { sumOf } from './png.ts';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue: three bytes a pixel, on white paper where they are seen through. */
  readonly rgb: Uint8Array;
}

export interface Greys {
  readonly width: number;
  readonly height: number;
  /** A byte a pixel, 0 black. */
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Bytes a pixel, by colour type (PNG, 11.2.1). */
const PARTS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Throws where the PNG is of another kind than the browser makes. */
export function readPixels(png: Uint8Array): Pixels {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth = 0, colours = 0, , , interlaced] = png.subarray(24, 29);
  const parts = PARTS[colours];
  if (depth !== 8 || interlaced !== 0 || !parts) throw new Error(`a PNG of type ${colours}, ${depth} bits`);
  const packed: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === 0x49444154) packed.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  const rows = inflateSync(Buffer.concat(packed));
  unfilter(rows, width * parts, height, parts);
  const rgb = new Uint8Array(width * height * 3);
  const coloured = parts > 2;
  for (let y = 0, to = 0; y < height; y++) {
    let from = y * (width * parts + 1) + 1;
    for (let x = 0; x < width; x++, from += parts, to += 3) {
      const cover = parts % 2 === 0 ? rows[from + parts - 1]! : 255;
      for (let part = 0; part < 3; part++)
        rgb[to + part] = 255 - Math.round(((255 - rows[from + (coloured ? part : 0)]!) * cover) / 255);
    }
  }
  return { width, height, rgb };
}

/** Undoes the filters in place (PNG, 9.2): each row is one byte that names its filter, then `length` bytes. */
function unfilter(rows: Uint8Array, length: number, height: number, parts: number): void {
  for (let y = 0; y < height; y++) {
    const at = y * (length + 1) + 1;
    const filter = rows[at - 1]!;
    for (let x = 0; x < length; x++) {
      const left = x >= parts ? rows[at + x - parts]! : 0;
      const up = y > 0 ? rows[at + x - length - 1]! : 0;
      const corner = x >= parts && y > 0 ? rows[at + x - length - 1 - parts]! : 0;
      rows[at + x]! += [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter]!;
    }
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** How light a pixel looks, as a grey (Rec. ITU-R BT.601-7, 2.5.1). */
export function greysOf({ width, height, rgb }: Pixels): Greys {
  const data = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 3)
    data[pixel] = Math.round(0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!);
  return { width, height, data };
}

/** One bit a pixel: white from 128 on. */
export function writeLine({ width, height, data }: Greys): Uint8Array {
  const length = Math.ceil(width / 8) + 1;
  const rows = new Uint8Array(length * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[y * width + x]! > 127) rows[y * length + 1 + (x >> 3)]! |= 128 >> (x & 7);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 1;
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array())];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Buffer.from(name, 'latin1'), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, sumOf(bytes, 4, data.length + 8));
  return bytes;
}
