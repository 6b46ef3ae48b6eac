// A printer, simulated: takes the sides that are sent to it, stack for stack, and gives the sheets that lie in its tray in the end.
import type { Printer, Side } from '../scripts/print/duplex.ts';
import type { Scheme } from '../scripts/print/folds.ts';
import type { Mark, PrintedSheet, Rows } from './leaves.ts';

/** Upside down: what was last stands first, on its head. */
const aroundHalf = (rows: Rows): Mark[][] =>
  [...rows].reverse().map((row) => [...row].reverse().map((mark) => ({ ...mark, turned: !mark.turned })));

const imageOf = (scheme: Scheme, { sheet, side, turned }: Side): Rows => {
  const forme = scheme.sheets[sheet]![side];
  if (forme === 'blank') throw new Error('a white side is printed');
  return turned ? aroundHalf(forme) : forme;
};

/** A sheet on its way: what is on it, as one sees it who looks at that side, the long or short edge at the top. */
interface Leaf {
  readonly front: Rows;
  back?: Rows;
}

/**
 * What comes out, first sheet first. On a lying sheet its short edges are at the sides, so that flipping on one is turning it
 * about an upright line; on the other edge the sheet is turned about a level line, and its back, seen like the page of a
 * book, stands on its head. By hand, the tray feeds from the top and prints what looks up; each sheet comes to lie on the last.
 */
export function printed(
  scheme: Scheme,
  stacks: readonly (readonly Side[])[],
  printer: Printer,
  lying: boolean,
): PrintedSheet[] {
  const [first = [], second = []] = stacks;
  const flip = printer.duplex === 'manual' ? (printer.flip ?? 'short-edge') : printer.duplex;
  const asBook = (back: Rows): Rows => ((flip === 'short-edge') === lying ? back : aroundHalf(back));
  const leaves: Leaf[] = [];
  if (printer.duplex === 'manual' || scheme.sheets.every(({ inner }) => inner === 'blank')) {
    // From bottom to top: the last one printed is on top.
    const tray: Leaf[] = first.map((side) => ({ front: imageOf(scheme, side) }));
    if (second.length > 0) {
      // Face down, white already looks up; face up, the pile is turned over, and its lowest comes to the top.
      const feed = printer.delivers === 'face-up' ? tray : [...tray].reverse();
      second.forEach((side, index) => {
        feed[index]!.back = imageOf(scheme, side);
      });
    }
    leaves.push(...tray);
  } else {
    for (let at = 0; at < first.length; at += 2)
      leaves.push({ front: imageOf(scheme, first[at]!), back: imageOf(scheme, first[at + 1]!) });
  }
  return leaves.map(({ front, back }, index) => ({
    ...{ outer: front, inner: back ? asBook(back) : 'blank' },
    gathering: scheme.sheets[index]!.gathering,
  }));
}
