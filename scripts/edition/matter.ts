// Matter: what the half-title, title page, imprint, colophon and covers say, in words, for the templates to set.
import type { Edition } from './edition.ts';
import { type Labels, labelsFor } from './labels.ts';
import { punctuate } from './typography.ts';

/** The fields of templates/*.html; what the book does not say is absent, and so is its line. */
export interface MatterFields {
  readonly title: string;
  readonly subtitle?: string;
  readonly authors: string;
  /** Translators, editors, illustrators: whoever is no author. */
  readonly contributors?: string;
  readonly label?: string;
  readonly date?: string;
  readonly printing?: string;
  readonly publisher?: string;
  readonly rights?: string;
  readonly description?: string;
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
  const date = book.date ? dateInWords(book.date, book.language) : undefined;
  return present({
    title: edition.title,
    subtitle: edition.subtitle,
    authors: joinAuthors(
      book.authors.filter(({ role }) => role === 'aut').map(({ name }) => punctuate(name, book.language)),
      book.language,
    ),
    contributors: contributors(edition, labels),
    label: set(config.label),
    date,
    printing: set(book.printing),
    publisher: set(book.publisher),
    rights: set(book.rights),
    description: set(book.description),
    identifier: book.identifier && book.identifier !== book.url ? book.identifier : undefined,
    url: book.url,
    urlWords: book.url?.replace(/^https?:\/\//, '').replace(/\/$/, ''),
    colophon: colophon(edition, labels),
    issue: [set(config.label ?? book.printing), date].filter(Boolean).join(' · '),
    published: [[set(book.printing), date].filter(Boolean).join(', '), set(book.publisher)].filter(Boolean).join('. '),
    series: book.series
      ? [set(book.series.name), book.series.position].filter((part) => part !== undefined).join(' · ')
      : undefined,
    free: FREE.test(book.rights ?? '') ? labels.free : undefined,
  });
}

function contributors({ book }: Edition, labels: Labels): string | undefined {
  const names = book.authors.filter(({ role }) => role !== 'aut').map(({ name }) => punctuate(name, book.language));
  return names.length > 0 ? `${labels.with} ${joinAuthors(names, book.language)}` : undefined;
}

/** How it was set. */
function colophon(edition: Edition, labels: Labels): string {
  const number = new Intl.NumberFormat(edition.book.language).format(edition.words);
  const time = new Intl.NumberFormat(edition.book.language, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return labels.colophon.replace('{words}', number).replace('{time}', time.format(edition.readingMinutes));
}

function joinAuthors(names: readonly string[], language: string): string {
  // What joins names is slow to load, and one name needs none of it.
  if (names.length < 2) return names[0] ?? '';
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
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
