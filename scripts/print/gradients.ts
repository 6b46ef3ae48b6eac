// Gradients made inks: all grey where every colour of one is, or where only black is printed; of four inks where its stops
// have inks of their own; in measured RGB where only the press can mix what lies between. Edits the document in place.

import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { type Ink, type Inkwell, isNeutral, type Rgb } from './colours.ts';
import { domainOf, type Reckon, readFunction, sample, typeOf } from './functions.ts';
import { bytes, decoded, dictOf, latin, name, numbersOf } from './pdf.ts';
import { familyOf, lightOf, type PARTS } from './spaces.ts';

/** The gradients that an object is or names: a shading, a pattern's, or those of a page's resources. */
export function shadingsIn(doc: PDFDocument, dict: PDFDict): PDFDict[] {
  const found = [dict, dictOf(doc.context, dict.get(name('Shading')))];
  const resources = dictOf(doc.context, dict.get(name('Resources'))) ?? dict;
  for (const entry of dictOf(doc.context, resources.get(name('Shading')))?.values() ?? []) {
    found.push(dictOf(doc.context, entry));
  }
  return found.filter((one): one is PDFDict => one?.has(name('ShadingType')) === true);
}

/** What became of it: `left` is what the press must mix, `foreign` what it cannot even know. */
export type Turned = 'grey' | 'inks' | 'left' | 'foreign';

/** `measured`: the colour space for what stays in RGB. */
export function turnGradient(doc: PDFDocument, shading: PDFDict, well: Inkwell, measured: () => PDFRef): Turned {
  const space = shading.lookup(name('ColorSpace'));
  const family = familyOf(space);
  if (family === 'grey') return 'grey';
  if (family === 'cmyk' && !well.blackOnly) return 'inks';
  const entry = shading.get(name('Function'));
  const reckon = family === 'rgb' || family === 'cmyk' ? readFunction(doc, entry) : undefined;
  if (!reckon || !entry) {
    if (family === 'rgb' && !well.blackOnly) shading.set(name('ColorSpace'), measured());
    return family === 'rgb' && !well.blackOnly ? 'left' : 'foreign';
  }
  const work: Work = { doc, well, light: (input) => lightOf(family as keyof typeof PARTS, reckon(input)) };
  const background = numbersOf(shading.lookup(name('Background')));
  const own = background && well.inkOf(lightOf(family as keyof typeof PARTS, background));
  const stops = stopsOf(doc, entry);
  const inks = stops?.map(well.isOurs).every(Boolean) ? stops.map((rgb) => well.inkOf(rgb)!) : undefined;
  const grey = well.blackOnly || isGrey(work, entry, stops);
  if (!grey && (!inks || background)) {
    shading.set(name('ColorSpace'), measured());
    return 'left';
  }
  shading.set(name('Function'), grey ? greyFunction(work, entry, family) : inkFunction(doc, entry, well));
  shading.set(name('ColorSpace'), name(grey ? 'DeviceGray' : 'DeviceCMYK'));
  if (own && 'grey' in own) shading.set(name('Background'), doc.context.obj([own.grey]));
  return grey ? 'grey' : 'inks';
}

interface Work {
  readonly doc: PDFDocument;
  readonly well: Inkwell;
  readonly light: (input: readonly number[]) => Rgb;
}

/** The colours that a gradient of straight pieces (types 2 and 3) goes through; undefined for any other. */
function stopsOf(doc: PDFDocument, entry: PDFObject): Rgb[] | undefined {
  const dict = dictOf(doc.context, entry);
  if (!dict) return undefined;
  if (typeOf(dict) === 2) {
    const ends = ['C0', 'C1'].map((key) => numbersOf(dict.lookup(name(key))));
    return ends.every((end) => end?.length === 3) ? (ends as unknown as Rgb[]) : undefined;
  }
  const parts = dict.lookup(name('Functions'));
  if (typeOf(dict) !== 3 || !(parts instanceof PDFArray)) return undefined;
  const found = parts.asArray().map((part) => stopsOf(doc, part));
  return found.includes(undefined) ? undefined : found.flatMap((part) => part!);
}

/** Calculated gradients are looked at in this many places each way. */
const LOOKS = 40;

