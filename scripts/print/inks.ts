// Inks: what the browser wrote as red-green-blue becomes plates. Neutral colours go to black alone, the book's spot colour to
// its CMYK or to black; what is left in RGB is reported. Edits the document in place.
import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { num, nums, rewrite } from './content.ts';
import { bytes, contentStreams, decoded, dictOf, latin, name, numbersOf, setDecoded } from './pdf.ts';

/** Parts of red, green, blue, each 0 to 1. */
export type Rgb = readonly [number, number, number];
/** Parts of cyan, magenta, yellow, black, each 0 to 1. */
export type Cmyk = readonly [number, number, number, number];

export interface Inks {
  /** `colour`: neutrals to black, the spot colour to CMYK. `black`: all of it to black. */
  readonly ink: 'colour' | 'black';
  /** `#rrggbb` */
  readonly spot: string;
  /** Unless given, `spotCmyk(spot)`. */
  readonly spotCmyk?: Cmyk;
}

export interface InkReport {
  /** What stayed in RGB and how often: `colour #123456`, `picture in colour (JPEG)`, `gradient in colour`. */
  readonly kept: Readonly<Record<string, number>>;
}

type Ink = { readonly grey: number } | { readonly cmyk: Cmyk };

/** Four decimals and eight bits each lose a little: this much apart is the same colour. */
const TOLERANCE = 0.004;

const isNeutral = (rgb: Rgb): boolean => Math.max(...rgb) - Math.min(...rgb) <= TOLERANCE;

/** `#rrggbb` as parts; throws on anything else. */
export function parseRgb(text: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!found) throw new Error(`not #rrggbb: ${text}`);
  return [1, 2, 3].map((group) => Number.parseInt(found[group]!, 16) / 255) as unknown as Rgb;
}

