// The galley: an edition as one document in one column, unbroken, ready to be measured. Takes an edition, gives HTML.
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { ContentsEntry, Edition, Heading, Note, Part } from '../edition/edition.ts';
import { type Hyphenate, hyphenateText } from '../edition/hyphenation.ts';
import { labelsFor } from '../edition/labels.ts';
import { element, text } from '../edition/markup.ts';
import { isAddress } from '../edition/typography.ts';

/** What decides how the parts are strung together. */
export interface GalleyStyle {
  readonly notes: 'foot' | 'end';
  readonly chapters: 'recto' | 'page' | 'run-on';
  readonly contents: boolean;
  readonly hyphenate: Hyphenate;
  /** Where a picture's bytes are, for the browser: a URL. */
  readonly picture: (id: string) => string;
}

/** One run of pages: what opens on a new one. */
export interface Flow {
  readonly html: string;
  readonly opens: 'recto' | 'page';
}

export interface Galley {
  readonly flows: readonly Flow[];
  /** The bodies of the notes for the pages' feet; empty where they are set at the end. */
  readonly notes: string;
}

export function galley(edition: Edition, style: GalleyStyle): Galley {
  const labels = labelsFor(edition.book.language);
  const set: Prepare = (nodes) => nodes.map((node) => prepare(node, style));
  const plain: Prepare = (nodes) => nodes.map((node) => prepare(node, undivided(style)));
  const parts = edition.parts.map((part) => setPart(part, set, plain));
  const flows: { nodes: ElementContent[]; opens: 'recto' | 'page'; classes: string[] }[] = [];
  if (style.contents && edition.contents.length > 1)
    flows.push({ nodes: [contents(edition.contents, labels.contents, plain)], opens: 'recto', classes: ['contents'] });
  if (style.chapters === 'run-on') flows.push({ nodes: parts, opens: 'recto', classes: ['run-on'] });
  else
    parts.forEach((part, index) => {
      flows.push({ nodes: [part], opens: index === 0 || style.chapters === 'recto' ? 'recto' : 'page', classes: [] });
    });
  if (style.notes === 'end' && edition.notes.length > 0) {
    const bodies = edition.notes.map((note) => setNote(note, set));
    const heading = opening({ text: labels.notes, content: [text(labels.notes)] });
    const section = element('section', { className: ['chapter'], id: 'notes-at-the-end', dataHead: labels.notes }, [
      heading,
      ...bodies,
    ]);
    flows.push({ nodes: [section], opens: 'page', classes: ['end-notes'] });
  }
  return {
    flows: flows.map(({ nodes, opens, classes }) => ({
      html: toHtml(element('div', { className: ['flow', ...classes] }, nodes)),
      opens,
    })),
    notes: style.notes === 'foot' ? toHtml(edition.notes.map((note) => setNote(note, set))) : '',
  };
}

/** Nodes made ready for the stone. */
type Prepare = (nodes: readonly ElementContent[]) => ElementContent[];

/** A heading is never divided. */
const undivided = (style: GalleyStyle): GalleyStyle => ({ ...style, hyphenate: (word) => word });

function setPart(part: Part, set: Prepare, plain: Prepare): Element {
  const content = set(part.content);
  const first = content.find((node) => node.type === 'element' && node.tagName !== 'blockquote');
  if (part.kind === 'chapter' && first?.type === 'element' && first.tagName === 'p') lead(first);
  return element(
    'section',
    {
      className: ['chapter', part.title ? part.kind : 'untitled'],
      id: part.id,
      dataHead: part.title?.text ?? undefined,
    },
    part.title ? [opening({ ...part.title, content: plain(part.title.content) }), ...content] : content,
  );
}

function opening(title: Heading): Element {
  const number = title.number ? [element('p', { className: ['number'] }, [text(title.number)])] : [];
  return element('header', { className: ['opening', 'whole'] }, [...number, element('h1', {}, [...title.content])]);
}

/** A chapter's first words, in small capitals: up to the first comma, or four words. */
function lead(paragraph: Element): void {
  const first = paragraph.children[0];
  if (first?.type !== 'text') return;
  const words = /^(?:\S+\s+){2,3}?\S+?(?=[,;:.]|\s|$)/.exec(first.value)?.[0] ?? '';
  const plain = words.replaceAll('\u00ad', '');
  if (plain.length < 6 || plain.length > 40) return;
  first.value = first.value.slice(words.length);
  paragraph.children.unshift(element('span', { className: ['lead'] }, [text(plain)]));
}

/** A note as it stands at the foot: its number before its first words. */
function setNote(note: Note, set: Prepare): Element {
  const content = set(note.content);
  const number = element('a', { className: ['note-number'], href: `#${note.calls[0]}` }, [text(`${note.label}.`)]);
  const first = content[0];
  if (first?.type === 'element' && first.tagName === 'p') first.children.unshift(number);
  else content.unshift(element('p', {}, [number]));
  return element('div', { className: ['note'], id: note.id }, content);
}

