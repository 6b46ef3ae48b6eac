// The page tree of a PDF that we did not make. Takes a document; mends in place what viewers do not mind, and throws what nobody can read.
import { PDFArray, PDFDict, type PDFDocument, PDFPageLeaf, PDFPageTree, PDFRef } from '@pdfme/pdf-lib';
import { name } from './pdf.ts';

/** Nodes that do not say what they are become pages or branches; throws where one is missing or the tree goes in circles. */
export function mendTree({ catalog, context }: PDFDocument): void {
  const mend = (ref: PDFRef, above: ReadonlySet<PDFRef>): void => {
    const node = context.lookup(ref, PDFDict);
    if (above.has(ref)) throw new Error('circular page tree');
    const kids = node.lookup(name('Kids'));
    const Kind = kids instanceof PDFArray ? PDFPageTree : PDFPageLeaf;
    if (!(node instanceof Kind)) context.assign(ref, Kind.fromMapWithContext(new Map(node.entries()), context));
    if (!(kids instanceof PDFArray)) return;
    const path = new Set([...above, ref]);
    const refs = kids.asArray().map((kid) => (kid instanceof PDFRef ? kid : context.register(kid)));
    context.lookup(ref, PDFDict).set(name('Kids'), context.obj(refs));
    for (const kid of refs) mend(kid, path);
  };
  const root = catalog.get(name('Pages'));
  if (root instanceof PDFRef) mend(root, new Set());
  if (!(catalog.lookup(name('Pages')) instanceof PDFPageTree)) throw new Error('no page tree');
}
