// Pictures looked at by something that is not ours: QR codes by jsQR, PDFs by poppler's eyes; and the PNGs of one bit that we write.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type { Options, QRCode } from 'jsqr';
import { readPgm } from './oversize.ts';
import { run } from './tools.ts';

type ReadCode = (colours: Uint8ClampedArray, width: number, height: number, options: Options) => QRCode | null;
/** It is a function itself, and no module with one, as its types have it. */
const readCode = createRequire(import.meta.url)('jsqr') as ReadCode;

export interface Seen {
  readonly width: number;
  readonly height: number;
  /** A byte a pixel, 0 black. */
  readonly pixels: Uint8Array;
}

/** A page of a PDF as poppler draws it in greys; `stem`: where it may leave its picture. */
export function pageSeen(path: string, page: number, dpi: number, stem: string): Seen {
  run('pdftoppm', ['-gray', '-r', `${dpi}`, '-f', `${page}`, '-l', `${page}`, '-singlefile', path, stem]);
  return readPgm(readFileSync(`${stem}.pgm`));
}

/** A PNG of one bit a pixel, whose rows have no filter. */
export function lineSeen(path: string): Seen {
  const png = readFileSync(path);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (png[24] !== 1 || png[25] !== 0) throw new Error(`${path} is no PNG of one bit`);
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(packed));
  const row = Math.ceil(width / 8) + 1;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = (rows[y * row + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1 ? 255 : 0;
  return { width, height, pixels };
}

/** What the QR code in the picture says. */
export function codeIn({ width, height, pixels }: Seen): string | undefined {
  const colours = new Uint8ClampedArray(pixels.length * 4);
  for (const [index, grey] of pixels.entries()) colours.set([grey, grey, grey, 255], index * 4);
  return readCode(colours, width, height, { inversionAttempts: 'dontInvert' })?.data;
}

/** A part of a picture, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const whole = ({ width, height }: Seen): Place => ({ left: 0, top: 0, width, height });

const [ACROSS, DOWN] = [12, 16];

/** The mean greys of 12 × 16 fields of a part of a picture. */
export function fieldsOf({ width, pixels }: Seen, { left, top, width: w, height: h }: Place): number[] {
  return Array.from({ length: ACROSS * DOWN }, (_, at) => {
    const [column, row] = [at % ACROSS, Math.floor(at / ACROSS)];
    const edge = (from: number, length: number, part: number): number => Math.round(from + length * part);
    let [sum, count] = [0, 0];
    for (let y = edge(top, h, row / DOWN); y < edge(top, h, (row + 1) / DOWN); y++)
      for (let x = edge(left, w, column / ACROSS); x < edge(left, w, (column + 1) / ACROSS); x++, count++)
        sum += pixels[y * width + x]!;
    return sum / count;
  });
}

/** How alike two pictures are: the correlation of their fields, 1 where they are the same. */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [one, other].map((values) => values.map((value) => value - mean(values)));
  const product = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  const most = Math.sqrt(product(a!, a!) * product(b!, b!));
  // Two white pages.
  return most < 1 ? 1 : product(a!, b!) / most;
}

/** How many pixels each patch of that colour has: neighbours share a side. The picture is a torus, so that no patch is cut off. */
export function patches({ width, height, pixels }: Seen, colour: number): number[] {
  const left = new Set([...pixels.keys()].filter((at) => pixels[at] === colour));
  const sizes: number[] = [];
  for (const first of left) {
    const queue = [first];
    left.delete(first);
    for (let at = 0; at < queue.length; at++) {
      const [x, y] = [queue[at]! % width, Math.floor(queue[at]! / width)];
      for (const [right, down] of [
        [1, 0],
        [width - 1, 0],
        [0, 1],
        [0, height - 1],
      ] as const) {
        const next = ((y + down) % height) * width + ((x + right) % width);
        if (left.delete(next)) queue.push(next);
      }
    }
    sizes.push(queue.length);
  }
  return sizes;
}
