// Page numbers wherever they are printed: references in the text, contents, running heads over notes, folios; the signs of
// notes that go on; the indents of verse. Small books through the real command, read back with poppler and qpdf.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { partDocuments } from '../scripts/ebook/documents.ts';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import { bodyOf, composed, everything, html } from './composing.ts';
import { readPgm, type Word } from './oversize.ts';
import { destinationsOf, linksOf } from './reader.ts';
import { asSeen } from './reading.ts';
import { needs, run } from './tools.ts';
import { printed, type Work } from './works.ts';
import { book } from './workshop.ts';

const TOOLS = needs('pdftotext', 'pdfinfo', 'pdftoppm', 'qpdf');

const LOOM =
  'The loom does not ask who feeds it, and the hand that feeds it has long ceased to ask the loom for anything. ';
const text = (times: number): string => LOOM.repeat(times).trim();
/** A note's body: its own word before and after what it says. */
const note = (label: string, times: number): string => `begin${label} ${text(times)} end${label}`;

const LEDGER = `# The Ledger

:::frontmatter
## To the reader

${text(3)} See refa [](#wages) and refb [](#hours).
:::

## Wages

${text(8)} See refc [](#the-shed-closes-and-the-weavers-tell-the-masters-in-the-yard-what-they-think-of-it) (and refd [](#to-the-reader)).[^1]

${text(4)}[^2]

### Of the *two* hands

${text(20)}[^3]

### Hours

${text(50)} “refe [](#wages)”, and [the wages](#wages) too.[^4]

## The shed closes, and the weavers tell the masters in the yard what they think of it

:::verse
alpha stands at the margin
    beta stands in
        *gamma* further

      delta begins far in
epsilon comes back
:::

${text(40)}[^5]

## Afterwards

${text(30)}[^6] See reff [](#of-the-two-hands).

[^1]: ${note('1', 1)} refg [](#afterwards)
[^2]: ${note('2', 40)}

    A second paragraph.
[^3]: ${note('3', 2)}[^7]
[^4]: ${note('4', 1)}
[^5]: ${note('5', 60)}
[^6]: ${note('6', 1)}
[^7]: ${note('7', 1)}
`;

const TARGETS: Readonly<Record<string, string>> = {
  refa: 'Wages',
  refb: 'Hours',
  refc: 'The shed closes, and the weavers tell the masters in the yard what they think of it',
  refd: 'To the reader',
  refe: 'Wages',
  reff: 'Of the two hands',
  refg: 'Afterwards',
};

const EDITIONS = `  foot: {pamphlet: {trim: a6, size: 9pt, leading: 11.5pt}}
  chapter: {pamphlet: {notes: chapter, folios: roman}}
  end: {pamphlet: {notes: end, chapters: recto}}
  run: {pamphlet: {notes: end, folios: roman, chapters: run-on}}
`;

let works: Map<string, Work>;
before(async () => {
  if (TOOLS.skip) return;
  const editions = EDITIONS.replaceAll('{pamphlet', '{manuscript: a.md, outputs: [pages], pamphlet');
  const yaml = `title: The Ledger\nauthor: Jo Example\npamphlet: {frontMatter: full}\neditions:\n${editions}`;
  works = await printed(book({ 'book.yaml': yaml, 'a.md': LEDGER }));
});

/** The same test for each edition. */
function forEach(what: string, names: readonly string[], check: (work: Work) => void | Promise<void>): void {
  for (const name of names) test(`${name}: ${what}`, TOOLS, () => check(works.get(name)!));
}
const ALL = ['foot', 'chapter', 'end', 'run'];

/** Points, of the text area. */
function frameOf({ edition }: Work): { top: number; foot: number; left: (page: number) => number; measure: number } {
  const { top, lines, leading, inner, outer, measure } = geometryOf(edition.config.pamphlet);
  const pt = 0.75;
  return {
    top: top * pt,
    foot: (top + lines * leading) * pt,
    left: (page) => (page % 2 === 1 ? inner : outer) * pt,
    measure: measure * pt,
  };
}

