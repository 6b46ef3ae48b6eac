// A bad copier: takes a sheet's greys; gives what is left after it was copied, and the copy copied. The same sheet and seed give
// the same copy.
import type { Greys } from '../book/pixels.ts';

/** What a copy does to its original: the middle of what office machines do that have not been cleaned. */
const FAULTS = {
  /** How wide glass, lens and drum draw a point, in mm, at half its height: of four pairs of lines a mm 57 % of the contrast is left. */
  blur: 0.1,
  /** So much larger, and so far askew, a copy comes out. */
  scale: 1.003,
  skew: 0.003,
  /** How steep the curve is from white to black, and the ink (of 1) that it turns about: under one half, lines grow bolder. */
  contrast: 6,
  turn: 0.46,
  /** Specks of toner and holes in it, a square centimetre. */
  specks: 3,
  holes: 4,
} as const;

const GENERATIONS = 3;

/** Black and white, of the same size; `dpi`: pixels an inch. */
export function thirdCopy(sheet: Greys, dpi: number, seed: number): Greys {
  const random = randomFrom(seed);
  let copy = sheet;
  for (let generation = 0; generation < GENERATIONS; generation++) copy = copied(copy, dpi, random, generation);
  return { ...copy, data: copy.data.map((grey) => (grey > 127 ? 255 : 0)) };
}

function copied({ width, height, data }: Greys, dpi: number, random: () => number, generation: number): Greys {
  const laid = askew({ width, height, data }, generation % 2 === 0 ? 1 : -1);
  const across = blurred(laid, width, (FAULTS.blur / 2.355 / 25.4) * dpi);
  const curved = across.map((grey) => CURVE[grey]!);
  const area = (width / dpi) * 2.54 * (height / dpi) * 2.54;
  const speck = (count: number, grey: number): void => {
    for (let left = Math.round(count * area); left > 0; left--) {
      const [x, y] = [Math.floor(random() * width), Math.floor(random() * height)];
      // From 0.05 to 0.2 mm, a few of them longer.
      const [wide, tall] = [random(), random()].map((part) =>
        Math.max(1, Math.round(((0.05 + 0.15 * part * part) / 25.4) * dpi)),
      );
      for (let row = y; row < Math.min(height, y + tall!); row++)
        curved.fill(grey, row * width + x, row * width + Math.min(width, x + wide!));
    }
  };
  speck(FAULTS.specks, 0);
  speck(FAULTS.holes, 255);
  return { width, height, data: curved };
}

/** What the drum makes of a grey: a logistic curve, stretched so that white stays white and black black. */
const CURVE = Uint8Array.from({ length: 256 }, (_, grey) => {
  const at = (ink: number): number => 1 / (1 + Math.exp(-FAULTS.contrast * (ink - FAULTS.turn)));
  return Math.round(255 * (1 - (at(1 - grey / 255) - at(0)) / (at(1) - at(0))));
});

/** Larger or, the next time, smaller, and turned about the sheet's middle, so that what comes out is as far off as one copy. */
function askew({ width, height, data }: Greys, way: 1 | -1): Uint8Array {
  const result = new Uint8Array(width * height).fill(255);
  const scale = way > 0 ? 1 / FAULTS.scale : FAULTS.scale;
  const turn = scale * FAULTS.skew * way;
  const [middleX, middleY] = [width / 2, height / 2];
  for (let y = 0; y < height; y++) {
    let fromX = middleX - scale * middleX - turn * (y - middleY);
    let fromY = middleY + scale * (y - middleY) - turn * middleX;
    for (let x = 0; x < width; x++, fromX += scale, fromY += turn) {
      if (fromX < 0 || fromY < 0 || fromX >= width - 1 || fromY >= height - 1) continue;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const at = top * width + left;
      const a = data[at]!;
      const b = data[at + 1]!;
      const c = data[at + width]!;
      const d = data[at + width + 1]!;
      // Most of a sheet is white or solid.
      const even = a === b && a === c && a === d;
      result[y * width + x] = even
        ? a
        : between(between(a, b, fromX - left), between(c, d, fromX - left), fromY - top) + 0.5;
    }
  }
  return result;
}

const between = (one: number, other: number, part: number): number => one + (other - one) * part;

/** A Gaussian blur, `sigma` in pixels, along the rows and then along the columns (a row ends white, and so begins the next). */
function blurred(data: Uint8Array, width: number, sigma: number): Uint8Array {
  const reach = Math.ceil(2.5 * sigma);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)));
  const sum = bell.reduce((all, one) => all + one, 0);
  const weights = Float64Array.from(bell, (one) => one / sum);
  const along = (from: Uint8Array, step: number): Uint8Array => {
    const to = new Uint8Array(from.length).fill(255);
    const margin = reach * step;
    for (let at = margin; at < from.length - margin; at++) {
      let value = 0.5;
      for (let index = 0, near = at - margin; index < weights.length; index++, near += step)
        value += weights[index]! * from[near]!;
      to[at] = value;
    }
    return to;
  };
  return along(along(data, 1), width);
}

/** Numbers from 0 to 1 (mulberry32 by Tommy Ettinger, good enough for specks). */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
