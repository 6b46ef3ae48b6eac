// The process camera: pictures as they stand on the stone, photographed through a screen and put back as dots. Takes a stone
// with a finished document; leaves pictures of black and white in it. A drawing without tints stays the drawing it is.
import { type Greys, greysOf, type Pixels, readPixels, writeLine } from '../book/pixels.ts';
import type { Stone } from '../typeset/stone.ts';
import { COARSE, COPIER, dither, halftone, shrunk } from './halftone.ts';

export type Screen = 'halftone' | 'dither';

/** CSS px an inch. */
const PX = 96;
/** Pixels an inch that a screen of 71 lines can show: twice its lines, and twice that for the edges in it. */
const SHOT = 300;
/** Pixels of one shot, at most; what is larger is taken from farther off. */
const MOST = 8e6;

/** A sheet of A4 in CSS px: a picture that is larger has dots of twice the size. */
const LARGE = 1123 * 794;

/** A picture as it stands: its size in CSS px, and all else that makes it look so. */
interface Stood {
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly fit: string;
  readonly position: string;
}

/** The stone, but whatever is printed from it has its pictures screened first. `spot`: `#rrggbb`, an ink of its own and no tint. */
export function screening(stone: Stone, screen: Screen | 'as-is', spot: string): Stone {
  if (screen === 'as-is') return stone;
  const pull = async (): Promise<Uint8Array> => {
    await screenPictures(stone, screen, spot);
    return stone.pull();
  };
  return { ...stone, pull };
}

async function screenPictures(stone: Stone, screen: Screen, spot: string): Promise<void> {
  const stood = await stone.work(findPictures, null);
  if (stood.length === 0) return;
  // The two halves of a picture across two panels are one.
  const developed = new Map<string, string | undefined>();
  for (const picture of stood) {
    const { width, height } = picture;
    const key = JSON.stringify(picture);
    if (developed.has(key) || Math.min(width, height) < 1) continue;
    await stone.work(showAlone, picture);
    const shot = readPixels(await stone.proof('#alone', Math.min(SHOT / PX, Math.sqrt(MOST / (width * height)))));
    const drawn = /\.svg$|^data:image\/svg/.test(picture.src);
    if (drawn && !hasTints(shot, spot)) continue;
    const png = Buffer.from(writeLine(dotsOf(shot, screen, picture))).toString('base64');
    developed.set(key, `data:image/png;base64,${png}`);
  }
  await stone.work(showAlone, null);
  await stone.work(
    putBack,
    stood.map((picture) => ({ ...picture, src: developed.get(JSON.stringify(picture)) })),
  );
}

function dotsOf(shot: Pixels, screen: Screen, { width, height }: Pick<Stood, 'width' | 'height'>): Greys {
  const at = (dpi: number, length: number): number => Math.max(1, Math.round((length / PX) * dpi));
  const greys = greysOf(shot);
  // A poster is seen from farther off.
  const dots = width * height > LARGE ? COPIER / 2 : COPIER;
  if (screen === 'halftone') return halftone(greys, at(dots, width), at(dots, height));
  return dither(shrunk(greys, Math.min(at(COARSE, width), shot.width), Math.min(at(COARSE, height), shot.height)));
}

/** Parts of a drawing that must be one grey or colour before it counts as tinted. */
const TINTED = 0.0005;

/** Whether there are flat places that are neither black, white nor the spot colour: soft edges of lines are not flat. */
export function hasTints({ width, height, rgb }: Pixels, spot: string): boolean {
  const inks = ['#000000', '#ffffff', spot].map((ink) =>
    [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16)),
  );
  const near = (at: number, [red = 0, green = 0, blue = 0]: readonly number[], by: number): boolean =>
    Math.abs(rgb[at]! - red) + Math.abs(rgb[at + 1]! - green) + Math.abs(rgb[at + 2]! - blue) <= by;
  let flat = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = 3 * (y * width + x);
      if (inks.some((ink) => near(at, ink, 12))) continue;
      const own = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
      if ([at - 3, at + 3, at - 3 * width, at + 3 * width].every((beside) => near(beside, own, 9))) flat++;
    }
  return flat > TINTED * width * height;
}

/** Sent to the browser: the pictures that have not been screened yet, in order; they are marked. */
function findPictures(): Stood[] {
  return [...document.querySelectorAll<HTMLImageElement>('img:not([data-shot])')].map((image, index) => {
    image.dataset['shot'] = `${index}`;
    const { width, height, objectFit, objectPosition } = getComputedStyle(image);
    const size = { width: Number.parseFloat(width) || 0, height: Number.parseFloat(height) || 0 };
    return { src: image.src, ...size, fit: objectFit, position: objectPosition };
  });
}

/** Sent to the browser: hides everything but this picture, uncovered and whole, though its panel cuts it off; or shows all again. */
async function showAlone(picture: Stood | null): Promise<void> {
  for (const old of document.querySelectorAll('#alone, #hidden')) old.remove();
  if (!picture) return;
  const style = document.createElement('style');
  style.id = 'hidden';
  style.textContent =
    'body{background:none!important}body > :not(#alone){visibility:hidden!important}body > :not(#alone) *{visibility:hidden!important}';
  document.head.append(style);
  const { src, width, height, fit, position } = picture;
  const image = document.createElement('img');
  image.id = 'alone';
  image.src = src;
  image.style.cssText = `position:absolute;left:0;top:0;margin:0;max-width:none;max-height:none;width:${width}px;height:${height}px;object-fit:${fit};object-position:${position}`;
  document.body.append(image);
  await image.decode();
}

/** Sent to the browser: the new pictures in the old ones' places, of the same size whatever the style sheet wants of them. */
async function putBack(
  screened: readonly { readonly src?: string | undefined; readonly width: number; readonly height: number }[],
): Promise<void> {
  for (const [index, { src, width, height }] of screened.entries()) {
    if (!src) continue;
    const image = document.querySelector<HTMLImageElement>(`img[data-shot="${index}"]`)!;
    const wanted = { width, height, 'min-width': 0, 'min-height': 0 };
    for (const [key, value] of Object.entries(wanted)) image.style.setProperty(key, `${value}px`, 'important');
    for (const [key, value] of [
      ['max-width', 'none'],
      ['max-height', 'none'],
      ['object-fit', 'fill'],
    ] as const)
      image.style.setProperty(key, value, 'important');
    image.src = src;
    await image.decode();
  }
}
