// What is printed, judged from the finished PDFs: the sample book, and a long real text where one lies beside the repository.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { before, test } from 'node:test';
import { MM } from '../scripts/book/measure.ts';
import { labelsFor } from '../scripts/edition/labels.ts';
import { oneSheet8, saddle } from '../scripts/print/folds.ts';
import { foldAndRead } from './folding.ts';
import { cellsOf, direction, formeOf, inOrder, lettersOf, likeness, say } from './formes.ts';
import { readPgm } from './oversize.ts';
import {
  destinationsOf,
  exactBoxes,
  fontsOf,
  letters,
  linksOf,
  pageCount,
  pagesOf,
  platesOf,
  typeSizes,
} from './reader.ts';
import { entriesOf, pageAt } from './reading.ts';
import { needs, run } from './tools.ts';
import { printed, reread, type Work } from './works.ts';
import { ROOT, sample, temporary } from './workshop.ts';

const TOOLS = needs('pdfinfo', 'pdftotext', 'pdffonts', 'pdftoppm', 'gs');
const CORPUS = join(ROOT, '..', 'shared', 'corpus', 'manifesto.md');
const MISSING = existsSync(CORPUS) ? undefined : 'the long text does not lie beside the repository';
if (MISSING && process.env['CI']) throw new Error(MISSING);

let book = '';
let short: Work;
let zine: Work;
const long = new Map<string, Work>();
before(async () => {
  if (TOOLS.skip) return;
  book = sample('book', (yaml) => `${yaml.replace(/(\n {2}short:\n)/, '$1    press: {ink: black}\n')}`);
  const corpus = join(temporary(), 'corpus');
  if (!MISSING) {
    mkdirSync(corpus);
    cpSync(CORPUS, join(corpus, 'long.md'));
    const editions = 'editions: {long: {manuscript: long.md}}\npress: {ink: black}\n';
    writeFileSync(
      join(corpus, 'book.yaml'),
      `title: A Manifesto\nauthor: Jo Example\nlanguage: en\nrights: CC BY-SA 4.0\n${editions}`,
    );
  }
  const [one, two] = await Promise.all([printed(book), MISSING ? undefined : printed(corpus)]);
  short = one.get('short')!;
  zine = one.get('zine')!;
  long.set('sample', one.get('long')!);
  if (two) long.set('corpus', two.get('long')!);
});

/** Of the text, in points: the default. */
const LEADING = 13.5;

/** The same test for each of the two long editions. */
function forEach(what: string, check: (work: Work) => Promise<void>): void {
  for (const name of ['sample', 'corpus']) {
    const skip = TOOLS.skip ?? (name === 'corpus' ? MISSING : undefined);
    test(`${name}: ${what}`, skip ? { skip } : {}, () => check(long.get(name)!));
  }
}
forEach('every letter of the manuscript is on the pages, in order, and no other', async (work) => {
  const { read, body, notes, edition } = await reread(work);
  assert.ok(body.text.length > 25_000 && edition.notes.length >= 50, `${body.text.length}, ${edition.notes.length}`);
  assert.ok(notes.text.length > 3000);
  assert.ok(read.filter(({ kind }) => kind === 'text').length > 30);
});

test('the short edition, too, has every letter', TOOLS, async () => {
  const { read, edition } = await reread(short);
  assert.ok(read.filter(({ kind }) => kind === 'text').length > 3);
  assert.equal(read.length % 4, 0);
  assert.ok(edition.words > 500);
});

forEach('each note begins at the foot of the page that calls it', async (work) => {
  const { edition, body, notes, read, frame } = await reread(work);
  for (const { id, label } of edition.notes) {
    const called = body.marks.get(`call of ${id}`) ?? assert.fail(`note ${label} is called only in a note`);
    const page = pageAt(read, 'bodyFrom', called);
    assert.equal(pageAt(read, 'notesFrom', notes.marks.get(id)!).folio, page.folio, `note ${label}`);
    const number = page.notes.find(({ text }) => text === `${label}.`);
    assert.ok(number && Math.abs(number.left - frame.left(page.folio)) < 12, `${label}. on page ${page.folio}`);
  }
});

