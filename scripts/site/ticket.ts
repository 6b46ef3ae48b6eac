// The job ticket's markup: takes what a ticket says, with its drawings as SVG, and the designer's template; gives HTML.
import Mustache from 'mustache';

export interface TicketWords {
  /** The book's, and how its letters run: of its title and the edition's name. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly heads: Readonly<Record<'ticket' | 'print' | 'make' | 'shop' | 'copies' | 'sheets' | 'cost', string>>;
  readonly title: string;
  readonly edition: string;
  readonly paper: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly printing: readonly string[];
  readonly steps: readonly { readonly text: string; readonly svg: string; readonly width: number }[];
  readonly shop: string;
  readonly costs: readonly { readonly copies: number; readonly sheets: number; readonly cost?: string }[];
}

/** Wider than a sheet: such a drawing has two columns. */
const WIDE = 160;

export function ticketMarkup(words: TicketWords, template: string): string {
  return Mustache.render(template, {
    ...words,
    facts: words.facts.map(([name, value]) => ({ name, value: tied(value) })),
    printing: words.printing.map(tied),
    steps: words.steps.map(({ text, svg, width }, index) => ({
      ...{ text: tied(text), svg, number: index + 1, wide: width > WIDE },
    })),
    shop: tied(words.shop),
    columns: columnsFor(words.steps.reduce((sum, { width }) => sum + (width > WIDE ? 2 : 1), 0)),
    priced: words.costs.some(({ cost }) => cost !== undefined),
  });
}

/** Figures stay with their units, and what French parts by a space with its word. */
export const tied = (text: string): string =>
  text.replace(/(?<=[\d×]) (?=[\d×%]|mm|g\b)|(?<=«) | (?=[»:;?!])/g, '\u00a0');

/** No step stands in a row by itself. */
const columnsFor = (places: number): number => (places === 4 || places > 6 ? 4 : 3);
