// What stands on a zine's panels. Takes an edition; gives panel for panel what it holds, or the text that runs through them, and
// the poster. Sets nothing.
import type { Element, ElementContent } from 'hast';
import type { Edition, Note } from '../edition/edition.ts';
import { element, text } from '../edition/markup.ts';
import { plainText } from '../edition/words.ts';
import { withBoxes } from './galley.ts';

/** How loud: all of it in display type, the heading in a black bar, or over a thin rule. */
export const KINDS = ['loud', 'strong', 'quiet'] as const;
export type Kind = (typeof KINDS)[number];

export interface Panel {
  readonly title?: readonly ElementContent[];
  readonly content: readonly ElementContent[];
  /** As the author wants it. */
  readonly kind?: Kind;
}

/** A panel of fewer letters says it large. */
const LOUD = 140;

/** Which kind a panel is, counted from 0: where the author does not say, strong and quiet ones take turns. */
export function kindOf({ kind, content }: Panel, index: number): Kind {
  if (kind) return kind;
  if (plainText(content).trim().length < LOUD && content.every(isWords) && !isMixed(content)) return 'loud';
  return index % 2 === 1 ? 'strong' : 'quiet';
}

/** Plain paragraphs without notes: what can be set word by word. */
export const isWords = (node: ElementContent): boolean =>
  node.type === 'element' &&
  (node.tagName === 'p' || isPullQuote(node)) &&
  node.children.every((child) => child.type !== 'element' || ['em', 'strong', 'p', 'span'].includes(child.tagName)) &&
  plainText([node]).trim() !== '';

export const isPullQuote = (node: ElementContent): boolean => classesOf(node).includes('pull-quote');

/** A pull quote with more than itself: its rules part it from that. */
export const isMixed = (content: readonly ElementContent[]): boolean => content.length > 1 && content.some(isPullQuote);

const classesOf = (node: ElementContent): string[] =>
  node.type === 'element' && Array.isArray(node.properties['className'])
    ? node.properties['className'].map(String)
    : [];

export const isBreak = (node: ElementContent): boolean =>
  node.type === 'element' && node.tagName === 'hr' && classesOf(node).includes('page-break');

export const isPoster = (node: ElementContent): boolean => classesOf(node).includes('poster');

/** A picture across two panels. */
export const isSpread = (node: ElementContent): boolean => classesOf(node).includes('spread');

/**
 * What stands on each panel: the front (what comes before the first heading is its promise), then one panel a heading,
 * and one more at each `::panel`. What a `:::panel` holds has one for itself.
 */
export function panelsOf(edition: Edition): Panel[] {
  const panels: Panel[] = [];
  let open: { title?: readonly ElementContent[]; content: ElementContent[]; kind?: Kind } | undefined;
  let kind: Kind | undefined;
  const start = (title?: readonly ElementContent[]): NonNullable<typeof open> => {
    open = { content: [], ...(title ? { title } : {}), ...(kind ? { kind } : {}) };
    kind = undefined;
    panels.push(open);
    return open;
  };
  for (const [index, { title, content }] of edition.parts.entries()) {
    if (title || index === 0) start(title?.content);
    for (const node of content) {
      if (isBreak(node)) {
        const wanted = node.type === 'element' ? node.properties['dataKind'] : undefined;
        kind = KINDS.find((one) => one === wanted);
        open = undefined;
      } else if (!isPoster(node)) (open ?? start()).content.push(node);
    }
  }
  if (panels[0]?.title || panels[0]?.kind || panels.length === 0) panels.unshift({ content: [] });
  return panels;
}

/** What the sheet's back says. */
export function posterOf({ parts }: Edition): readonly ElementContent[] {
  return parts.flatMap(({ content }) =>
    content.flatMap((node) => (isPoster(node) && 'children' in node ? node.children : [])),
  );
}

/** The text that runs from panel to panel, its headings in it, all notes at its end; and the front's promise. */
export function flowOf(edition: Edition): { readonly promise: string; readonly content: readonly ElementContent[] } {
  const [first, ...rest] = edition.parts;
  const promise = first && !first.title ? first : undefined;
  const content = (promise ? rest : edition.parts).flatMap((part): ElementContent[] => [
    ...(part.title ? [headOf(part.title.content, 14)] : []),
    ...part.content.filter((node) => !isPoster(node)),
  ]);
  const front = promise?.content.filter((node) => !isPoster(node) && !isBreak(node)) ?? [];
  return { promise: plainText(front).trim(), content: [...content, ...notesOf(content, edition.notes)] };
}

/** A heading to be fitted, which takes at most that share of the panel's height, in %. */
export const headOf = (title: readonly ElementContent[], share: number): Element =>
  element('header', { className: ['head'] }, [element('h1', { className: ['fit'], dataFit: share }, [...title])]);

/** All words as lines of display, from head to foot of their room; each block's last word ends a line. */
export function shoutOf(content: readonly ElementContent[]): Element {
  const blocks = content.flatMap(blocksIn).filter((words) => words.length > 0);
  const ends = blocks.slice(0, -1).map((_, index) => blocks.slice(0, index + 1).flat().length);
  const properties = {
    className: ['fit', 'tall'],
    dataFit: 100,
    ...(ends.length > 0 ? { dataEnds: ends.join(' ') } : {}),
  };
  return element('p', properties, [text(blocks.flat().join(' '))]);
}

const BLOCKS = /^(p|h[1-6]|li|ul|ol|blockquote|div|aside|section|header)$/;

/** The words of each of a block's innermost blocks. */
function blocksIn(node: ElementContent): string[][] {
  const isBlock = (one: ElementContent): boolean => one.type === 'element' && BLOCKS.test(one.tagName);
  if (node.type === 'element' && node.children.some(isBlock)) return node.children.flatMap(blocksIn);
  return [plainText([node]).split(/\s+/).filter(Boolean)];
}

/** The notes that a panel calls, in their order, as one block; a note's own calls count. */
export function notesOf(content: readonly ElementContent[], notes: readonly Note[]): ElementContent[] {
  const called = new Set<Note>();
  const look = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      const note = notes.find(({ calls }) => calls.includes(String(node.properties['id'])));
      if (note && !called.has(note)) {
        called.add(note);
        look(note.content);
      } else look(node.children);
    }
  };
  look(content);
  if (called.size === 0) return [];
  const bodies = [...called].map((note) =>
    element('div', { className: ['note'], id: note.id }, [
      element('span', { className: ['note-number'] }, [text(`${note.label}. `)]),
      ...note.content,
    ]),
  );
  return [element('div', { className: ['notes'] }, bodies)];
}

/** As it is set: the pictures' files named, boxes for those to be ticked. */
export function prepare(node: ElementContent, picture: (id: string) => string): ElementContent {
  if (node.type === 'text') return text(withBoxes(node.value));
  if (node.type !== 'element') return node;
  const id = node.properties['dataPicture'];
  const properties = typeof id === 'string' ? { ...node.properties, src: picture(id) } : node.properties;
  return { ...node, properties, children: node.children.map((child) => prepare(child, picture)) };
}