/** What is printed below the text: the folio, on every page that shows one. */
function foliosOf(work: Work): (string | undefined)[] {
  const { foot } = frameOf(work);
  const matter = new Set([1, 3, 5, 6, work.pages.length]);
  return work.pages.map((words, index) => {
    const below = words.filter(({ top }) => top > foot - 2);
    return matter.has(index + 1) || below.length !== 1 ? undefined : below[0]!.text;
  });
}

/** Where a heading's named place is, from 1, by its words. */
function pageOf(work: Work, heading: string): number {
  const entry = work.edition.contents
    .flatMap((one) => [one, ...one.children])
    .find(({ text: words }) => words === heading);
  return destinationsOf(work.file('.pdf')).get(entry!.id)!.page;
}

const plain = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, '');
const headOf = (work: Work, words: readonly Word[]): string =>
  words
    .filter(({ bottom }) => bottom < frameOf(work).top)
    .map(({ text: word }) => word)
    .join(' ')
    .toLowerCase();

forEach('“page 12” is the folio of the page on which the heading stands, and a link to it', ALL, async (work) => {
  const folios = foliosOf(work);
  const links = await linksOf(work.file('.pdf'));
  const destinations = destinationsOf(work.file('.pdf'));
  const found = work.pages.flatMap((words, index) => {
    const seen = asSeen(words).flatMap(({ text: said, ...place }) =>
      said.split('\u00a0').map((one) => ({ ...place, text: one })),
    );
    return seen.flatMap((word, at) =>
      plain(word.text) in TARGETS
        ? [{ name: plain(word.text), page: index + 1, rest: seen.slice(at + 1, at + 3) }]
        : [],
    );
  });
  assert.deepEqual(found.map(({ name }) => name).sort(), Object.keys(TARGETS).sort());
  for (const { name, page, rest } of found) {
    const [label, number] = rest;
    assert.equal(plain(label!.text), 'page', name);
    const target = pageOf(work, TARGETS[name]!);
    // The call of a note may follow.
    assert.equal(/^(?:\d+|[ivx]+)/.exec(number!.text)?.[0], folios[target - 1], `${name}, ${TARGETS[name]}`);
    assert.ok(Math.abs(label!.top - number!.top) < 1, `${name} is divided`);
    const link = links.find(
      (one) =>
        one.page === page &&
        one.left < number!.right &&
        one.right > number!.left &&
        one.top < number!.bottom &&
        one.bottom > number!.top,
    );
    assert.equal(destinations.get(link?.target ?? '')?.page, target, `${name} is a link`);
  }
});

forEach('no line with a reference leaves the measure', ALL, (work) => {
  const { left, measure } = frameOf(work);
  for (const [index, words] of work.pages.entries())
    for (const word of words.filter(({ text: said }) => /ref[a-g]|page/.test(said)))
      assert.ok(word.right < left(index + 1) + measure + 1, `page ${index + 1}: ${word.text} to ${word.right}`);
});

