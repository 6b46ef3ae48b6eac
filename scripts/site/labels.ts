// The page's own words, in English: the one record that a translation replaces.

export interface PageLabels {
  /** BCP 47, of these words. */
  readonly language: string;
  /** The doors, shortest text first: what each is called when there are `of`. */
  readonly door: (at: number, of: number, label: string) => string;
  readonly minutes: (minutes: number) => readonly { readonly figure: string; readonly unit: string }[];
  readonly words: (words: number) => string;
  readonly size: (bytes: number) => string;
  readonly pages: (pages: number) => string;
  readonly sheets: (sheets: number) => string;
  readonly paper: (name: string) => string;
  readonly folded: (trim: string) => string;
  readonly ebook: string;
  readonly ebookHint: string;
  readonly screen: string;
  readonly screenHint: string;
  readonly print: string;
  readonly printLead: string;
  /** The same for a booklet that is not stapled. */
  readonly makeLead: string;
  readonly fronts: string;
  readonly backs: string;
  readonly tickets: string;
  readonly booklet: string;
  readonly fold: string;
  readonly foldLead: string;
  readonly press: string;
  readonly pressLead: string;
  readonly panels: string;
  readonly steps: string;
  readonly stepsFor: (paper: string) => string;
  readonly other: string;
  readonly checksums: string;
  readonly checksumsLead: string;
  readonly cover: (title: string) => string;
}

const number = (value: number): string => new Intl.NumberFormat('en').format(value);
const plural = (value: number, one: string, many: string): string => `${number(value)} ${value === 1 ? one : many}`;

const A_SIZES: Readonly<Record<string, string>> = { '148 × 210 mm': 'A5', '105 × 148 mm': 'A6', '74 × 105 mm': 'A7' };

/** `148mm x 210mm` or `148mm-x-210mm` as `148 × 210 mm`, in any of the units; what is no pair of lengths stays. */
function dimensions(text: string): string {
  const found = /^([\d.]+)\s*([a-z]+)[\s-]*[x×][\s-]*([\d.]+)\s*([a-z]+)$/i.exec(text.trim());
  if (!found) return text;
  const [, width, unit, height, other] = found;
  return unit === other ? `${width} × ${height} ${unit}` : `${width} ${unit} × ${height} ${other}`;
}

export const english: PageLabels = {
  language: 'en',
  door: (at, of, label) => {
    if (of === 1) return 'Read it';
    if (at === 0) return 'Read the short one';
    if (at === of - 1) return 'Read all of it';
    return of === 3 ? 'Read the middle one' : `Read “${label}”`;
  },
  minutes: (minutes) => {
    const hours = { figure: `${Math.floor(minutes / 60)}`, unit: 'h' };
    const rest = { figure: `${minutes % 60}`, unit: 'min' };
    if (minutes < 60) return [rest];
    return minutes % 60 === 0 ? [hours] : [hours, rest];
  },
  words: (words) => plural(words, 'word', 'words'),
  size: (bytes) => {
    if (bytes < 1000) return plural(bytes, 'byte', 'bytes');
    if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
    return `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0)} MB`;
  },
  pages: (pages) => plural(pages, 'page', 'pages'),
  sheets: (sheets) => plural(sheets, 'sheet', 'sheets'),
  paper: (name) => {
    const known: Readonly<Record<string, string>> = {
      letter: 'US Letter',
      legal: 'US Legal',
      tabloid: 'Tabloid',
      'half-letter': 'Half Letter',
    };
    return known[name] ?? (/^a\d$/.test(name) ? name.toUpperCase() : dimensions(name));
  },
  folded: (trim) => {
    const size = dimensions(trim);
    return `folds to ${A_SIZES[size] ? `${A_SIZES[size]}, ` : ''}${size}`;
  },
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
