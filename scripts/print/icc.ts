// ICC profiles (ICC.1:2001-04, version 2, which PDF 1.6 knows): our own two, reckoned from formulas, and what a file says
// that it is. Gives the same bytes each time: they carry a fixed date.

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65536), 4 * index);
  return bytes;
}

const xyz = (values: readonly number[]): Buffer => Buffer.concat([ascii('XYZ \0\0\0\0'), numbers(values)]);

const text = (words: string): Buffer => ascii(`text\0\0\0\0${words}\0`);

/** textDescriptionType (6.5.17): ASCII, and nothing for Unicode and the Macintosh. */
function description(words: string): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(words.length + 1);
  return Buffer.concat([ascii('desc\0\0\0\0'), count, ascii(`${words}\0`), Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

/** curveType (6.5.3) of `count` places from 0 to 1. */
function curve(count: number, at: (part: number) => number): Buffer {
  const bytes = Buffer.alloc(12 + 2 * count);
  bytes.write('curv', 'latin1');
  bytes.writeUInt32BE(count, 8);
  for (let place = 0; place < count; place++) {
    bytes.writeUInt16BE(Math.round(at(place / (count - 1)) * 65535), 12 + 2 * place);
  }
  return bytes;
}

/** The light that all profiles are reckoned for: D50 (ICC.1:2001-04, 6.1.8). */
const D50 = [0.9642, 1, 0.8249] as const;

type Tags = Readonly<Record<string, Buffer>>;

/** A profile's header (6.1) and its tags; a tag that is another's very buffer is stored once. */
function profile(kind: 'prtr' | 'mntr', space: 'GRAY' | 'RGB ', tags: Tags): Uint8Array {
  const entries = Object.entries(tags);
  const placed = new Map<Buffer, number>();
  let size = 128 + 4 + 12 * entries.length;
  const chunks: Buffer[] = [];
  for (const data of Object.values(tags)) {
    if (placed.has(data)) continue;
    placed.set(data, size);
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    chunks.push(padded);
    size += padded.length;
  }
  const head = Buffer.alloc(128 + 4 + 12 * entries.length);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(0x02400000, 8);
  head.write(`${kind}${space}XYZ `, 12, 'latin1');
  for (const [index, part] of [2000, 1, 1].entries()) head.writeUInt16BE(part, 24 + 2 * index);
  head.write('acsp', 36, 'latin1');
  // Rendering intent: media-relative colorimetric.
  head.writeUInt32BE(1, 64);
  numbers(D50).copy(head, 68);
  head.writeUInt32BE(entries.length, 128);
  for (const [index, [tag, data]] of entries.entries()) {
    head.write(tag, 132 + 12 * index, 'latin1');
    head.writeUInt32BE(placed.get(data)!, 136 + 12 * index);
    head.writeUInt32BE(data.length, 140 + 12 * index);
  }
  return new Uint8Array(Buffer.concat([head, ...chunks]));
}

const FREE = text('No copyright: CC0 1.0');

/** What a printed grey of half the paper covered gains: 20 of 100, as offset on uncoated paper does (ISO 12647-2). */
const DOT_GAIN = 0.2;
/** Of the paper's light, what solid black gives back: density 1.6. */
const SOLID = 10 ** -1.6;

export const GREY_NAME = 'Black ink, dot gain 20 %';

/** The part of the paper's light that comes back from a printed grey (0 black, 1 white), by Murray and Davies. */
export function printedLight(grey: number): number {
  const dot = 1 - grey;
  const seen = dot + 4 * DOT_GAIN * dot * (1 - dot);
  return 1 - seen * (1 - SOLID);
}

let grey: Uint8Array | undefined;

/** Black ink on paper, as an output profile: what a book in black is printed with. */
export function greyProfile(): Uint8Array {
  grey ??= profile('prtr', 'GRAY', {
    desc: description(GREY_NAME),
    cprt: FREE,
    wtpt: xyz(D50),
    kTRC: curve(256, printedLight),
  });
  return grey;
}

let srgb: Uint8Array | undefined;

/** sRGB (IEC 61966-2-1), its primaries seen under D50: what browsers mean by red, green and blue. */
export function srgbProfile(): Uint8Array {
  const tone = curve(1024, (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  srgb ??= profile('mntr', 'RGB ', {
    desc: description('sRGB'),
    cprt: FREE,
    wtpt: xyz(D50),
    rXYZ: xyz([0.43607, 0.22249, 0.01392]),
    gXYZ: xyz([0.38515, 0.71687, 0.09708]),
    bXYZ: xyz([0.14307, 0.06061, 0.7141]),
    ...{ rTRC: tone, gTRC: tone, bTRC: tone },
  });
  return srgb;
}

export interface Profile {
  readonly bytes: Uint8Array;
  readonly space: 'GRAY' | 'CMYK';
  /** What it calls itself. */
  readonly name: string;
}

/** Why a file cannot be the profile of a press. */
export interface NoProfile {
  readonly reason: string;
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ mntr: 'a screen', scnr: 'a scanner or camera', link: 'two devices linked', spac: 'a colour space' },
  ...{ abst: 'an effect', nmcl: 'named colours' },
};

/** The file as an output profile for black or four inks; or what it is instead, in words that go on after “it”. */
export function readProfile(bytes: Uint8Array): Profile | NoProfile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 132 || file.toString('latin1', 36, 40) !== 'acsp') return { reason: 'is no ICC profile' };
  if (file.readUInt32BE(0) > file.length) return { reason: 'is cut off in the middle' };
  if (file[8]! > 4) return { reason: 'is an ICC profile of version 5, which PDF/X-4 does not know' };
  const [first, last] = [132, 132 + 12 * file.readUInt32BE(128)];
  for (let entry = first; entry < last; entry += 12) {
    const end = entry + 12 > file.length ? Number.NaN : file.readUInt32BE(entry + 4) + file.readUInt32BE(entry + 8);
    if (!(end <= file.length)) return { reason: 'is damaged: what it describes is not in it' };
  }
  if (first === last) return { reason: 'is empty but for its head' };
  const kind = file.toString('latin1', 12, 16);
  if (kind !== 'prtr') return { reason: `describes ${KINDS[kind] ?? 'no press'}, not a press` };
  const space = file.toString('latin1', 16, 20);
  if (space !== 'GRAY' && space !== 'CMYK') return { reason: `is for ${space.trim()}, not for CMYK or grey` };
  return { bytes, space, name: nameOf(file) ?? 'Custom' };
}

/** The description: ASCII in version 2, the first of several languages in version 4. */
function nameOf(file: Buffer): string | undefined {
  const count = Math.min(file.readUInt32BE(128), 100);
  for (let entry = 132; entry < 132 + 12 * count && entry + 12 <= file.length; entry += 12) {
    if (file.toString('latin1', entry, entry + 4) !== 'desc') continue;
    const at = file.readUInt32BE(entry + 4);
    if (at + 28 > file.length) return undefined;
    if (file.toString('latin1', at, at + 4) === 'desc') {
      return file.toString('latin1', at + 12, at + 12 + file.readUInt32BE(at + 8)).replace(/\0.*$/s, '');
    }
    const [length, start] = [file.readUInt32BE(at + 20) & ~1, at + file.readUInt32BE(at + 24)];
    return Buffer.from(file.subarray(start, start + length))
      .swap16()
      .toString('utf16le');
  }
  return undefined;
}
