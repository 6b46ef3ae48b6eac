// Where lines may end that the browser breaks: in writings that our own line breaker does not suit. Takes a galley's
// nodes, gives them with places within addresses, and ranges of figures in one piece.
import type { ElementContent } from 'hast';
import type { Edition } from '../edition/edition.ts';
import { element, text } from '../edition/markup.ts';
import { isAddress } from '../edition/typography.ts';

/** Whether most of an edition's lines are the browser's. */
export const isBrokenByBrowser = ({ book: { language }, direction }: Edition): boolean =>
  direction === 'rtl' || /^(?:zh|ja|ko|th|lo|km|my)(?:-|$)/i.test(language);

/** As in our own lines: after a slash, before any other mark (The Chicago Manual of Style, 7.46). */
const PLACES = /(?<=[^/])(?=[.?&=\-_#%~:@][^/])|(?<=\/)(?=[^/])/u;

const RANGE = /(\p{N}+[-–]\p{N}+)/u;

export function withBreaks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return inOnePiece(node.value);
    if (node.type !== 'element' || node.tagName === 'code' || node.tagName === 'pre') return [node];
    return [{ ...node, children: isAddress(node) ? node.children.flatMap(divided) : withBreaks(node.children) }];
  });
}

const inOnePiece = (value: string): ElementContent[] =>
  value
    .split(RANGE)
    .map((piece, nth) => (nth % 2 === 0 ? text(piece) : element('span', { className: ['kept'] }, [text(piece)])))
    .filter((node) => node.type !== 'text' || node.value !== '');

const divided = (node: ElementContent): ElementContent[] =>
  node.type === 'text'
    ? node.value.split(PLACES).flatMap((piece, nth) => [...(nth > 0 ? [element('wbr', {}, [])] : []), text(piece)])
    : [node];
