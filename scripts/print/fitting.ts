// Does a format fit a paper? Takes a format, a paper and a trim in points; gives the panels' size and the pages' scale, or a
// message that says what would fit instead.
import { VFileMessage } from 'vfile-message';
import { landscape, MM, PAPERS, type Size } from '../book/measure.ts';
import type { Format } from './formats.ts';
import { linesOf } from './tracks.ts';

type Laid = Pick<Format, 'name' | 'across' | 'down' | 'lies' | 'steps'>;

export interface Fit {
  /** The paper, lying or standing as the format wants it. */
  readonly sheet: Size;
  /** The smallest panel. */
  readonly panel: Size;
  /** Of the pages: 1, or less where they are larger than a panel. */
  readonly scale: number;
}

/** Under this, in points, a panel holds no readable line: the zine on A5 has 52.5 mm. */
export const SMALLEST_PANEL = 52 * MM;
/** A pile of more layers neither folds flat nor takes a staple. */
const MOST_LAYERS = 100;

/** The paper as the format wants it to lie; for one that takes both, as the trim comes out larger. */
export function laid(format: Pick<Format, 'across' | 'down' | 'lies'>, paper: Size, trim?: Size): Size {
  const lying = landscape(paper);
  const standing = { width: lying.height, height: lying.width };
  if (format.lies !== 'either') return format.lies === 'landscape' ? lying : standing;
  const wanted = trim ?? standing;
  return scaleOf(format, lying, wanted) > scaleOf(format, standing, wanted) + 1e-9 ? lying : standing;
}

const gaps = (lines: readonly number[]): number[] => lines.slice(1).map((line, index) => line - lines[index]!);

function panelOf(format: Pick<Format, 'across' | 'down'>, sheet: Size): Size {
  const { across, down } = linesOf(format, sheet);
  return { width: Math.min(...gaps(across)), height: Math.min(...gaps(down)) };
}

function scaleOf(format: Pick<Format, 'across' | 'down'>, sheet: Size, trim: Size): number {
  const { width, height } = panelOf(format, sheet);
  return Math.min(width / trim.width, height / trim.height);
}

/** What comes of the format on that paper, or a message: `panel-too-small`, `trim-too-large`, `fold-too-thick`. */
export function fits(format: Laid, paper: Size, trim?: Size, sheets = 1): Fit | VFileMessage {
  const sheet = laid(format, paper, trim);
  const panel = panelOf(format, sheet);
  const tiles = format.steps.find((step) => step.do === 'join');
  if (Math.min(panel.width, panel.height) < SMALLEST_PANEL) {
    const room = (one: Size): boolean => {
      const { width, height } = panelOf(format, laid(format, one, trim));
      return Math.min(width, height) >= SMALLEST_PANEL;
    };
    const reason = `The panels of \`${format.name}\` would be ${mm(panel)} on a paper of ${mm(sheet)}, too small to read`;
    return told('panel-too-small', reason, `Take ${papersWhere(room)}, or a fold with fewer panels`);
  }
  if (trim && !tiles && !liesOn(trim, sheet)) {
    const reason = `Pages of ${mm(trim)} are larger than a whole sheet of ${mm(sheet)}`;
    const note = `Take ${papersWhere((one) => liesOn(trim, one))}, a smaller trim, or the fold \`poster\``;
    return told('trim-too-large', reason, note);
  }
  const exact = trim && !tiles ? scaleOf(format, sheet, trim) : 1;
  const layers = layersOf(format) * (format.steps.some((step) => step.do === 'stack') ? sheets : 1);
  if (layers > MOST_LAYERS && format.steps.some((step) => step.do === 'fold')) {
    const reason = `${sheets} sheets folded as one pile make ${layers} layers, too thick to fold flat`;
    return told(
      'fold-too-thick',
      reason,
      'Choose `signatures`, which sews several thin gatherings, or `perfect-bound`',
    );
  }
  return { sheet, panel, scale: exact > 0.9999 ? 1 : exact };
}

/** Lying or standing. */
const liesOn = (trim: Size, sheet: Size): boolean => {
  const [page, paper] = [landscape(trim), landscape(sheet)];
  return page.width <= paper.width + 0.1 && page.height <= paper.height + 0.1;
};

/** How many layers a sheet has when it is folded. */
function layersOf({ across, down, steps }: Laid): number {
  const part = steps.find((step) => step.do === 'part');
  return (across.length * down.length) / (part ? part.columns * part.rows : 1);
}

const mm = ({ width, height }: Size): string => `${round(width / MM)} × ${round(height / MM)} mm`;
const round = (value: number): number => Math.round(value * 10) / 10;

function papersWhere(room: (paper: Size) => boolean): string {
  const names = Object.entries(PAPERS).filter(([, paper]) => room(paper));
  if (names.length === 0) return 'a larger paper';
  return `the paper ${names.map(([name]) => `\`${name}\``).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
}

function told(ruleId: string, reason: string, note: string): VFileMessage {
  const message = new VFileMessage(reason, { ruleId, source: 'print' });
  message.note = note;
  return message;
}
