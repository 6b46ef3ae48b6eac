// compose: a manuscript and the book's description become an Edition.

import type { Element, ElementContent } from 'hast';
import type { BookConfig, EditionConfig } from '../book/config.ts';
import type { Manuscript } from '../book/manuscript.ts';
import { directionOf, isolate } from './direction.ts';
import type { ContentsEntry, Edition, Heading, Part, Picture } from './edition.ts';
import { element, markup, text } from './markup.ts';
import { type Bodies, numberNotes, takeNotes } from './notes.ts';
import { slugsOf } from './slugs.ts';
import { punctuate, setPunctuation } from './typography.ts';
import { isGenerated, plainText, readingMinutes, wordsOf } from './words.ts';

/** Pictures that could be read, by the address that the manuscript gives and the file that names it. */
export type Pictures = ReadonlyMap<string, Picture>;

export const pictureKey = (file: string, url: string): string => `${file}\n${url}`;

export function compose(manuscript: Manuscript, book: BookConfig, config: EditionConfig, pictures: Pictures): Edition {
  const blocks: Element[] = [];
  const typed = new Map<Element, string>();
  const bodies = new Map<string, { label: string; content: readonly ElementContent[] }>();
  const zine = config.outputs.includes('zine');
  manuscript.files.forEach(({ file, root }, index) => {
    const set = markup(root, {
      picture: (url) => pictures.get(pictureKey(file.path, url)),
      source: String(file),
      zine,
    });
    headings(set, (node) => typed.set(node, plainText(node.children).trim()));
    setPunctuation(set, book.language);
    const taken = takeNotes(set, index);
    for (const [key, body] of taken.bodies) bodies.set(key, body);
    for (const node of taken.blocks) if (node.type === 'element') blocks.push(node);
  });

  const title = takeTitle(blocks);
  const noted = [...bodies.values()].flatMap(({ content }) => content);
  const sections = nameHeadings([...blocks, ...noted], typed);
  raise(noted, 0);
  const parts = number(divide(blocks, chapterLevel(blocks)), book.numberChapters);
  const notes = numberNotes(parts, bodies as Bodies);
  for (const { content } of [...parts, ...notes]) closeGaps(content);
  const trees = parts.flatMap((part) => [part.title?.content ?? [], part.content]);
  const links = { sections, titles: titlesOf(parts, noted) };
  for (const tree of [...trees, ...notes.map((note) => note.content)]) {
    settleLinks(tree, links);
    if (directionOf(book.language) === 'rtl') isolate(tree);
  }
  const words = parts.reduce((sum, part) => sum + wordsOf(part.title?.content ?? []) + wordsOf(part.content), 0);
  return {
    book,
    config,
    title: title ?? punctuate(book.title, book.language),
    ...(book.subtitle ? { subtitle: punctuate(book.subtitle, book.language) } : {}),
    direction: directionOf(book.language),
    parts,
    notes,
    contents: contents(parts),
    pictures: [...new Map([...pictures.values()].map((picture) => [picture.id, picture])).values()],
    words,
    readingMinutes: readingMinutes(words),
  };
}

const levelOf = (node: ElementContent): number =>
  node.type === 'element' && /^h[1-6]$/.test(node.tagName) ? Number(node.tagName[1]) : 0;

/** Chapters may stand inside front or back matter: the blocks with that wrapping opened. */
const opened = (blocks: readonly Element[]): Element[] =>
  blocks.flatMap((node) => (node.properties['dataMatter'] ? (node.children as Element[]) : [node]));

/** A single h1 that opens the manuscript is the edition's title, and leaves the text. */
function takeTitle(blocks: Element[]): string | undefined {
  const first = blocks[0];
  if (!first || levelOf(first) !== 1 || opened(blocks).filter((node) => levelOf(node) === 1).length > 1)
    return undefined;
  if (callsNote(first)) return undefined;
  blocks.shift();
  return plainText(first.children).trim();
}

/** A title that calls a note stays in the text, and so does the call. */
const callsNote = (node: ElementContent): boolean =>
  node.type === 'element' && ('dataNote' in node.properties || node.children.some(callsNote));

function chapterLevel(blocks: readonly Element[]): number {
  return opened(blocks)
    .map(levelOf)
    .filter((level) => level > 0)
    .reduce((highest, level) => Math.min(highest, level), 7);
}

function headings(nodes: readonly ElementContent[], each: (heading: Element) => void): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    if (levelOf(node) > 0) each(node);
    else headings(node.children, each);
  }
}

/**
 * Gives each heading its id; comes back with the ids by what a link would name (`[](#the-slug)`), which is made from
 * the heading as it was typed.
 */
function nameHeadings(
  nodes: readonly ElementContent[],
  typed: ReadonlyMap<Element, string>,
): ReadonlyMap<string, string> {
  const named: Element[] = [];
  headings(nodes, (node) => void named.push(node));
  const { slugs, leadsTo } = slugsOf(named.map((node) => typed.get(node) ?? plainText(node.children).trim()));
  const used = new Set<string>();
  const ids = named.map((node, at) => {
    const slug = slugs[at]!;
    // File names come from these ids, and they stay ASCII.
    const wanted = /^[a-z0-9][a-z0-9_-]*$/.test(slug) ? `s-${slug.slice(0, 60)}` : `s-${used.size + 1}`;
    let id = wanted;
    for (let copy = 2; used.has(id); copy++) id = `${wanted}-${copy}`;
    used.add(id);
    node.properties['id'] = id;
    return id;
  });
  return new Map([...leadsTo].map(([name, at]) => [name, ids[at]!]));
}

