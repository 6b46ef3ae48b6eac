// What the descriptions of book.yaml are made of: scalars, words, lists, and what is said about each.
import { z } from 'zod';
import { PAPERS } from './measure.ts';
import { oneOf, type Reader, readFlag, readLine } from './values.ts';

/** JSON Schema's words for a scalar, for editors: what YAML itself would take the text for. */
export type Json = Readonly<Record<string, unknown>>;

export const TEXT: Json = { type: ['string', 'number', 'boolean'] };
export const FLAG: Json = { type: 'boolean' };
export const PAPER: Json = { type: 'string', anyOf: [{ enum: Object.keys(PAPERS) }, { pattern: '[x×]' }] };
export const LENGTH: Json = { type: 'string', pattern: '^\\s*[0-9.]+\\s*(mm|cm|in|pt|px)\\s*$' };

/** A scalar that the reader understands; an empty one is a fault. */
export function scalar<T>(json: Json, read: Reader<T>) {
  return z
    .string()
    .meta(json)
    .transform((text, context): T => {
      const reading =
        text.trim() === ''
          ? { fault: { ruleId: 'empty-value', reason: '', note: 'Write a value, or take the line out.' } }
          : read(text);
      if ('value' in reading) return reading.value;
      context.addIssue({ code: 'custom', message: reading.fault.reason, params: { ...reading.fault } });
      return z.NEVER;
    });
}

export const word = <W extends string>(...words: readonly W[]) => scalar({ type: 'string', enum: words }, oneOf(words));
export const line = scalar(TEXT, readLine);
export const flag = scalar(FLAG, readFlag);

/** A list, or one item that stands for a list of one. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.union([item.transform((only) => [only]), z.array(item).min(1)]);
}

export const about = (description: string, ...examples: readonly string[]) =>
  examples.length > 0 ? { description, examples: [...examples] } : { description };
