// The slug line: what whoever holds a single sheet must know, in small type outside the bleed, in black alone: title, edition,
// page, date, and a mark of the text. Edits the document in place.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type PDFDocument, PDFRawStream, type PDFStream } from '@pdfme/pdf-lib';
import { MARK_GAP, MARK_LENGTH, type Press, pressInset } from './boxes.ts';
import { nums } from './content.ts';
import { type Face, type Lettering, openLettering } from './lettering.ts';
import { bytes, decoded, dictOf, name, pageContents } from './pdf.ts';

export interface Slug {
  readonly title: string;
  /** What the edition is called. */
  readonly edition: string;
  readonly date: Date;
  /** In the order in which they are tried. */
  readonly faces: readonly Face[];
}

/** Seven figures that change with whatever the pages draw. */
export function markOfText(doc: PDFDocument): string {
  const hash = createHash('sha256');
  for (const page of doc.getPages()) {
    for (const ref of pageContents(page)) hash.update(decoded(doc.context.lookup(ref) as PDFStream));
  }
  return hash.digest('hex').slice(0, 7);
}

const SIZE = 5;
/** From the crop marks, and from the register mark in the middle. */
const ROOM = (3 * 72) / 25.4;

/** What the page draws its line by. */
export const SLUG_NAME = 'SlugLine';

/** Gives each page its line as a form, for `/SlugLine Do`. */
export async function addSlugLines(
  doc: PDFDocument,
  press: Pick<Press, 'trim' | 'bleed'>,
  mark: string,
  slug: Slug,
): Promise<void> {
  const { context } = doc;
  const lettering = await openLettering(doc, slug.faces);
  const inset = pressInset({ ...press, marks: true });
  const half = press.trim.width / 2 - MARK_LENGTH / 2 - 2 * ROOM;
  const bottom = inset - Math.max(press.bleed, MARK_GAP) - MARK_LENGTH / 2 - SIZE / 4;
  const day = slug.date.toISOString().slice(0, 10);
  const pages = doc.getPages();
  const begin = fitted(lettering, slug.title, slug.edition, half);
  const drawn = pages.map((_, index) => {
    const end = lettering.set(`${index + 1}/${pages.length} · ${day} · ${mark}`, SIZE);
    const right = inset + press.trim.width - ROOM - end.width;
    const at = (left: number): string => `1 0 0 1 ${nums([left, bottom])} Tm`;
    return `q 0 g BT\n${at(inset + ROOM)} ${begin}${at(right)} ${end.operators}ET Q\n`;
  });
  const resources = context.register(context.obj({ Font: lettering.fonts() }));
  const box = [0, 0, 2 * inset + press.trim.width, inset].map((value) => Math.round(value * 1e4) / 1e4);
  for (const [index, page] of pages.entries()) {
    const dict = context.obj({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: box,
      Resources: resources,
      Filter: 'FlateDecode',
    });
    const form = context.register(PDFRawStream.of(dict, deflateSync(bytes(drawn[index]!))));
    const own = (page.node.Resources() ?? context.obj({})).clone(context);
    const forms = dictOf(context, own.get(name('XObject')))?.clone(context) ?? context.obj({});
    forms.set(name(SLUG_NAME), form);
    own.set(name('XObject'), forms);
    page.node.set(name('Resources'), own);
  }
}

/** Title and edition, the title cut with an ellipsis where the two are too long for the width. */
function fitted(lettering: Lettering, title: string, edition: string, width: number): string {
  const characters = [...title];
  for (let count = characters.length; count > 0; count--) {
    const shown = count < characters.length ? `${characters.slice(0, count).join('').trimEnd()}…` : title;
    const words = lettering.set(`${shown} · ${edition}`, SIZE);
    if (words.width <= width) return words.operators;
  }
  return '';
}
