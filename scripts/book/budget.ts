// How many pages an edition is to fill, and how far the designer lets its setting go for that. Takes what book.yaml says after
// `pages`, and the template's bounds.yaml; gives numbers.
import { z } from 'zod';
import { scalar } from './fields.ts';
import { shown } from './suggest.ts';
import { lengthFrom, type Reader } from './values.ts';
import { readYaml } from './yaml.ts';

/** `exactly` so many pages, covers counted; any `multiple` of so many; as `few` as can be. */
export interface PageBudget {
  readonly kind: 'exactly' | 'multiple' | 'fewest';
  readonly pages: number;
}

const LEAST = 4;
const MOST = 2000;

export const readBudget: Reader<PageBudget> = (text) => {
  const [, multiple, digits] = /^\s*(?:(multiple\s+of)\s+)?(\d{1,6})(?:\s+pages)?\s*$/i.exec(text) ?? [];
  const pages = Number(digits);
  const note = `Write a number from \`${LEAST}\` to \`${MOST}\`, \`multiple of 4\` or \`fewest\`.`;
  if (/^\s*fewest\s*$/i.test(text)) return { value: { kind: 'fewest', pages: 4 } };
  if (digits === undefined)
    return { fault: { ruleId: 'bad-number', reason: `${shown(text)} is no number of pages`, note } };
  if (pages < (multiple ? 2 : LEAST) || pages > MOST)
    return { fault: { ruleId: 'out-of-range', reason: `${shown(text)} pages cannot be filled`, note } };
  return { value: { kind: multiple ? 'multiple' : 'exactly', pages } };
};

/** Lower and upper end. */
export type Range = readonly [least: number, most: number];

/** How far a page may be changed to fill a budget. */
export interface Bounds {
  /** Points. */
  readonly size: Range;
  /** Times the size. */
  readonly leading: Range;
  /** Times the template's own. */
  readonly margins: Range;
  /** In the order in which they are tried after the book's own. */
  readonly chapters: readonly ('run-on' | 'page' | 'recto')[];
}

const share: Reader<number> = (text) => {
  const value = /^\s*\d(?:\.\d{1,3})?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0.5 && value <= 2) return { value };
  return { fault: { ruleId: 'bad-number', reason: `${shown(text)} is no share`, note: 'From `0.5` to `2` will do.' } };
};
const range = (read: Reader<number>) =>
  z
    .array(scalar({}, read))
    .refine((ends) => ends.length === 2 && ends[0]! <= ends[1]!, 'expected two ends, the smaller one first')
    .transform(([least = 0, most = 0]): Range => [least, most]);

const boundsSchema = z.strictObject({
  size: range(lengthFrom('6pt', '20pt')),
  leading: range(share),
  margins: range(share),
  chapters: z.array(z.enum(['run-on', 'page', 'recto'])).min(1),
});

/** Throws an Error that says what is wrong with a template's bounds: they are the designer's. */
export function readBounds(yaml: string): Bounds {
  const parsed = boundsSchema.safeParse(readYaml(yaml).raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`templates/pamphlet/bounds.yaml: ${faults.join('; ')}`);
}
