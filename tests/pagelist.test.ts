// The ebook's page list against the printed pages: what follows a mark in the ebook is what poppler finds at the page's head.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { ElementContent } from 'hast';
import { withPageMarks } from '../scripts/ebook/pagebreaks.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { plainText } from '../scripts/edition/words.ts';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import { composed, elementsIn } from './composing.ts';
import { type Ebook, faultsIn, open } from './ebook-inspection.ts';
import { epubcheck } from './ebook-judges.ts';
import { ebookOf, everything } from './ebook-specimens.ts';
import { all, named, readXml, type Tag, textOf } from './ebook-xml.ts';
import { letters } from './reader.ts';
import { asSeen } from './reading.ts';
import { needs, run } from './tools.ts';
import { printed, type Work } from './works.ts';
import { ROOT, sample, temporary } from './workshop.ts';

const TOOLS = needs('pdftotext', 'pdfinfo', 'qpdf');

const isMark = ({ attributes }: Tag): boolean => attributes['role'] === 'doc-pagebreak';
const isAside = ({ attributes }: Tag): boolean => attributes['role'] === 'doc-footnote';

/** The pages by name: the words that follow each mark in its document, and where it is. */
function marksOf({ documents }: Ebook): Map<string, { file: string; words: string }> {
  const found = new Map<string, { file: string; words: string }>();
  for (const [file, tree] of documents) {
    const marks = all(tree).filter(isMark);
    if (marks.length === 0) continue;
    const pieces = runs(named(tree, 'body')[0]!).split('\u0001');
    marks.forEach((mark, index) => {
      assert.equal(mark.children.length, 0);
      const name = mark.attributes['id']!.replace('page.', '');
      assert.ok(!found.has(name), `${name} is marked twice`);
      found.set(name, { file, words: pieces.slice(index + 1).join('') });
    });
  }
  return found;
}

const PICTURE = '\u0002';
/** On paper this says "page 12". */
const REFERENCE = '\u0003';

/** A document's text, each mark a sign, each figure and each page reference another; without notes, which stand elsewhere on paper. */
function runs(tag: Tag): string {
  if (isMark(tag)) return '\u0001';
  if (tag.name === 'figure') return ` ${PICTURE} `;
  if (tag.attributes['class']?.includes('page-reference')) return ` ${REFERENCE} `;
  if (isAside(tag)) return '';
  const inner = tag.children.map((child) => (typeof child === 'string' ? child : runs(child))).join('');
  return /^(?:p|h\d|li|td|th|div|blockquote|span)$/.test(tag.name) ? ` ${inner} ` : inner;
}

/** What each page says, from below its running head. */
function pagesBelow({ edition, pages }: Work): string[] {
  const { top } = geometryOf(edition.config.pamphlet);
  return pages.map((words) =>
    letters(
      asSeen(words.filter(({ text }) => text !== '→'))
        .filter(({ bottom }) => bottom >= top * 0.75)
        .map(({ text }) => text)
        .join(''),
    ),
  );
}

/** What may stand at a page's head besides what its mark says: the heads of tables once more, figures that have moved. */
const besides = (edition: Edition): string[] =>
  edition.parts.flatMap(({ content }) =>
    elementsIn(content)
      .filter(({ tagName }) => /^(?:thead|figcaption)$/.test(tagName))
      .map((element) => letters(plainText([element]))),
  );

/** Pages that do not begin as their mark says, but for a number or the rest of a divided word. */
function strayMarks(work: Work, names: readonly string[], marks: ReturnType<typeof marksOf>): string[] {
  const pages = pagesBelow(work);
  const others = besides(work.edition);
  return [...marks].flatMap(([name, { file, words }]) => {
    if (file === 'toc.xhtml') return [];
    const page = pages[names.indexOf(name)] ?? '';
    const other = others.find((one) => page.startsWith(one.slice(0, 24))) ?? '';
    const [first = '', ...rest] = words.trim().split(/\s+/);
    let needle = '';
    for (const word of rest) {
      if (word === PICTURE || word === REFERENCE || needle.length >= 8) break;
      needle += letters(word);
    }
    const holds = (said: string): boolean => {
      const at = said.indexOf(needle);
      return at >= 0 && at <= letters(first).length + 12;
    };
    // A page may hold nothing but a title, or a picture.
    const short = letters(words.slice(0, 200)).startsWith(page.slice(0, -name.length));
    const right = first === PICTURE ? other !== '' : holds(page) || holds(page.slice(other.length));
    if (right || short) return [];
    return [`${name} in ${file}: ${first} … ${needle}, and the page: ${page.slice(0, 60)}`];
  });
}

