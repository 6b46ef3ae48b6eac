// The few things every press step needs of a PDF: open it, read and replace its streams, date it, drop what nothing names,
// and write it so that the same document always gives the same bytes. Takes and gives bytes, and pdf-lib's documents.
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  ParseSpeeds,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@pdfme/pdf-lib';
import { VFileMessage } from 'vfile-message';

const names = new Map<string, PDFName>();

/** The library decodes a name each time it is asked for it, and we ask for the same few by the thousand. */
export function name(text: string): PDFName {
  const known = names.get(text);
  if (known) return known;
  const made = PDFName.of(text);
  names.set(text, made);
  return made;
}

export const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** The document; throws a VFileMessage `pdf-unreadable` where the bytes are no PDF that we can open. */
export async function load(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(pdf, {
      updateMetadata: false,
      throwOnInvalidObject: true,
      parseSpeed: ParseSpeeds.Fastest,
    });
  } catch {
    const data = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
    // What is encrypted may break the parser before it finds that it is.
    if (data.includes('/Encrypt')) throw unreadable('The PDF is locked', UNLOCKING);
    if (!data.subarray(0, 1024).includes('%PDF-'))
      throw unreadable('That is no PDF', 'Name a PDF: most programs make one where they print');
    throw unreadable('The PDF is damaged, or made in a way that is not understood', MENDING);
  }
}

const UNLOCKING =
  'If it opens without a password, `qpdf --decrypt IN.pdf OUT.pdf` makes a copy that will do; else ask who made it for one';

/** What helps against most that is wrong with a PDF. */
export const MENDING = 'Open it in a viewer and print it into a new PDF, or try `qpdf IN.pdf OUT.pdf`';

export function unreadable(reason: string, note: string): VFileMessage {
  const message = new VFileMessage(reason, { ruleId: 'pdf-unreadable', source: 'print' });
  message.note = note;
  return message;
}

/** How many pages the PDF has. */
export async function countPages(pdf: Uint8Array): Promise<number> {
  return (await load(pdf)).getPageCount();
}

/** The dictionary of a dictionary or stream, looked up where it is a reference. */
export function dictOf(context: PDFContext, object: PDFObject | undefined): PDFDict | undefined {
  const found = object instanceof PDFRef ? context.lookup(object) : object;
  if (found instanceof PDFDict) return found;
  return found instanceof PDFStream ? found.dict : undefined;
}

export const numberOf = (object: PDFObject | undefined): number | undefined =>
  object instanceof PDFNumber ? object.asNumber() : undefined;

/** Numbers of an array, those behind references too; undefined where it is no array of numbers. */
export function numbersOf(object: PDFObject | undefined): number[] | undefined {
  if (!(object instanceof PDFArray)) return undefined;
  const found = object.asArray().map((_, index) => object.lookup(index));
  return found.every((item) => item instanceof PDFNumber) ? found.map((item) => item.asNumber()) : undefined;
}

/** A rectangle, its corners put in order: left, bottom, right, top. */
export function boxOf(object: PDFObject | undefined): [number, number, number, number] | undefined {
  const found = numbersOf(object);
  if (found?.length !== 4) return undefined;
  const [a, b, c, d] = found as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** A stream's bytes, all its filters undone. */
export function decoded(stream: PDFStream): Uint8Array {
  const filter = stream.dict.lookup(name('Filter'));
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter;
  const contents = stream.getContents();
  if (only === undefined) return contents;
  if (only === name('FlateDecode') && !stream.dict.has(name('DecodeParms'))) return inflateSync(contents);
  if (stream instanceof PDFRawStream) return decodePDFRawStream(stream).decode();
  throw new Error(`cannot decode ${stream.dict}`);
}

/** Puts new bytes into the stream that `ref` names, deflated; its dictionary stays but for filter and length. */
export function setDecoded(context: PDFContext, ref: PDFRef, dict: PDFDict, data: Uint8Array): void {
  dict.set(name('Filter'), name('FlateDecode'));
  dict.delete(name('DecodeParms'));
  context.assign(ref, PDFRawStream.of(dict, deflateSync(data)));
}

/** A new deflated stream with these drawing operators. */
export function drawing(context: PDFContext, operators: string): PDFRef {
  const dict = context.obj({ Filter: 'FlateDecode' });
  return context.register(PDFRawStream.of(dict, deflateSync(bytes(operators))));
}

/** References of the page's content streams, in order. */
export function pageContents(page: PDFPage): PDFRef[] {
  const entry = page.node.get(name('Contents'));
  const value = page.node.lookup(name('Contents'));
  const items = value instanceof PDFArray ? value.asArray() : [entry];
  return items.filter((item): item is PDFRef => item instanceof PDFRef);
}

/** Every stream that holds drawing operators: pages, forms, tiling patterns, Type 3 glyphs. */
export function contentStreams(doc: PDFDocument): Map<PDFRef, PDFStream> {
  const { context } = doc;
  const found = new Map<PDFRef, PDFStream>();
  const add = (ref: PDFObject): void => {
    const stream = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (ref instanceof PDFRef && stream instanceof PDFStream) found.set(ref, stream);
  };
  for (const page of doc.getPages()) for (const ref of pageContents(page)) add(ref);
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const dict = dictOf(context, object);
    if (!dict) continue;
    const subtype = dict.get(name('Subtype'));
    const pattern = dict.get(name('PatternType'));
    if (object instanceof PDFStream) {
      if (subtype === name('Form') || (pattern instanceof PDFNumber && pattern.asNumber() === 1)) add(ref);
    } else if (subtype === name('Type3')) {
      for (const glyph of dictOf(context, dict.get(name('CharProcs')))?.values() ?? []) add(glyph);
    }
  }
  return found;
}

