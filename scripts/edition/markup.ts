// From the manuscript's mdast to the edition's hast (the vocabulary listed in edition.ts). One small handler a node.
import type { Element, ElementContent, Root as HastRoot } from 'hast';
import type {
  FootnoteDefinition,
  FootnoteReference,
  Image,
  Link,
  ListItem,
  Nodes,
  Paragraph,
  Parents,
  Root,
  Table,
} from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { defaultHandlers, type Handlers, type State, toHast } from 'mdast-util-to-hast';
import { visit } from 'unist-util-visit';
import { LEAVES } from '../book/manuscript.ts';

/** What markup cannot know from one file alone. */
export interface References {
  /** The picture that stands at this address, if it could be read. */
  readonly picture: (
    url: string,
  ) => { readonly id: string; readonly width: number; readonly height: number } | undefined;
}

/**
 * The file's blocks as hast, in order. Notes' bodies stand among them as `div[data-note=IDENTIFIER]`, calls as
 * `a.note-call[data-note=IDENTIFIER]` (notes.ts numbers them); matter as `section[data-matter]`.
 */
export function markup(root: Root, references: References): ElementContent[] {
  const tree = toHast(root, { handlers: handlers(references) }) as HastRoot;
  return tree.children.filter((node): node is ElementContent => node.type === 'element');
}

export const element = (tagName: string, properties: Element['properties'], children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});

export const text = (value: string): ElementContent => ({ type: 'text', value });

const ATTRIBUTION = /^\s*(?:[—–―]|--?-?)\s*/;

function handlers(references: References): Handlers {
  const image = (_: State, node: Image): Element => {
    const found = references.picture(node.url);
    return element(
      'img',
      {
        src: node.url,
        alt: node.alt ?? '',
        ...(found ? { dataPicture: found.id, width: found.width, height: found.height } : {}),
      },
      [],
    );
  };
  const figure = (state: State, picture: Image, caption: ElementContent[]): Element =>
    element('figure', { className: ['figure'] }, [
      image(state, picture),
      ...(caption.length > 0 ? [element('figcaption', {}, caption)] : []),
    ]);
  return {
    image,
    html: () => undefined,
    thematicBreak: () => element('hr', { className: ['break'] }, []),
    paragraph(state: State, node: Paragraph) {
      const [only, ...rest] = node.children;
      if (only?.type === 'image' && rest.length === 0) return figure(state, only, only.title ? [text(only.title)] : []);
      return element('p', {}, state.all(node) as ElementContent[]);
    },
    footnoteReference: (_: State, node: FootnoteReference) =>
      element('a', { className: ['note-call'], dataNote: node.identifier }, []),
    footnoteDefinition: (state: State, node: FootnoteDefinition) =>
      element('div', { dataNote: node.identifier, dataLabel: node.label ?? node.identifier }, blocks(state, node)),
    link(state: State, node: Link) {
      const content = state.all(node) as ElementContent[];
      if (node.url.startsWith('#')) return element('a', { href: node.url, className: ['reference'] }, content);
      return element('a', { href: defaultHandlers.link(state, node).properties['href'] }, content);
    },
    table(state: State, node: Table) {
      const table = defaultHandlers.table(state, node) as Element;
      table.properties['className'] = ['table'];
      visit(table, { tagName: 'th' }, (cell: Element) => {
        cell.properties['scope'] = 'col';
      });
      return table;
    },
    listItem(state: State, node: ListItem) {
      const content = blocks(state, node);
      if (typeof node.checked === 'boolean') {
        const box = text(node.checked ? '☑\u00a0' : '☐\u00a0');
        const first = content[0];
        if (first?.type === 'element' && first.tagName === 'p') first.children.unshift(box);
        else content.unshift(element('p', {}, [box]));
      }
      return element('li', typeof node.checked === 'boolean' ? { className: ['task'] } : {}, content);
    },
    textDirective: (state: State, node: TextDirective) =>
      element(
        'span',
        node.attributes?.['lang'] ? { lang: node.attributes['lang'] } : {},
        state.all(node) as ElementContent[],
      ),
    leafDirective: (state: State, node: LeafDirective) =>
      (LEAVES as readonly string[]).includes(node.name)
        ? element('hr', { className: ['page-break'] }, [])
        : // None of ours: its words stand as they were typed.
          element('p', {}, [text(`::${node.name} `), ...(state.all(node) as ElementContent[])]),
    containerDirective(state: State, node: ContainerDirective) {
      const content = blocks(state, node);
      if (node.name === 'epigraph') return epigraph(content);
      if (node.name === 'pullquote') return element('aside', { className: ['pull-quote'] }, content);
      if (node.name === 'verse') return verse(content);
      if (node.name === 'frontmatter' || node.name === 'backmatter')
        return element('section', { dataMatter: node.name }, content);
      if (node.name === 'figure') {
        const found = firstImage(node);
        if (found) return figure(state, found, captionOf(content));
      }
      return content;
    },
  };
}

