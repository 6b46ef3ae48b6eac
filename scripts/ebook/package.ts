// The package document (EPUB 3.3, 5): metadata, manifest, spine. Accessibility is computed from the text, never claimed.
import { createHash } from 'node:crypto';
import type { Edition, Picture } from '../edition/edition.ts';
import { type Document, escapeXml, imagesIn, pictureFile } from './documents.ts';

/** RFC 4122, 4.3: version 5, in the namespace of URLs. */
export function uuid5(name: string, namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * A URN that never changes for the same edition of the same book. The book's own ISBN or UUID belongs to its first
 * ebook: two files of one identifier would replace each other on a reader's shelf. The others derive theirs from it.
 */
export function identifierOf({ book, config, title }: Edition): string {
  const given = book.identifier?.trim();
  const isbn = given?.replace(/^(?:urn:)?isbn:?\s*/i, '').replaceAll(/[\s-]/g, '');
  if (given && book.editions.find(({ outputs }) => outputs.includes('epub'))?.name === config.name) {
    if (isbn && /^(?:97[89]\d{10}|\d{9}[\dXx])$/.test(isbn)) return `urn:isbn:${isbn.toUpperCase()}`;
    if (/^urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(given)) return given;
  }
  const own = given ?? book.url ?? `${title}/${book.authors.map(({ name }) => name).join('/')}`;
  return `urn:uuid:${uuid5(`${own}#${config.name}`)}`;
}

/** Articles that a title is not sorted by. */
const ARTICLES: Readonly<Record<string, RegExp>> = {
  en: /^(the|an?) +(?=\S)/i,
  de: /^(der|die|das|eine?) +(?=\S)/i,
  fr: /^(les?|la|une?|l[’']) *(?<=[’' ])(?=\S)/i,
  es: /^(el|la|los|las|una?) +(?=\S)/i,
};

/** A title for sorting: `Machine Stops, The`. */
function titleFileAs(title: string, language: string): string {
  const article = ARTICLES[language.toLowerCase().split('-')[0]!]?.exec(title);
  return article ? `${title.slice(article[0].length)}, ${article[1]}` : title;
}

export interface Packed {
  readonly documents: readonly Document[];
  /** Those that the documents show. */
  readonly pictures: readonly Picture[];
  readonly cover: { readonly file: string; readonly mediaType: string };
  readonly fonts: readonly string[];
  readonly modified: Date;
}

export function packageDocument(edition: Edition, packed: Packed): string {
  const { book } = edition;
  const { documents, pictures, cover, fonts, modified } = packed;
  const creators = book.authors.map(({ name, fileAs, role }, index) => {
    const id = `creator-${index + 1}`;
    const tag = role === 'aut' ? 'creator' : 'contributor';
    return `<dc:${tag} id="${id}">${escapeXml(name)}</dc:${tag}><meta refines="#${id}" property="role" scheme="marc:relators">${escapeXml(role)}</meta><meta refines="#${id}" property="file-as">${escapeXml(fileAs)}</meta>`;
  });
  const optional = (tag: string, value: string | undefined): string =>
    value ? `<dc:${tag}>${escapeXml(value)}</dc:${tag}>` : '';
  const series = book.series
    ? `<meta property="belongs-to-collection" id="series">${escapeXml(book.series.name)}</meta><meta refines="#series" property="collection-type">series</meta>${
        book.series.position === undefined
          ? ''
          : `<meta refines="#series" property="group-position">${book.series.position}</meta>`
      }`
    : '';
  const subtitle = edition.subtitle
    ? `<dc:title id="subtitle">${escapeXml(edition.subtitle)}</dc:title><meta refines="#subtitle" property="title-type">subtitle</meta>`
    : '';
  const metadata = [
    `<dc:identifier id="pub-id">${escapeXml(identifierOf(edition))}</dc:identifier>`,
    `<dc:title id="title">${escapeXml(edition.title)}</dc:title><meta refines="#title" property="title-type">main</meta><meta refines="#title" property="file-as">${escapeXml(titleFileAs(edition.title, book.language))}</meta>`,
    subtitle,
    `<dc:language>${escapeXml(book.language)}</dc:language>`,
    ...creators,
    optional('publisher', book.publisher),
    optional('date', book.date),
    optional('description', book.description),
    optional('rights', book.rights),
    ...book.subjects.map((subject) => optional('subject', subject)),
    series,
    `<meta property="dcterms:modified">${modified.toISOString().slice(0, 19)}Z</meta>`,
    ...accessibility(edition, pictures).map(
      ([name, value]) =>
        // The summary is a sentence, and in English whatever the book's language.
        `<meta property="schema:${name}"${name === 'accessibilitySummary' ? ' xml:lang="en"' : ''}>${escapeXml(value)}</meta>`,
    ),
    `<meta name="cover" content="cover-image"/>`,
  ];
  const manifest = [
    `<item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>`,
    `<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`,
    `<item id="css" href="style.css" media-type="text/css"/>`,
    `<item id="cover-image" href="${cover.file}" media-type="${cover.mediaType}" properties="cover-image"/>`,
    ...documents.map(
      ({ id, file, xhtml }) =>
        `<item id="${id}" href="${file}" media-type="application/xhtml+xml"${properties(xhtml)}/>`,
    ),
    ...pictures.map(
      (picture) => `<item id="${picture.id}" href="${pictureFile(picture)}" media-type="${picture.mediaType}"/>`,
    ),
    ...fonts.map((file, index) => `<item id="font-${index + 1}" href="fonts/${file}" media-type="font/ttf"/>`),
  ];
  // The cover's page is no part of the reading: some readers show the picture by themselves.
  const spine = documents.map(
    ({ id, matter }) => `<itemref idref="${id}"${matter === 'cover' ? ' linear="no"' : ''}/>`,
  );
  const contents = documents.findIndex(({ id }) => id === 'imprint');
  spine.splice(contents + 1, 0, '<itemref idref="toc"/>');
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="pub-id" xml:lang="${book.language}"${edition.direction === 'rtl' ? ' dir="rtl"' : ''}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadata.filter(Boolean).join('\n')}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine toc="ncx"${edition.direction === 'rtl' ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`;
}

function properties(xhtml: string): string {
  const found = [/<svg[\s>]/.test(xhtml) ? 'svg' : '', /<math[\s>]/.test(xhtml) ? 'mathml' : ''].filter(Boolean);
  return found.length > 0 ? ` properties="${found.join(' ')}"` : '';
}

/** Schema.org's accessibility properties (EPUB Accessibility 1.1, 2.2), as far as they can be seen in the text. */
function accessibility(edition: Edition, pictures: readonly Picture[]): [string, string][] {
  const images = [
    ...edition.parts.flatMap((part) => imagesIn([...(part.title?.content ?? []), ...part.content])),
    ...edition.notes.flatMap((note) => imagesIn(note.content)),
  ];
  const described = images.every((alt) => alt.trim() !== '');
  const features = ['displayTransformability', 'readingOrder', 'tableOfContents'];
  if (edition.contents.length > 0) features.push('structuralNavigation');
  if (images.length > 0 && described) features.push('alternativeText');
  const summary = [
    'Reflowable text with a table of contents',
    edition.notes.length > 0 ? 'notes linked to and from the text' : '',
    images.length > 0 && described ? 'a description of every picture' : '',
  ].filter(Boolean);
  return [
    ['accessMode', 'textual'],
    ...(images.length > 0 ? [['accessMode', 'visual'] as [string, string]] : []),
    ...(described
      ? [['accessModeSufficient', 'textual'] as [string, string]]
      : [['accessModeSufficient', 'textual,visual'] as [string, string]]),
    ...features.map((feature): [string, string] => ['accessibilityFeature', feature]),
    ['accessibilityHazard', pictures.some(mayMove) ? 'unknown' : 'none'],
    ['accessibilitySummary', `${summary.join('; ')}.`],
  ];
}

/** What moves may flash; whether it does, nobody has looked. */
function mayMove({ mediaType, bytes }: Picture): boolean {
  if (mediaType === 'image/svg+xml') return /<(?:\w+:)?(?:animate|set)|@keyframes/.test(Buffer.from(bytes).toString());
  return mediaType === 'image/gif' || mediaType === 'image/webp';
}
