// PDFs for tests of impose, and what comes of them: files in a folder that goes away, the words on the sheets, refusals.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { PDFDocument, type PDFPage, StandardFonts } from '@pdfme/pdf-lib';
import { type Imposing, imposeFile } from '../scripts/io/imposing.ts';
import { wordsOf } from './oversize.ts';
import { needs, run } from './tools.ts';

export const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

/** As a file in the test's folder: its path. */
export function kept(pdf: Uint8Array | string): string {
  const path = join(folder, `${++files}.pdf`);
  writeFileSync(path, pdf);
  return path;
}

export type Change = (page: PDFPage, index: number, doc: PDFDocument) => void;

/** Pages of 300 × 400 pt with their numbers at head and foot. */
export async function pagesOf(count: number, change: Change = () => {}, plain = false): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const font = await doc.embedFont(StandardFonts.Helvetica);
  for (let index = 0; index < count; index++) {
    const page = doc.addPage([300, 400]);
    page.drawText(`head${index + 1}`, { x: 40, y: 350, size: 20, font });
    page.drawText(`foot${index + 1}`, { x: 40, y: 30, size: 20, font });
    change(page, index, doc);
  }
  return doc.save({ useObjectStreams: !plain });
}

export const job = (file: string, more: Partial<Imposing> = {}): Imposing => ({
  ...{ file, fold: 'saddle', paper: 'a4', output: join(folder, `out-${files}.pdf`), epoch: undefined },
  ...more,
});

export async function fine(
  file: string,
  more: Partial<Imposing> = {},
): Promise<{ outputs: readonly string[]; notes: readonly string[] }> {
  const done = await imposeFile(job(file, more));
  assert.ok('outputs' in done, 'problem' in done ? done.problem : '');
  for (const path of done.outputs) run('qpdf', ['--check', path]);
  return done;
}

export const words = (path: string) => wordsOf(run('pdftotext', ['-bbox', path, '-']));

/** Of each side of a sheet its words, those further left first. */
export const sides = (path: string): string[] => {
  const found = words(path).sort((a, b) => a.left - b.left || a.top - b.top);
  const last = Math.max(...found.map(({ page }) => page));
  return Array.from({ length: last + 1 }, (_, page) =>
    found.flatMap((word) => (word.page === page ? [word.text] : [])).join(' '),
  );
};

export const TOOLS = needs('qpdf', 'pdftotext');
export const FOUR = ['head4 foot4 head1 foot1', 'head2 foot2 head3 foot3'];

/** One sentence, and one that says what would work; no file. */
export async function refused(given: Imposing, usage: boolean, problem: RegExp, note?: RegExp): Promise<void> {
  const before = readdirSync(folder);
  const done = await imposeFile(given);
  assert.ok('problem' in done, `${given.fold} of ${given.file}`);
  const [first = '', second, ...more] = done.problem.split('\n');
  assert.match(first, problem);
  assert.equal(done.usage, usage, first);
  if (note) assert.match(second ?? '', note);
  assert.equal(more.length, 0, done.problem);
  assert.doesNotMatch(done.problem, /undefined|\bat .*:\d+:\d+|\[object/);
  assert.deepEqual(readdirSync(folder), before, 'nothing is left behind');
}