/** Block children alone: to-hast puts line feeds between them. */
function blocks(state: State, node: Parents): ElementContent[] {
  return (state.all(node as Nodes) as ElementContent[]).filter(
    (child) => child.type === 'element' || (child.type === 'text' && child.value.trim() !== ''),
  );
}

/** The last paragraph is the attribution if it opens with a dash; the dash goes, the template sets its own. */
function epigraph(content: ElementContent[]): Element {
  const last = content.at(-1);
  const first = last?.type === 'element' && last.tagName === 'p' ? last.children[0] : undefined;
  if (content.length > 1 && last?.type === 'element' && first?.type === 'text' && ATTRIBUTION.test(first.value)) {
    const stripped = text(first.value.replace(ATTRIBUTION, ''));
    const footer = element('footer', {}, [element('p', {}, [stripped, ...last.children.slice(1)])]);
    return element('blockquote', { className: ['epigraph'] }, [...content.slice(0, -1), footer]);
  }
  return element('blockquote', { className: ['epigraph'] }, content);
}

/** Each typed line a `span.verse-line`, each paragraph a stanza. */
function verse(content: ElementContent[]): Element {
  const stanzas = content.map((block) => {
    if (block.type !== 'element' || block.tagName !== 'p') return block;
    const spans = linesOf(block.children)
      .filter((line) => line.length > 0)
      .map((line) => element('span', { className: ['verse-line'] }, line));
    return element('p', { className: ['stanza'] }, spans);
  });
  return element('div', { className: ['verse'] }, stanzas);
}

/** The content cut where the lines were; emphasis that runs over a line's end begins again on the next. */
function linesOf(content: readonly ElementContent[]): ElementContent[][] {
  const lines: ElementContent[][] = [[]];
  const add = ([first = [], ...rest]: readonly ElementContent[][]): void => {
    lines.at(-1)!.push(...first);
    for (const line of rest) lines.push([...line]);
  };
  for (const node of content) {
    if (node.type === 'text') add(node.value.split('\n').map((line) => (line ? [text(line)] : [])));
    else if (node.type !== 'element' || 'dataNote' in node.properties) add([[node]]);
    else if (node.tagName === 'br') lines.push([]);
    else if (node.children.length === 0) add([[node]]);
    else add(linesOf(node.children).map((line) => (line.length > 0 ? [{ ...node, children: line }] : [])));
  }
  return lines;
}

function firstImage(node: ContainerDirective): Image | undefined {
  for (const child of node.children) {
    const found = child.type === 'paragraph' ? child.children.find((inline) => inline.type === 'image') : undefined;
    if (found?.type === 'image') return found;
  }
  return undefined;
}

/** What a `:::figure` says besides its first picture; a title of that picture first. */
function captionOf(content: ElementContent[]): ElementContent[] {
  let taken = false;
  return content.flatMap((block): ElementContent[] => {
    if (taken || block.type !== 'element') return [block];
    if (block.tagName === 'figure') {
      taken = true;
      return block.children.slice(1).map((child) => (child.type === 'element' ? { ...child, tagName: 'p' } : child));
    }
    const at = block.tagName === 'p' ? block.children.findIndex(isImage) : -1;
    if (at < 0) return [block];
    taken = true;
    const rest = block.children.filter((_, index) => index !== at);
    return rest.some((child) => child.type !== 'text' || child.value.trim() !== '')
      ? [{ ...block, children: rest }]
      : [];
  });
}

const isImage = (node: ElementContent): boolean => node.type === 'element' && node.tagName === 'img';
