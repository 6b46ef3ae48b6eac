// The download page: one HTML document that stands beside the files it offers and asks nothing of anybody else.
// Takes the book, its editions and files, and the designer's template and CSS; gives the page as a string.
import type { BookConfig } from '../book/config.ts';
import { leadsOf } from '../book/relators.ts';
import { creditsOf } from '../edition/credits.ts';
import { directionOf } from '../edition/direction.ts';
import { fillIn } from '../edition/template.ts';
import { inkOn, legible } from './colour.ts';
import { capitalsWidth, fitTitle, shape, sizeFor, unbreakables } from './fitting.ts';
import { type PageLabels, pageLabelsFor } from './labels.ts';
import type { ManifestFile } from './manifest.ts';

export interface PageEdition {
  readonly name: string;
  /** How readers know it: `The complete version`. */
  readonly label: string;
  readonly kind: 'text' | 'zine';
  readonly words: number;
  readonly readingMinutes: number;
  /** Its booklets are stapled through the fold. */
  readonly stapled?: boolean;
}

/** A step of making it; `svg` where there is something to show. */
export interface Step {
  readonly text: string;
  readonly svg?: string;
}

export interface DownloadPage {
  readonly book: BookConfig;
  readonly editions: readonly PageEdition[];
  readonly files: readonly ManifestFile[];
  /** templates/site/index.html and site.css, as text. */
  readonly template: string;
  readonly css: string;
  /** League Gothic as a `data:` URI; empty where there is none. */
  readonly fonts: { readonly display: string };
  /** The front cover as a `data:` URI. */
  readonly coverSvgOrPng?: string;
  /** What to do with a booklet or a sheet, in plain words and drawings. */
  readonly howTo: (file: ManifestFile) => readonly Step[];
  readonly labels?: PageLabels;
}

/** The grounds of templates/site/site.css, on which the spot colour must be readable. */
const PAPER = '#fdfcf8';
const NIGHT = '#151311';

/**
 * The whole page. Every file is offered once: ebooks and pages of a text edition behind its door, booklets and press copies
 * under "Print it", everything of a zine under "Fold it", what belongs to none of them at the end.
 */
export function downloadPage(page: DownloadPage): string {
  const { book, files } = page;
  const labels = page.labels ?? pageLabelsFor(book.language);
  const texts = page.editions.filter((edition) => edition.kind === 'text').sort(byLength);
  const zines = page.editions.filter((edition) => edition.kind === 'zine');
  const of = (edition: PageEdition): readonly ManifestFile[] => files.filter((file) => file.edition === edition.name);
  const print = texts
    .map((edition) => printing(edition, of(edition), page, labels))
    .filter((entry) => entry !== undefined);
  const fold = zines
    .map((edition) => folding(edition, of(edition), page, labels))
    .filter((entry) => entry !== undefined);
  const shown = new Set(
    texts
      .flatMap(of)
      .filter((file) => file.kind !== 'sheet')
      .concat(zines.flatMap(of)),
  );
  const rest = files.filter((file) => !shown.has(file));
  const title = fitTitle(book.title, book.language);
  const view = {
    language: book.language,
    direction: directionOf(book.language),
    title: book.title,
    subtitle: book.subtitle ?? false,
    authors: leadsOf(book.authors).map((author) => author.name),
    byline: creditsOf(book.authors, book.language).byline,
    description: book.description ?? false,
    dateline: dateline(book),
    rows: title.rows,
    exact: title.exact && page.fonts.display !== '',
    scale: page.fonts.display === '' ? 0.45 : 1,
    css: page.css.replace(/<\/(?=style)/gi, '<\\/'),
    display: page.fonts.display === '' ? false : fontSource(page.fonts.display),
    icon: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="${book.spot}" d="M0 0h8v5H0zM0 6h8v1H0z"/></svg>`)}`,
    spot: {
      ink: inkOn(book.spot),
      colour: book.spot,
      paper: legible(book.spot, PAPER),
      night: legible(book.spot, NIGHT),
    },
    cover: page.coverSvgOrPng
      ? { source: picture(page.coverSvgOrPng), alt: book.cover?.alt ?? labels.cover(book.title) }
      : false,
    labels,
    interfaceDirection: directionOf(labels.language),
    ...doors(texts, of, labels),
    print: print.length > 0 ? { ...heading(print), entries: print } : false,
    printLead: texts.every(({ stapled = true }) => stapled) ? labels.printLead : labels.makeLead,
    fold: fold.length > 0 ? { ...heading(fold), entries: fold } : false,
    rest: rest.length > 0 ? { files: rest.map((file) => link(file, labels)) } : false,
    checksums: files.map(({ path, sha256 }) => ({ path, sha256 })),
    rights: book.rights ?? false,
    publisher: book.publisher ?? false,
    url: address(book.url),
  };
  return fillIn(page.template, view);
}

