// Counting words, and the minutes it takes to read them.
import type { Element, ElementContent } from 'hast';

const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
/** The blocks that these scripts are in, and all beyond U+FFFF: quicker to tell than a script. */
const WHERE_THEY_ARE = /[\u0e00-\u0e7f\u2e80-\uffff]/;
const WORDS_A_MINUTE = 240;

/** Words of plain text; where a script has no spaces between words, two characters count as one. */
export function countWords(text: string): number {
  const unspaced = WHERE_THEY_ARE.test(text) ? (text.match(WITHOUT_SPACES)?.length ?? 0) : 0;
  const spaced = (unspaced > 0 ? text.replace(WITHOUT_SPACES, ' ') : text)
    .split(/\s+/)
    .filter((token) => /[\p{L}\p{N}]/u.test(token)).length;
  return spaced + Math.ceil(unspaced / 2);
}

/** The words a reader reads: blocks are parted, calls of notes and what a page reference shows do not count. */
export function wordsOf(content: readonly ElementContent[]): number {
  return countWords(plainText(content));
}

export function plainText(content: readonly ElementContent[]): string {
  return content
    .map((node): string => {
      if (node.type === 'text') return node.value;
      if (node.type !== 'element' || isGenerated(node)) return '';
      if (node.tagName === 'br') return ' ';
      const inner = plainText(node.children);
      return INLINE.has(node.tagName) && !isLineOfVerse(node) ? inner : ` ${inner} `;
    })
    .join('');
}

export function readingMinutes(words: number): number {
  return Math.max(1, Math.round(words / WORDS_A_MINUTE));
}

const INLINE = new Set(['a', 'em', 'strong', 'span', 'code', 'del', 'sup', 'sub']);

const isLineOfVerse = ({ properties: { className } }: Element): boolean =>
  Array.isArray(className) && className.includes('verse-line');

/** Ours, not the author's: the number of a call, the words of a page reference. */
export const isGenerated = ({ properties: { className } }: Element): boolean =>
  Array.isArray(className) && (className.includes('note-call') || className.includes('page-reference'));
