// What is printed at home: pages on sheets for the printer at hand, and beside them a job ticket. Takes an edition's settings and
// its pages; gives files, and for the download page what to do with them. Touches no file itself.
import type { EditionConfig, Paper } from './book/config.ts';
import { MM, PAPERS, type Size } from './book/measure.ts';
import type { Edition } from './edition/edition.ts';
import { engrave } from './print/engraving.ts';
import { fits } from './print/fitting.ts';
import type { Scheme } from './print/folds.ts';
import type { Printed } from './print/joining.ts';
import { scaleToFit } from './print/seats.ts';
import { layOut, type Part, partsOf, type SheetOptions } from './print/stacks.ts';
import { type Ticket, ticketFor } from './print/ticket.ts';
import { english } from './site/labels.ts';
import type { ManifestFile } from './site/manifest.ts';
import { ticketMarkup } from './site/ticket.ts';
import { setTicket } from './typeset/jobticket.ts';
import type { Stone } from './typeset/stone.ts';

export type Kind = 'booklet' | 'sheet';

/** What job tickets are set with. */
export interface TicketForms {
  readonly css: string;
  readonly template: string;
  readonly stone: () => Promise<Stone>;
}

/** An imposed file; the ticket goes with the first of two. */
export interface ImposedFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly kind: Kind;
  readonly paper: string;
  readonly sheets: number;
  /** What it folds to, where that is not the book's trim. */
  readonly trim?: string;
  readonly part?: Part;
  readonly ticket?: { readonly name: string; readonly content: Uint8Array };
}

export interface ImposedJob {
  readonly edition: Edition;
  readonly kind: Kind;
  readonly paper: Paper;
  readonly pdf: Printed;
  readonly pages: number;
  readonly options: Omit<SheetOptions, 'scheme' | 'sheet'>;
  readonly tickets: TicketForms;
}

/** How an edition's pages lie on a paper. */
interface Laid {
  readonly kind: Kind;
  readonly paper: Paper;
  readonly scheme: Scheme;
  readonly sheet: Size;
}

/** A book that is read from right to left has its spine at the right of its front. */
const spineOf = ({ direction }: Edition): 'left' | 'right' => (direction === 'rtl' ? 'right' : 'left');

function laidOut(config: EditionConfig, kind: Kind, paper: Paper, pages: number, spine: 'left' | 'right'): Laid {
  const { pamphlet, zine } = config;
  const made =
    kind === 'sheet'
      ? layOut(zine, paper.size, { pages, spine })
      : layOut(pamphlet, paper.size, { pages, spine, trim: pamphlet.trim.size });
  return { ...made, kind, paper };
}

/** The size of a zine's panels on that paper. */
export const panelOn = (paper: Paper, edition: Edition, panels: number): Size =>
  panelOf(laidOut(edition.config, 'sheet', paper, panels, spineOf(edition)));

const panelOf = ({ scheme, sheet }: Laid): Size => ({
  width: sheet.width / scheme.columns,
  height: sheet.height / scheme.rows,
});

/** As the manifest says sizes. */
export const sizeInMm = ({ width, height }: Size): string =>
  `${hundredths(width / MM)}mm x ${hundredths(height / MM)}mm`;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** What can be known of a pile of sheets only when the pages are counted. */
export function tooThick(edition: Edition, pages: number): { reason: string; rule: string; hint: string }[] {
  const { config } = edition;
  return config.pamphlet.paper.slice(0, 1).flatMap((paper) => {
    const { scheme } = laidOut(config, 'booklet', paper, pages, spineOf(edition));
    const fit = fits(scheme, paper.size, config.pamphlet.trim.size, scheme.sheets.length);
    if (!('ruleId' in fit) || fit.ruleId !== 'fold-too-thick') return [];
    return [{ reason: fit.reason, rule: fit.ruleId, hint: fit.note ?? '' }];
  });
}

