// Objects moved from one document into another: numbers raised, what pages draw with kept once, subsets of one typeface made
// one. Takes pdf-lib's contexts and gives references that hold in the new one; the old document is used up.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFPageLeaf,
  PDFPageTree,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@pdfme/pdf-lib';
import { readSubset, type Subset, takeIn, writeSubset } from './fontfiles.ts';
import { decoded, name } from './pdf.ts';

/** A document that others are moved into. */
export interface Store {
  readonly context: PDFContext;
  /** By the hash of what they hold: fonts, pictures, states of the pen. */
  readonly resources: Map<string, PDFRef>;
  /** By their descriptor without the file; two of one descriptor only where their glyphs contradict each other. */
  readonly typefaces: Map<string, Typeface[]>;
}

interface Typeface {
  readonly ref: PDFRef;
  readonly subset: Subset;
}

export const openStore = (context: PDFContext): Store => ({ context, resources: new Map(), typefaces: new Map() });

/** A document that is moved, and how far that has come. */
export interface Move {
  readonly store: Store;
  readonly source: PDFContext;
  /** By how much its objects' numbers are raised. */
  readonly by: number;
  /** What its references are in the store. */
  readonly places: Map<PDFRef, PDFRef>;
  /** Referred to, and not moved yet. */
  readonly waiting: PDFRef[];
  /** Sees every dictionary that was made. */
  readonly mend: (dict: PDFDict) => void;
}

/** `places` has those references that have their counterpart in the store already. */
export function moveInto(
  store: Store,
  source: PDFContext,
  places: Map<PDFRef, PDFRef>,
  mend: (dict: PDFDict) => void,
): Move {
  const by = store.context.largestObjectNumber;
  // Reserved now: some numbers are used late, and some never.
  store.context.largestObjectNumber += source.largestObjectNumber;
  return { store, source, by, places, waiting: [], mend };
}

/** The same object for the store; what it refers to comes with the next `moveRest`. */
export const moved = <T extends PDFObject>(move: Move, object: T): T => copy(move, object, place) as PDFObject as T;

/** Moves all that was referred to, and what that refers to. */
export function moveRest(move: Move): void {
  for (let ref = move.waiting.pop(); ref; ref = move.waiting.pop()) {
    const found = move.source.lookup(ref);
    if (found) move.store.context.assign(move.places.get(ref)!, copy(move, found, place));
  }
}

type Refer = (move: Move, ref: PDFRef) => PDFRef;

function raise({ places, by }: Move, ref: PDFRef): PDFRef {
  const to = PDFRef.of(ref.objectNumber + by, ref.generationNumber);
  places.set(ref, to);
  return to;
}

function place(move: Move, ref: PDFRef): PDFRef {
  const known = move.places.get(ref);
  if (known) return known;
  move.waiting.push(ref);
  return raise(move, ref);
}

/** For what has no way back to a page: two that hold the same are one. */
function share(move: Move, ref: PDFRef): PDFRef {
  const { store, source, places } = move;
  const known = places.get(ref);
  if (known) return known;
  const to = raise(move, ref);
  const found = source.lookup(ref);
  if (!found) return to;
  const made = copy(move, found, share);
  const key = digest(made);
  const same = store.resources.get(key);
  if (same) places.set(ref, same);
  else {
    store.resources.set(key, to);
    store.context.assign(to, made);
  }
  return same ?? to;
}

/** The font file that a descriptor refers to becomes a part of its typeface's. */
function shareFont(move: Move, descriptor: PDFDict, ref: PDFRef): PDFRef {
  const { places, source, store } = move;
  const known = places.get(ref);
  if (known) return known;
  const file = source.lookup(ref);
  const subset = file instanceof PDFStream ? readSubset(decoded(file)) : undefined;
  if (!subset) return share(move, ref);
  const rest = descriptor.clone();
  rest.delete(FONT_FILE);
  const key = `${copy(move, rest, share)}`;
  const held = store.typefaces.get(key) ?? [];
  const face = held.find((one) => takeIn(one.subset, subset)) ?? { ref: raise(move, ref), subset };
  store.typefaces.set(key, held.includes(face) ? held : [...held, face]);
  places.set(ref, face.ref);
  return face.ref;
}

function copy(move: Move, object: PDFObject, refer: Refer): PDFObject {
  if (object instanceof PDFRef) return refer(move, object);
  if (object instanceof PDFDict) return copyDict(move, object, refer);
  if (object instanceof PDFStream) return PDFRawStream.of(copyDict(move, object.dict, refer), object.getContents());
  if (!(object instanceof PDFArray)) return object;
  const made = PDFArray.withContext(move.store.context);
  for (let index = 0; index < object.size(); index++) made.push(copy(move, object.get(index), refer));
  return made;
}

function copyDict(move: Move, dict: PDFDict, refer: Refer): PDFDict {
  const entries = dict.entries().map(([key, value]): [PDFName, PDFObject] => {
    if (key === FONT_FILE && value instanceof PDFRef) return [key, shareFont(move, dict, value)];
    if (FONT_NAMES.has(key) && value instanceof PDFName) return [key, untagged(value)];
    return [key, copy(move, value, key === RESOURCES ? share : refer)];
  });
  const kind = dict instanceof PDFPageLeaf ? PDFPageLeaf : dict instanceof PDFPageTree ? PDFPageTree : PDFDict;
  const made = kind.fromMapWithContext(new Map(entries), move.store.context);
  move.mend(made);
  return made;
}

const RESOURCES = name('Resources');
const FONT_FILE = name('FontFile2');
const FONT_NAMES = new Set([name('BaseFont'), name('FontName')]);

/** The browser's tag before a subset's name is a count within one print run: for a typeface it is to be the same in all. */
const untagged = (font: PDFName): PDFName => name(font.decodeText().replace(/^[A-Z]{6}\+/, 'AAAAAA+'));

function digest(object: PDFObject): string {
  const hash = createHash('sha256');
  if (object instanceof PDFStream) hash.update(`${object.dict}`).update(object.getContents());
  else hash.update(`${object}`);
  return hash.digest('base64');
}

/** Writes the typefaces' files: to be called once, when all parts are in. */
export function castTypefaces({ context, typefaces }: Store): void {
  for (const { ref, subset } of [...typefaces.values()].flat()) {
    const font = writeSubset(subset);
    const dict = context.obj({ Filter: 'FlateDecode', Length1: font.length });
    context.assign(ref, PDFRawStream.of(dict, deflateSync(font)));
  }
}
