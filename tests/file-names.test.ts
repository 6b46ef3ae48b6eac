// The names of the ebook's files, which come from headings: whatever these say, every system can unpack them side by side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { partFile } from '../scripts/ebook/documents.ts';
import { composed } from './composing.ts';
import { unzip } from './ebook-archive.ts';
import { ebookOf } from './ebook-specimens.ts';

/** Names that Windows keeps for itself, with any ending (Microsoft, "Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const TITLES = [
  ...[
    'Über',
    'über',
    'UBER',
    'Uber',
    'uber-2',
    'Uber 2',
    'con',
    'NUL',
    'aux.xhtml',
    'toc',
    'cover',
    'Title page',
    'opening-1',
  ],
  ...[
    '漢字',
    '漢字',
    '☃☃',
    '!!!',
    '...',
    '2',
    '3',
    's-2',
    's',
    'İstanbul',
    'istanbul',
    'ſ',
    'S',
    'K',
    'K',
    '\u200fעברית',
    'ﬁ',
    'fi',
  ],
  ...[
    'x'.repeat(300),
    'X'.repeat(300),
    `${'x'.repeat(60)}y`,
    'a/b',
    '..\\\\..',
    'a:b',
    'a?*|"b',
    'a%2fb',
    'a\\<b\\>&amp;c',
    '🏴',
    '1',
    '-',
    '_',
  ],
];

function namesOf(titles: readonly string[]): string[] {
  return composed(titles.map((title) => `## ${title}\n\nText.\n`).join('\n')).parts.map(partFile);
}

function judge(names: readonly string[]): void {
  for (const name of names) {
    assert.match(name, /^[\x21-\x7e]+$/);
    assert.doesNotMatch(name, /[<>:"\\|?*%\s]|\.\.|[. ]$/, 'EPUB 3.3, 4.2.3');
    assert.ok(Buffer.byteLength(name) < 100, name);
    assert.doesNotMatch(name, RESERVED);
  }
  // Unpacked on Windows or macOS, names that differ in their capitals or their composition are one.
  const folded = names.map((name) => name.normalize('NFKC').toLowerCase());
  assert.equal(new Set(folded).size, names.length, names.join(' '));
}

test('chapters’ files have plain, short names of their own', () => {
  judge(namesOf(TITLES));
  const title = fc.oneof(
    fc.constantFrom(...TITLES),
    fc
      .string({ unit: fc.constantFrom('a', 'A', 'ä', 'Ä', '1', ' ', '-', 'ß', '漢', '.'), minLength: 1, maxLength: 6 })
      .filter((text) => /\p{L}/u.test(text)),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).map((text) => `Z${text.replace(/[\s\p{C}]/gu, ' ')}`),
  );
  fc.assert(
    fc.property(fc.array(title, { minLength: 1, maxLength: 12 }), (titles) => {
      const names = namesOf(titles);
      assert.ok(names.length >= 1);
      judge(names);
    }),
    { numRuns: 300 },
  );
});

test('and so has everything that lies beside them in the ebook', async () => {
  const bytes = await ebookOf(composed(TITLES.map((title) => `## ${title}\n\nText.\n`).join('\n')));
  const names = unzip(bytes).map(({ name }) => name);
  assert.ok(names.length > TITLES.length);
  judge(names);
});
