// Paper, simulated: prints a scheme onto sheets, does with them what the scheme's steps say, and reads the result leaf by leaf.
// Knows nothing of how schemes are made; takes any Scheme, gives what a reader would see.
import type { Folio, Forme, Scheme, Spine, Step } from '../scripts/print/folds.ts';

/** Which way a page's head points, as seen from above. */
type Head = 'up' | 'down';

interface Side {
  readonly folio: Folio;
  readonly head: Head;
}

/** One cell of one sheet: what is printed on the side that looks up and on the one that looks down. */
interface Piece {
  readonly above: Side | undefined;
  readonly below: Side | undefined;
}

/** Rows from the top, columns from the left; in each place the pieces from bottom to top. */
type Pile = readonly (readonly (readonly Piece[])[])[];

const sideOf = (forme: Forme, row: number, column: number): Side => {
  const placement = forme[row]![column]!;
  return { folio: placement.folio, head: placement.turned ? 'down' : 'up' };
};

/** The sheets as the printer gives them: the first on top, its outer forme up, backs turned about the vertical axis. */
function printed(scheme: Scheme): Pile {
  return Array.from({ length: scheme.rows }, (_, row) =>
    Array.from({ length: scheme.columns }, (_, column) =>
      [...scheme.sheets].reverse().map(({ outer, inner }) => ({
        above: sideOf(outer, row, column),
        below: inner === 'blank' ? undefined : sideOf(inner, row, scheme.columns - 1 - column),
      })),
    ),
  );
}

const flip = (head: Head): Head => (head === 'up' ? 'down' : 'up');

/** A piece turned over about a vertical axis (heads stay) or a horizontal one (heads turn). */
function over(piece: Piece, axis: 'vertical' | 'horizontal'): Piece {
  const seen = (side: Side | undefined): Side | undefined =>
    side && { folio: side.folio, head: axis === 'vertical' ? side.head : flip(side.head) };
  return { above: seen(piece.below), below: seen(piece.above) };
}

const stackOver = (stack: readonly Piece[], axis: 'vertical' | 'horizontal'): Piece[] =>
  [...stack].reverse().map((piece) => over(piece, axis));

const mirrored = (pile: Pile): Pile => pile.map((row) => [...row].reverse());

/** The left half goes over onto the right one. */
function foldLeftOver(pile: Pile): Pile {
  return pile.map((row) => {
    const half = row.length / 2;
    if (!Number.isInteger(half)) throw new Error('cannot fold an odd number of columns in half');
    return row.slice(half).map((stay, index) => [...stay, ...stackOver(row[half - 1 - index]!, 'vertical')]);
  });
}

/** The top half goes over onto the bottom one. */
function foldTopOver(pile: Pile): Pile {
  const half = pile.length / 2;
  if (!Number.isInteger(half)) throw new Error('cannot fold an odd number of rows in half');
  return pile
    .slice(half)
    .map((row, index) =>
      row.map((stay, column) => [...stay, ...stackOver(pile[half - 1 - index]![column]!, 'horizontal')]),
    );
}

function after(pile: Pile, step: Step): Pile {
  if (step.do === 'staple') return pile;
  if (step.do === 'turn') return mirrored(pile).map((row) => row.map((stack) => stackOver(stack, 'vertical')));
  if (step.do !== 'fold') throw new Error(`no step of a plain fold: ${step.do}`);
  if (step.over === 'left-to-right') return foldLeftOver(pile);
  if (step.over === 'right-to-left') return mirrored(foldLeftOver(mirrored(pile)));
  if (step.over === 'top-to-bottom') return foldTopOver(pile);
  return [...foldTopOver([...pile].reverse())].reverse();
}

/** A page as read: its folio, and an exclamation mark where it stands on its head. */
export type Read = string;

const read = (side: Side): Read => `${side.folio}${side.head === 'up' ? '' : '!'}`;

/** The edge that a fold makes of two halves: where one comes from the left, they hang together at the left. */
const HINGE = { 'left-to-right': 'left', 'right-to-left': 'right', 'top-to-bottom': 'top', 'bottom-to-top': 'bottom' };

/**
 * Folds the scheme and reads it, leaves turned from the top. Throws where the paper cannot do it: an odd fold, layers that
 * would pass through each other, white sides showing; and where it hangs together at another edge than the spine's.
 */
