import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ElementContent } from 'hast';
import { plainText } from '../scripts/edition/words.ts';
import { assertSound, composed } from './composing.ts';
import { manuscript, written } from './drafts.ts';

test('nothing is lost: every word of the source comes back, in order', () => {
  const wordsOf = (content: readonly ElementContent[]): string[] => plainText(content).match(/[xy][a-j]+w/g) ?? [];
  let seen = 0;
  fc.assert(
    fc.property(manuscript, ([files, language]) => {
      const sources = files.map((pieces, index) => written(pieces, 'xy'[index]!));
      const edition = composed(
        sources.map(({ markdown }) => markdown),
        { language },
      );
      assertSound(edition);
      const inTitle = edition.title.match(/[xy][a-j]+w/g) ?? [];
      const inParts = edition.parts.flatMap((part) => [
        ...wordsOf(part.title?.content ?? []),
        ...wordsOf(part.content),
      ]);
      assert.deepEqual(
        [...inTitle, ...inParts],
        sources.flatMap(({ text }) => text),
      );
      const bodies = sources.flatMap(({ notes }) => notes.map(({ words }) => words.join(' ')));
      assert.deepEqual(edition.notes.map((note) => wordsOf(note.content).join(' ')).sort(), bodies.sort());
      assert.doesNotMatch(
        edition.parts.flatMap((part) => part.content.map((node) => plainText([node]))).join(''),
        /:::/,
      );
      seen += inParts.length;
    }),
    { numRuns: 400 },
  );
  assert.ok(seen > 2000, `${seen} words`);
});
