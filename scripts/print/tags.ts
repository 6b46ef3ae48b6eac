// The structure tree (ISO 32000-1, 14.7) as plain data: read from a tagged PDF, and written anew, with what pages and
// annotations must know of it. Edits the document in place.
import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  type PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from '@pdfme/pdf-lib';
import { dictOf, name } from './pdf.ts';

/** A marked piece of a page's drawing. */
export interface Piece {
  readonly page: PDFRef;
  readonly mcid: number;
}

/** A link's place on its page. */
export interface Place {
  readonly annotation: PDFRef;
  readonly page: PDFRef | undefined;
}

export interface Tag {
  type: string;
  kids: Kid[];
  /** BCP 47; with private subtags until they are understood. */
  lang?: string;
  alt?: string;
  id?: string;
  /** Its attributes as PDF has them. */
  attributes?: PDFObject;
  /** Goes on from the page before. */
  goesOn?: boolean;
}

export type Kid = Tag | Piece | Place;

export const isTag = (kid: Kid): kid is Tag => 'kids' in kid;
export const isPiece = (kid: Kid): kid is Piece => 'mcid' in kid;
export const isPlace = (kid: Kid): kid is Place => 'annotation' in kid;

export const tag = (type: string, kids: Kid[], more: Omit<Tag, 'type' | 'kids'> = {}): Tag => ({ type, kids, ...more });

const textOf = (object: PDFObject | undefined): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;

const [K, S, PG, MCID, OBJ] = [name('K'), name('S'), name('Pg'), name('MCID'), name('Obj')];

/** What is right under the root; undefined where the document has no tags. The old elements are deleted. */
export function takeTags(doc: PDFDocument): Kid[] | undefined {
  const { context, catalog } = doc;
  const root = dictOf(context, catalog.get(name('StructTreeRoot')));
  if (!root) return undefined;
  const pages = new Set(doc.getPages().map(({ ref }) => ref));
  const kids = kidsOf(context, root, undefined, pages);
  for (const key of ['ParentTree', 'IDTree']) {
    const entry = root.get(name(key));
    if (entry instanceof PDFRef) context.delete(entry);
  }
  return kids;
}

function kidsOf(context: PDFContext, of: PDFDict, page: PDFRef | undefined, pages: ReadonlySet<PDFRef>): Kid[] {
  const found = of.lookup(K);
  const entries = found instanceof PDFArray ? found.asArray() : of.has(K) ? [of.get(K)!] : [];
  return entries.flatMap((entry): Kid[] => {
    if (entry instanceof PDFNumber) return page ? [{ page, mcid: entry.asNumber() }] : [];
    const dict = dictOf(context, entry);
    if (!dict) return [];
    const own = dict.get(PG);
    const on = own instanceof PDFRef && pages.has(own) ? own : page;
    const [mcid, object] = [dict.get(MCID), dict.get(OBJ)];
    if (!dict.has(S)) {
      if (mcid instanceof PDFNumber) return on ? [{ page: on, mcid: mcid.asNumber() }] : [];
      return object instanceof PDFRef ? [{ annotation: object, page: on }] : [];
    }
    if (entry instanceof PDFRef) context.delete(entry);
    const [lang, alt, id] = ['Lang', 'Alt', 'ID'].map((key) => textOf(dict.lookup(name(key))));
    const attributes = dict.get(name('A'));
    return [
      {
        type: (dict.get(S) as PDFName).decodeText(),
        kids: kidsOf(context, dict, on, pages),
        ...(lang ? { lang } : {}),
        ...(alt ? { alt } : {}),
        ...(id ? { id } : {}),
        ...(attributes ? { attributes } : {}),
      },
    ];
  });
}

/** Writes the tree; every type that PDF 1.7 does not know must have its role. */
export function setTags(doc: PDFDocument, kids: readonly Kid[], roles: Readonly<Record<string, string>>): void {
  const { context, catalog } = doc;
  const root = context.nextRef();
  const parents: PDFObject[] = [];
  const ids: (readonly [string, PDFRef])[] = [];
  const pieces = new Map<PDFRef, PDFRef[]>();
  const write = (one: Tag, parent: PDFRef): PDFRef => {
    const ref = context.nextRef();
    const page = pageOf(one);
    const dict = context.obj({ Type: 'StructElem', S: one.type, P: parent });
    const entries = one.kids.map((kid): PDFObject => {
      if (isTag(kid)) return write(kid, ref);
      if (isPiece(kid)) {
        const held = pieces.get(kid.page) ?? [];
        held[kid.mcid] = ref;
        pieces.set(kid.page, held);
        if (kid.page === page) return PDFNumber.of(kid.mcid);
        return context.obj({ Type: 'MCR', Pg: kid.page, MCID: kid.mcid });
      }
      dictOf(context, kid.annotation)?.set(name('StructParent'), PDFNumber.of(parents.push(ref) - 1));
      return context.obj({ Type: 'OBJR', Obj: kid.annotation, ...(kid.page ? { Pg: kid.page } : {}) });
    });
    if (entries.length > 0) dict.set(K, entries.length === 1 ? entries[0]! : context.obj(entries));
    if (page) dict.set(PG, page);
    if (one.lang) dict.set(name('Lang'), PDFString.of(one.lang));
    if (one.alt !== undefined) dict.set(name('Alt'), PDFHexString.fromText(one.alt));
    if (one.attributes) dict.set(name('A'), one.attributes);
    if (one.id) {
      dict.set(name('ID'), PDFString.of(one.id));
      ids.push([one.id, ref]);
    }
    context.assign(ref, dict);
    return ref;
  };
  const written = kids.filter(isTag).map((one) => write(one, root));
  for (const page of doc.getPages()) {
    page.node.delete(name('StructParents'));
    const held = pieces.get(page.ref);
    if (!held) continue;
    const list = context.obj(Array.from(held, (ref) => ref ?? null) as never);
    page.node.set(name('StructParents'), PDFNumber.of(parents.push(context.register(list)) - 1));
  }
  const numbers = { Nums: parents.flatMap((parent, number) => [number, parent]) };
  const names = ids.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([id, ref]) => [PDFString.of(id), ref]);
  context.assign(
    root,
    context.obj({
      Type: 'StructTreeRoot',
      K: written,
      ParentTree: context.register(context.obj(numbers)),
      ParentTreeNextKey: parents.length,
      RoleMap: roles,
      ...(names.length > 0 ? { IDTree: context.register(context.obj({ Names: names })) } : {}),
    }),
  );
  const old = catalog.get(name('StructTreeRoot'));
  if (old instanceof PDFRef) context.delete(old);
  catalog.set(name('StructTreeRoot'), root);
}

/** The page of its first piece. */
function pageOf({ kids }: Tag): PDFRef | undefined {
  return kids.find(isPiece)?.page;
}
