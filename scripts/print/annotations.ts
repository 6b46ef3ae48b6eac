// What stands on a page as annotations, drawn into the page: filled-in forms, stamps, comments, which an imposed page would lose.
// Takes a document that we did not make; edits its pages in place.
import { PDFArray, type PDFDict, type PDFDocument, PDFNumber, type PDFPage, PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { nums } from './content.ts';
import { boxOf, dictOf, drawing, name, numbersOf, pageContents } from './pdf.ts';

/** ISO 32000-1, table 165. */
const HIDDEN = 1 << 1;
const PRINT = 1 << 2;
const NO_VIEW = 1 << 5;

const dictsOf = (page: PDFPage): PDFDict[] => {
  const annotations = page.node.lookup(name('Annots'));
  if (!(annotations instanceof PDFArray)) return [];
  return annotations.asArray().flatMap((each) => dictOf(page.doc.context, each) ?? []);
};

/** Form fields are printed where they say so (a button rarely does), other things where they are seen. */
function isPrinted(annotation: PDFDict): boolean {
  const found = annotation.lookup(name('F'));
  const flags = found instanceof PDFNumber ? found.asNumber() : 0;
  const kind = annotation.get(name('Subtype'));
  if (flags & HIDDEN || kind === name('Popup') || kind === name('Link')) return false;
  return (flags & PRINT) !== 0 || (kind !== name('Widget') && (flags & NO_VIEW) === 0);
}

/** Its normal appearance, in the state that it is in. */
function appearanceOf({ context }: PDFDocument, annotation: PDFDict): PDFRef | undefined {
  const normal = dictOf(context, annotation.get(name('AP')))?.get(name('N'));
  if (normal instanceof PDFRef && context.lookup(normal) instanceof PDFStream) return normal;
  const state = annotation.lookup(name('AS'));
  const chosen = state && dictOf(context, normal)?.get(state as never);
  return chosen instanceof PDFRef && context.lookup(chosen) instanceof PDFStream ? chosen : undefined;
}

/** Onto the page what its annotations show; pages without any stay untouched. */
export function stampAnnotations(doc: PDFDocument, page: PDFPage): void {
  const { context } = doc;
  const stamps: string[] = [];
  const forms: [string, PDFRef][] = [];
  for (const annotation of dictsOf(page)) {
    const form = isPrinted(annotation) ? appearanceOf(doc, annotation) : undefined;
    const placed = form && placing(context.lookup(form, PDFStream).dict, annotation);
    if (!form || !placed) continue;
    context.lookup(form, PDFStream).dict.set(name('Subtype'), name('Form'));
    const called = `Annotation${forms.length + 1}`;
    forms.push([called, form]);
    stamps.push(`q ${nums(placed)} cm /${called} Do Q\n`);
  }
  if (forms.length === 0) return;
  const own = page.node.Resources();
  const resources = own ? own.clone(context) : context.obj({});
  const objects = dictOf(context, resources.get(name('XObject')))?.clone(context) ?? context.obj({});
  for (const [called, form] of forms) objects.set(name(called), form);
  resources.set(name('XObject'), objects);
  page.node.set(name('Resources'), resources);
  const [before, after] = [drawing(context, 'q\n'), drawing(context, `Q\n${stamps.join('')}`)];
  page.node.set(name('Contents'), context.obj([before, ...pageContents(page), after]));
}

/** ISO 32000-1, algorithm 8.1: the appearance's box, as its own matrix turns it, is fitted into the rectangle. */
function placing(form: PDFDict, annotation: PDFDict): number[] | undefined {
  const box = boxOf(form.lookup(name('BBox')));
  const rectangle = boxOf(annotation.lookup(name('Rect')));
  if (!box || !rectangle) return undefined;
  const own = numbersOf(form.lookup(name('Matrix')));
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = own?.length === 6 ? own : [];
  const corners = [box[0], box[2]].flatMap((x) =>
    [box[1], box[3]].map((y) => [a * x + c * y + e, b * x + d * y + f] as const),
  );
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (right - left < 1e-6 || top - bottom < 1e-6) return undefined;
  const across = (rectangle[2] - rectangle[0]) / (right - left);
  const up = (rectangle[3] - rectangle[1]) / (top - bottom);
  return [across, 0, 0, up, rectangle[0] - left * across, rectangle[1] - bottom * up];
}

/** How many filled-in fields have no appearance: only a program that knows forms can print them. */
export function unseenFields(doc: PDFDocument): number {
  const fields = doc.getPages().flatMap(dictsOf);
  return fields.filter((field) => {
    if (field.get(name('Subtype')) !== name('Widget') || appearanceOf(doc, field)) return false;
    const holder = field.has(name('V')) ? field : dictOf(doc.context, field.get(name('Parent')));
    return holder?.has(name('V')) && isPrinted(field);
  }).length;
}
