// The slug line: what whoever holds a single sheet must know, in small type outside the bleed, in black alone: title, edition,
// page, the book's date if it has one, and a mark of the text. Edits the document in place.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type PDFDocument, PDFRawStream, type PDFStream } from '@pdfme/pdf-lib';
import { MARK_GAP, MARK_LENGTH, type Press, pressInset } from './boxes.ts';
import { nums } from './content.ts';
import { type Face, openLettering, type Words } from './lettering.ts';
import { bytes, decoded, dictOf, name, pageContents } from './pdf.ts';

export interface Slug {
  readonly title: string;
  /** What the edition is called. */
  readonly edition: string;
  /** As the book says it: `2026`, `2026-06` or `2026-06-01`. */
  readonly issued?: string;
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
  const pages = doc.getPages();
  const endOf = (index: number, size: number): Words =>
    lettering.set([`${index + 1}/${pages.length}`, slug.issued, mark].filter(Boolean).join(' · '), size);
  // What must be there is set smaller where half of the trim is too narrow for it.
  const size = SIZE * Math.min(1, half / Math.max(...pages.map((_, index) => endOf(index, SIZE).width)));
  const begin = fitted((text) => lettering.set(text, size), slug.title, slug.edition, half);
  const drawn = pages.map((_, index) => {
    const end = endOf(index, size);
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

type Set = (text: string) => Words;

/** Title and edition: where the two are too long, first the title is cut to half of the width, then the edition to what is left. */
function fitted(set: Set, title: string, edition: string, width: number): string {
  const room = width - set(' · ').width;
  const label = cut(set, edition, room - Math.min(set(title).width, room / 2));
  const name = cut(set, title, room - set(label).width);
  return set(`${name} · ${label}`).operators;
}

/** As much of the text as is no wider, with an ellipsis where there was more. */
function cut(set: Set, text: string, width: number): string {
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const short = (count: number): string =>
    count < letters.length ? `${letters.slice(0, count).join('').trimEnd()}…` : text;
  let count = letters.length;
  while (count > 0 && set(short(count)).width > width) count--;
  return short(count);
}
