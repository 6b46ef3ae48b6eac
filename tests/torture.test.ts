// The torture book, printed by the real command, judged by the numbers that poppler reads in the finished PDF. Every judge
// is also shown a fault, to see that it would tell. `PICTURES=write` draws the pictures of the tricky places anew.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Element, ElementContent } from 'hast';
import { readBook } from '../scripts/check.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { openPressroom } from '../scripts/io/browser.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import type { Setting as Lines } from '../scripts/typeset/stick.ts';
import type { Stone } from '../scripts/typeset/stone.ts';
import { elementsIn } from './composing.ts';
import type { Word } from './oversize.ts';
import { crop, fromPng, type Place, toPng, unlike } from './pictures/crops.ts';
import { proofOn } from './proof.ts';
import { destinationsOf, letters } from './reader.ts';
import {
  asSeen,
  bodyScript,
  entriesOf,
  type Frame,
  notesScript,
  pageAt,
  type ReadPage,
  readBack,
  type Script,
} from './reading.ts';
import { needs } from './tools.ts';
import {
  linesOf,
  lowHeadings,
  mostHeights,
  offGrid,
  outOfMeasure,
  type PrintedPage,
  paragraphsOf,
  printedPages,
  strayLines,
  unevenSpreads,
  unlikePlan,
  wordsIn,
} from './torture.ts';
import { printed, type Work } from './works.ts';
import { ROOT, temporary } from './workshop.ts';

const TOOLS = needs('pdftotext', 'pdfinfo', 'pdftoppm');
const LEADING = 13.5;
const EDITIONS = `  a5: {pamphlet: {trim: a5, chapters: page}}
  letter: {pamphlet: {trim: half-letter, chapters: recto}}
  a6: {pamphlet: {trim: a6, chapters: page}}
`;

interface Tortured extends Work {
  readonly body: Script;
  readonly notes: Script;
  readonly read: readonly ReadPage[];
  readonly frame: Frame & { readonly left: (folio: number) => number; readonly measure: number };
  readonly printed: readonly PrintedPage[];
  readonly height: number;
  /** Folios of the pages that say a table's head again. */
  readonly again: readonly number[];
}
const works = new Map<string, Tortured>();
let folder: string;

before(async () => {
  if (TOOLS.skip) return;
  folder = join(temporary(), 'torture');
  cpSync(join(ROOT, 'tests', 'books', 'torture'), folder, { recursive: true });
  const yaml = readFileSync(join(folder, 'book.yaml'), 'utf8').replace(/editions:\n[\s\S]*/, '');
  const editions = EDITIONS.replaceAll(
    '{pamphlet: {',
    '{manuscript: manuscript.md, outputs: [pages], pamphlet: {frontMatter: full, ',
  );
  writeFileSync(join(folder, 'book.yaml'), `${yaml}editions:\n${editions}`);
  for (const [name, work] of await printed(folder)) {
    const { pages, again } = withoutHeadsAgain(work);
    const read = { ...work, pages, ...readAgain({ ...work, pages }) };
    const printed = printedPages(read.read);
    works.set(name, { ...read, printed, height: mostHeights(printed, 1)[0]!, again });
  }
});

/** The pages held against the edition letter for letter: contents and references must name the pages that the PDF does. */
function readAgain(work: Work): Pick<Tortured, 'body' | 'notes' | 'read' | 'frame'> {
  const { top, lines, leading, inner, outer, measure } = geometryOf(work.edition.config.pamphlet);
  const pt = 0.75;
  const frame = {
    top: top * pt,
    foot: (top + lines * leading) * pt,
    left: (folio: number) => (folio % 2 === 1 ? inner : outer) * pt,
    measure: measure * pt,
  };
  const places = destinationsOf(work.file('.pdf'));
  const contents = entriesOf(work.edition).map(
    ({ number = '', text, id }) => `${number}${text}${places.get(id)!.page}`,
  );
  const body = bodyScript(withReferences(work), ['Contents', ...contents]);
  const notes = notesScript(work.edition);
  return { body, notes, frame, read: readBack(work.pages, body, notes, frame) };
}

