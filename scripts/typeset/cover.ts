// The ebook's cover: the pamphlet's own front, at the shape that ebook shops want, as a picture. Takes the front filled in,
// gives a PNG; with a photograph on it, a JPEG.
import { readRaster } from '../book/raster.ts';
import type { Edition, Picture } from '../edition/edition.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import type { Stone } from './stone.ts';

/** Width and height in CSS px: 1600 × 2560 at the scale it is proofed in (Amazon KDP, "Cover image guidelines"). */
const FRONT = { width: 400, height: 640, scale: 4 } as const;
/** Bytes: what every shop takes, and a library of many books still shows at once. */
const MOST = 500_000;
/** JPEG, of 100: the best that is light enough. */
const QUALITIES = [92, 85, 75, 60, 45, 30];

export interface Cover {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
}

/** 1600 × 2560 dots, under 500 KB. */
export async function setCover(edition: Edition, css: string, front: string, stone: Stone): Promise<Cover> {
  const { width, height, scale } = FRONT;
  await stone.lay(
    `${edition.config.slug}-cover.html`,
    `<!doctype html><html lang="${edition.book.language}" dir="${edition.direction}"><head><meta charset="utf-8">
<style>:root{--trim-width:${width}px;--trim-height:${height}px;--bleed:0px;--top:40px;--depth:560px;--measure:320px;--leading:18px;--size:14px;--inner:40px;--outer:40px;--spot:${edition.book.spot}}
${css}
#front{position:relative;width:${width}px;height:${height}px;overflow:hidden;background:#fff}</style></head>
<body><div id="front" class="page recto">${front}</div></body></html>`,
  );
  await stone.work(setDisplay, (await stone.work(measureDisplay, null)).map(fitDisplay));
  let bytes = await stone.proof('#front', scale);
  if (bytes.length < MOST) return { bytes, mediaType: 'image/png' };
  for (const quality of QUALITIES) {
    bytes = await stone.proof('#front', scale, quality);
    if (bytes.length < MOST) break;
  }
  return { bytes, mediaType: 'image/jpeg' };
}

/** Height of a cover in widths: what shops show whole (Kobo's covers 1.33, Kindle's 1.6). */
const SHAPES = { least: 1.2, most: 2 } as const;

/**
 * Whether a picture is a cover as it is: of a kind that every shop takes, of a cover's shape, and upright without a
 * camera's note, which not every reader heeds. Else it goes on our front.
 */
export function isCover({ mediaType, width, height, bytes }: Omit<Picture, 'id' | 'path'>): boolean {
  const shape = height / width;
  const taken = mediaType === 'image/jpeg' || mediaType === 'image/png';
  const read = taken ? readRaster(bytes) : undefined;
  return typeof read === 'object' && !read.turned && shape >= SHAPES.least && shape <= SHAPES.most;
}
