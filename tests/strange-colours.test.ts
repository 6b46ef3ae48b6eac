// Colours that could not become inks: told, as advice, where nothing is known of them, and there alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangeColours } from '../scripts/print/strange-colours.ts';

test('what is of an unknown kind is told, what the press mixes is not', () => {
  assert.deepEqual(strangeColours({ 'colour #d62718': 3, 'picture in colour': 1 }), []);
  const [one, ...more] = strangeColours({ 'picture of an unknown kind': 2, 'gradient in colour': 1 });
  assert.deepEqual([one?.rule, one?.advice, more], ['colours-unknown', true, []]);
  assert.match(one!.reason, /picture of an unknown kind, 2 times/);
});
