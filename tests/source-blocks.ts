// The words of a manuscript as a Markdown parser alone reads them, block by block: what must be said, and in which order.
import type { Nodes, Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** What has words of its own. */
export interface Block {
  /** A caption goes with its picture, which may stand on the page after its place. */
  readonly kind: 'heading' | 'paragraph' | 'caption' | 'tableCell' | 'code';
  readonly inNote: boolean;
  /** Its words, parted where a number stands that only the pages know. */
  readonly words: readonly string[];
}

/** Where a note is called, in the words. */
export const CALL = '\u0001';

export function blocksOf(markdown: string, edition: string): Block[] {
  const tree: Root = unified().use(remarkParse).use(remarkGfm).use(remarkDirective).parse(markdown);
  const found: Block[] = [];
  const walk = (node: Nodes, inNote: boolean, inFigure: boolean): void => {
    if (node.type === 'containerDirective' && node.name === 'only' && node.attributes?.['edition'] !== edition) return;
    if (node.type === 'code') found.push({ kind: 'code', inNote, words: [node.value] });
    else if (node.type === 'heading' || node.type === 'paragraph' || node.type === 'tableCell') {
      const kind = inFigure ? 'caption' : node.type;
      found.push({ kind, inNote, words: textOf(node).split('\0') });
    } else if ('children' in node) {
      const isFigure = node.type === 'containerDirective' && node.name === 'figure';
      for (const one of node.children) walk(one, inNote || node.type === 'footnoteDefinition', inFigure || isFigure);
    }
  };
  walk(tree, false, false);
  return found.filter(({ words }) => words.join('').trim() !== '');
}

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  if (node.type === 'footnoteReference') return CALL;
  if (node.type === 'link' && node.children.length === 0) return '\0';
  const inner = 'children' in node ? node.children.map(textOf).join('') : '';
  // What is no directive of ours is text.
  return node.type === 'textDirective' && node.name !== 'foreign' ? `:${node.name}${inner}` : inner;
}
