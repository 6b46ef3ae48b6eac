// Faults planted in a sound ebook: each must be found by the judges that the table names, and by no other; so it is known
// which of them stands guard over what. `us` is our inspection and the reckoning of what the manuscript says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Entry, unzip, zip } from './ebook-archive.ts';
import { lostIn } from './ebook-fidelity.ts';
import { faultsIn, open } from './ebook-inspection.ts';
import { aceOr, epubcheck, gathered, together } from './ebook-judges.ts';
import { EVERYTHING, ebookOf, everything, PNG, pagesOf, SVG } from './ebook-specimens.ts';
import { edit, type Spoil } from './ebook-spoiling.ts';
import { needs } from './tools.ts';

type Judges = 'us' | 'epubcheck us' | 'ace us' | 'ace epubcheck us' | 'ace' | 'epubcheck' | 'ace epubcheck';

const put =
  (file: RegExp, content: (bytes: Buffer) => string | Buffer): Spoil =>
  (entries) => {
    assert.ok(entries.some(({ name }) => file.test(name)));
    return entries.map((entry) =>
      file.test(entry.name) ? { ...entry, bytes: Buffer.from(content(entry.bytes)) } : entry,
    );
  };
/** Two neighbours that match change places. */
const swap = (file: RegExp, one: RegExp): Spoil =>
  edit(file, new RegExp(`(${one.source})(\\s*)(${one.source})`), '$3$2$1');

