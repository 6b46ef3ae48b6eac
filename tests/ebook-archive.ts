// A zip's entries read and written by hand (PKWARE's APPNOTE 6.3), independently of what packed them: the tests take an
// ebook apart, plant a fault in it, and put it together again.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

export interface Entry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** DOS date and time, as they stand. */
  readonly stamp: number;
  readonly extra: number;
  readonly bytes: Buffer;
}

/** The entries in the order in which their bytes stand in the file. */
export function unzip(archive: Uint8Array): Entry[] {
  const file = Buffer.from(archive);
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  if (end < 0) throw new Error('no end of central directory');
  const found: (Entry & { readonly at: number })[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let count = file.readUInt16LE(end + 10); count > 0; count--) {
    if (file.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry at ${at}`);
    const [method, stamp, crc] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 12), file.readUInt32LE(at + 16)];
    const [size, nameLength, extra] = [20, 28, 30].map((where) =>
      where === 20 ? file.readUInt32LE(at + where) : file.readUInt16LE(at + where),
    ) as [number, number, number];
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const header = file.readUInt32LE(at + 42);
    const start = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
    const raw = file.subarray(start, start + size);
    const bytes = method === 8 ? inflateRawSync(raw) : Buffer.from(raw);
    if (crc32(bytes) !== crc) throw new Error(`${name}: the checksum is wrong`);
    found.push({ name, method, stamp, extra: extra + file.readUInt16LE(header + 28), bytes, at: header });
    at += 46 + nameLength + extra + file.readUInt16LE(at + 32);
  }
  return found.sort((a, b) => a.at - b.at);
}

export function zip(entries: readonly Pick<Entry, 'name' | 'bytes' | 'method'>[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, method } of entries) {
    const raw = method === 8 ? deflateRawSync(bytes) : bytes;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2); // names in UTF-8
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(0x00210000, 6); // 1980-01-01
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(raw.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, Buffer.from(name), raw]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), shared, tail, Buffer.from(name));
    bodies.push(body);
    at += body.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, central, end]);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
