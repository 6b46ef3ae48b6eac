// The job ticket: what one who stands at a printer must know of an imposed file. Takes a scheme, the sheet, the paper, the
// printer and the language's phrases; gives figures, what to do in words and drawings, what to say at a copy shop, and costs.
import type { PrinterSettings } from '../book/config.ts';
import { MM, type Size } from '../book/measure.ts';
import { drawingsFor, type Shown, trimmed } from './drawings.ts';
import { printerFor } from './duplex.ts';
import type { Drawing } from './engraving.ts';
import { finishFor } from './finish.ts';
import type { Scheme } from './folds.ts';
import type { Creep } from './imposition.ts';
import { english } from './phrases/en.ts';
import { figure, type Phrases, price, type Strips, type Trial } from './phrases/phrases.ts';
import { type Inking, inkingOfAll } from './plates.ts';
import { stagesFor } from './stages.ts';
import { type Trimming, trimmingOf } from './trimming.ts';

export interface TicketJob {
  readonly scheme: Scheme;
  /** Lying or standing as the scheme wants it. */
  readonly sheet: Size;
  /** How the paper is called: `A4`. */
  readonly paper: string;
  readonly trim: Size;
  readonly printer: PrinterSettings;
  /** Of each sheet, in their order. */
  readonly inking: readonly Inking[];
  /** The file's name; of fronts and backs where they are printed by hand. */
  readonly files: readonly string[];
}

export interface Cost {
  readonly copies: number;
  readonly sheets: number;
  /** With its currency; undefined where no price is known. */
  readonly cost?: string;
}

export interface Ticket {
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** How to print it, one thing a sentence. */
  readonly printing: readonly string[];
  readonly steps: readonly Shown[];
  readonly done: Drawing;
  /** To be said at a copy shop. */
  readonly shop: string;
  readonly costs: readonly Cost[];
}

/** A sheet of uncoated paper is about so many millimetres thick for each g/m² (bulk 1.25 cm³/g). */
const BULK = 0.00125;
const COPIES = [1, 10, 50, 100];

/** How much the leaves of that paper push one another out of a fold that is pressed flat. */
export const creepOf = ({ weight }: Pick<PrinterSettings, 'weight'>): Creep => ({
  thickness: weight * BULK * MM,
  factor: 1,
});

export interface Figures {
  /** Of one copy, when it is trimmed. */
  readonly grams: number;
  /** In mm, of the finished thing, pressed flat. */
  readonly thickness: number;
  readonly layers: number;
}

type Paper = Pick<TicketJob, 'scheme' | 'sheet' | 'printer' | 'trim'>;

const trimmingFor = ({ printer, ...job }: Paper): Trimming =>
  trimmingOf({ ...job, margin: printer.margin, thickness: creepOf(printer).thickness });

export function figuresOf(job: Paper): Figures {
  const { scheme, sheet, printer } = job;
  const { cell, ends, fore } = trimmingFor(job);
  const left = ((cell.width - fore) / cell.width) * ((cell.height - 2 * ends) / cell.height);
  const area = ((sheet.width / MM) * (sheet.height / MM)) / 1e6;
  const grams = (printer.weight * area * scheme.sheets.length * left) / scheme.copies;
  const panels = stagesFor(scheme, sheet).at(-1)?.after ?? [];
  // Panels that are folded in are narrower than those around them: what lies in the middle of one is counted.
  const above = (x: number, y: number): number =>
    panels
      .filter(({ left, right, top, bottom }) => left < x && x < right && top < y && y < bottom)
      .reduce((sum, panel) => sum + panel.layers, 0);
  const middles = panels.map(({ left, right, top, bottom }) => above((left + right) / 2, (top + bottom) / 2));
  const layers = Math.max(1, ...middles);
  return { grams, layers, thickness: layers * printer.weight * BULK };
}

const inMm = (points: number): string => `${Math.round(points / MM)}`;
const sizeInMm = ({ width, height }: Size): string => `${inMm(width)} × ${inMm(height)} mm`;

/** In whole millimetres; in halves, rounded down, where those would be more than the panel has. */
function pageInMm({ page, cell }: Trimming, words: Phrases): string {
  const length = (own: number, room: number): string => {
    const [whole, half] = [Math.round(own / MM), Math.floor((own / MM) * 2 + 1e-6) / 2];
    const most = whole > Math.max(own, room) / MM + 1e-6 ? half : whole;
    return figure(words, most, Number.isInteger(most) ? 0 : 1);
  };
  return `${length(page.width, cell.width)} × ${length(page.height, cell.height)} mm`;
}

