// Page boxes: Chromium prints our pages oversize, the trim's top left corner `offset` CSS px from the page's; here they are
// cut to size. Edits the document in place, and moves the drawing so that the MediaBox begins at 0 0.
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import type { Size } from '../book/measure.ts';
import { num, nums } from './content.ts';
import { boxOf, dictOf, drawing, name, numbersOf, pageContents } from './pdf.ts';

/** Where the trim lies in the source page. */
export interface Source {
  /** From the page's left and top edge to the trim's, in CSS px. */
  readonly offset: number;
  readonly trim: Size;
}

export interface Press extends Source {
  readonly bleed: number;
  readonly marks: boolean;
}

/** Crop marks begin this far outside the trim, or where the bleed ends if that is further. */
export const MARK_GAP = (2 * 72) / 25.4;
export const MARK_LENGTH = (5 * 72) / 25.4;

/** From the MediaBox's edge to the trim, on all four sides, in points. */
export function pressInset({ bleed, marks }: Pick<Press, 'bleed' | 'marks'>): number {
  return marks ? Math.max(bleed, MARK_GAP) + MARK_LENGTH : bleed;
}

/** MediaBox, CropBox, TrimBox exactly the trim; links, outline, and tags move along. */
export function cutToTrim(doc: PDFDocument, source: Source): void {
  const { width, height } = source.trim;
  const moves = new Map<PDFDict, Move>();
  const draw = once((text) => drawing(doc.context, text));
  for (const page of doc.getPages()) {
    const move = moveTo(page, source, 0);
    moves.set(page.node, move);
    enclose(doc, page, draw(`${translation(move)}\n`));
    movePatterns(doc, page, move);
    setBoxes(doc, page, { MediaBox: [0, 0, width, height], TrimBox: [0, 0, width, height] });
    page.node.set(name('CropBox'), page.node.get(name('MediaBox'))!);
    for (const annotation of page.node.Annots()?.asArray() ?? []) {
      const dict = doc.context.lookup(annotation);
      if (dict instanceof PDFDict) moveRect(doc, dict, move);
    }
  }
  moveDestinations(doc, moves);
}

/** TrimBox and BleedBox exact, MediaBox with room for marks where wanted; the drawing is clipped to the bleed. */
export function boxForPress(doc: PDFDocument, press: Press): void {
  const { trim, bleed } = press;
  const inset = pressInset(press);
  const around = (by: number): number[] => [inset - by, inset - by, inset + trim.width + by, inset + trim.height + by];
  const clip = [inset - bleed, inset - bleed, trim.width + 2 * bleed, trim.height + 2 * bleed];
  const draw = once((text) => drawing(doc.context, text));
  for (const page of doc.getPages()) {
    const move = moveTo(page, press, inset);
    enclose(doc, page, draw(`q ${nums(clip)} re W n ${translation(move)}\n`), draw('\nQ\n'));
    movePatterns(doc, page, move);
    setBoxes(doc, page, { MediaBox: around(inset), TrimBox: around(0), BleedBox: around(bleed) });
  }
}

interface Move {
  readonly x: number;
  readonly y: number;
}

const translation = ({ x, y }: Move): string => `1 0 0 1 ${num(x)} ${num(y)} cm`;

/** How far the page's drawing goes so that the trim's lower left corner comes to (inset, inset). */
function moveTo(page: PDFPage, { offset, trim }: Source, inset: number): Move {
  const [left, , , top] = boxOf(page.node.MediaBox())!;
  const px = 0.75;
  return { x: inset - (left + offset * px), y: inset - (top - offset * px - trim.height) };
}

/**
 * A pattern is fixed to the page, not to what is drawn with it (ISO 32000-1, 8.7.3.1): the page gets its own, moved along.
 * The old ones stay for the forms that use them.
 */
function movePatterns(doc: PDFDocument, page: PDFPage, move: Move): void {
  const { context } = doc;
  const resources = page.node.Resources();
  const patterns = dictOf(context, resources?.get(name('Pattern')));
  if (!resources || !patterns || patterns.keys().length === 0) return;
  const moved = context.obj({});
  for (const [key, entry] of patterns.entries()) {
    const pattern = context.lookup(entry);
    const copy = dictOf(context, entry)?.clone(context);
    if (!copy) continue;
    const [a, b, c, d, e, f] = numbersOf(copy.lookup(name('Matrix'))) ?? [1, 0, 0, 1, 0, 0];
    copy.set(name('Matrix'), context.obj([a!, b!, c!, d!, e! + move.x, f! + move.y]));
    moved.set(
      key,
      context.register(pattern instanceof PDFStream ? PDFRawStream.of(copy, pattern.getContents()) : copy),
    );
  }
  const own = resources.clone(context);
  own.set(name('Pattern'), moved);
  page.node.set(name('Resources'), own);
}

/** The same text, the same stream. */
function once(make: (text: string) => PDFRef): (text: string) => PDFRef {
  const made = new Map<string, PDFRef>();
  return (text) => {
    const ref = made.get(text) ?? make(text);
    made.set(text, ref);
    return ref;
  };
}

/** Puts a stream of drawing operators before, and perhaps one after, all that the page draws. */
export function enclose(doc: PDFDocument, page: PDFPage, before: PDFRef, after?: PDFRef): void {
  const streams = [before, ...pageContents(page), ...(after ? [after] : [])];
  page.node.set(name('Contents'), doc.context.obj(streams));
}

function setBoxes(doc: PDFDocument, page: PDFPage, boxes: Readonly<Record<string, readonly number[]>>): void {
  for (const key of ['CropBox', 'ArtBox', 'BleedBox', 'TrimBox', 'Rotate']) page.node.delete(name(key));
  for (const [key, box] of Object.entries(boxes)) page.node.set(name(key), doc.context.obj(box.map(round)));
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function moveRect(doc: PDFDocument, annotation: PDFDict, move: Move): void {
  const rect = boxOf(annotation.lookup(name('Rect')));
  if (!rect) return;
  const moved = rect.map((value, index) => round(value + (index % 2 === 0 ? move.x : move.y)));
  annotation.set(name('Rect'), doc.context.obj(moved));
}

/** Moves every `[page /XYZ left top zoom]`, wherever it stands: in the outline, the names, or a link. */
function moveDestinations(doc: PDFDocument, moves: ReadonlyMap<PDFDict, Move>): void {
  const seen = new Set<PDFArray>();
  const visit = (object: PDFObject): void => {
    if (object instanceof PDFDict) for (const value of object.values()) visit(value);
    if (!(object instanceof PDFArray) || seen.has(object)) return;
    seen.add(object);
    if (object.size() < 4 || object.get(1) !== name('XYZ')) {
      for (const value of object.asArray()) if (value instanceof PDFArray || value instanceof PDFDict) visit(value);
      return;
    }
    const page = object.lookup(0);
    const move = page instanceof PDFDict ? moves.get(page) : undefined;
    if (!move) return;
    for (const [index, by] of [[2, move.x] as const, [3, move.y] as const]) {
      const value = object.get(index);
      if (value instanceof PDFNumber) object.set(index, PDFNumber.of(round(Math.max(0, value.asNumber() + by))));
    }
  };
  for (const [, object] of doc.context.enumerateIndirectObjects()) visit(object);
}
