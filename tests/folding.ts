// Schemes, folded and read leaf by leaf as a reader would. Takes any scheme; gives the pages as they are come upon, or throws
// where paper cannot lie so.
import type { Spine } from '../scripts/print/folds.ts';
import type { Track } from '../scripts/print/formats.ts';
import type { Step } from '../scripts/print/paper.ts';
import { assertBound } from './hinges.ts';
import {
  apart,
  foldAt,
  foldable,
  foldStep,
  halfTurn,
  type Ink,
  inserted,
  linesFrom,
  type Panel,
  type PrintedSheet,
  piled,
  type Rows,
  sheetOf,
  turnOver,
  xSpan,
  ySpan,
} from './leaves.ts';
import { joinAndRead, pushAndRead } from './pushing.ts';

/** What the hands hold and are told. */
export interface Folded {
  readonly columns: number;
  readonly rows: number;
  readonly across: readonly Track[];
  readonly down: readonly Track[];
  readonly reads: 'leaves' | 'unfolding' | 'flat' | 'tiles';
  readonly sheets: readonly PrintedSheet[];
  readonly steps: readonly Step[];
}

/** Panels in one hand, and what they were before each fold. */
interface Heap {
  readonly panels: readonly Panel[];
  readonly past: readonly (readonly Panel[])[];
}

/** A page as read: its folio, and an exclamation mark where it stands on its head. */
export type Read = string;

const readInk = ({ mark, head }: Ink): Read => `${mark!.folio}${head[1] < 0 ? '' : '!'}`;

const HINGE = { 'left-to-right': 'left', 'right-to-left': 'right', 'top-to-bottom': 'top', 'bottom-to-top': 'bottom' };

/**
 * Folds the scheme and reads it. Throws where the paper cannot do it: odd folds, leaves that do not lie on one another,
 * folds that cover print, white sides showing; and where it hangs together at another edge than the spine's.
 * Where several copies are made, all must read the same.
 */
export function foldAndRead(scheme: Folded, spine: Spine = 'left'): Read[] {
  if (scheme.steps.some((step) => step.do === 'push'))
    return alike(copiesOf(scheme).map((one) => pushAndRead(one, spine)));
  if (scheme.reads === 'tiles') return joinAndRead(scheme);
  const [xs, ys] = [linesFrom(scheme.across), linesFrom(scheme.down)];
  const gatherings = new Map<number, Heap[]>();
  scheme.sheets.forEach((sheet, number) => {
    const key = sheet.gathering ?? 0;
    gatherings.set(key, [...(gatherings.get(key) ?? []), { panels: sheetOf(number, sheet, xs, ys), past: [] }]);
  });
  const finished = made([...gatherings.values()], scheme.steps);
  return alike(finished.map((heap) => readHeap(heap, scheme, spine)));
}

function alike(readings: readonly Read[][]): Read[] {
  const [first = []] = readings;
  for (const reading of readings) if (reading.join() !== first.join()) throw new Error('copies differ');
  return first;
}

/** What lies on the table in the end; where copies are cut apart, each is made from its own parts of all sheets. */
function made(heaps: Heap[][], [step, ...more]: readonly Step[]): Heap[] {
  if (!step) return heaps.flat();
  if (step.do !== 'part' || !step.copies) return made(after(heaps, step), more);
  return Array.from({ length: step.columns * step.rows }, (_, copy) =>
    made(
      heaps.map((gathering) => gathering.map(({ panels }) => ({ panels: apart(panels, step)[copy]!, past: [] }))),
      more,
    ),
  ).flat();
}

/** A sheet that is to be pushed together, or each of those that it is cut into. */
function copiesOf(scheme: Folded): Folded[] {
  const cut = scheme.steps.find((step) => step.do === 'part');
  if (!cut) return [scheme];
  const [columns, rows] = [scheme.columns / cut.columns, scheme.rows / cut.rows];
  const steps = scheme.steps.filter((step) => step !== cut);
  const slice = (forme: Rows, row: number, column: number): Rows =>
    forme.slice(row * rows, (row + 1) * rows).map((cells) => cells.slice(column * columns, (column + 1) * columns));
  return Array.from({ length: cut.columns * cut.rows }, (_, copy) => {
    const [row, column] = [Math.floor(copy / cut.columns), copy % cut.columns];
    const sheets = scheme.sheets.map(({ outer, inner }) => ({
      outer: slice(outer, row, column),
      inner: inner === 'blank' ? inner : slice(inner, row, cut.columns - 1 - column),
    }));
    return { ...scheme, columns, rows, sheets, steps };
  });
}