/** The pages without the heads of tables that are said once more: what a page begins with, and has been said before. */
function withoutHeadsAgain(work: Work): { pages: Word[][]; again: number[] } {
  const heads = work.edition.parts.flatMap(({ content }) =>
    elementsIn(content)
      .filter(({ tagName }) => tagName === 'thead')
      .map((head) => letters(wordsIn(head))),
  );
  const { top } = geometryOf(work.edition.config.pamphlet);
  const said = new Set<string>();
  const again: number[] = [];
  const pages = work.pages.map(asRead).map((drawn, index) => {
    const words = asSeen(drawn);
    const text = lettersFrom(words, 0);
    let gone = new Set<Word>();
    for (const head of heads.filter((head) => text.includes(head))) {
      const at = words.findIndex((_, nth) => lettersFrom(words, nth).startsWith(head));
      if (said.has(head) && Math.abs((words[at]?.top ?? 0) - top * 0.75) < 5) {
        const end = words.findIndex(
          (_, nth) => nth >= at && lettersFrom(words.slice(0, nth + 1), at).length >= head.length,
        );
        gone = new Set(words.slice(at, end + 1));
        again.push(index + 1);
      }
      said.add(head);
    }
    return drawn.filter((word) => !gone.has(word));
  });
  return { pages, again };
}

const lettersFrom = (words: readonly Word[], from: number): string =>
  letters(
    words
      .slice(from)
      .map(({ text }) => text)
      .join(''),
  );

/** Words that are written from right to left are drawn from left to right. */
function asRead(words: readonly Word[]): Word[] {
  const back = ({ text }: Word): boolean => /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(text);
  const read: Word[] = [];
  let run = 0;
  for (const word of words) {
    const before = read.at(-1);
    run = before && back(word) && back(before) && Math.abs(before.top - word.top) < 3 ? run + 1 : 0;
    read.splice(read.length - run, 0, back(word) ? { ...word, text: [...word.text].reverse().join('') } : word);
  }
  return read;
}

/** The edition with the page that each reference must name, as the PDF's own named places have it. */
function withReferences({ edition, file }: Work): Edition {
  const places = destinationsOf(file('.pdf'));
  const fill = (node: ElementContent): ElementContent => {
    if (node.type !== 'element') return node;
    if (!String(node.properties['className'] ?? '').includes('page-reference'))
      return { ...node, children: node.children.map(fill) } satisfies Element;
    const { page } = places.get(String(node.properties['href']).slice(1))!;
    return { ...node, children: [{ type: 'text', value: `page ${page}` }] };
  };
  return { ...edition, parts: edition.parts.map((part) => ({ ...part, content: part.content.map(fill) })) };
}

function forEach(what: string, check: (work: Tortured) => void | Promise<void>): void {
  for (const name of ['a5', 'letter', 'a6']) test(`${name}: ${what}`, TOOLS, () => check(works.get(name)!));
}

/** A copy with one page changed. */
const withPage = (pages: readonly PrintedPage[], at: number, change: Partial<PrintedPage>): PrintedPage[] =>
  pages.map((page, index) => (index === at ? { ...page, ...change } : page));

forEach('the lines of text, of tables and of code stand on one grid each, the same on every page', (work) => {
  const { printed, height, edition, file } = work;
  // Contents have a grid of their own.
  const { page: first } = destinationsOf(file('.pdf')).get(entriesOf(edition)[0]!.id)!;
  const text = printed.filter(({ folio }) => folio >= first);
  const sizes = mostHeights(text, 3);
  assert.equal(sizes[0], height);
  for (const size of sizes) {
    const { faults, on } = offGrid(text, size, LEADING);
    assert.deepEqual(faults, []);
    assert.ok(on > 80, `${on} lines`);
  }
  const at = text.findIndex(({ goesOn, body }) => goesOn && body.length > 3 && body[1]!.height === height);
  const body = text[at]!.body.map((line, nth) => (nth === 1 ? { ...line, foot: line.foot + 0.4 } : line));
  assert.equal(offGrid(withPage(text, at, { body }), height, LEADING).faults.length, 1);
});

