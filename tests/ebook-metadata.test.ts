// What an ebook says of itself: judged by EPUBCheck, by Ace, and by what went in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileAs } from '../scripts/book/filing.ts';
import { identifierOf, uuid5 } from '../scripts/ebook/identifier.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Edition, Picture } from '../scripts/edition/edition.ts';
import { matterFields } from '../scripts/edition/matter.ts';
import { composed } from './composing.ts';
import { unzip } from './ebook-archive.ts';
import { faultsIn, open } from './ebook-inspection.ts';
import { epubcheck, together } from './ebook-judges.ts';
import { ebookOf, everything, PNG, pagesOf, picture, SVG } from './ebook-specimens.ts';
import { named, readXml, type Tag, textOf } from './ebook-xml.ts';
import { needs } from './tools.ts';

interface Said {
  readonly opf: Tag;
  readonly dc: (name: string) => string[];
  /** What a property says, in order. */
  readonly meta: (property: string) => string[];
  /** What refines the element of that id. */
  readonly of: (id: string, property: string) => string[];
  readonly features: readonly string[];
}

function saidBy(bytes: Uint8Array): Said {
  const opf = open(bytes).package;
  const metas = named(opf, 'meta');
  const meta = (property: string): string[] =>
    metas.filter(({ attributes }) => attributes['property'] === property).map((tag) => textOf(tag));
  return {
    opf,
    dc: (name) => named(opf, `dc:${name}`).map((tag) => textOf(tag)),
    meta,
    of: (id, property) =>
      metas
        .filter(({ attributes }) => attributes['refines'] === `#${id}` && attributes['property'] === property)
        .map((tag) => textOf(tag)),
    features: meta('schema:accessibilityFeature'),
  };
}

const sayingOf = async (edition: Edition): Promise<Said> => saidBy(await ebookOf(edition));

/** Of a book with this description. */
function described(yaml: string, text = 'Nothing but a sentence.', language = 'en'): Edition {
  const edition = composed(text, { yaml: yaml.replace(/^authors:.*\n?/m, ''), language });
  const authors = /^authors:(.*)$/m.exec(yaml);
  return authors ? { ...edition, book: { ...edition.book, authors: JSON.parse(authors[1]!) } } : edition;
}

const PEOPLE = `authors: ${JSON.stringify([
  { name: 'Jo Example', fileAs: 'Example, Jo', roles: ['aut', 'ill'] },
  { name: 'Sam & Sons', fileAs: 'Sam & Sons', roles: ['trl'] },
  { name: 'עמוס עוז', fileAs: 'עוז, עמוס', roles: ['wfw', 'trl'] },
  { name: 'Zo <b>', fileAs: 'Zo <b>', roles: ['aut'] },
  { name: 'Lee Stone', fileAs: 'Stone, Lee', roles: ['ltg'] },
])}`;

/** Another ebook of the same book beside it. */
function beside(edition: Edition, name: string, label: string): Edition {
  const config = { ...edition.config, name, label };
  return { ...edition, config, book: { ...edition.book, editions: [...edition.book.editions, config] } };
}

const HOSTILE = `\u200f<!-- "Title" & 'more' ]]> \u0000\u001b\ufffe`;

test('whatever a book says of itself, EPUBCheck is silent', needs('java'), async () => {
  const everyKey = `${PEOPLE}\nidentifier: 0-8044-2957-X\nseries: {name: "A & <b>", position: 2.5}\ndescription: |\n  One.\n\n  Two <em>.`;
  const rtl = composed('## فصل\n\nمتن. [x](https://example.org)', {
    language: 'fa',
    yaml: 'subtitle: An English subtitle\nseries: {name: Tracts, position: 1}\nsubjects: [Labour, كار]\npublisher: "\\u200eThe Press"',
  });
  const everyText = { ...described('rights: x'), title: HOSTILE, subtitle: `\u202b${HOSTILE}\u202c` };
  const whole = everything();
  const books = await Promise.all([
    ebookOf(whole),
    ebookOf(whole, pagesOf(whole)),
    ebookOf(composed('Bare.')),
    ebookOf(described(everyKey, '## One\n\nText.')),
    ebookOf(described('identifier: 978-0-306-40615-7\ndate: 2026')),
    ebookOf(described('identifier: 2ED6657D-e927-568b-95e1-2665a8aea6a2', 'x', 'sr-Cyrl')),
    ebookOf(beside(described('subtitle: "Why?"', 'x', 'zh-Hant'), 'short', '短版')),
    ebookOf(rtl),
    ebookOf({ ...everyText, book: { ...everyText.book, rights: HOSTILE, publisher: HOSTILE } }),
    ebookOf(composed('x', { language: 'ar', yaml: 'identifier: https://example.org/a?b=1&c' })),
    ...['de', 'fr', 'es', 'it', 'nl', 'pt-BR', 'pl', 'fi'].map((language) =>
      ebookOf(composed('## A\n\nx', { language })),
    ),
  ]);
  assert.deepEqual(books.flatMap(faultsIn), []);
  assert.deepEqual((await epubcheck([books[0]!, books[1]!, together(books.slice(2))])).flat(), []);
});

