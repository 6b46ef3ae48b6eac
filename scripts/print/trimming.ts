// What is cut off at the end: the strips around pages that are smaller than their cells, and what creep pushes out.
// Takes a scheme, a sheet, the pages' size and the printer; gives lengths in points.
import { MM, type Size } from '../book/measure.ts';
import type { Scheme } from './folds.ts';
import { scaleToFit } from './seats.ts';

/** Under this a strip is not worth a cut. */
export const STRIP = MM;

export interface Trimming {
  /** As it is printed: 1, or less where the pages would not fit. */
  readonly scale: number;
  readonly page: Size;
  readonly cell: Size;
  /** What is cut off the head, and as much off the foot; 0 where nothing is. */
  readonly ends: number;
  /** Off the fore-edge, from the cover's edge. */
  readonly fore: number;
  /** How far the innermost leaves stand out beyond the cover where the fore-edge is not cut back. */
  readonly over: number;
}

export interface ToTrim {
  readonly scheme: Scheme;
  readonly sheet: Size;
  /** Of the pages, before they are made to fit. */
  readonly trim: Size;
  readonly margin: number;
  /** How far each leaf pushes out the next. */
  readonly thickness: number;
}

/** Panels that hang together cannot be trimmed one by one, and what stands in the middle of its panel needs not be. */
export function trimmingOf({ scheme, sheet, trim, margin, thickness }: ToTrim): Trimming {
  const scale = scaleToFit(scheme, sheet, [trim], margin);
  const page = { width: trim.width * scale, height: trim.height * scale };
  const cell = { width: sheet.width / scheme.columns, height: sheet.height / scheme.rows };
  const cut = (strip: number): number => (scheme.hold === 'spine' && strip > STRIP ? strip : 0);
  const deepest = Math.max(...scheme.sheets.flatMap(({ outer }) => outer.flat().map(({ depth }) => depth)));
  const fore = cut(cell.width - page.width);
  return {
    ...{ scale, page, cell, fore, ends: cut((cell.height - page.height) / 2) },
    over: fore > 0 ? 0 : cut(deepest * thickness),
  };
}