forEach('no line leaves the measure but for what hangs', ({ printed, frame }) => {
  assert.deepEqual(outOfMeasure(printed, frame), []);
  const shifted = printed.map(({ body, ...page }) => ({
    ...page,
    body: body.map((line) => ({ ...line, right: line.right + 3.5 })),
  }));
  assert.ok(outOfMeasure(shifted, frame).length > 100);
});

forEach('no widow, no orphan', ({ printed, edition, height }) => {
  const paragraphs = paragraphsOf(edition);
  const { faults, judged } = strayLines(printed, paragraphs, height);
  assert.deepEqual(faults, []);
  assert.ok(judged >= 8, `${judged} paragraphs run over a page’s end`);
  let told = 0;
  for (const [at, { body }] of printed.entries()) {
    const next = printed[at + 1];
    if (!next?.goesOn || body.length < 3) continue;
    const moved = withPage(withPage(printed, at, { body: body.slice(0, -1) }), at + 1, {
      body: [body.at(-1)!, ...next.body],
    });
    told += strayLines(moved, paragraphs, height).faults.length;
  }
  assert.ok(told >= 3, `${told} planted faults told`);
});

forEach('no heading in the last lines of a page', ({ printed, edition }) => {
  const headings = edition.parts.flatMap(({ content }) =>
    elementsIn(content)
      .filter(({ tagName }) => /^h[2-6]$/.test(tagName))
      .map((one) => letters(wordsIn(one))),
  );
  assert.deepEqual(lowHeadings(printed, headings), []);
  const at = printed.findIndex(
    ({ body }, nth) => printed[nth + 1]?.goesOn && body.some(({ text }) => headings.includes(text)),
  );
  const { body } = printed[at]!;
  const cut = body.slice(0, body.findIndex(({ text }) => headings.includes(text)) + 2);
  assert.equal(lowHeadings(withPage(printed, at, { body: cut }), headings).length, 1);
});

forEach('facing pages end on the same line, or one apart', ({ printed, height }) => {
  const { faults, judged } = unevenSpreads(printed, height, LEADING);
  assert.deepEqual(faults, []);
  assert.ok(judged >= 1, `${judged} spreads`);
  const short = printed.map((page) =>
    page.folio % 2 === 1 ? { ...page, body: page.body.slice(0, 2), notes: [] } : page,
  );
  assert.ok(unevenSpreads(short, height, LEADING).faults.length >= 1);
});

forEach('right-hand pages do not end with a hyphen', ({ printed }) => {
  const ends = printed.filter(
    ({ folio, body }) => folio % 2 === 1 && /[-\u00ad]$/.test(body.at(-1)?.words.at(-1)?.text ?? ''),
  );
  // Now and then nothing better can be had.
  assert.ok(ends.length <= 1, `${ends.map(({ folio }) => folio)}`);
});

/** Where a note's number stands, and where it is called, as the PDF's named places have it. */
forEach('each note begins on the page that calls it', ({ edition, file, read, frame }) => {
  const places = destinationsOf(file('.pdf'));
  for (const { id, label, calls } of edition.notes) {
    const { page } = places.get(calls[0]!)!;
    assert.equal(places.get(id)!.page, page, `note ${label}`);
    const { notes } = read.find(({ folio }) => folio === page)!;
    const number = notes.find(({ text, left }) => text === `${label}.` && left - frame.left(page) < 12);
    assert.ok(number, `${label}. on page ${page}`);
  }
  assert.ok(edition.notes.length > 25);
});

