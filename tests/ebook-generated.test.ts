// Generated ebooks: sound for EPUBCheck, Ace and us, and nothing of any manuscript lost. `BOOKS=200` draws as many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unzip, zip } from './ebook-archive.ts';
import { wildBook } from './ebook-drafts.ts';
import { lostIn } from './ebook-fidelity.ts';
import { faultsIn } from './ebook-inspection.ts';
import { aceOr, epubcheck, gathered, together } from './ebook-judges.ts';
import { ebookOf, pagesOf } from './ebook-specimens.ts';
import { needs } from './tools.ts';

const BOOKS = Number(process.env['BOOKS'] ?? 20);
/** Ace takes a second for three documents: in the usual run it sees fewer books. */
const FOR_ACE = process.env['BOOKS'] ? BOOKS : 5;
const AT_ONCE = 25;

const books = fc.sample(wildBook, { numRuns: BOOKS, seed: 11 });
/** Every other one is printed, too. */
const bound = Promise.all(books.map(({ edition }, at) => ebookOf(edition, at % 2 ? pagesOf(edition) : {})));

const inParts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE));

test('generated books say all that their manuscripts say, in order, and are sound for us', async (context) => {
  const all = await bound;
  const faults = books.flatMap(({ sources }, at) =>
    [...faultsIn(all[at]!), ...lostIn(sources, all[at]!)].map((fault) => `book ${at}: ${fault}`),
  );
  assert.deepEqual(faults, []);
  const words = books.reduce((sum, { edition }) => sum + edition.words, 0);
  context.diagnostic(`${all.length} books, ${words} words`);
  assert.ok(words > BOOKS * 50, `${words} words`);
});

test('generated books are sound for EPUBCheck', needs('java'), async (context) => {
  const found = await epubcheck(inParts(await bound).map(together));
  assert.deepEqual(found.flat(), []);
  context.diagnostic(`${BOOKS} books in ${found.length} runs`);
});

test('generated books are sound for Ace, which sees each of them', async (context) => {
  // What Ace is to find in each book, to know that it has looked: a picture without words on its title page.
  const planted = (await bound).slice(0, FOR_ACE).map((book) =>
    zip(
      unzip(book).map((entry) =>
        entry.name === 'OEBPS/title-page.xhtml'
          ? {
              ...entry,
              bytes: Buffer.from(
                entry.bytes.toString().replace('</section>', '<p><img src="cover.png"/></p></section>'),
              ),
            }
          : entry,
      ),
    ),
  );
  for (const [nth, some] of inParts(planted).entries()) {
    const found = await aceOr(context, gathered(some));
    if (!found) return;
    const wanted = some.map((_, at) => `B${at}/title-page.xhtml image-alt`);
    assert.deepEqual(
      found.map((one) => one.split(':')[0]).sort(),
      wanted.sort(),
      `books from ${nth * AT_ONCE} on: ${found.join('\n')}`,
    );
  }
  context.diagnostic(`${planted.length} books`);
});
