// Paper as numbers: sheets divided into cells, laid in piles, turned, folded, cut, nested and gathered.
// Takes steps and the places of the grid's lines; gives where every cell lies in the end, and the piles before and after each step.

export type Direction = 'left-to-right' | 'right-to-left' | 'top-to-bottom' | 'bottom-to-top';

/** What the hands do next; sides as seen from above. To begin with, every sheet lies by itself, its outer side up. */
export type Step =
  /** The sheets of a gathering lie on one another, the first on top. */
  | { readonly do: 'stack' }
  /** Turned over like the page of a book, about the vertical axis. */
  | { readonly do: 'turn' }
  /** All on one side of a crease goes over onto the other side, or under it; lines count from 1, from the end if negative, the middle one if not told. */
  | { readonly do: 'fold'; readonly over: Direction; readonly line?: number; readonly under?: true }
  /** Both ends are folded inwards at once. */
  | { readonly do: 'gate' }
  /** Folded to and fro along all columns; the first panel from `from` comes to lie on top. */
  | { readonly do: 'fan'; readonly from: 'left' | 'right' }
  /** Folded along every line and laid flat again: only the creases stay. */
  | { readonly do: 'crease' }
  /** A cut under row `row` (from 1, from the top), from grid line `from` to `to` (0 is the left edge) of what is in the hands. */
  | { readonly do: 'slit'; readonly row: number; readonly from: number; readonly to: number }
  /** The two ends are pushed together until the slit opens and the panels fold up behind one another, the front on top. */
  | {
      readonly do: 'push';
      readonly front: { readonly row: number; readonly column: number };
      readonly spine: 'left' | 'right';
    }
  /** Read so far, and laid flat again, outer side up. */
  | { readonly do: 'unfold' }
  /** Cut into this many equal parts, which are counted row by row, beginning at `from`; `copies`: each is made for itself. */
  | {
      readonly do: 'part';
      readonly columns: number;
      readonly rows: number;
      readonly from: 'left' | 'right';
      readonly copies?: true;
    }
  /** The parts are laid on one another, the first on top. */
  | { readonly do: 'pile' }
  /** Each folded sheet is put into the middle of the one before. */
  | { readonly do: 'nest' }
  /** The gatherings are laid on one another, the first on top. */
  | { readonly do: 'gather' }
  /** Folds other than the spine's are cut open with a knife. */
  | { readonly do: 'open' }
  | { readonly do: 'bind'; readonly with: 'staple' | 'thread' | 'glue' }
  /** Sheets are glued side by side over a strip of this width, in points, as one large sheet. */
  | { readonly do: 'join'; readonly columns: number; readonly rows: number; readonly overlap: number };

/** One cell of one sheet, and where it lies now: x to the right, y downwards. */
export interface Piece {
  readonly sheet: number;
  readonly row: number;
  readonly column: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Turned over about the vertical, and about the horizontal axis; one of them alone: the inner side is up. */
  readonly mirrored: boolean;
  readonly toppled: boolean;
}

/** From bottom to top. */
export type Pile = readonly Piece[];

/** Where the grid's lines are, both edges of the sheet among them. */
export interface Lines {
  readonly across: readonly number[];
  readonly down: readonly number[];
}

/** A part of a grid line between two neighbouring lines that cross it. */
export interface Segment {
  readonly along: 'columns' | 'rows';
  /** Which line: 0 is the sheet's left or top edge. */
  readonly line: number;
  /** In which row or column the part is. */
  readonly at: number;
}

/** A fold as seen on the sheet's outer side. */
export interface Crease extends Segment {
  readonly fold: 'valley' | 'mountain';
}

export const outerUp = (piece: Piece): boolean => piece.mirrored === piece.toppled;

export const keyOf = ({ along, line, at }: Segment): string => `${along} ${line} ${at}`;

export function flat(sheet: number, { across, down }: Lines): Pile {
  return down.slice(1).flatMap((bottom, row) =>
    across.slice(1).map((right, column) => ({
      ...{ sheet, row, column, left: across[column]!, right, top: down[row]!, bottom },
      ...{ mirrored: false, toppled: false },
    })),
  );
}

const lengthwise = (over: Direction): boolean => over === 'left-to-right' || over === 'right-to-left';

const flippedAcross = (piece: Piece, at: number): Piece => ({
  ...piece,
  ...{ left: 2 * at - piece.right, right: 2 * at - piece.left, mirrored: !piece.mirrored },
});

const flippedDown = (piece: Piece, at: number): Piece => ({
  ...piece,
  ...{ top: 2 * at - piece.bottom, bottom: 2 * at - piece.top, toppled: !piece.toppled },
});

