// The package document (EPUB 3.3, 5): metadata, manifest, spine. Accessibility is computed from the text, never claimed.
import { createHash } from 'node:crypto';
import type { ElementContent } from 'hast';
import type { Edition } from '../edition/edition.ts';
import { type Document, escape, pictureFile } from './documents.ts';

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

/** An ISBN as it is; else a UUID that is always the same for the same edition of the same book. */
export function identifierOf({ book, config, title }: Edition): string {
  const isbn = book.identifier?.replace(/^(?:urn:)?isbn:?\s*/i, '').replaceAll(/[\s-]/g, '');
  if (isbn && /^(?:97[89]\d{10}|\d{9}[\dXx])$/.test(isbn)) return `urn:isbn:${isbn}`;
  if (book.identifier?.startsWith('urn:uuid:')) return book.identifier;
  const own = book.identifier ?? book.url ?? `${title}/${book.authors.map(({ name }) => name).join('/')}`;
  return `urn:uuid:${uuid5(`${own}#${config.name}`)}`;
}

export interface Packed {
  readonly documents: readonly Document[];
  readonly cover: { readonly file: string; readonly mediaType: string };
  readonly fonts: readonly string[];
  readonly modified: Date;
}

export function packageDocument(edition: Edition, packed: Packed): string {
  const { book } = edition;
  const { documents, cover, fonts, modified } = packed;
  const creators = book.authors.map(({ name, fileAs, role }, index) => {
    const id = `creator-${index + 1}`;
    const tag = role === 'aut' ? 'creator' : 'contributor';
    return `<dc:${tag} id="${id}">${escape(name)}</dc:${tag}><meta refines="#${id}" property="role" scheme="marc:relators">${escape(role)}</meta><meta refines="#${id}" property="file-as">${escape(fileAs)}</meta>`;
  });
  const optional = (tag: string, value: string | undefined): string =>
    value ? `<dc:${tag}>${escape(value)}</dc:${tag}>` : '';
  const series = book.series
    ? `<meta property="belongs-to-collection" id="series">${escape(book.series.name)}</meta><meta refines="#series" property="collection-type">series</meta>${
        book.series.position === undefined
          ? ''
          : `<meta refines="#series" property="group-position">${book.series.position}</meta>`
      }`
    : '';
  const subtitle = edition.subtitle
    ? `<dc:title id="subtitle">${escape(edition.subtitle)}</dc:title><meta refines="#subtitle" property="title-type">subtitle</meta>`
    : '';
  const metadata = [
    `<dc:identifier id="pub-id">${escape(identifierOf(edition))}</dc:identifier>`,
    `<dc:title id="title">${escape(edition.title)}</dc:title><meta refines="#title" property="title-type">main</meta>`,
    subtitle,
    `<dc:language>${escape(book.language)}</dc:language>`,
    ...creators,
    optional('publisher', book.publisher),
    optional('date', book.date),
    optional('description', book.description),
    optional('rights', book.rights),
    ...book.subjects.map((subject) => optional('subject', subject)),
    series,
    `<meta property="dcterms:modified">${modified.toISOString().slice(0, 19)}Z</meta>`,
    ...accessibility(edition).map(([name, value]) => `<meta property="schema:${name}">${escape(value)}</meta>`),
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
    ...edition.pictures.map(
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
function accessibility(edition: Edition): [string, string][] {
  const images = edition.parts
    .flatMap((part) => imagesIn(part.content))
    .concat(edition.notes.flatMap((note) => imagesIn(note.content)));
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
    ['accessibilityHazard', 'none'],
    ['accessibilitySummary', `${summary.join('; ')}.`],
  ];
}

function imagesIn(nodes: readonly ElementContent[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type !== 'element') return [];
    return node.tagName === 'img' ? [String(node.properties['alt'] ?? '')] : imagesIn(node.children);
  });
}
