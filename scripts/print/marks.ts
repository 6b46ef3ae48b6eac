// Marks for hands and knives, in black ink alone: crop marks for the press, fold ticks and the slit for home printing.
// Takes sizes in points; gives drawing operators.
import type { Size } from '../book/measure.ts';
import { MARK_GAP, MARK_LENGTH, pressInset } from './boxes.ts';
import { nums } from './content.ts';
import type { Scheme } from './folds.ts';
import type { Segment } from './paper.ts';
import { linesOf } from './tracks.ts';

type Line = readonly [x1: number, y1: number, x2: number, y2: number];

const strokes = (lines: readonly Line[]): string =>
  lines.map(([x1, y1, x2, y2]) => `${nums([x1, y1])} m ${nums([x2, y2])} l S\n`).join('');

/** Two crop marks at each corner of the trim: 0.25 pt, 5 mm long, beyond the bleed and at least 2 mm off the trim. */
export function cropMarks(trim: Size, bleed: number): string {
  const inset = pressInset({ bleed, marks: true });
  const near = Math.max(bleed, MARK_GAP);
  const far = near + MARK_LENGTH;
  const lines: Line[] = [];
  for (const x of [inset, inset + trim.width]) {
    lines.push([x, inset - far, x, inset - near]);
    lines.push([x, inset + trim.height + near, x, inset + trim.height + far]);
  }
  for (const y of [inset, inset + trim.height]) {
    lines.push([inset - far, y, inset - near, y]);
    lines.push([inset + trim.width + near, y, inset + trim.width + far, y]);
  }
  return `q 0 G .25 w\n${strokes(lines)}Q\n`;
}

/** A tick's length at the sheet's edge: 3 mm. */
const TICK = (3 * 72) / 25.4;

/** Dashes as in drawings of folds: a valley, a mountain; cuts are whole. */
const DASHES = { valley: '[2 1.25] 0 d', mountain: '[3 .9 .6 .9] 0 d', cut: '[] 0 d', slit: '[4 3] 0 d' };

/**
 * Grey ticks where folds and cuts meet the sheet's edge, a dashed line where it is slit, and where sheets are glued together
 * ticks at the edge of the strip. `side`: the one to draw on; on the inner one left is right and a valley a mountain.
 */
export function foldMarks(scheme: Scheme, sheet: Size, side: 'outer' | 'inner'): string {
  const { across, down } = linesOf(scheme, sheet);
  const mirrored = side === 'inner';
  const x = (line: number): number => (mirrored ? sheet.width - across[line]! : across[line]!);
  const y = (line: number): number => sheet.height - down[line]!;
  const drawn: Record<keyof typeof DASHES, Line[]> = { valley: [], mountain: [], cut: [], slit: [] };
  const tick = (kind: keyof typeof DASHES, { along, line, at }: Segment): void => {
    const last = (along === 'columns' ? scheme.rows : scheme.columns) - 1;
    if (along === 'columns') {
      if (at === 0) drawn[kind].push([x(line), sheet.height - TICK, x(line), sheet.height]);
      if (at === last) drawn[kind].push([x(line), 0, x(line), TICK]);
    } else {
      const [first, second] = mirrored ? [last, 0] : [0, last];
      if (at === first) drawn[kind].push([0, y(line), TICK, y(line)]);
      if (at === second) drawn[kind].push([sheet.width - TICK, y(line), sheet.width, y(line)]);
    }
  };
  for (const crease of scheme.creases) tick((crease.fold === 'valley') !== mirrored ? 'valley' : 'mountain', crease);
  for (const cut of scheme.cuts) tick('cut', cut);
  for (const step of scheme.steps) {
    if (step.do === 'slit') drawn.slit.push([x(step.from), y(step.row), x(step.to), y(step.row)]);
    if (step.do === 'join') drawn.cut.push(...glueTicks(step.overlap, sheet));
  }
  const kinds = (Object.keys(DASHES) as (keyof typeof DASHES)[]).filter((kind) => drawn[kind].length > 0);
  return `q 0 0 0 .6 K .5 w\n${kinds.map((kind) => `${DASHES[kind]}\n${strokes(drawn[kind])}`).join('')}Q\n`;
}

/** How far the neighbours' paper reaches: ticks on all four edges. */
function glueTicks(overlap: number, { width, height }: Size): Line[] {
  const upright = [overlap, width - overlap].flatMap((x): Line[] => [
    [x, 0, x, TICK],
    [x, height - TICK, x, height],
  ]);
  const level = [overlap, height - overlap].flatMap((y): Line[] => [
    [0, y, TICK, y],
    [width - TICK, y, width, y],
  ]);
  return [...upright, ...level];
}
