// A picture made of dots (PNG, JPEG, GIF, WebP): takes its bytes, whatever the file is called; gives what it is, or in
// plain words what is broken. What passes can be decoded as far as can be known without doing it.
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';

/** What not every reader and printer takes. */
export interface Traits {
  /** Only a note by the camera says which side is up (Exif 2.3, 4.6.4, Orientation). */
  readonly turned?: true;
  /** More than one frame. */
  readonly moves?: true;
  /** Its colours are a printer's four inks. */
  readonly inks?: true;
  /** Of a drawing: what is written in it, and not made into paths. */
  readonly words?: string;
}

export interface Raster extends Traits {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In dots, as it is shown: a camera's turn has been taken. */
  readonly width: number;
  readonly height: number;
}

/** A fault in a picture, in plain words; never a fault of ours. */
class Broken extends Error {}

const CUT_OFF = 'it is cut off in the middle';
const BROKEN = 'it is broken inside';

/** Undefined where the bytes are of none of these kinds. Throws `Broken`, or a RangeError where they end too soon. */
type Reader = (view: DataView, bytes: Uint8Array) => Raster | undefined;

/** The picture, or a fault; undefined where the bytes are of none of these kinds. */
export function readRaster(bytes: Uint8Array): Raster | string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (const read of [png, jpeg, gif, webp]) {
      const found = read(view, bytes);
      if (found) return found.width > 0 && found.height > 0 ? found : 'it has no size';
    }
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    if (error instanceof RangeError) return CUT_OFF;
    throw error;
  }
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length && [...text].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));

const png: Reader = (_, bytes) => {
  if (!startsWith(bytes, '\x89PNG')) return undefined;
  const read = readPng(bytes);
  if (typeof read === 'string') throw new Broken(read);
  const { width, height, moves } = read;
  return { mediaType: 'image/png', width, height, ...(moves ? { moves } : {}) };
};

const jpeg: Reader = (_, bytes) => {
  if (!(bytes[0] === 0xff && bytes[1] === 0xd8)) return undefined;
  const read = readJpeg(bytes);
  if (typeof read === 'string') throw new Broken(read);
  const { width, height, parts, turn } = read;
  return {
    mediaType: 'image/jpeg',
    ...(turn >= 5 ? { width: height, height: width } : { width, height }),
    ...(turn > 1 ? { turned: true } : {}),
    ...(parts === 4 ? { inks: true } : {}),
  };
};

const gif: Reader = (_, bytes) => {
  if (!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) return undefined;
  const read = readGif(bytes);
  if (typeof read === 'string') throw new Broken(read);
  const { width, height, frames } = read;
  return { mediaType: 'image/gif', width, height, ...(frames > 1 ? { moves: true } : {}) };
};

/** RFC 9649, 2: a RIFF of chunks, of which one holds the dots (`VP8 `, `VP8L`) or the frames (`ANMF`). */
const webp: Reader = (view, bytes) => {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8)) return undefined;
  const end = view.getUint32(4, true) + 8;
  if (end > bytes.length) throw new Broken(CUT_OFF);
  let size: { width: number; height: number } | undefined;
  let [dots, frames] = [0, 0];
  for (let at = 12; at + 8 <= end; ) {
    const length = view.getUint32(at + 4, true);
    const from = at + 8;
    if (from + length > end) throw new Broken(CUT_OFF);
    const named = (name: string): boolean => startsWith(bytes, name, at);
    if (named('VP8X')) size = { width: 1 + uint24(view, from + 4), height: 1 + uint24(view, from + 7) };
    if (named('VP8 ')) {
      // RFC 6386, 9.1: a key frame, and room for its first part.
      const tag = uint24(view, from);
      if (uint24(view, from + 3) !== 0x2a019d || tag & 1 || tag >> 5 > length - 10) throw new Broken(BROKEN);
      size ??= { width: view.getUint16(from + 6, true) & 0x3fff, height: view.getUint16(from + 8, true) & 0x3fff };
    }
    if (named('VP8L')) {
      const bits = view.getUint32(from + 1, true);
      if (view.getUint8(from) !== 0x2f || length < 5) throw new Broken(BROKEN);
      size ??= { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    if (named('VP8 ') || named('VP8L')) dots++;
    if (named('ANMF')) frames++;
    at = from + length + (length & 1);
  }
  if (!size || dots + frames === 0) throw new Broken('it holds no picture');
  return { mediaType: 'image/webp', ...size, ...(frames > 1 ? { moves: true } : {}) };
};

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
