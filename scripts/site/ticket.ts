// The job ticket's markup: takes what a ticket says, with its drawings as SVG, and the designer's template; gives HTML.
import Mustache from 'mustache';

export interface TicketWords {
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
    facts: words.facts.map(([name, value]) => ({ name, value })),
    steps: words.steps.map(({ text, svg, width }, index) => ({ text, svg, number: index + 1, wide: width > WIDE })),
    many: words.steps.length > 6,
    priced: words.costs.some(({ cost }) => cost !== undefined),
  });
}
