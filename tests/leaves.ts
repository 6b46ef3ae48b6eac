// Paper in space: every panel has a place and directions, and is carried through turns, folds, cuts and piles by turning it
// about lines. Takes printed sheets; gives panels. Knows nothing of how schemes are made.

import type { Folio } from '../scripts/print/folds.ts';
import type { Track } from '../scripts/print/formats.ts';
import type { Direction, Step } from '../scripts/print/paper.ts';

/** As much of a page's place as can be seen on paper. */
export interface Mark {
  readonly folio: Folio;
  readonly turned: boolean;
}

export type Rows = readonly (readonly Mark[])[];

export interface PrintedSheet {
  readonly outer: Rows;
  readonly inner: Rows | 'blank';
  readonly gathering?: number;
}

type Vector = readonly [x: number, y: number, z: number];

/** Ink on one side of a panel: where the side looks and where the page's head points. */
export interface Ink {
  readonly mark: Mark | undefined;
  readonly looks: Vector;
  readonly head: Vector;
}

export interface Panel {
  readonly name: string;
  readonly middle: Vector;
  readonly size: readonly [width: number, height: number];
  readonly inks: readonly [Ink, Ink];
}

/** Half a turn about an upright line at x, or a level one at y, z high: every point and direction goes round with it. */
export function halfTurn(panel: Panel, axis: 'upright' | 'level', at: number, z: number): Panel {
  const spin = ([x, y, up]: Vector): Vector => (axis === 'upright' ? [-x, y, -up] : [x, -y, -up]);
  const [x, y, up] = panel.middle;
  const middle: Vector = axis === 'upright' ? [2 * at - x, y, 2 * z - up] : [x, 2 * at - y, 2 * z - up];
  const ink = ({ mark, looks, head }: Ink): Ink => ({ mark, looks: spin(looks), head: spin(head) });
  return { ...panel, middle, inks: [ink(panel.inks[0]), ink(panel.inks[1])] };
}

export function linesFrom(tracks: readonly Track[]): number[] {
  // Panels of 100, narrower ones by what they lack: enough to see what sticks out.
  const lines = [0];
  for (const { share, less } of tracks) lines.push(lines.at(-1)! + 100 * share - less);
  return lines;
}

/** One sheet, lying flat: its outer side up, its inner one as seen after turning it like the page of a book. */
export function sheetOf(
  number: number,
  { outer, inner }: PrintedSheet,
  xs: readonly number[],
  ys: readonly number[],
): Panel[] {
  const width = xs.at(-1)!;
  const panels: Panel[] = [];
  for (let row = 0; row + 1 < ys.length; row++)
    for (let column = 0; column + 1 < xs.length; column++) {
      const [left, right] = [xs[column]!, xs[column + 1]!];
      const middle = (left + right) / 2;
      // The back's cell is the one that comes to lie here when the sheet is turned: found by place, not by counting.
      const behind = [...xs.keys()].find(
        (line) => Math.abs((width - xs.at(-1 - line)! + (width - xs.at(-2 - line)!)) / 2 - (width - middle)) < 1e-6,
      );
      const down = (mark: Mark | undefined): Vector => [0, mark?.turned ? 1 : -1, 0];
      const front = outer[row]![column];
      const back = inner === 'blank' ? undefined : inner[row]![behind!];
      panels.push({
        name: `${number}:${row}:${column}`,
        middle: [middle, (ys[row]! + ys[row + 1]!) / 2, 0],
        size: [right - left, ys[row + 1]! - ys[row]!],
        inks: [
          { mark: front, looks: [0, 0, 1], head: down(front) },
          { mark: back, looks: [0, 0, -1], head: down(back) },
        ],
      });
    }
  return panels;
}

export const xSpan = ({ middle: [x], size: [width] }: Panel): [number, number] => [x - width / 2, x + width / 2];
export const ySpan = ({ middle: [, y], size: [, height] }: Panel): [number, number] => [y - height / 2, y + height / 2];
const top = (panels: readonly Panel[]): number => panels.reduce((z, { middle }) => Math.max(z, middle[2]), -1e9);
const floor = (panels: readonly Panel[]): number => panels.reduce((z, { middle }) => Math.min(z, middle[2]), 1e9);