forEach('the contents say the folios, with a row of dots before each on one grid', ALL, (work) => {
  const folios = foliosOf(work);
  const index = work.pages.findIndex((words) => words[0]?.text === 'Contents');
  const words = work.pages[index]!;
  const { left, measure, foot } = frameOf(work);
  const edge = left(index + 1) + measure;
  const numbers = words.filter(({ right, top }) => right > edge - 2 && top < foot - 2);
  const entries = work.edition.contents.flatMap((one) => [one, ...one.children]);
  const wanted = entries.map(({ text: heading }) => folios[pageOf(work, heading)! - 1]);
  const notes = work.edition.config.pamphlet.notes === 'end';
  assert.deepEqual(
    numbers.slice(0, entries.length).map(({ text: said }) => said),
    wanted,
  );
  assert.equal(numbers.length, entries.length + (notes ? 1 : 0));
  if (notes) {
    const at = work.pages.findIndex((page, nth) => nth > index && page[0]?.text === 'Notes');
    assert.equal(numbers.at(-1)!.text, folios[at]);
  }
  assert.ok(!words.some(({ text: said }) => /\.\s*\.|^\.$/.test(said)), 'dots are drawn, not written');
  const dpi = 288;
  const scale = dpi / 72;
  const path = work.file('-dots');
  run('pdftoppm', ['-gray', '-r', `${dpi}`, '-f', `${index + 1}`, '-singlefile', work.file('.pdf'), path]);
  const { width, pixels } = readPgm(readFileSync(`${path}.pgm`));
  const pitch = work.edition.config.pamphlet.size / 2;
  const centres = numbers.map((number) => {
    const name = words.filter((word) => Math.abs(word.bottom - number.bottom) < 3 && word !== number);
    const from = Math.max(...name.map(({ right }) => right)) + 2;
    assert.ok(number.left - Math.max(...name.map(({ right }) => right)) > 12, 'a name keeps clear of the numbers');
    const dark = (x: number): boolean => {
      for (let y = Math.floor(number.top * scale); y < number.bottom * scale; y++)
        if (pixels[y * width + x]! < 128) return true;
      return false;
    };
    const dots: number[] = [];
    let start = -1;
    for (let x = Math.floor(from * scale); x < (number.left - 2) * scale; x++) {
      if (dark(x) && start < 0) start = x;
      if (!dark(x) && start >= 0) {
        dots.push((start + x - 1) / 2 / scale);
        start = -1;
      }
    }
    return dots;
  });
  assert.ok(centres.filter((dots) => dots.length >= 5).length >= numbers.length - 1, `${centres.map((d) => d.length)}`);
  const origin = centres[0]![0]!;
  for (const dots of centres)
    for (const dot of dots) {
      const off = (dot - origin) / pitch;
      assert.ok(Math.abs(off - Math.round(off)) < 0.1, `a dot ${off} steps from the first`);
    }
  const ends = centres.filter((dots) => dots.length > 1).map((dots) => dots.at(-1)!);
  assert.ok(Math.max(...ends) - Math.min(...ends) < 0.6, 'all rows end at the same place');
});

test('arabic folios are the pages’ places; roman ones end where the text begins', TOOLS, () => {
  const ROMAN = 'i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi'.split(' ');
  for (const [name, work] of works) {
    const folios = foliosOf(work);
    const start = pageOf(work, 'Wages');
    const roman = work.edition.config.pamphlet.folios === 'roman';
    let shown = 0;
    for (const [index, folio] of folios.entries()) {
      if (folio === undefined) continue;
      shown++;
      const wanted = !roman ? `${index + 1}` : index + 1 < start ? ROMAN[index] : `${index + 2 - start}`;
      assert.equal(folio, wanted, `${name}, page ${index + 1}`);
    }
    assert.ok(shown > 8, `${name}: ${shown} folios`);
    if (roman) assert.equal(start % 2, 1, 'page 1 is a right-hand page');
    const { pagelabels } = JSON.parse(run('qpdf', ['--json=2', '--json-key=pagelabels', work.file('.pdf')]));
    const labels = pagelabels.map(({ index, label }: { index: number; label: Record<string, unknown> }) => [
      index,
      label['/S'],
      label['/St'] ?? 1,
    ]);
    const runs = [
      [0, '/r', 1],
      [start - 1, '/D', 1],
    ];
    assert.deepEqual(labels, roman ? runs : [], name);
  }
});

/** Where each note begins and ends: its page, from 1. */
function notesIn(work: Work): Map<string, { begin: number; end: number; called: number }> {
  const places = destinationsOf(work.file('.pdf'));
  const on = (word: string): number =>
    work.pages.findIndex((words) => words.some(({ text: said }) => plain(said).startsWith(word))) + 1;
  return new Map(
    work.edition.notes.map(({ label, calls }) => [
      label,
      { begin: on(`begin${label}`), end: on(`end${label}`), called: places.get(calls[0]!)!.page },
    ]),
  );
}