export function foldAndRead(scheme: Scheme, spine: Spine = 'left'): Read[] {
  if (scheme.steps.some((step) => step.do === 'push')) return pushAndRead(scheme, spine);
  const last = scheme.steps.findLast((step) => step.do === 'fold');
  if (last && HINGE[last.over] !== spine) throw new Error(`the spine is not at the ${spine}`);
  const folded = scheme.steps.reduce(after, printed(scheme));
  if (folded.length !== 1 || folded[0]!.length !== 1) throw new Error('not folded down to one page');
  const leaves = [...folded[0]![0]!].reverse();
  return leaves
    .flatMap((leaf) => [leaf.above, leaf.below])
    .filter((side) => side !== undefined)
    .map(read);
}

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly side: Side;
}

/**
 * A sheet that is slit and pushed together folds flat into some order of layers. The order is taken from the folios;
 * then it is asked whether paper can lie so: each cell's way up and side follow from its place in the grid, hinges at the same
 * edge must nest and not cross, no two leaves may hang together but at the spine, and each two layers that hold a leaf or a spread must hang together.
 */
function pushAndRead(scheme: Scheme, spine: Spine): Read[] {
  const open = spine === 'left' ? 'right' : 'left';
  const [sheet, ...more] = scheme.sheets;
  if (!sheet || more.length > 0 || sheet.inner !== 'blank') throw new Error('only one sheet, printed on one side');
  const cells = sheet.outer.flatMap((placements, row) =>
    placements.map((_, column): Cell => ({ row, column, side: sideOf(sheet.outer, row, column) })),
  );
  const layers = [...cells].sort((a, b) => Number(a.side.folio) - Number(b.side.folio));
  const layerOf = (row: number, column: number): number =>
    layers.findIndex((cell) => cell.row === row && cell.column === column);
  const front = layers[0]!;
  const isSlit = (row: number, column: number): boolean =>
    scheme.steps.some((step) => step.do === 'slit' && step.row === row + 1 && column >= step.from && column < step.to);
  for (const cell of cells) {
    const faceUp = (cell.row + cell.column - front.row - front.column) % 2 === 0;
    const layer = layerOf(cell.row, cell.column);
    if (faceUp !== (layer % 2 === 0)) throw new Error(`page ${cell.side.folio} faces the wrong way`);
  }
  const hinges = new Map<string, (readonly [number, number])[]>();
  const hang = (edge: string, a: number, b: number): void => {
    hinges.set(edge, [...(hinges.get(edge) ?? []), [Math.min(a, b), Math.max(a, b)]]);
  };
  for (const { row, column } of cells) {
    const here = layerOf(row, column);
    if (column + 1 < scheme.columns) {
      hang((column + 1 - front.column) % 2 === 0 ? 'left' : 'right', here, layerOf(row, column + 1));
    }
    if (row + 1 < scheme.rows && !isSlit(row, column)) {
      hang((row + 1 - front.row) % 2 === 0 ? 'top' : 'bottom', here, layerOf(row + 1, column));
    }
  }
  for (const pairs of hinges.values()) {
    for (const [a, b] of pairs) {
      if (pairs.some(([c, d]) => a < c && c < b && b < d)) throw new Error('paper passes through paper');
    }
  }
  for (const [edge, pairs] of hinges) {
    const shut = pairs.some(([a, b]) => edge !== spine && !(a % 2 === 0 && b === a + 1));
    if (shut) throw new Error('leaves hang together where they should open');
  }
  const hangs = (a: number, b: number, edges: readonly string[]): boolean =>
    edges.some((edge) => hinges.get(edge)?.some(([c, d]) => c === Math.min(a, b) && d === Math.max(a, b)));
  for (let layer = 0; layer < cells.length; layer += 2) {
    if (!hangs(layer, layer + 1, [open, 'top', 'bottom'])) throw new Error('a white side shows');
    if (!hangs(layer + 1, (layer + 2) % cells.length, [spine])) throw new Error('a spread is not joined at the spine');
  }
  return layers.map(({ row, side }) => {
    const turned = (row - front.row) % 2 !== 0;
    return read({ folio: side.folio, head: turned ? flip(side.head) : side.head });
  });
}