/** The Info dictionary, made where there is none. */
export function infoOf(doc: PDFDocument): PDFDict {
  const found = doc.context.lookup(doc.context.trailerInfo.Info);
  if (found instanceof PDFDict) return found;
  const made = doc.context.obj({});
  doc.context.trailerInfo.Info = doc.context.register(made);
  return made;
}

/** Sets both dates of the document, to the second, in UTC. */
export function settleDates(doc: PDFDocument, date: Date): void {
  const digits = date.toISOString().slice(0, 19).replace(/\D/g, '');
  const info = infoOf(doc);
  for (const key of ['CreationDate', 'ModDate']) info.set(name(key), PDFString.of(`D:${digits}+00'00'`));
}

/** Deletes every object that cannot be reached from the catalog or the Info dictionary. */
export function dropUnused(doc: PDFDocument): void {
  const { context } = doc;
  const reached = new Set<PDFRef>();
  const waiting: (PDFObject | undefined)[] = [context.trailerInfo.Root, context.trailerInfo.Info];
  while (waiting.length > 0) {
    let object = waiting.pop();
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue;
      reached.add(object);
      object = context.lookup(object);
    }
    if (object instanceof PDFDict) waiting.push(...object.values());
    else if (object instanceof PDFArray) waiting.push(...object.asArray());
    else if (object instanceof PDFStream) waiting.push(...object.dict.values());
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref);
}

/** Objects in one object stream: large enough to deflate well, small enough to be read at once. */
const PER_STREAM = 100;

interface Entry {
  readonly number: number;
  /** 1: at byte `at`, generation `index`; 2: the `index`th object of object stream `at`. */
  readonly kind: 1 | 2;
  readonly at: number;
  readonly index: number;
}

/**
 * The document as PDF 1.7, unless another version is asked for, with object streams (ISO 32000-1, 7.5.7 and 7.5.8). Objects keep their numbers and stand in
 * their order; the file's identifier is the hash of what it holds. Same document, same bytes.
 */
export function save(doc: PDFDocument, version = '1.7'): Uint8Array {
  const { context } = doc;
  const chunks: Uint8Array[] = [bytes(`%PDF-${version}\n%\x81\x81\x81\x81\n`)];
  const entries: Entry[] = [];
  let size = chunks[0]!.length;
  let next = context.largestObjectNumber + 1;
  const write = (number: number, generation: number, dict: PDFDict, data: Uint8Array): void => {
    dict.set(name('Length'), PDFNumber.of(data.length));
    entries.push({ number, kind: 1, at: size, index: generation });
    const head = bytes(`${number} ${generation} obj\n${dict}\nstream\n`);
    const tail = bytes('\nendstream\nendobj\n');
    chunks.push(head, data, tail);
    size += head.length + data.length + tail.length;
  };
  const loose: { readonly number: number; readonly text: string }[] = [];
  const objects = context.enumerateIndirectObjects().sort(([a], [b]) => a.objectNumber - b.objectNumber);
  for (const [ref, object] of objects) {
    if (object instanceof PDFStream) write(ref.objectNumber, ref.generationNumber, object.dict, object.getContents());
    else if (ref.generationNumber === 0) loose.push({ number: ref.objectNumber, text: `${object}` });
    else {
      const text = bytes(`${ref.objectNumber} ${ref.generationNumber} obj\n${object}\nendobj\n`);
      entries.push({ number: ref.objectNumber, kind: 1, at: size, index: ref.generationNumber });
      chunks.push(text);
      size += text.length;
    }
  }
  for (let first = 0; first < loose.length; first += PER_STREAM) {
    const held = loose.slice(first, first + PER_STREAM);
    const number = next++;
    let offset = 0;
    const index = held.map((object, place) => {
      entries.push({ number: object.number, kind: 2, at: number, index: place });
      const pair = `${object.number} ${offset}`;
      offset += object.text.length + 1;
      return pair;
    });
    const head = `${index.join(' ')}\n`;
    const dict = context.obj({ Type: 'ObjStm', N: held.length, First: head.length, Filter: 'FlateDecode' });
    write(number, 0, dict, deflateSync(bytes(head + held.map((object) => object.text).join('\n'))));
  }
  const start = size;
  const number = next++;
  entries.push({ number, kind: 1, at: start, index: 0 });
  entries.sort((a, b) => a.number - b.number);
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  const id = PDFHexString.of(hash.digest('hex').slice(0, 32).toUpperCase());
  const { Root, Info } = context.trailerInfo;
  const dict = context.obj({ Type: 'XRef', Size: next, W: [1, 4, 2], Index: runs(entries), Filter: 'FlateDecode' });
  dict.set(name('Root'), Root!);
  if (Info) dict.set(name('Info'), Info);
  dict.set(name('ID'), context.obj([id, id]));
  const table = Buffer.alloc(entries.length * 7);
  entries.forEach((entry, row) => {
    table.writeUInt8(entry.kind, row * 7);
    table.writeUInt32BE(entry.at, row * 7 + 1);
    table.writeUInt16BE(entry.index, row * 7 + 5);
  });
  write(number, 0, dict, deflateSync(table));
  chunks.push(bytes(`startxref\n${start}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(chunks));
}

/** First number and length of each run of consecutive object numbers. */
function runs(entries: readonly Entry[]): number[] {
  const found: number[] = [];
  entries.forEach((entry, index) => {
    if (entries[index - 1]?.number === entry.number - 1) found[found.length - 1]! += 1;
    else found.push(entry.number, 1);
  });
  return found;
}
