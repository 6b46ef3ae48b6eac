// How a printer turns paper. Takes a scheme, how its sheet lies and what the printer does; gives the sides in the order in which
// they must be sent, those turned by 180° that would else stand on their heads.
import type { Size } from '../book/measure.ts';
import type { Scheme } from './folds.ts';

/** `manual`: one side after the other, the pile put back by hand; `flip` is then how the hands turn it. */
export interface Printer {
  readonly duplex: 'short-edge' | 'long-edge' | 'manual';
  /** With `manual`: does the printed side look up or down where the sheets come out? */
  readonly delivers?: 'face-up' | 'face-down';
  readonly flip?: 'short-edge' | 'long-edge';
}

/** One that turns sheets as our formes are laid out: about the vertical axis, the short edge's on a sheet that lies. */
export const printerFor = ({ width, height }: Size): Printer => ({
  duplex: width >= height ? 'short-edge' : 'long-edge',
});

/** One side to print. */
export interface Side {
  readonly sheet: number;
  readonly side: 'outer' | 'inner';
  /** The whole side turned by 180°. */
  readonly turned: boolean;
}

/**
 * The stacks to print: one, or two for a printer that prints both sides by hand: all outer sides, then, the pile put back
 * into the tray with its white sides up, all inner ones. Where sheets come out face down, the last one lies on top then and is
 * fed first: the second stack is in reverse. Where they come out face up, turning the pile over brings the first one back on top.
 */
export function stacksFor(scheme: Scheme, sheet: Size, printer: Printer): Side[][] {
  const all = scheme.sheets.map((_, index) => index);
  const outer = all.map((index): Side => ({ sheet: index, side: 'outer', turned: false }));
  if (scheme.sheets.every((each) => each.inner === 'blank')) return [outer];
  const flip = printer.duplex === 'manual' ? (printer.flip ?? printerFor(sheet).duplex) : printer.duplex;
  const turned = flip !== printerFor(sheet).duplex;
  const inner = all.map((index): Side => ({ sheet: index, side: 'inner', turned }));
  if (printer.duplex !== 'manual') return [all.flatMap((index) => [outer[index]!, inner[index]!])];
  return [outer, printer.delivers === 'face-up' ? inner : inner.reverse()];
}

/** What a PDF viewer should ask of the printer (ISO 32000-1, table 150). */
export function duplexMode(scheme: Scheme, { duplex }: Printer): string {
  if (duplex === 'manual' || scheme.sheets.every((each) => each.inner === 'blank')) return 'Simplex';
  return duplex === 'short-edge' ? 'DuplexFlipShortEdge' : 'DuplexFlipLongEdge';
}