export function turn(pile: Pile): Pile {
  const left = Math.min(...pile.map((piece) => piece.left));
  const right = Math.max(...pile.map((piece) => piece.right));
  return pile.map((piece) => flippedAcross(piece, (left + right) / 2)).reverse();
}

const NEAR = 1e-3;

/** The lines inside the pile along which nothing would be bent but creases, from left to right or from top to bottom. */
export function creaseLines(pile: Pile, across: boolean): number[] {
  const spans = new Map<number, readonly [number, number]>();
  const edges = new Map<number, number>();
  for (const piece of pile) {
    const [low, high] = across ? [piece.left, piece.right] : [piece.top, piece.bottom];
    const [from, to] = [Math.round(low * 1e3), Math.round(high * 1e3)];
    const key = from * 1e8 + to;
    if (spans.has(key)) continue;
    spans.set(key, [low, high]);
    edges.set(from, low).set(to, high);
  }
  // From one end to the other: how far the spans that began before a line reach.
  const begun = [...spans.values()].sort(([a], [b]) => a - b);
  const lines = [...edges.values()].sort((a, b) => a - b);
  let at = 0;
  let reach = Number.NEGATIVE_INFINITY;
  return lines.slice(1, -1).filter((line) => {
    for (; at < begun.length && begun[at]![0] < line - NEAR; at++) reach = Math.max(reach, begun[at]![1]);
    return reach <= line + NEAR;
  });
}

/** The line that a fold goes along. Throws where there is none. */
export function foldLine(pile: Pile, { over, line }: Extract<Step, { do: 'fold' }>): number {
  const lines = creaseLines(pile, lengthwise(over));
  const found = line === undefined ? lines[(lines.length - 1) / 2] : lines.at(line < 0 ? line : line - 1);
  if (found === undefined) throw new Error(`no line to fold along: ${over}, ${line ?? 'middle'} of ${lines.length}`);
  return found;
}

const isMoving = (piece: Piece, over: Direction, at: number): boolean => {
  const across = lengthwise(over);
  const middle = across ? (piece.left + piece.right) / 2 : (piece.top + piece.bottom) / 2;
  return over === 'left-to-right' || over === 'top-to-bottom' ? middle < at : middle > at;
};

/** Folds the pile, and tells which creases of the sheet `watched` that makes. */
export function fold(
  pile: Pile,
  step: Extract<Step, { do: 'fold' }>,
  watched = 0,
): { pile: Pile; creases: readonly Crease[] } {
  const at = foldLine(pile, step);
  const across = lengthwise(step.over);
  const moving = pile.filter((piece) => isMoving(piece, step.over, at));
  const staying = pile.filter((piece) => !isMoving(piece, step.over, at));
  const flipped = moving.map((piece) => (across ? flippedAcross(piece, at) : flippedDown(piece, at))).reverse();
  const creases = moving.flatMap((piece) => (piece.sheet === watched ? creaseOf(piece, step, at) : []));
  return { pile: step.under ? [...flipped, ...staying] : [...staying, ...flipped], creases };
}

function creaseOf(piece: Piece, step: Extract<Step, { do: 'fold' }>, at: number): Crease[] {
  const across = lengthwise(step.over);
  const [low, high] = across ? [piece.left, piece.right] : [piece.top, piece.bottom];
  const atHigh = Math.abs(high - at) < NEAR;
  if (!atHigh && Math.abs(low - at) > NEAR) return [];
  const far = atHigh !== (across ? piece.mirrored : piece.toppled) ? 1 : 0;
  const [along, cell, other] = across
    ? (['columns', piece.column, piece.row] as const)
    : (['rows', piece.row, piece.column] as const);
  const valley = outerUp(piece) !== (step.under ?? false);
  return [{ along, line: cell + far, at: other, fold: valley ? 'valley' : 'mountain' }];
}

/** A gate or a fan as the folds that it is made of. */
export function foldsOf(step: Step, pile: Pile): Extract<Step, { do: 'fold' }>[] {
  if (step.do === 'fold') return [step];
  const count = step.do === 'gate' || step.do === 'fan' ? creaseLines(pile, true).length : 0;
  if (step.do === 'gate') {
    return [
      { do: 'fold', over: 'right-to-left', line: count },
      { do: 'fold', over: 'left-to-right', line: 1 },
    ];
  }
  if (step.do !== 'fan') return [];
  const over = step.from === 'left' ? 'right-to-left' : 'left-to-right';
  return Array.from({ length: count }, (_, index) => {
    const panel = count - index;
    // From the other end always the first line: what is folded already lies on its neighbour.
    const line = step.from === 'left' ? panel : 1;
    return { do: 'fold', over, line, ...(panel % 2 === 1 ? { under: true as const } : {}) };
  });
}

