// The lead-in: a chapter's first words, which are set in small capitals. Takes a paragraph; changes it in place.
import type { Element } from 'hast';
import { element, text } from '../edition/markup.ts';

/** The scripts that have small capitals, as ISO 15924 and as Unicode name them. */
const SCRIPTS: Readonly<Record<string, string>> = { Latn: 'Latin', Grek: 'Greek', Cyrl: 'Cyrillic' };

/** Longer words may have to be divided, and what is set in small capitals is not. */
const LONGEST_WORD = 15;
const [LEAST, MOST] = [6, 40];

/** Articles, prepositions and the like: no lead-in ends with one. */
const BINDS = new Set(
  `a an the of in on at to by for from with and or as is no
  der die das dem den des ein eine einem einen einer eines im am an auf aus bei bis für mit nach oder um und von vom zu zum zur
  le la les l un une des de du d au aux en dans sur par pour avec sans et ou qu que il lo gli i uno del della dei nel nella e di da per con
  el los las una al y o em um uma os do dos das no na nos nas ao het een van voor op te met en och att på i
  w z za ze od po pod na o do i а в во и к ко о об с со у за из на не ни но от по до над при ο η το οι τα του της των τον την στο στη στην και σε με για από`.split(
    /\s+/,
  ),
);

/** Puts a paragraph's first words in a `span.lead`, where it begins with plain words in the script of the language (BCP 47). */
export function leadIn(paragraph: Element, language: string): void {
  const [first, ...rest] = paragraph.children;
  const script = SCRIPTS[new Intl.Locale(language).maximize().script ?? ''];
  if (first?.type !== 'text' || !script) return;
  const words = leadingWords(first.value, script, rest.length === 0);
  if (words === '') return;
  first.value = first.value.slice(words.length);
  paragraph.children.unshift(element('span', { className: ['lead'] }, [text(words.replaceAll('\u00ad', ''))]));
}

/** Up to the first mark within four words, or three words, four or two, whichever does not cut a phrase; else nothing. */
function leadingWords(said: string, script: string, isAll: boolean): string {
  const letters = `[\\p{Script=${script}}\\p{M}\\u00ad]+`;
  const word = new RegExp(`^(?:^|[ \\u00a0\\n])(${letters}(?:[’-]${letters})*)(?=[ \\u00a0\\n,;:.!?…—\\u202f]|$)`, 'u');
  const ends: { readonly at: number; readonly last: string; readonly natural: boolean }[] = [];
  let at = 0;
  while (ends.length < 6) {
    const found = word.exec(said.slice(at));
    const last = found?.[1]?.replaceAll('\u00ad', '');
    if (!found || !last || last.length > LONGEST_WORD || (at === 0 && /^\s/.test(said))) break;
    const after = said.slice(at + found[0].length);
    // A point after few letters makes an abbreviation.
    if (/^\.(?!$)/.test(after) && last.length < 5) break;
    if (after === '' && !isAll) break;
    at += found[0].length;
    const natural = after === '' || /^(?:[,;:.!?…—\u202f]|[ \u00a0\n][–—])/.test(after);
    ends.push({ at, last, natural });
    if (natural) break;
  }
  const fits = ({ at: length }: { readonly at: number }): boolean => {
    const drawn = said.slice(0, length).replaceAll('\u00ad', '').length;
    return drawn >= LEAST && drawn <= MOST;
  };
  const natural = ends.slice(0, 4).find((end) => end.natural);
  if (natural) return fits(natural) ? said.slice(0, natural.at) : '';
  const found = [ends[2], ends[3], ends[1], ends[4]].find(
    // What follows must be such a word, too: else a name or a quotation would be cut off.
    (end) => end && end !== ends.at(-1) && !BINDS.has(end.last.toLowerCase()) && fits(end),
  );
  return found ? said.slice(0, found.at) : '';
}
