// Overmatter: text that does not come out as it was asked for, known only when it is set. Takes what the typesetter found; gives
// what to say about it. Type knows no lines of the manuscript, but under which heading it stands.
import type { Edition } from '../edition/edition.ts';
import { plainText, wordsOf } from '../edition/words.ts';
import type { Unfilled } from '../typeset/budget.ts';
import type { Pamphlet } from '../typeset/pamphlet.ts';
import { sheetOf } from './targets.ts';

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
/** So many letters of a paragraph are quoted. */
const QUOTED = 32;

/** The text does not fill the pages that were asked for. The counts that are named were met while it was tried. */
export function unfilled({ parts, words, config }: Edition, missed: Unfilled): Trouble {
  const { wanted, reached, over, size, pages } = missed;
  const told = { rule: 'page-budget' };
  const sheet = config.outputs.includes('pamphlet') ? sheetOf(config.pamphlet.fold) : 1;
  const whole = reached.filter((count) => count % sheet === 0);
  const near = [whole.findLast((count) => count < wanted), whole.find((count) => count > wanted)];
  const others = near.filter((count) => count !== undefined).map((count) => `\`pages: ${count}\``);
  const write = others.length > 0 ? `Write ${others.join(' or ')}` : 'Write `pages: fewest`';
  const [least = 0, most = 0] = [reached[0], reached.at(-1)];
  if (over === 0) {
    const reason = `No setting was found that fills exactly ${wanted} pages, though the text could have ${least} to ${most}`;
    return { ...told, reason, hint: `${write}, or change the text a little` };
  }
  const count = Math.max(1, Math.round((Math.abs(over) / pages) * words));
  const many = inWords(count);
  if (over < 0) {
    const reason = `The text is about ${many} too short for ${wanted} pages: set in ${size} pt it fills ${most}`;
    return { ...told, reason, hint: `${write}, or a larger \`size\`` };
  }
  const paragraphs = parts
    .flatMap(({ content }) => content)
    .flatMap((node) => (node.type === 'element' && node.tagName === 'p' ? [node] : []))
    .map((node) => ({ text: plainText([node]).trim(), count: wordsOf([node]) }))
    .sort((one, other) => other.count - one.count)
    .slice(0, LONGEST)
    .map(({ text, count }) => `“${[...text].slice(0, QUOTED).join('').trimEnd()} …” (${inWords(count)})`);
  return {
    ...told,
    reason: `The text is about ${many} too long for ${wanted} pages, even in ${size} pt: ${least} would do`,
    hint: `${write}, or shorten it; the longest paragraphs are ${paragraphs.join(', ')}`,
  };
}

const inWords = (count: number): string => `${count} word${count === 1 ? '' : 's'}`;
