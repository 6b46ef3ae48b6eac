// Pictures made inks: grey where every pixel is neutral or where only black is printed, of one bit where they are black and
// white and nothing else, and in measured RGB where they have colour and keep it. Edits the document in place.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
  PDFString,
} from '@pdfme/pdf-lib';
import { decode as readJpeg } from 'jpeg-js';
import type { Turned } from './gradients.ts';
import { bytes, decoded, name, numbersOf } from './pdf.ts';
import { familyOf, isProfiled, PARTS } from './spaces.ts';

export interface Darkroom {
  readonly doc: PDFDocument;
  readonly blackOnly: boolean;
  /** The colour space for what stays in RGB. */
  readonly measured: () => PDFRef;
}

/** What became of the picture; a mask, or a soft mask, is grey as it is. */
export function turnPicture(room: Darkroom, ref: PDFRef, picture: PDFStream): Turned {
  const { dict } = picture;
  if (`${dict.lookup(name('ImageMask'))}` === 'true') return 'grey';
  const family = familyOf(dict.lookup(name('ColorSpace')));
  if (family === 'grey') {
    dict.set(name('ColorSpace'), name('DeviceGray'));
    return 'grey';
  }
  if (family === 'indexed') return turnPalette(room, dict);
  if (family === 'cmyk' && !room.blackOnly) return 'inks';
  if (family !== 'rgb' && family !== 'cmyk') return 'foreign';
  const print = printOf(picture, family, room.blackOnly);
  if (!print) {
    if (family !== 'rgb' || room.blackOnly) return 'foreign';
    if (!isProfiled(dict.lookup(name('ColorSpace')))) dict.set(name('ColorSpace'), room.measured());
    return 'left';
  }
  hang(room.doc, ref, dict, print);
  return 'grey';
}

/** A picture in grey, deflated. */
interface Print {
  /** One bit a pixel in place of eight. */
  readonly line: boolean;
  readonly width: number;
  readonly data: Uint8Array;
  /** A mask of the same size, deflated, where a colour stands for nothing. */
  readonly shown?: Uint8Array;
  readonly height: number;
}

/** The last few: press copy and booklets have the same pictures, and a large one takes a second to develop. */
const prints = new Map<string, Print | undefined>();
const KEPT = 16;

/** Undefined where the picture has colour and is to keep it, or cannot be read. */
function printOf(picture: PDFStream, family: 'rgb' | 'cmyk', blackOnly: boolean): Print | undefined {
  const hash = createHash('sha256').update(picture.getContents());
  const key = hash.update(`${family} ${blackOnly} ${picture.dict}`).digest('hex');
  if (prints.has(key)) return prints.get(key);
  const pixels = pixelsOf(picture, family);
  const grey = pixels && greyPixels(pixels, blackOnly);
  const print = grey && develop(pixels, grey);
  prints.set(key, print);
  if (prints.size > KEPT) prints.delete(prints.keys().next().value!);
  return print;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel: red, green, blue. */
  readonly rgb: Uint8Array;
  /** So far apart may the three be in a grey: what compression alters. */
  readonly noise: number;
  /** One byte a pixel, 0 where a colour that stands for nothing is left out. */
  readonly shown?: Uint8Array;
}

const numberIn = (dict: PDFDict, key: string): number => {
  const found = dict.lookup(name(key));
  return found instanceof PDFNumber ? found.asNumber() : 0;
};

/** Undefined where the picture is packed in a way that we cannot read. */
function pixelsOf(picture: PDFStream, family: 'rgb' | 'cmyk'): Pixels | undefined {
  const { dict } = picture;
  const filter = dict.lookup(name('Filter'));
  const filters = filter instanceof PDFArray ? filter.asArray() : filter ? [filter] : [];
  try {
    if (filters.length === 1 && filters[0] === name('DCTDecode')) return jpegPixels(picture, family);
    const unpacked = filters.every((one) => one === name('FlateDecode') || one === name('LZWDecode'));
    return unpacked ? plainPixels(picture, family) : undefined;
  } catch {
    return undefined;
  }
}