test('the metadata says what is there, and nothing that is not', async () => {
  const full = await sayingOf(everything());
  assert.deepEqual(full.dc('title'), ['Everything & <all> “of it”', 'From a to <b> & back']);
  assert.deepEqual(full.of('title', 'title-type'), ['main']);
  assert.deepEqual(full.of('subtitle', 'title-type'), ['subtitle']);
  assert.deepEqual([...full.of('title', 'display-seq'), ...full.of('subtitle', 'display-seq')], ['1', '2']);
  assert.deepEqual(full.of('title', 'file-as'), ['Everything & <all> of it']);
  assert.deepEqual(full.dc('rights'), ['CC BY-SA 4.0 <free>']);
  assert.deepEqual(full.dc('publisher'), ['The “Press” & Co']);
  assert.deepEqual(full.dc('description'), ['What it says & does: 100% <em>plain</em>']);
  assert.deepEqual(full.dc('subject'), ['Labour', 'Art & craft']);
  assert.deepEqual(full.dc('date'), ['2026-06-01']);
  assert.deepEqual(full.dc('language'), ['en']);
  assert.deepEqual(full.meta('dcterms:modified'), ['2026-06-01T12:30:14Z']);
  assert.deepEqual(full.meta('belongs-to-collection'), ['Pamphlets & more']);
  assert.deepEqual(full.of('series', 'collection-type'), ['series']);
  assert.deepEqual(full.of('series', 'group-position'), ['3']);
  const calibre = named(full.opf, 'meta').flatMap(({ attributes: { name, content } }) =>
    name?.startsWith('calibre:') ? [`${name} ${content}`] : [],
  );
  assert.deepEqual(calibre, ['calibre:series Pamphlets & more', 'calibre:series_index 3']);

  const bare = await sayingOf(composed('Nothing but a sentence.'));
  for (const name of ['rights', 'description', 'subject', 'date', 'publisher', 'contributor'])
    assert.deepEqual(bare.dc(name), []);
  assert.deepEqual(bare.of('title', 'display-seq'), []);
  for (const property of ['belongs-to-collection', 'pageBreakSource']) assert.deepEqual(bare.meta(property), []);
  assert.doesNotMatch(JSON.stringify([bare.opf, full.opf]), /conformsTo|certifiedBy/);
});

test('everybody is there with all that they did; whose book it is are its creators', async () => {
  const { dc, of } = await sayingOf(described(PEOPLE));
  assert.deepEqual(dc('creator'), ['Jo Example', 'Zo <b>']);
  assert.deepEqual(dc('contributor'), ['Sam & Sons', 'עמוס עוז', 'Lee Stone']);
  assert.deepEqual(of('creator-1', 'role'), ['aut', 'ill']);
  assert.deepEqual(of('creator-3', 'role'), ['wfw', 'trl']);
  assert.deepEqual(of('creator-3', 'file-as'), ['עוז, עמוס']);
  const edited = `authors: ${JSON.stringify([
    { name: 'A B', fileAs: 'B, A', roles: ['edt'] },
    { name: 'C D', fileAs: 'D, C', roles: ['edt'] },
    { name: 'E F', fileAs: 'F, E', roles: ['ill'] },
  ])}`;
  const collection = await sayingOf(described(edited));
  assert.deepEqual([collection.dc('creator'), collection.dc('contributor')], [['A B', 'C D'], ['E F']]);
  const ncx = unzip(await ebookOf(described(edited))).find(({ name }) => name === 'OEBPS/toc.ncx')!;
  const known = named(readXml(ncx.bytes.toString()), 'docAuthor').map((tag) => textOf(tag));
  assert.deepEqual(known, ['A B', 'C D']);
});

