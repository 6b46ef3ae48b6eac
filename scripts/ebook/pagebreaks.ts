// The print edition's pages in the ebook: a mark where each begins, so that page 14 is the same on paper and on a phone.
// Takes an edition's trees and where the pages begin; gives the trees with marks (EPUB 3.3, 7.4; EPUB Accessibility 1.1, 3.2).
import type { Element, ElementContent, Text } from 'hast';
import type { Edition } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { element, text } from '../edition/markup.ts';
import { isGenerated } from '../edition/words.ts';
import { xml } from './xml.ts';

export interface PrintedPage {
  /** As it is printed: `14`, `xiv`. */
  readonly folio: string;
  /** Id of the document that it begins in. */
  readonly document: string;
  /**
   * How many letters, figures and pictures of that document's text stand before it: not its title's, its captions', its
   * notes'. Absent where the document itself begins on the page's head.
   */
  readonly after?: number;
}

/** The print edition that the marks are taken from. */
export interface Printed {
  /** What it is, for who has the paper in hand: title, trim, date. */
  readonly source: string;
  /** In reading order. */
  readonly pages: readonly PrintedPage[];
}

/** A point cannot stand in the ids that come from headings, so these are nobody else's. */
export const pageId = (folio: string): string => `page.${folio}`;

export function pageMark(folio: string, language: string): Element {
  // With spaces and a full stop, so that it is not read as a part of the sentence that it interrupts.
  const label = ` ${labelsFor(language).seePage.replace('{page}', folio)}. `;
  return element('span', { epubType: 'pagebreak', role: 'doc-pagebreak', id: pageId(folio), ariaLabel: label }, []);
}

/** The marks of a document that is no part of the text, as markup: they stand at its head. */
export const marksIn = (pages: readonly PrintedPage[], document: string, edition: Edition): string =>
  pages
    .filter((page) => page.document === document)
    .map(({ folio }) => xml(pageMark(folio, edition.book.language)))
    .join('');

interface Marking {
  readonly pages: readonly PrintedPage[];
  readonly language: string;
  next: number;
  count: number;
}

/** A part's content with the marks of those pages, all of which begin in it. */
export function withPageMarks(
  content: readonly ElementContent[],
  pages: readonly PrintedPage[],
  language: string,
): ElementContent[] {
  if (pages.length === 0) return [...content];
  const marking: Marking = { pages, language, next: 0, count: 0 };
  const marked = content.flatMap((node) => mark(node, marking));
  return [...marked, ...due(marking, Number.POSITIVE_INFINITY)];
}

/** The marks of the pages that begin before there are more than so many letters. */
function due(marking: Marking, count: number): Element[] {
  const marks: Element[] = [];
  for (let page = marking.pages[marking.next]; page && (page.after ?? 0) < count; page = marking.pages[++marking.next])
    marks.push(pageMark(page.folio, marking.language));
  return marks;
}

const isMark = (node: ElementContent | undefined): boolean =>
  node?.type === 'element' && node.properties['role'] === 'doc-pagebreak';

/** A mark stands before these, not as their first word: a heading's name would begin with it, a link would be it. */
const NEVER_FIRST = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'figure', 'pre', 'a', 'em', 'strong', 'del', 'code']);

function mark(node: ElementContent, marking: Marking): ElementContent[] {
  if (node.type === 'text') return markText(node, marking);
  if (node.type !== 'element' || node.tagName === 'figcaption' || isGenerated(node)) return [node];
  if (node.tagName === 'img') return [...due(marking, ++marking.count), node];
  const children = node.children.flatMap((child) => mark(child, marking));
  if (!NEVER_FIRST.has(node.tagName) || !isMark(children[0])) return [{ ...node, children }];
  const first = children.findIndex((child) => !isMark(child));
  return [...children.slice(0, first), { ...node, children: children.slice(first) }];
}

const LETTER = /[\p{L}\p{N}]/gu;

function markText(node: Text, marking: Marking): ElementContent[] {
  const { value } = node;
  const letters = value.match(LETTER)?.length ?? 0;
  const next = marking.pages[marking.next];
  if (!next || (next.after ?? 0) >= marking.count + letters) {
    marking.count += letters;
    return [node];
  }
  const parts: ElementContent[] = [];
  let from = 0;
  for (const { index } of value.matchAll(LETTER)) {
    const marks = due(marking, ++marking.count);
    if (marks.length === 0) continue;
    const at = Math.max(from, startOfWord(value, index));
    if (at > from) parts.push(text(value.slice(from, at)));
    parts.push(...marks);
    from = at;
  }
  return [...parts, text(value.slice(from))];
}

/** What is written without spaces: a line ends between any two letters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** A word that is divided between two pages belongs to the second, and so do the marks that open it. */
function startOfWord(value: string, place: number): number {
  const before = value.slice(Math.max(0, place - 80), place);
  const letter = value.slice(place, place + 2);
  const word = UNSPACED.test(letter) ? '' : (/[\p{L}\p{M}\p{N}\u00ad\u2019']*$/u.exec(before)?.[0] ?? '');
  const head = UNSPACED.test(word) ? '' : word;
  const opening = /[\p{Ps}\p{Pi}"'¿¡]*$/u.exec(before.slice(0, before.length - head.length))?.[0] ?? '';
  return place - head.length - opening.length;
}
