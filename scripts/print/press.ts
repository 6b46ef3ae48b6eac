// The two finished forms of the pages: a copy to read on a screen and a copy for a printer's press.
// Takes the PDF that the browser printed from oversize pages; gives bytes, the same for the same input.
import { PDFDict, type PDFDocument, PDFHexString, type PDFRef, PDFString } from '@pdfme/pdf-lib';
import { mendTags, type Reading } from './accessible.ts';
import { boxForPress, cutToTrim, enclose, type Press, type Source } from './boxes.ts';
import type { Profile } from './icc.ts';
import { type InkReport, type Inks, toInks } from './inks.ts';
import { open, type Printed } from './joining.ts';
import type { Face } from './lettering.ts';
import { cropMarks } from './marks.ts';
import { setMetadata, stampOf } from './metadata.ts';
import { drawing, dropUnused, infoOf, name, save, settleDates } from './pdf.ts';
import { PDFX_VERSION, toPdfX } from './pdfx.ts';
import { registerMarks } from './register.ts';
import { type PrintedPicture, printedPictures } from './sharpness.ts';
import { addSlugLines, markOfText, SLUG_NAME } from './slugline.ts';

/** Marks outside the bleed, each for itself; `fold` only where a sheet has folds. */
export type Mark = 'crop' | 'registration' | 'fold' | 'slug';

export interface PressOptions extends Omit<Press, 'marks'>, Inks {
  readonly marks: readonly Mark[];
  readonly date: Date;
  readonly title: string;
  /** For the slug line: the date as the book says it, what the edition is called, and its typefaces. */
  readonly issued?: string;
  readonly edition: string;
  readonly faces: readonly Face[];
  readonly standard: 'none' | 'pdf/x-4';
  /** Of the press, for PDF/X-4; our own for black ink where it is missing. */
  readonly profile?: Profile;
}

export interface PressReport extends Pick<InkReport, 'kept'> {
  readonly pictures: readonly PrintedPicture[];
}

/** For the press: exact boxes, bleed, marks, inks; no links, outline, tags or forms. */
export async function pressCopy(
  pdf: Printed,
  options: PressOptions,
): Promise<{ readonly pdf: Uint8Array; readonly report: PressReport }> {
  const { date, title, trim, bleed } = options;
  const doc = await open(pdf);
  stripForPaper(doc);
  for (const page of doc.getPages()) for (const key of ['Annots', 'Tabs', 'StructParents']) page.node.delete(name(key));
  const mark = markOfText(doc);
  const { kept, coloured } = toInks(doc, options);
  const pictures = printedPictures(doc);
  const shown = options.marks.filter((kind) => kind !== 'fold');
  boxForPress(doc, { ...options, marks: shown.length > 0 });
  const inColour = doc.getPages().map(coloured);
  if (shown.includes('slug')) await addSlugLines(doc, options, mark, options);
  drawMarks(doc, inColour, (colour) =>
    [
      shown.includes('crop') ? cropMarks(trim, bleed) : '',
      shown.includes('registration') ? registerMarks(trim, bleed, colour) : '',
      shown.includes('slug') ? `/${SLUG_NAME} Do\n` : '',
    ].join(''),
  );
  infoOf(doc).set(name('Title'), PDFHexString.fromText(title));
  infoOf(doc).set(name('Trapped'), name('False'));
  settleDates(doc, date);
  const exchange = options.standard === 'pdf/x-4';
  if (exchange) toPdfX(doc, { title, date, mark, ...(options.profile ? { profile: options.profile } : {}) });
  dropUnused(doc);
  return { pdf: exchange ? save(doc, PDFX_VERSION) : save(doc), report: { kept, pictures } };
}

/** Before all else on each page; pages alike share a stream. */
function drawMarks(doc: PDFDocument, inColour: readonly boolean[], marks: (colour: boolean) => string): void {
  const made = new Map<string, PDFRef>();
  for (const [index, page] of doc.getPages().entries()) {
    const text = marks(inColour[index]!);
    if (text === '') continue;
    const ref = made.get(text) ?? drawing(doc.context, text);
    made.set(text, ref);
    enclose(doc, page, ref);
  }
}

/** Takes from the catalog all that only a screen has a use for. */
export function stripForPaper(doc: PDFDocument): void {
  for (const key of SCREEN_KEYS) doc.catalog.delete(name(key));
}

const SCREEN_KEYS = [
  ...['AA', 'AcroForm', 'Dests', 'MarkInfo', 'Metadata', 'Names', 'OpenAction', 'Outlines', 'PageLabels', 'PageMode'],
  ...['StructTreeRoot', 'Threads', 'ViewerPreferences'],
];

export interface ReadingOptions extends Source, Reading {
  readonly date: Date;
  /** `rtl`: bound at the right, so that viewers lay spreads and turn pages from right to left. */
  readonly direction?: 'ltr' | 'rtl';
}

/** To read on a screen: cut to the trim, links, outline and tags kept and mended, the title in the window's bar. */
export async function readingCopy(pdf: Printed, options: ReadingOptions): Promise<Uint8Array> {
  const doc = await open(pdf);
  cutToTrim(doc, options);
  const universal = mendTags(doc, options);
  const { catalog, context } = doc;
  catalog.set(name('Lang'), PDFString.of(options.language));
  const found = catalog.lookup(name('ViewerPreferences'));
  const preferences = found instanceof PDFDict ? found : context.obj({});
  preferences.set(name('DisplayDocTitle'), context.obj(true));
  if (options.direction === 'rtl') preferences.set(name('Direction'), name('R2L'));
  catalog.set(name('ViewerPreferences'), preferences);
  labelPages(doc, options.folios ?? []);
  infoOf(doc).set(name('Title'), PDFHexString.fromText(options.title));
  settleDates(doc, options.date);
  const stamp = stampOf(options.date);
  setMetadata(doc, {
    'dc:format': 'application/pdf',
    'dc:title': options.title,
    'dc:language': options.language,
    'xmp:CreateDate': stamp,
    'xmp:ModifyDate': stamp,
    ...(universal ? { 'pdfuaid:part': '1' } : {}),
  });
  return save(doc);
}

/** Roman numbers at the front, for the viewer's page field (ISO 32000-1, 12.4.2); figures from 1 need no words. */
function labelPages({ catalog, context }: PDFDocument, folios: readonly string[]): void {
  const first = folios.findIndex((folio) => /^\d/.test(folio));
  const front = first < 0 ? folios.length : first;
  if (front === 0) return;
  const text = front < folios.length ? [front, { S: 'D' }] : [];
  catalog.set(name('PageLabels'), context.obj({ Nums: [0, { S: 'r' }, ...text] }));
}
