// Sheets that are slit and pushed together, and sheets that are joined: whether paper can lie so, and what is read then.
// Takes what folding.ts takes; gives the pages as read.
import type { Spine } from '../scripts/print/folds.ts';
import type { Folded, Read } from './folding.ts';
import type { Mark, Rows } from './leaves.ts';

/** Which way a page's head points, as seen from above. */
type Head = 'up' | 'down';

interface Side {
  readonly folio: Mark['folio'];
  readonly head: Head;
}

const sideOf = (forme: Rows, row: number, column: number): Side => {
  const { folio, turned } = forme[row]![column]!;
  return { folio, head: turned ? 'down' : 'up' };
};

const flip = (head: Head): Head => (head === 'up' ? 'down' : 'up');
const read = (side: Side): Read => `${side.folio}${side.head === 'up' ? '' : '!'}`;

interface Slit {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** Each time that the sheet is pushed together, read; in between it is unfolded and perhaps turned over. */
export function pushAndRead(scheme: Folded, spine: Spine): Read[] {
  const [sheet, ...more] = scheme.sheets;
  if (!sheet || more.length > 0) throw new Error('only one sheet');
  let turned = false;
  let slits: Slit[] = [];
  const reading: Read[] = [];
  for (const step of scheme.steps) {
    if (step.do === 'slit') slits = [...slits, step];
    if (step.do === 'turn') {
      turned = !turned;
      slits = slits.map(({ row, from, to }) => ({ row, from: scheme.columns - to, to: scheme.columns - from }));
    }
    if (step.do !== 'push') continue;
    const forme = turned ? sheet.inner : sheet.outer;
    if (forme === 'blank') throw new Error('a white side is read');
    if (!turned && sheet.inner !== 'blank' && !scheme.steps.some((one) => one.do === 'unfold'))
      throw new Error('print is shut in');
    reading.push(...pushOnce(scheme, forme, slits, spine));
  }
  return reading;
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
function pushOnce(scheme: Folded, forme: Rows, slits: readonly Slit[], spine: Spine): Read[] {
  const open = spine === 'left' ? 'right' : 'left';
  const cells = forme.flatMap((placements, row) =>
    placements.map((_, column): Cell => ({ row, column, side: sideOf(forme, row, column) })),
  );
  const layers = [...cells].sort((a, b) => Number(a.side.folio) - Number(b.side.folio));
  const layerOf = (row: number, column: number): number =>
    layers.findIndex((cell) => cell.row === row && cell.column === column);
  const front = layers[0]!;
  const isSlit = (row: number, column: number): boolean =>
    slits.some((slit) => slit.row === row + 1 && column >= slit.from && column < slit.to);
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

/** The sheets side by side: every part of the page once, in its place. */
export function joinAndRead({ sheets, steps }: Folded): Read[] {
  const join = steps.find((step) => step.do === 'join');
  if (!join || sheets.length !== join.rows * join.columns) throw new Error('not as many sheets as parts');
  sheets.forEach(({ outer }, index) => {
    const { tile, turned, folio } = outer[0]![0]! as Mark & { tile?: { row: number; column: number } };
    if (tile?.row !== Math.floor(index / join.columns) || tile.column !== index % join.columns || turned || folio !== 1)
      throw new Error('a part is not in its place');
  });
  return ['1'];
}
