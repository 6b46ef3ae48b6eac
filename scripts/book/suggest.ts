// What a mistyped word was probably meant to be, and how a message shows what was typed.
import { plainly } from './unprintable.ts';

/** The candidate nearest to the word, or undefined where none is near: at most one slip in three letters. Case is no slip. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 40) return undefined;
  const typed = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = distance(typed, candidate.toLowerCase());
    if (slips < least && slips < candidate.length) {
      best = candidate;
      least = slips;
    }
  }
  return best;
}

/** Insertions, deletions, changes and swaps of neighbours: the optimal string alignment distance (Damerau 1964, restricted). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
    }
    before = above;
    above = current;
  }
  return above[b.length]!;
}

/** `` `a`, `b` and `c` `` */
export function listed(words: Iterable<string>, last = 'and'): string {
  const quoted = [...words].map((word) => `\`${plainly(word)}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`;
}

/** A value as a message shows it: one line, not too long, in backticks. */
export const shown = (value: string): string => named(value.replace(/\s+/g, ' ').trim());

/** The same for a path, an address, a name, of which every sign counts. */
export function named(value: string): string {
  const letters = [...value.replaceAll('`', "'")];
  return `\`${plainly(letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : letters.join(''))}\``;
}
