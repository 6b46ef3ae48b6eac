// Words that may be wider than a line of a heading. Takes a text that is otherwise not divided; gives it with them in boxes.
import type { ElementContent } from 'hast';
import type { Hyphenate } from '../edition/hyphenation.ts';
import { element, text } from '../edition/markup.ts';

/** More letters than 18: in a heading's type, about the width of a small page. */
const LONG = /(\p{L}[\p{L}\p{M}]{18,})/u;

/** The text, or a `span` of it in which each long word is a box: it is divided only where it has a line of its own. */
export function longWords(value: string, hyphenate: Hyphenate): ElementContent {
  const pieces = value.split(LONG).map((piece, at) => {
    const divided = at % 2 === 0 ? piece : hyphenate(piece);
    return divided === piece ? text(piece) : element('span', { className: ['long-word'] }, [text(divided)]);
  });
  return pieces.every(({ type }) => type === 'text') ? text(value) : element('span', {}, pieces);
}