test('names have the same apostrophes everywhere; what they are sorted by has no half of a pair', async () => {
  const edition = composed('x', {
    yaml: `publisher: "Workers' Press"\nrights: "© Jo O'Neil"\nseries: {name: "Nobody's tracts", position: 1}`,
  });
  const people = [
    ["Jo O'Neil", 'Jo O’Neil', 'O’Neil, Jo'],
    ['Jo "Ace" Example', 'Jo “Ace” Example', 'Example, Jo “Ace”'],
    ['"Jo Example"', '“Jo Example”', 'Example, Jo'],
    ["The 'Red' Press", 'The ‘Red’ Press', 'Red Press, The'],
  ] as const;
  const authors = people.map(([name]) => ({ name, fileAs: fileAs(name), roles: ['aut'] }));
  const bytes = await ebookOf({ ...edition, book: { ...edition.book, authors } });
  const { dc, of, meta } = saidBy(bytes);
  assert.deepEqual(
    dc('creator'),
    people.map(([, printed]) => printed),
  );
  assert.deepEqual(
    people.map((_, at) => of(`creator-${at + 1}`, 'file-as')[0]),
    people.map(([, , sorted]) => sorted),
  );
  assert.deepEqual([...dc('publisher'), ...dc('rights')], ['Workers’ Press', '© Jo O’Neil']);
  assert.deepEqual(meta('belongs-to-collection'), ['Nobody’s tracts']);
  const straight = unzip(bytes).filter(
    ({ name, bytes }) => /\.(?:xhtml|ncx|opf)$/.test(name) && /O'|s' |y's/.test(bytes.toString()),
  );
  assert.deepEqual(
    straight.map(({ name }) => name),
    [],
  );
});

test('the imprint says who did what in the language of the book, and the title page whose it is', () => {
  const fields = (yaml: string, language = 'en') => matterFields(described(yaml, 'x', language));
  const english = fields(PEOPLE);
  assert.equal(english.authors, 'Jo Example and Zo <b>');
  assert.equal(english.writers, english.authors);
  assert.deepEqual(english.contributors, [
    'Illustrated by Jo Example',
    'Translated by Sam & Sons and עמוס עוז',
    'Foreword by עמוס עוז',
    'Lee Stone (lithographer)',
  ]);
  assert.equal(fields(PEOPLE, 'de').contributors![1], 'Übersetzt von Sam & Sons und עמוס עוז');
  assert.equal(fields(PEOPLE, 'zh-TW').contributors![1], '翻譯：Sam & Sons和עמוס עוז');
  assert.equal(fields(PEOPLE, 'fi').contributors![0], 'Illustrated by Jo Example');
  const languages = 'en de fr es it nl pt pl ru uk cs sv el ar he zh-Hant zh-Hans ja ko'.split(' ');
  const codes = 'edt trl ill pht com adp ann ctb cov bkd win wpr wfw waw ctg pfr'.split(' ');
  for (const language of languages) {
    const one = (role: string): string =>
      fields(
        `authors: [{"name": "XY", "fileAs": "XY", "roles": ["aut"]}, {"name": "ZW", "fileAs": "ZW", "roles": ["${role}"]}]`,
        language,
      ).contributors![0]!;
    const lines = codes.map(one);
    assert.equal(new Set(lines).size, codes.length, `${language}: each role has words of its own`);
    for (const line of lines) assert.match(line, /^\S.*[\s：]ZW$/, `${language}: ${line}`);
  }
  const edited = fields('authors: [{"name": "A B", "fileAs": "B, A", "roles": ["edt"]}]');
  assert.deepEqual(
    [edited.authors, edited.writers, edited.contributors],
    ['Edited by A B', undefined, ['Edited by A B']],
  );
  assert.equal(fields('identifier: urn:isbn:9780306406157').identifier, 'ISBN 9780306406157');
  assert.equal(fields('identifier: ISBN 978-0-306-40615-7').identifier, 'ISBN 978-0-306-40615-7');
  assert.equal(fields('identifier: urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2').identifier, undefined);
  assert.equal(fields('series: {name: Tracts, position: 2.5}', 'de').series, 'Tracts · 2,5');
});