forEach('notes stand complete where they should', ['chapter', 'end', 'run'], (work) => {
  const notes = notesIn(work);
  assert.equal(notes.size, 7);
  const last = work.pages.length - 1;
  for (const [label, { begin, end }] of notes) assert.ok(begin > 0 && begin <= end && end < last, `note ${label}`);
  const said = work.pages.flatMap((words) => asSeen(words).map(({ text: word }) => plain(word)));
  const order = said.flatMap((word) => /^begin(\d)/.exec(word)?.[1] ?? []);
  // By chapters; the seventh is called from the third, and follows it.
  assert.deepEqual(order, ['1', '2', '3', '7', '4', '5', '6']);
  assert.equal(said.filter((word) => /^end\d/.test(word)).length, 7);
  const atEnd = work.edition.config.pamphlet.notes === 'end';
  const [wages, shed] = [pageOf(work, 'Wages'), pageOf(work, TARGETS['refc']!)];
  for (const label of ['1', '2', '3', '4', '7']) {
    const { begin } = notes.get(label)!;
    if (atEnd) assert.ok(begin > pageOf(work, 'Afterwards'), `note ${label} on page ${begin}`);
    else assert.ok(begin >= wages && begin < shed, `note ${label} on page ${begin}`);
  }
});

forEach('heads say the chapter and the section at the page’s end, as much of them as has room', ALL, (work) => {
  const { contents } = work.edition;
  const notes = notesIn(work);
  let [cut, sections] = [0, 0];
  for (const [index, words] of work.pages.entries()) {
    const page = index + 1;
    const head = headOf(work, words);
    const chapter = contents.findLast(({ text: title }) => pageOf(work, title) <= page);
    if (!chapter || head === '' || /^notes/.test(head) || page > Math.max(...[...notes.values()].map(({ end }) => end)))
      continue;
    const section = chapter.children.findLast(({ text: title }) => pageOf(work, title) <= page)?.text;
    const top = words.filter(({ bottom }) => bottom > frameOf(work).top + 1).map(({ text: word }) => word);
    const opens = section !== undefined && top.join(' ').startsWith(section);
    const whole = (page % 2 === 1 && section && !opens ? section : chapter.text).toLowerCase();
    if (whole === section?.toLowerCase()) sections++;
    if (head === whole) continue;
    cut++;
    const kept = head.replace(/…$/, '');
    assert.ok(head.endsWith('…') && whole.startsWith(kept), `page ${page}: “${head}” of “${whole}”`);
    assert.doesNotMatch(whole.slice(kept.length), /^\p{L}/u, `page ${page}: “${head}”`);
    const { left, measure } = frameOf(work);
    const right = Math.max(...words.filter(({ bottom }) => bottom < frameOf(work).top).map((word) => word.right));
    assert.ok(right < left(page) + measure + 1, `page ${page}: the head leaves the measure`);
  }
  assert.ok(cut > 0 && sections > 0, `${cut} heads cut, ${sections} of sections`);
});

forEach('heads over notes say to which pages', ['chapter', 'end', 'run'], (work) => {
  const folios = foliosOf(work);
  const notes = notesIn(work);
  // What is called from a note belongs to where that one is called.
  notes.set('7', { ...notes.get('7')!, called: notes.get('3')!.called });
  let heads = 0;
  for (const [index, words] of work.pages.entries()) {
    const page = index + 1;
    const head = headOf(work, words);
    const here = [...notes.values()].filter(({ begin, end }) => begin <= page && page <= end);
    const goesOn = here.some(({ begin }) => begin < page);
    const found = /^notes to pages? (.+)$/.exec(head);
    if (goesOn) assert.ok(found, `page ${page} begins with a note, its head is “${head}”`);
    if (!found) continue;
    heads++;
    const called = here.map((one) => one.called);
    const [from, to] = [folios[Math.min(...called) - 1], folios[Math.max(...called) - 1]];
    assert.equal(head, from === to ? `notes to page ${from}` : `notes to pages ${from}–${to}`);
  }
  assert.ok(heads > 1, `${heads} heads`);
});

forEach('a sign in the margin where a note goes on, and nowhere else', ['foot', 'chapter', 'end'], (work) => {
  const { left, measure } = frameOf(work);
  const { width } = work.edition.config.pamphlet.trim.size;
  const notes = [...notesIn(work).values()];
  let signs = 0;
  for (const [index, words] of work.pages.entries()) {
    const page = index + 1;
    const arrows = words.filter(({ text: said }) => said.includes('→'));
    const atFoot = work.edition.config.pamphlet.notes === 'foot';
    const comes = atFoot && notes.some(({ begin, end }) => begin < page && page <= end);
    const goes = atFoot && notes.some(({ begin, end }) => begin <= page && page < end);
    const before = arrows.filter(({ right }) => right <= left(page) + 0.5);
    const after = arrows.filter(({ left: x }) => x >= left(page) + measure - 0.5);
    assert.deepEqual([before.length, after.length], [Number(comes), Number(goes)], `page ${page}`);
    assert.equal(arrows.length, before.length + after.length, 'in the margins only');
    for (const arrow of arrows) assert.ok(arrow.left > 6 && arrow.right < width - 6, 'not cut off');
    signs += arrows.length;
  }
  if (work.edition.config.pamphlet.notes === 'foot') assert.ok(signs >= 4, `${signs} signs`);
});

