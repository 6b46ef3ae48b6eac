// Where on a sheet a page is seated. Takes a scheme, a sheet, and a page's trim; gives scale, origin and window, in points from the
// sheet's lower left corner.
import type { Size } from '../book/measure.ts';
import type { Placement, Scheme } from './folds.ts';
import { linesOf } from './tracks.ts';

/** A page's place on the sheet, in points: scale and origin of its trim, and the window it is seen through. */
export interface Seat {
  readonly scale: number;
  /** The trim's lower left corner, as the page lies (turned or not). */
  readonly x: number;
  readonly y: number;
  readonly turned: boolean;
  /** Turned by a quarter, too: before it is turned to stand on its head. */
  readonly lying: boolean;
  /** Left, bottom, width, height. */
  readonly window: readonly [number, number, number, number];
}

/** A cell of a forme. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly side: 'outer' | 'inner';
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The cell's edges on its side of the sheet. */
export function frameOf(scheme: Scheme, sheet: Size, { row, column, side }: Cell): Frame {
  const { across, down } = linesOf(scheme, sheet);
  const [left, right] =
    side === 'outer'
      ? [across[column]!, across[column + 1]!]
      : [sheet.width - across[scheme.columns - column]!, sheet.width - across[scheme.columns - column - 1]!];
  return { left, right, bottom: sheet.height - down[row + 1]!, top: sheet.height - down[row]! };
}

/** How a page is set into its cell. */
export interface Setting {
  /** 1, or less where it would not fit; for a page on several sheets, as large as they are together. */
  readonly scale: number;
  /** Turned by a quarter, its head to the left. */
  readonly lying: boolean;
}

/** A page that comes out so much larger when it is turned by a quarter is turned. */
const WORTH_TURNING = 1.2;

/**
 * How each page is set into its cell, within what the printer prints: for itself, so that one large page makes no other small.
 * A page across its cell is turned, unless most pages are: then the whole thing would be read lying.
 */
export function settingsFor(scheme: Scheme, sheet: Size, trims: readonly Size[], margin = 0): Setting[] {
  const room = roomFor(scheme, sheet, margin);
  const within = ({ width, height }: Size): number => {
    const scale = Math.min(room.width / width, room.height / height);
    return scale > 0.9999 && scheme.reads !== 'tiles' ? 1 : scale;
  };
  const found = trims.map((trim) => {
    const upright = within(trim);
    const turned = within({ width: trim.height, height: trim.width });
    return { upright, turned, across: turned > WORTH_TURNING * upright };
  });
  const mayLie = 2 * found.filter(({ across }) => across).length <= found.length;
  return found.map(({ upright, turned, across }) =>
    across && mayLie ? { scale: turned, lying: true } : { scale: upright, lying: false },
  );
}

/** The scale of the page that is made smallest. */
export const scaleToFit = (scheme: Scheme, sheet: Size, trims: readonly Size[], margin = 0): number =>
  settingsFor(scheme, sheet, trims, margin).reduce(
    (least, { scale }) => Math.min(least, scale),
    Number.POSITIVE_INFINITY,
  );

/** What every page has: the least of all cells; for a page on several sheets, all of them. */
function roomFor(scheme: Scheme, sheet: Size, margin: number): Size {
  const tiles = posterSize(scheme, sheet);
  if (tiles) return { width: tiles.width - 2 * margin, height: tiles.height - 2 * margin };
  // All sheets of a scheme have the same cells.
  const { outer, inner } = scheme.sheets[0]!;
  const rooms = (['outer', 'inner'] as const).flatMap((side) =>
    (side === 'outer' ? outer : inner === 'blank' ? [] : inner).flatMap((placements, row) =>
      placements.map((placement, column) =>
        roomIn(frameOf(scheme, sheet, { row, column, side }), scheme, placement, margin),
      ),
    ),
  );
  return { width: Math.min(...rooms.map((one) => one.width)), height: Math.min(...rooms.map((one) => one.height)) };
}

