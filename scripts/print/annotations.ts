// What stands on a page as annotations: filled-in forms, stamps, comments. Takes a document that we did not make; gives what of them is
// printed, as operators and forms, and words about what is not.
import { PDFArray, PDFBool, PDFDict, type PDFDocument, PDFName, type PDFPage, PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { nums } from './content.ts';
import { boxOf, dictOf, name, numberOf, numbersOf } from './pdf.ts';

/** ISO 32000-1, table 165. */
const HIDDEN = 1 << 1;
const PRINT = 1 << 2;
const NO_ROTATE = 1 << 4;
const NO_VIEW = 1 << 5;

/** Those that a viewer draws nothing for but their appearance (ISO 32000-1, 12.5.6). */
const UNDRAWN = new Set(
  ['Watermark', 'PrinterMark', 'TrapNet', 'Movie', 'Screen', 'RichMedia', '3D', 'Projection'].map((kind) => name(kind)),
);

/** Drawn over a page: operators, and the resources that they name. */
export interface Stamps {
  readonly operators: string;
  readonly forms: ReadonlyMap<string, PDFRef>;
  /** Optional content, by the names that the operators know it by. */
  readonly layers: ReadonlyMap<string, PDFRef>;
}

/** `printed` with its appearance, where there is one; `unseen` where a viewer draws it by itself; `screen`: not on paper. */
type Way = 'printed' | 'unseen' | 'screen' | 'nothing';

const annotationsOf = (page: PDFPage): PDFDict[] => {
  const annotations = page.node.lookup(name('Annots'));
  if (!(annotations instanceof PDFArray)) return [];
  return annotations.asArray().flatMap((each) => dictOf(page.doc.context, each) ?? []);
};

/** How an annotation is printed: where its flags say so (ISO 32000-1, 12.5.3). */
function wayOf(annotation: PDFDict): Way {
  const kind = annotation.lookup(name('Subtype'));
  const flags = numberOf(annotation.lookup(name('F'))) ?? 0;
  if (flags & HIDDEN || kind === name('Popup')) return 'nothing';
  const drawn = appearanceOf(annotation) !== undefined;
  if (!drawn && !isDrawnWithout(annotation)) return 'nothing';
  if (flags & PRINT) return drawn ? 'printed' : 'unseen';
  return flags & NO_VIEW || kind === name('Link') ? 'nothing' : 'screen';
}

/** Does a viewer draw it although it has no appearance? */
function isDrawnWithout(annotation: PDFDict): boolean {
  const kind = annotation.lookup(name('Subtype'));
  const normal = normalOf(annotation);
  // One whose state has no picture shows none: an open check box.
  if (normal instanceof PDFDict || (kind instanceof PDFName && UNDRAWN.has(kind))) return false;
  const [left, bottom, right, top] = boxOf(annotation.lookup(name('Rect'))) ?? [0, 0, 0, 0];
  if (right - left <= 0 && top - bottom <= 0) return false;
  if (kind === name('Link')) return borderOf(annotation) > 0;
  if (kind !== name('Widget')) return true;
  const look = dictOf(annotation.context, annotation.get(name('MK')));
  const value = ofField(annotation, 'V');
  return (
    look?.has(name('BG')) || look?.has(name('BC')) || (value !== undefined && !/^(\/Off|\(\)|<>)$/.test(`${value}`))
  );
}

/** Its width: 1 where nothing is said (ISO 32000-1, table 164). */
function borderOf(annotation: PDFDict): number {
  const style = dictOf(annotation.context, annotation.get(name('BS')));
  if (style) return numberOf(style.lookup(name('W'))) ?? 1;
  const border = annotation.lookup(name('Border'));
  return border instanceof PDFArray && border.size() > 2 ? (numberOf(border.lookup(2)) ?? 1) : 1;
}

/** A field's entry, its own or that of a field above it. */
function ofField(field: PDFDict, key: string): unknown {
  const seen = new Set<PDFDict>();
  for (let at: PDFDict | undefined = field; at && !seen.has(at); at = dictOf(at.context, at.get(name('Parent')))) {
    seen.add(at);
    const found = at.lookup(name(key));
    if (found) return found;
  }
  return undefined;
}

/** Its normal appearance: a stream, or one for each state. */
const normalOf = (annotation: PDFDict) => dictOf(annotation.context, annotation.get(name('AP')))?.lookup(name('N'));

/** Its normal appearance in the state that it is in, a form with a box; undefined where it has none. */
function appearanceOf(annotation: PDFDict): PDFRef | undefined {
  const { context } = annotation;
  const appearances = dictOf(context, annotation.get(name('AP')));
  const normal = normalOf(annotation);
  let found = appearances?.get(name('N'));
  if (normal instanceof PDFDict) {
    const state = annotation.lookup(name('AS')) ?? ofField(annotation, 'V');
    found = normal.get(state instanceof PDFName ? state : name('Off'));
  }
  const form = found instanceof PDFRef ? context.lookup(found) : undefined;
  return found instanceof PDFRef && form instanceof PDFStream && placing(form.dict, annotation) ? found : undefined;
}

/** For one that stands upright on a turned page: about its left upper corner, as far to the left as the page is turned to the right. */
function uprighting(annotation: PDFDict, turned: number): string {
  if (((numberOf(annotation.lookup(name('F'))) ?? 0) & NO_ROTATE) === 0 || turned === 0) return '';
  const [left, , , top] = boxOf(annotation.lookup(name('Rect')))!;
  const [cos, sin] = [[1, 0, -1, 0][turned]!, [0, 1, 0, -1][turned]!];
  return `${nums([cos, sin, -sin, cos, left - cos * left + sin * top, top - sin * left - cos * top])} cm `;
}

/** What the annotations print over a page that is shown turned by so many quarters; undefined where that is nothing. */
export function stampsOf(page: PDFPage, turned = 0): Stamps | undefined {
  const { context } = page.doc;
  const forms = new Map<string, PDFRef>();
  const layers = new Map<string, PDFRef>();
  let operators = '';
  for (const annotation of annotationsOf(page)) {
    const form = wayOf(annotation) === 'printed' ? appearanceOf(annotation) : undefined;
    if (!form) continue;
    const { dict } = context.lookup(form, PDFStream);
    dict.set(name('Subtype'), name('Form'));
    const called = `A${forms.size + 1}`;
    forms.set(called, form);
    const drawn = `q ${uprighting(annotation, turned)}${nums(placing(dict, annotation)!)} cm /${called} Do Q\n`;
    const layer = annotation.get(name('OC'));
    if (layer instanceof PDFRef) layers.set(called, layer);
    operators += layer instanceof PDFRef ? `/OC /${called} BDC ${drawn}EMC\n` : drawn;
  }
  return forms.size > 0 ? { operators, forms, layers } : undefined;
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

/** What is seen on a screen and not on the sheets, a sentence for each reason. */
export function unprintedIn(doc: PDFDocument): string[] {
  const pages = doc.getPages().map((page) => annotationsOf(page).map(wayOf));
  const where = (way: Way): string => {
    const counts = pages.map((ways) => ways.filter((one) => one === way).length);
    const told = counts.flatMap((count, page) => (count > 0 ? [`${count} on page ${page + 1}`] : []));
    return told.length > 6 ? `${told.slice(0, 5).join(', ')}, and on ${told.length - 5} more pages` : told.join(', ');
  };
  const [unseen, screen] = [where('unseen'), where('screen')];
  const form = dictOf(doc.context, doc.catalog.get(name('AcroForm')));
  const asks = form?.lookup(name('NeedAppearances')) === PDFBool.True;
  return [
    ...(unseen
      ? [
          `Annotations and form fields without an appearance of their own are not printed: ${unseen}. To have them, print the PDF into a new one from a viewer first.`,
        ]
      : []),
    ...(screen ? [`Annotations that are for the screen only are not printed: ${screen}.`] : []),
    ...(asks && pages.flat().includes('printed')
      ? [
          'The PDF asks viewers to draw its form anew: the fields are printed as they were last saved. If they look different in a viewer, print the PDF into a new one from there first.',
        ]
      : []),
  ];
}
