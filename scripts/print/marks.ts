// Marks for hands and knives, in black ink alone: crop marks for the press, fold ticks and the slit for home printing.
// Takes sizes in points; gives drawing operators.
import type { Size } from '../book/measure.ts';
import { MARK_GAP, MARK_LENGTH, pressInset } from './boxes.ts';
import { nums } from './content.ts';
import type { Scheme } from './folds.ts';

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
  return `q 0 0 0 1 K .25 w\n${strokes(lines)}Q\n`;
}

/** A tick's length at the sheet's edge: 3 mm. */
const TICK = (3 * 72) / 25.4;

/** Grey ticks where the folds meet the sheet's edge, and a dashed line where the scheme has it slit. */
export function foldMarks(scheme: Scheme, sheet: Size): string {
  const cell = { width: sheet.width / scheme.columns, height: sheet.height / scheme.rows };
  const ticks: Line[] = [];
  for (let column = 1; column < scheme.columns; column++) {
    const x = column * cell.width;
    ticks.push([x, 0, x, TICK], [x, sheet.height - TICK, x, sheet.height]);
  }
  for (let row = 1; row < scheme.rows; row++) {
    const y = row * cell.height;
    ticks.push([0, y, TICK, y], [sheet.width - TICK, y, sheet.width, y]);
  }
  const slits = scheme.steps.flatMap((step): Line[] => {
    if (step.do !== 'slit') return [];
    const y = sheet.height - step.row * cell.height;
    return [[step.from * cell.width, y, step.to * cell.width, y]];
  });
  const dashed = slits.length > 0 ? `[4 3] 0 d\n${strokes(slits)}` : '';
  return `q 0 0 0 .6 K .5 w\n${strokes(ticks)}${dashed}Q\n`;
}
