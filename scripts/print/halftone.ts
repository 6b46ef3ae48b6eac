// Greys made black and white, for a machine that knows nothing else. Takes pixels; gives dots at the copier's own resolution.
import type { Greys } from '../book/pixels.ts';

/** Dots an inch of laser printers and copiers. */
export const COPIER = 600;
/** Dots an inch of the coarse grid: four of the copier's a side, 0.17 mm, which no copier loses. */
export const COARSE = 150;

/** Half a tile's side, in the copier's dots: lines at 45° are then 600 / (6 √2) = 70.7 an inch. */
const HALF = 6;
const TILE = 2 * HALF;
/** Pixels that one cell has. */
const CELL = 2 * HALF * HALF;

/**
 * What has less ink than that is paper, and what has more is solid. Between, no tint is lighter than 20 % nor darker than 72 %:
 * smaller dots are lost, and smaller holes filled, by the third copy (see copier.ts).
 */
const ENDS = { paper: 0.05, solid: 0.94, lightest: 0.2, darkest: 0.72 } as const;

/** How much of the paper a grey covers with ink, of 1. */
export function inkFor(grey: number): number {
  const ink = 1 - grey / 255;
  if (ink < ENDS.paper) return 0;
  if (ink > ENDS.solid) return 1;
  return ENDS.lightest + ((ink - ENDS.paper) / (ENDS.solid - ENDS.paper)) * (ENDS.darkest - ENDS.lightest);
}

const INK = Float64Array.from({ length: 256 }, (_, grey) => inkFor(grey));

/**
 * The order in which a tile's pixels turn black: two cells, set off by half against one another, so that their dots stand in
 * lines of 45°. Dots grow round from the middle, meet at the corners at one half, and leave round holes (Ulichney, Digital
 * Halftoning, 1987, chapter 5). As thresholds: black where there is more ink than that.
 */
export const SCREEN: Float64Array = screen();

function screen(): Float64Array {
  const spots = Array.from({ length: TILE * TILE }, (_, at) => {
    const [x, y] = [(at % TILE) + 0.5, Math.floor(at / TILE) + 0.5];
    // One cell is a square on its corner: its axes are the diagonals.
    const [u, v] = [(x + y) / TILE, (y - x) / TILE];
    // Rounded, so that equals stay equal on every machine.
    const twin = ((x - 0.5 + HALF) % TILE) + ((y - 0.5 + HALF) % TILE) * TILE;
    const height = Math.round(1e6 * (Math.cos(2 * Math.PI * u) + Math.cos(2 * Math.PI * v)));
    return { at, height, pair: Math.min(at, twin) };
  });
  spots.sort((one, other) => other.height - one.height || one.pair - other.pair || one.at - other.at);
  const thresholds = new Float64Array(TILE * TILE);
  for (const [rank, { at }] of spots.entries()) thresholds[at] = (Math.floor(rank / 2) + 0.5) / CELL;
  return thresholds;
}

/** A halftone of that size in the copier's dots; what lies between the pixels is taken from its neighbours. */
export function halftone(greys: Greys, width: number, height: number): Greys {
  const data = new Uint8Array(width * height).fill(255);
  const { width: across, data: from } = greys;
  const columns = steps(width, across);
  const rows = steps(height, greys.height);
  for (let y = 0; y < height; y++) {
    const top = rows.low[y]! * across;
    const foot = rows.high[y]! * across;
    const down = rows.part[y]!;
    for (let x = 0; x < width; x++) {
      const left = columns.low[x]!;
      const right = columns.high[x]!;
      const part = columns.part[x]!;
      const above = from[top + left]! * (1 - part) + from[top + right]! * part;
      const below = from[foot + left]! * (1 - part) + from[foot + right]! * part;
      const ink = INK[(above * (1 - down) + below * down + 0.5) | 0]!;
      if (ink > SCREEN[(y % TILE) * TILE + (x % TILE)]!) data[y * width + x] = 0;
    }
  }
  return { width, height, data };
}

/** Of each pixel of a row made longer or shorter: between which two of the old ones its middle lies, and how far. */
function steps(length: number, old: number) {
  const [low, high, part] = [new Uint32Array(length), new Uint32Array(length), new Float64Array(length)];
  for (let index = 0; index < length; index++) {
    const at = Math.max(0, Math.min(old - 1, ((index + 0.5) * old) / length - 0.5));
    low[index] = Math.floor(at);
    high[index] = Math.min(old - 1, low[index]! + 1);
    part[index] = at - low[index]!;
  }
  return { low, high, part };
}

/** Made smaller: each pixel is the mean of those that it stands for. */
export function shrunk({ width, height, data }: Greys, across: number, down: number): Greys {
  const small = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const [top, foot] = span(y, down, height);
    for (let x = 0; x < across; x++) {
      const [left, right] = span(x, across, width);
      let sum = 0;
      for (let row = top; row < foot; row++)
        for (let column = left; column < right; column++) sum += data[row * width + column]!;
      small[y * across + x] = Math.round(sum / ((foot - top) * (right - left)));
    }
  }
  return { width: across, height: down, data: small };
}

function span(index: number, count: number, length: number): readonly [from: number, to: number] {
  const from = Math.min(length - 1, Math.floor((index * length) / count));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / count))];
}

/** To whom an eighth of the error goes each: Atkinson's diffusion, which drops the last quarter and keeps lights and darks clean. */
const HEIRS = [
  [1, 0],
  [2, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [0, 2],
] as const;

/** Black and white, of the same size, by error diffusion, the rows to and fro. */
export function dither({ width, height, data }: Greys): Greys {
  const ink = Float64Array.from(data, (grey) => INK[grey]!);
  const dots = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const way = y % 2 === 0 ? 1 : -1;
    for (let step = 0; step < width; step++) {
      const x = way > 0 ? step : width - 1 - step;
      const wanted = ink[y * width + x]!;
      const black = wanted > 0.5;
      if (black) dots[y * width + x] = 0;
      const error = (wanted - (black ? 1 : 0)) / 8;
      for (const [right, down] of HEIRS) {
        const [column, row] = [x + right * way, y + down];
        if (column >= 0 && column < width && row < height) ink[row * width + column]! += error;
      }
    }
  }
  return { width, height, data: dots };
}
