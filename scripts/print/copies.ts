// A zine's sheet as a bad copier leaves it. Takes pictures of its panels and how they lie; gives a picture a side.
import type { Size } from '../book/measure.ts';
import { type Greys, greysOf, readPixels, writeLine } from '../book/pixels.ts';
import { thirdCopy } from './copier.ts';
import type { Forme, Scheme } from './folds.ts';
import { frameOf } from './seats.ts';

/** Pixels an inch: the finest that offices copy in. */
export const SEEN = 300;

export interface Laid {
  readonly scheme: Scheme;
  /** In points, as it is printed. */
  readonly sheet: Size;
}

/** PNGs of the sides that have something on them; `panels`: PNGs at `SEEN`, in reading order; `poster`: one of a whole side. */
export function sheetCopies({ scheme, sheet }: Laid, panels: readonly Uint8Array[], poster?: Uint8Array): Uint8Array[] {
  const greys = panels.map((png) => greysOf(readPixels(png)));
  const sides = scheme.sheets.flatMap(({ outer, inner }) => [
    pasted({ scheme, sheet }, outer, 'outer', greys),
    ...(inner === 'blank' ? [] : [pasted({ scheme, sheet }, inner, 'inner', greys)]),
  ]);
  if (poster) sides.push(greysOf(readPixels(poster)));
  return sides.map((side, index) => writeLine(thirdCopy(side, SEEN, index + 1)));
}

const px = (points: number): number => Math.round((points / 72) * SEEN);

/** One side of a sheet, its panels in their places. */
function pasted({ scheme, sheet }: Laid, forme: Forme, side: 'outer' | 'inner', panels: readonly Greys[]): Greys {
  const [width, height] = [px(sheet.width), px(sheet.height)];
  const data = new Uint8Array(width * height).fill(255);
  for (const [row, placements] of forme.entries())
    for (const [column, { folio, turned }] of placements.entries()) {
      const panel = folio === 'blank' ? undefined : panels[folio - 1];
      if (!panel) continue;
      const { left, top } = frameOf(scheme, sheet, { row, column, side });
      const [fromLeft, fromTop] = [px(left), px(sheet.height - top)];
      const count = panel.data.length;
      for (let y = 0; y < Math.min(panel.height, height - fromTop); y++)
        for (let x = 0; x < Math.min(panel.width, width - fromLeft); x++) {
          const at = y * panel.width + x;
          data[(fromTop + y) * width + fromLeft + x] = panel.data[turned ? count - 1 - at : at]!;
        }
    }
  return { width, height, data };
}