export function ticketFor(job: TicketJob, words: Phrases = english): Ticket {
  const { scheme, sheet, paper, printer, trim } = job;
  const trimming = trimmingFor(job);
  const size = pageInMm(trimming, words);
  const strips = stripsOf(trimming, size);
  const { steps, done } = drawingsFor(scheme, sheet, words, creepOf(printer).thickness);
  const { facts } = words;
  const { grams, thickness } = figuresOf(job);
  const short = (value: number): string => figure(words, value, value < 10 && Math.round(value * 10) % 10 > 0 ? 1 : 0);
  const scaled = { percent: `${Math.round(trimming.scale * 100)} %`, from: sizeInMm(trim) };
  return {
    facts: [
      [facts.names.paper, `${paper}, ${printer.weight} g/m²`],
      [facts.names.sheets, facts.sheets(scheme.sheets.length, isOneSided(scheme) ? 1 : 2, scheme.copies)],
      [facts.names.ink, inked(job.inking, facts.inks, facts.inksOn)],
      [facts.names.page, facts.page(size, trimming.scale < 0.995 ? scaled : undefined)],
      [facts.names.copy, facts.copy(short(grams), short(thickness), trimming.ends + trimming.fore > 0)],
    ],
    printing: printingFor(job, words),
    steps: strips ? [...steps, { text: words.hands.trim(strips), drawing: trimmed(done, trimming, scheme) }] : steps,
    done,
    shop: shop(job, strips, words),
    costs: COPIES.map((copies) => {
      const sheets = Math.ceil(copies / scheme.copies) * scheme.sheets.length;
      const { amount, currency } = printer.price ?? {};
      return {
        ...{ copies, sheets },
        ...(amount !== undefined && currency ? { cost: price(words, sheets * amount, currency) } : {}),
      };
    }),
  };
}

/** As words; undefined where nothing is cut off. */
function stripsOf({ ends, fore, over }: Trimming, size: string): Strips | undefined {
  if (ends + fore + over === 0) return undefined;
  return {
    ...(ends > 0 ? { ends: `${inMm(ends)} mm` } : {}),
    ...(fore > 0 ? { fore: `${inMm(fore)} mm` } : {}),
    ...(over > 0 ? { over: `${inMm(over)} mm` } : {}),
    size,
  };
}

/** What is on the sheets, and on which where they are not alike. */
function inked(
  sheets: readonly Inking[],
  all: Readonly<Record<Inking, string>>,
  some: (inking: Inking, which: string, of: number) => string,
): string {
  const inking = inkingOfAll(sheets);
  const found = sheets.flatMap((one, index) => (one === 'black' ? [] : [index + 1]));
  return found.length === 0 || found.length === sheets.length ? all[inking] : some(inking, ranges(found), found.length);
}

/** `1, 3–5` */
function ranges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}

const isOneSided = ({ sheets }: Scheme): boolean => sheets.every(({ inner }) => inner === 'blank');

interface PrintJob extends Pick<TicketJob, 'scheme' | 'sheet' | 'files'> {
  readonly printer: Pick<PrinterSettings, 'duplex' | 'delivers'>;
}

const OTHER = { 'short-edge': 'long-edge', 'long-edge': 'short-edge' } as const;

/** The edge that a printer of both sides turns paper about. */
const flipOf = ({ sheet, printer: { duplex } }: Omit<PrintJob, 'files'>): keyof typeof OTHER =>
  duplex === undefined || duplex === 'manual' ? (printerFor(sheet).duplex as keyof typeof OTHER) : duplex;

/** How to print the file, or fronts and backs one after the other, and how to find out on one sheet what the printer does. */
export function printingFor(job: PrintJob, { printing }: Phrases = english): string[] {
  const { scheme, printer, files } = job;
  const [first = '', second = ''] = files;
  if (isOneSided(scheme)) return [printing.oneSide(first)];
  const { sheet, ...trial } = trialOf(scheme);
  if (printer.duplex !== 'manual') {
    const flip = flipOf(job);
    return [printing.bothSides(first, flip), printing.tryDuplex(trial, OTHER[flip])];
  }
  const last = scheme.sheets.length - 1;
  const reversed = printer.delivers !== 'face-up';
  const fed = scheme.sheets[reversed ? last : 0]!.outer.flat().find(({ folio }) => folio !== 'blank');
  return [
    printing.tryByHand({
      ...{ fronts: first, backs: second, trial },
      ...{ frontAt: sheet + 1, backAt: reversed ? last - sheet + 1 : sheet + 1 },
    }),
    printing.wrongByHand,
    printing.pile(first, last === 0 || typeof fed?.folio !== 'number' ? undefined : fed.folio),
    printing.backs(second),
  ];
}

/** The first page that is on a front and has another behind it, and its sheet. */
function trialOf({ sheets, columns }: Scheme): Trial & { readonly sheet: number } {
  const leaves = sheets.flatMap(({ outer, inner }, sheet) =>
    outer.flatMap((placements, row) =>
      placements.map(({ folio }, column) => {
        const behind = inner === 'blank' ? undefined : inner[row]![columns - 1 - column]!.folio;
        return { sheet, front: folio, back: behind };
      }),
    ),
  );
  const found = leaves.filter((leaf): leaf is Trial & { sheet: number } =>
    [leaf.front, leaf.back].every((folio) => typeof folio === 'number'),
  );
  return found.sort((one, other) => one.front - other.front)[0] ?? { sheet: 0, front: 1, back: 2 };
}

/** One sentence that has all a copy shop asks. */
function shop(job: TicketJob, strips: Strips | undefined, words: Phrases): string {
  const { scheme, paper, printer, inking } = job;
  if (printer.duplex === 'manual' && !isOneSided(scheme)) return words.shop.byHand;
  return words.shop.please({
    ...{ paper, weight: printer.weight, sides: isOneSided(scheme) ? 1 : 2, edge: flipOf(job) },
    ...{
      sheets: scheme.sheets.length,
      copies: scheme.copies,
      finish: finishFor(scheme, strips, creepOf(printer).thickness, words),
    },
    ink: inked(inking, words.shop.inks, words.shop.inksOn),
  });
}