function byLength(one: PageEdition, other: PageEdition): number {
  return one.words - other.words || (one.name < other.name ? -1 : 1);
}

/** One door an edition that has something to read; their headings share one size, that of the widest line. */
function doors(
  texts: readonly PageEdition[],
  of: (edition: PageEdition) => readonly ManifestFile[],
  labels: PageLabels,
) {
  const open = texts
    .map((edition) => ({ edition, files: of(edition).filter(({ kind }) => kind === 'epub' || kind === 'pages') }))
    .filter(({ files }) => files.length > 0);
  const entries = open.map(({ edition, files }, at) => {
    const name = labels.door(at, open.length, edition.label);
    const pieces = unbreakables(name, labels.language);
    const lines = shape(pieces, 0.6).map((line) =>
      line
        .map((piece) => piece.text + (piece.spaced ? ' ' : ''))
        .join('')
        .trim(),
    );
    return {
      id: `read-${at + 1}`,
      label: edition.label,
      lines: lines.map((text, index) => ({ text, after: index < lines.length - 1 ? ' ' : '' })),
      time: labels.minutes(edition.readingMinutes),
      length: labels.words(edition.words),
      files: [...files]
        .sort((one, other) => Number(one.kind === 'pages') - Number(other.kind === 'pages'))
        .map((file) => link(file, labels)),
    };
  });
  const widest = Math.max(
    1,
    ...entries.flatMap(({ lines }) => lines.map(({ text }) => capitalsWidth(text, labels.language).width)),
  );
  return { doors: entries.length > 0 ? { entries } : false, doorSize: sizeFor(widest, 30) };
}

/** The picture beside the heading: of what the hands do second, which shows most of how it is made. */
function heading(entries: readonly { readonly steps: readonly { readonly lines: readonly Step[] }[] }[]) {
  const drawn = entries.flatMap(({ steps: [first] }) => first?.lines.flatMap(({ svg }) => svg ?? []) ?? []);
  return { drawing: drawn[1] ?? drawn[0] ?? false };
}

/** Booklets by paper with their steps, and the press copy, of one text edition; undefined where it has neither. */
function printing(edition: PageEdition, files: readonly ManifestFile[], page: DownloadPage, labels: PageLabels) {
  const booklets = files.filter(({ kind }) => kind === 'booklet');
  const press = files.filter(({ kind }) => kind === 'press');
  if (booklets.length + press.length === 0) return undefined;
  return {
    label: edition.label,
    papers: booklets.map((file) => link(file, labels)),
    steps: steps(booklets, page.howTo, labels),
    tickets: tickets(booklets, labels),
    press: press.map((file) => link(file, labels)),
  };
}

/** The sheets of one zine by paper with their steps, and its panels to read; undefined where it has no file. */
function folding(edition: PageEdition, files: readonly ManifestFile[], page: DownloadPage, labels: PageLabels) {
  if (files.length === 0) return undefined;
  const sheets = files.filter(({ kind }) => kind === 'sheet');
  return {
    label: edition.label,
    papers: sheets.map((file) => link(file, labels)),
    steps: steps(sheets, page.howTo, labels),
    tickets: tickets(sheets, labels),
    screen: files.filter(({ kind }) => kind !== 'sheet').map((file) => link(file, labels)),
    time: labels.minutes(edition.readingMinutes),
  };
}

