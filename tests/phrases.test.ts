// The words of job tickets, in every language and for every format: nothing is missing, nothing stays English, numbers agree; and
// what a copy shop and one with a cheap printer must know is said, held against lists written by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PrinterSettings } from '../scripts/book/config.ts';
import { PAPERS } from '../scripts/book/measure.ts';
import { printerFor, stacksFor } from '../scripts/print/duplex.ts';
import type { Scheme } from '../scripts/print/folds.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { handworkFor } from '../scripts/print/instructions.ts';
import { figure, phrasesFor, price } from '../scripts/print/phrases/phrases.ts';
import { layOut } from '../scripts/print/stacks.ts';
import { PLAIN_LEAF } from '../scripts/print/thickness.ts';
import { type Ticket, type TicketJob, ticketFor } from '../scripts/print/ticket.ts';
import { pageLabelsFor } from '../scripts/site/labels.ts';
import { tied } from '../scripts/site/ticket.ts';
import { TRIM } from './oversize.ts';
import { SPINES } from './schemes.ts';

const PRINTER: PrinterSettings = { delivers: 'face-down', margin: 0, shift: [0, 0], weight: 80 };
const OTHERS = ['de', 'fr', 'es'];
const ENGLISH =
  /\b(the|and|of|with|sheets?|fold(ed)?|cut|print|staples?|both|sides?|paper|leave|glue|sew|then|copies|edge)\b/i;

function jobOf(
  fold: string,
  pages: number,
  more: Partial<TicketJob> = {},
  spine: 'left' | 'right' = 'left',
): TicketJob {
  const laid = layOut({ fold }, PAPERS['letter']!, { pages, spine, trim: TRIM });
  const inking = laid.scheme.sheets.map((_, index) => (index === 0 ? 'one' : 'black') as 'one' | 'black');
  return { ...laid, paper: 'US Letter', trim: TRIM, printer: PRINTER, inking, files: ['x.pdf', 'y.pdf'], ...more };
}

/** Of every format, small and large. */
const jobs = (more: Partial<TicketJob> = {}): [name: string, job: TicketJob][] =>
  Object.keys(FORMATS).flatMap((fold) =>
    SPINES.flatMap((spine) =>
      [1, 2, 4, 6, 8, 16, 40, 140, 190].flatMap((pages): [string, TicketJob][] => {
        try {
          return [[`${fold} of ${pages}, ${spine}`, jobOf(fold, pages, more, spine)]];
        } catch {
          return [];
        }
      }),
    ),
  );

const saidBy = ({ facts, printing, steps, shop }: Ticket): string[] => [
  ...facts.flat(),
  ...printing,
  ...steps.map(({ text }) => text),
  shop,
];

const COUNTS: Readonly<Record<string, string>> = {
  en: 'three four five six seven eight nine ten eleven twelve',
  de: 'drei vier fünf sechs sieben acht neun zehn elf zwölf',
  fr: 'trois quatre cinq six sept huit neuf dix onze douze',
  es: 'tres cuatro cinco seis siete ocho nueve diez once doce',
};

/** The figures in a sentence, and numbers from three on that are written as words. */
function numbersIn(text: string, language: string): number[] {
  const words = COUNTS[language]!.split(' ');
  const found = text.replaceAll('x.pdf', '').match(/\d+(?:[.,]\d+)?|\p{L}+/gu) ?? [];
  const numbers = found.flatMap((one) => {
    if (/^\d/.test(one)) return [Number(one.replace(',', '.'))];
    const at = words.indexOf(one.toLowerCase());
    return at < 0 ? [] : [at + 3];
  });
  return numbers.sort((a, b) => a - b);
}

test('each language says as much as English does, with the same numbers and none of its words', () => {
  let sentences = 0;
  for (const printer of [PRINTER, { ...PRINTER, duplex: 'manual', delivers: 'face-up' } as const])
    for (const [name, job] of jobs({ printer })) {
      const english = saidBy(ticketFor(job, phrasesFor('en-GB')));
      for (const language of OTHERS) {
        const told = saidBy(ticketFor(job, phrasesFor(`${language}-AT`)));
        assert.equal(told.length, english.length, `${name}, ${language}`);
        for (const [at, text] of told.entries()) {
          const about = `${name}, ${language}: ${text} | ${english[at]}`;
          assert.doesNotMatch(text, /undefined|NaN|Infinity|\s{2}|[,:] ?[.”“»]/, about);
          if (text.startsWith('US Letter')) continue;
          assert.doesNotMatch(text.replaceAll('US Letter', '').replace('duplex: manual', ''), ENGLISH, about);
          assert.deepEqual(numbersIn(text, language), numbersIn(english[at]!, 'en'), about);
          sentences++;
        }
      }
    }
  assert.ok(sentences > 5000, `${sentences}`);
});

