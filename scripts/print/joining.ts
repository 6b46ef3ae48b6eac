// One document of several print runs: a long book is printed in takes, runs of chapters, and joined here as if it had been
// printed at once. Takes the browser's tagged PDFs in the order of the book; gives pdf-lib's document.
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  type PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@pdfme/pdf-lib';
import { ELSEWHERE } from '../typeset/takes.ts';
import { castTypefaces, type Move, moved, moveInto, moveRest, openStore, type Store } from './moving.ts';
import { dictOf, load, name } from './pdf.ts';

/** A PDF from anywhere, or what our browser printed, in one part or more. */
export type Printed = Uint8Array | readonly Uint8Array[];

export const open = (printed: Printed): Promise<PDFDocument> =>
  printed instanceof Uint8Array ? load(printed) : join(printed);

/**
 * All pages, with one outline, one set of destinations, one structure tree; typefaces and pictures that several parts have
 * are kept once. Title, language and viewer preferences are the first part's. What the browser's process
 * counts over all that it prints (elements' ids, typefaces' tags) is counted anew: same parts, same bytes.
 */
export async function join(parts: readonly Uint8Array[]): Promise<PDFDocument> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const joint = begin(doc);
  for (const part of parts) add(joint, await load(part));
  close(joint);
  return doc;
}

/** The document while it is made, and what of it can only be written when all parts are in. */
interface Joint {
  readonly doc: PDFDocument;
  readonly store: Store;
  /** The structure tree's root, its one Document element, and the outline's root. */
  readonly roots: { readonly tags: PDFRef; readonly document: PDFRef; readonly outline: PDFRef };
  /** Each part's page tree. */
  readonly pages: PDFRef[];
  /** Each part's first and last item of the outline, and how many of its items are seen when it is opened. */
  readonly outlines: { readonly first: PDFRef; readonly last: PDFRef; readonly count: number }[];
  readonly destinations: PDFDict;
  /** Links to other parts. */
  readonly links: { readonly link: PDFDict; readonly to: PDFName }[];
  /** The structure elements right under the Document element. */
  readonly elements: PDFObject[];
  /** Which elements a page's or a link's content belongs to; the place is the number by which it asks. */
  readonly parents: PDFObject[];
  /** Names of elements and the elements, by turns. */
  readonly ids: PDFObject[];
  readonly roles: PDFDict;
  readonly classes: PDFDict;
}

function begin(doc: PDFDocument): Joint {
  const { context } = doc;
  return {
    ...{ doc, store: openStore(context) },
    roots: { tags: context.nextRef(), document: context.nextRef(), outline: context.nextRef() },
    ...{ pages: [], outlines: [], links: [], elements: [], parents: [], ids: [] },
    ...{ destinations: context.obj({}), roles: context.obj({}), classes: context.obj({}) },
  };
}

/** What of the catalog is made anew from all parts; the rest is the first part's. */
const MADE = ['Dests', 'Names', 'Outlines', 'Pages', 'StructTreeRoot'];

function add(joint: Joint, { catalog, context: source }: PDFDocument): void {
  const { doc, store, roots } = joint;
  const tags = dictOf(source, catalog.get(name('StructTreeRoot')));
  const outline = dictOf(source, catalog.get(name('Outlines')));
  const places = new Map<PDFRef, PDFRef>();
  const stands = (object: PDFObject | undefined, root: PDFRef): void => {
    if (object instanceof PDFRef) places.set(object, root);
  };
  stands(catalog.get(name('StructTreeRoot')), roots.tags);
  stands(tags?.get(name('K')), roots.document);
  stands(catalog.get(name('Outlines')), roots.outline);
  const parents = leavesOf(source, tags?.get(name('ParentTree')), 'Nums');
  const names = namedElements(source, tags);
  const move = moveInto(store, source, places, mender(joint, parents, names));

  const first = joint.pages.length === 0;
  joint.pages.push(moved(move, catalog.get(name('Pages')) as PDFRef));
  if (first) {
    for (const [key, value] of catalog.entries()) {
      if (!MADE.includes(key.decodeText())) doc.catalog.set(key, moved(move, value));
    }
    if (source.trailerInfo.Info) store.context.trailerInfo.Info = moved(move, source.trailerInfo.Info);
  }
  union(joint.destinations, dictOf(source, catalog.get(name('Dests'))), move);
  const [start, end] = [outline?.get(name('First')), outline?.get(name('Last'))];
  if (start instanceof PDFRef && end instanceof PDFRef) {
    joint.outlines.push({ first: moved(move, start), last: moved(move, end), count: countOf(outline) });
  }
  if (tags) addTags(joint, source, tags, move);
  for (const [, element] of parents) joint.parents.push(moved(move, element));
  moveRest(move);
}

