// Subsets of one typeface made one: every print run embeds the glyphs that it needs, under the numbers that they have in the
// whole font, so that two files are merged glyph by glyph. Takes and gives TrueType files (ISO/IEC 14496-22), as bytes.

/** What a PDF reader needs of a font that is addressed by glyph (ISO 32000-1, 9.9), taken apart. */
export interface Subset {
  /** By tag. */
  readonly tables: ReadonlyMap<string, DataView>;
  /** By glyph number; glyphs without an outline are left out. */
  readonly outlines: Map<number, Uint8Array>;
  /** By glyph number: advance width << 16 | left side bearing, in font units. */
  readonly metrics: Map<number, number>;
  glyphs: number;
}

const HINTS = ['cvt ', 'fpgm', 'prep'];

/** Undefined where the file is no TrueType font with outlines. */
export function readSubset(bytes: Uint8Array): Subset | undefined {
  // A copy, since some tables are changed when others are taken in.
  const file = new Uint8Array(bytes);
  const view = new DataView(file.buffer);
  if (file.length < 12 || view.getUint32(0) !== 0x00010000) return undefined;
  const tables = new Map<string, DataView>();
  for (let index = 0; index < view.getUint16(4); index++) {
    const entry = 12 + 16 * index;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    tables.set(tag, new DataView(file.buffer, view.getUint32(entry + 8), view.getUint32(entry + 12)));
  }
  const [head, maxp, hhea, hmtx, loca, glyf] = ['head', 'maxp', 'hhea', 'hmtx', 'loca', 'glyf'].map((t) =>
    tables.get(t),
  );
  if (!head || !maxp || !hhea || !hmtx || !loca || !glyf) return undefined;
  const glyphs = maxp.getUint16(4);
  const long = head.getInt16(50) === 1;
  const at = (glyph: number): number => (long ? loca.getUint32(4 * glyph) : 2 * loca.getUint16(2 * glyph));
  const full = hhea.getUint16(34);
  const outlines = new Map<number, Uint8Array>();
  const metrics = new Map<number, number>();
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const [from, to] = [at(glyph), at(glyph + 1)];
    if (to > from) outlines.set(glyph, new Uint8Array(glyf.buffer, glyf.byteOffset + from, to - from));
    // Glyphs after the last full entry have its width, and a bearing of their own.
    const advance = hmtx.getUint16(4 * Math.min(glyph, full - 1));
    const bearing = hmtx.getUint16(glyph < full ? 4 * glyph + 2 : 4 * full + 2 * (glyph - full));
    const metric = advance * 0x10000 + bearing;
    if (metric !== 0) metrics.set(glyph, metric);
  }
  return { tables, outlines, metrics, glyphs };
}

/** Takes `more` into `held`; false, and nothing changed, where the two cannot be of one typeface. */
export function takeIn(held: Subset, more: Subset): boolean {
  const unit = 18;
  if (held.tables.get('head')!.getUint16(unit) !== more.tables.get('head')!.getUint16(unit)) return false;
  if (HINTS.some((tag) => !same(bytesOf(held.tables.get(tag)), bytesOf(more.tables.get(tag))))) return false;
  for (const [glyph, outline] of more.outlines) {
    const known = held.outlines.get(glyph);
    if (known && !same(known, outline)) return false;
  }
  for (const [glyph, metric] of more.metrics) if ((held.metrics.get(glyph) ?? metric) !== metric) return false;
  for (const [glyph, outline] of more.outlines) held.outlines.set(glyph, outline);
  for (const [glyph, metric] of more.metrics) held.metrics.set(glyph, metric);
  held.glyphs = Math.max(held.glyphs, more.glyphs);
  widen(held.tables.get('head')!, more.tables.get('head')!, [36, 38], [40, 42]);
  widen(held.tables.get('hhea')!, more.tables.get('hhea')!, [12, 14], [10, 16]);
  const maxp = held.tables.get('maxp')!;
  for (let at = 6; at < maxp.byteLength; at += 2) {
    maxp.setUint16(at, Math.max(maxp.getUint16(at), more.tables.get('maxp')!.getUint16(at)));
  }
  return true;
}

/** The signed fields at `least` become the lesser of both tables', those at `most` the greater. */
function widen(held: DataView, more: DataView, least: readonly number[], most: readonly number[]): void {
  for (const at of least) held.setInt16(at, Math.min(held.getInt16(at), more.getInt16(at)));
  for (const at of most) held.setInt16(at, Math.max(held.getInt16(at), more.getInt16(at)));
}

/** The font file: its glyphs keep their numbers, and those that it has not are empty. */
export function writeSubset({ tables, outlines, metrics, glyphs }: Subset): Uint8Array {
  const loca = new DataView(new ArrayBuffer(4 * (glyphs + 1)));
  const hmtx = new DataView(new ArrayBuffer(4 * glyphs));
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const outline = outlines.get(glyph);
    if (outline) {
      parts.push(outline, new Uint8Array(-outline.length & 3));
      size += (outline.length + 3) & ~3;
    }
    loca.setUint32(4 * (glyph + 1), size);
    hmtx.setUint32(4 * glyph, metrics.get(glyph) ?? 0);
  }
  const head = copyOf(tables.get('head')!);
  head.setUint32(8, 0);
  head.setInt16(50, 1);
  const hhea = copyOf(tables.get('hhea')!);
  hhea.setUint16(34, glyphs);
  const maxp = copyOf(tables.get('maxp')!);
  maxp.setUint16(4, glyphs);
  const glyf = Buffer.concat(parts);
  const made = new Map<string, Uint8Array>([['glyf', glyf]]);
  for (const tag of HINTS) if (tables.has(tag)) made.set(tag, bytesOf(tables.get(tag)));
  for (const [tag, table] of Object.entries({ head, hhea, hmtx, loca, maxp })) made.set(tag, bytesOf(table));
  return fontOf(new Map([...made].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The tables, sorted by tag, with their directory before them and all sums right. */
function fontOf(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const start = 12 + 16 * tables.size;
  const length = [...tables.values()].reduce((sum, table) => sum + ((table.length + 3) & ~3), start);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  const power = 31 - Math.clz32(tables.size);
  view.setUint32(0, 0x00010000);
  [tables.size, 16 << power, power, 16 * (tables.size - (1 << power))].forEach((value, index) => {
    view.setUint16(4 + 2 * index, value);
  });
  let at = start;
  let entry = 12;
  let head = 0;
  for (const [tag, table] of tables) {
    file.set(table, at);
    file.set(Buffer.from(tag, 'latin1'), entry);
    const end = at + ((table.length + 3) & ~3);
    [sumOf(view, at, end), at, table.length].forEach((value, index) => {
      view.setUint32(entry + 4 + 4 * index, value);
    });
    if (tag === 'head') head = at;
    entry += 16;
    at = end;
  }
  view.setUint32(head + 8, (0xb1b0afba - sumOf(view, 0, length)) >>> 0);
  return file;
}

function sumOf(view: DataView, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const bytesOf = (view: DataView | undefined): Uint8Array =>
  view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array();

const copyOf = (view: DataView): DataView => new DataView(bytesOf(view).slice().buffer);

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
