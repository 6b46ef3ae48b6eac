// Marks for hands and knives, in black ink alone: crop marks for the press, fold ticks and the slit for home printing.
// Takes sizes in points; gives drawing operators.
import type { Size } from '../book/measure.ts';
import { MARK_GAP, MARK_LENGTH, pressInset } from './boxes.ts';
import { nums } from './content.ts';
import type { Placement, Scheme } from './folds.ts';
import type { Segment, Step } from './paper.ts';
import { type Cell, frameOf, seatOf } from './seats.ts';
import { linesOf } from './tracks.ts';
import { STRIP } from './trimming.ts';

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
 * ticks at the edge of the strip. `side`: the one to draw on; on the inner one left is right and a valley a mountain. `index`:
 * of the sheet.
 */
export function foldMarks(scheme: Scheme, sheet: Size, side: 'outer' | 'inner', index = 0): string {
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
  for (const { line, at } of scheme.slits) drawn.slit.push([x(at), y(line), x(at + 1), y(line)]);
  for (const step of scheme.steps) {
    if (step.do === 'join') drawn.cut.push(...glueTicks(step, scheme.sheets[index]!.outer[0]![0]!.tile!, sheet));
  }
  const kinds = (Object.keys(DASHES) as (keyof typeof DASHES)[]).filter((kind) => drawn[kind].length > 0);
  return `q 0 0 0 .6 K .5 w\n${kinds.map((kind) => `${DASHES[kind]}\n${strokes(drawn[kind])}`).join('')}Q\n`;
}

/** How far the neighbours' paper reaches, at the edges that have a neighbour. */
function glueTicks(
  { columns, rows, overlap }: Extract<Step, { do: 'join' }>,
  { row, column }: NonNullable<Placement['tile']>,
  { width, height }: Size,
): Line[] {
  const upright = [...(column > 0 ? [overlap] : []), ...(column < columns - 1 ? [width - overlap] : [])];
  const level = [...(row < rows - 1 ? [overlap] : []), ...(row > 0 ? [height - overlap] : [])];
  return [
    ...upright.flatMap((x): Line[] => [
      [x, 0, x, TICK],
      [x, height - TICK, x, height],
    ]),
    ...level.flatMap((y): Line[] => [
      [0, y, TICK, y],
      [width - TICK, y, width, y],
    ]),
  ];
}

type Box = Readonly<Record<'left' | 'right' | 'bottom' | 'top', number>>;

interface Trimmed {
  /** As large as it is printed. */
  readonly page: Size;
  /** Towards the spine, for creep. */
  readonly shift: number;
  readonly bleed: number;
  /** Along the edges of the sheet the printer prints nothing. */
  readonly margin: number;
}

const TRIM_LINE = 0.25;

/** Is the thing cut down to its pages? Panels that hang together are not. */
const isTrimmed = ({ hold, creases, reads }: Scheme): boolean =>
  reads !== 'tiles' && (hold === 'spine' || creases.length === 0);

/** What is bound before it is trimmed is cut from its front: marks on pages inside would only be seen where nobody trims. */
const isMarked = ({ steps }: Scheme, { folio }: Placement): boolean =>
  folio === 1 || steps.every((step) => step.do !== 'bind');

/**
 * Ticks on the lines of the cuts where a page is smaller than its cell: wholly in the strips that fall off, beyond the bleed
 * where these are wide enough, else along the page's edge. Only where there is a strip, and never at a spine.
 */
export function trimMarks(
  scheme: Scheme,
  sheet: Size,
  placement: Placement,
  cell: Cell,
  { page: { width, height }, shift, bleed, margin }: Trimmed,
): string {
  if (!isTrimmed(scheme) || !isMarked(scheme, placement)) return '';
  const frame = frameOf(scheme, sheet, cell);
  const { x, y } = seatOf(scheme, sheet, placement, cell, { width, height }, { scale: 1, shift, bleed: 0, margin });
  const page: Box = { left: x, right: x + width, bottom: y, top: y + height };
  const reach: Box = {
    left: Math.max(frame.left, margin),
    right: Math.min(frame.right, sheet.width - margin),
    bottom: Math.max(frame.bottom, margin),
    top: Math.min(frame.top, sheet.height - margin),
  };
  const spine = (placement.spine === 'left') !== placement.turned ? 'left' : 'right';
  const has = (edge: keyof Box): boolean =>
    Math.abs(frame[edge] - page[edge]) > STRIP && !(scheme.hold === 'spine' && edge === spine);
  const off = Math.max(bleed, MARK_GAP) + TICK;
  const out = { left: -1, right: 1, bottom: -1, top: 1 } as const;
  /** From the low and the high end of what the printer reaches, along the page from `low` to `high`. */
  const ends = (low: 'left' | 'bottom', high: 'right' | 'top'): [from: number, to: number][] => {
    const [from, to] = [Math.max(reach[low], page[low] - off), Math.min(reach[high], page[high] + off)];
    return [
      [from, from + TICK],
      [to - TICK, to],
    ];
  };
  const at = (edge: keyof Box): number => page[edge] + (out[edge] * TRIM_LINE) / 2;
  const lines = [
    ...(['bottom', 'top'] as const)
      .filter(has)
      .flatMap((edge) => ends('left', 'right').map(([from, to]): Line => [from, at(edge), to, at(edge)])),
    ...(['left', 'right'] as const)
      .filter(has)
      .flatMap((edge) => ends('bottom', 'top').map(([from, to]): Line => [at(edge), from, at(edge), to])),
  ];
  return lines.length === 0 ? '' : `q 0 0 0 .6 K ${nums([TRIM_LINE])} w\n${strokes(lines)}Q\n`;
}
