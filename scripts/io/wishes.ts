// What was typed after impose: words become a fold, a paper and a printer. Takes the options' words; gives what is wanted, or throws
// a Misuse that says what would work.
import type { PrinterSettings } from '../book/config.ts';
import { MM, PAPERS, parseLength, parseSize, type Size } from '../book/measure.ts';
import { listed, named, nearest } from '../book/suggest.ts';
import { LARGEST_SHEET } from '../print/fitting.ts';
import { type Choice, FORMATS } from '../print/formats.ts';

/** As typed at the command line. */
export interface Typed {
  readonly fold: string;
  readonly paper: string;
  readonly duplex?: string | undefined;
  readonly delivers?: string | undefined;
  readonly margin?: string | undefined;
  readonly shift?: string | undefined;
  readonly columns?: string | undefined;
  readonly rows?: string | undefined;
  readonly signatureSheets?: string | undefined;
  readonly copies?: string | undefined;
  readonly spine?: string | undefined;
}

export interface Wanted {
  readonly format: (typeof FORMATS)[string];
  readonly choice: Choice;
  /** Of the finished thing, on one sheet. */
  readonly copies: number;
  readonly paper: Size;
  readonly printer: Pick<PrinterSettings, 'duplex' | 'delivers'>;
  readonly margin: number;
  readonly shift: readonly [number, number];
  readonly spine: 'left' | 'right';
}

/** On one sheet. */
export const MOST_COPIES = 64;

/** Wrong use of an option. */
export class Misuse extends Error {}

/** The folds, in the order in which they are told. */
export const FOLDS: Readonly<Record<string, string>> = {
  saddle: 'a booklet: sheets folded once, stapled through the fold',
  signatures: 'a thicker one: several such gatherings, sewn (--signature-sheets N, 4 if not told)',
  'perfect-bound': 'two pages a side, cut apart, laid on one another, glued',
  singles: 'one page a side, glued',
  quarto: 'eight pages a sheet, folded twice, sewn',
  'quarter-fold': 'the same, each sheet inside the one before, stapled',
  octavo: 'sixteen pages a sheet, folded three times, sewn',
  'one-sheet-8': 'a zine of eight panels on one side of one sheet, one cut, no staple',
  'one-sheet-16': 'the same on both sides, turned inside out halfway',
  'french-fold': 'four pages on one side of a sheet folded twice',
  'letter-fold-6': 'a leaflet of six panels, the inner one folded in',
  'letter-fold-8': 'a leaflet of eight panels, rolled in',
  'gatefold-6': 'a leaflet of two wings that meet in the middle',
  'gatefold-8': 'the same with two panels in the middle, shut like a book',
  accordion: 'panels to and fro on both sides (--columns N, as many as the pages need if not told)',
  'cut-and-stack': 'pages cut from large sheets as one pile (--columns N --rows N, 2 and 2 if not told)',
  'leaflets-4-up': 'a leaf of two pages many times on a sheet (--columns N --rows N, 2 and 2 if not told)',
  poster: 'one page over several sheets, glued (--columns N --rows N, 2 and 2 if not told)',
};

const USAGE = `pamphleteer impose FILE.pdf: any PDF onto sheets to print, fold and bind

--fold FOLD            how it is made: see below (saddle if not told)
--paper PAPER          a3, a4, a5, letter, legal, tabloid, or 210mm x 297mm (a4 if not told)
-o OUT.pdf             where it goes (beside the file if not told)
--duplex HOW           short-edge, long-edge: how the printer turns sheets; manual: fronts and backs as a file each
--delivers HOW         with manual: face-down or face-up, as the sheets come out
--margin 5mm           what the printer leaves white: pages shrink in their places
--shift 0.5mm,-1mm     moves the backs to the right and down
--columns N --rows N   how many panels or parts, for the folds that say so
--signature-sheets N   how many sheets to a gathering
--copies N   so many times on a sheet, cut apart before it is folded
--spine right          for what is read from right to left

`;

/** What is told of impose: its options, and its folds, a line each. */
export const usage = (): string =>
  USAGE +
  Object.entries(FOLDS)
    .map(([name, about]) => `  ${name.padEnd(15)} ${about}\n`)
    .join('');

/** Which options are for some folds only. */
const OWN = {
  columns: ['accordion', 'cut-and-stack', 'leaflets-4-up', 'poster'],
  rows: ['cut-and-stack', 'leaflets-4-up', 'poster'],
  'signature-sheets': ['signatures'],
  // A poster fills its sheets alone.
  copies: Object.keys(FORMATS).filter((fold) => fold !== 'poster'),
} as const;

