// Overmatter: text that does not come out as it was asked for, known only when it is set. Takes what the typesetter found; gives
// what to say about it. Type knows no lines of the manuscript, but under which heading it stands.
import type { Edition } from '../edition/edition.ts';
import { plainText } from '../edition/words.ts';
import type { Unfilled } from '../typeset/budget.ts';
import type { Pamphlet } from '../typeset/pamphlet.ts';

/** Something in the text that cannot be set as it is; `pages` or panels that show it. */
export interface Trouble {
  readonly reason: string;
  readonly rule: string;
  readonly hint: string;
  /** The words of the last heading before it, if there is one. */
  readonly under?: string;
  /** The path of the picture that it is about. */
  readonly picture?: string;
  /** What would do instead. */
  readonly expected?: string;
  /** Nothing is wrong: it could be better. */
  readonly advice?: boolean;
}

/** The pages by their printed folios, in order. */
export function tooTall(
  edition: Pick<Edition, 'contents'>,
  { overfull, folios, folioNames }: Pick<Pamphlet, 'overfull' | 'folios' | 'folioNames'>,
): Trouble {
  const pages = [...new Set(overfull)].sort((a, b) => a - b);
  const headings = edition.contents.flatMap((entry) => [entry, ...entry.children]);
  const under = headings.findLast(({ id }) => (folios.get(id) ?? Number.POSITIVE_INFINITY) <= pages[0]!);
  return {
    reason: `A table row, picture or line on page${pages.length > 1 ? 's' : ''} ${pages.map((page) => folioNames[page - 1]).join(', ')} is taller or wider than the page`,
    rule: 'too-tall',
    hint: 'Divide the table row, the quotation or the long word, or choose a larger trim',
    ...(under ? { under: under.text } : {}),
  };
}

const LONGEST = 3;

/** The text does not fill the pages that were asked for. */
export function unfilled({ parts, words }: Edition, { wanted, least, most, over, size, pages }: Unfilled): Trouble {
  const told = { rule: 'page-budget' };
  if (over === 0) {
    const reason = `No setting fills exactly ${wanted} pages, though the text could have ${least} to ${most}`;
    return { ...told, reason, hint: 'Write another number of pages, or change the text a little' };
  }
  const count = Math.max(1, Math.round((Math.abs(over) / pages) * words));
  const many = `${count} word${count === 1 ? '' : 's'}`;
  if (over < 0) {
    const reason = `The text is about ${many} too short for ${wanted} pages: set in ${size} pt it fills ${most}`;
    return {
      ...told,
      reason,
      hint: `Write \`pages: ${most - (most % 4)}\` or \`pages: fewest\`, or a larger \`size\``,
    };
  }
  const paragraphs = parts
    .flatMap(({ content }) => content)
    .flatMap((node) => (node.type === 'element' && node.tagName === 'p' ? [plainText([node]).trim()] : []))
    .map((text) => ({ text, count: text.split(/\s+/).length }))
    .sort((one, other) => other.count - one.count)
    .slice(0, LONGEST)
    .map(({ text, count }) => `“${text.split(/\s+/).slice(0, 5).join(' ')} …” (${count} words)`);
  return {
    ...told,
    reason: `The text is about ${many} too long for ${wanted} pages, even in ${size} pt: ${least} would do`,
    hint: `Write \`pages: ${Math.ceil(least / 4) * 4}\`, or shorten it; the longest paragraphs are ${paragraphs.join(', ')}`,
  };
}
