// Imposed sheets, read back: which page stands in which cell of a forme, known by its words and by how they stand.
import assert from 'node:assert/strict';
import type { Scheme } from '../scripts/print/folds.ts';
import type { Rows } from './leaves.ts';
import type { Word } from './oversize.ts';
import { boxesOf, letters } from './reader.ts';

type Pages = readonly (readonly Word[])[];

export const say = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');
export const lettersOf = (words: readonly Word[]): string => letters(say(words));

/** The words of an imposed page, sorted into its cells: rows from the top, columns from the left. */
export function cellsOf(path: string, words: readonly Word[], { rows, columns }: Scheme): Word[][][] {
  const [, , width, height] = boxesOf(path, 'MediaBox')[0]!;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) =>
      words.filter(
        ({ left, right, top, bottom }) =>
          Math.floor(((top + bottom) / 2 / height) * rows) === row &&
          Math.floor(((left + right) / 2 / width) * columns) === column,
      ),
    ),
  );
}

type Stands = 'upright' | 'upside down' | undefined;

export function formeOf(
  cells: readonly (readonly Word[][])[],
  pages: Pages,
  stands: (page: readonly Word[], here: readonly Word[]) => Stands,
): Rows {
  return cells.map((row) =>
    row.map((here) => {
      if (here.length === 0) return { folio: 'blank', turned: false };
      // A cover and a title page may have the same words.
      const page = pages.findIndex((words) => lettersOf(words) === lettersOf(here) && stands(words, here));
      assert.ok(page >= 0, `no page is like “${say(here).slice(0, 40)}…”`);
      return { folio: page + 1, turned: stands(pages[page]!, here) === 'upside down' };
    }),
  );
}

/** The same words, shifted and perhaps made smaller, upright or turned by 180°; undefined for anything else. */
export function likeness(page: readonly Word[], here: readonly Word[]): Stands {
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const [across, down] = [(word: Word) => (word.left + word.right) / 2, (word: Word) => (word.top + word.bottom) / 2];
  const scale = spread(here.map(across)) / spread(page.map(across));
  if (page.length !== here.length || scale < 0.8 || scale > 1.001) return undefined;
  const same = (sign: 1 | -1): boolean =>
    [across, down].every((on) => spread(here.map((word, index) => on(word) - sign * scale * on(page[index]!))) < 0.5);
  return same(1) ? 'upright' : same(-1) ? 'upside down' : undefined;
}

/** On another paper the lines fall otherwise: there, only whether words that stand lower on the page stand lower here, too. */
export function direction(page: readonly Word[], here: readonly Word[]): Stands {
  const once = (words: readonly Word[]): Map<string, number> => {
    const tops = new Map<string, number>();
    for (const { text, top } of words) tops.set(text, tops.has(text) ? Number.NaN : top);
    return tops;
  };
  const [there, at] = [once(page), once(here)];
  const pairs = [...there].map(([text, top]) => [top, at.get(text) ?? Number.NaN] as const);
  const known = pairs.filter(([one, other]) => !Number.isNaN(one + other));
  const mean = (side: 0 | 1): number => known.reduce((sum, pair) => sum + pair[side], 0) / known.length;
  const [one, other] = [mean(0), mean(1)];
  const together = known.reduce((sum, [a, b]) => sum + (a - one) * (b - other), 0);
  return together > 0 ? 'upright' : together < 0 ? 'upside down' : undefined;
}

/** What a reader should find: each page's folio, or that it is blank. */
export const inOrder = (pages: Pages): string[] =>
  pages.map((words, index) => (words.length > 0 ? `${index + 1}` : 'blank'));
