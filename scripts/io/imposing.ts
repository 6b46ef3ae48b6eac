// impose at the command line: any PDF onto sheets, also one that we did not make. Takes what was typed; gives the files' paths and
// what is to be said about them, or what is wrong and what would work instead.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { VFileMessage } from 'vfile-message';
import type { PrinterSettings } from '../book/config.ts';
import { MM, PAPERS, parseLength, parseSize, type Size } from '../book/measure.ts';
import { unseenFields } from '../print/annotations.ts';
import { fits } from '../print/fitting.ts';
import { schemeFor } from '../print/folds.ts';
import { type Choice, FORMATS } from '../print/formats.ts';
import { impose, trimsOf } from '../print/imposition.ts';
import { load } from '../print/pdf.ts';
import { scaleToFit } from '../print/seats.ts';
import { partsOf, printerOf } from '../print/stacks.ts';
import { printingFor } from '../print/ticket.ts';

/** As typed at the command line. */
export interface Imposing {
  readonly file: string;
  readonly fold: string;
  readonly paper: string;
  readonly output?: string | undefined;
  readonly duplex?: string | undefined;
  readonly delivers?: string | undefined;
  readonly margin?: string | undefined;
  readonly shift?: string | undefined;
  readonly columns?: string | undefined;
  readonly rows?: string | undefined;
  readonly signatureSheets?: string | undefined;
  readonly spine?: string | undefined;
  readonly epoch: number | undefined;
}

export type Imposed =
  | { readonly outputs: readonly string[]; readonly notes: readonly string[] }
  | { readonly problem: string; readonly usage: boolean };

/** Wrong use of an option. */
class Misuse extends Error {}

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

/** Which options are for some folds only. */
const OWN = {
  columns: ['accordion', 'cut-and-stack', 'leaflets-4-up', 'poster'],
  rows: ['cut-and-stack', 'leaflets-4-up', 'poster'],
  'signature-sheets': ['signatures'],
} as const;

const inList = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** The option's value among the words; undefined where it was not typed. */
function choice<W extends string>(option: string, text: string | undefined, words: readonly W[]): W | undefined {
  const found = words.find((word) => word === text);
  if (text !== undefined && !found) throw new Misuse(`\`--${option} ${text}\` is not known: ${inList(words)}`);
  return found;
}

function count(option: keyof typeof OWN, text: string | undefined, most: number, fold: string): number | undefined {
  if (text === undefined) return undefined;
  if (!OWN[option].some((one) => one === fold))
    throw new Misuse(`\`--${option}\` is not for the fold \`${fold}\`: only for ${inList(OWN[option])}`);
  const found = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (found < 1 || found > most) throw new Misuse(`\`--${option} ${text}\`: a whole number from 1 to ${most} will do`);
  return found;
}

function lengths(option: string, text: string | undefined, most: number): number[] | undefined {
  const found = text?.split(/[\s,]+/).map((part) => {
    const [, sign, length = ''] = /^([-+]?)(.*)$/.exec(part)!;
    const points = length === '0' ? 0 : (parseLength(length) ?? Number.NaN);
    return sign === '-' ? 0 - points : points;
  });
  if (found?.some((length) => !(Math.abs(length) <= most * MM + 0.01)))
    throw new Misuse(`\`--${option} ${text}\`: lengths are written \`5mm\`, \`0.2in\`; up to ${most} mm will do`);
  return found;
}

interface Wanted {
  readonly format: (typeof FORMATS)[string];
  readonly choice: Choice;
  readonly paper: Size;
  readonly printer: Pick<PrinterSettings, 'duplex' | 'delivers'>;
  readonly margin: number;
  readonly shift: readonly [number, number];
  readonly spine: 'left' | 'right';
}

function wantedIn(job: Imposing): Wanted {
  const paper = parseSize(job.paper);
  if (!paper)
    throw new Misuse(`No paper is called \`${job.paper}\`: ${Object.keys(PAPERS).join(', ')}, or 210mm x 297mm`);
  if (!Object.hasOwn(FORMATS, job.fold))
    throw new Misuse(`No fold is called \`${job.fold}\`: ${Object.keys(FORMATS).join(', ')}`);
  const duplex = choice('duplex', job.duplex, ['short-edge', 'long-edge', 'manual']);
  const delivers = choice('delivers', job.delivers, ['face-down', 'face-up']) ?? 'face-down';
  const [columns, rows] = [count('columns', job.columns, 20, job.fold), count('rows', job.rows, 20, job.fold)];
  const sheets = count('signature-sheets', job.signatureSheets, 50, job.fold);
  const [margin = 0, ...more] = lengths('margin', job.margin, 30) ?? [];
  const shift = lengths('shift', job.shift, 30) ?? [0, 0];
  if (margin < 0 || more.length > 0)
    throw new Misuse(`\`--margin ${job.margin}\`: one length will do, such as \`5mm\``);
  if (shift.length !== 2) throw new Misuse(`\`--shift ${job.shift}\`: to the right and down, such as \`0.5mm,-1mm\``);
  return {
    ...{ format: FORMATS[job.fold]!, paper, margin, shift: [shift[0]!, shift[1]!] },
    choice: { ...(columns ? { columns } : {}), ...(rows ? { rows } : {}), ...(sheets ? { sheets } : {}) },
    printer: { duplex, delivers },
    spine: choice('spine', job.spine, ['left', 'right']) ?? 'left',
  };
}

