// Editions as the real command printed them, and their pages read back.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readBook } from '../scripts/check.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { labelsFor } from '../scripts/edition/labels.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import type { Word } from './oversize.ts';
import { letters, outlineOf, pagesOf } from './reader.ts';
import { bodyScript, entriesOf, type Frame, notesScript, type ReadPage, readBack, type Script } from './reading.ts';
import { pamphleteer } from './workshop.ts';

/** One edition, printed. */
export interface Work {
  readonly edition: Edition;
  /** Of a file's ending, its path: `-press.pdf`. */
  readonly file: (ending: string) => string;
  readonly pages: readonly (readonly Word[])[];
}

export interface Read extends Work {
  readonly body: Script;
  readonly notes: Script;
  readonly read: readonly ReadPage[];
  readonly frame: Frame & { readonly left: (folio: number) => number; readonly measure: number };
  /** The page of each heading in the contents, as the outline has it. */
  readonly outline: readonly { readonly title: string; readonly page: number }[];
}

/** Builds a book with the real command; gives its editions by name. */
export async function printed(folder: string): Promise<Map<string, Work>> {
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 0, done.stderr);
  const { editions } = await readBook(await openLibrary(folder), []);
  return new Map(
    editions.map((edition) => {
      const file = (ending: string): string => join(folder, 'dist', edition.config.slug + ending);
      return [edition.config.name, { edition, file, pages: pagesOf(file('.pdf')) }];
    }),
  );
}

const readings = new Map<Work, Promise<Read>>();

/** An edition's pages read back letter by letter, once; throws where anything is lost. */
export function reread(work: Work): Promise<Read> {
  const reading = readings.get(work) ?? readAgain(work);
  readings.set(work, reading);
  return reading;
}

async function readAgain(work: Work): Promise<Read> {
  const { edition, file, pages } = work;
  const geometry = geometryOf(edition.config.pamphlet);
  const pt = 0.75;
  const top = geometry.top * pt;
  const frame = {
    top,
    foot: top + geometry.lines * geometry.leading * pt,
    left: (folio: number) => (folio % 2 === 1 ? geometry.inner : geometry.outer) * pt,
    measure: geometry.measure * pt,
  };
  const outline = await outlineOf(file('.pdf'));
  const name = labelsFor(edition.book.language).contents;
  const contents = outline.some(({ title }) => letters(title) === letters(name));
  const numbers = outline.filter(({ title }) => letters(title) !== letters(name));
  const shown = entriesOf(edition).map(({ number = '', text }, index) => `${number}${text}${numbers[index]?.page}`);
  const body = bodyScript(edition, contents ? [name, ...shown] : []);
  const notes = notesScript(edition);
  return { ...work, body, notes, frame, outline: numbers, read: readBack(pages, body, notes, frame) };
}
