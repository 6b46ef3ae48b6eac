// Imposition: pages put onto sheets as a folding scheme says, so that the folded paper reads from first to last.
// Takes any PDF, a scheme and sizes in points; gives the sheets as a PDF. Each page's own drawing becomes a form, in place:
// nothing is copied or encoded anew, and fonts stay shared.
import {
  PDFDict,
  type PDFDocument,
  PDFHexString,
  type PDFObject,
  type PDFPage,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { VFileMessage } from 'vfile-message';
import type { Size } from '../book/measure.ts';
import { nums } from './content.ts';
import type { Forme, Placement, Scheme } from './folds.ts';
import { type Inks, toInks } from './inks.ts';
import { open, type Printed } from './joining.ts';
import { foldMarks } from './marks.ts';
import { boxOf, decoded, drawing, dropUnused, infoOf, name, pageContents, save, settleDates } from './pdf.ts';
import { stripForPaper } from './press.ts';

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
  /** Lying or standing as the scheme wants it: for both of ours, lying. */
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
}

/** A source page as a form: what it is called by, and its trim in its own coordinates. */
interface Form {
  readonly ref: PDFRef;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** A page's place on the sheet, in points: scale and origin of its trim, and the window it is seen through. */
export interface Seat {
  readonly scale: number;
  /** The trim's lower left corner, as the page lies (turned or not). */
  readonly x: number;
  readonly y: number;
  readonly turned: boolean;
  /** Left, bottom, width, height. */
  readonly window: readonly [number, number, number, number];
}

/** Throws a VFileMessage `page-count` where the scheme has fewer pages than the PDF. */
export async function impose(pdf: Printed, options: ImposeOptions): Promise<Uint8Array> {
  const doc = await open(pdf);
  const { scheme, sheet, creep = PRESSED_FOLD } = options;
  const pages = doc.getPages();
  if (pages.length > scheme.pages) throw tooMany(pages.length, scheme);
  if (options.inks) toInks(doc, options.inks);
  const used = new Set<PDFRef>();
  const forms = pages.map((page) => toForm(doc, page, options, used));
  const marks = options.foldMarks ? foldMarks(scheme, sheet) : '';
  const tree = doc.context.nextRef();
  const sides: PDFRef[] = [];
  for (const { outer, inner, depth } of scheme.sheets) {
    const shift = scheme.hold === 'spine' ? depth * creep.thickness * creep.factor : 0;
    // Whoever folds a booklet looks at the inner formes, and on the outer ones a tick would show on the cover.
    const marked = inner === 'blank' ? outer : inner;
    for (const forme of inner === 'blank' ? [outer] : [outer, inner]) {
      sides.push(side(doc, tree, forme, forms, forme === marked ? marks : '', options, shift));
    }
  }
  doc.context.assign(tree, doc.context.obj({ Type: 'Pages', Kids: sides, Count: sides.length }));
  stripForPaper(doc);
  doc.catalog.set(name('Pages'), tree);
  const duplex = scheme.sheets.some((each) => each.inner !== 'blank') ? 'DuplexFlipShortEdge' : 'Simplex';
  const preferences = { PrintScaling: 'None', Duplex: duplex, PickTrayByPDFSize: true };
  doc.catalog.set(name('ViewerPreferences'), doc.context.obj(preferences));
  if (options.title !== undefined) infoOf(doc).set(name('Title'), PDFHexString.fromText(options.title));
  settleDates(doc, options.date);
  dropUnused(doc);
  return save(doc);
}

function tooMany(pages: number, scheme: Scheme): VFileMessage {
  const reason = `Expected at most ${scheme.pages} pages for the fold \`${scheme.name}\`, found ${pages}`;
  const message = new VFileMessage(reason, { ruleId: 'page-count', source: 'print' });
  message.note = 'Take pages out, or choose the fold `saddle`, which holds any number.';
  return message;
}

/** Turns the page's contents into a form in place; a stream that another page draws too gets a second dictionary. */
function toForm(doc: PDFDocument, page: PDFPage, options: ImposeOptions, used: Set<PDFRef>): Form {
  const { context } = doc;
  const media = boxOf(page.node.MediaBox()) ?? [0, 0, 612, 792];
  const contents = pageContents(page);
  const [only] = contents;
  let ref = contents.length === 1 && only && !used.has(only) ? only : undefined;
  if (!ref) {
    const text = contents.map((each) => decoded(context.lookup(each) as PDFStream));
    ref = drawing(context, text.map((each) => Buffer.from(each).toString('latin1')).join('\n'));
  }
  used.add(ref);
  const stream = context.lookup(ref, PDFStream);
  const { dict } = stream;
  dict.set(name('Type'), name('XObject'));
  dict.set(name('Subtype'), name('Form'));
  dict.set(name('BBox'), context.obj([...media]));
  dict.set(name('Resources'), inherited(page.node, 'Resources') ?? context.obj({}));
  const group = page.node.get(name('Group'));
  if (group) dict.set(name('Group'), group);
  const trim = trimOf(page, media, options);
  const turn = ((page.getRotation().angle % 360) + 360) % 360;
  if (turn === 0) return { ref, ...trim };
  const matrix = TURNS[turn];
  if (!matrix) throw new Error(`page turned by ${turn}°`);
  dict.set(name('Matrix'), context.obj([...matrix, 0, 0]));
  const [a, b, c, d] = matrix;
  const xs = [trim.left, trim.left + trim.width];
  const ys = [trim.bottom, trim.bottom + trim.height];
  const corners = xs.flatMap((x) => ys.map((y) => [a * x + c * y, b * x + d * y] as const));
  const left = Math.min(...corners.map(([x]) => x));
  const bottom = Math.min(...corners.map(([, y]) => y));
  const [width, height] = a === 0 ? [trim.height, trim.width] : [trim.width, trim.height];
  return { ref, left, bottom, width, height };
}

/** How a page's `Rotate`, clockwise, turns its coordinates. */
const TURNS: Readonly<Record<number, readonly [number, number, number, number]>> = {
  90: [0, -1, 1, 0],
  180: [-1, 0, 0, -1],
  270: [0, 1, -1, 0],
};

type Box = readonly [number, number, number, number];

/** From `offset` and `trim` where given, else the page's TrimBox, CropBox or MediaBox. */
function trimOf(page: PDFPage, media: Box, { offset, trim }: ImposeOptions): Omit<Form, 'ref'> {
  if (trim && offset !== undefined) {
    return { left: media[0] + offset * 0.75, bottom: media[3] - offset * 0.75 - trim.height, ...trim };
  }
  const own = boxOf(page.node.lookup(name('TrimBox'))) ?? boxOf(page.node.CropBox()) ?? media;
  return { left: own[0], bottom: own[1], width: own[2] - own[0], height: own[3] - own[1] };
}

/** One side of a sheet as a page of its own. */
function side(
  doc: PDFDocument,
  tree: PDFRef,
  forme: Forme,
  forms: readonly Form[],
  marks: string,
  options: ImposeOptions,
  shift: number,
): PDFRef {
  const { scheme, sheet, bleed } = options;
  const scale = scaleToFit(scheme, sheet, forms);
  const drawn: string[] = [];
  const pages: Record<string, PDFRef> = {};
  for (const [row, placements] of forme.entries()) {
    for (const [column, placement] of placements.entries()) {
      const form = placement.folio === 'blank' ? undefined : forms[placement.folio - 1];
      if (!form) continue;
      const seat = seatOf(scheme, sheet, placement, { row, column }, form, { scale, shift, bleed });
      pages[`P${placement.folio}`] = form.ref;
      drawn.push(`q ${nums(seat.window)} re W n ${nums(matrixOf(seat, form))} cm /P${placement.folio} Do Q\n`);
    }
  }
  const page = doc.context.obj({
    Type: 'Page',
    Parent: tree,
    MediaBox: [0, 0, sheet.width, sheet.height].map((value) => Math.round(value * 1e4) / 1e4),
    Resources: { XObject: pages },
    Contents: drawing(doc.context, drawn.join('') + marks),
  });
  return doc.context.register(page);
}

/** One scale for all pages: 1, or less where the widest or tallest would not fit its cell. */
export function scaleToFit(scheme: Scheme, sheet: Size, trims: readonly Size[]): number {
  const width = Math.max(...trims.map((trim) => trim.width));
  const height = Math.max(...trims.map((trim) => trim.height));
  const scale = Math.min(sheet.width / scheme.columns / width, sheet.height / scheme.rows / height);
  return scale > 0.9999 ? 1 : scale;
}

/**
 * Where a page goes: books against the fold, `shift` nearer to it (or over it, unseen) for creep; panels in the middle.
 * The window is the trim and its bleed, but never more than the page's own cell: nothing crosses a fold.
 */
export function seatOf(
  scheme: Scheme,
  sheet: Size,
  placement: Placement,
  cell: { readonly row: number; readonly column: number },
  trim: Size,
  { scale, shift, bleed }: { readonly scale: number; readonly shift: number; readonly bleed: number },
): Seat {
  const space = { width: sheet.width / scheme.columns, height: sheet.height / scheme.rows };
  const left = cell.column * space.width;
  const bottom = sheet.height - (cell.row + 1) * space.height;
  const width = trim.width * scale;
  const height = trim.height * scale;
  const spineLeft = (placement.spine === 'left') !== placement.turned;
  const atSpine = spineLeft ? left - shift : left + space.width - width + shift;
  const x = scheme.hold === 'spine' ? atSpine : left + (space.width - width) / 2;
  const y = bottom + (space.height - height) / 2;
  const from = [Math.max(left, x - bleed * scale), Math.max(bottom, y - bleed * scale)] as const;
  const to = [
    Math.min(left + space.width, x + width + bleed * scale),
    Math.min(bottom + space.height, y + height + bleed * scale),
  ] as const;
  return { scale, x, y, turned: placement.turned, window: [...from, to[0] - from[0], to[1] - from[1]] };
}

/** From the form's coordinates to the sheet's. */
function matrixOf({ scale, x, y, turned }: Seat, form: Form): number[] {
  if (!turned) return [scale, 0, 0, scale, x - scale * form.left, y - scale * form.bottom];
  return [-scale, 0, 0, -scale, x + scale * (form.width + form.left), y + scale * (form.height + form.bottom)];
}

/** A page's own entry, or the nearest of the page tree above it. */
function inherited(node: PDFDict, key: string): PDFObject | undefined {
  for (let at: PDFDict | undefined = node; at; at = at.lookupMaybe(name('Parent'), PDFDict)) {
    const found = at.get(name(key));
    if (found) return found;
  }
  return undefined;
}
