// What is printed at home: pages on sheets for the printer at hand, and beside them a job ticket. Takes an edition's settings and
// its pages; gives files, and for the download page what to do with them. Touches no file itself.
import type { EditionConfig, Paper } from './book/config.ts';
import { MM, PAPERS, type Size } from './book/measure.ts';
import { panelsIn } from './book/zines.ts';
import type { Edition } from './edition/edition.ts';
import { type Back, withBack, withEmptyBacks } from './print/backing.ts';
import { drawingsFor } from './print/drawings.ts';
import { stacksFor } from './print/duplex.ts';
import { engrave } from './print/engraving.ts';
import type { Edge, Scheme } from './print/folds.ts';
import type { Printed } from './print/joining.ts';
import { phrasesFor } from './print/phrases/phrases.ts';
import type { Inking } from './print/plates.ts';
import { scaleToFit } from './print/seats.ts';
import { layOut, type Part, partsOf, printerOf, type SheetOptions } from './print/stacks.ts';
import { foldFor, staplingOf, tooThick } from './print/thickness.ts';
import { creepOf, type Ticket, ticketFor } from './print/ticket.ts';
import { pageLabelsFor } from './site/labels.ts';
import type { ManifestFile } from './site/manifest.ts';
import { ticketMarkup, tied } from './site/ticket.ts';
import { setTicket } from './typeset/jobticket.ts';
import type { Stone } from './typeset/stone.ts';
import type { ZineShape } from './typeset/zine.ts';

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
  readonly poster?: true;
  readonly ticket?: { readonly name: string; readonly content: Uint8Array };
}

