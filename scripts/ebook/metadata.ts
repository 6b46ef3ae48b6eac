// The package's metadata (EPUB 3.3, 5.5, and its vocabularies in D): takes an edition and what is bound of it, gives XML.
import { titleFileAs } from '../book/filing.ts';
import { leadsOf } from '../book/relators.ts';
import type { Edition } from '../edition/edition.ts';
import { punctuate } from '../edition/typography.ts';
import { type Claim, claimsOf } from './claims.ts';
import { ebooksOf, identifierOf } from './identifier.ts';
import type { Packed } from './package.ts';
import { clean, escapeXml } from './xml.ts';

/** The elements, one or a few a line. */
export function metadataOf(edition: Edition, { pictures, cover, printed, modified }: Packed): string {
  const { book } = edition;
  const claims = claimsOf(edition, pictures, cover, printed !== undefined);
  const optional = (tag: string, value: string | undefined): string => (value ? dc(edition, tag, value) : '');
  const printedAs = (value: string | undefined): string | undefined => value && punctuate(value, book.language);
  return [
    identifier(identifierOf(edition)),
    ...titles(edition),
    `<dc:language>${escapeXml(book.language)}</dc:language>`,
    ...people(edition),
    optional('publisher', printedAs(book.publisher)),
    optional('date', book.date),
    optional('description', printedAs(book.description)),
    optional('rights', printedAs(book.rights)),
    ...book.subjects.map((subject) => dc(edition, 'subject', subject)),
    series(edition),
    `<meta property="dcterms:modified">${modified.toISOString().slice(0, 19)}Z</meta>`,
    ...claims.map((claim) => accessibility(claim, book.language)),
    printed ? `<meta property="pageBreakSource">${escapeXml(printed.source)}</meta>` : '',
    // What Kindle and older Kobos find the cover by.
    '<meta name="cover" content="cover-image"/>',
  ]
    .filter(Boolean)
    .join('\n');
}

const refines = (id: string, property: string, value: string, scheme = ''): string =>
  `<meta refines="#${id}" property="${property}"${scheme && ` scheme="${scheme}"`}>${escapeXml(value)}</meta>`;

/** A text of the author's, with its direction where it is not the book's: else its marks stand at the wrong end. */
function dc(edition: Edition, tag: string, value: string, id = ''): string {
  return `<dc:${tag}${id && ` id="${id}"`}${directed(edition, value)}>${escapeXml(value)}</dc:${tag}>`;
}

const RIGHT_TO_LEFT =
  /[\u200f\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Samr}\p{sc=Mand}\p{sc=Rohg}]/u;

/** By the first letter that has a direction, as Unicode Standard Annex 9, P2, finds a paragraph's. */
function directed({ direction }: Edition, text: string): string {
  const [first] = /[\p{L}\u200e\u200f]/u.exec(clean(text)) ?? [];
  if (first === undefined) return '';
  const own = RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
  return own === direction ? '' : ` dir="${own}"`;
}

/** ONIX for Books, code list 5: 02 for an ISBN of ten digits, 15 for one of thirteen. */
function identifier(urn: string): string {
  const isbn = /^urn:isbn:(.*)$/.exec(urn)?.[1];
  const type = isbn ? refines('pub-id', 'identifier-type', isbn.length === 10 ? '02' : '15', 'onix:codelist5') : '';
  return `<dc:identifier id="pub-id">${escapeXml(urn)}</dc:identifier>${type}`;
}

/** In the order of their display; what the edition is called, where the book has other ebooks of the same title. */
function titles(edition: Edition): string[] {
  const { book, config, title, subtitle } = edition;
  const label = ebooksOf(book).length > 1 && config.label ? punctuate(config.label, book.language) : undefined;
  const every: readonly (readonly [string, string | undefined])[] = [
    ['main', title],
    ['subtitle', subtitle],
    ['edition', label],
  ];
  const said = every.flatMap(([type, text]) => (text ? [[type, text] as const] : []));
  return said.map(([type, text], at) => {
    const id = type === 'main' ? 'title' : type;
    return [
      dc(edition, 'title', text, id),
      refines(id, 'title-type', type),
      said.length > 1 ? refines(id, 'display-seq', String(at + 1)) : '',
      type === 'main' ? refines(id, 'file-as', titleFileAs(text, book.language)) : '',
    ].join('');
  });
}

/** Those whose book it is are its creators, all others have contributed; each with all that they did. */
function people(edition: Edition): string[] {
  const { authors, language } = edition.book;
  const leads = leadsOf(authors);
  return authors.map((author, at) => {
    const id = `creator-${at + 1}`;
    return [
      dc(edition, leads.includes(author) ? 'creator' : 'contributor', punctuate(author.name, language), id),
      ...author.roles.map((role) => refines(id, 'role', role, 'marc:relators')),
      refines(id, 'file-as', punctuate(author.fileAs, language)),
    ].join('');
  });
}

/** Told twice: Calibre, KOReader and Kobo know a series by Calibre's own names. */
function series(edition: Edition): string {
  const { series: one } = edition.book;
  if (!one) return '';
  const name = punctuate(one.name, edition.book.language);
  const position = one.position === undefined ? undefined : String(one.position);
  return [
    `<meta property="belongs-to-collection" id="series"${directed(edition, name)}>${escapeXml(name)}</meta>`,
    refines('series', 'collection-type', 'series'),
    position === undefined ? '' : refines('series', 'group-position', position),
    `<meta name="calibre:series" content="${escapeXml(name)}"/>`,
    position === undefined ? '' : `<meta name="calibre:series_index" content="${position}"/>`,
  ].join('');
}

const accessibility = ({ name, value, language }: Claim, own: string): string =>
  `<meta property="schema:${name}"${language && language !== own ? ` xml:lang="${language}" dir="ltr"` : ''}>${escapeXml(value)}</meta>`;