/** The option's value among the words; undefined where it was not typed. */
function choice<W extends string>(option: string, text: string | undefined, words: readonly W[]): W | undefined {
  const found = words.find((word) => word === text);
  if (text !== undefined && !found)
    throw new Misuse(`${named(`--${option} ${text}`)} is not known: ${listed(words, 'or')} will do`);
  return found;
}

function count(option: keyof typeof OWN, text: string | undefined, most: number, fold: string): number | undefined {
  if (text === undefined) return undefined;
  if (!OWN[option].some((one) => one === fold))
    throw new Misuse(`\`--${option}\` is not for the fold \`${fold}\`: only for ${listed(OWN[option])}`);
  const found = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (found < 1 || found > most)
    throw new Misuse(`${named(`--${option} ${text}`)}: a whole number from 1 to ${most} will do`);
  return found;
}

/** So many lengths, in points; none where none were typed. */
function lengths(
  option: string,
  text: string | undefined,
  { many, least, such }: { readonly many: number; readonly least: number; readonly such: string },
): number[] {
  const found = text?.split(/\s*[\s,]\s*/).map((part) => {
    const [, sign, length = ''] = /^([-+]?)(.*)$/.exec(part)!;
    const points = Number(length) === 0 && length !== '' ? 0 : (parseLength(length) ?? Number.NaN);
    return sign === '-' ? 0 - points : points;
  });
  const within = (length: number): boolean => length >= least * MM - 0.01 && length <= 30 * MM + 0.01;
  if (found && !(found.length === many && found.every(within)))
    throw new Misuse(`${named(`--${option} ${text}`)}: ${such} will do, from ${least} mm to 30 mm`);
  return found ?? [];
}

function paperOf(text: string): Size {
  const found = parseSize(text);
  const names = Object.keys(PAPERS);
  if (found && Math.max(found.width, found.height) <= LARGEST_SHEET) return found;
  if (found) throw new Misuse(`${named(`--paper ${text}`)} is larger than a PDF's page can be: 5080 mm a side at most`);
  const bare = /^\s*(\d+(?:\.\d+)?)\s*(\D*?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(\D*?)\s*$/i.exec(text);
  const unit = ['cm', 'in', 'pt'].find((one) => one === bare?.[4] || one === bare?.[2]) ?? 'mm';
  const near = nearest(text.toLowerCase(), names);
  const meant = bare && Number(bare[1]) > 0 && Number(bare[3]) > 0 ? `${bare[1]}${unit} x ${bare[3]}${unit}` : near;
  const hint = meant ? `Did you mean \`${meant}\`? ` : '';
  throw new Misuse(
    `No paper is called ${named(text)}. ${hint}There are ${names.join(', ')}, or a size: "210mm x 297mm"`,
  );
}

function formatOf(fold: string): (typeof FORMATS)[string] {
  if (Object.hasOwn(FORMATS, fold)) return FORMATS[fold]!;
  const near = nearest(fold.toLowerCase(), Object.keys(FORMATS));
  const hint = near ? `Did you mean \`${near}\`? ` : '';
  throw new Misuse(`No fold is called ${named(fold)}. ${hint}There are ${Object.keys(FORMATS).join(', ')}`);
}

export function wantedIn(typed: Typed): Wanted {
  const { fold } = typed;
  const [format, paper] = [formatOf(fold), paperOf(typed.paper)];
  const duplex = choice('duplex', typed.duplex, ['short-edge', 'long-edge', 'manual']);
  const delivers = choice('delivers', typed.delivers, ['face-down', 'face-up']);
  if (delivers && duplex !== 'manual')
    throw new Misuse(
      `\`--delivers ${delivers}\` is only for printers that print both sides by hand: add \`--duplex manual\``,
    );
  const [columns, rows] = [count('columns', typed.columns, 20, fold), count('rows', typed.rows, 20, fold)];
  const sheets = count('signature-sheets', typed.signatureSheets, 50, fold);
  const copies = count('copies', typed.copies, MOST_COPIES, fold) ?? 1;
  const [margin = 0] = lengths('margin', typed.margin, { many: 1, least: 0, such: 'one length, such as `5mm`,' });
  const [right = 0, down = 0] = lengths('shift', typed.shift, {
    ...{ many: 2, least: -30, such: 'two lengths, to the right and down, such as `0.5mm,-1mm`,' },
  });
  return {
    ...{ format, copies, paper, margin, shift: [right, down] },
    choice: { ...(columns ? { columns } : {}), ...(rows ? { rows } : {}), ...(sheets ? { sheets } : {}) },
    printer: { duplex, delivers: delivers ?? 'face-down' },
    spine: choice('spine', typed.spine, ['left', 'right']) ?? 'left',
  };
}