forEach(
  'a sign where a note goes on overleaf and where it comes from, and nowhere else',
  ({ pages, read, notes, frame, edition }) => {
    const begins = new Set(edition.notes.map(({ id }) => notes.marks.get(id)!));
    const wanted = (page: ReadPage, nth: number): [boolean, boolean] => {
      const end = page.notesFrom + letters(page.notes.map(({ text }) => text).join('')).length;
      const comes = page.notes.length > 0 && !begins.has(page.notesFrom);
      return [comes, page.notes.length > 0 && nth >= 0 && !begins.has(end) && end < notes.text.length];
    };
    let signs = 0;
    for (const [nth, page] of read.entries()) {
      if (page.kind !== 'text') continue;
      const arrows = pages[page.folio - 1]!.filter(
        ({ text, left, right }) =>
          text === '→' && (right < frame.left(page.folio) + 0.5 || left > frame.left(page.folio) + frame.measure - 0.5),
      );
      const [comes, goes] = wanted(page, nth);
      const found = [false, true].map((after) => arrows.some(({ left }) => left > frame.left(page.folio) === after));
      assert.deepEqual(found, [comes, goes], `page ${page.folio}`);
      signs += arrows.length;
    }
    assert.ok(signs >= 4, `${signs} signs`);
  },
);

forEach('a table’s head is said again on each page that goes on with it', ({ again, read, edition }) => {
  const years = read.flatMap(({ body, folio }) =>
    body.filter(({ text }) => /^18[0-5]\d$/.test(text)).map(({ text }) => ({ text, folio })),
  );
  const rows = years.filter(({ text }, at) => at > 0 && Number(text) - Number(years[at - 1]!.text) <= 1);
  const on = [...new Set(rows.map(({ folio }) => folio))].slice(1);
  assert.ok(on.length >= 2, `${on}`);
  for (const folio of on.slice(0, -1)) assert.ok(again.includes(folio), `page ${folio}, again: ${again}`);
  assert.ok(edition.notes.length > 0);
});

const count = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
forEach('numbers of lists are complete, from page to page', ({ printed }) => {
  const numbers = printed.flatMap(({ body }) =>
    body.flatMap(({ words }) => /^(\d+)\.$/.exec(words[0]!.text)?.[1] ?? []),
  );
  assert.deepEqual(numbers.map(Number), [1, 2, ...count(7, 19), ...count(98, 105), 1, 2]);
});

forEach('contents and references name the pages on which the headings stand', (work) => {
  const { read, body, edition, pages, file } = work;
  const places = destinationsOf(file('.pdf'));
  const entries = entriesOf(edition);
  for (const { id, text } of entries)
    assert.equal(places.get(id)!.page, pageAt(read, 'bodyFrom', body.marks.get(id)!).folio, text);
  assert.ok(entries.length > 12);
  // The page itself is read letter for letter: another number there would be told.
  const at = pages.findIndex((words) => words[0]?.text === 'Contents');
  const wrong = pages[at]!.map((word) =>
    word.text === `${places.get(entries[3]!.id)!.page}` ? { ...word, text: '1' } : word,
  );
  assert.throws(() => readAgain({ ...work, pages: pages.with(at, wrong) }), /instead of/);
});

/** Sent to the browser before the lines are set: what the plan says each line must hold. */
function plannedLines({ paragraphs }: Lines): { index: number; note: boolean; lines: string[] }[] {
  const range = document.createRange();
  return paragraphs.map(([index, plan]) => {
    const { block, type, nodes, offsets } = window.kept[index]!;
    const root = type.childNodes.length > 0 ? type : block;
    const node = (at: number): Node => (nodes[at] === block ? root : nodes[at]!);
    const lines = plan.map(({ at }, nth) => {
      range.selectNodeContents(root);
      const start = plan[nth - 1]?.at;
      if (start !== undefined) range.setStart(node(start), offsets[start]!);
      if (nth < plan.length - 1) range.setEnd(node(at), offsets[at]!);
      return range.toString();
    });
    return { index, note: block.closest('#notes') !== null, lines };
  });
}

