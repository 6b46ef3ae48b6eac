// Job tickets as the real command sets them: one page, in the language of the book as far as we speak it, and for those who hear
// it read: tables with heads, steps as a list, and no drawing that says what the text beside it says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PDFDocument } from '@pdfme/pdf-lib';
import { CHECKPOINTS } from './matterhorn.ts';
import { catalogOf, takeApart, textAt } from './qpdf-objects.ts';
import { attributesOf, elementsOf, saidBy, wordsOfPieces } from './tagged.ts';
import { needs, run } from './tools.ts';
import { printed } from './works.ts';
import { book } from './workshop.ts';

const TOOLS = needs('qpdf', 'pdftotext');

const BOOKS = {
  en: ['Small sheets', 'Words.'],
  'de-AT': ['Kleine Bögen', 'Wörter.'],
  ar: ['كتاب صغير', 'كلمات.'],
} as const;

/** Names of languages in which each ticket's own words are. */
const SPOKEN: Readonly<Record<string, readonly [language: string, heads: readonly RegExp[]]>> = {
  en: ['en', [/^Print it$/i, /^Make it$/i, /^At a copy shop$/i]],
  'de-AT': ['de', [/^Drucken$/i, /^Verarbeiten$/i, /^Im Copyshop$/i]],
  ar: ['en', [/^Print it$/i, /^Make it$/i, /^At a copy shop$/i]],
};

test('a ticket is one page, tagged, with tables that have heads, in its language', TOOLS, async () => {
  for (const [language, [title, text]] of Object.entries(BOOKS)) {
    const folder = book({
      'book.yaml': `title: ${title}\nauthor: A\nlanguage: ${language}\nprinter: {price: 0.07 EUR}\npamphlet: {trim: 110mm x 170mm, paper: [a4], fold: signatures}\neditions: {one: {manuscript: m.md, outputs: [pamphlet]}}\n`,
      'm.md': `# ${title}\n\n${`${text} `.repeat(6000)}\n`,
    });
    const [work] = [...(await printed(folder)).values()];
    const path = work!.file('-booklet-a4-ticket.pdf');
    const file = takeApart(path);
    assert.equal((await PDFDocument.load(readFileSync(path))).getPageCount(), 1);
    for (const { number, name, failures } of CHECKPOINTS) assert.deepEqual(failures(file), [], `${number} ${name}`);
    const [spoken, heads] = SPOKEN[language]!;
    assert.equal(textAt(file, catalogOf(file)['/Lang']), spoken);
    const words = wordsOfPieces(file);
    const elements = elementsOf(file);
    const said = (type: string): string[] =>
      elements.filter((one) => one.type === type).map((one) => saidBy(one, words).trim());
    for (const head of heads)
      assert.ok(
        said('H2').some((one) => head.test(one)),
        `${language}: ${said('H2')}`,
      );
    const tables = elements.filter(({ type }) => type === 'Table');
    assert.equal(tables.length, 2);
    const headed = elements.filter(({ type }) => type === 'TH');
    const scopes = headed.map((one) => attributesOf(file, one)['/Scope']);
    assert.deepEqual(scopes, [...Array(5).fill('/Row'), ...Array(3).fill('/Column'), ...Array(4).fill('/Row')]);
    assert.equal(said('TD').length, 5 + 8);
    assert.ok(said('LI').length >= 5 && said('LBody').every((one) => one.length > 10));
    assert.equal(elements.filter(({ type }) => type === 'Figure').length, 0);
    const costs = said('TD').at(-1)!;
    assert.match(costs, spoken === 'de' ? /^\d+,\d\d EUR$/ : /^EUR \d+\.\d\d$/);
    assert.match(run('pdftotext', ['-layout', path, '-']), spoken === 'de' ? /Lagen/ : /gatherings/);
  }
});
