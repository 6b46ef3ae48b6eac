// Imposition: pages put onto sheets as a folding scheme says, so that the folded paper reads from first to last.
// Takes any PDF, a scheme and sizes in points; gives the sheets as a PDF. Each page's own drawing becomes a form, in place:
// nothing is copied or encoded anew, and fonts stay shared.
import { PDFDict, PDFDocument, PDFHexString, type PDFObject, type PDFPage, PDFRef, PDFStream } from '@pdfme/pdf-lib';
import type { Size } from '../book/measure.ts';
import { type Stamps, stampsOf } from './annotations.ts';
import { nums } from './content.ts';
import { duplexMode, type Printer, printerFor, type Side, stacksFor } from './duplex.ts';
import { type Scheme, tooMany } from './folds.ts';
import { type Inks, toInks } from './inks.ts';
import { open, type Printed } from './joining.ts';
import { foldMarks, trimMarks } from './marks.ts';
import { boxOf, decoded, drawing, dropUnused, infoOf, name, numberOf, pageContents, save, settleDates } from './pdf.ts';
import { stripForPaper } from './press.ts';
import { matrixOf, type Setting, seatOf, settingsFor } from './seats.ts';

export interface Creep {
  /** Of one leaf, in points. */
  readonly thickness: number;
  /** 1 where the fold is pressed flat, up to π/2 where it is round. */
  readonly factor: number;
}

/** A leaf of 80 g/m² paper is 0.1 mm thick. */
export const PRESSED_FOLD: Creep = { thickness: (0.1 * 72) / 25.4, factor: 1 };

export interface ImposeOptions {
  readonly scheme: Scheme;
  /** Lying or standing as the scheme wants it: see `laid`. */
  readonly sheet: Size;
  /** Where the trim lies in the source pages, as in `Source`; left out, each page's own boxes tell. */
  readonly trim?: Size;
  readonly offset?: number;
  /** Shown outside the trim, but never across a fold, in points. */
  readonly bleed: number;
  readonly date: Date;
  readonly title?: string;
  readonly foldMarks: boolean;
  readonly creep?: Creep;
  /** Left out, colours stay as they are. */
  readonly inks?: Inks;
  /** Left out, one that prints both sides and turns a lying sheet about its short edge, a standing one about its long edge. */
  readonly printer?: Printer;
  /** Which of the printer's stacks: 1 is the second one of a printer that prints both sides by hand. */
  readonly stack?: 0 | 1;
  /** Along the edges of the sheet the printer prints nothing, in points. */
  readonly margin?: number;
  /** Moves what is on the backs, as they are seen in the file, so many points to the right and down. */
  readonly shift?: readonly [right: number, down: number];
}