test('a5: the lines on paper are the lines that were planned', TOOLS, async () => {
  const { edition, printed } = works.get('a5')!;
  const { typecase } = await readBook(await openLibrary(folder), []);
  const pressroom = await openPressroom(
    () => {},
    () => {},
  );
  const plan = new Map<string, { note: boolean; lines: string[] }>();
  let takes = 0;
  const watched = (stone: Stone): Stone => {
    const take = takes++;
    return {
      ...stone,
      work: async (task, argument) => {
        if (task.name === 'setLines')
          for (const { index, ...lines } of await stone.work(plannedLines, argument as Lines))
            plan.set(`${take} ${index}`, lines);
        return stone.work(task, argument);
      },
    };
  };
  try {
    const watching = { ...pressroom, hands: 1, stone: async (at: string) => watched(await pressroom.stone(at)) };
    await proofOn(watching, edition, { folder: temporary(), typecase: typecase!, print: false });
  } finally {
    await pressroom.close();
  }
  for (const note of [false, true]) {
    const lines = [...plan.values()].filter((one) => one.note === note).flatMap((one) => one.lines);
    const found = printed.flatMap(({ body, notes }) => (note ? notes : body));
    assert.ok(lines.length > 60, `${lines.length}`);
    assert.deepEqual(unlikePlan(lines, found), []);
    // The first word of a line moved to the line before.
    const at = found.findIndex(
      ({ words, text }, nth) =>
        nth > 20 && words.length > 5 && text.length > 30 && lines.some((line) => letters(line) === text),
    );
    const [one, other] = [found[at]!, found[at + 1]!];
    const moved = found
      .with(at, linesOf(one.words.slice(0, -1))[0]!)
      .with(at + 1, linesOf([one.words.at(-1)!, ...other.words]).at(-1)!);
    assert.ok(unlikePlan(lines, moved).length >= 1);
  }
});

const PICTURES = join(ROOT, 'tests', 'pictures');
/** Where each tricky place is. */
const PLACES: Readonly<Record<string, (work: Tortured) => Place>> = {
  'hanging signs, right': (work) => {
    const place = lineAt(work, 'isitstraight', 24);
    return { ...place, left: work.frame.left(place.page) + work.frame.measure - 188 };
  },
  'hanging signs, left': (work) => lineAt(work, 'isitstraight', 24),
  'note that goes on': ({ pages }) => {
    const page = pages.findIndex((words) => words.some(({ text, left }) => text === '→' && left < 60));
    const { left, top } = pages[page]!.find(({ text }) => text === '→')!;
    return { page: page + 1, left: left - 8, top: top - 70 };
  },
  'table head again': ({ again, frame }) => ({ page: again[1]!, left: frame.left(again[1]!) - 8, top: frame.top - 24 }),
  'verse turned over': (work) => {
    const place = lineAt(work, 'pamphletonanypaper', 50);
    return { ...place, left: place.left - 22 };
  },
  'figure with its caption': (work) => lineAt(work, 'alongcaption', 80),
  Chinese: (work) => lineAt(work, '學而時習之', 50),
};
function lineAt({ printed }: Tortured, words: string, above: number): Place {
  for (const { folio, body } of printed) {
    const line = body.find(({ text }) => text.includes(words));
    if (line) return { page: folio, left: line.left - 16, top: line.foot - above };
  }
  throw new Error(`no line holds ${words}`);
}
/** Of the pixels; another poppler may draw a little otherwise. */
const TOLERANCE = 0.02;

test('the tricky places look as they did', TOOLS, () => {
  const work = works.get('a5')!;
  const pdf = work.file('.pdf');
  for (const [name, find] of Object.entries(PLACES)) {
    const [file, place] = [join(PICTURES, `${name.replace(/\W+/g, '-').toLowerCase()}.png`), find(work)];
    const drawn = crop(pdf, place);
    if (process.env['PICTURES'] === 'write') writeFileSync(file, toPng(drawn));
    const kept = fromPng(readFileSync(file));
    const share = unlike(drawn, kept);
    assert.ok(share < TOLERANCE, `${name}: ${(share * 100).toFixed(1)} % of the pixels differ`);
    // Two points away would be seen.
    const moved = unlike(crop(pdf, { ...place, left: place.left + 2 }), kept);
    assert.ok(moved > 1.5 * TOLERANCE, `${name}, moved: ${(moved * 100).toFixed(1)} %`);
  }
});