export interface ImposedJob {
  readonly edition: Edition;
  readonly kind: Kind;
  readonly paper: Paper;
  readonly pdf: Printed;
  readonly pages: number;
  /** On the back of a sheet that has else nothing there. */
  readonly poster?: Back | undefined;
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

/** The fold of an edition's booklet; what is `auto` goes by its pages and the paper. */
export const foldOf = ({ pamphlet: { fold }, printer }: EditionConfig, pages: number) =>
  fold === 'auto' ? foldFor(pages, creepOf(printer).thickness) : fold;

interface Laying {
  readonly pages: number;
  readonly spine: 'left' | 'right';
  readonly poster?: boolean | undefined;
}

function laidOut(config: EditionConfig, kind: Kind, paper: Paper, { pages, spine, poster }: Laying): Laid {
  const { pamphlet, zine } = config;
  const made =
    kind === 'sheet'
      ? layOut(zine, paper.size, { pages, spine })
      : layOut({ ...pamphlet, fold: foldOf(config, pages) }, paper.size, { pages, spine, trim: pamphlet.trim.size });
  return { ...made, ...(poster ? { scheme: withEmptyBacks(made.scheme) } : {}), kind, paper };
}

/** What the zine's fold makes of that paper: panels, which edges of theirs are the sheet's, and how it is folded. */
export function shapeOn(paper: Paper, edition: Edition): ZineShape {
  const pages = panelsIn(edition.config.zine);
  const laid = laidOut(edition.config, 'sheet', paper, { pages, spine: spineOf(edition) });
  const { scheme, sheet } = laid;
  const placements = scheme.sheets.flatMap(({ outer, inner }) =>
    [...outer, ...(inner === 'blank' ? [] : inner)].flat(),
  );
  const edges = Array.from({ length: pages }, (_, index) => {
    const { edges: at, turned } = placements.find(({ folio }) => folio === index + 1)!;
    const isSheet = (edge: Edge): boolean => edge === 'sheet';
    const sides = { left: isSheet(at.left), right: isSheet(at.right), head: isSheet(at.head), foot: isSheet(at.foot) };
    return { ...sides, slit: at.head === 'cut' && !turned };
  });
  const { steps } = drawingsFor(scheme, sheet);
  const drawings = steps.map(({ drawing }) => engrave(drawing));
  const drawn = drawings.reduce((sum, { width }) => sum + width, 0);
  return { panel: panelOf(laid), sheet, edges, drawings: drawings.map(({ svg }) => svg), drawn };
}

const panelOf = ({ scheme, sheet }: Laid): Size => ({
  width: sheet.width / scheme.columns,
  height: sheet.height / scheme.rows,
});

/** As the manifest says sizes. */
export const sizeInMm = ({ width, height }: Size): string =>
  `${hundredths(width / MM)}mm x ${hundredths(height / MM)}mm`;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** What can be said of a pile of sheets only when the pages are counted: that it cannot be folded, or how it is held. */
export function thicknessOf(
  edition: Edition,
  pages: number,
): { readonly reason: string; readonly rule: string; readonly hint: string; readonly advice?: boolean }[] {
  const { config } = edition;
  const { pamphlet, printer } = config;
  const { scheme } = laidOut(config, 'booklet', pamphlet.paper[0]!, { pages, spine: spineOf(edition) });
  const thick = tooThick(scheme);
  if (thick) return [{ reason: thick.reason, rule: 'fold-too-thick', hint: thick.note ?? '' }];
  const leaf = creepOf(printer).thickness;
  const pile = (leaves: number): string =>
    `${leaves} leaves of ${printer.weight} g/m² are ${hundredths((leaves * leaf) / MM)} mm thick`;
  if (pamphlet.fold === 'auto' && scheme.name === 'signatures')
    return [
      {
        reason: `The booklet is made in signatures, to be sewn: in one another, ${pile(Math.ceil(pages / 4))}, more than staples hold`,
        ...{ rule: 'fold-chosen', advice: true },
        hint: 'Write `fold: signatures` to have it so, or `fold: perfect-bound` to have it glued.',
      },
    ];
  const stapling = staplingOf(scheme, leaf);
  if (stapling?.by !== 'thread') return [];
  return [
    {
      reason: `No common staple goes through the fold \`${scheme.name}\`: ${pile(stapling.leaves)}, and 4 mm are the most`,
      ...{ rule: 'staples-too-short', advice: true },
      hint: 'Sew it through the fold with needle and thread, or write `fold: signatures` or `fold: perfect-bound`.',
    },
  ];
}

/** One file, or fronts and backs, for one paper. */
export async function publishImposed(job: ImposedJob): Promise<ImposedFile[]> {
  const { edition, kind, paper, pdf, pages, poster, options } = job;
  const { config } = edition;
  const laid = laidOut(config, kind, paper, { pages, spine: spineOf(edition), poster: poster !== undefined });
  const { scheme, sheet } = laid;
  const { imposeFor } = await import('./print/homeprint.ts');
  const files = await imposeFor(pdf, config.printer, { ...options, scheme, sheet });
  // The last side that is printed is the sheet's back.
  const last = files.pop()!;
  const content = poster && (await withBack(last.content, files.length > 0 ? 0 : 1, poster, sheet, options));
  files.push({ ...last, ...(content ? { content } : {}) });
  const isScaled = kind === 'booklet' && scaleToFit(scheme, sheet, [options.trim!], config.printer.margin) < 0.995;
  const folded = isScaled ? { trim: sizeInMm(panelOf(laid)) } : {};
  const ticket = {
    name: `${nameOf(config, laid)}-ticket.pdf`,
    content: await printTicket(job, laid, await inkingIn(files, config, laid)),
  };
  return files.map(({ part, content }, index) => ({
    ...{ name: fileName(config, laid, part), content, kind, paper: paper.name, sheets: scheme.sheets.length },
    ...{ ...(part ? { part } : {}), ...folded, ...(poster ? { poster: true as const } : {}) },
    ...(index === 0 ? { ticket } : {}),
  }));
}

const nameOf = ({ slug }: EditionConfig, { kind, paper }: Laid): string => `${slug}-${kind}-${paper.name}`;
const fileName = (config: EditionConfig, laid: Laid, part: Part | undefined): string =>
  `${nameOf(config, laid)}${part ? `-${part}` : ''}.pdf`;

/** Which inks each sheet has, of both its sides, as the finished files show. */
async function inkingIn(
  files: readonly { readonly content: Uint8Array }[],
  { printer }: EditionConfig,
  { scheme, sheet }: Laid,
): Promise<Inking[]> {
  const { inkingOf, inkingOfAll } = await import('./print/plates.ts');
  const stacks = stacksFor(scheme, sheet, printerOf(printer, sheet));
  const found: Inking[][] = scheme.sheets.map(() => []);
  for (const [stack, { content }] of files.entries())
    for (const [page, inking] of (await inkingOf(content)).entries()) found[stacks[stack]![page]!.sheet]!.push(inking);
  return found.map(inkingOfAll);
}

interface About {
  readonly laid: Laid;
  /** Of each sheet; not needed for the steps. */
  readonly inking: readonly Inking[];
  readonly language: string;
  /** What the one, or the fronts and the backs, are called. */
  readonly called: (part: Part | undefined) => string;
}

function ticketAbout(config: EditionConfig, { laid, inking, language, called }: About): Ticket {
  const { kind, paper, scheme, sheet } = laid;
  const job = {
    ...{ scheme, sheet, inking, printer: config.printer, paper: pageLabelsFor(language).paper(paper.name) },
    trim: kind === 'booklet' ? config.pamphlet.trim.size : panelOf(laid),
    files: partsOf(scheme, config.printer).map(called),
  };
  return ticketFor(job, phrasesFor(language));
}

/** Printing, folding, binding, a step an entry, drawn where hands do more than press a button. */
export function stepsFor(
  config: EditionConfig,
  { kind, paper: called, pages = 0, poster }: Pick<ManifestFile, 'kind' | 'paper' | 'pages' | 'poster'>,
  spine: 'left' | 'right',
  language: string,
): { readonly text: string; readonly svg?: string }[] {
  if (kind !== 'booklet' && kind !== 'sheet') return [];
  const paper = (kind === 'booklet' ? config.pamphlet : config.zine).paper.find(({ name }) => name === called);
  if (!paper) return [];
  const { theFile } = phrasesFor(language);
  const laid = laidOut(config, kind, paper, { pages, spine, poster });
  const about = { laid, inking: [], language, called: (part: Part | undefined) => theFile[part ?? 'whole'] };
  const { printing, steps } = ticketAbout(config, about);
  return [
    ...printing.map((text) => ({ text: tied(text) })),
    ...steps.map(({ text, drawing }) => ({ text: tied(text), svg: engrave(drawing).svg })),
  ];
}

/** What prints on these prints tickets on Letter. */
const AMERICAN = ['letter', 'legal', 'tabloid', 'half-letter'];

async function printTicket(
  { edition, options, tickets }: ImposedJob,
  laid: Laid,
  inking: readonly Inking[],
): Promise<Uint8Array> {
  const { config, book } = edition;
  const phrases = phrasesFor(book.language);
  const called = (part: Part | undefined): string => fileName(config, laid, part);
  const { steps, ...ticket } = ticketAbout(config, { laid, inking, language: book.language, called });
  const words = {
    ...{ ...ticket, heads: phrases.heads, title: edition.title, edition: config.label ?? config.name },
    ...{
      language: book.language,
      direction: edition.direction,
      paper: pageLabelsFor(book.language).paper(laid.paper.name),
    },
    steps: steps.map(({ text, drawing }) => ({ text, ...engrave(drawing) })),
  };
  const size = PAPERS[AMERICAN.includes(laid.paper.name) ? 'letter' : 'a4']!;
  const title = phrases.ticketFor(edition.title);
  const { language } = phrases;
  const form = {
    css: tickets.css,
    body: ticketMarkup(words, tickets.template),
    title,
    language,
    spot: book.spot,
    size,
  };
  const stone = await tickets.stone();
  const { pdf, offset } = await setTicket({ ...form, name: `${nameOf(config, laid)}-ticket.html` }, stone);
  await stone.clear();
  const { readingCopy } = await import('./print/press.ts');
  return readingCopy([pdf], { offset, trim: size, date: options.date, title, language });
}
