// Justification: what each planned line's letters and spaces give or take, so that it fills its measure. Pure.
import { LINE_STYLE, type Line, type Paragraph } from './lines.ts';

export interface JustifiedLine {
  /** The opportunity it ends at, as in `Line`. */
  readonly at: number;
  /** Added between letters, in em. */
  readonly tracking: number;
  /**
   * Taken from each space (≤ 0), as a share of its own width. Never above 0: to justify, Chromium stretches spaces by
   * itself, but it shrinks none.
   */
  readonly squeeze: number;
  /** Too loose to be justified at all. */
  readonly ragged: boolean;
}

/** Looser than this and a line is better left ragged. */
const HOPELESS = 8;

/** The lines of a paragraph, in order; `tracking` is the most that letters may gain or lose, in em. */
export function justify(paragraph: Paragraph, lines: readonly Line[], tracking: number): JustifiedLine[] {
  return lines.map(({ at, ratio }) => {
    const share = Math.max(-1, Math.min(1, ratio));
    return {
      at,
      tracking: share * tracking,
      squeeze: Math.min(0, share) * LINE_STYLE.shrink,
      ragged: at < paragraph.kinds.length && ratio > HOPELESS,
    };
  });
}
