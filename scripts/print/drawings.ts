// What the hands do, drawn: one picture for each step that is told, and one of the finished thing. Takes a scheme and a sheet;
// gives shapes, all in one scale, from the same simulation of paper that the pages were laid out with.
import { MM, type Size } from '../book/measure.ts';
import type { Drawing, Point, Shape } from './engraving.ts';
import type { Scheme } from './folds.ts';
import { handworkFor } from './instructions.ts';
import type { Segment, Step } from './paper.ts';
import { english } from './phrases/en.ts';
import type { Phrases } from './phrases/phrases.ts';
import { around, GAP, paper, pushing, shut } from './sketch.ts';
import { type Panel, type Stage, stagesFor } from './stages.ts';
import { PLAIN_LEAF, staplingOf } from './thickness.ts';
import { linesOf } from './tracks.ts';
import type { Trimming } from './trimming.ts';

/** A step in words and in a picture. */
export interface Shown {
  readonly text: string;
  readonly drawing: Drawing;
}

/** The longer side of a sheet, in the drawing's units. */
export const SHEET = 120;
/** From an edge to the middle of what is written beside it. */
const LABEL = 22;
/** Arrows begin and end this far inside the edges that they tell of. */
const INSIDE = 0.1;

/** The steps after printing, and what comes of them. */
export function drawingsFor(
  scheme: Scheme,
  sheet: Size,
  words: Phrases = english,
  leaf = PLAIN_LEAF,
): { readonly steps: readonly Shown[]; readonly done: Drawing } {
  const unit = SHEET / Math.max(sheet.width, sheet.height);
  const told = handworkFor(scheme, words, leaf);
  if (scheme.reads === 'tiles') {
    const drawing = poster(scheme, sheet, unit);
    return { steps: told.map(({ text }) => ({ text, drawing })), done: drawing };
  }
  const stages = stagesFor(scheme, sheet);
  const hands: Hands = { scheme, sheet, unit, stages, leaf };
  const steps = told.map(({ text, index }) => ({ text, drawing: { shapes: drawn(index, hands) } }));
  return { steps, done: { shapes: paper(stages.at(-1)!.after, unit) } };
}

interface Hands {
  readonly scheme: Scheme;
  readonly sheet: Size;
  readonly unit: number;
  readonly stages: readonly Stage[];
  readonly leaf: number;
}

function drawn(index: number, hands: Hands): Shape[] {
  const { scheme, unit, stages } = hands;
  const { step, before, after, moves, times } = stages[index]!;
  switch (step.do) {
    case 'stack':
      // Laid down as the next step wants it.
      return paper((stages[index + 1]?.step.do === 'turn' ? stages[index + 1]! : stages[index]!).after, unit);
    case 'turn':
      return [...paper(after, unit), turning(after, unit)];
    case 'fold':
    case 'gate':
      return [...paper(before, unit), ...moves.flatMap((move) => folding(move, unit))];
    case 'fan':
      return [...paper(before, unit), ...creases(before, hands), ...zigzag(before, unit, step.from)];
    case 'crease':
      return [...paper(before, unit), ...creases(before, hands)];
    case 'slit':
      return [...paper(before, unit), ...cuts(slitSegments(step), hands)];
    case 'push':
      return [...pushing(before, unit), ...shut(before, after, unit)];
    case 'part':
      return [...paper(before, unit), ...cuts(scheme.cuts, hands)];
    case 'pile':
    case 'nest':
    case 'gather':
      return times > 1 ? together(before, unit, step.do === 'nest') : paper(after, unit);
    case 'open':
      return [...paper(after, unit), ...opened(after, hands)];
    case 'bind':
      return [...paper(after, unit), ...bound(step.with, after, hands)];
    default: // unfold
      return paper(after, unit);
  }
}