const TABLES = /s-tables/;
const FAULTS: Readonly<Record<string, readonly [Judges, Spoil]>> = {
  // Pictures.
  'a picture without words': ['ace us', edit(TABLES, / alt="[^"]*"/, '')],
  'empty words for a picture': ['us', edit(TABLES, / alt="[^"]*"/, ' alt=""')],
  'the words of another picture': ['us', edit(TABLES, / alt="A square\."/, ' alt="A circle."')],
  'another picture': ['us', edit(TABLES, 'src="images/picture-2.svg"', 'src="images/picture-1.png"')],
  'a drawing that was tidied up': ['us', edit(/picture-2\.svg/, '<title>A square</title>', '')],
  'a picture that is none': ['epubcheck us', put(/picture-1\.png/, () => 'nothing')],
  'a picture from outside': [
    'epubcheck us',
    edit(TABLES, 'src="images/picture-1.png"', 'src="https://localhost:9/a.png"'),
  ],
  'a drawing with its names in small letters': ['us', edit(/imprint/, 'viewBox', 'viewbox')],
  'a drawing that nobody announces': ['epubcheck us', edit(/content\.opf/, ' properties="svg"', '')],
  // Ids, links, notes.
  'a dead link': ['epubcheck us', edit(TABLES, /href="#note-/, 'href="#none-')],
  'a dead file': ['epubcheck us', edit(/reader/, /href="s-tables--lists/, 'href="s-nothing')],
  'a link without words': ['ace us', edit(/reader/, /(href="s-tables--lists[^>]*>)[^<]*/, '$1')],
  'a lost id': ['epubcheck us', edit(TABLES, / id="note-2"/, '')],
  'an id twice': ['epubcheck us', edit(TABLES, / id="note-3"/, ' id="note-2"')],
  'a lost way back': ['us', edit(TABLES, ' role="doc-backlink"', '')],
  'a way back to another call': ['us', edit(TABLES, 'href="#call-2"', 'href="#call-3"')],
  'calls that are exchanged': ['us', edit(TABLES, /#note-2"([\s\S]*?)#note-3"/, '#note-3"$1#note-2"')],
  'a note twice': ['us', edit(TABLES, /(<aside [^>]*)id="note-3"([\s\S]*?<\/aside>)/, '$1id="note-3"$2$1id="other"$2')],
  'a note that is gone': ['epubcheck us', edit(TABLES, /<aside [^>]*id="note-3"[\s\S]*?<\/aside>/, '')],
  // Kinds, roles, languages.
  'a role that is lost': ['ace us', edit(TABLES, ' role="doc-epigraph"', '')],
  'a role that is none': ['ace epubcheck us', edit(TABLES, 'role="doc-epigraph"', 'role="doc-motto"')],
  'a lost language': ['us', edit(TABLES, ' xml:lang="grc"', '')],
  'a phrase of no language': ['us', edit(TABLES, ' lang="grc" xml:lang="grc"', '')],
  'a language that is none': [
    'ace epubcheck us',
    edit(TABLES, 'lang="grc" xml:lang="grc"', 'lang="greek!" xml:lang="greek!"'),
  ],
  'a document without language': ['ace us', edit(TABLES, ' lang="en" xml:lang="en"', '')],
  'a document without title': ['ace epubcheck us', edit(TABLES, /<title>[^<]*<\/title>/, '<title></title>')],
  'a name from nowhere': ['epubcheck', edit(TABLES, /aria-labelledby="caption\.1"/, 'aria-labelledby="nowhere"')],
  'a heading without scope': ['us', edit(TABLES, ' scope="col"', '')],
  'a heading with a scope that is none': ['ace epubcheck us', edit(TABLES, ' scope="col"', ' scope="column"')],
  'a level that is skipped': ['ace', edit(TABLES, /<h2([\s\S]*?)<\/h2>/, '<h5$1</h5>')],
  // Words.
  'a lost paragraph': ['us', edit(/s-thanks/, /<p>To all\.<\/p>/, '')],
  'a word twice': ['us', edit(TABLES, 'quotation', 'quotation quotation')],
  'words that are exchanged': ['us', edit(TABLES, 'in a note', 'a in note')],
  'a list that begins at one': ['us', edit(TABLES, ' start="4"', '')],
  'lost emphasis': ['us', edit(TABLES, /<em>emphasis<\/em>/, 'emphasis')],
  'a file in another encoding': [
    'epubcheck us',
    put(TABLES, (bytes) => Buffer.from(bytes.toString().replace('Tables', 'Täbles'), 'latin1')),
  ],
  'a bare &': ['epubcheck us', edit(TABLES, '&amp;', '&')],
  'an open element': ['epubcheck us', edit(TABLES, '</em>', '')],
  'a script': ['epubcheck us', edit(TABLES, '</section>', '<script>void 0;</script></section>')],
  'a style from outside': [
    'epubcheck',
    put(/style\.css/, (css) => `@import url("https://localhost:9/a.css");\n${css}`),
  ],
  // Contents, pages, spine.
  'no nav': ['epubcheck us', edit(/content\.opf/, ' properties="nav"', '')],
  'contents without a role': ['ace us', edit(/toc\.xhtml/, ' role="doc-toc"', '')],
  'no landmarks': ['epubcheck us', edit(/toc\.xhtml/, /<nav epub:type="landmarks"[\s\S]*?<\/nav>/, '')],
  'a contents entry to nowhere': [
    'epubcheck us',
    edit(/toc\.xhtml/, /href="s-sixty-notes\.xhtml"/, 'href="s-sixty.xhtml"'),
  ],
  'contents in another order': ['epubcheck us', swap(/toc\.xhtml/, /<li><a href="s-[^<]*<\/a><\/li>/)],
  'no role for the page list': ['us', edit(/toc\.xhtml/, ' role="doc-pagelist"', '')],
  'a page that the list forgets': ['us', edit(/toc\.xhtml/, /<li><a href="[^"]*#page\.7">[^<]*<\/a><\/li>/, '')],
  'pages in another order': ['us', swap(/toc\.xhtml/, /<li><a href="[^"]*#page\.\d+">[^<]*<\/a><\/li>/)],
  'a page without a name': ['ace us', edit(TABLES, /(role="doc-pagebreak"[^>]*?) aria-label="[^"]*"/, '$1')],
  'an NCX entry to nowhere': ['epubcheck us', edit(/toc\.ncx/, /src="s-sixty-notes\.xhtml"/, 'src="s-sixty.xhtml"')],
  'an NCX of another name': ['us', edit(/toc\.ncx/, /<text>To the reader/, '<text>To a reader')],
  'an NCX that counts wrong': ['epubcheck us', edit(/toc\.ncx/, /playOrder="3"/, 'playOrder="30"')],
  'chapters in another order': ['epubcheck us', swap(/content\.opf/, /<itemref idref="s-[^>]*>/)],
  'a chapter twice': ['epubcheck us', edit(/content\.opf/, /(<itemref idref="s-[^>]*>)/, '$1$1')],
  'a chapter that is not read': ['us', edit(/content\.opf/, /(<itemref idref="s-[^/]*)/, '$1 linear="no"')],
  // The cover, the package, the archive.
  'the cover twice': ['us', edit(/title-page\.xhtml/, '</section>', '<img src="cover.png" alt="Cover"/></section>')],
  'a cover in the reading': ['us', edit(/content\.opf/, ' linear="no"', '')],
  'no cover for old readers': ['us', edit(/content\.opf/, /<meta name="cover"[^>]*>/, '')],
  'no date': ['epubcheck us', edit(/content\.opf/, /<meta property="dcterms:modified">[^<]*<\/meta>/, '')],
  'a date that is none': ['epubcheck', edit(/content\.opf/, /(dcterms:modified">)[^<]*/, '$1June')],
  'no identifier': ['epubcheck', edit(/content\.opf/, /<dc:identifier[^<]*<\/dc:identifier>/, '')],
  'nothing said of dangers': [
    'us',
    edit(/content\.opf/, /<meta property="schema:accessibilityHazard">[^<]*<\/meta>/, ''),
  ],
  'a file that nobody lists': ['epubcheck us', edit(/content\.opf/, /<item id="picture-1"[^>]*>/, '')],
  'a file that is listed only': ['epubcheck us', (all) => all.filter(({ name }) => !name.endsWith('.svg'))],
  'a file that is listed twice': [
    'epubcheck us',
    edit(/content\.opf/, /<item id="picture-1"([^>]*>)/, '$&<item id="again"$1'),
  ],
};

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" aria-label="A mark"><defs><linearGradient id="shade" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#000"/></linearGradient></defs><path fill="url(#shade)" d="M1 1h7v7H1z"/></svg>';

/** Everything, with pages and a drawing within a document. */
const sound = (): Promise<Uint8Array> => {
  const edition = everything();
  const matter = {
    titlePage: '<h1>T</h1><p>Everything &amp; &lt;all> “of it”</p>',
    imprint: DRAWING,
    colophon: '<p>C</p>',
  };
  return ebookOf(edition, { ...pagesOf(edition), matter });
};
const sources = {
  texts: EVERYTHING,
  pictures: new Map<string, Uint8Array>([
    ['a.png', PNG],
    ['b.svg', Buffer.from(SVG)],
  ]),
};

/** What is not XML is EPUBCheck's and ours alone: Ace would not get past it. */
function isReadable(book: Uint8Array): boolean {
  try {
    return open(book).documents.size > 0;
  } catch {
    return false;
  }
}

/**
 * Books for a judge, and in which of them each fault is. Those that it should find have each a book of its own; the others
 * share as few as they can: where it finds nothing, none of them is found.
 */
function booksFor(
  judge: string,
  sound: Entry[],
): { readonly books: Uint8Array[]; readonly at: ReadonlyMap<string, number> } {
  const books = [sound];
  const shared: number[] = [];
  const at = new Map<string, number>();
  for (const [name, [judges, spoil]] of Object.entries(FAULTS)) {
    const own = spoil(sound);
    const silent = !judges.split(' ').includes(judge);
    if (judge === 'ace' && !isReadable(zip(own))) at.set(name, 0);
    else if (silent) {
      const found = shared.find((index) => isSpoilt(() => spoil(books[index]!)));
      const index = found ?? books.length;
      books[index] = found === undefined ? own : spoil(books[found]!);
      if (found === undefined) shared.push(index);
      at.set(name, index);
    } else at.set(name, books.push(own) - 1);
  }
  return { books: books.map((entries) => zip(entries)), at };
}

/** What it spoils may be gone already, or what it makes no XML any more. */
function isSpoilt(spoil: () => Entry[]): boolean {
  try {
    return isReadable(zip(spoil()));
  } catch {
    return false;
  }
}

test('each planted fault is found by just the judges that stand guard over it', needs('java'), async (context) => {
  const entries = unzip(await sound());
  assert.deepEqual([...faultsIn(zip(entries)), ...lostIn(sources, zip(entries))], [], 'packing again is no fault');
  const [forAce, forEpubcheck] = [booksFor('ace', entries), booksFor('epubcheck', entries)];
  const [[renditions], aceSays] = await Promise.all([
    epubcheck([together(forEpubcheck.books)]),
    aceOr(context, gathered(forAce.books)),
  ]);
  if (!aceSays) return;
  const seen = Object.entries(FAULTS).map(([name, [, spoil]]) => {
    const spoilt = zip(spoil(entries));
    const judges = {
      ace: aceSays.some((message) => message.includes(`B${forAce.at.get(name)}/`)),
      epubcheck: renditions!.some((message) => message.includes(`(R${forEpubcheck.at.get(name)}/`)),
      us: [...faultsIn(spoilt), ...lostIn(sources, spoilt)].length > 0,
    };
    return [
      name,
      Object.entries(judges)
        .flatMap(([judge, found]) => (found ? [judge] : []))
        .join(' '),
    ];
  });
  assert.deepEqual(
    Object.fromEntries(seen),
    Object.fromEntries(Object.entries(FAULTS).map(([name, [judges]]) => [name, judges])),
  );
  const innocent = [...aceSays, ...renditions!].filter((message) => /[BR]0\//.test(message));
  assert.deepEqual(innocent, [], 'the sound one is sound in this company too');
});
