// How sharp pictures come out: dots an inch at the size they are printed in, from what the pages draw. Takes a finished
// document; gives numbers.
import { createHash } from 'node:crypto';
import { type PDFDict, type PDFDocument, PDFNumber, type PDFObject, type PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { operations } from './content.ts';
import { decoded, dictOf, latin, name, numbersOf, pageContents } from './pdf.ts';

export interface PrintedPicture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The same for the same pixels. */
  readonly mark: string;
  /** Of its first and of its largest appearance, from 0. */
  readonly page: number;
  readonly largest: number;
  /** Dots an inch where it is largest, the fewer of across and down. */
  readonly dpi: number;
  /** Black and white and nothing between: edges show every dot. */
  readonly line: boolean;
}

/** Fewer dots an inch than this, and a picture looks soft; a drawing of black and white, jagged. */
export const SHARP = { tones: 200, line: 600 } as const;

type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First one, then the other (ISO 32000-1, 8.3.4). */
const times = ([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix => [
  ...([a * A + b * C, a * B + b * D, c * A + d * C] as const),
  ...([c * B + d * D, e * A + f * C + E, e * B + f * D + F] as const),
];

/** Each picture once, in the order in which the pages show them; masks are no pictures. */
export function printedPictures(doc: PDFDocument): PrintedPicture[] {
  const found = new Map<string, PrintedPicture>();
  const marks = new Map<PDFStream, string>();
  for (const [number, page] of doc.getPages().entries()) {
    const resources = page.node.Resources();
    if (!resources) continue;
    const text = pageContents(page).map((ref) => textOf(doc, ref));
    walk({ doc, seen: [] }, text.join('\n'), resources, IDENTITY, (picture, matrix) => {
      const one = measured(picture, matrix, number, marks);
      const known = one && found.get(one.mark);
      if (one && (!known || one.dpi < known.dpi)) found.set(one.mark, { ...one, page: known?.page ?? number });
    });
  }
  return [...found.values()];
}

const textOf = (doc: PDFDocument, ref: PDFRef): string => latin(decoded(doc.context.lookup(ref) as PDFStream));

function measured(
  picture: PDFStream,
  [a, b, c, d]: Matrix,
  page: number,
  marks: Map<PDFStream, string>,
): PrintedPicture | undefined {
  const number = (key: string): number => {
    const value = picture.dict.lookup(name(key));
    return value instanceof PDFNumber ? value.asNumber() : 0;
  };
  const [width, height] = [number('Width'), number('Height')];
  const [across, down] = [Math.hypot(a, b) / 72, Math.hypot(c, d) / 72];
  if (`${picture.dict.lookup(name('ImageMask'))}` === 'true' || across === 0 || down === 0) return undefined;
  const mark = marks.get(picture) ?? createHash('sha256').update(picture.getContents()).digest('hex').slice(0, 16);
  marks.set(picture, mark);
  const line = number('BitsPerComponent') === 1;
  return { width, height, mark, page, largest: page, dpi: Math.min(width / across, height / down), line };
}

const WANTED = new Set(['q', 'Q', 'cm', 'Do']);

interface Walk {
  readonly doc: PDFDocument;
  /** Forms that we are in: a broken file's may hold themselves. */
  readonly seen: readonly PDFObject[];
}

type See = (picture: PDFStream, matrix: Matrix) => void;

function walk({ doc, seen }: Walk, text: string, resources: PDFDict, from: Matrix, see: See): void {
  const objects = dictOf(doc.context, resources.get(name('XObject')));
  if (!objects) return;
  let matrix = from;
  const saved: Matrix[] = [];
  operations(text, WANTED, ({ operator, operands }) => {
    if (operator === 'q') saved.push(matrix);
    else if (operator === 'Q') matrix = saved.pop() ?? matrix;
    else if (operator === 'cm') matrix = times(operands.map(Number) as unknown as Matrix, matrix);
    else {
      const object = objects.lookup(name((operands[0] ?? '/').slice(1)));
      if (!(object instanceof PDFStream) || seen.includes(object)) return;
      if (object.dict.get(name('Subtype')) === name('Image')) see(object, matrix);
      else {
        const own = numbersOf(object.dict.lookup(name('Matrix'))) as unknown as Matrix | undefined;
        const inner = dictOf(doc.context, object.dict.get(name('Resources'))) ?? resources;
        const deeper = { doc, seen: [...seen, object] };
        walk(deeper, latin(decoded(object)), inner, own ? times(own, matrix) : matrix, see);
      }
    }
  });
}