/** The first row and column of a pile, and how many there are. */
export function extentOf(pile: Pile): { row: number; column: number; rows: number; columns: number } {
  const [rows, columns] = [pile.map((piece) => piece.row), pile.map((piece) => piece.column)];
  const least = (all: readonly number[]): number =>
    all.reduce((low, one) => Math.min(low, one), Number.POSITIVE_INFINITY);
  const most = (all: readonly number[]): number => all.reduce((high, one) => Math.max(high, one), 0);
  const [row, column] = [least(rows), least(columns)];
  return { row, column, rows: most(rows) - row + 1, columns: most(columns) - column + 1 };
}

/** Cut into equal parts of the grid, row by row. */
export function part(pile: Pile, step: Extract<Step, { do: 'part' }>): { parts: Pile[]; cuts: readonly Segment[] } {
  const extent = extentOf(pile);
  const [wide, high] = [extent.columns / step.columns, extent.rows / step.rows];
  const parts: Piece[][] = Array.from({ length: step.columns * step.rows }, () => []);
  const cuts: Segment[] = [];
  for (const piece of pile) {
    const [down, across] = [piece.row - extent.row, piece.column - extent.column];
    const column = Math.floor(across / wide);
    const from = step.from === 'left' ? column : step.columns - 1 - column;
    parts[Math.floor(down / high) * step.columns + from]!.push(piece);
    if (across > 0 && across % wide === 0) cuts.push({ along: 'columns', line: piece.column, at: piece.row });
    if (down > 0 && down % high === 0) cuts.push({ along: 'rows', line: piece.row, at: piece.column });
  }
  return { parts, cuts };
}

/** The neighbours that a cell hangs together with, each with the segment between. */
export function neighbours(
  { row, column }: { readonly row: number; readonly column: number },
  lines: Lines,
  cuts: ReadonlySet<string>,
): { readonly row: number; readonly column: number; readonly by: Segment; readonly side: 'left' | 'right' | 'ends' }[] {
  const [columns, rows] = [lines.across.length - 1, lines.down.length - 1];
  return [
    { row, column: column - 1, by: { along: 'columns', line: column, at: row }, side: 'left' } as const,
    { row, column: column + 1, by: { along: 'columns', line: column + 1, at: row }, side: 'right' } as const,
    { row: row - 1, column, by: { along: 'rows', line: row, at: column }, side: 'ends' } as const,
    { row: row + 1, column, by: { along: 'rows', line: row + 1, at: column }, side: 'ends' } as const,
  ].filter((one) => {
    const inside = one.row >= 0 && one.row < rows && one.column >= 0 && one.column < columns;
    return inside && !cuts.has(keyOf(one.by));
  });
}

/**
 * A flat sheet whose panels hang together in a ring folds up behind its front: from there, away from the spine, each panel
 * comes to lie under the one before. Throws where they do not hang together so.
 */
export function push(
  pile: Pile,
  step: Extract<Step, { do: 'push' }>,
  lines: Lines,
  cuts: ReadonlySet<string>,
): { pile: Pile; creases: readonly Crease[] } {
  // Where each piece stands now, as the hands see it: a turned sheet's columns count from the other side.
  const { row, column, columns } = extentOf(pile);
  const turned = pile.some((piece) => piece.mirrored);
  const seen = (at: number): number => (turned ? column + columns - 1 - at : at - column);
  const start = pile.find((piece) => piece.row - row === step.front.row && seen(piece.column) === step.front.column);
  if (!start) throw new Error('the front is not on the sheet');
  const order: Piece[] = [start];
  const creases: Crease[] = [];
  const away = (step.spine === 'left') !== turned ? 'right' : 'left';
  while (order.length < pile.length) {
    const here = order.at(-1)!;
    const next = neighbours(here, lines, cuts).find(
      (one) =>
        (order.length > 1 || one.side === away) &&
        !order.some((piece) => piece.row === one.row && piece.column === one.column),
    );
    if (!next) throw new Error('the panels do not hang together in a ring');
    const outward = order.length % 2 === 1;
    creases.push({ ...next.by, fold: outward !== turned ? 'mountain' : 'valley' });
    order.push(pile.find((piece) => piece.row === next.row && piece.column === next.column)!);
  }
  const back = neighbours(order.at(-1)!, lines, cuts).find(
    (one) => one.row === start.row && one.column === start.column,
  );
  if (back) creases.push({ ...back.by, fold: turned ? 'valley' : 'mountain' });
  const { left, right, top, bottom } = start;
  const layers = order.map(
    (piece): Piece => ({
      ...{ ...piece, left, right, top, bottom },
      mirrored: start.mirrored !== ((piece.column - start.column) % 2 !== 0),
      toppled: (piece.row - start.row) % 2 !== 0,
    }),
  );
  return { pile: layers.reverse(), creases };
}