forEach('no page is over-full: text, notes, and foot keep apart, and nothing leaves the measure', async (work) => {
  const { read, frame } = await reread(work);
  for (const { kind, folio, body, notes } of read) {
    if (kind !== 'text') continue;
    const [bottom, foot] = [body, notes].map((words) => Math.max(...words.map((word) => word.bottom)));
    const top = Math.min(...notes.map((word) => word.top));
    // Both of two facing pages may be a line deeper, if that makes them better: see below.
    const deepest = frame.foot + LEADING;
    assert.ok(bottom! < deepest + 1.5, `page ${folio}: the text ends at ${bottom}, not ${deepest}`);
    if (notes.length > 0) {
      assert.ok(top - bottom! > 3, `page ${folio}: notes at ${top}, text down to ${bottom}`);
      assert.ok(foot! < deepest + 3, `page ${folio}: the notes end at ${foot}, not ${deepest}`);
    }
    const left = frame.left(folio);
    for (const word of [...body, ...notes]) {
      // Points and hyphens hang over the right edge, quotation marks over both: by a part of their width.
      const [before, after] = [/^[“‘(–—]/, /[-\u00ad.,:;!?’”)–—…]$/].map((sign) => (sign.test(word.text) ? 2 : 0));
      assert.ok(
        word.left > left - 1.5 - before! && word.right < left + frame.measure + 1.5 + after!,
        `page ${folio}: “${word.text}” from ${word.left} to ${word.right}, measure ${left} to ${left + frame.measure}`,
      );
    }
  }
});

forEach('facing pages end on the same line, or one apart', async (work) => {
  const { read } = await reread(work);
  let spreads = 0;
  for (const [at, recto] of read.entries()) {
    const [verso, next] = [read[at - 1], read[at + 1]];
    if (recto.folio % 2 === 0 || recto.kind !== 'text' || verso?.kind !== 'text') continue;
    // A chapter's last page ends where it ends; an opening has no head.
    if (recto.head.length === 0 || next?.kind !== 'text' || next.head.length === 0) continue;
    const [left, right] = [verso, recto].map(({ body, notes }) =>
      Math.max(...[...body, ...notes].map(({ bottom }) => bottom)),
    );
    spreads++;
    assert.ok(
      Math.abs(left! - right!) < LEADING + 1,
      `pages ${verso.folio} and ${recto.folio} end at ${left} and ${right}`,
    );
  }
  assert.ok(spreads >= 6, `${spreads} spreads`);
});

forEach('contents, outline and links name the page on which the heading stands', async (work) => {
  const { edition, body, read, outline, file } = await reread(work);
  const entries = entriesOf(edition);
  assert.deepEqual(
    outline.map(({ title }) => letters(title)),
    entries.map(({ text }) => letters(text)),
  );
  const destinations = destinationsOf(file('.pdf'));
  const links = await linksOf(file('.pdf'));
  for (const [index, { id, text, number = '' }] of entries.entries()) {
    const { folio } = pageAt(read, 'bodyFrom', body.marks.get(id)!);
    assert.equal(outline[index]!.page, folio, text);
    const link = links.find(({ target }) => target === id) ?? assert.fail(`no link to ${text}`);
    const words = read[link.page - 1]!.body.filter(
      ({ top, bottom }) => (top + bottom) / 2 > link.top && (top + bottom) / 2 < link.bottom,
    );
    // A heading of two lines has a link a line, and the number after the last.
    assert.ok(letters(number + text).includes(lettersOf(words).replace(/\d+$/, '')), `${say(words)}: ${text}`);
    assert.equal(destinations.get(id)?.page, folio, `link to ${text}`);
  }
  for (const { page, target } of links) {
    if (/^[a-z]+:/.test(target)) continue;
    assert.ok(destinations.has(target), `a link on page ${page} leads nowhere: ${target}`);
    if (target.startsWith('note-')) assert.equal(destinations.get(target)!.page, page, target);
  }
  const notes = new Set(links.map(({ target }) => target).filter((target) => target.startsWith('note-')));
  assert.equal(notes.size, edition.notes.length, 'every note is linked');
});