const works = new Map<string, Work>();
const ebooks = new Map<string, Ebook>();

before(async () => {
  if (TOOLS.skip) return;
  const torture = join(temporary(), 'torture');
  cpSync(join(ROOT, 'tests', 'books', 'torture'), torture, { recursive: true });
  const yaml = readFileSync(join(torture, 'book.yaml'), 'utf8').replace(/editions:\n[\s\S]*/, '');
  const editions = ['chapters: page', 'chapters: run-on, notes: end', 'trim: a6, notes: chapter, folios: roman'].map(
    (settings, index) =>
      `  e${index}: {manuscript: manuscript.md, outputs: [epub, pages], pamphlet: {frontMatter: full, ${settings}}}\n`,
  );
  writeFileSync(join(torture, 'book.yaml'), `${yaml}editions:\n${editions.join('')}`);
  const own = sample('sample', (text) => text.replace(/outputs: .*/g, 'outputs: [epub, pages]'));
  for (const folder of [torture, own])
    for (const [name, work] of await printed(folder)) {
      works.set(name, work);
      ebooks.set(name, open(readFileSync(work.file('.epub'))));
    }
});

const ROMAN = [
  '',
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
  'xvi',
];

/** The name of each page, as a viewer of the PDF shows it. */
function namesOf(work: Work): string[] {
  const shown = run('qpdf', ['--json', '--json-key=pagelabels', work.file('.pdf')]);
  const ranges = JSON.parse(shown).pagelabels as { index: number; label: Record<string, unknown> }[];
  return work.pages.map((_, page) => {
    const range = ranges.findLast(({ index }) => index <= page) ?? { index: 0, label: { '/S': '/D' } };
    const number = page - range.index + Number(range.label['/St'] ?? 1);
    return range.label['/S'] === '/r' ? ROMAN[number]! : String(number);
  });
}

test('each mark stands where its page begins', TOOLS, () => {
  assert.ok(works.size >= 5);
  for (const [edition, work] of works) {
    const marks = marksOf(ebooks.get(edition)!);
    assert.deepEqual(strayMarks(work, namesOf(work), marks), [], edition);
    const names = [...marks.keys()];
    const moved = new Map(names.map((name, at) => [name, marks.get(names[at + 1] ?? name)!]));
    assert.ok(strayMarks(work, namesOf(work), moved).length > names.length / 2, 'marks a page late would be told');
  }
});