/** The steps once for all papers where they are the same, else once a paper. */
function steps(files: readonly ManifestFile[], howTo: DownloadPage['howTo'], labels: PageLabels) {
  // Backs are printed on the fronts' sheets, and have no steps of their own.
  const whole = files.filter(({ part }) => part !== 'backs');
  const all = whole.map((file) => ({ file, lines: howTo(file) })).filter(({ lines }) => lines.length > 0);
  const first = all[0];
  if (!first) return [];
  const told = (lines: readonly Step[]): string => lines.map(({ text }) => text).join('\n');
  const same = all.length === whole.length && all.every(({ lines }) => told(lines) === told(first.lines));
  if (same) return [{ summary: labels.steps, lines: first.lines }];
  return all.map(({ file, lines }) => ({ summary: labels.stepsFor(labels.paper(file.paper ?? file.path)), lines }));
}

/** The job tickets, by paper. */
function tickets(files: readonly ManifestFile[], labels: PageLabels) {
  const found = files.flatMap(({ ticket, paper = '' }) =>
    ticket === undefined ? [] : [{ href: addressOf(ticket), paper: labels.paper(paper) }],
  );
  return found.length > 0
    ? { files: found.map((file, at) => ({ ...file, after: at < found.length - 1 ? ', ' : '' })) }
    : false;
}

const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** What the template needs to offer a file: its address, its names, and its facts in words. */
function link(file: ManifestFile, labels: PageLabels) {
  const ebook = file.kind === 'epub';
  const sheets = file.sheets !== undefined ? labels.sheets(file.sheets) : undefined;
  const pages = file.kind === 'pages' && file.pages !== undefined ? labels.pages(file.pages) : undefined;
  const trim = file.trim !== undefined && file.kind === 'press' ? labels.paper(file.trim) : undefined;
  return {
    href: addressOf(file.path),
    path: file.path,
    ebook,
    mediaType: ebook ? 'application/epub+zip' : 'application/pdf',
    name: ebook ? labels.ebook : labels.screen,
    hint: ebook ? labels.ebookHint : labels.screenHint,
    paper: labels.paper(file.paper ?? ''),
    part: file.part === undefined ? false : labels[file.part],
    facts: listed([ebook ? 'EPUB' : 'PDF', pages, trim, labels.size(file.bytes)]),
    making: listed([sheets, file.trim !== undefined ? labels.folded(file.trim) : undefined]),
  };
}

/** Facts that break between each other only, every one after the first marked as such. */
function listed(facts: readonly (string | undefined)[]) {
  return facts
    .filter((fact) => fact !== undefined)
    .map((text, at) => ({ text: text.replaceAll(' ', '\u00a0'), mark: at > 0 }));
}

/** Series, printing and date, in the book's language where it is ours to say. */
function dateline(book: BookConfig): readonly string[] {
  const series = book.series && [book.series.name, book.series.position].filter((part) => part !== undefined).join(' ');
  return [series, book.printing, book.date && spelledDate(book.date, book.language)].filter(
    (part) => part !== undefined,
  );
}

/** `2026-06` as `June 2026`; what is no date stays as given. */
function spelledDate(date: string, language: string): string {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  const time = found ? Date.UTC(Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)) : Number.NaN;
  if (!found || found[2] === undefined || Number.isNaN(time)) return date;
  const day = found[3] === undefined ? {} : { day: 'numeric' as const };
  const format = { year: 'numeric', month: 'long', calendar: 'gregory', timeZone: 'UTC', ...day } as const;
  return new Intl.DateTimeFormat(language, format).format(time);
}

/** A web address to lead to and to show without its scheme; anything else is not made a link. */
function address(url: string | undefined): false | { readonly href: string; readonly shown: string } {
  if (url === undefined || !/^https?:\/\//i.test(url)) return false;
  return { href: url, shown: url.replace(/^https?:\/\//i, '').replace(/\/$/, '') };
}

function fontSource(source: string): string {
  const bare = source.replace(/^url\(\s*(["']?)(.*?)\1\s*\)$/s, '$2');
  if (!/^data:[\w/+.;=,-]+$/.test(bare)) throw new Error('The display font must be given as a base64 data: URI');
  return bare;
}

function picture(source: string): string {
  if (!source.startsWith('data:image/')) throw new Error('The cover must be given as a data: URI of a picture');
  return source;
}
