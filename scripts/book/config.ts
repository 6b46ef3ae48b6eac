// What book.yaml says, complete: takes the file; gives every value with its default filled in and every length in points,
// or everything that is wrong, each with its place and a hint. The schema is in schema.ts; docs/book-yaml.md is the author's view.
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import type { z } from 'zod';
import type { PageBudget } from './budget.ts';
import { at, faultsBetween, faultsOf, isRecord, type RawRecord } from './faults.ts';
import { fileAs } from './filing.ts';
import type { Size } from './measure.ts';
import { slugOf } from './names.ts';
import { type Price, printerSchema } from './printer.ts';
import { bookSchema, pamphletSchema, pressSchema, zineSchema } from './schema.ts';
import type { Fault } from './values.ts';
import { type Path, type Place, type Problem, readYaml } from './yaml.ts';

export type Output = 'epub' | 'pages' | 'pamphlet' | 'zine';

export interface Author {
  readonly name: string;
  /** For sorting: `Example, Jo`. */
  readonly fileAs: string;
  /** MARC relator codes, each once; `aut` alone unless said. */
  readonly roles: readonly string[];
}

/** A sheet by the name that file names carry (`a4`, `letter`, `148mm-x-210mm`), upright. */
export interface Paper {
  readonly name: string;
  readonly size: Size;
}

export interface PamphletSettings {
  readonly trim: Paper;
  readonly bleed: number;
  readonly paper: readonly Paper[];
  /** `auto`: stapled, or in signatures where staples do not hold it. */
  readonly fold: 'auto' | 'saddle' | 'signatures' | 'perfect-bound' | 'quarto' | 'quarter-fold' | 'octavo';
  /** Where they are sewn in `signatures`, at most. */
  readonly sheetsPerSignature: number;
  readonly notes: 'foot' | 'end' | 'chapter';
  /** `roman`: what stands before the first chapter is numbered i, ii, iii, and the text begins with 1. */
  readonly folios: 'arabic' | 'roman';
  readonly chapters: 'auto' | 'recto' | 'page' | 'run-on';
  /** Half-title and contents and all (`full`), or title page and imprint alone (`brief`); `auto`: by the text's length. */
  readonly frontMatter: 'auto' | 'full' | 'brief';
  readonly size: number;
  readonly leading: number;
  /** Outside the page, on the press PDF. */
  readonly marks: readonly ('crop' | 'registration' | 'fold' | 'slug')[];
}

export interface PressSettings {
  readonly standard: 'none' | 'pdf/x-4';
  /** Neutrals to black and the spot colour to CMYK; all to greys of black; or so, with the spot colour solid black. */
  readonly ink: 'cmyk' | 'grey' | 'black';
  /** The printer's ICC profile, relative to the book's folder. */
  readonly profile?: string | undefined;
}

export interface ZineSettings {
  readonly fold: 'one-sheet-8' | 'one-sheet-16' | 'quarter-fold' | 'saddle' | 'accordion';
  /** Panels; undefined: as many as is usual for the fold. */
  readonly pages?: number | undefined;
  /** Whether the text runs from panel to panel. */
  readonly flow: boolean;
  /** How they are made fit for a copier. */
  readonly pictures: 'halftone' | 'dither' | 'as-is';
  readonly paper: readonly Paper[];
}

/** The printer at hand. */
export interface PrinterSettings {
  /** Undefined: as the sheet wants it. */
  readonly duplex?: 'short-edge' | 'long-edge' | 'manual' | undefined;
  readonly delivers: 'face-down' | 'face-up';
  readonly margin: number;
  /** Of the backs, to the right and down. */
  readonly shift: readonly [right: number, down: number];
  /** Of the paper, in g/m². */
  readonly weight: number;
  /** Of one printed sheet. */
  readonly price?: Price | undefined;
}

export interface EditionConfig {
  readonly name: string;
  /** `SLUG-EDITION`, ASCII: what every file of this edition is called. */
  readonly slug: string;
  /** How readers know it: `The complete version`. */
  readonly label?: string;
  /** Paths relative to the book's folder, in reading order. */
  readonly manuscript: readonly string[];
  readonly outputs: readonly Output[];
  /** How many pages to fill; undefined: as many as it takes. */
  readonly pages?: PageBudget;
  /** What the author aims at. */
  readonly readingMinutes?: number;
  /** Whether the ebook holds our faces, or is shown in the reader's. */
  readonly fonts: 'embed' | 'reader';
  readonly pamphlet: PamphletSettings;
  readonly zine: ZineSettings;
  readonly press: PressSettings;
  readonly printer: PrinterSettings;
}

export interface BookConfig {
  readonly title: string;
  readonly subtitle?: string;
  readonly authors: readonly Author[];
  /** BCP 47. */
  readonly language: string;
  /** As given: `2026`, `2026-06` or `2026-06-01`. */
  readonly date?: string;
  /** `Second edition`, for the imprint. */
  readonly printing?: string;
  readonly publisher?: string;
  readonly rights?: string;
  readonly description?: string;
  readonly identifier?: string;
  /** Where the book can be had: the QR code's address. */
  readonly url?: string;
  readonly subjects: readonly string[];
  readonly series?: { readonly name: string; readonly position?: number };
  /** A picture for the front, relative to the book's folder. */
  readonly cover?: { readonly image: string; readonly alt: string };
  /** `#rrggbb`. */
  readonly spot: string;
  readonly numberChapters: boolean;
  readonly editions: readonly EditionConfig[];
}

