// What an author aims at, pages and reading time, beside what the edition can be. Takes an edition; gives what to say about it.
import type { EditionConfig } from '../book/config.ts';
import type { Edition } from '../edition/edition.ts';

export interface Missed {
  /** Of the edition, in book.yaml. */
  readonly key: 'pages' | 'readingMinutes';
  readonly reason: string;
  readonly ruleId: string;
  readonly note: string;
  readonly fatal: boolean;
}

/** By so much a text may miss its reading time before that is said. */
const NEAR = 0.15;

export const checkTargets = (edition: Edition): Missed[] => [...readingTime(edition), ...pagesToFill(edition.config)];

function readingTime({ config, words, readingMinutes: takes }: Edition): Missed[] {
  const { readingMinutes: wanted, name } = config;
  if (wanted === undefined || Math.abs(takes - wanted) <= Math.max(0.5, wanted * NEAR)) return [];
  const over = Math.round(words - (words / takes) * wanted);
  const many = `about ${Math.abs(over)} words ${over > 0 ? 'more' : 'fewer'} than that`;
  return [
    {
      ...{ key: 'readingMinutes', ruleId: 'reading-time', fatal: false },
      reason: `The edition \`${name}\` is read in ${takes} min, not in ${wanted}: it has ${many}`,
      note: 'Change the text, or the number; `:::cut{edition=…}` takes a passage out of one edition',
    },
  ];
}

const PAGES: Readonly<Record<string, number>> = { 'perfect-bound': 2, quarto: 8, 'quarter-fold': 8, octavo: 16 };

/** Pages that a booklet has at least and a multiple of: a leaf that is cut has two, a sheet that is folded once four. */
export const sheetOf = (fold: string): number => PAGES[fold] ?? 4;

function pagesToFill({ pages, outputs, pamphlet, name }: EditionConfig): Missed[] {
  if (!pages) return [];
  const told = { key: 'pages', ruleId: 'page-budget', fatal: true } as const;
  if (!outputs.some((output) => output === 'pamphlet' || output === 'pages'))
    return [{ ...told, reason: `The edition \`${name}\` has no pages to fill`, note: 'Take `pages` out' }];
  const sheet = sheetOf(pamphlet.fold);
  if (!outputs.includes('pamphlet') || pages.pages % sheet === 0) return [];
  const [down, up] = [Math.floor(pages.pages / sheet) * sheet, Math.ceil(pages.pages / sheet) * sheet];
  const multiple = pages.kind === 'multiple' ? 'multiple of ' : '';
  const ways = [down, up].filter((count) => count > 0).map((count) => `\`${multiple}${count}\``);
  const bound = pamphlet.fold === 'auto' ? 'stapled or sewn' : `folded as \`${pamphlet.fold}\``;
  const reason = `A booklet ${bound} has a multiple of ${sheet} pages, not ${pages.pages}`;
  return [{ ...told, reason, note: `Write ${ways.join(' or ')}` }];
}
