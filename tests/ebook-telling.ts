// What a text tells, in order: its words, each with the styles it is in, and between them marks for what is no word. Two
// tellings of one text, made from different things, can be held against each other.
import { createHash } from 'node:crypto';

export type Told = readonly string[];

const WORD = /\u0001([^\u0002]*)\u0002|[\p{L}\p{M}\p{N}]+/gu;

export class Telling {
  #text = '';
  readonly #styles: string[] = [];

  /** `style`: `em strong`; a word keeps the styles of all its letters, so that inline markup may end within it. */
  say(words: string, style = ''): void {
    const text = words.normalize('NFC');
    this.#text += text;
    for (let at = 0; at < text.length; at++) this.#styles.push(style);
  }

  /** `li`, `ol 4`: parts words, too. */
  mark(what: string): void {
    this.say(`\u0001${what.replaceAll(/[\u0001\u0002]/g, ' ')}\u0002`);
  }

  told(): Told {
    return [...this.#text.matchAll(WORD)].map((found) => {
      if (found[1] !== undefined) return `<${found[1]}>`;
      const own = new Set(
        this.#styles
          .slice(found.index, found.index + found[0].length)
          .join(' ')
          .split(' '),
      );
      const styles = [...own].filter(Boolean).sort().join(' ');
      return styles ? `${found[0]}(${styles})` : found[0];
    });
  }
}

export const wordsOf = (text: string): string => {
  const telling = new Telling();
  telling.say(text);
  return telling.told().join(' ');
};

/** Of a picture: the same for the same bytes. */
export const sum = (bytes: Uint8Array | undefined): string =>
  bytes ? createHash('sha256').update(bytes).digest('hex').slice(0, 12) : 'nowhere';

/** Where two tellings part, with a few words around it; undefined where they do not. */
export function parting(wanted: Told, found: Told): string | undefined {
  const at = wanted.findIndex((one, index) => one !== found[index]);
  if (at < 0 && found.length === wanted.length) return undefined;
  const from = Math.max(0, (at < 0 ? wanted.length : at) - 4);
  const shown = (told: Told): string =>
    told
      .slice(from, from + 12)
      .join(' ')
      .slice(0, 300);
  return `it should say “${shown(wanted)}” and says “${shown(found)}”`;
}
