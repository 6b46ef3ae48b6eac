// Verse: each typed line a `span.verse-line`, each paragraph a stanza, the indents as the author typed them. Takes the
// `:::verse` block of the manuscript's tree and the file's text, since Markdown drops the spaces that begin a line.
import type { Element, ElementContent } from 'hast';
import type { Paragraph, PhrasingContent, RootContent, Text } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { State } from 'mdast-util-to-hast';
import { blocks, element, text } from './markup.ts';

/** A typed space is half an em, about what it is on a typewriter. */
const EM_A_SPACE = 0.5;
const MOST_EM = 8;
const TAB = 4;

/** `div.verse > p.stanza > span.verse-line[data-indent]`; without the source, no line is indented. */
export function verse(state: State, node: ContainerDirective, source = ''): Element {
  const typed = source.split(/\r\n?|\n/);
  const indents = new Map<number, number>();
  const sign = (line: number): string => {
    indents.set(line, indentOf(typed[line - 1] ?? ''));
    return `${SIGN}${line}${SIGN}`;
  };
  const children = node.children.map(
    (block): RootContent =>
      block.type === 'paragraph' ? { ...block, children: signed(block.children, lineOf(block), sign) } : block,
  );
  const set = blocks(state, { ...node, children } as ContainerDirective);
  const least = Math.min(...indents.values());
  const stanzas = set.map((block) => {
    if (block.type !== 'element' || block.tagName !== 'p') return block;
    const lines = linesOf(block.children).flatMap((line): Element[] => {
      const { rest, at } = unsigned(line);
      if (rest.length === 0) return [];
      const indent = Math.min(MOST_EM, ((indents.get(at) ?? least) - least) * EM_A_SPACE);
      return [element('span', { className: ['verse-line'], ...(indent > 0 ? { dataIndent: indent } : {}) }, rest)];
    });
    return element('p', { className: ['stanza'] }, lines);
  });
  return element('div', { className: ['verse'] }, stanzas);
}

/** Marks where a typed line begins, with its number in the file between; a private character that no text has. */
const SIGN = '\ue000';
const SIGNED = new RegExp(`${SIGN}(\\d+)${SIGN}`);
/** The indent itself, where the parser has left it: see `withVerse` in book/manuscript.ts. */
const INDENT = /^\u00a0+/;

const lineOf = (node: { readonly position?: Paragraph['position'] }): number => node.position?.start.line ?? 0;
const lastLineOf = (node: { readonly position?: Paragraph['position'] }): number => node.position?.end.line ?? 0;

/** Columns of white space before a line's first letter; marks of a quotation around the verse count as white space. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of /^[\s>]*/.exec(line)![0]) columns += character === '\t' ? TAB - (columns % TAB) : 1;
  return columns;
}

function signed(nodes: readonly PhrasingContent[], from: number, sign: (line: number) => string): PhrasingContent[] {
  const mark = (line: number): Text => ({ type: 'text', value: sign(line) });
  const inner = (children: readonly PhrasingContent[]): PhrasingContent[] =>
    children.flatMap((node): PhrasingContent[] => {
      if (node.type === 'text') {
        let line = lineOf(node);
        return [{ ...node, value: node.value.replace(/\n/g, () => `\n${sign(++line)}`) }];
      }
      if (node.type === 'break') return [node, mark(lastLineOf(node))];
      return ['children' in node ? ({ ...node, children: inner(node.children) } as PhrasingContent) : node];
    });
  return [mark(from), ...inner(nodes)];
}

/** A line without its sign, and the number that the sign had. */
function unsigned(line: readonly ElementContent[]): { rest: ElementContent[]; at: number } {
  let at = 0;
  let opening = true;
  const strip = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node): ElementContent[] => {
      if (node.type === 'element') {
        const children = strip(node.children);
        return node.children.length > 0 && children.length === 0 ? [] : [{ ...node, children }];
      }
      if (node.type !== 'text') return [node];
      at ||= Number(SIGNED.exec(node.value)?.[1] ?? 0);
      const value = opening ? node.value.replace(SIGNED, '').replace(INDENT, '') : node.value.replace(SIGNED, '');
      opening &&= value === '';
      return value === '' ? [] : [text(value)];
    });
  return { rest: strip(line), at };
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