/** JPEGs of the largest cameras and scanners: a page at 1,200 dots an inch. */
const LARGEST = { maxResolutionInMP: 300, maxMemoryUsageInMB: 4096 };

function jpegPixels(picture: PDFStream, family: 'rgb' | 'cmyk'): Pixels | undefined {
  if (family === 'cmyk') return undefined;
  const options = { useTArray: true, formatAsRGBA: false, tolerantDecoding: true, ...LARGEST } as const;
  const { width, height, data } = readJpeg(picture.getContents(), options);
  return { width, height, rgb: data, noise: 6 };
}

function plainPixels(picture: PDFStream, family: 'rgb' | 'cmyk'): Pixels | undefined {
  const { dict } = picture;
  const [width, height, bits] = [numberIn(dict, 'Width'), numberIn(dict, 'Height'), numberIn(dict, 'BitsPerComponent')];
  const parts = PARTS[family];
  const data = decoded(picture);
  const row = Math.ceil((width * parts * bits) / 8);
  if (![1, 2, 4, 8, 16].includes(bits) || data.length < row * height) return undefined;
  const ranges = numbersOf(dict.lookup(name('Decode')));
  const masked = numbersOf(dict.lookup(name('Mask')));
  if (bits === 8 && family === 'rgb' && !ranges && !masked) return { width, height, rgb: data, noise: 1 };
  const most = 2 ** bits - 1;
  const rgb = new Uint8Array(width * height * 3);
  const shown = masked ? new Uint8Array(width * height) : undefined;
  const raw = new Array<number>(parts);
  const part = new Array<number>(parts);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      for (let index = 0; index < parts; index++) {
        const value = bitsAt(data, y * row, (x * parts + index) * bits, bits);
        const [least = 0, top = 1] = ranges ? ranges.slice(2 * index) : [];
        raw[index] = value;
        part[index] = least + (value / most) * (top - least);
      }
      if (shown && raw.some((value, index) => value < masked![2 * index]! || value > masked![2 * index + 1]!)) {
        shown[pixel] = 255;
      }
      const light = family === 'cmyk' ? part.slice(0, 3).map((ink) => (1 - ink) * (1 - part[3]!)) : part;
      for (let index = 0; index < 3; index++) rgb[pixel * 3 + index] = Math.round(255 * light[index]!);
    }
  }
  return { width, height, rgb, noise: 1, ...(shown ? { shown } : {}) };
}

function bitsAt(data: Uint8Array, row: number, at: number, bits: number): number {
  const byte = row + (at >> 3);
  if (bits === 16) return data[byte]! * 256 + data[byte + 1]!;
  return (data[byte]! >> (8 - bits - (at & 7))) & (2 ** bits - 1);
}

const LIGHT = Float64Array.from({ length: 256 }, (_, value) =>
  value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
);

/** From light in 4,096 steps back to the byte that means it. */
const BYTE = Uint8Array.from({ length: 4097 }, (_, step) => {
  const light = step / 4096;
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
});

/** One byte a pixel; undefined where the picture has colour and is to keep it. */
function greyPixels({ width, height, rgb, noise }: Pixels, blackOnly: boolean): Uint8Array | undefined {
  const grey = new Uint8Array(width * height);
  let neutral = true;
  for (let pixel = 0, at = 0; pixel < grey.length && neutral; pixel++, at += 3) {
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    neutral = Math.max(red, green, blue) - Math.min(red, green, blue) <= noise;
    grey[pixel] = green;
  }
  if (neutral) return grey;
  if (!blackOnly) return undefined;
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 3) {
    const [red, green, blue] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    const light = 0.2126 * LIGHT[red]! + 0.7152 * LIGHT[green]! + 0.0722 * LIGHT[blue]!;
    grey[pixel] = red === green && green === blue ? green : BYTE[Math.round(light * 4096)]!;
  }
  return grey;
}

