// Where the lines of a sheet's grid are. Takes shares of columns and rows, and a sheet; gives lengths in the sheet's unit.
import type { Size } from '../book/measure.ts';
import type { Track } from './formats.ts';
import type { Lines } from './paper.ts';

interface Grid {
  readonly across: readonly Track[];
  readonly down: readonly Track[];
}

/** The lines from the left and from the top; the narrower panels' share goes to the others. */
export function linesOf({ across, down }: Grid, { width, height }: Size): Lines {
  return { across: placed(across, width), down: placed(down, height) };
}

function placed(tracks: readonly Track[], length: number): number[] {
  const shares = tracks.reduce((sum, { share }) => sum + share, 0);
  const spared = tracks.reduce((sum, { less }) => sum + less, 0);
  const lines = [0];
  for (const { share, less } of tracks) lines.push(lines.at(-1)! + ((length + spared) * share) / shares - less);
  lines[lines.length - 1] = length;
  return lines;
}