forEach('running heads and folios stand where they belong', async (work) => {
  const { read, edition, body } = await reread(work);
  const matter = read.filter(({ kind }) => kind === 'matter').map(({ folio }) => folio);
  assert.deepEqual(matter, [1, 3, 5, 6, matter.at(-2), read.length]);
  assert.equal(read.length % 4, 0);
  const firstText = read.findIndex(({ kind }) => kind === 'text');
  assert.equal(firstText, 6);
  const titled = edition.parts.filter(({ title }) => title);
  const openings = new Map(
    titled.map((part) => [pageAt(read, 'bodyFrom', body.marks.get(part.id)!).folio, part] as const),
  );
  for (const part of edition.parts) openings.set(pageAt(read, 'bodyFrom', body.marks.get(part.id)!).folio, part);
  const sections = new Map(
    edition.contents
      .flatMap(({ children }) => children)
      .map(({ id, text }) => [pageAt(read, 'bodyFrom', body.marks.get(id)!).folio, text] as const),
  );
  let [chapter, section] = [labelsFor(edition.book.language).contents, ''];
  let repeated = 0;
  for (const { folio, kind, head, body: words } of read) {
    if (kind !== 'text') continue;
    const opens = openings.get(folio);
    if (opens) [chapter, section] = [opens.title?.text ?? '', ''];
    section = sections.get(folio) ?? section;
    // Not what stands below it.
    const says = section !== '' && lettersOf(words).startsWith(letters(section));
    if (says) repeated++;
    const right = sections.size === 0 || section === '' || says ? chapter : section;
    const left = sections.size === 0 ? edition.title : chapter || edition.title;
    if (opens || folio === firstText + 1) assert.equal(say(head), '', `page ${folio} opens a chapter`);
    else assert.equal(lettersOf(head), letters(folio % 2 === 0 ? left : right), `page ${folio}`);
  }
  assert.ok(sections.size === 0 || repeated > 0 || work !== long.get('corpus'), 'a section opens a page');
});

forEach('the reading copy is cut to the trim, and tagged', async ({ edition, file }) => {
  const { width, height } = edition.config.pamphlet.trim.size;
  for (const { media, trim } of await exactBoxes(file('.pdf'))) {
    assert.deepEqual(media, trim);
    assert.ok(Math.abs(media[2] - width) <= 0.01 && Math.abs(media[3] - height) <= 0.01, String(media));
  }
  assert.match(run('pdfinfo', [file('.pdf')]), /^Tagged: +yes$/m);
  const tags = run('pdfinfo', ['-struct', file('.pdf')]);
  for (const tag of ['Document', 'H2', 'P', 'Link']) assert.match(tags, new RegExp(`^ *${tag}\\b`, 'm'), tag);
});

forEach('the press copy has its boxes to a hundredth of a point', async ({ edition, file }) => {
  const { trim: size, bleed } = { trim: edition.config.pamphlet.trim.size, bleed: 3 * MM };
  const boxes = await exactBoxes(file('-press.pdf'));
  assert.equal(boxes.length, pageCount(file('.pdf')));
  for (const { media, trim, bleed: around } of boxes) {
    assert.ok(Math.abs(trim[2] - trim[0] - size.width) <= 0.01, String(trim));
    assert.ok(Math.abs(trim[3] - trim[1] - size.height) <= 0.01, String(trim));
    around.forEach((edge, index) => {
      assert.ok(Math.abs(Math.abs(edge - trim[index]!) - bleed) <= 0.01, `${around} around ${trim}`);
    });
    assert.ok(media[0] <= around[0] && media[1] <= around[1] && media[2] >= around[2] && media[3] >= around[3]);
  }
});