function develop({ width, height, shown }: Pixels, grey: Uint8Array): Print {
  const line = grey.every((value) => value === 0 || value === 255);
  const data = deflateSync(line ? packed(grey, width, height) : filtered(grey, width, height));
  return { line, width, height, data, ...(shown ? { shown: deflateSync(shown) } : {}) };
}

/** Puts the grey picture in the coloured one's place. */
function hang({ context }: PDFDocument, ref: PDFRef, dict: PDFDict, { line, width, height, data, shown }: Print): void {
  dict.set(name('ColorSpace'), name('DeviceGray'));
  dict.set(name('BitsPerComponent'), PDFNumber.of(line ? 1 : 8));
  dict.set(name('Filter'), name('FlateDecode'));
  for (const key of ['Decode', 'DecodeParms', 'ColorTransform']) dict.delete(name(key));
  if (!line) {
    dict.set(name('DecodeParms'), context.obj({ Predictor: 15, Colors: 1, BitsPerComponent: 8, Columns: width }));
  }
  if (shown) {
    const size = { Width: width, Height: height, BitsPerComponent: 8, ColorSpace: 'DeviceGray' };
    const mask = context.obj({ Type: 'XObject', Subtype: 'Image', ...size, Filter: 'FlateDecode' });
    dict.set(name('SMask'), context.register(PDFRawStream.of(mask, shown)));
    dict.delete(name('Mask'));
  }
  context.assign(ref, PDFRawStream.of(dict, data));
}

/** Eight pixels a byte, each row a whole number of bytes. */
function packed(grey: Uint8Array, width: number, height: number): Uint8Array {
  const row = Math.ceil(width / 8);
  const data = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (grey[y * width + x]! > 127) data[y * row + (x >> 3)]! |= 128 >> (x & 7);
    }
  }
  return data;
}

/** Each row as its differences from the one above (PNG's filter Up): half the size once it is deflated. */
function filtered(grey: Uint8Array, width: number, height: number): Uint8Array {
  const data = new Uint8Array((width + 1) * height);
  for (let y = 0, at = 0; y < height; y++) {
    data[at++] = 2;
    for (let x = 0; x < width; x++) data[at++] = grey[y * width + x]! - (y > 0 ? grey[(y - 1) * width + x]! : 0);
  }
  return data;
}

/** A picture with a palette keeps its pixels: only the palette is mixed anew. */
function turnPalette({ doc, blackOnly, measured }: Darkroom, dict: PDFDict): Turned {
  const [, , most, table] = dict.lookup(name('ColorSpace'), PDFArray).asArray();
  const base = dict.lookup(name('ColorSpace'), PDFArray).lookup(1);
  const family = familyOf(base);
  if (family === 'cmyk' && !blackOnly) return 'inks';
  if (family !== 'rgb' && family !== 'cmyk' && family !== 'grey') return 'foreign';
  const palette = tableOf(doc.context.lookup(table));
  const parts = PARTS[family];
  const height = Math.floor(palette.length / parts);
  const size = { Width: 1, Height: height, BitsPerComponent: 8 };
  const pixels = family === 'grey' ? undefined : plainPixels(PDFRawStream.of(doc.context.obj(size), palette), family);
  const grey = pixels ? greyPixels(pixels, blackOnly) : palette;
  const space = (of: PDFObject, colours: PDFObject): void =>
    dict.set(name('ColorSpace'), doc.context.obj([name('Indexed'), of, most!, colours]));
  if (grey) space(name('DeviceGray'), PDFHexString.of(Buffer.from(grey).toString('hex')));
  else if (!isProfiled(base)) space(measured(), table!);
  return grey ? 'grey' : 'left';
}

function tableOf(object: PDFObject | undefined): Uint8Array {
  if (object instanceof PDFStream) return decoded(object);
  return object instanceof PDFString || object instanceof PDFHexString ? object.asBytes() : bytes('');
}