test('the identifier is always the same for an edition, and another for each', async () => {
  // RFC 4122's own namespace of names, with the value that its errata give.
  assert.equal(
    uuid5('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'),
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
  const of = (identifier: string): string => identifierOf(described(`identifier: "${identifier}"`));
  assert.equal(of('https://example.org/whose-machines'), 'urn:uuid:911ce4be-47f7-566f-9b91-80d0e8558b9c');
  for (const isbn of [
    'ISBN 978-3-16-148410-0',
    '9783161484100',
    'urn:isbn:978-3-16-148410-0',
    'isbn-13: 978 3 16 148410 0',
  ])
    assert.equal(of(isbn), 'urn:isbn:9783161484100');
  assert.equal(of('0-8044-2957-x'), 'urn:isbn:080442957X');
  const uuid = 'urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2';
  for (const form of [uuid, uuid.toUpperCase(), uuid.slice(9), uuid.slice(4)]) assert.equal(of(form), uuid);
  const long = described(`identifier: ${uuid}`);
  assert.match(identifierOf(beside(long, 'short', 'Short')), /^urn:uuid:(?!2ed6657d)[\da-f]{8}-[\da-f]{4}-5/);
  assert.equal(identifierOf(composed('# T\n\nA.')), identifierOf(composed('# T\n\nB.')));
  const typeOf = async (identifier: string): Promise<string[]> =>
    (await sayingOf(described(`identifier: ${identifier}`))).of('pub-id', 'identifier-type');
  // ONIX code list 5.
  assert.deepEqual(
    [await typeOf('978-3-16-148410-0'), await typeOf('0-8044-2957-X'), await typeOf(uuid)],
    [['15'], ['02'], []],
  );
});

test('two ebooks of one book are told apart by the edition’s name', async () => {
  const long = described('subtitle: S');
  assert.deepEqual((await sayingOf(long)).dc('title'), ['The Book', 'S']);
  const { dc, of } = await sayingOf(beside(long, 'short', 'The short version'));
  assert.deepEqual(dc('title'), ['The Book', 'S', 'The short version']);
  assert.deepEqual([of('edition', 'title-type'), of('edition', 'display-seq')], [['edition'], ['3']]);
});

/** The dir attribute of each metadata element that has text, by its name. */
const directions = ({ opf }: Said): Record<string, string | undefined> =>
  Object.fromEntries(
    named(opf, 'metadata')[0]!.children.flatMap((tag) =>
      typeof tag !== 'string' && tag.name.startsWith('dc:') ? [[tag.name, tag.attributes['dir']]] : [],
    ),
  );

test('a title that runs the other way says so', async () => {
  const english = await sayingOf({ ...described('publisher: P'), title: '«ספר» 1' });
  assert.deepEqual([directions(english)['dc:title'], directions(english)['dc:publisher']], ['rtl', undefined]);
  assert.equal(english.opf.attributes['dir'], undefined);
  const hebrew = await sayingOf({ ...described('publisher: 1. Press', 'x', 'he'), title: '“Book”' });
  assert.equal(hebrew.opf.attributes['dir'], 'rtl');
  assert.equal(hebrew.opf.attributes['xml:lang'], 'he');
  assert.deepEqual([directions(hebrew)['dc:title'], directions(hebrew)['dc:publisher']], ['ltr', 'ltr']);
  const own = await sayingOf({ ...described('', 'x', 'he'), title: 'ספר' });
  assert.equal(directions(own)['dc:title'], undefined);
});

test('a title arrives whole in package, navigation and NCX, but for what XML forbids', async () => {
  const allowed = (text: string): string =>
    text
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (odd) => {
      const title = `T ${odd} & <b> \u200f"']]>`;
      const bytes = await ebookOf({ ...composed('x'), title });
      const { dc } = saidBy(bytes);
      assert.equal(allowed(dc('title')[0]!), allowed(title));
      const { documents } = open(bytes);
      assert.equal(allowed(textOf(named(documents.get('toc.xhtml')!, 'a')[0]!)), allowed(title));
      const ncx = readXml(
        unzip(bytes)
          .find(({ name }) => name === 'OEBPS/toc.ncx')!
          .bytes.toString(),
      );
      assert.equal(allowed(textOf(named(ncx, 'docTitle')[0]!)), allowed(title));
    }),
    { numRuns: 40 },
  );
});

