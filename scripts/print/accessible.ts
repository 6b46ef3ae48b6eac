// The reading copy as PDF/UA-1 (ISO 14289-1:2014): the browser's tags made the book's own structure, words whole over the ends
// of lines, links that say where they lead. Edits the document in place; says whether all that a machine can tell holds.
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFRef,
  PDFString,
} from '@pdfme/pdf-lib';
import { inOrder, linksIn, ROLES } from './order.ts';
import { dictOf, name } from './pdf.ts';
import { mendDrawing } from './pieces.ts';
import { isPlace, isTag, setTags, type Tag, tag, takeTags } from './tags.ts';
import { lexiconOf } from './wording.ts';

export interface Reading {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  /** What is printed on each page as its number; the page's place where they are missing. */
  readonly folios?: readonly string[];
  /** All words of the edition, however they are parted by spaces: tells which hyphens are words' own. */
  readonly text?: string;
  /** What a link is called, in the book's language. */
  readonly labels?: LinkLabels;
}

export interface LinkLabels {
  /** With {page}. */
  readonly seePage: string;
  readonly notes: string;
  readonly backToText: string;
}

const ENGLISH: LinkLabels = { seePage: 'page {page}', notes: 'Notes', backToText: 'Back to the text' };

/** Comes back true where the document may be called PDF/UA-1. */
export function mendTags(doc: PDFDocument, reading: Reading): boolean {
  const { context } = doc;
  describeLinks(doc, reading);
  const roots = takeTags(doc);
  if (!roots) return false;
  const tree = inOrder(roots, reading.language, (link) => {
    const place = link.kids.find(isPlace);
    return place && targetOf(doc, dictOf(context, place.annotation)).text;
  });
  const { mute } = mendDrawing(doc, tree, lexiconOf(reading.text ?? ''));
  setTags(doc, [tree], ROLES);
  doc.catalog.set(name('MarkInfo'), context.obj({ Marked: true }));
  for (const page of doc.getPages()) if (page.node.Annots()) page.node.set(name('Tabs'), name('S'));
  return mute === 0 && reading.title !== '' && described(tree) && allLinked(doc, tree) && embedded(doc);
}

/** Every figure says what it shows. */
function described(one: Tag): boolean {
  if (one.type === 'Figure' && !one.alt) return false;
  return one.kids.every((kid) => !isTag(kid) || described(kid));
}

function allLinked(doc: PDFDocument, tree: Tag): boolean {
  const held = new Set(
    linksIn(tag('Document', [tree])).flatMap(({ kids }) => kids.filter(isPlace).map((one) => one.annotation)),
  );
  return doc
    .getPages()
    .every((page) => (page.node.Annots()?.asArray() ?? []).every((entry) => held.has(entry as PDFRef)));
}

function embedded({ context }: PDFDocument): boolean {
  return context.enumerateIndirectObjects().every(([, object]) => {
    if (!(object instanceof PDFDict) || object.get(name('Type')) !== name('FontDescriptor')) return true;
    return ['FontFile', 'FontFile2', 'FontFile3'].some((key) => object.has(name(key)));
  });
}

interface Target {
  /** A destination's name, or an address. */
  readonly text?: string;
  readonly outside?: boolean;
  readonly leaf?: PDFDict;
}

function targetOf({ context, catalog }: PDFDocument, link: PDFDict | undefined): Target {
  const address = dictOf(context, link?.get(name('A')))?.lookup(name('URI'));
  if (address instanceof PDFString || address instanceof PDFHexString)
    return { text: address.decodeText(), outside: true };
  const destination = link?.lookup(name('Dest'));
  const named = destination instanceof PDFName ? destination : undefined;
  const target = named ? dictOf(context, catalog.get(name('Dests')))?.lookup(named) : destination;
  const leaf = target instanceof PDFArray ? target.lookup(0) : undefined;
  return { ...(named ? { text: named.decodeText() } : {}), ...(leaf instanceof PDFDict ? { leaf } : {}) };
}

/** Links out are described by their address, those to notes by the note, others by the page they lead to. */
function describeLinks(doc: PDFDocument, { folios, labels = ENGLISH, language }: Reading): void {
  const { context } = doc;
  const pages = doc.getPages();
  const numbers = new Map(pages.map((page, index) => [page.node as PDFDict, folios?.[index] ?? `${index + 1}`]));
  const wordsFor = ({ text, outside, leaf }: Target): string | undefined => {
    if (outside) return text;
    const note = /^note-(.+)$/.exec(text ?? '');
    if (note) return `${labels.notes}: ${note[1]}`;
    const page = leaf && numbers.get(leaf);
    const place = page && labels.seePage.replace('{page}', page);
    return text?.startsWith('call-') ? [labels.backToText, place].filter(Boolean).join(', ') : place;
  };
  for (const page of pages) {
    for (const entry of page.node.Annots()?.asArray() ?? []) {
      const link = dictOf(context, entry);
      if (!link || link.get(name('Subtype')) !== name('Link') || link.has(name('Contents'))) continue;
      link.set(name('Contents'), PDFHexString.fromText(wordsFor(targetOf(doc, link)) ?? 'Link'));
      link.set(name('Lang'), PDFString.of(language));
      // For the paper, if it is printed after all (ISO 32000-1, 12.5.3).
      link.set(name('F'), PDFNumber.of(4));
    }
  }
}
