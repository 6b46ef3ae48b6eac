// A PDF taken apart by qpdf, not by our own library: its objects as JSON, streams unpacked.
import { closeSync, openSync, readSync } from 'node:fs';
import { run } from './tools.ts';

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Dict = { [key: string]: Value };

interface Entry {
  value?: Value;
  stream?: { dict: Dict; data?: string };
}

export interface Taken {
  /** The file's first bytes. */
  header: string;
  trailer: Dict;
  /** By `12 0 R`. */
  readonly entries: Map<string, Entry>;
}

export function takeApart(path: string): Taken {
  const args = ['--json=2', '--json-key=qpdf', '--json-stream-data=inline', '--decode-level=generalized'];
  const [, objects] = (JSON.parse(run('qpdf', [...args, path])) as { qpdf: [unknown, Record<string, Entry>] }).qpdf;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of Object.entries(objects)) if (key.startsWith('obj:')) entries.set(key.slice(4), entry);
  const first = Buffer.alloc(16);
  const file = openSync(path, 'r');
  readSync(file, first);
  closeSync(file);
  return { header: first.toString('latin1'), trailer: objects['trailer']!.value as Dict, entries };
}

const isReference = (value: unknown): value is string => typeof value === 'string' && /^\d+ \d+ R$/.test(value);

/** What stands there, or what the reference there means: of a stream, its dictionary. */
export function look({ entries }: Taken, value: Value | undefined): Value | undefined {
  if (!isReference(value)) return value;
  const entry = entries.get(value);
  return entry?.stream ? entry.stream.dict : entry?.value;
}

export const isDict = (value: Value | undefined): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function dictAt(file: Taken, value: Value | undefined): Dict {
  const found = look(file, value);
  return isDict(found) ? found : {};
}

export function listAt(file: Taken, value: Value | undefined): Value[] {
  const found = look(file, value);
  return Array.isArray(found) ? found : [];
}

/** A string's text, a name with its slash; numbers as written. */
export function textAt(file: Taken, value: Value | undefined): string {
  const found = look(file, value);
  return found === undefined || found === null ? '' : String(found).replace(/^[ub]:/, '');
}

export function dataAt({ entries }: Taken, value: Value | undefined): Buffer {
  return Buffer.from((isReference(value) && entries.get(value)?.stream?.data) || '', 'base64');
}

export const catalogOf = (file: Taken): Dict => dictAt(file, file.trailer['/Root']);

export function pagesOf(file: Taken): Dict[] {
  const walk = (value: Value | undefined): Dict[] => {
    const node = dictAt(file, value);
    return node['/Kids'] ? listAt(file, node['/Kids']).flatMap(walk) : [node];
  };
  return walk(catalogOf(file)['/Pages']);
}

/** Every dictionary of the file, those of streams and those within others too. */
export function* dictsOf(file: Taken): Generator<Dict> {
  const within = function* (value: Value | undefined): Generator<Dict> {
    if (Array.isArray(value)) for (const one of value) yield* within(one);
    if (!isDict(value)) return;
    yield value;
    for (const one of Object.values(value)) yield* within(one);
  };
  for (const { value, stream } of file.entries.values()) yield* within(stream ? stream.dict : value);
}

/** The drawing operators of pages, forms, tiles and glyphs, strings and pictures taken out. */
export function drawnIn(file: Taken): string {
  const found: string[] = [];
  const add = (value: Value | undefined): void => {
    for (const one of Array.isArray(look(file, value)) ? listAt(file, value) : [value])
      found.push(dataAt(file, one).toString('latin1'));
  };
  for (const page of pagesOf(file)) add(page['/Contents']);
  for (const [ref, { value, stream }] of file.entries) {
    if (stream?.dict['/Subtype'] === '/Form' || stream?.dict['/PatternType'] === 1) add(ref);
    if (isDict(value) && value['/Subtype'] === '/Type3')
      for (const glyph of Object.values(dictAt(file, value['/CharProcs']))) add(glyph);
  }
  return found.join('\n').replace(/\((?:[^\\()]|\\[\s\S])*\)|<[0-9a-f\s]*>/gi, '()');
}
