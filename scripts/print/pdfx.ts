// PDF/X-4 (ISO 15930-7:2010): what a finished press copy must say of itself so that a printer's programs take it. Takes a
// document whose colours are inks already; edits it in place. Imposing takes all of it away again: this comes last.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@pdfme/pdf-lib';
import { GREY_NAME, greyProfile, type Profile } from './icc.ts';
import { setMetadata, stampOf } from './metadata.ts';
import { infoOf, name, settleDates } from './pdf.ts';

export interface Exchange {
  readonly title: string;
  readonly date: Date;
  /** Of the press; our own for black ink where it is missing. */
  readonly profile?: Profile;
  /** Seven figures that change with the text, of which the document's identifier is made. */
  readonly mark: string;
}

/** PDF/X-4 is written in this version. */
export const PDFX_VERSION = '1.6';

const MAKER = 'Pamphleteer';

/** Dates, title, identifiers, output intent, and a space to blend transparency in. */
export function toPdfX(doc: PDFDocument, { title, date, profile, mark }: Exchange): void {
  const { context, catalog } = doc;
  const press: Profile = profile ?? { bytes: greyProfile(), space: 'GRAY', name: GREY_NAME };
  catalog.delete(name('Version'));
  catalog.set(name('OutputIntents'), context.obj([outputIntent(doc, press)]));
  const info = infoOf(doc);
  for (const key of info.keys()) info.delete(key);
  info.set(name('Title'), PDFHexString.fromText(title));
  for (const key of ['Creator', 'Producer']) info.set(name(key), PDFString.of(MAKER));
  info.set(name('Trapped'), name('False'));
  settleDates(doc, date);
  const stamp = stampOf(date);
  setMetadata(doc, {
    'dc:format': 'application/pdf',
    'dc:title': title,
    'xmp:CreatorTool': MAKER,
    'xmp:CreateDate': stamp,
    'xmp:ModifyDate': stamp,
    'xmp:MetadataDate': stamp,
    'xmpMM:DocumentID': `uuid:${uuid(`${title}\n${stamp}\n${mark}`)}`,
    'xmpMM:VersionID': '1',
    'xmpMM:RenditionClass': 'default',
    'pdf:Producer': MAKER,
    'pdf:Trapped': 'False',
    'pdfxid:GTS_PDFXVersion': 'PDF/X-4',
  });
  const blending = name(press.space === 'GRAY' ? 'DeviceGray' : 'DeviceCMYK');
  for (const page of doc.getPages()) {
    if (!hasTransparency(doc, page.node)) page.node.delete(name('Group'));
    else page.node.set(name('Group'), context.obj({ Type: 'Group', S: 'Transparency', CS: blending }));
  }
}

/** How the file is to be printed (ISO 32000-1, 14.11.5): no registered condition, but the profile itself. */
function outputIntent({ context }: PDFDocument, { bytes, space, name: called }: Profile): PDFRef {
  const dict = context.obj({ N: space === 'GRAY' ? 1 : 4, Filter: 'FlateDecode' });
  const intent = context.obj({ Type: 'OutputIntent', S: 'GTS_PDFX' });
  intent.set(name('OutputConditionIdentifier'), PDFString.of('Custom'));
  for (const key of ['OutputCondition', 'Info']) intent.set(name(key), PDFHexString.fromText(called));
  intent.set(name('DestOutputProfile'), context.register(PDFRawStream.of(dict, deflateSync(bytes))));
  return context.register(intent);
}

/** Always the same for the same text (RFC 9562, version 8: made as we like). */
function uuid(text: string): string {
  const figures = createHash('sha256').update(text).digest('hex');
  const [a, b, c, d, e] = [
    figures.slice(0, 8),
    figures.slice(8, 12),
    figures.slice(13, 16),
    figures.slice(17, 20),
    figures.slice(20, 32),
  ];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

/** Whether anything that the page draws is blended with what lies below (ISO 32000-1, 11.3 and 11.6). */
function hasTransparency({ context }: PDFDocument, page: PDFDict): boolean {
  const seen = new Set<PDFObject>();
  const waiting: (PDFObject | undefined)[] = [page.lookup(name('Resources'))];
  while (waiting.length > 0) {
    const entry = waiting.pop();
    const object = entry instanceof PDFRef ? context.lookup(entry) : entry;
    if (!object || seen.has(object)) continue;
    seen.add(object);
    if (object instanceof PDFArray) waiting.push(...object.asArray());
    const dict = object instanceof PDFStream ? object.dict : object;
    if (!(dict instanceof PDFDict) || dict.get(name('Type')) === name('Font')) continue;
    if (blends(dict)) return true;
    waiting.push(...dict.values());
  }
  return false;
}

function blends(dict: PDFDict): boolean {
  const mask = dict.lookup(name('SMask'));
  if (mask && mask !== name('None')) return true;
  if (dict.get(name('S')) === name('Transparency')) return true;
  const mode = dict.lookup(name('BM'));
  if (mode instanceof PDFArray || (mode instanceof PDFName && !['Normal', 'Compatible'].includes(mode.decodeText()))) {
    return true;
  }
  return ['ca', 'CA'].some((key) => {
    const part = dict.lookup(name(key));
    return part instanceof PDFNumber && part.asNumber() < 1;
  });
}