test('a language that is not spoken is answered in English, and says so', () => {
  for (const language of ['ar', 'zh-Hant', 'pt']) {
    assert.equal(phrasesFor(language).language, 'en');
    assert.equal(pageLabelsFor(language).language, 'en');
  }
  for (const language of ['en', ...OTHERS]) {
    assert.equal(phrasesFor(language).language, language);
    assert.equal(pageLabelsFor(`${language}-XX`).language, language);
  }
});

test('the download page’s words: all there in each language, and none of them English', () => {
  const english = pageLabelsFor('en');
  const words = (language: string): string[] =>
    Object.entries(pageLabelsFor(language)).flatMap(([key, value]) => {
      if (key === 'language') return [];
      if (typeof value === 'string') return [value];
      if (key === 'door') return [0, 1, 2].map((at) => pageLabelsFor(language).door(at, 3, 'X'));
      return key === 'minutes'
        ? []
        : [(value as (given: unknown) => string)(['folded', 'paper'].includes(key) ? '1mm x 2mm' : 7)];
    });
  for (const language of OTHERS) {
    assert.deepEqual(Object.keys(pageLabelsFor(language)).sort(), Object.keys(english).sort());
    for (const text of words(language)) {
      assert.doesNotMatch(text, /undefined/);
      assert.doesNotMatch(text.replace(/^Pages$|^\d+ pages$/, ''), ENGLISH, `${language}: ${text}`);
    }
  }
  assert.equal(pageLabelsFor('de').size(1_250_000), '1,3 MB');
  assert.equal(pageLabelsFor('fr').words(10560), '10\u202f560 mots');
});

test('what belongs together stays on one line', () => {
  const lines = (text: string): string[] => tied(text).split(' ');
  assert.deepEqual(lines('cut 9 mm off: 140 × 198 mm, 80 g/m², 94 %'), [
    'cut',
    ...['9\u00a0mm', 'off:', '140\u00a0×\u00a0198\u00a0mm,', '80\u00a0g/m²,', '94\u00a0%'],
  ]);
  assert.deepEqual(lines('pas « ajuster » : voir ; 3 feuilles'), [
    ...['pas', '«\u00a0ajuster\u00a0»\u00a0:', 'voir\u00a0;', '3', 'feuilles'],
  ]);
});

test('figures and money are written by the language, not by the machine', () => {
  const money = (language: string, amount: number, currency = 'EUR') => price(phrasesFor(language), amount, currency);
  assert.equal(money('en', 1234.5), 'EUR 1234.50');
  assert.equal(money('en', 12345.5), 'EUR 12,345.50');
  assert.equal(money('de', 12345.5), '12.345,50 EUR');
  assert.equal(money('fr', 0.7), '0,70 EUR');
  assert.equal(money('es', 700, 'JPY'), '700 JPY');
  assert.equal(figure(phrasesFor('de'), 8.94, 1), '8,9');
});

/** What a shop must do for each format, in its order: written by hand, to be read aloud. */
const SHOP: Readonly<Record<string, readonly [pages: number, ...clauses: string[]]>> = {
  saddle: [16, 'in the order of the file', 'folded once in the middle', 'stapled twice through the fold', 'trimmed to'],
  signatures: [
    40,
    'order',
    'divided in their order into three gatherings (one of 4 sheets, then two of 3 sheets)',
    'each folded once',
    'gathered in order',
    'sewn',
    'trimmed to',
  ],
  'perfect-bound': [
    16,
    'order',
    'cut into 2 equal parts',
    'laid on one another',
    'glued at the left edge',
    'trimmed to',
  ],
  singles: [4, 'order', 'glued at the left edge', 'trimmed to'],
  quarto: [16, 'order', 'folded twice', 'gathered', 'sewn', 'slit'],
  'quarter-fold': [16, 'order', 'each folded twice', 'put into one another', 'stapled', 'slit'],
  octavo: [32, 'order', 'each folded 3 times', 'gathered', 'sewn', 'slit'],
  'one-sheet-8': [8, 'left flat'],
  'one-sheet-16': [16, 'left flat'],
  'french-fold': [4, 'folded twice, crosswise'],
  'letter-fold-6': [6, 'letter fold'],
  'letter-fold-8': [8, '4 panels (roll fold)'],
  'gatefold-6': [6, '(gate fold)'],
  'gatefold-8': [8, '(closed gate fold)'],
  accordion: [10, 'into 5 panels (accordion fold)'],
  'cut-and-stack': [16, 'order', 'cut into 4 equal parts', 'laid on one another', 'glued at the left edge'],
  'leaflets-4-up': [2, '1 sheet for 4 copies', 'cut into 4 equal parts'],
  poster: [1, 'left flat'],
};