/** Lines between panels that go through no panel. */
export function foldable(panels: readonly Panel[], axis: 'upright' | 'level'): number[] {
  const distinct = new Map<string, [number, number]>();
  const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
  for (const panel of panels) {
    const [low, high] = (axis === 'upright' ? xSpan : ySpan)(panel);
    distinct.set(`${rounded(low)} ${rounded(high)}`, [rounded(low), rounded(high)]);
  }
  const edges = [...new Set([...distinct.values()].flat())].sort((a, b) => a - b);
  return edges.filter(
    (edge, index) =>
      index > 0 && index < edges.length - 1 && ![...distinct.values()].some(([a, b]) => a < edge && edge < b),
  );
}

const AXIS: Readonly<Record<Direction, 'upright' | 'level'>> = {
  'left-to-right': 'upright',
  'right-to-left': 'upright',
  'top-to-bottom': 'level',
  'bottom-to-top': 'level',
};

/** What is on one side of the line goes round it, over the highest or under the lowest that lies there. */
export function foldAt(panels: readonly Panel[], over: Direction, at: number, under: boolean): Panel[] {
  const axis = AXIS[over];
  const place = ({ middle }: Panel): number => middle[axis === 'upright' ? 0 : 1];
  const lesser = over === 'left-to-right' || over === 'top-to-bottom';
  const moves = panels.filter((panel) => place(panel) < at === lesser);
  const stays = panels.filter((panel) => place(panel) < at !== lesser);
  const z = under ? floor(panels) - 0.5 : top(panels) + 0.5;
  return [...stays, ...moves.map((panel) => halfTurn(panel, axis, at, z))];
}

export function foldStep(panels: readonly Panel[], step: Extract<Step, { do: 'fold' }>): Panel[] {
  const lines = foldable(panels, AXIS[step.over]);
  if (step.line === undefined && lines.length % 2 === 0) throw new Error('no middle to fold along');
  const at = lines.at(step.line === undefined ? (lines.length - 1) / 2 : step.line > 0 ? step.line - 1 : step.line);
  if (at === undefined) throw new Error('no line to fold along');
  return foldAt(panels, step.over, at, step.under ?? false);
}

export function turnOver(panels: readonly Panel[]): Panel[] {
  const xs = panels.flatMap(xSpan);
  return panels.map((panel) => halfTurn(panel, 'upright', (Math.min(...xs) + Math.max(...xs)) / 2, 0));
}

/** The parts, first those at the top, in each row from the side told. */
export function apart(panels: readonly Panel[], step: Extract<Step, { do: 'part' }>): Panel[][] {
  const [xs, ys] = [panels.flatMap(xSpan), panels.flatMap(ySpan)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const parts = new Map<number, Panel[]>();
  for (const panel of panels) {
    const column = Math.floor(((panel.middle[0] - left) / width) * step.columns);
    const row = Math.floor(((panel.middle[1] - top) / height) * step.rows);
    const number = row * step.columns + (step.from === 'left' ? column : step.columns - 1 - column);
    const part = parts.get(number);
    if (part) part.push(panel);
    else parts.set(number, [panel]);
  }
  return [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
}

/** Laid on one another, corner on corner, the first on top. */
export function piled(heaps: readonly (readonly Panel[])[]): Panel[] {
  const pile: Panel[] = [];
  let height = 0;
  for (const heap of [...heaps].reverse()) {
    const [x, y] = [Math.min(...heap.map((one) => xSpan(one)[0])), Math.min(...heap.map((one) => ySpan(one)[0]))];
    const low = floor(heap);
    for (const { middle, ...panel } of heap)
      pile.push({ ...panel, middle: [middle[0] - x, middle[1] - y, middle[2] - low + height] });
    height += top(heap) - low + 1;
  }
  return pile;
}

/** Each opened in its middle, and the next put in. */
export function inserted(heaps: readonly (readonly Panel[])[]): Panel[] {
  let inside: Panel[] = [];
  for (const heap of [...heaps].reverse()) {
    const middle = (top(heap) + floor(heap)) / 2;
    const upper = heap.filter(({ middle: [, , z] }) => z > middle);
    const lower = heap.filter(({ middle: [, , z] }) => z < middle);
    inside = piled([upper, ...(inside.length > 0 ? [inside] : []), lower]);
  }
  return inside;
}