// --- accessibility ----------------------------------------------------------------------------------------------------

const withPicture = (text: string, one: Picture): Edition =>
  composed(text, { pictures: new Map([[pictureKey('1.md', 'a.png'), one]]) });

test('the claims are what the text has', async () => {
  const whole = everything();
  const full = await sayingOf(whole);
  assert.deepEqual(full.meta('schema:accessMode'), ['textual', 'visual']);
  assert.deepEqual(full.meta('schema:accessModeSufficient'), ['textual,visual', 'textual']);
  assert.deepEqual(full.features, [
    'alternativeText',
    'displayTransformability',
    'readingOrder',
    'structuralNavigation',
    'tableOfContents',
  ]);
  assert.deepEqual(full.meta('schema:accessibilityHazard'), ['none']);
  assert.deepEqual(full.meta('schema:accessibilitySummary'), [
    'Text that fits any screen, with a table of contents, notes linked to and from the text, tables with marked heads, passages in other languages marked as such, and a description of every picture.',
  ]);

  const printed = saidBy(await ebookOf(whole, pagesOf(whole)));
  assert.deepEqual(
    printed.features.filter((one) => !full.features.includes(one)),
    ['pageBreakMarkers', 'pageNavigation'],
  );
  assert.deepEqual(printed.meta('pageBreakSource'), ['The Book, A5 & "more"']);
  assert.match(printed.meta('schema:accessibilitySummary')[0]!, /the page numbers of the print edition/);

  const bare = await sayingOf(composed('Nothing but a sentence.'));
  assert.deepEqual(bare.meta('schema:accessMode'), ['textual']);
  assert.deepEqual(bare.meta('schema:accessModeSufficient'), ['textual']);
  assert.deepEqual(bare.features, ['displayTransformability', 'readingOrder']);
  assert.deepEqual(bare.meta('schema:accessibilitySummary'), ['Text that fits any screen.']);
});

test('a picture without a description takes three claims away, wherever it stands', async () => {
  for (const text of [
    '![](a.png)',
    '## T ![](a.png)\n\nx',
    'x[^1]\n\n[^1]: ![](a.png)',
    '![A dot.](a.png)\n\n![ ](a.png)',
  ]) {
    const { meta, features } = await sayingOf(withPicture(text, picture('picture-1', 'image/png', PNG)));
    assert.deepEqual(meta('schema:accessModeSufficient'), ['textual,visual'], text);
    assert.ok(!features.includes('alternativeText'));
    assert.match(meta('schema:accessibilitySummary')[0]!, /Pictures without a description: 1\.$/);
  }
});

test('a table whose head is empty is not praised', async () => {
  const summary = async (text: string): Promise<string> =>
    (await sayingOf(composed(text))).meta('schema:accessibilitySummary')[0]!;
  assert.match(await summary('| a | b |\n|---|---|\n| c | d |'), /tables with marked heads/);
  assert.match(await summary('| | b |\n|---|---|\n| c | d |'), /tables with marked heads/);
  assert.doesNotMatch(await summary('| | |\n|---|---|\n| c | d |'), /table/);
  assert.doesNotMatch(await summary('| a | |\n|---|---|\n| c | d |'), /table/);
});

test('the summary speaks the book’s language, or says that it does not', async () => {
  const heard: Record<string, [string, string | undefined]> = {};
  for (const language of ['en-GB', 'de', 'de-AT', 'fr', 'es', 'it', 'nl', 'pt-BR', 'pl', 'fi', 'ar', 'zh-Hant']) {
    const { opf } = await sayingOf(composed('## A\n\nx[^1]\n\n[^1]: y', { language }));
    const tag = named(opf, 'meta').find(({ attributes }) => attributes['property'] === 'schema:accessibilitySummary')!;
    heard[language] = [textOf(tag), tag.attributes['xml:lang']];
  }
  assert.deepEqual(heard['de-AT'], [
    'Text, der sich dem Bildschirm anpasst, mit einem Inhaltsverzeichnis und Anmerkungen, die zum Text und zurück führen.',
    undefined,
  ]);
  assert.equal(
    heard['pl']![0],
    'Tekst dopasowujący się do ekranu. Zawiera: spis treści i przypisy połączone z tekstem w obu kierunkach.',
  );
  for (const language of ['fi', 'ar', 'zh-Hant']) assert.deepEqual(heard[language], [heard['en-GB']![0], 'en']);
  assert.equal(new Set(Object.values(heard).map(([text]) => text)).size, 8);
});

