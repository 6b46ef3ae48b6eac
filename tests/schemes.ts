// What the tests of folding ask of schemes by name. Takes names and counts; gives schemes.
import assert from 'node:assert/strict';
import { landscape, PAPERS } from '../scripts/book/measure.ts';
import { type Scheme, schemeFor } from '../scripts/print/folds.ts';
import { FORMATS, type Format } from '../scripts/print/formats.ts';

export const A4 = landscape(PAPERS.a4!);
export const SPINES = ['left', 'right'] as const;

export const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index + 1}`);

export const made = (name: string, pages: number): Scheme => schemeFor(FORMATS[name]!(pages), pages);

/** The scheme, or undefined where the format does not hold so many. */
export function schemeOf(format: Format, pages: number, spine: 'left' | 'right'): Scheme | undefined {
  try {
    return schemeFor(format, pages, spine);
  } catch (cause) {
    assert.equal((cause as { ruleId?: string }).ruleId, 'page-count');
    return undefined;
  }
}
