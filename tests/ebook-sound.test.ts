// The books that must be right whatever happens: the sample's long and short version as the command builds them, a torture
// book in two languages, and, where it is there, a real text of 16,000 words. Judged by EPUBCheck, Ace, us, and their words.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readBook } from '../scripts/check.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { composed } from './composing.ts';
import { unzip, zip } from './ebook-archive.ts';
import { lostIn, type Sources } from './ebook-fidelity.ts';
import { faultsIn, open } from './ebook-inspection.ts';
import { ace, aceOr, epubcheck, gathered } from './ebook-judges.ts';
import { ebookOf, PNG, pagesOf, picture, SVG } from './ebook-specimens.ts';
import { NOTES, tortureTexts } from './ebook-torture.ts';
import { all, named, textOf } from './ebook-xml.ts';
import { needs } from './tools.ts';
import { pamphleteer, ROOT, sample } from './workshop.ts';

/** That there are faces at all is no fault. */
const FACES_USED = /^USAGE CSS-028 /;
const CORPUS = join(ROOT, '..', 'shared', 'corpus', 'manifesto.md');

const WIDE = `| ${'Incomprehensibilities | '.repeat(9)}\n|${' - |'.repeat(9)}\n| ${'a | '.repeat(9)}`;
/** No headings, and tables whose corners are empty, and two of one name that are moved under the finger. */
const BARE = `A text.

|  | B | |
| - | - | - |
| row | 1[^1] | |
|  | 2 | *three* |

| a | b |
| - | - |

|  |  |
| - | - |
| bare | heads |

${WIDE}

${WIDE}

[^1]: ${WIDE.replaceAll('\n', '\n    ')}
`;

interface Judged {
  readonly bytes: Uint8Array;
  readonly sources: Sources;
}
const books = new Map<string, Judged>();