/** CMYK by full grey replacement, in whole percents. No profile knows the paper: give the printer's own values if you can. */
export function spotCmyk(text: string): Cmyk {
  const rgb = parseRgb(text);
  const light = Math.max(...rgb);
  if (light === 0) return [0, 0, 0, 1];
  const percent = (value: number): number => Math.round(value * 100) / 100;
  const [c, m, y] = rgb.map((part) => percent((light - part) / light)) as [number, number, number];
  return [c, m, y, percent(1 - light)];
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** The grey of the same lightness (sRGB's luminance, IEC 61966-2-1). */
function greyOf([red, green, blue]: Rgb): number {
  const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** Turns colours, gradients, pictures and transparency groups; returns what it left in RGB. */
export function toInks(doc: PDFDocument, inks: Inks): InkReport {
  const kept: Record<string, number> = {};
  const keep: Keep = (what) => {
    if (what) kept[what] = (kept[what] ?? 0) + 1;
  };
  const spot = parseRgb(inks.spot);
  const spotInk: Ink = inks.ink === 'black' ? { grey: 0 } : { cmyk: inks.spotCmyk ?? spotCmyk(inks.spot) };
  const inkOf = (rgb: Rgb): Ink | undefined => {
    if (isNeutral(rgb)) return { grey: rgb[1] };
    if (rgb.every((part, index) => Math.abs(part - spot[index]!) < 0.0006)) return spotInk;
    return inks.ink === 'black' ? { grey: greyOf(rgb) } : undefined;
  };
  turnOperators(doc, inkOf, keep);
  const { context } = doc;
  const gradients = new Set<PDFDict>();
  const groupSpace = name(inks.ink === 'black' ? 'DeviceGray' : 'DeviceCMYK');
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const dict = dictOf(context, object);
    if (!dict) continue;
    if (object instanceof PDFStream && dict.get(name('Subtype')) === name('Image')) {
      keep(turnPicture(doc, ref, object, inks.ink));
    }
    for (const shading of shadingsIn(doc, dict)) gradients.add(shading);
    const group = dict.get(name('S')) === name('Transparency') ? dict : dictOf(context, dict.get(name('Group')));
    if (group && isRgbSpace(group.lookup(name('CS')))) group.set(name('CS'), groupSpace);
  }
  for (const shading of gradients) keep(turnGradient(doc, shading, inkOf));
  return { kept };
}

type InkOf = (rgb: Rgb) => Ink | undefined;
type Keep = (what: string | undefined) => void;

const COLOUR_OPERATORS = new Set(['rg', 'RG', 'cs', 'CS']);

function turnOperators(doc: PDFDocument, inkOf: InkOf, keep: Keep): void {
  const known = new Map<string, string | undefined>();
  for (const [ref, stream] of contentStreams(doc)) {
    const before = latin(decoded(stream));
    const after = rewrite(before, COLOUR_OPERATORS, ({ operator, operands }) => {
      if (operator === 'cs' || operator === 'CS') {
        if (operands[0] === '/DeviceRGB') keep('colour set by cs');
        return undefined;
      }
      const key = `${operands.join(' ')} ${operator}`;
      const rgb = operands.map(Number) as unknown as Rgb;
      if (!known.has(key)) known.set(key, written(inkOf(rgb), operator === 'RG'));
      const replacement = known.get(key);
      // Each fill colour comes with its stroke colour: one of the two is enough for the count.
      if (replacement === undefined && operator === 'rg') keep(`colour ${hex(rgb)}`);
      return replacement;
    });
    if (after !== before) setDecoded(doc.context, ref, stream.dict, bytes(after));
  }
}

function written(ink: Ink | undefined, stroke: boolean): string | undefined {
  if (!ink) return undefined;
  if ('grey' in ink) return `${num(ink.grey)} ${stroke ? 'G' : 'g'}`;
  return `${nums(ink.cmyk)} ${stroke ? 'K' : 'k'}`;
}

const hex = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

function isRgbSpace(space: PDFObject | undefined): boolean {
  if (space === name('DeviceRGB')) return true;
  if (!(space instanceof PDFArray)) return false;
  const family = space.lookup(0);
  if (family === name('CalRGB')) return true;
  const profile = space.lookup(1);
  const parts = profile instanceof PDFStream ? profile.dict.lookup(name('N')) : undefined;
  return family === name('ICCBased') && parts instanceof PDFNumber && parts.asNumber() === 3;
}

/** Grey where every pixel is neutral, or all is to be black; gives what was kept (JPEGs cannot be set anew here). */
function turnPicture(doc: PDFDocument, ref: PDFRef, picture: PDFStream, ink: Inks['ink']): string | undefined {
  const { dict } = picture;
  const space = dict.lookup(name('ColorSpace'));
  if (!isRgbSpace(space)) {
    return space instanceof PDFArray && space.lookup(0) === name('Indexed') ? 'picture with a palette' : undefined;
  }
  const filter = dict.lookup(name('Filter'));
  const filters = filter instanceof PDFArray ? filter.asArray() : filter ? [filter] : [];
  if (filters.includes(name('DCTDecode'))) return 'picture in colour (JPEG)';
  const number = (key: string): number => dict.lookup(name(key), PDFNumber).asNumber();
  const plain = filters.every((one) => one === name('FlateDecode')) && !dict.has(name('DecodeParms'));
  if (!plain || number('BitsPerComponent') !== 8 || dict.has(name('Mask'))) return 'picture of an unknown kind';
  const pixels = number('Width') * number('Height');
  const rgb = decoded(picture);
  if (rgb.length < pixels * 3) return 'picture of an unknown kind';
  const grey = greyPixels(rgb, pixels, ink);
  if (!grey) return 'picture in colour';
  dict.set(name('ColorSpace'), name('DeviceGray'));
  setDecoded(doc.context, ref, dict, grey);
  return undefined;
}

/** One byte a pixel; undefined where the picture has colour and colour is to stay. */
function greyPixels(rgb: Uint8Array, pixels: number, ink: Inks['ink']): Uint8Array | undefined {
  const grey = new Uint8Array(pixels);
  let neutral = true;
  for (let pixel = 0, at = 0; pixel < pixels && neutral; pixel++, at += 3) {
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    neutral = Math.abs(red - green) <= 1 && Math.abs(green - blue) <= 1 && Math.abs(red - blue) <= 1;
    grey[pixel] = green;
  }
  if (neutral) return grey;
  if (ink === 'colour') return undefined;
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
    grey[pixel] = Math.round(255 * greyOf([rgb[at]! / 255, rgb[at + 1]! / 255, rgb[at + 2]! / 255]));
  }
  return grey;
}

/** The gradients that an object is or names: a shading, a pattern's, or those of a page's resources. */
function shadingsIn(doc: PDFDocument, dict: PDFDict): PDFDict[] {
  const found = [dict, dictOf(doc.context, dict.get(name('Shading')))];
  const resources = dictOf(doc.context, dict.get(name('Resources'))) ?? dict;
  for (const entry of dictOf(doc.context, resources.get(name('Shading')))?.values() ?? []) {
    found.push(dictOf(doc.context, entry));
  }
  return found.filter((one): one is PDFDict => one?.has(name('ShadingType')) === true);
}

/** Gradients between given colours (function types 2 and 3): all grey, or all CMYK; says so where it kept one. */
function turnGradient(doc: PDFDocument, shading: PDFDict, inkOf: InkOf): string | undefined {
  if (!isRgbSpace(shading.lookup(name('ColorSpace')))) return undefined;
  const own = gradientCopy(doc, shading.get(name('Function')));
  const inks = own?.ends.flatMap((dict) => ['C0', 'C1'].map((key) => inkAt(dict, key, inkOf)));
  if (!own || !inks || inks.includes(undefined) || shading.has(name('Background'))) return 'gradient in colour';
  const grey = inks.every((ink) => ink && 'grey' in ink);
  own.ends.forEach((dict, index) => {
    for (const [side, key] of ['C0', 'C1'].entries()) {
      const ink = inks[index * 2 + side]!;
      const value = 'cmyk' in ink ? ink.cmyk : grey ? [ink.grey] : [0, 0, 0, 1 - ink.grey];
      dict.set(name(key), doc.context.obj([...value]));
    }
    dict.delete(name('Range'));
  });
  shading.set(name('Function'), own.copy);
  shading.set(name('ColorSpace'), name(grey ? 'DeviceGray' : 'DeviceCMYK'));
  return undefined;
}

function inkAt(dict: PDFDict, key: string, inkOf: InkOf): Ink | undefined {
  const rgb = numbersOf(dict.lookup(name(key)));
  return rgb?.length === 3 ? inkOf(rgb as unknown as Rgb) : undefined;
}

interface Gradient {
  readonly copy: PDFDict;
  /** The exponential functions (type 2) that it is stitched from (type 3). */
  readonly ends: readonly PDFDict[];
}

/** The gradient's function copied, since another gradient may use it too; undefined where it is of any other kind. */
function gradientCopy(doc: PDFDocument, entry: PDFObject | undefined): Gradient | undefined {
  const copy = dictOf(doc.context, entry)?.clone(doc.context);
  const type = copy?.lookup(name('FunctionType'));
  if (!copy || !(type instanceof PDFNumber)) return undefined;
  if (type.asNumber() === 2) return { copy, ends: [copy] };
  const functions = copy.lookup(name('Functions'));
  if (type.asNumber() !== 3 || !(functions instanceof PDFArray)) return undefined;
  const parts = functions.asArray().map((part) => gradientCopy(doc, part));
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length < parts.length) return undefined;
  copy.set(name('Functions'), doc.context.obj(whole.map((part) => part.copy)));
  return { copy, ends: whole.flatMap((part) => part.ends) };
}
