// A sheet with something of its own on the back. Takes imposed sheets that have an empty back, and one page of the sheet's size;
// gives the sheets with that page on it.
import type { PDFDocument, PDFPage } from '@pdfme/pdf-lib';
import type { Size } from '../book/measure.ts';
import { nums } from './content.ts';
import type { Scheme } from './folds.ts';
import { type ImposeOptions, impose } from './imposition.ts';
import { drawing, dropUnused, load, name, pageContents, save } from './pdf.ts';
import { layOut } from './stacks.ts';

/** The scheme printed on both sides, the second one empty. */
export function withEmptyBacks(scheme: Scheme): Scheme {
  const sheets = scheme.sheets.map((sheet) => ({
    ...sheet,
    inner:
      sheet.inner === 'blank'
        ? sheet.outer.map((row) => row.map((placement) => ({ ...placement, folio: 'blank' as const })))
        : sheet.inner,
  }));
  return { ...scheme, sheets };
}

export interface Back {
  readonly pdf: Uint8Array;
  /** The sheet's, or that turned by a quarter. */
  readonly size: Size;
  /** CSS px. */
  readonly offset: number;
}

/** The imposed file, its page `at` (from 0) replaced by the back; the same inks and date as the front's. */
export async function withBack(
  imposed: Uint8Array,
  at: number,
  { pdf, size, offset }: Back,
  sheet: Size,
  options: Pick<ImposeOptions, 'date' | 'inks'>,
): Promise<Uint8Array> {
  const alone = { ...layOut({ fold: 'singles' }, size, { pages: 1, spine: 'left', trim: size }), sheet: size };
  const page = await impose([pdf], { ...options, ...alone, trim: size, offset, bleed: 0, foldMarks: false });
  const doc = await load(imposed);
  const [back] = await doc.copyPages(await load(page), [0]);
  if (Math.abs(size.width - sheet.width) > 1) turn(doc, back!, sheet);
  doc.removePage(at);
  doc.insertPage(at, back!);
  dropUnused(doc);
  return save(doc);
}

/** A quarter to the left, so that the page lies as the sheet does. */
function turn(doc: PDFDocument, page: PDFPage, { width, height }: Size): void {
  const before = drawing(doc.context, `q 0 1 -1 0 ${nums([width, 0])} cm\n`);
  page.node.set(name('Contents'), doc.context.obj([before, ...pageContents(page), drawing(doc.context, '\nQ')]));
  page.node.set(name('MediaBox'), doc.context.obj([0, 0, width, height]));
}
