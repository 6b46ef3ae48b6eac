// Nothing lost: a manuscript reckoned from its Markdown alone, by the parser and no stage of ours, and held against what an
// ebook's documents say in the order of its spine: words, emphasis, languages, lists and where they begin, heads of tables,
// pictures byte for byte, and at each call the whole note that it leads to. Takes sources and bytes; gives what differs.
import { posix } from 'node:path';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { type Ebook, open } from './ebook-inspection.ts';
import { parting, sum, Telling, type Told, wordsOf } from './ebook-telling.ts';
import { all, named, type Tag, textOf } from './ebook-xml.ts';

export interface Sources {
  readonly texts: readonly string[];
  /** Bytes by the address that the manuscript gives. */
  readonly pictures?: ReadonlyMap<string, Uint8Array>;
  readonly edition?: string;
}

/** Nothing where the ebook says what the manuscript says. */
export function lostIn(sources: Sources, bytes: Uint8Array): string[] {
  const faults: string[] = [];
  const wanted = reckoned(sources);
  let ebook: Ebook;
  try {
    ebook = open(bytes);
  } catch (error) {
    return [(error as Error).message];
  }
  const difference = parting(wanted.told, toldBy(ebook));
  if (difference) faults.push(difference);
  const titlePage = ebook.documents.get('title-page.xhtml');
  if (wanted.title && (!titlePage || !wordsOf(textOf(titlePage)).includes(wanted.title)))
    faults.push(`the title page does not say “${wanted.title}”`);
  return faults;
}

/** The blocks of ours as plain Markdown: what they hold stays where it stands; a comment keeps what they part apart. */
function plainMarkdown(source: string, edition: string): string {
  const only = /^(:{3,})only\{edition="?([\w-]+)"?\}\n([\s\S]*?)^\1$/m;
  let text = source;
  while (only.test(text))
    text = text.replace(only, (_, __, name, inner) => (name === edition ? `<!---->\n${inner}\n<!---->` : '<!---->'));
  return text
    .replaceAll(
      /^:::verse\n([\s\S]*?)^:::$/gm,
      (_, verse: string) => `<!---->\n${verse.replaceAll(/^ +/gm, '')}\n<!---->`,
    )
    .replaceAll(/^((?:[ \t>]|[-*+] |\d+[.)] )*):{3,}[a-z]*(?:\{[^}\n]*\})? *$/gm, '$1<!---->')
    .replaceAll(/^((?:[ \t>]|[-*+] |\d+[.)] )*)::[a-z]+ *$/gm, '$1<!---->')
    .replaceAll(/:foreign\[([^\]\n]*)\]\{lang="?([\w-]+)"?\}/g, '\u{f0000}$2\u{f0001}$1\u{f0002}');
}

export function reckoned({ texts, pictures = new Map(), edition = 'long' }: Sources): { told: Told; title?: string } {
  const roots = texts.map((text) => unified().use(remarkParse).use(remarkGfm).parse(plainMarkdown(text, edition)));
  const title = takeTitle(roots);
  const headings = new Set(roots.flatMap(headingsIn));
  const told = roots.flatMap((root) => {
    const telling = new Telling();
    tell(root, telling, { notes: notesIn(root), pictures, headings, style: '', open: [] });
    return telling.told();
  });
  return { told, ...(title === undefined ? {} : { title }) };
}

/** A heading of the first level that opens the manuscript and is alone is its title, and no part of the text. */
function takeTitle(roots: readonly Root[]): string | undefined {
  const [first] = roots[0]?.children ?? [];
  const tops = roots.flatMap(({ children }) => children.filter((node) => node.type === 'heading' && node.depth === 1));
  if (
    first?.type !== 'heading' ||
    first.depth !== 1 ||
    tops.length !== 1 ||
    /footnoteReference/.test(JSON.stringify(first))
  )
    return undefined;
  roots[0]!.children.shift();
  const telling = new Telling();
  tell(first, telling, { notes: new Map(), pictures: new Map(), headings: new Set(), style: '', open: [] });
  return telling
    .told()
    .filter((one) => !one.startsWith('<'))
    .join(' ')
    .replaceAll(/\([\w ]+\)/g, '');
}

function notesIn(node: Nodes, notes = new Map<string, Nodes[]>()): Map<string, Nodes[]> {
  if (node.type === 'footnoteDefinition' && !notes.has(node.identifier)) notes.set(node.identifier, node.children);
  if ('children' in node) for (const child of node.children) notesIn(child, notes);
  return notes;
}

/** By what a link within the book would call them. */
const headingsIn = (node: Nodes): string[] =>
  node.type === 'heading'
    ? [
        wordsOf(plain(node))
          .replace(/^\d+ (?=.)/, '')
          .toLowerCase()
          .replaceAll(' ', '-'),
      ]
    : 'children' in node
      ? node.children.flatMap(headingsIn)
      : [];
const plain = (node: Nodes): string =>
  'children' in node ? node.children.map(plain).join('') : 'value' in node ? node.value : '';

interface Place {
  readonly notes: ReadonlyMap<string, readonly Nodes[]>;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly headings: ReadonlySet<string>;
  readonly style: string;
  /** Notes that are being told. */
  readonly open: readonly string[];
}

const STYLES: Readonly<Record<string, string>> = { emphasis: 'em', strong: 'strong', delete: 'del' };
const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'listItem',
  'tableCell',
  'blockquote',
  'list',
  'code',
]);