function isGrey({ doc, light }: Work, entry: PDFObject, stops: readonly Rgb[] | undefined): boolean {
  if (stops) return stops.every(isNeutral);
  const [left = 0, right = 1, bottom, top] = domainOf(dictOf(doc.context, entry) ?? doc.context.obj({}));
  for (let x = 0; x <= LOOKS; x++) {
    for (let y = 0; y <= (bottom === undefined ? 0 : LOOKS); y++) {
      const input = [left + (x / LOOKS) * (right - left)];
      if (bottom !== undefined) input.push(bottom + (y / LOOKS) * (top! - bottom));
      if (!isNeutral(light(input))) return false;
    }
  }
  return true;
}

/** Between two colours of no ink of their own, lightness does not go straight: this many samples follow it. */
const SAMPLES = 65;

/** The same function, of one part: the grey. Pieces stay pieces, so that hard stops stay hard. */
function greyFunction(work: Work, entry: PDFObject, family: string): PDFObject {
  const { doc, well } = work;
  const { context } = doc;
  const object = context.lookup(entry);
  const dict = dictOf(context, object);
  const type = dict ? typeOf(dict) : undefined;
  const greys = (rgb: Rgb): number => (well.inkOf(rgb) as Extract<Ink, { grey: number }>).grey;
  if (dict && type === 3) {
    const copy = dict.clone(context);
    const parts = dict.lookup(name('Functions'), PDFArray).asArray();
    copy.set(
      name('Functions'),
      context.obj(parts.map((part) => greyFunction({ ...work, light: lightIn(doc, part, family) }, part, family))),
    );
    copy.delete(name('Range'));
    return copy;
  }
  if (dict && type === 4 && object instanceof PDFStream && family === 'rgb') return greyCalculator(doc, object);
  const domain = domainOf(dict ?? context.obj({}));
  const stops = stopsOf(doc, entry);
  if (!stops?.every(well.isOurs) || !dict)
    return sample(doc, domain, dict && type === 2 ? SAMPLES : 257, (x) => greys(work.light([x])));
  const copy = dict.clone(context);
  for (const [index, key] of ['C0', 'C1'].entries()) copy.set(name(key), context.obj([greys(stops[index]!)]));
  copy.delete(name('Range'));
  return copy;
}

function lightIn(doc: PDFDocument, entry: PDFObject, family: string): Work['light'] {
  const reckon = readFunction(doc, entry) as Reckon;
  return (input) => lightOf(family as keyof typeof PARTS, reckon(input));
}

/** What a calculator appends to turn its red, green and blue into the grey of their lightness (sRGB's curve as a power). */
const TO_GREY = (() => {
  const light = (weight: number): string => `dup 0 lt { pop 0 } if 2.2 exp ${weight} mul`;
  return `${light(0.0722)} exch ${light(0.7152)} add exch ${light(0.2126)} add .454545 exp }`;
})();

function greyCalculator({ context }: PDFDocument, stream: PDFStream): PDFRef {
  const code = latin(decoded(stream)).trim();
  const dict = stream.dict.clone(context);
  dict.set(name('Range'), context.obj([0, 1]));
  dict.set(name('Filter'), name('FlateDecode'));
  dict.delete(name('DecodeParms'));
  return context.register(PDFRawStream.of(dict, deflateSync(bytes(code.replace(/\}$/, ` ${TO_GREY}`)))));
}

/** The same pieces between the inks of their ends. */
function inkFunction(doc: PDFDocument, entry: PDFObject, well: Inkwell): PDFDict {
  const { context } = doc;
  const copy = dictOf(context, entry)!.clone(context);
  copy.delete(name('Range'));
  const parts = copy.lookup(name('Functions'));
  if (parts instanceof PDFArray) {
    copy.set(name('Functions'), context.obj(parts.asArray().map((part) => inkFunction(doc, part, well))));
    return copy;
  }
  for (const key of ['C0', 'C1']) {
    const ink = well.inkOf(numbersOf(copy.lookup(name(key))) as unknown as Rgb)!;
    copy.set(name(key), context.obj('cmyk' in ink ? [...ink.cmyk] : [0, 0, 0, 1 - ink.grey]));
  }
  return copy;
}
