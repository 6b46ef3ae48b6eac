// impose at the command line: any PDF onto sheets, also one that we did not make. Takes what was typed; gives the files' paths and
// what is to be said about them, or what is wrong and what would work instead.
import { basename, dirname, join } from 'node:path';
import type { PDFDocument } from '@pdfme/pdf-lib';
import { VFileMessage } from 'vfile-message';
import { MM } from '../book/measure.ts';
import { unprintedIn } from '../print/annotations.ts';
import { fits, mm, mostOn, timesOn, widestMargin } from '../print/fitting.ts';
import { type Scheme, schemeFor } from '../print/folds.ts';
import type { Format } from '../print/formats.ts';
import { impose, trimsOf } from '../print/imposition.ts';
import { handworkFor } from '../print/instructions.ts';
import { mendTree } from '../print/pagetree.ts';
import { load, MENDING, unreadable } from '../print/pdf.ts';
import { formatsFor, saidOf, tooLarge, usualOf } from '../print/saying.ts';
import { partsOf, printerOf } from '../print/stacks.ts';
import { tooThick } from '../print/thickness.ts';
import { printingFor } from '../print/ticket.ts';
import { mayBePut, put, readWhole, Unfit } from './handling.ts';
import { Misuse, MOST_COPIES, type Typed, type Wanted, wantedIn } from './wishes.ts';

export interface Imposing extends Typed {
  readonly file: string;
  readonly output?: string | undefined;
  readonly epoch: number | undefined;
}

export type Imposed =
  | { readonly outputs: readonly string[]; readonly notes: readonly string[] }
  | { readonly problem: string; readonly usage: boolean };

/** The paths of the imposed files, or what is wrong in one line and a hint; `usage` where the command itself was. */
export async function imposeFile(job: Imposing): Promise<Imposed> {
  try {
    const wanted = wantedIn(job);
    const pdf = await readWhole(job.file).catch(cannotRead);
    const { files, outputs, notes } = await quietly(() => laidOut(pdf, wanted, job));
    await put(files.map((bytes, index) => [outputs[index]!, bytes])).catch(cannotPut(outputs[0]!));
    return { outputs, notes };
  } catch (error) {
    if (error instanceof Misuse) return { problem: error.message, usage: true };
    if (error instanceof VFileMessage)
      return { problem: `${job.file}: ${error.reason}${error.note ? `\n    ${error.note}` : ''}`, usage: false };
    throw error;
  }
}

const cannotRead = (cause: unknown): never => {
  throw cause instanceof Unfit ? unreadable(cause.message, cause.hint) : cause;
};

const cannotPut =
  (path: string) =>
  (cause: unknown): never => {
    throw cause instanceof Unfit ? new Misuse(`${path}: ${cause.message}\n    ${cause.hint}`) : cause;
  };

/** Where the file goes, or each of its parts. */
function outputsOf({ file, fold, paper, output }: Imposing, parts: ReturnType<typeof partsOf>): string[] {
  const path =
    output ??
    join(dirname(file), `${basename(file).replace(/\.pdf$/i, '')}-${fold}-${paper.replaceAll(/\s/g, '')}.pdf`);
  return parts.map((part) => (part ? `${path.replace(/\.pdf$/i, '')}-${part}.pdf` : path));
}

async function laidOut(
  pdf: Uint8Array,
  { format: formatFor, choice, copies, paper, printer: settings, margin, shift, spine }: Wanted,
  job: Imposing,
): Promise<{ files: Uint8Array[]; outputs: readonly string[]; notes: string[] }> {
  const doc = await opened(pdf);
  const trims = whole(() => trimsOf(doc));
  const one = formatFor(trims.length, choice);
  // Before there are several on a sheet: too many pages are refused by the name that was typed.
  const alone = schemeFor(one, trims.length, spine);
  const trim = usualOf(trims);
  const format = copies === 1 ? one : timesOn(one, copies, paper, trim);
  const scheme = copies === 1 ? alone : schemeFor(format, trims.length, spine);
  const fit =
    copies === 1
      ? fits(format, paper, trim, () => flatFor(trims.length))
      : fits(format, paper, trim, undefined, {
          ...{ of: one.name, copies, most: mostOn(one, MOST_COPIES, paper, trim) },
        });
  if ('ruleId' in fit) throw fit;
  const wrong = tooThick(scheme) ?? tooLarge(scheme, fit.sheet, trims);
  if (wrong) throw wrong;
  const outputs = outputsOf(job, partsOf(scheme, settings));
  for (const path of outputs) await mayBePut(path, job.file).catch(cannotPut(path));
  const { sheet, panel } = fit;
  const most = widestMargin(panel);
  if (margin > most)
    throw new Misuse(
      `\`--margin ${job.margin}\` is too much for panels of ${mm(panel)}: ${Math.floor(most / MM)}mm at most`,
    );
  const printer = printerOf(settings, sheet);
  const options = {
    ...{ scheme, sheet, bleed: 0, foldMarks: true, margin, shift, printer },
    date: new Date((job.epoch ?? 946684800) * 1000),
  };
  const unprinted = whole(() => unprintedIn(doc));
  const files: Uint8Array[] = [];
  for (const stack of partsOf(scheme, settings).keys())
    files.push(
      await impose(stack === 0 ? doc : await opened(pdf), { ...options, stack: stack as 0 | 1 }).catch(damaged),
    );
  const notes = [
    ...idleIn(job, scheme, schemeFor(format, trims.length, spine === 'left' ? 'right' : 'left')),
    ...saidOf({ scheme, sheet, trims, margin }),
    ...unprinted,
    `It takes ${counted(scheme.sheets.length, 'sheet')} of ${mm(sheet)}${scheme.copies > 1 ? `, for ${scheme.copies} copies` : ''}.`,
    ...printingFor({ scheme, sheet, printer: settings, files: outputs.map((path) => basename(path)) }),
    ...handworkFor(scheme).map(({ text }) => text),
  ];
  return { files, outputs, notes };
}

/** The formats that hold so many pages and can be folded then. */
const flatFor = (pages: number): Format[] =>
  formatsFor(pages).filter((format) => !tooThick(schemeFor(format, pages, 'left')));

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** What was typed and makes no difference to these sheets. */
function idleIn(job: Imposing, scheme: Scheme, other: Scheme): string[] {
  const oneSided = scheme.sheets.every(({ inner }) => inner === 'blank');
  const idle = (['duplex', 'shift'] as const).filter((option) => oneSided && job[option] !== undefined);
  const lie = ({ sheets }: Scheme): string =>
    JSON.stringify(sheets, (key, value) => (key === 'edges' || key === 'spine' ? undefined : value));
  const same = scheme.hold !== 'spine' && lie(scheme) === lie(other);
  return [
    ...idle.map((option) => `\`--${option}\` changes nothing: the sheets are printed on one side.`),
    ...(job.spine && same ? ['`--spine` changes nothing: the pages lie in the same places from both sides.'] : []),
  ];
}

async function opened(pdf: Uint8Array): Promise<PDFDocument> {
  // One that was cut off ends in the middle of its objects.
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const doc = await load(pdf);
  if (bytes.lastIndexOf('startxref') < bytes.lastIndexOf('endobj')) throw unreadable('The PDF is cut off', MENDING);
  whole(() => mendTree(doc));
  return doc;
}

/** What breaks in a PDF that could be opened is the PDF's. */
function damaged(cause: unknown): never {
  if (cause instanceof VFileMessage) throw cause;
  throw unreadable('The PDF is damaged, or made in a way that is not understood', MENDING);
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
