// Ways to spoil an ebook, to see that a judge tells: each takes its entries and gives them with one thing changed.
import assert from 'node:assert/strict';
import type { Entry } from './ebook-archive.ts';

export type Spoil = (entries: Entry[]) => Entry[];

/** The first file of that name that has the text; throws where none has, so that no fault is planted in nothing. */
export const edit =
  (file: RegExp, from: string | RegExp, to: string): Spoil =>
  (entries) => {
    const at = entries.findIndex(({ name, bytes }) => file.test(name) && bytes.toString().search(from) >= 0);
    assert.ok(at >= 0, `${from} is there to be spoilt`);
    const bytes = Buffer.from(entries[at]!.bytes.toString().replace(from, to));
    return entries.map((entry, index) => (index === at ? { ...entry, bytes } : entry));
  };

/** A rule more at the end of the style sheet. */
export const rule = (css: string): Spoil => edit(/style\.css/, /$/, `\n${css}`);
