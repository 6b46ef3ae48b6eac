// PDF's functions (ISO 32000-1, 7.10), as gradients use them: sampled, exponential, stitched, calculated. Takes the object;
// gives the function to reckon with, and makes new ones.

import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { calculator } from './calculator.ts';
import { decoded, dictOf, latin, name, numbersOf } from './pdf.ts';

export type Reckon = (input: readonly number[]) => number[];

const clamp = (value: number, least = 0, most = 1): number => Math.min(Math.max(value, least), most);

const numberIn = (dict: PDFDict, key: string): number | undefined => {
  const found = dict.lookup(name(key));
  return found instanceof PDFNumber ? found.asNumber() : undefined;
};

export const typeOf = (dict: PDFDict): number | undefined => numberIn(dict, 'FunctionType');

/** `[least, most]` of each input. */
export const domainOf = (dict: PDFDict): number[] => numbersOf(dict.lookup(name('Domain'))) ?? [0, 1];

/** Undefined where it is of a kind that gradients do not use; a list of functions is one function of as many parts. */
export function readFunction(doc: PDFDocument, entry: PDFObject | undefined): Reckon | undefined {
  const object = doc.context.lookup(entry);
  if (object instanceof PDFArray) {
    const parts = object.asArray().map((part) => readFunction(doc, part));
    return parts.every((part) => part !== undefined) ? (input) => parts.flatMap((part) => part(input)) : undefined;
  }
  const dict = dictOf(doc.context, object);
  if (!dict) return undefined;
  const type = typeOf(dict);
  if (type === 0 && object instanceof PDFStream) return sampled(object);
  if (type === 2) return exponential(dict);
  if (type === 3) return stitched(doc, dict);
  return type === 4 && object instanceof PDFStream ? calculated(object) : undefined;
}

function exponential(dict: PDFDict): Reckon {
  const from = numbersOf(dict.lookup(name('C0'))) ?? [0];
  const to = numbersOf(dict.lookup(name('C1'))) ?? [1];
  const power = numberIn(dict, 'N') ?? 1;
  return ([x = 0]) => from.map((part, index) => part + x ** power * (to[index]! - part));
}

function stitched(doc: PDFDocument, dict: PDFDict): Reckon | undefined {
  const entries = dict.lookup(name('Functions'));
  const parts = entries instanceof PDFArray ? entries.asArray().map((part) => readFunction(doc, part)) : [];
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const [least = 0, most = 1] = domainOf(dict);
  const bounds = numbersOf(dict.lookup(name('Bounds'))) ?? [];
  const encode = numbersOf(dict.lookup(name('Encode'))) ?? [];
  return ([input = 0]) => {
    const x = clamp(input, least, most);
    const found = bounds.findIndex((bound) => x < bound);
    const place = found < 0 ? bounds.length : found;
    const [from, to] = [bounds[place - 1] ?? least, bounds[place] ?? most];
    const [start, end] = [encode[2 * place] ?? 0, encode[2 * place + 1] ?? 1];
    return parts[place]!([from === to ? start : start + ((x - from) / (to - from)) * (end - start)]);
  };
}

/** Of one input, straight between the samples. */
function sampled(stream: PDFStream): Reckon | undefined {
  const { dict } = stream;
  const size = numbersOf(dict.lookup(name('Size')));
  const range = numbersOf(dict.lookup(name('Range')));
  const bits = numberIn(dict, 'BitsPerSample');
  if (size?.length !== 1 || !range || (bits !== 8 && bits !== 16)) return undefined;
  const count = size[0]!;
  const data = Buffer.from(decoded(stream));
  const [least = 0, most = 1] = domainOf(dict);
  const encode = numbersOf(dict.lookup(name('Encode'))) ?? [0, count - 1];
  const decode = numbersOf(dict.lookup(name('Decode'))) ?? range;
  const parts = range.length / 2;
  const at = (place: number, part: number): number => {
    const index = clamp(place, 0, count - 1) * parts + part;
    const part01 = bits === 8 ? data.readUInt8(index) / 255 : data.readUInt16BE(2 * index) / 65535;
    return decode[2 * part]! + part01 * (decode[2 * part + 1]! - decode[2 * part]!);
  };
  return ([input = 0]) => {
    const x = (clamp(input, least, most) - least) / (most - least);
    const place = clamp(encode[0]! + x * (encode[1]! - encode[0]!), 0, count - 1);
    const [low, rest] = [Math.floor(place), place % 1];
    return Array.from({ length: parts }, (_, part) => at(low, part) * (1 - rest) + at(low + 1, part) * rest);
  };
}

function calculated(stream: PDFStream): Reckon {
  const range = numbersOf(stream.dict.lookup(name('Range'))) ?? [];
  const reckon = calculator(latin(decoded(stream)));
  return (input) => reckon(input).map((part, index) => clamp(part, range[2 * index], range[2 * index + 1]));
}

/** A new sampled function of one input in the domain, of one part from 0 to 1. */
export function sample(
  { context }: PDFDocument,
  domain: readonly number[],
  count: number,
  at: (x: number) => number,
): PDFRef {
  const [least = 0, most = 1] = domain;
  const data = Buffer.alloc(2 * count);
  for (let place = 0; place < count; place++) {
    data.writeUInt16BE(Math.round(65535 * clamp(at(least + (place / (count - 1)) * (most - least)))), 2 * place);
  }
  const dict = context.obj({
    ...{ FunctionType: 0, Domain: [least, most], Range: [0, 1], Size: [count], BitsPerSample: 16 },
    Filter: 'FlateDecode',
  });
  return context.register(PDFRawStream.of(dict, deflateSync(data)));
}