/** The paths of the imposed files, or what is wrong in one line and a hint; `usage` where the command itself was. */
export async function imposeFile(job: Imposing): Promise<Imposed> {
  try {
    const wanted = wantedIn(job);
    const pdf = await readFile(job.file).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(`it cannot be read (${error.code})`);
    });
    const paths = outputsOf(job, wanted);
    if (paths.some((path) => resolve(path) === resolve(job.file)))
      throw new Misuse(`${job.file}: that is the file to be imposed; name another one with -o`);
    const { files, notes } = await quietly(() => laidOut(pdf, wanted, { ...job, paths }));
    const outputs = paths.slice(0, files.length);
    await put(outputs, files);
    return { outputs, notes };
  } catch (error) {
    if (error instanceof Misuse) return { problem: error.message, usage: true };
    if (error instanceof VFileMessage)
      return { problem: `${job.file}: ${error.reason}${error.note ? `\n    ${error.note}` : ''}`, usage: false };
    throw error;
  }
}

function unreadable(reason: string, note?: string): VFileMessage {
  const message = new VFileMessage(reason, { ruleId: 'pdf-unreadable', source: 'print' });
  if (note !== undefined) message.note = note;
  return message;
}

/** Where the file goes, or fronts and backs. */
function outputsOf({ file, fold, paper, output }: Imposing, { format, printer }: Wanted): string[] {
  const path = output ?? join(dirname(file), `${basename(file, '.pdf')}-${fold}-${paper.replaceAll(/\s/g, '')}.pdf`);
  if (printer.duplex !== 'manual' || format(1).sides === 1) return [path];
  return ['fronts', 'backs'].map((part) => `${path.replace(/\.pdf$/i, '')}-${part}.pdf`);
}

async function laidOut(
  pdf: Uint8Array,
  { format: formatFor, choice, paper, printer: settings, margin, shift, spine }: Wanted,
  { epoch = 946684800, paths }: { readonly epoch: number | undefined; readonly paths: readonly string[] },
): Promise<{ files: Uint8Array[]; notes: string[] }> {
  const doc = await load(pdf);
  const trims = whole(() => trimsOf(doc));
  const format = formatFor(trims.length, choice);
  const scheme = schemeFor(format, trims.length, spine);
  const largest = { width: widest(trims, 'width'), height: widest(trims, 'height') };
  const fit = fits(format, paper, largest, scheme.sheets.length);
  if ('ruleId' in fit) throw fit;
  const { sheet } = fit;
  const printer = printerOf(settings, sheet);
  const options = {
    ...{ scheme, sheet, bleed: 0, foldMarks: true, margin, shift, printer },
    date: new Date(epoch * 1000),
  };
  const fields = whole(() => unseenFields(doc));
  const files: Uint8Array[] = [];
  for (const stack of partsOf(scheme, settings).keys())
    files.push(await impose(stack === 0 ? doc : await load(pdf), { ...options, stack: stack as 0 | 1 }).catch(damaged));
  const scale = scaleToFit(scheme, sheet, trims, margin);
  const empty = scheme.reads === 'tiles' ? 0 : scheme.pages - trims.length;
  const notes = [
    ...(Math.abs(scale - 1) > 0.005 ? [`The pages are printed at ${Math.round(scale * 100)} % of their size.`] : []),
    ...(empty > 0 ? [`${empty} of the ${scheme.pages} pages stay${empty === 1 ? 's' : ''} empty.`] : []),
    ...(fields > 0
      ? [`Filled-in form fields that have no picture are empty now (${fields}): print the form into a new PDF first.`]
      : []),
    ...printingFor({ scheme, sheet, printer: settings, files: paths.map((path) => basename(path)) }),
    ...scheme.instructions.slice(1),
  ];
  return { files, notes };
}

const widest = (trims: readonly Size[], side: keyof Size): number =>
  trims.reduce((most, trim) => Math.max(most, trim[side]), 1);

/** What breaks in a PDF that could be opened is the PDF's. */
function damaged(cause: unknown): never {
  if (cause instanceof VFileMessage) throw cause;
  const why = String((cause as Error)?.message ?? cause).split('\n')[0];
  throw unreadable(
    'The PDF is damaged, or made in a way that is not understood',
    `Open it in a viewer and save or print it into a new PDF (${why})`,
  );
}

function whole<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    return damaged(cause);
  }
}

/** The PDF library tells the console what it finds odd: that is not ours to say. */
async function quietly<T>(task: () => Promise<T>): Promise<T> {
  const { warn, log } = console;
  console.warn = () => {};
  console.log = () => {};
  try {
    return await task();
  } finally {
    Object.assign(console, { warn, log });
  }
}

/** All of them whole, or none at all. */
async function put(outputs: readonly string[], files: readonly Uint8Array[]): Promise<void> {
  const aside = outputs.map((path) => `${path}.new`);
  try {
    for (const [index, path] of aside.entries()) await writeFile(path, files[index]!);
    for (const [index, path] of aside.entries()) await rename(path, outputs[index]!);
  } catch (error) {
    for (const path of aside) await rm(path, { force: true }).catch(() => {});
    throw new Misuse(`${outputs[0]}: it cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
