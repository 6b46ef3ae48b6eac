// A JPEG looked through, marker by marker (ITU-T T.81, annex B): takes its bytes; gives its size and how it is to be
// held, or in plain words what a decoder would stumble over. Throws a RangeError where the bytes end too soon.

export interface Jpeg {
  readonly width: number;
  readonly height: number;
  /** Components: 1 grey, 3 colours, 4 a printer's inks. */
  readonly parts: number;
  /** 1 to 8 (Exif 2.3, 4.6.4, Orientation); 1 is upright, from 5 on it lies on its side. */
  readonly turn: number;
}

const CUT_OFF = 'it is cut off in the middle';
const BROKEN = 'it is broken inside';

interface Frame {
  readonly width: number;
  readonly height: number;
  /** By its id, the number of its quantization table. */
  readonly parts: ReadonlyMap<number, number>;
  readonly progressive: boolean;
}

/** What the segments up to here have told. */
interface Told {
  frame?: Frame;
  scans: number;
  turn: number;
  readonly quantizers: Set<number>;
  /** `0-1`: class and number. */
  readonly codes: Set<string>;
}

export function readJpeg(bytes: Uint8Array): Jpeg | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const told: Told = { scans: 0, turn: 1, quantizers: new Set(), codes: new Set() };
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return BROKEN;
    while (view.getUint8(at) === 0xff) at++;
    const marker = view.getUint8(at++);
    if (marker === 0xd9) break;
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    const length = view.getUint16(at);
    if (length < 2) return BROKEN;
    if (at + length > bytes.length) return CUT_OFF;
    const fault = readSegment(new DataView(bytes.buffer, bytes.byteOffset + at + 2, length - 2), marker, told);
    if (fault) return fault;
    at += length;
    if (marker === 0xda) at = scanEnd(bytes, at);
    if (at < 0) return CUT_OFF;
  }
  const { frame, scans, turn } = told;
  if (!frame || scans === 0) return 'it holds no picture';
  return { width: frame.width, height: frame.height, parts: frame.parts.size, turn };
}

/** In a scan's data 0xff is followed by zero; only restarts stand among it (T.81, B.1.1.5). Negative: there is no end. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}

function readSegment(view: DataView, marker: number, told: Told): string | undefined {
  if (marker === 0xc4) return readCodes(view, told);
  if (marker === 0xdb) return readQuantizers(view, told);
  if (marker === 0xda) return readScan(view, told);
  if (marker === 0xdd) return view.byteLength === 2 ? undefined : BROKEN;
  if (marker === 0xe1) told.turn = turnOf(view) ?? told.turn;
  if (marker < 0xc0 || marker > 0xcf || marker === 0xc8) return marker < 0xc0 ? BROKEN : undefined;
  return told.frame ? BROKEN : readFrame(view, marker, told);
}

/** B.2.2. Baseline, extended and progressive Huffman coding of eight bits: no browser decodes the others. */
function readFrame(view: DataView, marker: number, told: Told): string | undefined {
  const [bits, height, width, count] = [view.getUint8(0), view.getUint16(1), view.getUint16(3), view.getUint8(5)];
  if (![0xc0, 0xc1, 0xc2].includes(marker) || bits !== 8) return 'it is of a rare kind of JPEG';
  if (![1, 3, 4].includes(count) || view.byteLength !== 6 + 3 * count) return BROKEN;
  const parts = new Map<number, number>();
  for (let part = 0; part < count; part++) {
    const [id, sampling, table] = [0, 1, 2].map((byte) => view.getUint8(6 + 3 * part + byte)) as [
      number,
      number,
      number,
    ];
    const [across, down] = [sampling >> 4, sampling & 15];
    if (across < 1 || across > 4 || down < 1 || down > 4 || table > 3) return BROKEN;
    parts.set(id, table);
  }
  if (parts.size !== count) return BROKEN;
  told.frame = { width, height, parts, progressive: marker === 0xc2 };
  return undefined;
}

/** B.2.4.1 */
function readQuantizers(view: DataView, told: Told): string | undefined {
  let at = 0;
  while (at < view.byteLength) {
    const [wide, table] = [view.getUint8(at) >> 4, view.getUint8(at) & 15];
    if (wide > 1 || table > 3) return BROKEN;
    told.quantizers.add(table);
    at += 1 + 64 * (wide + 1);
  }
  return at === view.byteLength ? undefined : BROKEN;
}

/** B.2.4.2 and C: of each length no more codes than there is room for. */
function readCodes(view: DataView, told: Told): string | undefined {
  let at = 0;
  while (at < view.byteLength) {
    const [kind, table] = [view.getUint8(at) >> 4, view.getUint8(at) & 15];
    if (kind > 1 || table > 3) return BROKEN;
    let [sum, room] = [0, 1];
    for (let length = 1; length <= 16; length++) {
      const count = view.getUint8(at + length);
      sum += count;
      room = 2 * room - count;
      if (room < 0) return BROKEN;
    }
    if (sum > 256) return BROKEN;
    // A difference of more than fifteen bits cannot be.
    for (let value = 0; value < sum; value++)
      if (view.getUint8(at + 17 + value) > (kind === 0 ? 15 : 255)) return BROKEN;
    told.codes.add(`${kind}-${table}`);
    at += 17 + sum;
  }
  return at === view.byteLength ? undefined : BROKEN;
}

/** B.2.3: the parts that it codes, each with tables that have been given. */
function readScan(view: DataView, told: Told): string | undefined {
  const { frame, quantizers, codes } = told;
  const count = view.getUint8(0);
  if (!frame || count < 1 || count > 4 || view.byteLength !== 4 + 2 * count) return BROKEN;
  const [first, last, steps] = [1, 2, 3].map((byte) => view.getUint8(2 * count + byte)) as [number, number, number];
  const seen = new Set<number>();
  for (let part = 0; part < count; part++) {
    const [id, tables] = [view.getUint8(1 + 2 * part), view.getUint8(2 + 2 * part)];
    const quantizer = frame.parts.get(id);
    if (quantizer === undefined || seen.has(id) || !quantizers.has(quantizer)) return BROKEN;
    seen.add(id);
    const [dc, ac] = [codes.has(`0-${tables >> 4}`), codes.has(`1-${tables & 15}`)];
    // A progressive scan codes the mean or the rest, and refining a mean takes no table (G.1.2).
    if (frame.progressive ? !(first > 0 ? ac : dc || steps >> 4 > 0) : !(dc && ac)) return BROKEN;
  }
  if (frame.progressive && !isProgression(first, last, steps, count)) return BROKEN;
  told.scans++;
  return undefined;
}

/** G.1.1.1: the mean alone, or some of the rest of one part; refined by one bit at a time. */
function isProgression(first: number, last: number, steps: number, count: number): boolean {
  const [before, now] = [steps >> 4, steps & 15];
  const band = first === 0 ? last === 0 : last >= first && last <= 63 && count === 1;
  return band && now <= 13 && (before === 0 || before === now + 1);
}

/** Exif 2.3, 4.6.2 to 4.6.4: tag 0x0112 of the first directory; undefined where the segment has none. */
function turnOf(view: DataView): number | undefined {
  const start = 6;
  if (view.byteLength < 14 || view.getUint32(0) !== 0x45786966) return undefined;
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > view.byteLength) return undefined;
  for (let entry = 0; entry < view.getUint16(directory, little); entry++) {
    const at = directory + 2 + 12 * entry;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const turn = view.getUint16(at + 8, little);
    return turn >= 1 && turn <= 8 ? turn : undefined;
  }
  return undefined;
}