/** The part's structure elements under the joint's Document element, which is made after the first part's. */
function addTags(joint: Joint, source: PDFContext, tags: PDFDict, move: Move): void {
  const { store, roots } = joint;
  const document = dictOf(source, tags.get(name('K')));
  const kids = document?.lookup(name('K'));
  if (document && !store.context.lookup(roots.document)) {
    const own = document.entries().filter(([key]) => key !== name('K') && key !== name('P'));
    const made = store.context.obj(
      Object.fromEntries(own.map(([key, value]) => [key.decodeText(), moved(move, value)])),
    );
    store.context.assign(roots.document, made);
  }
  for (const kid of kids instanceof PDFArray ? kids.asArray() : kids ? [document!.get(name('K'))!] : []) {
    joint.elements.push(moved(move, kid));
  }
  namedElements(source, tags).forEach(([, element], nth) => {
    joint.ids.push(ownId(joint.pages.length, nth), moved(move, element));
  });
  union(joint.roles, dictOf(source, tags.get(name('RoleMap'))), move);
  union(joint.classes, dictOf(source, tags.get(name('ClassMap'))), move);
}

/** Mends what a part's dictionaries say other than by reference: numbers in the parent tree, ids, links to other parts. */
function mender(joint: Joint, parents: readonly Leaf[], names: readonly Leaf[]): (dict: PDFDict) => void {
  const before = joint.parents.length;
  const part = joint.pages.length + 1;
  const numbers = new Map(parents.map(([number], index) => [(number as PDFNumber).asNumber(), before + index]));
  const ids = new Map(names.map(([id], nth) => [`${id}`, ownId(part, nth)]));
  const idOf = (id: PDFObject | undefined): PDFString | undefined => ids.get(`${id}`);
  return (dict) => {
    for (const key of [STRUCT_PARENTS, STRUCT_PARENT]) {
      const number = dict.get(key);
      if (!(number instanceof PDFNumber)) continue;
      const raised = numbers.get(number.asNumber());
      if (raised === undefined) dict.delete(key);
      else dict.set(key, PDFNumber.of(raised));
    }
    const id = idOf(dict.get(ID));
    if (id) dict.set(ID, id);
    const headers = dict.get(HEADERS);
    if (headers instanceof PDFArray) {
      for (const [at, header] of headers.asArray().entries()) headers.set(at, idOf(header) ?? header);
    }
    const action = dict.get(ACTION);
    const address = action instanceof PDFDict ? action.get(URI) : undefined;
    const text = address instanceof PDFString ? address.decodeText() : '';
    if (text.startsWith(ELSEWHERE)) joint.links.push({ link: dict, to: name(text.slice(ELSEWHERE.length)) });
  };
}

const [STRUCT_PARENTS, STRUCT_PARENT, ID] = [name('StructParents'), name('StructParent'), name('ID')];
const [HEADERS, ACTION, URI] = [name('Headers'), name('A'), name('URI')];

/** The name of the part's nth element that has one; names must stand in order. */
const ownId = (part: number, nth: number): PDFString =>
  PDFString.of(`${`${part}`.padStart(5, '0')}-${`${nth}`.padStart(6, '0')}`);

type Leaf = readonly [key: PDFObject, value: PDFObject];