function tell(node: Nodes, telling: Telling, place: Place): void {
  const inside = (more = ''): void => {
    if ('children' in node)
      for (const child of node.children) tell(child, telling, { ...place, style: `${place.style} ${more}` });
  };
  if (BLOCKS.has(node.type)) telling.say('\n');
  if (node.type === 'text') sayText(node.value, telling, place.style);
  else if (node.type === 'inlineCode' || node.type === 'code') telling.say(node.value, `${place.style} code`);
  else if (node.type === 'break') telling.say('\n');
  else if (node.type === 'image') telling.mark(`img ${wordsOf(node.alt ?? '')} ${sum(place.pictures.get(node.url))}`);
  else if (node.type === 'footnoteReference') telling.mark(`call ${noteAt(node.identifier, place)}`);
  else if (node.type === 'link' && node.children.length === 0) {
    if (place.headings.has(decodeURI(node.url.slice(1)).toLowerCase())) telling.mark('place');
  } else if (node.type === 'table')
    for (const [at, row] of node.children.entries())
      for (const [column, cell] of row.children.entries()) {
        const [corner, ...heads] = node.children[0]!.children;
        const under = column === 0 && isBlank(corner!) && !heads.every(isBlank);
        if (!isBlank(cell) && (at === 0 || under)) telling.mark('th');
        tell(cell, telling, place);
      }
  else if (node.type !== 'footnoteDefinition') {
    if (node.type === 'heading') telling.mark('h');
    if (node.type === 'list') telling.mark(node.ordered ? `ol ${node.start ?? 1}` : 'ul');
    if (node.type === 'listItem') telling.mark('li');
    inside(STYLES[node.type]);
    const [only, ...others] = node.type === 'paragraph' ? node.children : [];
    if (only?.type === 'image' && others.length === 0 && only.title) telling.say(`\n${only.title}\n`);
  }
  if (BLOCKS.has(node.type)) telling.say('\n');
}

const isBlank = (node: Nodes): boolean =>
  'children' in node
    ? node.type !== 'link' && node.children.every(isBlank)
    : 'value' in node && (node.type === 'html' || node.value.trim() === '');

function sayText(value: string, telling: Telling, style: string): void {
  const [first = '', ...rest] = value.split('\u{f0000}');
  telling.say(first, style);
  for (const phrase of rest) {
    const [, language, own = '', after = ''] = /^([\w-]+)\u{f0001}([^\u{f0002}]*)\u{f0002}?(.*)$/su.exec(phrase)!;
    telling.say(own, `${style} ${language}`);
    telling.say(after, style);
  }
}

function noteAt(identifier: string, place: Place): string {
  if (place.open.includes(identifier)) return 'again';
  const telling = new Telling();
  for (const node of place.notes.get(identifier) ?? [])
    tell(node, telling, { ...place, style: '', open: [...place.open, identifier] });
  return telling.told().join(' ');
}

const OURS = /^(?:cover|toc|title-page|imprint|colophon)\.xhtml$/;
const is = (tag: Tag, type: string): boolean => (tag.attributes['epub:type'] ?? '').split(' ').includes(type);

/** What an ebook's own documents say; what it says of itself (cover, title page, contents, imprint) is not told. */
export function toldBy({ documents, entries }: Ebook): Told {
  const notes = new Map<string, Tag>();
  for (const [file, tree] of documents)
    for (const tag of all(tree)) if (is(tag, 'footnote')) notes.set(`${file}#${tag.attributes['id']}`, tag);
  const pictures = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  return [...documents].flatMap(([file, tree]) => {
    if (OURS.test(file)) return [];
    const telling = new Telling();
    read(named(tree, 'body')[0]!, telling, { file, notes, pictures, style: '', open: [] });
    return telling.told();
  });
}

interface Reading {
  readonly file: string;
  readonly notes: ReadonlyMap<string, Tag>;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly style: string;
  readonly open: readonly string[];
}

const INLINE: ReadonlySet<string> = new Set(['a', 'em', 'strong', 'del', 'code', 'span', 'bdi', 'wbr', 'b', 'i']);

function read(tag: Tag, telling: Telling, place: Reading): void {
  const { name, attributes } = tag;
  const classes = (attributes['class'] ?? '').split(' ');
  const { file, open } = place;
  if (is(tag, 'footnote') && open.length === 0) return;
  if (is(tag, 'pagebreak') || attributes['role'] === 'doc-backlink' || /number|running/.test(classes.join())) return;
  if (is(tag, 'noteref')) {
    const href = attributes['href'] ?? '';
    const key = href.startsWith('#') ? file + href : posix.normalize(href);
    const note = place.notes.get(key);
    const within = new Telling();
    if (note && !open.includes(key))
      read(note, within, { ...place, file: key.split('#')[0]!, style: '', open: [...open, key] });
    telling.mark(`call ${open.includes(key) ? 'again' : within.told().join(' ')}`);
    return;
  }
  if (name === 'img') {
    const bytes = place.pictures.get(`OEBPS/${attributes['src']}`);
    telling.mark(`img ${wordsOf(attributes['alt'] ?? '')} ${sum(bytes)}`);
    return;
  }
  if (classes.includes('page-reference')) {
    telling.mark('place');
    return;
  }
  if (!INLINE.has(name)) telling.say('\n');
  if (/^h[1-6]$/.test(name)) telling.mark('h');
  if (name === 'ol') telling.mark(`ol ${attributes['start'] ?? 1}`);
  if (name === 'ul' || name === 'li') telling.mark(name);
  if (name === 'th') telling.mark('th');
  const own = ['em', 'strong', 'del', 'code'].includes(name) ? name : '';
  const language = name === 'span' && attributes['lang'] === attributes['xml:lang'] ? (attributes['lang'] ?? '') : '';
  const style = [place.style, own, language].join(' ');
  for (const child of tag.children)
    if (typeof child === 'string') telling.say(child, style);
    else read(child, telling, { ...place, style });
  if (!INLINE.has(name)) telling.say('\n');
}