test('with `ink: black`, no page has any other ink', TOOLS, async () => {
  for (const work of [short, long.get('corpus')]) {
    if (!work) continue;
    const plates = platesOf(work.file('-press.pdf'));
    assert.equal(plates.length, work.pages.length);
    for (const [index, [c, m, y, k]] of plates.entries())
      assert.ok(c + m + y === 0 && k > 0, `page ${index + 1}: ${c} ${m} ${y} ${k}`);
  }
});

test('in two colours, text pages have black alone', TOOLS, async () => {
  const { file, read } = await reread(long.get('sample')!);
  const plates = platesOf(file('-press.pdf'));
  let coloured = 0;
  for (const [index, [c, m, y, k]] of plates.entries()) {
    const { head, kind } = read[index]!;
    if (head.length > 0 || kind === 'blank') assert.equal(c + m + y, 0, `page ${index + 1}`);
    if (c + m + y > 0) coloured++;
    if (kind === 'text') assert.ok(k > 0.002, `page ${index + 1}: black ${k}`);
  }
  assert.ok(coloured > 0, 'the cover has the spot colour');
});

test('every font of every PDF is embedded, and none is Type 3', TOOLS, async () => {
  const folders = [join(book, 'dist'), ...(MISSING ? [] : [join(long.get('corpus')!.file(''), '..')])];
  let count = 0;
  for (const folder of folders)
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.pdf'))) {
      const fonts = fontsOf(join(folder, name));
      assert.ok(fonts.length > 0, name);
      for (const { name: font, type, embedded } of fonts)
        assert.ok(embedded && !/Type 3/.test(type), `${name}: ${font} ${type}`);
      count++;
    }
  assert.ok(count >= 11);
});

test('each booklet, folded as told, reads from the first page to the last', TOOLS, async () => {
  for (const work of [short, ...long.values()])
    for (const paper of ['a4', 'letter']) {
      const path = work.file(`-booklet-${paper}.pdf`);
      const scheme = saddle(work.pages.length);
      const formes = pagesOf(path).map((words) => formeOf(cellsOf(path, words, scheme), work.pages, likeness));
      assert.equal(formes.length * 2, work.pages.length, path);
      const sheets = scheme.sheets.map((_, index) => ({ outer: formes[2 * index]!, inner: formes[2 * index + 1]! }));
      assert.deepEqual(foldAndRead({ ...scheme, sheets }), inOrder(work.pages), path);
    }
});

test('the zine, folded and slit as told, reads from the front to the back', TOOLS, () => {
  assert.equal(zine.pages.length, 8);
  for (const paper of ['a4', 'letter']) {
    const path = zine.file(`-sheet-${paper}.pdf`);
    const scheme = oneSheet8();
    const [words, ...more] = pagesOf(path);
    assert.equal(more.length, 0);
    const outer = formeOf(cellsOf(path, words!, scheme), zine.pages, direction);
    const sheets = [{ outer, inner: 'blank' as const }];
    assert.deepEqual(foldAndRead({ ...scheme, sheets }), inOrder(zine.pages), paper);
  }
});

test('the zine has no type under 8 pt, and nothing comes near the sheet’s edge', TOOLS, () => {
  for (const ending of ['.pdf', '-sheet-a4.pdf', '-sheet-letter.pdf']) {
    const smallest = Math.min(...typeSizes(zine.file(ending)));
    // Chromium rounds sizes to a hundredth of a point.
    assert.ok(smallest >= 7.99, `${ending}: ${smallest} pt`);
  }
  for (const paper of ['a4', 'letter']) {
    const path = zine.file(`-sheet-${paper}.pdf`);
    run('pdftoppm', ['-gray', '-r', '72', '-singlefile', path, path.slice(0, -4)]);
    const { width, height, pixels } = readPgm(readFileSync(path.replace('.pdf', '.pgm')));
    const margin = Math.floor(5 * MM);
    const near: string[] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        if (Math.min(x, y, width - 1 - x, height - 1 - y) >= margin || pixels[y * width + x]! > 200) continue;
        near.push(`${x},${y}`);
      }
    assert.deepEqual(near.slice(0, 5), [], `${paper}: ${near.length} dots within 5 mm of the edge`);
  }
});