function contents(entries: readonly ContentsEntry[], heading: string, plain: Prepare): Element {
  // A book without numbers needs no column for them.
  const numbered = entries.some((entry) => entry.number);
  const line = (entry: ContentsEntry, deep: boolean): Element =>
    element('p', { className: ['contents-line', 'whole', ...(deep ? ['deep'] : [])] }, [
      ...(numbered ? [element('span', { className: ['number'] }, entry.number ? [text(entry.number)] : [])] : []),
      element('a', { className: ['name'], href: `#${entry.id}` }, plain(entry.content)),
      element('span', { className: ['page-of'], dataPageOf: entry.id }, []),
    ]);
  return element('section', { className: ['contents'], dataHead: heading }, [
    element('header', { className: ['opening', 'whole'] }, [element('h1', {}, [text(heading)])]),
    ...entries.flatMap((entry) => [line(entry, false), ...entry.children.map((child) => line(child, true))]),
  ]);
}

const WHOLE = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'figure', 'tr']);

/** A copy for the stone: words divided, what must not be cut marked, lists numbered item by item. */
function prepare(node: ElementContent, style: GalleyStyle): ElementContent {
  if (node.type === 'text') return text(hyphenateText(withBoxes(node.value), style.hyphenate));
  if (node.type !== 'element') return node;
  const properties = { ...node.properties };
  const classes = Array.isArray(properties['className']) ? [...properties['className']] : [];
  if (WHOLE.has(node.tagName) || classes.includes('pull-quote') || classes.includes('epigraph')) classes.push('whole');
  if (classes.length > 0) properties['className'] = classes;
  // A word in another language would be divided by the wrong patterns; a heading, an address, code, what is set ragged never are.
  const literal =
    /^(?:h[1-6]|code|pre|figcaption|aside)$/.test(node.tagName) ||
    isAddress(node) ||
    'lang' in properties ||
    ['epigraph', 'verse'].some((name) => classes.includes(name));
  if (isAddress(node)) properties['className'] = [...classes, 'address'];
  if (node.tagName === 'img' && typeof properties['dataPicture'] === 'string')
    properties['src'] = style.picture(properties['dataPicture']);
  if (node.tagName === 'pre') return { ...node, properties, children: codeLines(node) };
  let children = node.children.map((child) => prepare(child, literal ? undivided(style) : style));
  if (node.tagName === 'ol') {
    const last = number(children, Number(properties['start'] ?? 1));
    if (last > 99) properties['className'] = [...classes, last > 999 ? 'thousands' : 'hundreds'];
  }
  if (node.tagName === 'li' || node.tagName === 'figcaption') children = paragraphs(children);
  return { ...node, properties, children };
}

/** The boxes of a task list as our faces have them, empty and filled. */
export const withBoxes = (value: string): string =>
  value.replace(/^[☐☑](?=[\u00a0\u202f])/, (box) => (box === '☐' ? '□' : '■'));

/** Gives every item its number, so that a list may be cut; comes back with the last. */
function number(items: readonly ElementContent[], start: number): number {
  let value = start;
  for (const item of items)
    if (item.type === 'element' && item.tagName === 'li')
      item.properties = { ...item.properties, value: String(value++) };
  return value - 1;
}

const BLOCKS = new Set(['p', 'ul', 'ol', 'blockquote', 'pre', 'table', 'figure', 'div', 'aside', 'hr', 'section']);

/** The words of a tight item or of a caption are a paragraph too: lines live in paragraphs. */
function paragraphs(children: readonly ElementContent[]): ElementContent[] {
  const out: ElementContent[] = [];
  let run: ElementContent[] = [];
  const flush = (): void => {
    if (run.some((node) => node.type !== 'text' || node.value.trim() !== '')) out.push(element('p', {}, run));
    run = [];
  };
  for (const child of children) {
    if (child.type === 'element' && BLOCKS.has(child.tagName)) {
      flush();
      out.push(child);
    } else run.push(child);
  }
  flush();
  return out;
}

/** A line of code is one piece; one that would fill half a page and more is several. */
const LONGEST_PIECE = /.{1,500}/gsu;

function codeLines(pre: Element): ElementContent[] {
  const code = pre.children.flatMap((child) => (child.type === 'element' ? child.children : [child]));
  const source = code.map((node) => (node.type === 'text' ? node.value : '')).join('');
  return source
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((line) =>
      (line.match(LONGEST_PIECE) ?? ['']).map((piece, index) =>
        element('span', { className: index === 0 ? ['code-line'] : ['code-line', 'cont'] }, [text(piece)]),
      ),
    );
}
