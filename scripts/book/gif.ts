// A GIF looked through (GIF89a specification, 17 to 27 and appendix F): takes its bytes; gives its size and frames, or in
// plain words what a decoder would stumble over. Throws a RangeError where the bytes end too soon.

export interface Gif {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

const BROKEN = 'it is broken inside';

export function readGif(bytes: Uint8Array): Gif | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  let [width, height, frames] = [view.getUint16(6, true), view.getUint16(8, true), 0];
  let at = 13 + table(view.getUint8(10));
  const blocks = (): Uint8Array[] => {
    const found: Uint8Array[] = [];
    for (let size = view.getUint8(at++); size > 0; size = view.getUint8(at++)) {
      found.push(bytes.subarray(at, at + size));
      at += size;
    }
    return found;
  };
  for (let block = view.getUint8(at++); block !== 0x3b; block = view.getUint8(at++)) {
    if (block === 0x21) {
      at++;
      blocks();
      continue;
    }
    if (block !== 0x2c) return BROKEN;
    frames++;
    const [left, top, across, down] = [0, 2, 4, 6].map((offset) => view.getUint16(at + offset, true)) as Four;
    // Browsers widen the screen to its first frame, and to no other.
    if (frames === 1) [width, height] = [Math.max(width, left + across), Math.max(height, top + down)];
    if (across * down === 0) return BROKEN;
    at += 9 + table(view.getUint8(at + 8));
    const bits = view.getUint8(at++);
    if (bits < 1 || bits > 8 || !fills(blocks(), bits, across * down)) return BROKEN;
  }
  return frames === 0 ? 'it holds no picture' : { width, height, frames };
}

type Four = [number, number, number, number];

/** Whether the codes (LZW of up to twelve bits) stand for so many dots; of each code only its length is reckoned. */
function fills(blocks: readonly Uint8Array[], bits: number, wanted: number): boolean {
  const clear = 1 << bits;
  const lengths = new Uint32Array(4096).fill(1, 0, clear);
  let [size, next, before, dots] = [bits + 1, clear + 2, -1, 0];
  let [held, holds] = [0, 0];
  for (const block of blocks)
    for (const byte of block) {
      held |= byte << holds;
      holds += 8;
      while (holds >= size) {
        const code = held & ((1 << size) - 1);
        held >>>= size;
        holds -= size;
        if (code === clear + 1) return dots >= wanted;
        if (code === clear) {
          [size, next, before] = [bits + 1, clear + 2, -1];
          continue;
        }
        if (code > next || (before < 0 && code > clear)) return false;
        const longer = before < 0 ? 1 : lengths[before]! + 1;
        dots += code === next ? longer : lengths[code]!;
        if (dots >= wanted) return true;
        if (before >= 0 && next < 4096) lengths[next++] = longer;
        if (next === 1 << size && size < 12) size++;
        before = code;
      }
    }
  return false;
}
