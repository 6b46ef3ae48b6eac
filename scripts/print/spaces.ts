// Colour spaces (ISO 32000-1, 8.6): of what family one is, whatever it is called, and our own for colours that only the press
// can mix.

import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { type Cmyk, type Rgb, rgbOf } from './colours.ts';
import { srgbProfile } from './icc.ts';
import { name } from './pdf.ts';

export type Family = 'grey' | 'rgb' | 'cmyk' | 'indexed' | 'pattern' | 'other';

const FAMILIES: Readonly<Record<string, Family>> = {
  ...{ DeviceGray: 'grey', G: 'grey', CalGray: 'grey', DeviceRGB: 'rgb', RGB: 'rgb', CalRGB: 'rgb' },
  ...{ DeviceCMYK: 'cmyk', CMYK: 'cmyk', Indexed: 'indexed', I: 'indexed', Pattern: 'pattern' },
};

/** Parts a colour has. */
export const PARTS = { grey: 1, rgb: 3, cmyk: 4 } as const;

/** `space`, looked up; a profile tells its family by its number of parts. */
export function familyOf(space: PDFObject | undefined): Family {
  if (space instanceof PDFName) return FAMILIES[space.decodeText()] ?? 'other';
  if (!(space instanceof PDFArray) || !(space.lookup(0) instanceof PDFName)) return 'other';
  const family = space.lookup(0, PDFName).decodeText();
  if (family !== 'ICCBased') return FAMILIES[family] ?? 'other';
  const profile = space.lookup(1);
  const parts = profile instanceof PDFStream ? profile.dict.lookup(name('N')) : undefined;
  const found = Object.entries(PARTS).find(([, count]) => parts instanceof PDFNumber && parts.asNumber() === count);
  return (found?.[0] as Family | undefined) ?? 'other';
}

/** Whether a profile says what the colours are: a camera's or a monitor's, and not to be taken for sRGB. */
export const isProfiled = (space: PDFObject | undefined): boolean =>
  space instanceof PDFArray && space.lookup(0) === name('ICCBased');

/** A colour of a family as light. */
export function lightOf(family: keyof typeof PARTS, parts: readonly number[]): Rgb {
  if (family === 'cmyk') return rgbOf(parts as unknown as Cmyk);
  return family === 'rgb' ? (parts as unknown as Rgb) : [parts[0]!, parts[0]!, parts[0]!];
}

/** Called with nothing, gives the reference of an sRGB colour space, made in the document when it is first asked for. */
export function measuredRgb({ context }: PDFDocument): () => PDFRef {
  let made: PDFRef | undefined;
  return () => {
    if (made) return made;
    const dict = context.obj({ N: 3, Alternate: 'DeviceRGB', Filter: 'FlateDecode' });
    const profile = context.register(PDFRawStream.of(dict, deflateSync(srgbProfile())));
    made = context.register(context.obj(['ICCBased', profile]));
    return made;
  };
}

/** What measured RGB is called in resources. */
export const MEASURED = 'sRGB';

/** Gives the resources that name. */
export function nameMeasured(doc: PDFDocument, resources: PDFDict, space: PDFRef): void {
  const found = resources.lookup(name('ColorSpace'));
  const spaces = found instanceof PDFDict ? found : doc.context.obj({});
  spaces.set(name(MEASURED), space);
  resources.set(name('ColorSpace'), spaces);
}
