// Register marks: a cross in a ring at the middle of each side, outside the bleed, in every ink that the page is printed with,
// so that whoever prints sees whether the plates lie on each other. Takes sizes in points; gives drawing operators.
import type { Size } from '../book/measure.ts';
import { MARK_GAP, MARK_LENGTH, pressInset } from './boxes.ts';
import { nums } from './content.ts';

const RADIUS = (1.5 * 72) / 25.4;
const ARM = MARK_LENGTH / 2;

/** `coloured`: in four inks; else in black. Lines of 0.25 pt. */
export function registerMarks(trim: Size, bleed: number, coloured: boolean): string {
  const inset = pressInset({ bleed, marks: true });
  const out = Math.max(bleed, MARK_GAP) + MARK_LENGTH / 2;
  const [x, y] = [inset + trim.width / 2, inset + trim.height / 2];
  const middles = [
    [x, inset - out],
    [x, inset + trim.height + out],
    [inset - out, y],
    [inset + trim.width + out, y],
  ] as const;
  const drawn = middles.map(([left, bottom]) => `q 1 0 0 1 ${nums([left, bottom])} cm\n${MARK}Q\n`);
  return `q ${coloured ? '1 1 1 1 K' : '0 G'} .25 w\n${drawn.join('')}Q\n`;
}

/** A quarter of a circle as a Bézier curve: how far its handles reach, of the radius. */
const HANDLE = 0.5523 * RADIUS;

const MARK = [
  `${nums([-ARM, 0])} m ${nums([ARM, 0])} l S ${nums([0, -ARM])} m ${nums([0, ARM])} l S`,
  `${nums([RADIUS, 0])} m ${nums([RADIUS, HANDLE, HANDLE, RADIUS, 0, RADIUS])} c`,
  `${nums([-HANDLE, RADIUS, -RADIUS, HANDLE, -RADIUS, 0])} c ${nums([-RADIUS, -HANDLE, -HANDLE, -RADIUS, 0, -RADIUS])} c`,
  `${nums([HANDLE, -RADIUS, RADIUS, -HANDLE, RADIUS, 0])} c s\n`,
].join('\n');