/** A source page as a form: what it is called by, and its trim in its own coordinates. */
interface Form {
  readonly ref: PDFRef;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Throws a VFileMessage `page-count` where the scheme has fewer pages than the PDF. An opened document is used up.
 */
export async function impose(pdf: Printed | PDFDocument, options: ImposeOptions): Promise<Uint8Array> {
  const doc = pdf instanceof PDFDocument ? pdf : await open(pdf);
  const { scheme, sheet, creep = PRESSED_FOLD, printer = printerFor(sheet) } = options;
  const pages = doc.getPages();
  if (pages.length > scheme.pages) throw tooMany(scheme, pages.length, scheme.pages);
  if (options.inks) toInks(doc, options.inks);
  const used = new Set<PDFRef>();
  const [shared, marks] = [new Map<string, PDFRef>(), new Map<string, PDFRef>()];
  const forms = pages.map((page) => toForm(doc, page, options, { used, shared }));
  const settings = settingsFor(scheme, sheet, forms, options.margin);
  const seats: Seats = {
    ...{ ...options, creep, forms, tree: doc.context.nextRef() },
    settings,
    largest: largestOf(forms, settings),
    // Whoever folds a booklet looks at the inner formes, and on the outer ones a tick would show on the cover.
    marked: scheme.sheets.every(({ inner }) => inner === 'blank') ? 'outer' : 'inner',
    marksOf: (text) => drawnOnce(doc, text, marks),
  };
  const stacks = stacksFor(scheme, sheet, printer);
  const sides = (stacks[options.stack ?? 0] ?? []).map((side) => drawSide(doc, side, seats));
  doc.context.assign(seats.tree, doc.context.obj({ Type: 'Pages', Kids: sides, Count: sides.length }));
  stripForPaper(doc);
  doc.catalog.set(name('Pages'), seats.tree);
  const preferences = { PrintScaling: 'None', Duplex: duplexMode(scheme, printer), PickTrayByPDFSize: true };
  doc.catalog.set(name('ViewerPreferences'), doc.context.obj(preferences));
  if (options.title !== undefined) infoOf(doc).set(name('Title'), PDFHexString.fromText(options.title));
  settleDates(doc, options.date);
  dropUnused(doc);
  return save(doc);
}

interface Kept {
  /** Streams that are forms already. */
  readonly used: Set<PDFRef>;
  /** What many forms have alike, by how it is written: it goes into an object stream once and not with every form. */
  readonly shared: Map<string, PDFRef>;
}

/** Turns the page's contents into a form in place; a stream that another page draws too gets a second dictionary. */
function toForm(doc: PDFDocument, page: PDFPage, options: ImposeOptions, { used, shared }: Kept): Form {
  const { context } = doc;
  const contents = pageContents(page);
  const [only] = contents;
  let ref = contents.length === 1 && only && !used.has(only) ? only : undefined;
  if (!ref) {
    const text = contents.map((each) => decoded(context.lookup(each, PDFStream)));
    ref = drawing(context, text.map((each) => Buffer.from(each).toString('latin1')).join('\n'));
  }
  used.add(ref);
  const box = once(doc, context.obj([...mediaOf(page)]), shared);
  const { dict } = context.lookup(ref, PDFStream);
  dict.set(name('Subtype'), name('Form'));
  dict.set(name('BBox'), box);
  dict.set(name('Resources'), resourcesOf(doc, page.node, shared));
  const group = page.node.get(name('Group'));
  if (group) dict.set(name('Group'), group);
  const stamps = stampsOf(page, quartersOf(page));
  const whole = stamps ? stamped(doc, ref, box, stamps) : ref;
  const turned = turnedBy(page);
  if (turned) context.lookup(whole, PDFStream).dict.set(name('Matrix'), context.obj([...turned, 0, 0]));
  return { ref: whole, ...trimOf(page, options) };
}

/** The page's form and over it its annotations, whatever state the page leaves the pen in. */
function stamped({ context }: PDFDocument, page: PDFRef, box: PDFObject, stamps: Stamps): PDFRef {
  const ref = drawing(context, `/Page Do\n${stamps.operators}`);
  const { dict } = context.lookup(ref, PDFStream);
  dict.set(name('Subtype'), name('Form'));
  dict.set(name('BBox'), box);
  const forms = Object.fromEntries([['Page', page], ...stamps.forms]);
  dict.set(name('Resources'), context.obj({ XObject: forms, Properties: Object.fromEntries(stamps.layers) }));
  return ref;
}

/** The trims of a document's pages as a reader sees them, in points. */
export const trimsOf = (doc: PDFDocument): Size[] =>
  doc.getPages().map((page) => {
    const { width, height } = trimOf(page, {});
    return { width, height };
  });

type Turn = readonly [number, number, number, number];

/** By how many quarters, clockwise, a page is shown turned (`Rotate`); as viewers do it, none where it is no quarters. */
function quartersOf(page: PDFPage): number {
  const angle = numberOf(page.doc.context.lookup(inherited(page.node, 'Rotate'))) ?? 0;
  return angle % 90 === 0 ? (((angle / 90) % 4) + 4) % 4 : 0;
}

/** How a page's `Rotate` and `UserUnit` (ISO 32000-1, table 30) change its coordinates; undefined where they do not. */
function turnedBy(page: PDFPage): Turn | undefined {
  const given = numberOf(page.node.lookup(name('UserUnit'))) ?? 1;
  const unit = given > 0 ? given : 1;
  const turn = TURNS[quartersOf(page)]!;
  if (turn[0] === 1 && unit === 1) return undefined;
  return [turn[0] * unit, turn[1] * unit, turn[2] * unit, turn[3] * unit];
}

/** The page's own, or the nearest of the page tree above it; as it is written there, maybe a reference. */
function inherited(node: PDFDict, key: string): PDFObject | undefined {
  const seen = new Set<PDFDict>();
  for (let at: PDFDict | undefined = node; at && !seen.has(at); at = at.lookupMaybe(name('Parent'), PDFDict)) {
    seen.add(at);
    const found = at.get(name(key));
    if (found && at.lookup(name(key))) return found;
  }
  return undefined;
}

/** How so many quarters turn a page's coordinates. */
const TURNS: readonly Turn[] = [
  [1, 0, 0, 1],
  [0, -1, 1, 0],
  [-1, 0, 0, -1],
  [0, 1, -1, 0],
];

type Box = readonly [number, number, number, number];

/** A page must have one; viewers show one without it as US Letter. */
function mediaOf(page: PDFPage): Box {
  const found = boxOf(page.doc.context.lookup(inherited(page.node, 'MediaBox')));
  return found && found[2] - found[0] >= 1 && found[3] - found[1] >= 1 ? found : [0, 0, 612, 792];
}

/** From `offset` and `trim` where given, else what can be used of the page's TrimBox, CropBox or MediaBox; upright. */
function trimOf(page: PDFPage, { offset, trim }: Pick<ImposeOptions, 'offset' | 'trim'>): Omit<Form, 'ref'> {
  const media = mediaOf(page);
  if (trim && offset !== undefined)
    return { left: media[0] + offset * 0.75, bottom: media[3] - offset * 0.75 - trim.height, ...trim };
  const within = (key: string): Box | undefined => {
    const box = boxOf(page.doc.context.lookup(inherited(page.node, key)));
    if (!box) return undefined;
    const [left, bottom] = [Math.max(box[0], media[0]), Math.max(box[1], media[1])];
    const [right, top] = [Math.min(box[2], media[2]), Math.min(box[3], media[3])];
    return right - left >= 1 && top - bottom >= 1 ? [left, bottom, right, top] : undefined;
  };
  const [left, bottom, right, top] = within('TrimBox') ?? within('CropBox') ?? media;
  const [a, b, c, d] = turnedBy(page) ?? [1, 0, 0, 1];
  const corners = [left, right].flatMap((x) => [bottom, top].map((y) => [a * x + c * y, b * x + d * y] as const));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [from, foot] = [Math.min(...xs), Math.min(...ys)];
  return { left: from, bottom: foot, width: Math.max(...xs) - from, height: Math.max(...ys) - foot };
}

interface Seats extends ImposeOptions {
  readonly creep: Creep;
  readonly forms: readonly Form[];
  /** The new page tree. */
  readonly tree: PDFRef;
  /** Of each page. */
  readonly settings: readonly Setting[];
  /** As wide and as tall as the widest and the tallest of them are printed. */
  readonly largest: Size;
  /** The side that has the marks. */
  readonly marked: 'outer' | 'inner';
  /** The stream that draws these marks, one for all sides. */
  readonly marksOf: (text: string) => PDFRef;
}

function largestOf(forms: readonly Form[], settings: readonly Setting[]): Size {
  const sizes = forms.map(({ width, height }, index) => {
    const { scale, lying } = settings[index]!;
    return lying ? [height * scale, width * scale] : [width * scale, height * scale];
  });
  const most = (side: 0 | 1): number => sizes.reduce((found, size) => Math.max(found, size[side]!), 0);
  return { width: most(0), height: most(1) };
}

/** One side of a sheet as a page of its own. */
function drawSide(doc: PDFDocument, { sheet: index, side, turned }: Side, seats: Seats): PDFRef {
  const { scheme, sheet, bleed, creep, forms, settings, largest, margin = 0, shift: moved = [0, 0] } = seats;
  const forme = scheme.sheets[index]![side];
  const drawn: string[] = [];
  const trims: string[] = [];
  const pages: Record<string, PDFRef> = {};
  for (const [row, placements] of forme === 'blank' ? [] : forme.entries()) {
    for (const [column, placement] of placements.entries()) {
      const at = placement.folio === 'blank' ? -1 : placement.folio - 1;
      const [form, setting] = [forms[at], settings[at]];
      if (!form || !setting) continue;
      const shift = placement.depth * creep.thickness * creep.factor;
      const cell = { row, column, side };
      const seat = seatOf(scheme, sheet, placement, cell, form, { ...setting, shift, bleed, margin });
      trims.push(trimMarks(scheme, sheet, placement, cell, { page: largest, shift, bleed, margin }));
      pages[`P${placement.folio}`] = form.ref;
      drawn.push(`q ${nums(seat.window)} re W n ${nums(matrixOf(seat, form))} cm /P${placement.folio} Do Q\n`);
    }
  }
  const [right, down] = side === 'inner' ? moved : [0, 0];
  const places = right === 0 && down === 0 ? '' : `1 0 0 1 ${nums([right, -down])} cm\n`;
  const stood = turned ? `-1 0 0 -1 ${nums([sheet.width, sheet.height])} cm\n` : '';
  const folds = side === seats.marked ? foldMarks(scheme, sheet, side, index) : '';
  // Sheets have the same marks mostly.
  const marks = (seats.foldMarks ? [trims.join(''), folds] : []).filter((text) => text !== '').map(seats.marksOf);
  const page = doc.context.obj({
    Type: 'Page',
    Parent: seats.tree,
    MediaBox: [0, 0, sheet.width, sheet.height].map((value) => Math.round(value * 1e4) / 1e4),
    Resources: { XObject: pages },
    Contents: [drawing(doc.context, places + stood + drawn.join('')), ...marks],
  });
  return doc.context.register(page);
}

function resourcesOf(doc: PDFDocument, node: PDFDict, shared: Kept['shared']): PDFObject {
  const found = inherited(node, 'Resources');
  return found ? once(doc, found, shared) : doc.context.obj({});
}

/** As an object of its own, the same for all that is written alike. */
function once(doc: PDFDocument, object: PDFObject, shared: Kept['shared']): PDFObject {
  if (object instanceof PDFRef) return object;
  const text = `${object}`;
  const ref = shared.get(text) ?? doc.context.register(object);
  shared.set(text, ref);
  return ref;
}

function drawnOnce({ context }: PDFDocument, text: string, made: Map<string, PDFRef>): PDFRef {
  const ref = made.get(text) ?? drawing(context, text);
  made.set(text, ref);
  return ref;
}
