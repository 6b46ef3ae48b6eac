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
import { LEAVES } from '../book/manuscript.ts';
import { markHeads } from './heads.ts';
import { verse } from './verse.ts';

/** What markup cannot know from one file alone. */
export interface References {
  /** The picture that stands at this address, if it could be read. */
  readonly picture: (
    url: string,
  ) => { readonly id: string; readonly width: number; readonly height: number } | undefined;
  /** The file as it was typed: the indents of verse are nowhere else. */
  readonly source?: string;
  /** Made into panels: blocks of their own (`:::panel`) open one, and there may be a poster. */
  readonly zine?: boolean;
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
  const figure = (state: State, picture: Image, caption: ElementContent[], ...ways: string[]): Element =>
    element('figure', { className: ['figure', ...ways] }, [
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
    footnoteReference: (_: State, node: FootnoteReference, parent: Parents | undefined) => {
      const siblings: readonly Nodes[] = parent?.children ?? [];
      const before = siblings[siblings.indexOf(node) - 1];
      const className = before?.type === 'footnoteReference' ? ['note-call', 'next'] : ['note-call'];
      return element('a', { className, dataNote: node.identifier }, []);
    },
    footnoteDefinition: (state: State, node: FootnoteDefinition) =>
      element('div', { dataNote: node.identifier, dataLabel: node.label ?? node.identifier }, blocks(state, node)),
    link(state: State, node: Link) {
      const content = state.all(node) as ElementContent[];
      if (/^#./.test(node.url) && content.length === 0)
        // Something must stand there until compose knows the title, or the quotation marks around it would be misread.
        return element('a', { href: node.url, className: ['reference', 'page-reference'] }, [text('\ufffc')]);
      if (node.url.startsWith('#')) return element('a', { href: node.url, className: ['reference'] }, content);
      return element('a', { href: defaultHandlers.link(state, node).properties['href'] }, content);
    },
    table(state: State, node: Table) {
      const table = defaultHandlers.table(state, node) as Element;
      table.properties['className'] = ['table'];
      markHeads(table);
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
      if (node.name === 'verse') return verse(state, node, references.source);
      const content = blocks(state, node);
      if (node.name === 'epigraph') return epigraph(content);
      if (node.name === 'pullquote') return element('aside', { className: ['pull-quote'] }, content);
      if (node.name === 'frontmatter' || node.name === 'backmatter')
        return element('section', { dataMatter: node.name }, content);
      if (node.name === 'figure') {
        const found = firstImage(node);
        const ways = WAYS.filter((way) => typeof node.attributes?.[way] === 'string');
        if (found) return figure(state, found, captionOf(content), ...ways);
      }
      if (references.zine && node.name === 'poster') return element('section', { className: ['poster'] }, content);
      if (references.zine && node.name === 'panel')
        return [panelBreak(node.attributes?.['kind']), ...content, panelBreak()];
      return content;
    },
  };
}

/** How a picture may stand out: to the edges of its panel, or across two of them. */
const WAYS = ['bleed', 'spread'] as const;

const panelBreak = (kind?: string | null): Element =>
  element('hr', { className: ['page-break'], ...(kind ? { dataKind: kind } : {}) }, []);

/** Block children alone: to-hast puts line feeds between them. */
export function blocks(state: State, node: Parents): ElementContent[] {
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