/** The blocks cut at the chapters' headings; deeper headings move up so that a chapter is h1 and its sections h2. */
function divide(blocks: readonly Element[], level: number): Part[] {
  const parts: Part[] = [];
  const add = (nodes: readonly Element[], kind: 'chapter' | 'frontmatter' | 'backmatter'): void => {
    let open: { part: Part; content: ElementContent[] } | undefined;
    const start = (part: Omit<Part, 'content'>): { part: Part; content: ElementContent[] } => {
      const content: ElementContent[] = [];
      const whole = { ...part, content };
      parts.push(whole);
      return { part: whole, content };
    };
    for (const node of nodes) {
      const matter = node.properties['dataMatter'];
      if (matter === 'frontmatter' || matter === 'backmatter') {
        add(node.children as Element[], matter);
        open = undefined;
      } else if (levelOf(node) === level) {
        const title = { text: plainText(node.children).trim(), content: node.children };
        open = start({ id: String(node.properties['id']), kind, title });
      } else {
        open ??= start({ id: `opening-${parts.length + 1}`, kind: kind === 'chapter' ? 'opening' : kind });
        raise([node], level - 1);
        open.content.push(node);
      }
    }
  };
  add(blocks, 'chapter');
  return parts;
}

function raise(nodes: readonly ElementContent[], by: number): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    const level = levelOf(node);
    if (level > 0) node.tagName = `h${Math.min(6, Math.max(2, level - by))}`;
    else raise(node.children, by);
  }
}

/** No level is skipped: one may be where an author saw only its size, or where what stood above is another edition's. */
function closeGaps(nodes: readonly ElementContent[], above: number[] = []): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    const level = levelOf(node);
    if (level === 0) closeGaps(node.children, above);
    else {
      while (above.length > 0 && above.at(-1)! >= level) above.pop();
      above.push(level);
      node.tagName = `h${above.length + 1}`;
    }
  }
}

const TYPED_NUMBER = /^(\d{1,3}|[IVXLC]+)[.):]\s+(?=\S)/;

/** Numbers that the author typed before every chapter's title become the chapters' numbers; else ours, if wanted. */
function number(parts: readonly Part[], wanted: boolean): Part[] {
  const chapters = parts.filter((part) => part.kind === 'chapter' && part.title);
  const typed = chapters.length > 1 && chapters.every((part) => TYPED_NUMBER.test(part.title!.text));
  if (!typed && !wanted) return [...parts];
  return parts.map((part) => {
    const at = chapters.indexOf(part);
    if (at < 0) return part;
    return { ...part, title: typed ? withoutNumber(part.title!) : { ...part.title!, number: String(at + 1) } };
  });
}

function withoutNumber(title: Heading): Heading {
  const found = TYPED_NUMBER.exec(title.text);
  const [first, ...rest] = title.content;
  if (!found || first?.type !== 'text' || !first.value.startsWith(found[0])) return title;
  const left = first.value.slice(found[0].length);
  const content = left ? [text(left), ...rest] : rest;
  return { number: found[1]!, text: title.text.replace(TYPED_NUMBER, ''), content };
}

/** Parts with a title, and their h2 below them. */
function contents(parts: readonly Part[]): ContentsEntry[] {
  return parts.flatMap((part) => {
    if (!part.title) return [];
    const children = part.content.flatMap((node): ContentsEntry[] => {
      if (node.type !== 'element' || node.tagName !== 'h2') return [];
      const content = withoutCalls(node.children);
      return [{ id: String(node.properties['id']), text: plainText(content).trim(), content, children: [] }];
    });
    return [{ id: part.id, ...part.title, content: withoutCalls(part.title.content), children }];
  });
}

/** A heading as it is repeated elsewhere: neither its notes' calls nor its ids and links are. */
export function withoutCalls(content: readonly ElementContent[]): ElementContent[] {
  return content.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return [node];
    if (isGenerated(node)) return [];
    if (node.tagName === 'a') return withoutCalls(node.children);
    const { id: _, ...properties } = node.properties;
    return [element(node.tagName, properties, withoutCalls(node.children))];
  });
}

interface Links {
  /** Ids by the slug that a link would name. */
  readonly sections: ReadonlyMap<string, string>;
  /** What the part or heading of an id is called. */
  readonly titles: ReadonlyMap<string, readonly ElementContent[]>;
}

function titlesOf(parts: readonly Part[], noted: readonly ElementContent[]): Links['titles'] {
  const titles = new Map<string, readonly ElementContent[]>();
  for (const { id, title } of parts) if (title) titles.set(id, withoutCalls(title.content));
  headings([...parts.flatMap(({ content }) => content), ...noted], (node) =>
    titles.set(String(node.properties['id']), withoutCalls(node.children)),
  );
  return titles;
}

/**
 * Links within the book to the ids that its headings have got; one without words gets its heading's title. One that
 * leads nowhere stays as words.
 */
function settleLinks(nodes: readonly ElementContent[], links: Links): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    const href = node.properties['href'];
    const classes = node.properties['className'];
    if (node.tagName === 'a' && Array.isArray(classes) && classes.includes('reference') && typeof href === 'string') {
      const id = links.sections.get(decoded(href.slice(1)).toLowerCase());
      const named = classes.includes('page-reference');
      if (named) node.children = id ? structuredClone([...(links.titles.get(id) ?? [])]) : [];
      if (id) node.properties['href'] = `#${id}`;
      else {
        node.tagName = 'span';
        node.properties = {};
      }
    }
    settleLinks(node.children, links);
  }
}

/** An address that is badly escaped (`#100%`) is taken as it stands. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