/** What the printer reaches of a cell; a page in the middle of its panel gives way on both sides. */
function roomIn({ left, right, bottom, top }: Frame, { hold }: Scheme, { edges }: Placement, margin: number): Size {
  const sides = [edges.left, edges.right].filter((edge) => edge === 'sheet').length;
  const ends = edges.head === 'sheet' || edges.foot === 'sheet' ? 2 : 0;
  const times = hold === 'centre' && sides > 0 ? 2 : sides;
  return { width: right - left - times * margin, height: top - bottom - ends * margin };
}

/** The size of all sheets joined; undefined where none are. */
export function posterSize({ steps }: Pick<Scheme, 'steps'>, { width, height }: Size): Size | undefined {
  const join = steps.find((step) => step.do === 'join');
  if (!join) return undefined;
  const { columns, rows, overlap } = join;
  return { width: columns * width - (columns - 1) * overlap, height: rows * height - (rows - 1) * overlap };
}

interface Room {
  readonly scale: number;
  readonly lying?: boolean;
  /** Towards the spine, for creep. */
  readonly shift: number;
  readonly bleed: number;
  readonly margin?: number;
}

/**
 * Where a page goes: books against the fold, `shift` nearer to it (or over it, unseen) for creep; panels in the middle.
 * The window is the trim and its bleed, but never more than the page's own cell: nothing crosses a fold.
 */
export function seatOf(
  scheme: Scheme,
  sheet: Size,
  placement: Placement,
  cell: Cell,
  trim: Size,
  { scale, lying = false, shift, bleed, margin = 0 }: Room,
): Seat {
  const frame = frameOf(scheme, sheet, cell);
  const upright = [trim.width * scale, trim.height * scale] as const;
  const [width, height] = lying ? [upright[1], upright[0]] : upright;
  const { x, y } = placement.tile
    ? tileOrigin(scheme, sheet, placement.tile, width, height)
    : {
        x:
          scheme.hold === 'spine'
            ? atSpine(frame, placement, width, shift, margin)
            : (frame.left + frame.right - width) / 2,
        y: (frame.bottom + frame.top - height) / 2,
      };
  const { turned } = placement;
  const from = [Math.max(frame.left, x - bleed * scale), Math.max(frame.bottom, y - bleed * scale)] as const;
  const to = [
    Math.min(frame.right, x + width + bleed * scale),
    Math.min(frame.top, y + height + bleed * scale),
  ] as const;
  return { scale, x, y, turned, lying, window: [...from, to[0] - from[0], to[1] - from[1]] };
}

/** The left edge of a page that stands at its spine; where that is the sheet's own edge, the printer's margin off it. */
function atSpine({ left, right }: Frame, placement: Placement, width: number, shift: number, margin: number): number {
  const off = placement.edges[placement.spine] === 'sheet' ? margin : 0;
  return (placement.spine === 'left') !== placement.turned ? left - shift + off : right - width + shift - off;
}

/** The corner of the whole poster as seen from one of its sheets. */
function tileOrigin(
  scheme: Scheme,
  sheet: Size,
  { row, column }: { readonly row: number; readonly column: number },
  width: number,
  height: number,
): { readonly x: number; readonly y: number } {
  const join = scheme.steps.find((step) => step.do === 'join')!;
  const whole = posterSize(scheme, sheet)!;
  return {
    x: (whole.width - width) / 2 - column * (sheet.width - join.overlap),
    y: (whole.height - height) / 2 - (join.rows - 1 - row) * (sheet.height - join.overlap),
  };
}

/** From the form's coordinates to the sheet's. */
export function matrixOf(
  { scale, x, y, turned, lying }: Seat,
  { left, bottom, width, height }: Size & { readonly left: number; readonly bottom: number },
): number[] {
  if (lying && turned) return [0, -scale, scale, 0, x - scale * bottom, y + scale * (left + width)];
  if (lying) return [0, scale, -scale, 0, x + scale * (bottom + height), y - scale * left];
  if (turned) return [-scale, 0, 0, -scale, x + scale * (left + width), y + scale * (bottom + height)];
  return [scale, 0, 0, scale, x - scale * left, y - scale * bottom];
}
