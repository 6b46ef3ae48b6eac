// Words in drawings: a browser shows a drawing without the book's typefaces. Takes what is written in one; gives what is to
// be said of it.
import { shown } from '../book/suggest.ts';
import { drawn } from '../typeset/fonts.ts';
import type { Advice } from './picture-files.ts';

/**
 * What the packed browser's only typeface has (Open Sans, in @sparticuz/chromium): letters that it has not are lost on
 * paper, or are there on one machine and not on another.
 */
const AT_HAND = `
  0021-007e 00a0-017f 0192 01a0-01a1 01af-01b0 01ea-01ed 01f0 01fa-01ff 0218-021b 0237 0259 02bc 02c6-02c7 02c9
  02d8-02dd 02f3 0300-0304 0306-030c 030f 0312 0323 0326-0328 0384-038a 038c 038e-03a1 03a3-03ce 03d1-03d2 03d6
  0400-0486 0488-0513 05b0-05be 05c1-05c2 05c7 05d0-05ea 1e00-1e01 1e3e-1e3f 1e80-1e85 1e9e 1ea0-1ef9 1f4d 1fde
  2000-200b 2013-2015 2017-201e 2020-2022 2026 2030 2032-2033 2039-203a 203c 2044 2070 2074-207a 207c-208a 208c-208e
  2095-209c 20a3-20a4 20a7 20aa-20ac 2105 2113 2116 2120 2122 2126 212e 215b-215e 2202 2206 220f 2211-2212 2215 221a
  221e 222b 2248 2260 2264-2265 25ca a7b3-a7b5 ab53 fb00-fb04 fb2a-fb36 fb38-fb3c fb3e fb40-fb41 fb43-fb44 fb46-fb4b
  feff fffc-fffd`
  .trim()
  .split(/\s+/)
  .map((range) => range.split('-').map((code) => Number.parseInt(code, 16)));

const isAtHand = (character: string): boolean => {
  const code = character.codePointAt(0)!;
  return AT_HAND.some(([first = 0, last = first]) => first <= code && code <= last);
};

/** Those of the letters that a drawing cannot show, composed or not. */
const lost = (words: string): string[] =>
  drawn(words.normalize('NFC')).filter((one) => !isAtHand(one) && ![...one.normalize('NFD')].every(isAtHand));

const LISTED = 5;
const HINT = 'Turn its words into paths (in Inkscape: Path › Object to Path).';

/** `named`: `The drawing …`. Letters are lost where we draw it: on `paper`, or on the cover. */
export function wordsAdvice(words: string | undefined, named: string, paper: boolean): Advice[] {
  if (!words) return [];
  const missing = paper ? lost(words) : [];
  const more = missing.length - LISTED;
  return missing.length > 0
    ? [
        {
          ruleId: 'drawing-letters',
          reason: `${named} would lose these letters, which the typeface for drawings has not: ${missing.slice(0, LISTED).map(shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
          note: HINT,
          fatal: true,
        },
      ]
    : [
        {
          ruleId: 'drawing-words',
          reason: `${named} has words in it, which are set in the machine’s typeface and not in the book’s: elsewhere they may look otherwise`,
          note: HINT,
        },
      ];
}
