// Matter: what the half-title, title page, imprint, colophon and covers say, in words, for the templates to set.
import { isbnOf, UUID } from '../book/identifier.ts';
import { creditsOf } from './credits.ts';
import type { Edition } from './edition.ts';
import { type Labels, labelsFor } from './labels.ts';
import { punctuate } from './typography.ts';

/** The fields of templates/*.html; what the book does not say is absent, and so is its line. */
export interface MatterFields {
  readonly title: string;
  readonly subtitle?: string;
  /** Whose book it is, for the front: `Jo Example`, `Edited by Jo Example`. */
  readonly authors: string;
  /** Those of them who wrote it. */
  readonly writers?: string;
  /** What translators, editors, illustrators did: a line each. */
  readonly contributors?: readonly string[];
  readonly label?: string;
  readonly date?: string;
  readonly printing?: string;
  readonly publisher?: string;
  readonly rights?: string;
  readonly description?: string;
  /** `ISBN 978-0-306-40615-7`. */
  readonly identifier?: string;
  readonly url?: string;
  /** The address as people say it: without `https://`. */
  readonly urlWords?: string;
  readonly colophon: string;
  /** On the front: `The short version · June 2026`. */
  readonly issue?: string;
  /** In the imprint: `First edition, June 2026. The Press`. */
  readonly published?: string;
  readonly series?: string;
  /** The price line; only where the rights say that it may be passed on. */
  readonly free?: string;
}

/** Words by which a licence allows copying. */
const FREE =
  /\bcc\b|\bcc0\b|creative commons|public domain|copyleft|copy freely|free to copy|gemeinfrei|domaine public|dominio público/i;

export function matterFields(edition: Edition): MatterFields {
  const { book, config } = edition;
  const labels = labelsFor(book.language);
  const set = (text: string | undefined): string | undefined => (text ? punctuate(text, book.language) : undefined);
  const { byline, writers, parts } = creditsOf(book.authors, book.language);
  const date = book.date ? dateInWords(book.date, book.language) : undefined;
  return present({
    title: edition.title,
    subtitle: edition.subtitle,
    authors: byline,
    writers,
    contributors: parts.length > 0 ? parts : undefined,
    label: set(config.label),
    date,
    printing: set(book.printing),
    publisher: set(book.publisher),
    rights: set(book.rights),
    description: set(book.description),
    identifier: identifier(book),
    url: book.url,
    urlWords: book.url?.replace(/^https?:\/\//, '').replace(/\/$/, ''),
    colophon: colophon(edition, labels),
    issue: [set(config.label ?? book.printing), date].filter(Boolean).join(' · '),
    published: [[set(book.printing), date].filter(Boolean).join(', '), set(book.publisher)].filter(Boolean).join('. '),
    series: book.series
      ? [set(book.series.name), positionOf(book.series.position, book.language)].filter(Boolean).join(' · ')
      : undefined,
    free: FREE.test(book.rights ?? '') ? labels.free : undefined,
  });
}

/** What a bookseller asks for: no number that only machines use, no address that is told already. */
function identifier({ identifier: given, url }: Edition['book']): string | undefined {
  if (!given || given === url || UUID.test(given)) return undefined;
  return isbnOf(given) ? `ISBN ${given.replace(/^(?:urn:)?isbn(?:-1[03])?[:\s]*/i, '')}` : given;
}

const positionOf = (position: number | undefined, language: string): string | undefined =>
  position === undefined ? undefined : new Intl.NumberFormat(language).format(position);

/** How it was set. */
function colophon(edition: Edition, labels: Labels): string {
  const number = new Intl.NumberFormat(edition.book.language).format(edition.words);
  const time = new Intl.NumberFormat(edition.book.language, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return labels.colophon.replace('{words}', number).replace('{time}', time.format(edition.readingMinutes));
}

/** `2026-06` as `June 2026`, in the book's language; time zones do not enter. */
export function dateInWords(date: string, language: string): string {
  const [year = 0, month, day] = date.split('-').map(Number);
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month ? { month: 'long' } : {}),
    ...(day ? { day: 'numeric' } : {}),
  });
  return format.format(new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1)));
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };
function present<T extends object>(fields: T): Present<T> & MatterFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as never;
}
