// The galley: an edition as one document in one column, unbroken, ready to be measured. Takes an edition, gives HTML.
import type { Element, ElementContent } from 'hast';
import { withoutCalls } from '../edition/compose.ts';
import type { ContentsEntry, Edition, Heading, Note, Part } from '../edition/edition.ts';
import { type Hyphenate, hyphenateText } from '../edition/hyphenation.ts';
import { labelsFor } from '../edition/labels.ts';
import { element, text } from '../edition/markup.ts';
import { isAddress } from '../edition/typography.ts';
import { isBrokenByBrowser, withBreaks } from './breaks.ts';
import { leadIn } from './leadin.ts';
import { longWords } from './longwords.ts';
import { firstOfText, seePage } from './references.ts';

/** What decides how the parts are strung together. */
export interface GalleyStyle {
  readonly notes: 'foot' | 'end' | 'chapter';
  readonly chapters: 'recto' | 'page' | 'run-on';
  readonly folios: 'arabic' | 'roman';
  readonly contents: boolean;
  readonly hyphenate: Hyphenate;
  /** Where a picture's bytes are, for the browser: a URL. */
  readonly picture: (id: string) => string;
}

/** One run of pages: what opens on a new one. */
export interface Flow {
  readonly element: Element;
  /** The bodies of the notes for its pages' feet; none where they are set elsewhere. */
  readonly notes: readonly Element[];
  readonly opens: 'recto' | 'page';
  readonly kind: 'contents' | 'text' | 'notes';
  /** Stands before the text: the contents; with roman folios, whatever is before the first chapter, too. */
  readonly front: boolean;
}

export function galley(edition: Edition, style: GalleyStyle): Flow[] {
  const words = (value: string): ElementContent => text(hyphenateText(withBoxes(value), style.hyphenate));
  const setting = { ...style, words, seePage: seePage(edition, style.folios) };
  const broken = isBrokenByBrowser(edition) ? withBreaks : (nodes: ElementContent[]) => nodes;
  const set: Prepare = (nodes) => broken(nodes.map((node) => prepare(node, setting)));
  const plain: Prepare = (nodes) => nodes.map((node) => prepare(node, ragged(setting)));
  const notes = setNotes(edition, style, set, plain);
  const parts = edition.parts.map((part) => setPart(part, set, plain, notes.after(part), edition.book.language));
  const flows: Run[] = [];
  const end = notes.atTheEnd;
  if (style.contents && edition.contents.length > 1) {
    const entries = end ? [...edition.contents, { ...end, children: [] }] : edition.contents;
    const { contents: heading } = labelsFor(edition.book.language);
    flows.push({
      nodes: [contents(entries, heading, plain)],
      parts: [],
      opens: 'recto',
      kind: 'contents',
      front: true,
    });
  }
  flows.push(...runs(edition, parts, style));
  if (end) flows.push({ nodes: [end.section], parts: [], opens: 'page', kind: 'notes', front: false });
  return flows.map(({ nodes, parts, ...flow }) => {
    const className = ['flow', ...(flow.kind === 'text' ? [] : [flow.kind === 'notes' ? 'end-notes' : flow.kind])];
    if (flow.kind === 'text' && style.chapters === 'run-on') className.push('run-on');
    const own = style.notes === 'foot' ? edition.notes.filter(({ part }) => parts.includes(part)) : [];
    return { ...flow, element: element('div', { className }, nodes), notes: own.map((note) => setNote(note, set)) };
  });
}

interface Run extends Pick<Flow, 'opens' | 'kind' | 'front'> {
  readonly nodes: ElementContent[];
  /** Ids of the edition's parts in it. */
  readonly parts: readonly string[];
}

/** The parts in runs of pages. With roman folios the text must begin on a page of its own, a right-hand one. */
function runs({ parts: all }: Edition, parts: readonly Element[], { chapters, folios }: GalleyStyle): Run[] {
  const text = firstOfText(all, folios);
  const run = (from: number, to: number, opens: Flow['opens']): Run => ({
    nodes: parts.slice(from, to),
    parts: all.slice(from, to).map(({ id }) => id),
    opens,
    kind: 'text',
    front: from < text,
  });
  if (chapters === 'run-on')
    return [run(0, text, 'recto'), run(text, parts.length, 'recto')].filter(({ nodes }) => nodes.length > 0);
  return parts.map((_, at) => run(at, at + 1, at === 0 || at === text || chapters === 'recto' ? 'recto' : 'page'));
}

interface Setting extends GalleyStyle {
  /** Text with its words divided where they may be. */
  readonly words: (value: string) => ElementContent;
  readonly seePage: (id: string) => ElementContent[];
}

/** Nodes made ready for the stone. */
type Prepare = (nodes: readonly ElementContent[]) => ElementContent[];

/** Words in another language would be divided by the wrong patterns; addresses and code never are. */
const undivided = (style: Setting): Setting => ({ ...style, words: (value) => text(withBoxes(value)) });

/** In headings and what else is set ragged, words stay whole, but for those that may be wider than a line. */
const ragged = (style: Setting): Setting => ({
  ...style,
  words: (value) => longWords(withBoxes(value), style.hyphenate),
});

function setPart(part: Part, set: Prepare, plain: Prepare, notes: readonly Element[], language: string): Element {
  const content = set(part.content);
  const first = content.find((node) => node.type === 'element' && node.tagName !== 'blockquote');
  if (part.kind === 'chapter' && first?.type === 'element' && first.tagName === 'p') leadIn(first, language);
  return element(
    'section',
    {
      className: ['chapter', part.title ? part.kind : 'untitled'],
      id: part.id,
      dataHead: part.title?.text ?? undefined,
    },
    [...(part.title ? [opening({ ...part.title, content: plain(part.title.content) })] : []), ...content, ...notes],
  );
}