/** The ebooks of a folder's book, by edition. */
async function built(folder: string): Promise<[string, Judged][]> {
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 0, done.stderr);
  const { files } = JSON.parse(readFileSync(join(folder, 'dist', 'manifest.json'), 'utf8')) as {
    files: { path: string; kind: string; edition: string }[];
  };
  const { editions } = await readBook(await openLibrary(folder), []);
  return files
    .filter(({ kind }) => kind === 'epub')
    .map(({ path, edition: name }) => {
      const { config, pictures } = editions.find(({ config }) => config.name === name)!;
      const texts = config.manuscript.map((one) => readFileSync(join(folder, one), 'utf8'));
      const shown = new Map(pictures.map((one) => [one.path.replace(/^manuscripts\//, ''), one.bytes]));
      return [
        name,
        { bytes: readFileSync(join(folder, 'dist', path)), sources: { texts, pictures: shown, edition: name } },
      ];
    });
}

async function torture(language: string): Promise<Judged> {
  const texts = tortureTexts();
  const pictures = new Map<string, Uint8Array>([
    ['a.png', PNG],
    ['b.svg', Buffer.from(SVG)],
  ]);
  const held = new Map(
    texts.flatMap((_, at) => [
      [pictureKey(`${at + 1}.md`, 'a.png'), picture('picture-1', 'image/png', PNG)] as const,
      [pictureKey(`${at + 1}.md`, 'b.svg'), picture('picture-2', 'image/svg+xml', SVG)] as const,
    ]),
  );
  const edition = composed(texts, { language, pictures: held, yaml: 'numberChapters: true' });
  assert.equal(edition.notes.length, NOTES);
  return { bytes: await ebookOf(edition, pagesOf(edition)), sources: { texts, pictures } };
}

before(async () => {
  for (const [name, book] of await built(sample())) books.set(`the sample, ${name}`, book);
  for (const language of ['en', 'ar']) books.set(`the torture in ${language}`, await torture(language));
  const texts = [BARE];
  books.set('a text without headings', {
    bytes: await ebookOf(composed(BARE, { yaml: 'subtitle: "Why?"' })),
    sources: { texts },
  });
  if (!existsSync(CORPUS)) return;
  const text = readFileSync(CORPUS, 'utf8');
  const edition = composed(text);
  books.set('the real text', { bytes: await ebookOf(edition, pagesOf(edition)), sources: { texts: [text] } });
});

test('nothing is lost, and we find nothing wrong', (context) => {
  if (!existsSync(CORPUS)) context.diagnostic('the real text is not here: it is left out');
  assert.ok(books.size >= 4);
  for (const [name, { bytes, sources }] of books)
    assert.deepEqual([...faultsIn(bytes), ...lostIn(sources, bytes)], [], name);
});

test('EPUBCheck finds nothing, not even what it would only advise', needs('java'), async () => {
  const found = await epubcheck(
    [...books.values()].map(({ bytes }) => bytes),
    ['--usage'],
  );
  assert.deepEqual(
    Object.fromEntries([...books.keys()].map((name, at) => [name, found[at]!.filter((one) => !FACES_USED.test(one))])),
    Object.fromEntries([...books.keys()].map((name) => [name, []])),
  );
});

test('Ace by DAISY finds nothing', async (context) => {
  const names = [...books.keys()];
  const found = await aceOr(context, gathered([...books.values()].map(({ bytes }) => bytes)));
  if (!found) return;
  assert.deepEqual(
    found.map((one) => one.replace(/^B(\d+)/, (_, at) => names[Number(at)]!)),
    [],
  );
  // Alone, its package and contents are read as well; without what it says of access, it is no longer right.
  const { bytes } = books.get('the sample, short')!;
  assert.deepEqual(await ace(bytes), []);
  const silent = zip(
    unzip(bytes).map((entry) =>
      entry.name.endsWith('.opf')
        ? {
            ...entry,
            bytes: Buffer.from(
              entry.bytes.toString().replaceAll(/<meta property="schema:access\w+"[^<]*<\/meta>/g, ''),
            ),
          }
        : entry,
    ),
  );
  assert.match((await ace(silent)).join('\n'), /metadata-access/);
});

test('a drawing within a document survives whole', async () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29" preserveAspectRatio="xMidYMid meet" role="img" aria-label="A mark"><defs><linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0.5" stop-color="#000"/></linearGradient><clipPath id="c" clipPathUnits="objectBoundingBox"><path d="M0 0h1"/></clipPath></defs><path clip-path="url(#c)" fill="url(#g)" d="M0 0h29v29H0z"/></svg>';
  const matter = { titlePage: '<h1>T</h1>', imprint: drawing, colophon: '<p>C</p>' };
  const bytes = await ebookOf(composed('## One\n\nText.'), { matter });
  assert.ok(
    unzip(bytes)
      .find(({ name }) => name.endsWith('/imprint.xhtml'))!
      .bytes.includes(drawing),
  );
  const items = named(open(bytes).package, 'item').filter(({ attributes }) => attributes['properties'] === 'svg');
  assert.deepEqual(
    items.map(({ attributes }) => attributes['href']),
    ['imprint.xhtml'],
  );
  assert.deepEqual((await epubcheck([bytes])).flat(), []);
});

test('the torture is one', () => {
  const { documents } = open(books.get('the torture in en')!.bytes);
  const tags = [...documents.values()].flatMap(all);
  const text = [...documents.values()].map((tree) => textOf(tree)).join('');
  for (const script of ['Latin', 'Han', 'Arabic', 'Hebrew', 'Greek', 'Cyrillic'])
    assert.ok((text.match(new RegExp(`\\p{Script=${script}}`, 'gu'))?.length ?? 0) > 500, script);
  for (const name of 'h1 h2 h3 p em strong del code pre table th td ol ul li blockquote figure figcaption img aside hr br a'.split(
    ' ',
  ))
    assert.ok(
      tags.some((tag) => tag.name === name),
      name,
    );
});
