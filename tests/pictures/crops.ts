// Small pictures of printed pages: cut out with pdftoppm, kept as PNG in 16 greys, held against each other.
import { readFileSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import { type Picture, readPgm } from '../oversize.ts';
import { run } from '../tools.ts';

export interface Place {
  /** From 1. */
  readonly page: number;
  /** From the page's left and top edge, in points. */
  readonly left: number;
  readonly top: number;
}

/** Dots an inch; a picture is 280 × 160 of them. */
const DPI = 100;
export const SIZE = { width: 280, height: 160 };

/** The place's surroundings, as poppler draws them. */
export function crop(pdf: string, { page, left, top }: Place): Picture {
  const [x, y] = [left, top].map((points) => Math.max(0, Math.round((points * DPI) / 72)));
  const file = `${pdf}-crop`;
  const place = ['-x', `${x}`, '-y', `${y}`, '-W', `${SIZE.width}`, '-H', `${SIZE.height}`];
  run('pdftoppm', ['-gray', '-r', `${DPI}`, '-f', `${page}`, '-l', `${page}`, '-singlefile', ...place, pdf, file]);
  return readPgm(readFileSync(`${file}.pgm`));
}

/** The share of the pixels that are another grey, by a third of the way from black to white or more. */
export function unlike(a: Picture, b: Picture): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (const [at, grey] of a.pixels.entries()) if (Math.abs(grey - b.pixels[at]!) > 85) count++;
  return count / a.pixels.length;
}

/** The sum at a chunk's end (the same, annex D). */
function crc32(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** PNG, 4 bits a pixel, every row as it is (W3C, Portable Network Graphics, 2003, 9.2 and 11.2). */
export function toPng({ width, height, pixels }: Picture): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const row = width / 2 + 1;
  const rows = Buffer.alloc(row * height);
  for (const [at, grey] of pixels.entries()) {
    const x = at % width;
    const byte = Math.floor(at / width) * row + 1 + (x >> 1);
    rows[byte] = rows[byte]! | ((grey >> 4) << (x % 2 === 0 ? 4 : 0));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([4, 0, 0, 0, 0], 8);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/** Reads what `toPng` wrote, and nothing else. */
export function fromPng(file: Buffer): Picture {
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const data = file.indexOf('IDAT');
  const rows = inflateSync(file.subarray(data + 4, data + 4 + file.readUInt32BE(data - 4)));
  const pixels = Uint8Array.from({ length: width * height }, (_, at) => {
    const byte = rows[Math.floor(at / width) * (width / 2 + 1) + 1 + ((at % width) >> 1)]!;
    return ((byte >> (at % 2 === 0 ? 4 : 0)) & 15) * 17;
  });
  return { width, height, pixels };
}
