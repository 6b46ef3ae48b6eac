// The download page's own words: one record a language, all of one type.
import { german } from './labels/de.ts';
import { english } from './labels/en.ts';
import { spanish } from './labels/es.ts';
import { french } from './labels/fr.ts';

export { english };

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

const ALL: readonly PageLabels[] = [english, german, french, spanish];

/** In that language; in English for one that we do not speak. */
export const pageLabelsFor = (language: string): PageLabels =>
  ALL.find((one) => one.language === language.split('-')[0]!.toLowerCase()) ?? english;
