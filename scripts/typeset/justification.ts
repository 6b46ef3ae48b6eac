// Justification: what each planned line's letters and spaces give or take, so that it fills its measure. Pure.
import { breakLines, isLoose, LINE_STYLE, type Line, lettersOf, type Paragraph, spacesOf } from './lines.ts';

export interface JustifiedLine {
  /** The opportunity it ends at, as in `Line`. */
  readonly at: number;
  /** Added between letters, in em. */
  readonly tracking: number;
  /** The letters' size, as a share of their own: about 1. */
  readonly size: number;
  /**
   * Taken from each space (≤ 0), as a share of its own width. Never above 0: to justify, Chromium stretches spaces by
   * itself, but it shrinks none.
   */
  readonly squeeze: number;
  /** Too loose to be justified at all. */
  readonly ragged: boolean;
  /** How far it stands over the left edge and over the right, in px. */
  readonly hang: readonly [number, number];
}

/** With spaces that gain more than this a line is better left ragged. */
const HOPELESS = 3;

/** What letters may gain or lose to fill a line. */
export interface Give {
  /** Between two letters, in em. */
  readonly tracking: number;
  /** A letter's own width, as a share. */
  readonly swell: number;
}

/**
 * 1.5 % of the mean letter's width between letters (0.406 em in our text face), and half of what pdfTeX lets letters
 * swell (H. T. Thành, "Micro-typographic extensions to the TeX typesetting system", TUGboat 21 (2000), 317–434: 2 %).
 */
export const GIVE: Give = { tracking: 0.0061, swell: 0.01 };

/** The lines of a paragraph, in order. */
export function justify(
  paragraph: Paragraph,
  lines: readonly Line[],
  { tracking, swell }: Give = GIVE,
): JustifiedLine[] {
  const { kinds, hangs, leads } = paragraph;
  let lead = leads[kinds.length]!;
  return lines.map(({ at, give }) => {
    const hangLeft = lead;
    lead = leads[at] ?? 0;
    const letters = lettersOf(give);
    return {
      at,
      tracking: letters * tracking,
      // In few steps: every size is a font of its own to the browser.
      size: 1 + Math.round(letters * swell * 1000) / 1000,
      squeeze: Math.max(-LINE_STYLE.shrink, Math.min(0, spacesOf(give))),
      ragged: at < kinds.length && spacesOf(give) > HOPELESS,
      hang: [hangLeft, hangs[at] ?? 0],
    };
  });
}

/** A paragraph with its lines, and what its letters give for them. */
export interface Planned<P extends Paragraph = Paragraph> {
  readonly paragraph: P;
  readonly lines: readonly Line[];
  readonly give: Give;
}

/** Letters that give twice as much are seen by who looks for them; a hole between two words by everybody. */
const EASE = 2;

/** The best lines; where they would have a loose one, letters give more in this paragraph alone. */
export function plan<P extends Paragraph>(paragraph: P): Planned<P> {
  const lines = breakLines(paragraph);
  if (!isLoose(lines)) return { paragraph, lines, give: GIVE };
  const give = { tracking: GIVE.tracking * EASE, swell: GIVE.swell * EASE };
  const eased = { ...paragraph, tracking: paragraph.tracking * EASE, swell: paragraph.swell * EASE };
  return { paragraph: eased, lines: breakLines(eased), give };
}
