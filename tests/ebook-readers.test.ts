// What reading systems and shops publish that they want of an ebook, one test each (reading-systems/). The sample and the
// specimen with everything are held to each rule; then the rule is broken, and the break must be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type Entry, unzip } from './ebook-archive.ts';
import { everything, publishedOf } from './ebook-specimens.ts';
import { APPLE_BOOKS } from './reading-systems/apple.ts';
import { GOOGLE_PLAY } from './reading-systems/google.ts';
import { KINDLE } from './reading-systems/kindle.ts';
import { KOBO } from './reading-systems/kobo.ts';
import { KOREADER } from './reading-systems/koreader.ts';
import { READIUM } from './reading-systems/readium.ts';
import { type Rule, read } from './reading-systems/rules.ts';
import { pamphleteer, sample, temporary } from './workshop.ts';

const READERS: Readonly<Record<string, readonly Rule[]>> = {
  'Apple Books': APPLE_BOOKS,
  Kindle: KINDLE,
  Kobo: KOBO,
  'Thorium and Readium': READIUM,
  KOReader: KOREADER,
  'Google Play Books': GOOGLE_PLAY,
};

let books: Readonly<Record<string, Entry[]>>;
before(async () => {
  const out = temporary();
  const { code, stderr } = await pamphleteer(['build', 'long', '--book', sample(), '--out', out]);
  assert.equal(code, 0, stderr);
  const long = unzip(readFileSync(join(out, 'whose-machines-long.epub')));
  // The specimen is bound with a dot for its cover.
  const cover = long.find(({ name }) => name === 'OEBPS/cover.png')!;
  const specimen = unzip(await publishedOf(everything()));
  books = {
    'the sample': long,
    everything: specimen.map((entry) => (entry.name === cover.name ? { ...entry, bytes: cover.bytes } : entry)),
  };
});

for (const [system, rules] of Object.entries(READERS))
  test(system, async (context) => {
    for (const { name, source, faults, spoil } of rules)
      await context.test(`${name} (${source})`, () => {
        for (const [title, entries] of Object.entries(books)) assert.deepEqual(faults(read(entries)), [], title);
        const broken = faults(read(spoil(books['everything']!)));
        assert.ok(broken.length > 0, 'the rule is broken, and nothing is seen');
      });
  });
