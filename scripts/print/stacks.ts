// How an edition's pages are to lie for the printer at hand. Takes what book.yaml says; gives scheme, sheet, and how many files.
import type { PrinterSettings } from '../book/config.ts';
import type { Size } from '../book/measure.ts';
import { type Printer, printerFor } from './duplex.ts';
import { laid } from './fitting.ts';
import { type Scheme, schemeFor } from './folds.ts';
import { FORMATS } from './formats.ts';
import type { ImposeOptions } from './imposition.ts';

/** The scheme of one of book.yaml's folds, and its sheet as it must lie. */
export function layOut(
  { fold, sheetsPerSignature }: { readonly fold: string; readonly sheetsPerSignature?: number },
  paper: Size,
  { pages, spine, trim }: { readonly pages: number; readonly spine: 'left' | 'right'; readonly trim?: Size },
): { readonly scheme: Scheme; readonly sheet: Size } {
  const choice = sheetsPerSignature === undefined ? {} : { sheets: sheetsPerSignature };
  const scheme = schemeFor(FORMATS[fold]!(pages, choice), pages, spine);
  return { scheme, sheet: laid(scheme, paper, trim) };
}

type Ways = Pick<PrinterSettings, 'duplex' | 'delivers'>;

/** As imposing wants it. */
export const printerOf = ({ duplex, delivers }: Ways, sheet: Size): Printer =>
  duplex === undefined ? printerFor(sheet) : { duplex, ...(duplex === 'manual' ? { delivers } : {}) };

export type Part = 'fronts' | 'backs';

/** Of each file which sides it has; undefined where there is one file for all. */
export function partsOf({ sheets }: Scheme, { duplex }: Pick<Ways, 'duplex'>): readonly (Part | undefined)[] {
  const twice = duplex === 'manual' && sheets.some(({ inner }) => inner !== 'blank');
  return twice ? ['fronts', 'backs'] : [undefined];
}

export type SheetOptions = Omit<ImposeOptions, 'printer' | 'stack' | 'margin' | 'shift' | 'creep'>;
