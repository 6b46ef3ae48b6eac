// Imposed sheets in a test: options, files that go away with it, and the scheme that stands on the paper, read with poppler.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { landscape, PAPERS, type Size } from '../scripts/book/measure.ts';
import type { Scheme } from '../scripts/print/folds.ts';
import type { ImposeOptions } from '../scripts/print/imposition.ts';
import { frameOf } from '../scripts/print/seats.ts';
import type { Folded } from './folding.ts';
import type { Rows } from './leaves.ts';
import { BLEED, OFFSET, TRIM, type Word, wordsOf } from './oversize.ts';
import { run } from './tools.ts';

export const A4 = landscape(PAPERS.a4!);
export const LETTER = landscape(PAPERS.letter!);
export const FLAT = { thickness: 0, factor: 1 };
export const DATE = new Date(Date.UTC(2026, 5, 1));

export const options = (scheme: Scheme, sheet: Size, more: Partial<ImposeOptions> = {}): ImposeOptions => ({
  ...{ scheme, sheet, trim: TRIM, offset: OFFSET, bleed: BLEED, date: DATE, foldMarks: true, creep: FLAT },
  ...more,
});

/** The PDF as a file that goes away with the test. */
export function saved(context: TestContext, pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'imposition-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sheets.pdf');
  writeFileSync(path, pdf);
  return path;
}

export const read = (path: string): Word[] => wordsOf(run('pdftotext', ['-bbox', path, '-']));

export const number = (word: Word): number => Number(word.text.slice(4));

/** The scheme that stands on the paper: folios and heads from the words, steps from the scheme that should be there. */
export function schemeOnPaper(words: readonly Word[], wanted: Scheme, sheet: Size): Folded {
  const inCells = new Map<string, Word[]>();
  const perSheet = wanted.sheets[0]!.inner === 'blank' ? 1 : 2;
  const frames = (['outer', 'inner'] as const).map((side) =>
    wanted.down.map((_, row) => wanted.across.map((__, column) => frameOf(wanted, sheet, { row, column, side }))),
  );
  for (const word of words) {
    const [x, y] = [(word.left + word.right) / 2, sheet.height - (word.top + word.bottom) / 2];
    for (const [row, cells] of frames[word.page % perSheet]!.entries())
      for (const [column, { left, right, bottom, top }] of cells.entries())
        if (left <= x && x < right && bottom <= y && y < top) {
          const key = `${word.page} ${row} ${column}`;
          inCells.set(key, [...(inCells.get(key) ?? []), word]);
        }
  }
  const forme = (page: number): Rows =>
    wanted.down.map((_, row) =>
      wanted.across.map((__, column) => {
        const here = inCells.get(`${page} ${row} ${column}`) ?? [];
        const head = here.find((word) => word.text.startsWith('head'));
        const foot = here.find((word) => word.text.startsWith('foot'));
        if (!head || !foot) return { folio: 'blank', turned: false };
        assert.equal(number(head), number(foot));
        return { folio: number(head), turned: head.top > foot.top };
      }),
    );
  const sheets = wanted.sheets.map(({ gathering }, index) => ({
    ...{ gathering, outer: forme(index * perSheet) },
    inner: perSheet === 1 ? ('blank' as const) : forme(index * perSheet + 1),
  }));
  return { ...wanted, sheets };
}