// --- hazards ------------------------------------------------------------------------------------------------------------

const gif = (frames: number): Buffer => {
  const frame = '2c000000000100010000' + '02' + '024401' + '00';
  return Buffer.from(`47494638396101000100800000000000ffffff${frame.repeat(frames)}3b`, 'hex');
};

/** RFC 9649's containers, of a 1 × 1 lossless picture. */
const webp = (frames: number): Buffer => {
  const chunk = (name: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name);
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
  };
  const dots = chunk('VP8L', Buffer.from('2f0000000007d0ff', 'hex').subarray(0, 8));
  const wide = Buffer.alloc(10);
  wide[0] = 2;
  const parts =
    frames === 1
      ? [dots]
      : [
          chunk('VP8X', wide),
          chunk('ANIM', Buffer.alloc(6)),
          ...Array.from({ length: frames }, () => chunk('ANMF', Buffer.concat([Buffer.alloc(16), dots]))),
        ];
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
};

/** The PNG with the chunk that makes it an animation (PNG, third edition, 11.3.6.1), before its dots. */
const apng = (): Buffer => {
  const data = Buffer.concat([Buffer.from('acTL'), Buffer.from('0000000200000000', 'hex')]);
  const whole = Buffer.alloc(data.length + 8);
  whole.writeUInt32BE(8, 0);
  data.copy(whole, 4);
  whole.writeUInt32BE(crc32(data), data.length + 4);
  const at = PNG.indexOf('IDAT') - 4;
  return Buffer.concat([PNG.subarray(0, at), whole, PNG.subarray(at)]);
};

/** PNG, annex D, bit by bit. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test('hazards: none of still pictures, unknown of moving ones, which are silent', async () => {
  const moving = ['unknownFlashingHazard', 'unknownMotionSimulationHazard', 'noSoundHazard'];
  const drawing = (inner: string): string => SVG.replace('</svg>', `${inner}</svg>`);
  const pictures: readonly (readonly [string, Picture['mediaType'], string | Buffer, readonly string[]])[] = [
    ['a PNG', 'image/png', PNG, ['none']],
    ['an animated PNG', 'image/png', apng(), moving],
    ['a still GIF', 'image/gif', gif(1), ['none']],
    ['an animated GIF', 'image/gif', gif(2), moving],
    ['a GIF that is cut off', 'image/gif', gif(2).subarray(0, 20), ['unknown']],
    ['a still WebP', 'image/webp', webp(1), ['none']],
    ['an animated WebP', 'image/webp', webp(3), moving],
    ['a drawing', 'image/svg+xml', SVG, ['none']],
    ['a drawing that says set', 'image/svg+xml', drawing('<desc>set and animate</desc>'), ['none']],
    ['a drawing that moves', 'image/svg+xml', drawing('<rect><animate attributeName="x" to="9"/></rect>'), moving],
    ['one that moves by CSS', 'image/svg+xml', drawing('<style>@keyframes a { to { opacity: 0 } }</style>'), moving],
    ['a JPEG', 'image/jpeg', Buffer.from('ffd8ffd9', 'hex'), ['none']],
  ];
  for (const [what, mediaType, bytes, hazards] of pictures) {
    const shown = await sayingOf(withPicture('![A dot.](a.png)', picture('picture-1', mediaType, bytes)));
    assert.deepEqual(shown.meta('schema:accessibilityHazard'), hazards, what);
  }
  const cover = { bytes: apng(), mediaType: 'image/png' as const, alt: 'x' };
  assert.deepEqual(
    saidBy(await ebookOf(composed('x'), { cover })).meta('schema:accessibilityHazard'),
    moving,
    'the cover',
  );
});
