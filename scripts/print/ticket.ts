// The job ticket: what one who stands at a printer must know of an imposed file. Takes a scheme, the sheet, the paper and the
// printer; gives figures, what to do in words and drawings, a sentence for the copy shop, and what copies cost.
import type { PrinterSettings } from '../book/config.ts';
import { MM, type Size } from '../book/measure.ts';
import { drawingsFor, type Shown } from './drawings.ts';
import { printerFor } from './duplex.ts';
import type { Drawing } from './engraving.ts';
import type { Scheme } from './folds.ts';
import type { Creep } from './imposition.ts';
import { scaleToFit } from './seats.ts';
import { stagesFor } from './stages.ts';

export interface TicketJob {
  readonly scheme: Scheme;
  /** Lying or standing as the scheme wants it. */
  readonly sheet: Size;
  /** How the paper is called: `A4`. */
  readonly paper: string;
  readonly trim: Size;
  readonly printer: PrinterSettings;
  /** Does anything on it need more than black? */
  readonly colour: boolean;
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
/** Under this, in points, a strip is not worth a cut. */
const STRIP = MM;
const COPIES = [1, 10, 50, 100];

/** How much the leaves of that paper push one another out of a fold that is pressed flat. */
export const creepOf = ({ weight }: Pick<PrinterSettings, 'weight'>): Creep => ({
  thickness: weight * BULK * MM,
  factor: 1,
});

export interface Figures {
  /** Of one copy, before it is trimmed. */
  readonly grams: number;
  /** In mm, of the finished thing, pressed flat. */
  readonly thickness: number;
  readonly layers: number;
}

export function figuresOf({ scheme, sheet, printer }: Pick<TicketJob, 'scheme' | 'sheet' | 'printer'>): Figures {
  const area = ((sheet.width / MM) * (sheet.height / MM)) / 1e6;
  const grams = (printer.weight * area * scheme.sheets.length) / scheme.copies;
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

const whole = (value: number): string => `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)}`;
const inMm = (points: number): string => `${Math.round(points / MM)}`;
const sizeInMm = ({ width, height }: Size): string => `${inMm(width)} × ${inMm(height)} mm`;
const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

export function ticketFor(job: TicketJob): Ticket {
  const { scheme, sheet, paper, printer, trim, colour } = job;
  const figures = figuresOf(job);
  const scale = scaleToFit(scheme, sheet, [trim], printer.margin);
  const { steps, done } = drawingsFor(scheme, sheet);
  const trimming = trimmed(job, scale, done);
  const oneSided = isOneSided(scheme);
  const sides = oneSided ? 'one side' : 'both sides';
  const page = { width: trim.width * scale, height: trim.height * scale };
  return {
    facts: [
      ['Paper', `${paper}, ${printer.weight} g/m²`],
      [
        'Sheets',
        `${counted(scheme.sheets.length, 'sheet')}, ${sides}${scheme.copies > 1 ? `: ${scheme.copies} copies` : ''}`,
      ],
      ['Ink', colour ? 'black and a colour' : 'black'],
      ['Page', `${sizeInMm(page)}${scale < 0.995 ? ` (${Math.round(scale * 100)} % of ${sizeInMm(trim)})` : ''}`],
      ['One copy', `${whole(figures.grams)} g, about ${whole(figures.thickness)} mm thick`],
    ],
    printing: printingFor(job),
    steps: trimming ? [...steps, trimming] : steps,
    done,
    shop: shop(job),
    costs: COPIES.map((copies) => {
      const sheets = Math.ceil(copies / scheme.copies) * scheme.sheets.length;
      return {
        copies,
        sheets,
        ...(printer.price ? { cost: money(sheets * printer.price.amount, printer.price.currency) } : {}),
      };
    }),
  };
}

const isOneSided = ({ sheets }: Scheme): boolean => sheets.every(({ inner }) => inner === 'blank');

/** As English writes it, whatever the machine's own language. */
const money = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
    .format(amount)
    .replace('\u00a0', ' ');

const FLIPS = { 'short-edge': 'flipped on the short edge', 'long-edge': 'flipped on the long edge' } as const;
const ACTUAL = 'at actual size (100 %, not “fit to page”)';

interface PrintJob extends Pick<TicketJob, 'scheme' | 'sheet' | 'files'> {
  readonly printer: Pick<PrinterSettings, 'duplex' | 'delivers'>;
}

/** How to print the file, or fronts and backs one after the other, one thing a sentence. */
export function printingFor({ scheme, sheet, printer, files }: PrintJob): string[] {
  const [first = '', second = ''] = files;
  if (isOneSided(scheme)) return [`Print ${first} on one side, ${ACTUAL}.`];
  if (printer.duplex !== 'manual') {
    const flip = printer.duplex ?? (printerFor(sheet).duplex as keyof typeof FLIPS);
    return [`Print ${first} on both sides, ${FLIPS[flip]}, ${ACTUAL}.`];
  }
  return [
    `Print ${first} on one side, ${ACTUAL}.`,
    printer.delivers === 'face-up'
      ? 'Turn the whole pile over, like the page of a book, and put it back into the paper tray, white sides up.'
      : 'Put the pile back into the paper tray as it came out: its order as it is, white sides up.',
    `Print ${second} in the same way. Try it with one sheet: turned like the page of a book, both of its sides stand upright; if not, turn the pile in the tray round by half a turn.`,
  ];
}

/** What is left over around the pages of a book, and what creep pushes out. */
function trimmed({ scheme, sheet, trim, printer }: TicketJob, scale: number, done: Drawing): Shown | undefined {
  if (scheme.hold !== 'spine') return undefined;
  const cell = { width: sheet.width / scheme.columns, height: sheet.height / scheme.rows };
  const [width, height] = [trim.width * scale, trim.height * scale];
  const ends = (cell.height - height) / 2;
  const deepest = Math.max(...scheme.sheets.flatMap(({ outer }) => outer.flat().map(({ depth }) => depth)));
  const creep = deepest * creepOf(printer).thickness;
  const fore = cell.width - width;
  const strips = [
    ...(ends > STRIP ? [`${inMm(ends)} mm off the head and the foot`] : []),
    ...(Math.max(fore, creep) > STRIP ? [`${inMm(Math.max(fore, creep))} mm off the fore-edge`] : []),
  ];
  if (strips.length === 0) return undefined;
  const paper = done.shapes.find((shape) => shape.kind === 'panel')!;
  const [[left, top], [right, bottom]] = [paper.from, paper.to];
  const unit = (right - left) / cell.width;
  const [fromEnds, fromFore] = [ends * unit, Math.max(fore, creep) * unit];
  const x = scheme.spine === 'left' ? right - fromFore : left + fromFore;
  const cut = (from: readonly [number, number], to: readonly [number, number]) =>
    ({ kind: 'cut', from, to, scissors: true }) as const;
  const cuts = [
    ...(ends > STRIP ? [top + fromEnds, bottom - fromEnds].map((y) => cut([left, y], [right, y])) : []),
    ...(Math.max(fore, creep) > STRIP ? [cut([x, bottom], [x, top])] : []),
  ];
  return {
    text: `Trim it with a sharp knife along a ruler, ${strips.join(' and ')}, or leave it as it is.`,
    drawing: { shapes: [...done.shapes, ...cuts] },
  };
}

/** One sentence that has all a copy shop asks. */
function shop({ scheme, sheet, paper, printer, colour }: TicketJob): string {
  if (printer.duplex === 'manual' && !isOneSided(scheme))
    return 'For a copy shop, make the file anew without “duplex: manual”: their printers print both sides.';
  const { duplex } = printerFor(sheet);
  const flip =
    FLIPS[
      printer.duplex === 'manual' ? (duplex as keyof typeof FLIPS) : (printer.duplex ?? (duplex as keyof typeof FLIPS))
    ];
  const sides = isOneSided(scheme) ? 'on one side' : `on both sides, ${flip}`;
  const count = counted(scheme.sheets.length, 'sheet');
  return `“Please print this file on ${paper}, ${printer.weight} g/m², ${sides}, ${colour ? 'in colour' : 'in black'}, at 100 % without scaling: ${count} a copy${finish(scheme)}.”`;
}

function finish({ steps, sheets, spine }: Scheme): string {
  const bind = steps.find((step) => step.do === 'bind');
  if (bind?.with === 'staple') return sheets.length > 1 ? ', folded, and stapled twice through the fold' : ', folded';
  if (bind?.with === 'thread') return ', not folded';
  if (bind?.with !== 'glue') return ', not folded';
  const part = steps.find((step) => step.do === 'part');
  const cutting = part ? `, cut into ${part.columns * part.rows} equal parts that are laid on one another` : '';
  return `${cutting}, and glued at the ${spine}`;
}