function opening(title: Heading): Element {
  const number = title.number ? [element('p', { className: ['number'] }, [text(title.number)])] : [];
  return element('header', { className: ['opening', 'whole'] }, [...number, element('h1', {}, [...title.content])]);
}

interface BackNotes {
  /** What stands after a part: its notes under a small heading, or nothing. */
  readonly after: (part: Part) => Element[];
  readonly atTheEnd?: Pick<ContentsEntry, 'id' | 'text' | 'content'> & { readonly section: Element };
}

/** The notes where they are not at the foot: after each part, or in a part of their own, under the parts' titles. */
function setNotes(edition: Edition, style: GalleyStyle, set: Prepare, plain: Prepare): BackNotes {
  const heading = labelsFor(edition.book.language).notes;
  const called = style.notes === 'foot' ? new Map<string, string>() : callsInText(edition.notes);
  const notesOf = (part: Part): Element[] =>
    edition.notes
      .filter((note) => note.part === part.id)
      .map((note) => {
        const body = setNote(note, set);
        return { ...body, properties: { ...body.properties, dataCalledAt: called.get(note.id) } };
      });
  const under = (title: ElementContent[], notes: Element[]): Element[] =>
    notes.length > 0
      ? [element('div', { className: ['back-notes'] }, [element('h2', { className: ['whole'] }, title), ...notes])]
      : [];
  if (style.notes === 'chapter') return { after: (part) => under([text(heading)], notesOf(part)) };
  if (style.notes === 'foot' || edition.notes.length === 0) return { after: () => [] };
  const groups = edition.parts
    .map((part) => ({ part, notes: notesOf(part) }))
    .filter(({ notes }) => notes.length > 0)
    .map(({ part, notes }) =>
      under(
        part.title ? plain(withoutCalls(part.title.content)) : [text(labelsFor(edition.book.language).opening)],
        notes,
      ),
    );
  const title = { id: 'notes-at-the-end', text: heading, content: [text(heading)] };
  const bodies = groups.length > 1 ? groups.flat() : groups.flat().map(withoutHeading);
  const section = element('section', { className: ['chapter'], id: title.id, dataHead: heading }, [
    opening(title),
    ...bodies,
  ]);
  return { after: () => [], atTheEnd: { ...title, section } };
}

/** Where there is one chapter only, its title would say nothing. */
const withoutHeading = (group: Element): Element => ({ ...group, children: group.children.slice(1) });

/** Of each note, the call in the text that it belongs to: for a note called from another note, that one's. */
function callsInText(notes: readonly Note[]): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  const collect = (nodes: readonly ElementContent[], holder: string): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      if (typeof node.properties['id'] === 'string') holders.set(node.properties['id'], holder);
      collect(node.children, holder);
    }
  };
  for (const note of notes) collect(note.content, note.id);
  const called = new Map<string, string>();
  // A note that is called only from another follows it, so that one is known by then.
  for (const { id, calls } of notes) called.set(id, called.get(holders.get(calls[0]!) ?? '') ?? calls[0]!);
  return called;
}

/** A note with its number before its first words. */
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

const RAGGED = /^(?:h[1-6]|figcaption|aside)$/;
const WHOLE = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'figure', 'tr']);

/** A copy for the stone: words divided, what must not be cut marked, lists numbered item by item. */
function prepare(node: ElementContent, style: Setting): ElementContent {
  if (node.type === 'text') return style.words(node.value);
  if (node.type !== 'element') return node;
  const properties = { ...node.properties };
  const classes = Array.isArray(properties['className']) ? [...properties['className']] : [];
  if (WHOLE.has(node.tagName) || classes.includes('pull-quote') || classes.includes('epigraph')) classes.push('whole');
  if (classes.length > 0) properties['className'] = classes;
  const literal = /^(?:code|pre)$/.test(node.tagName) || isAddress(node) || 'lang' in properties;
  const isRagged = RAGGED.test(node.tagName) || ['epigraph', 'verse'].some((name) => classes.includes(name));
  if (isAddress(node)) properties['className'] = [...classes, 'address'];
  if (node.tagName === 'img' && typeof properties['dataPicture'] === 'string')
    properties['src'] = style.picture(properties['dataPicture']);
  if (isOfPictures(node)) properties['className'] = [...classes, 'pictures'];
  if (node.tagName === 'pre') return { ...node, properties, children: codeLines(node) };
  if (classes.includes('page-reference'))
    return { ...node, properties, children: style.seePage(String(properties['href']).slice(1)) };
  if (typeof properties['dataIndent'] === 'number')
    properties['style'] = `margin-inline-start:${properties['dataIndent']}em`;
  const inner = literal ? undivided(style) : isRagged ? ragged(style) : style;
  let children = node.children.map((child) => prepare(child, inner));
  if (node.tagName === 'ol') {
    const last = number(children, Number(properties['start'] ?? 1));
    if (last > 99) properties['className'] = [...classes, last > 999 ? 'thousands' : 'hundreds'];
  }
  if (node.tagName === 'li' || node.tagName === 'figcaption') children = paragraphs(children);
  return { ...node, properties, children };
}

/** A paragraph that has several pictures and no words. */
const isOfPictures = ({ tagName, children }: Element): boolean =>
  tagName === 'p' &&
  children.length > 0 &&
  children.every((child) =>
    child.type === 'text' ? child.value.trim() === '' : child.type === 'element' && /^(?:img|br)$/.test(child.tagName),
  );

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
