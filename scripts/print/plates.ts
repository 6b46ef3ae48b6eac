// Which inks are on printed pages: reads what a finished PDF draws, page by page, and changes nothing in it.
import { PDFArray, type PDFDict, type PDFDocument, type PDFObject, PDFRef, PDFStream } from '@pdfme/pdf-lib';
import type { Rgb } from './colours.ts';
import { type Operation, operations } from './content.ts';
import { readFunction } from './functions.ts';
import { decoded, dictOf, latin, load, name, pageContents } from './pdf.ts';
import { type Family, familyOf, lightOf, PARTS } from './spaces.ts';

/** Only black; black and tints of one colour; more than that. */
export type Inking = 'black' | 'one' | 'many';

/** Of each page. */
export async function inkingOf(pdf: Uint8Array): Promise<Inking[]> {
  const doc = await load(pdf);
  const known = new Map<PDFObject, Hues>();
  return doc.getPages().map((page) => {
    const hues = new Set<string>();
    const resources = page.node.Resources();
    for (const ref of pageContents(page)) add(hues, drawnBy(doc, ref, resources, known));
    return inkingWith(hues);
  });
}

/** Of several pages together. */
export const inkingOfAll = (pages: readonly Inking[]): Inking =>
  pages.includes('many') ? 'many' : pages.includes('one') ? 'one' : 'black';

/** Each told from others by how much cyan, magenta and yellow there is in it. */
type Hues = ReadonlySet<string>;

const inkingWith = (hues: Hues): Inking =>
  hues.size === 0 ? 'black' : hues.size === 1 && !hues.has(MANY) ? 'one' : 'many';

/** A picture in colour, or what cannot be looked into. */
const MANY = 'many';
const NONE: Hues = new Set();
/** Under this, of 1, the eye sees grey. */
const FAINT = 0.02;

const add = (to: Set<string>, hues: Iterable<string>): void => {
  for (const hue of hues) to.add(hue);
};

/** Tints of one ink have one hue. */
function huesOf(rgb: Rgb): readonly string[] {
  const light = Math.max(...rgb);
  const inks = rgb.map((part) => light - part);
  const most = Math.max(...inks);
  return most <= FAINT ? [] : [inks.map((ink) => Math.round((5 * ink) / most)).join(' ')];
}

const hasParts = (family: Family): family is keyof typeof PARTS => family in PARTS;

/** A stream of operators, or a picture. */
function drawnBy(doc: PDFDocument, ref: PDFObject, above: PDFDict | undefined, known: Map<PDFObject, Hues>): Hues {
  const found = known.get(ref);
  if (found) return found;
  known.set(ref, NONE);
  const stream = ref instanceof PDFRef ? doc.context.lookup(ref) : ref;
  const hues = stream instanceof PDFStream ? huesIn(doc, stream, above, known) : NONE;
  known.set(ref, hues);
  return hues;
}

const EVERY = new Set([
  'rg',
  'RG',
  'k',
  'K',
  'cs',
  'CS',
  'sc',
  'SC',
  'scn',
  'SCN',
  'g',
  'G',
  'q',
  'Q',
  'Do',
  'sh',
  'BI',
]);

interface Spaces {
  readonly fill: Family;
  readonly stroke: Family;
}

function huesIn(doc: PDFDocument, stream: PDFStream, above: PDFDict | undefined, known: Map<PDFObject, Hues>): Hues {
  if (stream.dict.get(name('Subtype')) === name('Image')) return huesOfPicture(stream.dict);
  const resources = dictOf(doc.context, stream.dict.get(name('Resources'))) ?? above;
  const entry = (kind: string, operand = ''): PDFObject | undefined =>
    dictOf(doc.context, resources?.get(name(kind)))?.get(name(operand.slice(1)));
  const hues = new Set<string>();
  let now: Spaces = { fill: 'grey', stroke: 'grey' };
  const saved: Spaces[] = [];
  const seen = new Set<string>();
  const paint = ({ operator, operands }: Operation): void => {
    const key = operator.toUpperCase() === operator ? 'stroke' : 'fill';
    const given = { RG: 'rgb', K: 'cmyk', G: 'grey' }[operator.toUpperCase()] as Family | undefined;
    if (given) now = { ...now, [key]: given };
    const family = now[key];
    const said = `${family} ${operands.join(' ')}`;
    if (seen.has(said)) return;
    seen.add(said);
    const pattern = operands.at(-1)?.startsWith('/') ? entry('Pattern', operands.at(-1)) : undefined;
    if (pattern) add(hues, huesOfPattern(doc, pattern, resources, known));
    else if (!hasParts(family)) hues.add(MANY);
    else if (operands.length === PARTS[family]) add(hues, huesOf(lightOf(family, operands.map(Number))));
  };
  operations(latin(decoded(stream)), EVERY, (found) => {
    const { operator, operands } = found;
    if (operator === 'q') saved.push(now);
    else if (operator === 'Q') now = saved.pop() ?? now;
    else if (operator === 'cs' || operator === 'CS') {
      const own = entry('ColorSpace', operands[0]);
      const family = familyOf(own ? doc.context.lookup(own) : name((operands[0] ?? '').slice(1)));
      now = operator === 'cs' ? { ...now, fill: family } : { ...now, stroke: family };
    } else if (operator === 'Do') add(hues, drawnBy(doc, entry('XObject', operands[0]) ?? name(''), resources, known));
    else if (operator === 'sh') add(hues, huesOfShading(doc, dictOf(doc.context, entry('Shading', operands[0]))));
    else if (operator === 'BI') hues.add(MANY);
    else paint(found);
  });
  return hues;
}

/** What has no colour has been made grey, or a mask, before. */
function huesOfPicture(dict: PDFDict): Hues {
  if (`${dict.lookup(name('ImageMask'))}` === 'true') return NONE;
  const space = dict.lookup(name('ColorSpace'));
  const family = familyOf(space);
  const base = family === 'indexed' && space instanceof PDFArray ? familyOf(space.lookup(1)) : family;
  return base === 'grey' ? NONE : new Set([MANY]);
}

function huesOfPattern(
  doc: PDFDocument,
  ref: PDFObject,
  above: PDFDict | undefined,
  known: Map<PDFObject, Hues>,
): Hues {
  const dict = dictOf(doc.context, ref);
  const shading = dictOf(doc.context, dict?.get(name('Shading')));
  return shading ? huesOfShading(doc, shading) : drawnBy(doc, ref, above, known);
}

/** Of a gradient along a line or between circles, looked at in five places. */
function huesOfShading(doc: PDFDocument, shading: PDFDict | undefined): Hues {
  const family = familyOf(shading?.lookup(name('ColorSpace')));
  if (family === 'grey') return NONE;
  const reckon = ['2', '3'].includes(`${shading?.get(name('ShadingType'))}`)
    ? readFunction(doc, shading!.get(name('Function')))
    : undefined;
  if (!reckon || !hasParts(family)) return new Set([MANY]);
  return new Set([0, 0.25, 0.5, 0.75, 1].flatMap((at) => huesOf(lightOf(family, reckon([at])))));
}
