// The ebook's documents: an edition's parts as well-formed XHTML, one file a part, notes at the end of the part that
// calls them first. Takes an edition, gives strings; every link is settled to the file that its target stands in.
import type { Element, ElementContent, Properties } from 'hast';
import { directionOf } from '../edition/direction.ts';
import type { Edition, Note, Part } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { element, text } from '../edition/markup.ts';
import { outward } from './addresses.ts';
import { type PrintedPage, pageMark, withPageMarks } from './pagebreaks.ts';
import { boxed } from './tables.ts';
import { clean, escapeXml, xml } from './xml.ts';

/** One XHTML file of the book. */
export interface Document {
  /** Also its id in the package. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly matter: 'frontmatter' | 'bodymatter' | 'backmatter' | 'cover';
  readonly xhtml: string;
}

const EXTENSION = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
};

export const pictureFile = (picture: Edition['pictures'][number]): string =>
  `images/${picture.id}.${EXTENSION[picture.mediaType]}`;

export const partFile = (part: Part): string => `${part.id}.xhtml`;

/** A whole document around a body's markup. */
export function document(edition: Edition, title: string, body: string): string {
  const { language } = edition.book;
  return clean(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}"${edition.direction === 'rtl' ? ' dir="rtl"' : ''}>
<head><meta charset="UTF-8"/><title>${escapeXml(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
${body}
</html>
`);
}

/** What a heading is called where only plain words can stand: a picture is called by its description. */
export function headline(heading: { readonly text: string; readonly content: readonly ElementContent[] }): string {
  return heading.text.trim() || imagesIn(heading.content).join(' ').trim();
}

/** The descriptions of the pictures in a tree, in order. */
export function imagesIn(nodes: readonly ElementContent[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type !== 'element') return [];
    return node.tagName === 'img' ? [String(node.properties['alt'] ?? '')] : imagesIn(node.children);
  });
}

/** `pages`: of the print edition, whose beginnings are marked. */
export function partDocuments(edition: Edition, pages: readonly PrintedPage[] = []): Document[] {
  const { language } = edition.book;
  const labels = labelsFor(language);
  const files = addresses(edition);
  const mark = ({ folio }: PrintedPage): Element => pageMark(folio, language);
  return edition.parts.map((part) => {
    const file = partFile(part);
    const place: Place = { edition, files, file, figures: { count: 0 }, names: new Set() };
    const set = (nodes: readonly ElementContent[]): ElementContent[] => nodes.map((node) => settle(node, place));
    const title =
      (part.title && headline(part.title)) || (part === wholeText(edition) ? edition.title : labels.opening);
    const heading = headingOf(part, edition, set);
    const notes = edition.notes
      .filter((note) => note.part === part.id)
      .map((note, nth) => aside(note, nth === 0, set, place, labels));
    const [type, role, matter] = kindOf(part);
    const own = pages.filter(({ document }) => document === part.id);
    const before = heading ? own.filter(({ after }) => after === undefined) : [];
    const within = own.slice(before.length);
    const section = element(
      'section',
      {
        id: part.id,
        ...(type ? { epubType: type } : {}),
        ...(role ? { role } : {}),
        ...(heading ? { ariaLabelledBy: [`${part.id}.title`] } : { ariaLabel: title }),
      },
      [
        ...before.map(mark),
        ...(heading ? [heading] : []),
        ...set(withPageMarks(part.content, within, language)),
        ...notes,
      ],
    );
    return {
      id: part.id,
      file,
      title,
      matter,
      xhtml: document(edition, title, `<body epub:type="${matter}">${xml(section)}</body>`),
    };
  });
}

/** The text where it has no headings at all: it is called as the book is, here and in the contents. */
export const wholeText = ({ parts, contents }: Edition): Part | undefined =>
  contents.length === 0 ? parts[0] : undefined;

/**
 * A part's heading. A text without headings opens with the book's title, as small as a running head: who goes from heading
 * to heading finds it, and for the eye it is the drop-head of an essay, no second title page.
 */
function headingOf(part: Part, edition: Edition, set: Settle): Element | undefined {
  const id = `${part.id}.title`;
  if (part.title) {
    const { number, content } = part.title;
    const before = number ? [element('span', { className: ['number'] }, [text(number)]), text(' ')] : [];
    return element('h1', { id }, [...before, ...set(content)]);
  }
  return part === wholeText(edition) ? element('h1', { id, className: ['running'] }, [text(edition.title)]) : undefined;
}

/** epub:type (EPUB SSV 1.1), its DPUB-ARIA role, and the division of the book. */
function kindOf(part: Part): [string | undefined, string | undefined, Document['matter']] {
  if (part.kind === 'chapter') return ['chapter', 'doc-chapter', 'bodymatter'];
  if (part.kind === 'frontmatter') return ['preface', 'doc-preface', 'frontmatter'];
  if (part.kind === 'backmatter') return ['afterword', 'doc-afterword', 'backmatter'];
  return [undefined, undefined, 'bodymatter'];
}

/** Where every id stands: `file`. */
function addresses(edition: Edition): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const walk = (nodes: readonly ElementContent[], file: string): void => {
    for (const node of nodes)
      if (node.type === 'element') {
        const { id } = node.properties;
        if (typeof id === 'string') files.set(id, file);
        walk(node.children, file);
      }
  };
  for (const part of edition.parts) {
    files.set(part.id, partFile(part));
    walk(part.title?.content ?? [], partFile(part));
    walk(part.content, partFile(part));
  }
  for (const note of edition.notes) {
    const file = `${note.part}.xhtml`;
    files.set(note.id, file);
    walk(note.content, file);
  }
  return files;
}

/** Where a node stands, and what it needs to know of the rest. */
interface Place {
  readonly edition: Edition;
  readonly files: ReadonlyMap<string, string>;
  readonly file: string;
  /** Counts the figures of this file, to name their captions. */
  readonly figures: { count: number };
  /** Of its tables that are moved under the finger. */
  readonly names: Set<string>;
}

type Settle = (nodes: readonly ElementContent[]) => ElementContent[];

/** The way back stands first: at the end it would join the text of Kindle's pop-ups. */
function aside(
  note: Note,
  opens: boolean,
  set: Settle,
  place: Place,
  labels: { readonly backToText: string },
): Element {
  const back = note.calls.map((call, nth) => {
    // `3. b c Source`: a second figure would read as a part of the note.
    const [sign, times] = nth === 0 ? [`${note.label}.`, ''] : [letter(nth), `, ${letter(nth)}`];
    const label = `${labels.backToText} (${note.label}${times})`;
    return element('a', { role: 'doc-backlink', href: address(call, place), title: label, ariaLabel: label }, [
      text(sign),
    ]);
  });
  const links = back.flatMap((link) => [link, text(' ')]);
  const content = set(note.content);
  const first = content[0];
  const body =
    first?.type === 'element' && first.tagName === 'p'
      ? [{ ...first, children: [...links, ...first.children] }, ...content.slice(1)]
      : [element('p', {}, links), ...content];
  const className = opens ? ['note', 'first'] : ['note'];
  return element('aside', { epubType: 'footnote', role: 'doc-footnote', id: note.id, className }, body);
}

/** `b` for the second call, `z` for the twenty-sixth, then figures. */
const letter = (nth: number): string => (nth < 26 ? String.fromCharCode(0x61 + nth) : String(nth + 1));

/** Throws where the id is nobody's: the edition has promised that its links lead somewhere. */
function address(id: string, { files, file: from }: Place): string {
  const file = files.get(id);
  if (file === undefined) throw new Error(`A link in ${from} leads to #${id}, which is nowhere`);
  return file === from ? `#${id}` : `${file}#${id}`;
}

/** A copy with links, pictures, languages and kinds as an EPUB wants them. */
function settle(node: ElementContent, place: Place): ElementContent {
  if (node.type !== 'element') return node;
  const classes = Array.isArray(node.properties['className']) ? node.properties['className'].map(String) : [];
  const properties: Properties = {};
  for (const [name, value] of Object.entries(node.properties)) if (!name.startsWith('data')) properties[name] = value;
  const { href, lang, align } = node.properties;
  let { tagName } = node;
  if (tagName === 'a' && typeof href === 'string') {
    const whole = href.startsWith('#') ? address(href.slice(1), place) : outward(href);
    // What leads nowhere stays as words.
    if (whole === undefined) {
      tagName = 'span';
      delete properties['href'];
    } else properties['href'] = whole;
  }
  const indent = node.properties['dataIndent'];
  // The sheet has a class for each half of an em: inside an element, style is nobody's to change.
  if (typeof indent === 'number') properties['className'] = [...classes, `indent-${Math.round(indent * 2)}`];
  if (classes.includes('note-call')) Object.assign(properties, { epubType: 'noteref', role: 'doc-noteref' });
  if (classes.includes('epigraph')) Object.assign(properties, { epubType: 'epigraph', role: 'doc-epigraph' });
  // Two of them in a chapter would be two ends of a page, for who hears it.
  if (tagName === 'footer') properties['role'] = 'presentation';
  if (classes.includes('pull-quote')) Object.assign(properties, { epubType: 'pullquote', role: 'doc-pullquote' });
  if (typeof lang === 'string') {
    properties['xmlLang'] = lang;
    if (directionOf(lang) !== place.edition.direction) properties['dir'] ??= directionOf(lang);
  }
  // Code is read from left to right in every book.
  if (tagName === 'pre' && place.edition.direction === 'rtl') properties['dir'] ??= 'ltr';
  if (typeof align === 'string') {
    delete properties['align'];
    properties['className'] = [...classes, `align-${align}`];
  }
  if (node.tagName === 'img') {
    const picture = place.edition.pictures.find(({ id }) => id === node.properties['dataPicture']);
    delete properties['width'];
    delete properties['height'];
    if (!picture) throw new Error(`The edition shows a picture that it does not hold: ${node.properties['src']}`);
    properties['src'] = pictureFile(picture);
  }
  const children = node.children.map((child) => settle(child, place));
  // A break of the page is no break of the thought, which `hr` would announce.
  if (classes.includes('page-break')) return element('div', { className: ['page-break'] }, []);
  if (tagName === 'figure') return figure(properties, children, place);
  if (tagName === 'table') return boxed({ ...node, properties, children }, place.names);
  // Where a reader's own style takes ours away, verse must not become prose.
  if (classes.includes('stanza'))
    return { ...node, properties, children: children.flatMap((line, at) => (at > 0 ? [LINE_END, line] : [line])) };
  return { ...node, tagName, properties, children };
}

const LINE_END = element('br', {}, []);

/** Named by its caption, where it has one. */
function figure(properties: Properties, children: readonly ElementContent[], place: Place): Element {
  // A point cannot stand in the ids that come from headings, so these are nobody else's.
  const id = `caption.${++place.figures.count}`;
  const named = children.map((child) =>
    child.type === 'element' && child.tagName === 'figcaption'
      ? { ...child, properties: { ...child.properties, id } }
      : child,
  );
  const captioned = named.some((child) => child.type === 'element' && child.tagName === 'figcaption');
  return element('figure', { ...properties, role: 'figure', ...(captioned ? { ariaLabelledBy: [id] } : {}) }, named);
}
