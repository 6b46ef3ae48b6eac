// The ebook's cover: the pamphlet's own front, at the shape that ebook shops want, as a picture.
import type { Edition } from '../edition/edition.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import type { Stone } from './stone.ts';

/** Width and height in CSS px: 1600 × 2560 at the scale it is proofed in (Amazon KDP, "Cover image guidelines"). */
const FRONT = { width: 400, height: 640, scale: 4 } as const;

/** A PNG, 1600 × 2560, under 500 KB for any title: flat colours and type. */
export async function setCover(edition: Edition, css: string, front: string, stone: Stone): Promise<Uint8Array> {
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
  return stone.proof('#front', scale);
}