test('every page that has words has its mark, and both lists have them all in order', TOOLS, () => {
  for (const [edition, work] of works) {
    const ebook = ebooks.get(edition)!;
    const marks = [...marksOf(ebook)];
    const names = namesOf(work);
    const places = marks.map(([name]) => names.indexOf(name));
    assert.deepEqual(
      places,
      [...places].sort((one, other) => one - other),
      edition,
    );
    // Covers, half-title and the notes that stand together at the end are in no document of their own.
    const told = new Set(marks.map(([name]) => name));
    const unmarked = names.filter((name, page) => !told.has(name) && work.pages[page]!.length > 0);
    const notes = work.edition.config.pamphlet.notes === 'end' ? 12 : 0;
    assert.ok(unmarked.length <= 3 + notes, `${edition}: ${unmarked}`);
    const targets = marks.map(([name, { file }]) => [name, `${file}#page.${name}`]);
    const list = named(ebook.documents.get('toc.xhtml')!, 'nav').find(
      ({ attributes }) => attributes['epub:type'] === 'page-list',
    )!;
    assert.equal(list.attributes['role'], 'doc-pagelist');
    const linked = named(list, 'a').map((link) => [textOf(link), link.attributes['href']!.replace(/^#/, 'toc.xhtml#')]);
    assert.deepEqual(linked, targets);
    const ncx = readXml(ebook.entries.find(({ name }) => name === 'OEBPS/toc.ncx')!.bytes.toString());
    const pages = named(ncx, 'pageTarget');
    assert.deepEqual(
      pages.map((page) => [textOf(page).trim(), named(page, 'content')[0]!.attributes['src']]),
      targets,
    );
    assert.deepEqual(
      pages.map(({ attributes }) => attributes['value'] ?? attributes['type']),
      marks.map(([name]) => (/^\d+$/.test(name) ? name : 'front')),
    );
  }
});

test('ebooks with a page list are valid', needs('pdftotext', 'pdfinfo', 'qpdf', 'java'), async () => {
  const books = [...works.values()].map((work) => readFileSync(work.file('.epub')));
  assert.deepEqual(books.flatMap(faultsIn), []);
  assert.deepEqual((await epubcheck(books)).flat(), []);
});

test('an ebook without a print edition has none, and does not claim it', async () => {
  const { entries } = open(await ebookOf(everything()));
  for (const { name, bytes } of entries)
    if (/\.(?:xhtml|opf|ncx)$/.test(name))
      assert.doesNotMatch(bytes.toString(), /page-?list|pagebreak|pageBreak/i, name);
});

test('marks lose no letter, and stand before the word that begins the page', () => {
  const word = fc.constantFrom(
    'one',
    'two-three',
    'zwölf',
    '“quoted',
    'end.”',
    '漢字漢字',
    '¿qué',
    '7',
    '—',
    '👩‍🚀',
    'e\u0301te',
  );
  const line = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '));
  const paragraph = fc.oneof(
    line,
    line.map((text) => `## ${text}`),
    line.map((text) => `> ${text}`),
    fc.array(line, { minLength: 1, maxLength: 4 }).map((items) => items.map((item) => `1. *${item}*`).join('\n')),
    line.map((text) => `[${text}](https://example.org) and **${text}**`),
  );
  const manuscript = fc
    .array(paragraph, { minLength: 1, maxLength: 6 })
    .map((blocks) => `# T\n\n${blocks.join('\n\n')}`);
  let placed = 0;
  fc.assert(
    fc.property(manuscript, fc.array(fc.nat(160), { maxLength: 6 }), (markdown, counts) => {
      const { parts } = composed(markdown);
      for (const { content } of parts) {
        const starts = [...counts].sort((one, other) => one - other);
        const pages = starts.map((after, index) => ({ folio: String(index), document: 'x', after }));
        const marked = withPageMarks(content, pages, 'en');
        assert.equal(plainText(marked).replace(/\s+/g, ''), plainText(content).replace(/\s+/g, ''));
        const pieces = said(marked).split('\u0001');
        assert.equal(pieces.length, pages.length + 1);
        const count = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
        const whole = said(content);
        let before = '';
        for (const [index, { after }] of pages.entries()) {
          before += pieces[index];
          const reached = count(before);
          if (count(whole) <= after) assert.equal(reached, count(whole));
          else {
            // No word is left between the mark and the letter that begins the page.
            assert.ok(reached <= after, `${reached} letters before the mark, ${after} before the page`);
            const between = [...whole.slice(before.length).matchAll(/[\p{L}\p{N}]/gu)][after - reached]!;
            assert.doesNotMatch(whole.slice(before.length, before.length + between.index), /[\p{L}\p{N}]\s+\S/u);
            placed++;
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  assert.ok(placed > 200, `${placed} marks`);
});

/** What nodes say, their blocks parted, each mark a sign. */
function said(nodes: readonly ElementContent[]): string {
  return nodes
    .map((node): string => {
      if (node.type === 'text') return node.value;
      if (node.type !== 'element') return '';
      if (node.properties['role'] === 'doc-pagebreak') return '\u0001';
      return /^(?:p|h\d|li|blockquote)$/.test(node.tagName) ? `\n${said(node.children)}\n` : said(node.children);
    })
    .join('');
}
