// What the paper looks like before and after each step, for drawings: the panels that are seen from above, and what moves where.
// Takes a scheme and a sheet; gives shapes in points, x to the right and y downwards from the sheet's top left corner.
import type { Size } from '../book/measure.ts';
import type { Placement, Scheme } from './folds.ts';
import { perform } from './handwork.ts';
import { foldLine, foldsOf, outerUp, type Piece, type Pile, type Step } from './paper.ts';
import { linesOf } from './tracks.ts';

/** A panel seen from above, at least in part: later ones lie over earlier ones. */
export interface Panel {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** What is printed on it; `white` where nothing is. */
  readonly page: Placement | 'white';
  /** Its head points downwards. */
  readonly turned: boolean;
  /** How many layers it lies on, itself counted. */
  readonly layers: number;
}

type Point = readonly [x: number, y: number];

/** A fold: the line it goes along, and the way of the middle of the far edge. */
export interface Move {
  readonly line: readonly [from: Point, to: Point];
  readonly from: Point;
  readonly to: Point;
  /** Goes under the rest and not over it. */
  readonly under: boolean;
}

export interface Stage {
  readonly step: Step;
  readonly before: readonly Panel[];
  readonly after: readonly Panel[];
  readonly moves: readonly Move[];
  /** How many piles it is done with. */
  readonly times: number;
}

/** One stage for each step, shown with the first pile. */
export function stagesFor(scheme: Scheme, sheet: Size): Stage[] {
  const gatherings: number[] = [];
  for (const { gathering } of scheme.sheets) gatherings[gathering] = (gatherings[gathering] ?? 0) + 1;
  const { steps, spine, reads } = scheme;
  if (reads === 'tiles') return [];
  const sides = scheme.sheets.every(({ inner }) => inner === 'blank') ? 1 : 2;
  const { stages } = perform({ steps, spine, reads, sides, gatherings, lines: linesOf(scheme, sheet) });
  return stages.map(({ step, before, after, times }) => ({
    ...{ step, times, before: seenFromAbove(before, scheme), after: seenFromAbove(after, scheme) },
    moves: foldsOf(step, before).map((fold) => moveOf(before, fold)),
  }));
}

function seenFromAbove(pile: Pile, scheme: Scheme): Panel[] {
  const places = new Map<string, { piece: Piece; layers: number }>();
  for (const piece of pile) {
    const key = [piece.left, piece.right, piece.top, piece.bottom].map((edge) => edge.toFixed(2)).join();
    const layers = (places.get(key)?.layers ?? 0) + 1;
    places.delete(key);
    places.set(key, { piece, layers });
  }
  return [...places.values()].map(({ piece, layers }) => {
    const { left, top, right, bottom } = piece;
    const page = printedOn(piece, scheme);
    return { left, top, right, bottom, layers, page, turned: (page !== 'white' && page.turned) !== piece.toppled };
  });
}

/** The page on the side that is up. */
function printedOn(piece: Piece, { sheets, columns }: Scheme): Placement | 'white' {
  const { outer, inner } = sheets[piece.sheet]!;
  if (outerUp(piece)) return outer[piece.row]![piece.column] ?? 'white';
  return inner === 'blank' ? 'white' : (inner[piece.row]![columns - 1 - piece.column] ?? 'white');
}

function moveOf(pile: Pile, fold: Extract<Step, { do: 'fold' }>): Move {
  const [left, right] = [Math.min(...pile.map((one) => one.left)), Math.max(...pile.map((one) => one.right))];
  const [top, bottom] = [Math.min(...pile.map((one) => one.top)), Math.max(...pile.map((one) => one.bottom))];
  const at = foldLine(pile, fold);
  const under = fold.under ?? false;
  if (fold.over === 'left-to-right' || fold.over === 'right-to-left') {
    const [far, y] = [fold.over === 'left-to-right' ? left : right, (top + bottom) / 2];
    return {
      line: [
        [at, top],
        [at, bottom],
      ],
      from: [far, y],
      to: [2 * at - far, y],
      under,
    };
  }
  const [far, x] = [fold.over === 'top-to-bottom' ? top : bottom, (left + right) / 2];
  return {
    line: [
      [left, at],
      [right, at],
    ],
    from: [x, far],
    to: [x, 2 * at - far],
    under,
  };
}
