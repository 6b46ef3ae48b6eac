// The two finished forms of the pages: a copy to read on a screen and a copy for a printer's press.
// Takes the PDF that the browser printed from oversize pages; gives bytes, the same for the same input.
import { PDFDict, type PDFDocument, PDFHexString, PDFRawStream, PDFString } from '@pdfme/pdf-lib';
import { mendTags } from './accessible.ts';
import { boxForPress, cutToTrim, enclose, type Press, type Source } from './boxes.ts';
import { type InkReport, type Inks, toInks } from './inks.ts';
import { open, type Printed } from './joining.ts';
import { cropMarks } from './marks.ts';
import { drawing, dropUnused, infoOf, name, save, settleDates } from './pdf.ts';

export interface PressOptions extends Press, Inks {
  readonly date: Date;
  readonly title?: string;
}

/** For the press: exact boxes, bleed, marks, inks; no links, outline, tags or forms. */
export async function pressCopy(
  pdf: Printed,
  options: PressOptions,
): Promise<{ readonly pdf: Uint8Array; readonly report: InkReport }> {
  const doc = await open(pdf);
  stripForPaper(doc);
  for (const page of doc.getPages()) for (const key of ['Annots', 'Tabs', 'StructParents']) page.node.delete(name(key));
  const report = toInks(doc, options);
  boxForPress(doc, options);
  if (options.marks) {
    const marks = cropMarks(options.trim, options.bleed);
    const ref = drawing(doc.context, marks);
    for (const page of doc.getPages()) enclose(doc, page, ref);
  }
  if (options.title !== undefined) infoOf(doc).set(name('Title'), PDFHexString.fromText(options.title));
  infoOf(doc).set(name('Trapped'), name('False'));
  settleDates(doc, options.date);
  dropUnused(doc);
  return { pdf: save(doc), report };
}

/** Takes from the catalog all that only a screen has a use for. */
export function stripForPaper(doc: PDFDocument): void {
  for (const key of SCREEN_KEYS) doc.catalog.delete(name(key));
}

const SCREEN_KEYS = [
  ...['AA', 'AcroForm', 'Dests', 'MarkInfo', 'Metadata', 'Names', 'OpenAction', 'Outlines', 'PageLabels', 'PageMode'],
  ...['StructTreeRoot', 'Threads', 'ViewerPreferences'],
];

export interface ReadingOptions extends Source {
  readonly date: Date;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** What is printed on each page as its number; the page's place where they are missing. */
  readonly folios?: readonly string[];
  /** `rtl`: bound at the right, so that viewers lay spreads and turn pages from right to left. */
  readonly direction?: 'ltr' | 'rtl';
}

/** To read on a screen: cut to the trim, links, outline and tags kept and mended, the title in the window's bar. */
export async function readingCopy(pdf: Printed, options: ReadingOptions): Promise<Uint8Array> {
  const doc = await open(pdf);
  cutToTrim(doc, options);
  mendTags(doc, options.folios);
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
  const metadata = PDFRawStream.of(
    context.obj({ Type: 'Metadata', Subtype: 'XML' }),
    new TextEncoder().encode(xmp(options)),
  );
  catalog.set(name('Metadata'), context.register(metadata));
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

/** The title, language and dates once more, as XMP (ISO 16684-1). */
function xmp({ title, language, date }: ReadingOptions): string {
  const plain = (text: string): string =>
    text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!);
  const stamp = `${date.toISOString().slice(0, 19)}+00:00`;
  return [
    '<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">',
    '<dc:format>application/pdf</dc:format>',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${plain(title)}</rdf:li></rdf:Alt></dc:title>`,
    `<dc:language><rdf:Bag><rdf:li>${plain(language)}</rdf:li></rdf:Bag></dc:language>`,
    `<xmp:CreateDate>${stamp}</xmp:CreateDate><xmp:ModifyDate>${stamp}</xmp:ModifyDate>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
}