function after(heaps: Heap[][], step: Step): Heap[][] {
  const each = (change: (panels: readonly Panel[]) => Panel[], bends: boolean): Heap[][] =>
    heaps.map((gathering) =>
      gathering.map(({ panels, past }) => ({ panels: change(panels), past: bends ? [...past, panels] : past })),
    );
  const anew = (panels: readonly Panel[]): Heap => ({ panels, past: [] });
  const panelsOf = (gathering: readonly Heap[]) => gathering.map(({ panels }) => panels);
  switch (step.do) {
    case 'stack':
    case 'pile':
      return heaps.map((gathering) => [anew(piled(panelsOf(gathering)))]);
    case 'nest':
      return heaps.map((gathering) => [anew(inserted(panelsOf(gathering)))]);
    case 'gather':
      return [[anew(piled(panelsOf(heaps.flat())))]];
    case 'part':
      return heaps.map((gathering) => gathering.flatMap(({ panels }) => apart(panels, step).map(anew)));
    case 'turn':
      return each(turnOver, false);
    case 'fold':
      return each((panels) => foldStep(panels, step), true);
    case 'gate':
      return each((panels) => {
        const lines = foldable(panels, 'upright');
        const [first, last] = [lines[0]!, lines.at(-1)!];
        const wings = foldAt(foldAt(panels, 'left-to-right', first, false), 'right-to-left', last, false);
        return wings;
      }, true);
    case 'fan':
      return each((panels) => fanned(panels, step.from), true);
    case 'bind':
    case 'open':
      return heaps;
    default:
      throw new Error(`not a step of a plain fold: ${step.do}`);
  }
}

/** Panel for panel to and fro, seen from the first one: each lies under it, every other one turned. */
function fanned(panels: readonly Panel[], from: 'left' | 'right'): Panel[] {
  const order = [...panels].sort((a, b) => (from === 'left' ? a.middle[0] - b.middle[0] : b.middle[0] - a.middle[0]));
  const first = order[0]!;
  const [left, right] = xSpan(first);
  return order.map((panel, index) => {
    const turned = index % 2 === 0 ? panel : halfTurn(panel, 'upright', panel.middle[0], 0);
    const x = (left + right) / 2;
    return { ...turned, middle: [x, first.middle[1], -index] };
  });
}

function readHeap(heap: Heap, scheme: Folded, spine: Spine): Read[] {
  if (scheme.reads === 'leaves') return readLeaves(heap.panels, scheme, spine);
  const open = heap.past[0] ?? heap.panels;
  const states = scheme.reads === 'flat' ? [open] : [heap.panels, ...[...heap.past].reverse()];
  const seen = new Map<string, Read>();
  const look = (panels: readonly Panel[]): void => {
    const begin = spine === 'left' ? 1 : -1;
    for (const panel of [...panels].sort((a, b) => begin * (a.middle[0] - b.middle[0]))) {
      if (panels.some((other) => other !== panel && covers(other, panel))) continue;
      const ink = panel.inks.find(({ looks }) => looks[2] > 0)!;
      const key = `${panel.name} ${panel.inks.indexOf(ink)}`;
      if (ink.mark && !seen.has(key)) seen.set(key, readInk(ink));
    }
  };
  for (const state of states) look(state);
  look(turnOver(open));
  if (scheme.reads === 'unfolding') for (const panel of heap.panels) liesIn(panel, heap.panels);
  return [...seen.values()];
}

/** Lies higher, and over some of it. */
function covers(other: Panel, panel: Panel): boolean {
  const shared = (a: [number, number], b: [number, number]): boolean =>
    Math.min(a[1], b[1]) - Math.max(a[0], b[0]) > 1e-3;
  const higher = other.middle[2] > panel.middle[2];
  return higher && shared(xSpan(other), xSpan(panel)) && shared(ySpan(other), ySpan(panel));
}

/** A panel folded in must end before the fold that it lies in. */
function liesIn(panel: Panel, panels: readonly Panel[]): void {
  const lowest = panels.reduce((a, b) => (b.middle[2] < a.middle[2] ? b : a));
  const all = panels.filter(({ middle }) => middle[2] === lowest.middle[2]).flatMap(xSpan);
  const [left, right] = xSpan(panel);
  if (left < Math.min(...all) - 1e-6 || right > Math.max(...all) + 1e-6) throw new Error('a panel sticks out');
}

function readLeaves(panels: readonly Panel[], scheme: Folded, spine: Spine): Read[] {
  const last = scheme.steps.findLast((step) => step.do === 'fold');
  if (last && HINGE[last.over] !== spine) throw new Error(`the spine is not at the ${spine}`);
  const leaves = [...panels].sort((a, b) => b.middle[2] - a.middle[2]);
  const [x, y] = leaves[0]!.middle;
  for (const [index, leaf] of leaves.entries()) {
    if (Math.abs(leaf.middle[0] - x) + Math.abs(leaf.middle[1] - y) > 1e-6)
      throw new Error('not folded down to one page');
    if (index > 0 && leaf.middle[2] === leaves[index - 1]!.middle[2]) throw new Error('two leaves in one place');
  }
  if (last) assertBound(leaves, scheme, spine);
  return leaves.flatMap((leaf) => {
    const recto = leaf.inks.find(({ looks }) => looks[2] > 0)!;
    // To read the verso the leaf is turned about the spine.
    const verso = halfTurn(leaf, 'upright', 0, 0).inks.find(({ looks }) => looks[2] > 0)!;
    return [recto, verso].flatMap((ink) => (ink.mark ? [readInk(ink)] : []));
  });
}
