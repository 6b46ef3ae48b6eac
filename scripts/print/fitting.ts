// Does a format fit a paper? Takes a format, a paper and a trim in points; gives the panels' size and the pages' scale, or a
// message that says what would fit instead.
import { VFileMessage } from 'vfile-message';
import { landscape, MM, PAPERS, type Size } from '../book/measure.ts';
import { type Format, nUp } from './formats.ts';
import { posterSize } from './seats.ts';
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

/** In points: viewers show no larger page (ISO 32000-1, annex C.2). */
export const LARGEST_SHEET = 14400;
/** Under this, in points, a panel holds no readable line: the zine on A5 has 52.5 mm. */
export const SMALLEST_PANEL = 52 * MM - 1e-6;
/** A0: no printer takes larger sheets, so none are named. */
const LARGEST_NAMED = { width: 841 * MM, height: 1189 * MM };

/** The paper as the format wants it to lie; for one that takes both, as the trim comes out larger. */
export function laid(format: Omit<Laid, 'name'>, paper: Size, trim?: Size): Size {
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

function scaleOf(format: Omit<Laid, 'name' | 'lies'>, sheet: Size, trim: Size): number {
  const { width, height } = posterSize(format, sheet) ?? panelOf(format, sheet);
  return Math.min(width / trim.width, height / trim.height);
}

const shortSide = ({ width, height }: Size): number => Math.min(width, height);

/** So many of the format on a sheet, as they were asked for, and the highest count that the paper holds, if any. */
export interface Times {
  readonly of: string;
  readonly copies: number;
  readonly most: number | undefined;
}

/**
 * What comes of the format on that paper, or a message `panel-too-small`, which names the papers that would do, or of the other
 * formats that could be taken, or counts of copies, those that this paper holds.
 */
export function fits(
  format: Laid,
  paper: Size,
  trim?: Size,
  others: () => readonly Laid[] = () => [],
  times?: Times,
): Fit | VFileMessage {
  const sheet = laid(format, paper, trim);
  const panel = panelOf(format, sheet);
  const short = shortSide(panel);
  if (short < SMALLEST_PANEL) {
    const holds = (one: Laid, on: Size): boolean => shortSide(panelOf(one, laid(one, on, trim))) >= SMALLEST_PANEL;
    const folds = others()
      .filter((one) => holds(one, paper))
      .map(({ name }) => name);
    const by = SMALLEST_PANEL / short;
    const papers = papersWhere(
      (one) => holds(format, one),
      () => grown(sheet, by),
    );
    const instead = [
      ...(times?.most ? [`\`--copies ${times.most}\`, the most that this paper holds`] : []),
      ...(papers ? [papers] : []),
      ...(folds.length > 0 ? [`the fold ${inWords(folds.slice(0, 3))}`] : []),
    ];
    const called = times ? `\`${times.of}\`, ${times.copies} copies on a sheet,` : `\`${format.name}\``;
    return told(
      'panel-too-small',
      `The panels of ${called} would be ${mm(panel)} on a paper of ${mm(sheet)}, too small to read`,
      `Take ${instead.length > 0 ? instead.join(', or ') : 'a larger paper, and fewer panels or copies'}.`,
    );
  }
  const exact = trim && !format.steps.some((step) => step.do === 'join') ? scaleOf(format, sheet, trim) : 1;
  return { sheet, panel, scale: exact > 0.9999 ? 1 : exact };
}

/** The widest margin that a printer may leave on such panels, in points: twice, and half of the panel is left. */
export const widestMargin = (panel: Size): number => shortSide(panel) / 4;

/** On which papers pages come out at least at that scale, in words; undefined where on none that can be had. */
export function papersFor(format: Laid, trim: Size, scale: number): string | undefined {
  const on = (paper: Size): number => scaleOf(format, laid(format, paper, trim), trim);
  const { a4 } = PAPERS as { a4: Size };
  return papersWhere(
    (paper) => on(paper) >= scale - 1e-4,
    () => grown(a4, scale / on(a4)),
  );
}

/** The format so many times on a sheet, in those columns and rows in which the pages come out largest. */
export function timesOn(format: Format, copies: number, paper: Size, trim: Size): Format {
  const ways = Array.from({ length: copies }, (_, index) => index + 1)
    .filter((columns) => copies % columns === 0)
    .map((columns) => nUp(format, columns, copies / columns));
  const scale = (one: Format): number => scaleOf(one, laid(one, paper, trim), trim);
  return ways.reduce((best, one) => (scale(one) > scale(best) + 1e-9 ? one : best));
}

/** The highest count of copies on a sheet, up to `limit`, whose panels are large enough on that paper; undefined where none. */
export function mostOn(format: Format, limit: number, paper: Size, trim: Size): number | undefined {
  const counts = Array.from({ length: limit }, (_, index) => limit - index);
  return counts.find((count) => 'panel' in fits(timesOn(format, count, paper, trim), paper, trim));
}

export const mm = ({ width, height }: Size): string => `${round(width / MM)} × ${round(height / MM)} mm`;
const round = (value: number): number => Math.round(value * 10) / 10;

const grown = ({ width, height }: Size, by: number): Size => ({ width: width * by, height: height * by });

/** Those that have a name, or else a size, if it is one that can be had. */
function papersWhere(room: (paper: Size) => boolean, otherwise: () => Size): string | undefined {
  const names = Object.entries(PAPERS).filter(([, paper]) => room(paper));
  if (names.length > 0) return `the paper ${inWords(names.map(([name]) => name))}`;
  const sides = [otherwise().width, otherwise().height].map((side) => Math.ceil(side / MM));
  const fitting = Math.min(...sides) <= LARGEST_NAMED.width / MM && Math.max(...sides) <= LARGEST_NAMED.height / MM;
  return fitting ? `the paper \`${sides.map((side) => `${side}mm`).join(' x ')}\`` : undefined;
}

/** `a`, `b` or `c`. */
const inWords = (names: readonly string[]): string =>
  names
    .map((name) => `\`${name}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

function told(ruleId: string, reason: string, note: string): VFileMessage {
  const message = new VFileMessage(reason, { ruleId, source: 'print' });
  message.note = note;
  return message;
}
