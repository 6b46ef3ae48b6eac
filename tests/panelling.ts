// Finished zines looked at from outside, with poppler: what a part of a page says, how small its type is, where there is ink.
import { spawnSync } from 'node:child_process';
import { run } from './tools.ts';

const MM = 72 / 25.4;

export interface Cell {
  /** Points, from the page's top left corner. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pages' sizes in points. */
export function pagesOf(pdf: string): { readonly width: number; readonly height: number }[] {
  const found = run('pdfinfo', ['-f', '1', '-l', '99', pdf]).matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g);
  return [...found].map(([, width, height]) => ({ width: Number(width), height: Number(height) }));
}

/** Letters and figures of a page, or of a part of it, in the order in which they are printed; nothing else. */
export function letters(pdf: string, page: number, cell?: Cell): string {
  const dots = (points: number): string => `${Math.round(points)}`;
  const { left, top, width, height } = cell ?? { left: 0, top: 0, width: 0, height: 0 };
  const within = cell ? ['-x', dots(left), '-y', dots(top), '-W', dots(width), '-H', dots(height)] : [];
  return bare(run('pdftotext', ['-raw', '-f', `${page}`, '-l', `${page}`, ...within, pdf, '-']));
}

export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The least size of type in the file, in thirds of a point, rounded. */
export function smallestType(pdf: string): number {
  const sizes = run('pdftohtml', ['-xml', '-stdout', '-i', '-zoom', '3', pdf]).matchAll(/<fontspec [^>]*size="(\d+)"/g);
  return Math.min(...[...sizes].map(([, size]) => Number(size)));
}

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const DPI = 150;

export function greyOf(pdf: string, page: number): Grey {
  const args = ['-r', `${DPI}`, '-gray', '-f', `${page}`, '-l', `${page}`, '-singlefile', pdf];
  const { stdout } = spawnSync('pdftoppm', args, { maxBuffer: 1 << 28 });
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'))!;
  const [width, height] = [Number(header[1]), Number(header[2])];
  return { width, height, pixels: new Uint8Array(stdout.subarray(header[0].length)) };
}

/** From each of the page's edges how far off the nearest ink is, in mm. */
export function whiteAround(pdf: string, page: number): { left: number; top: number; right: number; bottom: number } {
  const { width, height, pixels } = greyOf(pdf, page);
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x]! > 250) continue;
      [left, right, top, bottom] = [
        Math.min(left, x),
        Math.max(right, x + 1),
        Math.min(top, y),
        Math.max(bottom, y + 1),
      ];
    }
  const mm = (dots: number): number => (dots / DPI) * 25.4;
  return { left: mm(left), top: mm(top), right: mm(width - right), bottom: mm(height - bottom) };
}

/** The deepest white strip across the page, in mm: of what is not filled. */
export function deepestGap(pdf: string, page: number): number {
  const { width, height, pixels } = greyOf(pdf, page);
  let [deepest, since] = [0, 0];
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * width, (y + 1) * width);
    if (row.some((dot) => dot < 128)) since = y + 1;
    deepest = Math.max(deepest, y + 1 - since);
  }
  return (deepest / DPI) * 25.4;
}

export const inMm = (points: number): number => points / MM;
