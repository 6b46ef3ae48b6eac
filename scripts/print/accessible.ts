// What the browser leaves undone in a tagged PDF and PDF/UA-1 (ISO 14289-1) asks for, as far as it costs next to nothing:
// unknown tags mapped, list items wrapped, links described. Edits the document in place.
import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from '@pdfme/pdf-lib';
import { dictOf, name } from './pdf.ts';

/** Chromium's own tags that no standard knows, and what they stand for. */
const ROLES = { Em: 'Span', Strong: 'Span', FENote: 'Note', Title: 'H1', Aside: 'Div' };

/** Where there is no structure tree, only the links are described. */
export function mendTags(doc: PDFDocument, folios?: readonly string[]): void {
  const root = dictOf(doc.context, doc.catalog.get(name('StructTreeRoot')));
  if (root) {
    const roles = dictOf(doc.context, root.get(name('RoleMap'))) ?? doc.context.obj({});
    for (const [tag, standard] of Object.entries(ROLES)) roles.set(name(tag), name(standard));
    root.set(name('RoleMap'), roles);
    for (const element of elementsIn(doc, root)) mendElement(doc, element);
  }
  describeLinks(doc, folios);
}

/** The structure elements right under this one. */
function elementsIn(doc: PDFDocument, parent: PDFDict): PDFDict[] {
  const entry = parent.lookup(name('K'));
  const kids = entry instanceof PDFArray ? entry.asArray() : entry ? [entry] : [];
  return kids
    .map((kid) => dictOf(doc.context, kid))
    .filter((kid): kid is PDFDict => kid?.get(name('S')) instanceof PDFName);
}

function mendElement(doc: PDFDocument, element: PDFDict): void {
  const kids = elementsIn(doc, element);
  const tag = element.get(name('S'));
  // A figure with its caption inside is a group; the picture in it is the figure that has the alternative text.
  if (tag === name('Figure') && !element.has(name('Alt')) && kids.length > 0) element.set(name('S'), name('Div'));
  if (tag === name('LI')) {
    for (const kid of kids) if (kid.get(name('S')) !== name('Lbl')) kid.set(name('S'), name('LBody'));
  }
  for (const kid of kids) mendElement(doc, kid);
}

/** Links out are described by their address, links within by the page they lead to. */
function describeLinks(doc: PDFDocument, folios?: readonly string[]): void {
  const { context } = doc;
  const pages = doc.getPages();
  const numbers = new Map(pages.map((page, index) => [page.node as PDFDict, folios?.[index] ?? index + 1]));
  const named = dictOf(context, doc.catalog.get(name('Dests')));
  for (const page of pages) {
    for (const entry of page.node.Annots()?.asArray() ?? []) {
      const link = dictOf(context, entry);
      if (!link || link.get(name('Subtype')) !== name('Link') || link.has(name('Contents'))) continue;
      const address = dictOf(context, link.get(name('A')))?.lookup(name('URI'));
      const destination = link.lookup(name('Dest'));
      const target = destination instanceof PDFName ? named?.lookup(destination) : destination;
      const leaf = target instanceof PDFArray ? target.lookup(0) : undefined;
      const number = leaf instanceof PDFDict ? numbers.get(leaf) : undefined;
      const text = address instanceof PDFString || address instanceof PDFHexString ? address.decodeText() : undefined;
      link.set(name('Contents'), PDFHexString.fromText(text ?? (number ? `p. ${number}` : 'Link')));
    }
  }
}