test('the indents of verse are those of the manuscript', TOOLS, () => {
  const work = works.get('end')!;
  const page = work.pages[pageOf(work, TARGETS['refc']!) - 1]!;
  const at = (word: string): number => page.find(({ text: said }) => said === word)!.left;
  const em = work.edition.config.pamphlet.size;
  for (const [word, wanted] of Object.entries({ alpha: 0, beta: 2, gamma: 4, delta: 3, epsilon: 0 }))
    assert.ok(Math.abs((at(word) - at('alpha')) / em - wanted) < 0.15, `${word}: ${(at(word) - at('alpha')) / em} em`);
});

test('verse: half an em a typed space, from the least indented line, eight at the most', () => {
  const indents = (typed: string): string =>
    bodyOf(typed)
      .replace(/<span class="verse-line"(?: data-indent="([\d.]+)")?>(.*?)<\/span>/g, '[$1 $2]')
      .replace(/<[^>]*>/g, '|');
  assert.equal(indents(':::verse\na\n b\n  c\n    d\n:::'), '||[ a][0.5 b][1 c][2 d]||');
  assert.equal(indents(':::verse\n   a\n b\n:::'), '||[1 a][ b]||');
  assert.equal(indents(`:::verse\na\n${' '.repeat(30)}b\n:::`), '||[ a][8 b]||');
  assert.equal(indents(':::verse\na\n\tb\n:::'), '||[ a][2 b]||');
  // Hard ends, and emphasis over an end.
  assert.equal(indents(':::verse\na *b\\\n  c  \n    d* e\n:::'), '||[ a |b|][1 |c|][2 |d| e]||');
  // Code in Markdown, lines in verse, apart where a blank line parts them.
  assert.equal(indents(':::verse\n    a "b"\n      c\nd\n\n      e\n:::'), '||[2 a “b”][3 c][ d]||[3 e]||');
  assert.equal(indents('- x\n\n  :::verse\n  a\n    b\n  :::'), '|||x|||[ a][1 b]||||');
  assert.equal(indents('> :::verse\n> a\n>   b\n> :::'), '|||[ a][1 b]|||');
  assert.match(bodyOf(':::verse\n```\n  x\n```\n:::'), /<pre><code> {2}x/);
});

test('a link without words has its heading’s title on screens, and counts for no words', () => {
  const source = (link: string): string => `# One\n\nSee${link}.\n\n# Two *and* three[^1]\n\nText.\n\n[^1]: N.`;
  const edition = composed(source(' [](#two-and-three)'));
  const reference = everything(edition).find(({ properties }) => String(properties['className']).includes('page-'))!;
  assert.equal(
    html([reference]),
    '<a href="#s-two-and-three" class="reference page-reference">Two <em>and</em> three</a>',
  );
  assert.equal(edition.words, composed(source('')).words);
  const xhtml = partDocuments(edition)[0]!.xhtml;
  assert.match(xhtml, /<a href="s-two-and-three\.xhtml#s-two-and-three"[^>]*>Two <em>and<\/em> three<\/a>/);
  // Marks around it are set as around a word.
  assert.match(bodyOf('# A\n\n("[](#b)", \'[](#b)\')\n\n# B\n\nx'), /\(“<a [^>]*>B<\/a>”, ‘<a [^>]*>B<\/a>’\)/);
  // In a heading it leads on, and leaves the contents alone.
  const nested = composed('# A\n\nx\n\n# Not [](#a)\n\ny [](#not)');
  assert.deepEqual(
    nested.contents.map(({ text: words }) => words),
    ['A', 'Not'],
  );
});