export interface ConfigReading {
  /** Absent where anything is wrong. */
  readonly config?: BookConfig;
  /** In the order of the file; they are also on the file. */
  readonly messages: readonly VFileMessage[];
  /** Where `editions.long.manuscript[1]` stands, to say later what is wrong with it; what is nearest above it where it is not written. */
  readonly places: (path: Path) => Place;
}

const MOST_MESSAGES = 50;

/** Reads book.yaml: the whole description with its defaults, or everything that is wrong with it. */
export function readConfig(file: VFile): ConfigReading {
  const text = decoded(file.value);
  const source = typeof text === 'string' ? readYaml(text) : undefined;
  const raw = source?.raw;
  const problems: Problem[] = [...(source?.problems ?? [])];
  const places = source?.placeOf ?? (() => ({ line: 1, column: 1 }));
  if (typeof text !== 'string') problems.push({ place: places([]), ...text });
  let config: BookConfig | undefined;
  if (source && raw !== undefined) {
    const parsed = isRecord(raw) ? bookSchema.safeParse(raw) : undefined;
    problems.push(...(parsed?.error ? faultsOf(parsed.error.issues, raw, source) : []), ...faultsBetween(raw, source));
    if (parsed?.data && isRecord(raw) && problems.length === 0) config = settle(parsed.data, raw);
  }
  const messages = told(file, problems);
  return config ? { config, messages, places } : { messages, places };
}

/** The file's characters without a byte order mark, or why it has none. */
function decoded(value: VFile['value']): string | Fault {
  if (typeof value === 'string') return value.replace(/^\uFEFF/, '');
  const bytes = value ?? new Uint8Array();
  const start = bytes.subarray(0, 64);
  const zeros = start.filter((byte) => byte === 0).length;
  const note = 'Save the file as plain text in UTF-8.';
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    zeros * 3 > start.length
  ) {
    return { ruleId: 'encoding', reason: 'The file is written in UTF-16', note };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ruleId: 'encoding', reason: 'The file is not written in UTF-8', note };
  }
}

function told(file: VFile, problems: readonly Problem[]): VFileMessage[] {
  const once = new Map(problems.map((problem) => [JSON.stringify([problem.place, problem.reason]), problem]));
  const sorted = [...once.values()].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const rest = sorted.length - MOST_MESSAGES;
  const kept = sorted.slice(0, MOST_MESSAGES);
  if (rest > 0) {
    const place = sorted[MOST_MESSAGES]!.place;
    kept.push({ place, ruleId: 'too-many', reason: `And ${rest} more`, note: 'Mend the first ones and try again.' });
  }
  return kept.map(({ place, ruleId, reason, note }) => {
    const message = file.message(reason, { place, ruleId, source: 'book' });
    message.fatal = true;
    message.note = note;
    return message;
  });
}

/** Fills in what follows from the rest: names for sorting and for files, the cover's words, each edition's settings. */
function settle(book: z.output<typeof bookSchema>, raw: RawRecord): BookConfig {
  const {
    title,
    author,
    authors,
    subjects,
    cover,
    slug = slugOf(title),
    series,
    editions,
    pamphlet,
    zine,
    fonts,
    press,
    printer,
    ...rest
  } = book;
  return {
    ...written(rest),
    title,
    authors: (authors ?? [author!]).map(({ name, fileAs: sorted, role }) => ({
      name,
      fileAs: sorted ?? fileAs(name, book.language),
      roles: [...new Set(role)],
    })),
    language: book.language,
    subjects: subjects ?? [],
    spot: book.spot,
    numberChapters: book.numberChapters,
    ...(series && { series: { name: series.name, ...written({ position: series.position }) } }),
    ...(cover && { cover: { image: cover.image, alt: cover.alt ?? `Cover of ${title}` } }),
    editions: Object.entries(editions).map(([name, edition]) => ({
      name,
      slug: `${slug}-${name}`,
      ...written({ label: edition.label, pages: edition.pages, readingMinutes: edition.readingMinutes }),
      manuscript: edition.manuscript,
      outputs: edition.outputs,
      fonts: edition.fonts ?? fonts,
      pamphlet: pamphletSchema.parse(settings(raw, name, 'pamphlet')),
      zine: zineSchema.parse(settings(raw, name, 'zine')),
      press: pressSchema.parse(settings(raw, name, 'press')),
      printer: printerSchema.parse(settings(raw, name, 'printer')),
    })),
  };
}

/** An edition's settings over those at the top, as they were typed. */
function settings(raw: RawRecord, edition: string, kind: 'pamphlet' | 'zine' | 'press' | 'printer'): RawRecord {
  const own = at(raw, ['editions', edition, kind]);
  const shared = raw[kind];
  return { ...(isRecord(shared) ? shared : {}), ...(isRecord(own) ? own : {}) };
}

/** The record without the keys that nobody wrote. */
function written<R extends object>(record: R): { [K in keyof R]: Exclude<R[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}
