// What the rules of all reading systems are made of: a book opened, ways to spoil it, and what its sheet and its tags say.
import { type Entry, zip } from '../ebook-archive.ts';
import { type Ebook, open } from '../ebook-inspection.ts';
import type { Spoil } from '../ebook-spoiling.ts';
import { all, named, type Tag } from '../ebook-xml.ts';

export interface Book extends Ebook {
  readonly bytes: number;
  readonly css: string;
}
export interface Rule {
  readonly name: string;
  readonly source: string;
  /** What breaks it; nothing in a good book. */
  readonly faults: (book: Book) => readonly string[];
  readonly spoil: Spoil;
}

export function read(entries: readonly Entry[]): Book {
  const bytes = zip(entries);
  const css = entries.find(({ name }) => name.endsWith('.css'))?.bytes.toString() ?? '';
  return { ...open(bytes), bytes: bytes.length, css: css.replace(/\/\*[\s\S]*?\*\//g, '') };
}

export const rename =
  (from: string, to: string): Spoil =>
  (entries) =>
    entries.map((entry) => {
      const text = /\.(?:opf|xhtml|css|ncx)$/.test(entry.name);
      const bytes = text ? Buffer.from(entry.bytes.toString().replaceAll(from, to)) : entry.bytes;
      return { ...entry, name: entry.name.replace(from, to), bytes };
    });
/** The cover's picture becomes a PNG of this size, as far as a header can tell. */
export const coverOf =
  (width: number, height: number): Spoil =>
  (entries) =>
    entries.map((entry) => {
      if (entry.name !== 'OEBPS/cover.png') return entry;
      const bytes = Buffer.from(entry.bytes);
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return { ...entry, bytes };
    });
export const grown =
  (file: RegExp, bytes: number): Spoil =>
  (entries) =>
    entries.map((entry) =>
      file.test(entry.name) ? { ...entry, bytes: Buffer.concat([entry.bytes, Buffer.alloc(bytes)]) } : entry,
    );

export const has = (tag: Tag, name: string, value: string): boolean =>
  (tag.attributes[name] ?? '').split(' ').includes(value);
export const tags = ({ documents }: Book): [string, Tag][] =>
  [...documents].flatMap(([file, tree]) => all(tree).map((tag): [string, Tag] => [file, tag]));
export const items = (book: Book): Tag[] => named(book.package, 'item');
export const unless = (wanted: boolean, fault: string): string[] => (wanted ? [] : [fault]);
export const coverEntry = (book: Book): Entry => {
  const item = items(book).find((one) => has(one, 'properties', 'cover-image'));
  return book.entries.find(({ name }) => name === `OEBPS/${item?.attributes['href']}`)!;
};

/** Selector and declarations of each rule, those inside of `@media` and `@supports` among them. */
export const rulesOf = ({ css }: Book): [string, string][] =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => [selector.trim(), body]);
/** Values of a property, by selector. */
export const declared = (book: Book, property: RegExp, selector = /./): string[] =>
  rulesOf(book).flatMap(([on, body]) =>
    selector.test(on) && !on.startsWith('@font-face')
      ? [...body.matchAll(/([\w-]+)\s*:\s*([^;]+)/g)].flatMap(([, name = '', value = '']) =>
          property.test(name) ? [`${on} { ${name}: ${value.trim()} }`] : [],
        )
      : [],
  );
export const BODY_TEXT = /(?:^|,)\s*(?:html|:root|body|p|div|span|section)\s*(?:,|$)/;
export const FORCED =
  /^(?:line-height|color|background(?:-color)?|font-size|text-align|padding(?:-\w+)?|margin-(?:left|right))$/;

/** Each call of a note, with its note and the files of both. */
export function notesOf(book: Book): { call: Tag; note: Tag | undefined; file: string; at: string }[] {
  return tags(book).flatMap(([file, call]) => {
    if (!has(call, 'epub:type', 'noteref')) return [];
    const [path, id] = (call.attributes['href'] ?? '').split('#');
    const at = path || file;
    const tree = book.documents.get(at);
    return [{ call, file, at, note: tree && all(tree).find(({ attributes }) => attributes['id'] === id) }];
  });
}
export const landmarks = (book: Book): Tag[] =>
  [...book.documents.values()]
    .flatMap((tree) => named(tree, 'nav'))
    .filter((nav) => has(nav, 'epub:type', 'landmarks'))
    .flatMap((nav) => named(nav, 'a'));
