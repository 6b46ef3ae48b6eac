// The download page's own words in English.
import type { PageLabels } from '../labels.ts';
import { grouped, large, minutes, paper, trimSize } from './figures.ts';

const plural = (value: number, one: string, many: string): string =>
  `${grouped(value, ',')} ${value === 1 ? one : many}`;

export const english: PageLabels = {
  language: 'en',
  door: (at, of, label) => {
    if (of === 1) return 'Read it';
    if (at === 0) return 'Read the short one';
    if (at === of - 1) return 'Read all of it';
    return of === 3 ? 'Read the middle one' : `Read “${label}”`;
  },
  minutes,
  words: (words) => plural(words, 'word', 'words'),
  size: (bytes) => large(bytes, ['KB', 'MB'], '.') ?? plural(bytes, 'byte', 'bytes'),
  pages: (pages) => plural(pages, 'page', 'pages'),
  sheets: (sheets) => plural(sheets, 'sheet', 'sheets'),
  paper: (name) => paper(name),
  folded: (trim) => `folds to ${trimSize(trim)}`,
  ebook: 'Ebook',
  ebookHint: 'for phones and readers',
  screen: 'Pages',
  screenHint: 'as printed, for a screen',
  print: 'Print it',
  printLead: 'Any printer will do. Take the file for your paper, fold the sheets, put two staples through the back.',
  makeLead: 'Any printer will do. Take the file for your paper; how to make it up is drawn below it.',
  fronts: 'fronts',
  backs: 'backs',
  tickets: 'Job ticket, to lie beside the printer or for a copy shop',
  booklet: 'booklet',
  fold: 'Fold it',
  foldLead: 'One sheet, one side, one cut: eight small pages. Nothing to staple.',
  press: 'For a print shop',
  pressLead: 'single pages with bleed and trim marks',
  panels: 'Read the panels on a screen',
  steps: 'How to print and fold it',
  stepsFor: (paper) => `How to print and fold it on ${paper}`,
  other: 'And also',
  checksums: 'Checksums',
  checksumsLead: 'SHA-256 of every file, to know that yours is ours. The same for machines:',
  cover: (title) => `Cover of ${title}`,
};