function folding({ line, from, to, under }: Stage['moves'][number], unit: number): Shape[] {
  const point = ([x, y]: Point): Point => [x * unit, y * unit];
  const [one, other] = [point(line[0]), point(line[1])];
  const upright = line[0][0] === line[1][0];
  // Clear of the folios, which stand in the pages' upper thirds.
  const lower = upright ? (other[1] - one[1]) * 0.22 : 0;
  const way = (share: number): Point => {
    const [x, y] = point([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    return [x, y + lower];
  };
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) * unit;
  return [
    { kind: under ? 'mountain' : 'valley', from: one, to: other },
    { kind: 'arrow', from: way(INSIDE), to: way(1 - INSIDE), bow: length * (upright ? 0.16 : 0.1), under },
  ];
}

/** Over the head, from one side to the other. */
function turning(panels: readonly Panel[], unit: number): Shape {
  const { left, right, top } = around(panels);
  const quarter = (right - left) / 4;
  const y = top * unit - 4;
  const ends = { from: [(left + quarter) * unit, y], to: [(right - quarter) * unit, y] } as const;
  return { kind: 'arrow', ...ends, bow: 9, under: false };
}

/** A segment of the flat sheet, outer side up. */
function lineOf({ along, line, at }: Segment, { scheme, sheet, unit }: Hands): readonly [Point, Point] {
  const { across, down } = linesOf(scheme, sheet);
  const [x, y] = [(index: number) => across[index]! * unit, (index: number) => down[index]! * unit];
  return along === 'columns'
    ? [
        [x(line), y(at)],
        [x(line), y(at + 1)],
      ]
    : [
        [x(at), y(line)],
        [x(at + 1), y(line)],
      ];
}

/** Those of the panels that are shown: of a sheet that was cut apart, one part. */
function creases(panels: readonly Panel[], hands: Hands): Shape[] {
  const { left, right, top, bottom } = around(panels);
  return hands.scheme.creases.flatMap((crease): Shape[] => {
    const [from, to] = lineOf(crease, hands);
    const [x, y] = [(from[0] + to[0]) / 2 / hands.unit, (from[1] + to[1]) / 2 / hands.unit];
    return x > left && x < right && y > top && y < bottom ? [{ kind: crease.fold, from, to }] : [];
  });
}

const slitSegments = ({ row, from, to }: Extract<Step, { do: 'slit' }>): Segment[] =>
  Array.from({ length: to - from }, (_, index) => ({ along: 'rows', line: row, at: from + index }));

/** Segments in one line are one cut, with the scissors where it begins. */
function cuts(segments: readonly Segment[], hands: Hands): Shape[] {
  const lines = new Map<string, Segment[]>();
  for (const segment of segments) {
    const key = `${segment.along} ${segment.line}`;
    lines.set(key, [...(lines.get(key) ?? []), segment]);
  }
  return [...lines.values()].map((parts): Shape => {
    const sorted = [...parts].sort((a, b) => a.at - b.at);
    const from = lineOf(sorted[0]!, hands)[0];
    return { kind: 'cut', from, to: lineOf(sorted.at(-1)!, hands)[1], scissors: true };
  });
}

/** The folded strip as seen from its foot, below the sheet. */
function zigzag(panels: readonly Panel[], unit: number, from: 'left' | 'right'): Shape[] {
  const { left, right, bottom } = around(panels);
  const ordered = [...panels].sort((a, b) => a.left - b.left);
  const y = (bottom * unit + GAP) as number;
  const squeeze = 0.45;
  const middle = ((left + right) / 2) * unit;
  const x = (at: number): number => middle + (at * unit - middle) * squeeze;
  const high = (index: number): number => y + (index % 2 === (from === 'left' ? 0 : ordered.length % 2) ? 0 : 9);
  return ordered.map((panel, index): Shape => {
    return { kind: 'edge', from: [x(panel.left), high(index)], to: [x(panel.right), high(index + 1)] };
  });
}

/** The first pile, and the next that goes onto or into it. */
function together(before: readonly Panel[], unit: number, inside: boolean): Shape[] {
  const { left, right, top, bottom } = around(before);
  const off = right - left + GAP / unit;
  const white = before.map((panel) => ({
    ...panel,
    page: 'white' as const,
    left: panel.left + off,
    right: panel.right + off,
  }));
  const y = (inside ? bottom - (bottom - top) / 3 : (top + bottom) / 2) * unit;
  const from: Point = [((left + right) / 2 + off) * unit, y];
  const arrow: Shape = {
    kind: 'arrow',
    from,
    to: [((left + right) / 2) * unit, y],
    bow: (off * unit) / 6,
    under: true,
  };
  return [...paper(before, unit), ...paper(white, unit), arrow];
}

/** Where a knife goes: along the edges that are folds on any leaf, but for the spine's. */
function opened(after: readonly Panel[], { scheme, unit }: Hands): Shape[] {
  const { left, right, top, bottom } = around(after);
  const pages = scheme.sheets.flatMap(({ outer, inner }) => [
    ...outer.flat(),
    ...(inner === 'blank' ? [] : inner.flat()),
  ]);
  const isFold = (edge: 'head' | 'foot' | 'fore'): boolean =>
    pages.some(
      ({ edges, spine }) => edges[edge === 'fore' ? (spine === 'left' ? 'right' : 'left') : edge] === 'outer-fold',
    );
  const at = (x: number, y: number): Point => [x * unit, y * unit];
  const fore = scheme.spine === 'left' ? right : left;
  const cut = (from: Point, to: Point): Shape => ({ kind: 'cut', from, to, scissors: true });
  return [
    ...(isFold('head') ? [cut(at(left, top), at(right, top))] : []),
    ...(isFold('fore') ? [cut(at(fore, bottom), at(fore, top))] : []),
    ...(isFold('foot') ? [cut(at(left, bottom), at(right, bottom))] : []),
  ];
}

function bound(thing: 'staple' | 'thread' | 'glue', after: readonly Panel[], { scheme, unit, leaf }: Hands): Shape[] {
  const { left, right, top, bottom } = around(after);
  const height = bottom - top;
  const x = (scheme.spine === 'left' ? left : right) * unit;
  const along = (from: number, to: number) =>
    ({ from: [x, (top + height * from) * unit], to: [x, (top + height * to) * unit] }) as const;
  if (thing === 'glue') return [{ kind: 'glue', ...along(0, 1) }];
  const stapling = staplingOf(scheme, leaf);
  if (thing === 'thread' || stapling?.by === 'thread') return [{ kind: 'stitch', ...along(0.08, 0.92) }];
  if (!stapling) return [];
  return [0.25, 0.75].map((at) => ({ kind: 'staple', ...along(at - 0.05, at + 0.05) }));
}

/** The sheets of a poster where they are glued. */
function poster({ sheets, steps }: Scheme, { width, height }: Size, unit: number): Drawing {
  const join = steps.find((step) => step.do === 'join')!;
  const shapes = sheets.map(({ outer }, index): Shape => {
    const { row, column } = outer[0]![0]!.tile!;
    const [x, y] = [column * (width - join.overlap) * unit, row * (height - join.overlap) * unit];
    const to: Point = [x + width * unit, y + height * unit];
    return { kind: 'panel', from: [x, y], to, layers: 1, open: [], folio: `${index + 1}` };
  });
  return { shapes };
}

/** The finished thing with the knife's ways, and beside each how much falls off. */
export function trimmed({ shapes }: Drawing, { cell, ends, fore, over }: Trimming, { spine }: Scheme): Drawing {
  const panel = shapes.find((shape) => shape.kind === 'panel')!;
  const [[left, top], [right, bottom]] = [panel.from, panel.to];
  const unit = (right - left) / cell.width;
  const inMm = (points: number): string => `${Math.round(points / MM)} mm`;
  const cut = (from: Point, to: Point): Shape => ({ kind: 'cut', from, to, scissors: true });
  const label = (text: string, at: Point): Shape => ({ kind: 'label', from: at, to: at, text });
  const beside = spine === 'left' ? right + LABEL : left - LABEL;
  const level = [top + ends * unit, bottom - ends * unit].flatMap((y, index) => [
    spine === 'left' ? cut([left, y], [right, y]) : cut([right, y], [left, y]),
    label(inMm(ends), [beside, index === 0 ? (top + y) / 2 : (bottom + y) / 2]),
  ]);
  const x = spine === 'left' ? right - fore * unit : left + fore * unit;
  const outer = spine === 'left' ? right : left;
  const upright = [cut([x, bottom], [x, top]), label(inMm(fore + over), [(x + outer) / 2, top - LABEL / 3])];
  return { shapes: [...shapes, ...(ends > 0 ? level : []), ...(fore + over > 0 ? upright : [])] };
}