test('the sentence for a copy shop has all that it must do, for every format', () => {
  assert.deepEqual(Object.keys(SHOP).sort(), Object.keys(FORMATS).sort());
  for (const [fold, [pages, ...clauses]] of Object.entries(SHOP)) {
    const { shop } = ticketFor(jobOf(fold, pages));
    let at = 0;
    for (const clause of clauses) {
      const found = shop.indexOf(clause, at);
      assert.ok(found >= at, `${fold}: “${clause}” in ${shop}`);
      at = found;
    }
    const { scheme } = jobOf(fold, pages);
    const { steps } = scheme;
    const does = (...what: string[]): boolean => steps.some((step) => what.includes(step.do));
    const flat = shop.includes('left flat');
    assert.equal(/folded/.test(shop.replace('nor folded', '')), !flat && does('fold', 'gate', 'fan'), shop);
    assert.equal(
      /stapled/.test(shop),
      steps.some((step) => step.do === 'bind' && step.with === 'staple'),
      shop,
    );
    assert.equal(
      /glued/.test(shop),
      steps.some((step) => step.do === 'bind' && step.with === 'glue'),
      shop,
    );
    assert.equal(
      /trimmed to/.test(shop),
      ticketFor(jobOf(fold, pages)).steps.some(({ text }) => /^Trim/.test(text)),
    );
  }
});

const stapling = (pages: number, weight = 80): string =>
  handworkFor(jobOf('saddle', pages).scheme, phrasesFor('en'), (PLAIN_LEAF * weight) / 80).at(-1)!.text;

test('staples: which stapler, through how many leaves, and what to do without', () => {
  assert.match(stapling(40), /long-arm stapler \(common staples, 26\/6, go through 10 leaves\)\. .*needle and thread/);
  assert.match(stapling(80), /common .* 20 leaves/);
  assert.match(stapling(84), /legs of 8 mm, 23\/8, go through 21 leaves\)\. .*needle and thread/);
  assert.match(stapling(80, 120), /8 mm/);
  assert.match(stapling(160), /8 mm.* 40 leaves/);
  assert.match(stapling(164), /^Open it .* needle and thread: it is too thick for staples/);
  assert.match(stapling(4), /no staple/);
  // It is trimmed after that: nothing says that all is done.
  for (const language of ['en', ...OTHERS])
    assert.doesNotMatch(phrasesFor(language).hands.nothing, /^(That is all|Fertig|C’est tout|Eso es todo)/);
  const [thick, thin] = [164, 40].map((pages) => ticketFor(jobOf('saddle', pages)));
  const drawn = ({ steps }: Ticket): string[] => steps.flatMap(({ drawing }) => drawing.shapes.map(({ kind }) => kind));
  assert.ok(drawn(thick!).includes('stitch') && !drawn(thick!).includes('staple') && /sewn/.test(thick!.shop));
  assert.ok(drawn(thin!).includes('staple') && !drawn(thin!).includes('stitch') && /stapled/.test(thin!.shop));
});

/** What is printed behind a page, by the formes alone. */
function behind({ sheets, columns }: Scheme, folio: number): unknown {
  for (const { outer, inner } of sheets)
    for (const [row, placements] of outer.entries())
      for (const [column, placement] of placements.entries())
        if (placement.folio === folio && inner !== 'blank') return inner[row]![columns - 1 - column]!.folio;
  return undefined;
}

test('one sheet tells what the printer does: its two pages belong together, and the pile begins where it must', () => {
  let trials = 0;
  for (const delivers of ['face-up', 'face-down'] as const) {
    const printer = { ...PRINTER, duplex: 'manual', delivers } as const;
    for (const [name, job] of jobs({ printer })) {
      const { printing } = ticketFor(job);
      const words = /print page (\d+) of x\.pdf, .* print page (\d+) of y\.pdf\. Page (\d+) must be behind page (\d+)/;
      const found = words.exec(printing[0]!);
      if (job.scheme.sheets[0]!.inner === 'blank') {
        assert.match(printing.join(' '), /^Print x\.pdf on one side, at actual size/, name);
        continue;
      }
      const [frontAt = 0, backAt = 0, back = 0, front = 0] = found!.slice(1).map(Number);
      const [fronts = [], backs = []] = stacksFor(job.scheme, job.sheet, { ...printer, duplex: 'manual' });
      assert.equal(fronts[frontAt - 1]!.sheet, backs[backAt - 1]!.sheet, name);
      if (behind(job.scheme, front) !== 'blank') assert.equal(behind(job.scheme, front), back, name);
      const pushed = job.scheme.steps.some((step) => step.do === 'push');
      if (job.scheme.reads === 'leaves' && !pushed) assert.equal(back, front + 1, name);
      const first = /the sheet with page (\d+) on it is drawn in first/.exec(printing.join(' '));
      assert.equal(first !== null, job.scheme.sheets.length > 1, name);
      if (first) {
        const pages = job.scheme.sheets[backs[0]!.sheet]!.outer.flat().map(({ folio }) => folio);
        assert.ok(pages.includes(Number(first[1])), `${name}: ${printing}`);
      }
      trials++;
    }
  }
  assert.ok(trials > 100);
  for (const [, job] of jobs().filter(([, { scheme }]) => scheme.sheets[0]!.inner !== 'blank')) {
    const { printing } = ticketFor(job);
    const other = printerFor(job.sheet).duplex === 'short-edge' ? 'long' : 'short';
    assert.match(printing[1]!, new RegExp(`backs stand on their heads, set the other edge \\(${other} edge\\)`));
  }
});
