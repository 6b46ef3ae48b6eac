// The words of job tickets as functions of what is counted and measured: one record a language, all of one type.
import type { Inking } from '../plates.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';

export type Edge = 'short-edge' | 'long-edge';
export type Side = 'left' | 'right' | 'top' | 'bottom';
export type Ends = 'left' | 'right';

/** So many gatherings of so many sheets. */
export interface Gatherings {
  readonly times: number;
  readonly sheets: number;
}

/** Strips to cut off, and what is left, as text with its unit; `over`: what stands out beyond the cover at the fore-edge. */
export interface Strips {
  readonly ends?: string;
  readonly fore?: string;
  readonly over?: string;
  readonly size: string;
}

/** How paper is folded, as the trade calls it; the count is of folds or of panels. */
export type FoldKind =
  | { readonly kind: 'cross' | 'roll' | 'zigzag'; readonly count: number }
  | { readonly kind: 'gate' | 'closed-gate' };

/** A page, and the one that is printed behind it. */
export interface Trial {
  readonly front: number;
  readonly back: number;
}

/** Printing by hand: two files, and which pages of them are the two sides of the sheet to try. */
export interface ByHand {
  readonly fronts: string;
  readonly backs: string;
  readonly frontAt: number;
  readonly backAt: number;
  readonly trial: Trial;
}

export interface Phrases {
  /** BCP 47, of these words. */
  readonly language: string;
  /** The sign before decimals, and the one between thousands. */
  readonly decimal: string;
  readonly thousands: string;
  readonly money: (amount: string, currency: string) => string;
  readonly ticketFor: (title: string) => string;
  readonly theFile: { readonly whole: string; readonly fronts: string; readonly backs: string };
  readonly heads: Readonly<Record<'ticket' | 'print' | 'make' | 'shop' | 'copies' | 'sheets' | 'cost', string>>;
  readonly facts: {
    readonly names: Readonly<Record<'paper' | 'sheets' | 'ink' | 'page' | 'copy', string>>;
    readonly sheets: (count: number, sides: 1 | 2, copies: number) => string;
    readonly inks: Readonly<Record<Inking, string>>;
    /** `which`: sheets that have more than black, `1, 3–5`; `of`: how many sheets those are. */
    readonly inksOn: (inking: Inking, which: string, of: number) => string;
    readonly page: (size: string, scaled?: { readonly percent: string; readonly from: string }) => string;
    readonly copy: (grams: string, mm: string, trimmed: boolean) => string;
  };
  readonly printing: {
    readonly oneSide: (file: string) => string;
    readonly bothSides: (file: string, edge: Edge) => string;
    readonly tryDuplex: (trial: Trial, other: Edge) => string;
    readonly tryByHand: (job: ByHand) => string;
    readonly wrongByHand: string;
    /** `page`: on the front of the sheet that must be fed first; undefined where there is one sheet. */
    readonly pile: (fronts: string, page: number | undefined) => string;
    readonly backs: (backs: string) => string;
  };
  readonly hands: {
    readonly lay: (sheets: number, faceDown: boolean) => string;
    readonly divide: (gatherings: readonly Gatherings[]) => string;
    readonly turnOver: string;
    readonly partsDown: string;
    readonly sheetDown: (sheets: number) => string;
    readonly foldHalf: (from: Side) => string;
    readonly foldPanel: (from: Side) => string;
    readonly gate: string;
    readonly fan: (panels: number) => string;
    readonly crease: (panels: number) => string;
    readonly slit: string;
    readonly push: string;
    readonly unfold: string;
    readonly cut: (sheets: number, parts: number) => string;
    readonly pile: (from: Ends, rows: number) => string;
    readonly nest: string;
    readonly gather: string;
    readonly open: string;
    readonly glue: (spine: Ends) => string;
    readonly sew: (gatherings: number) => string;
    /** `heavy`: with staples that have legs of 8 mm. */
    readonly staple: (leaves: number, by: 'common' | 'heavy') => string;
    /** Too thick for staples. */
    readonly stitch: string;
    readonly nothing: string;
    readonly join: (columns: number, rows: number) => string;
    readonly trim: (strips: Strips) => string;
  };
  readonly shop: {
    /** What is left to the shop, after the sentence on printing. */
    readonly please: (job: {
      readonly paper: string;
      readonly weight: number;
      readonly sides: 1 | 2;
      readonly edge: Edge;
      readonly ink: string;
      /** So many give so many copies. */
      readonly sheets: number;
      readonly copies: number;
      readonly finish: readonly string[];
    }) => string;
    readonly byHand: string;
    readonly inks: Readonly<Record<Inking, string>>;
    readonly inksOn: (inking: Inking, which: string, of: number) => string;
    readonly ordered: string;
    readonly divided: (gatherings: readonly Gatherings[]) => string;
    readonly folded: (fold: FoldKind, each: boolean) => string;
    readonly nested: string;
    readonly gathered: string;
    readonly parts: (count: number) => string;
    readonly piled: string;
    readonly stapled: string;
    readonly sewn: (gatherings: number) => string;
    readonly glued: (spine: Ends) => string;
    readonly opened: string;
    readonly trimmed: (strips: Strips) => string;
    readonly flat: string;
  };
}

const ALL: readonly Phrases[] = [english, german, french, spanish];

/** The words of that language; English for one that we do not speak. */
export const phrasesFor = (language: string): Phrases =>
  ALL.find((one) => one.language === language.split('-')[0]!.toLowerCase()) ?? english;

/** `1234.5` with so many decimals, as the language writes it. */
export function figure({ decimal, thousands }: Phrases, value: number, decimals = 0): string {
  const [whole = '', rest] = value.toFixed(decimals).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole;
  return rest === undefined ? grouped : `${grouped}${decimal}${rest}`;
}

/** Currencies that are not counted in hundredths (ISO 4217). */
const DECIMALS: Readonly<Record<string, number>> = {
  ...{ CLP: 0, ISK: 0, JPY: 0, KRW: 0, PYG: 0, UGX: 0, VND: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 },
};

export const price = (words: Phrases, amount: number, currency: string): string =>
  words.money(figure(words, amount, DECIMALS[currency] ?? 2), currency);