/** One file, or fronts and backs, for one paper. */
export async function publishImposed(job: ImposedJob): Promise<ImposedFile[]> {
  const { edition, kind, paper, pdf, pages, options } = job;
  const { config } = edition;
  const laid = laidOut(config, kind, paper, pages, spineOf(edition));
  const { scheme, sheet } = laid;
  // The browser sets the ticket while the pages are put onto their sheets.
  const ticketing = printTicket(job, laid);
  ticketing.catch(() => {});
  const { imposeFor } = await import('./print/homeprint.ts');
  const files = await imposeFor(pdf, config.printer, { ...options, scheme, sheet });
  const isScaled = kind === 'booklet' && scaleToFit(scheme, sheet, [options.trim!], config.printer.margin) < 0.995;
  const folded = isScaled ? { trim: sizeInMm(panelOf(laid)) } : {};
  const ticket = { name: `${nameOf(config, laid)}-ticket.pdf`, content: await ticketing };
  return files.map(({ part, content }, index) => ({
    ...{ name: fileName(config, laid, part), content, kind, paper: paper.name, sheets: scheme.sheets.length },
    ...{ ...(part ? { part } : {}), ...folded },
    ...(index === 0 ? { ticket } : {}),
  }));
}

const nameOf = ({ slug }: EditionConfig, { kind, paper }: Laid): string => `${slug}-${kind}-${paper.name}`;
const fileName = (config: EditionConfig, laid: Laid, part: Part | undefined): string =>
  `${nameOf(config, laid)}${part ? `-${part}` : ''}.pdf`;

/** `called`: what the one, or the fronts and the backs, are called. */
function ticketAbout(config: EditionConfig, laid: Laid, called: (part: Part | undefined) => string): Ticket {
  const { kind, paper, scheme, sheet } = laid;
  return ticketFor({
    ...{ scheme, sheet, printer: config.printer, paper: english.paper(paper.name) },
    trim: kind === 'booklet' ? config.pamphlet.trim.size : panelOf(laid),
    colour: kind === 'sheet' || config.press.ink === 'cmyk',
    files: partsOf(scheme, config.printer).map(called),
  });
}

/** Printing, folding, binding, a step an entry, drawn where hands do more than press a button. */
export function stepsFor(
  config: EditionConfig,
  { kind, paper: called, pages = 0 }: Pick<ManifestFile, 'kind' | 'paper' | 'pages'>,
  spine: 'left' | 'right',
): { readonly text: string; readonly svg?: string }[] {
  if (kind !== 'booklet' && kind !== 'sheet') return [];
  const paper = (kind === 'booklet' ? config.pamphlet : config.zine).paper.find(({ name }) => name === called);
  if (!paper) return [];
  const { printing, steps } = ticketAbout(config, laidOut(config, kind, paper, pages, spine), (part) =>
    part ? `the ${part}` : 'the file',
  );
  return [
    ...printing.map((text) => ({ text })),
    ...steps.map(({ text, drawing }) => ({ text, svg: engrave(drawing).svg })),
  ];
}

/** What prints on these prints tickets on Letter. */
const AMERICAN = ['letter', 'legal', 'tabloid', 'half-letter'];

async function printTicket({ edition, options, tickets }: ImposedJob, laid: Laid): Promise<Uint8Array> {
  const { config, book } = edition;
  const { steps, ...ticket } = ticketAbout(config, laid, (part) => fileName(config, laid, part));
  const drawn = steps.map(({ text, drawing }) => ({ text, ...engrave(drawing) }));
  const called = config.label ?? config.name;
  const words = {
    ...ticket,
    steps: drawn,
    title: edition.title,
    edition: called,
    paper: english.paper(laid.paper.name),
  };
  const size = PAPERS[AMERICAN.includes(laid.paper.name) ? 'letter' : 'a4']!;
  const title = `${edition.title}: job ticket`;
  const form = { css: tickets.css, body: ticketMarkup(words, tickets.template), title, spot: book.spot, size };
  const stone = await tickets.stone();
  const { pdf, offset } = await setTicket({ ...form, name: `${nameOf(config, laid)}-ticket.html` }, stone);
  await stone.clear();
  const { readingCopy } = await import('./print/press.ts');
  return readingCopy([pdf], { offset, trim: size, date: options.date, title, language: 'en' });
}