/** The pairs of a name tree (`Names`) or a number tree (`Nums`), in its order (ISO 32000-1, 7.9.6 and 7.9.7). */
function leavesOf(context: PDFContext, node: PDFObject | undefined, kind: 'Names' | 'Nums'): Leaf[] {
  const dict = dictOf(context, node);
  const kids = dict?.lookup(name('Kids'));
  if (kids instanceof PDFArray) return kids.asArray().flatMap((kid) => leavesOf(context, kid, kind));
  const pairs = dict?.lookup(name(kind));
  const items = pairs instanceof PDFArray ? pairs.asArray() : [];
  return items.flatMap((key, at): Leaf[] => (at % 2 === 0 && items[at + 1] ? [[key, items[at + 1]!]] : []));
}

/**
 * Names of structure elements and the elements, in the order of the text: the browser names them in the order in which it
 * happens to come by them, which is another one now and then, and numbers their objects as they stand.
 */
function namedElements(context: PDFContext, tags: PDFDict | undefined): Leaf[] {
  const numberOf = ([, element]: Leaf): number => (element instanceof PDFRef ? element.objectNumber : 0);
  const named = leavesOf(context, tags?.get(name('IDTree')), 'Names');
  return named.sort((one, other) => numberOf(one) - numberOf(other));
}

/** Where both have a key, what was there first stays. */
function union(held: PDFDict, more: PDFDict | undefined, move: Move): void {
  for (const [key, value] of more?.entries() ?? []) if (!held.has(key)) held.set(key, moved(move, value));
}

function countOf(dict: PDFDict | undefined): number {
  const count = dict?.lookup(name('Count'));
  return count instanceof PDFNumber ? count.asNumber() : 0;
}

function close(joint: Joint): void {
  const { doc, store } = joint;
  closePages(joint);
  closeOutline(joint);
  closeTags(joint);
  if (joint.destinations.keys().length > 0) {
    doc.catalog.set(name('Dests'), store.context.register(joint.destinations));
  }
  for (const { link, to } of joint.links) {
    if (!joint.destinations.has(to))
      throw new Error(`no part has a link to its own ${to}, which another part refers to`);
    link.delete(ACTION);
    link.set(name('Dest'), to);
  }
  castTypefaces(store);
}

function closePages({ doc, store, pages }: Joint): void {
  const trees = pages.map((ref) => store.context.lookup(ref, PDFDict));
  const root = doc.catalog.get(name('Pages')) as PDFRef;
  for (const tree of trees) tree.set(name('Parent'), root);
  doc.catalog.Pages().set(name('Kids'), store.context.obj(pages));
  doc.catalog.Pages().set(name('Count'), PDFNumber.of(trees.reduce((sum, tree) => sum + countOf(tree), 0)));
}

function closeOutline({ doc, store: { context }, roots, outlines }: Joint): void {
  outlines.forEach(({ first }, index) => {
    const before = outlines[index - 1]?.last;
    if (!before) return;
    context.lookup(before, PDFDict).set(name('Next'), first);
    context.lookup(first, PDFDict).set(name('Prev'), before);
  });
  const [first, last] = [outlines[0]?.first, outlines.at(-1)?.last];
  if (!first || !last) return;
  const count = outlines.reduce((sum, outline) => sum + outline.count, 0);
  context.assign(roots.outline, context.obj({ Type: 'Outlines', First: first, Last: last, Count: count }));
  doc.catalog.set(name('Outlines'), roots.outline);
}

function closeTags({ doc, store: { context }, roots, elements, parents, ids, roles, classes }: Joint): void {
  const document = context.lookupMaybe(roots.document, PDFDict);
  if (!document) return;
  document.set(name('P'), roots.tags);
  document.set(name('K'), context.obj(elements));
  const numbers = context.obj({ Nums: parents.flatMap((element, number) => [number, element]) });
  const root = context.obj({
    Type: 'StructTreeRoot',
    K: roots.document,
    ParentTree: context.register(numbers),
    ParentTreeNextKey: parents.length,
  });
  if (ids.length > 0) root.set(name('IDTree'), context.register(context.obj({ Names: ids })));
  if (roles.keys().length > 0) root.set(name('RoleMap'), roles);
  if (classes.keys().length > 0) root.set(name('ClassMap'), classes);
  context.assign(roots.tags, root);
  doc.catalog.set(name('StructTreeRoot'), roots.tags);
}
