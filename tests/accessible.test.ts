// The reading copy as PDF/UA-1: the Matterhorn Protocol's checkpoints over books as the real command prints them, and what
// the protocol leaves to people as far as it can be told: the order of the text, words whole, notes where they are called.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { ElementContent } from 'hast';
import type { Edition } from '../scripts/edition/edition.ts';
import { CHECKPOINTS } from './matterhorn.ts';
import { catalogOf, type Dict, dictAt, listAt, look, pagesOf, type Taken, takeApart, textAt } from './qpdf-objects.ts';
import { letters } from './reader.ts';
import {
  annotationsOf,
  attributesOf,
  type Element,
  elementsOf,
  isContent,
  isElement,
  pageRefs,
  rootOf,
  saidBy,
  wordsOfPieces,
} from './tagged.ts';
import { needs, run } from './tools.ts';
import { printed, type Work } from './works.ts';
import { book, ROOT, sample, temporary } from './workshop.ts';

const TOOLS = needs('qpdf', 'pdfinfo', 'pdftotext');

const RIGHT_TO_LEFT = `# المقدمة

كان في الغرفة أربعون صندوقًا من الحروف[^1]، وكلها ينقصها حرف واحد. ومن استطاع أن يصف السطر في الظلام عاد إلى بيته مبكرًا، ولم يسأله أحد.

- أولًا
- ثانيًا، [رابط](https://example.org/)

[^1]: حاشية قصيرة.

# الخاتمة

وكل طبعة جديدة تصلح خطأين وتصنع واحدًا.
`;

interface Specimen {
  readonly name: string;
  readonly path: string;
  readonly work: Work;
}

let books: readonly Specimen[] = [];
const torture = (): Taken => takeApart(books.find(({ name }) => name === 'foot')!.path);

before(async () => {
  if (TOOLS.skip) return;
  const tortured = join(temporary(), 'torture');
  cpSync(join(ROOT, 'tests', 'books', 'torture'), tortured, { recursive: true });
  const leftward = book({
    'book.yaml':
      'title: كتاب صغير\nauthor: كاتب\nlanguage: ar\neditions:\n  arabic: {manuscript: m.md, outputs: [pages]}\n',
    'm.md': RIGHT_TO_LEFT,
  });
  const works = [await printed(sample()), await printed(tortured), await printed(leftward)].flatMap((one) => [...one]);
  books = works.map(([name, work]) => ({ name, path: work.file('.pdf'), work }));
});

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('☐', '□')
    .replaceAll('☑', '■')
    .replaceAll('\u00ad', '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

test('every book keeps clear of all failures that a machine can tell', TOOLS, () => {
  assert.ok(books.length >= 5);
  for (const { name, path } of books) {
    const file = takeApart(path);
    for (const point of CHECKPOINTS)
      assert.deepEqual(point.failures(file).slice(0, 3), [], `${name}: ${point.number} ${point.name}`);
  }
});

test('every checkpoint finds its fault', TOOLS, () => {
  for (const point of CHECKPOINTS) {
    const file = torture();
    point.fault(file);
    assert.notDeepEqual(point.failures(file), [], `${point.number} ${point.name}`);
  }
});

/** Pieces that are in two elements, or whose page names another one, or none. */
function astray(file: Taken): string[] {
  const nums = listAt(file, dictAt(file, rootOf(file)['/ParentTree'])['/Nums']);
  const parents = new Map(nums.flatMap((key, at) => (at % 2 === 0 ? [[Number(key), nums[at + 1]!] as const] : [])));
  const pages = pagesOf(file);
  const owners = new Map<string, Dict>();
  const faults: string[] = [];
  for (const { dict, kids } of elementsOf(file))
    for (const kid of kids) {
      if (isElement(kid)) continue;
      const key = isContent(kid) ? `${kid.page} ${kid.mcid}` : kid.annotation;
      if (owners.has(key)) faults.push(`twice: ${key}`);
      owners.set(key, dict);
      const named = isContent(kid)
        ? listAt(file, parents.get(Number(pages[kid.page]!['/StructParents'])))[kid.mcid]
        : parents.get(Number(dictAt(file, kid.annotation)['/StructParent']));
      if (look(file, named) !== dict) faults.push(`another: ${key}`);
    }
  return faults;
}

test('each piece of a page is in one element, and the page knows which', TOOLS, () => {
  for (const { name, path } of books) assert.deepEqual(astray(takeApart(path)).slice(0, 3), [], name);
  const file = torture();
  const paragraph = elementsOf(file).find(({ type, kids }) => type === 'P' && kids.length > 2)!.dict;
  (look(file, paragraph['/K']) as unknown[]).push(0);
  assert.notDeepEqual(astray(file), []);
});

/** Of each paragraph of running text its words; calls are U+0000, references to pages U+0001. Figures may stand on the next page. */
function paragraphsOf({ parts, notes }: Edition, of: 'text' | 'notes'): string[] {
  const found: string[] = [];
  const words = (node: ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element' || 'dataNote' in node.properties) return '';
    const names = String(node.properties['className'] ?? '');
    if (/note-call/.test(names)) return '\u0000';
    if (/page-reference/.test(names)) return '\u0001';
    if (node.tagName === 'br' || names.includes('verse-line')) return ` ${node.children.map(words).join('')} `;
    return node.children.map(words).join('');
  };
  const walk = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element' || /^(?:pre|table|figure)$/.test(node.tagName)) continue;
      if (/^(?:p|h\d)$/.test(node.tagName)) found.push(words(node));
      else walk(node.children);
    }
  };
  if (of === 'text') for (const part of parts) walk(part.content);
  else for (const note of notes) walk(note.content);
  return found.filter((text) => plain(text.replaceAll('\u0000', '')) !== '');
}

/** Paragraphs that are not said in this order, word for word. */
function unsaid(file: Taken, edition: Edition, of: 'text' | 'notes'): string[] {
  const words = wordsOfPieces(file);
  const inNote = (one: Element | undefined): boolean =>
    one !== undefined && (one.type === 'Note' || inNote(one.parent));
  const said = elementsOf(file)
    .filter((one) => /^(?:P|H\d)$/.test(one.type) && inNote(one) === (of === 'notes'))
    .map((one) => plain(saidBy(one, words, ['Reference'])));
  let at = 0;
  return paragraphsOf(edition, of).filter((wanted) => {
    // Lines that are read from the right are drawn from the left; which page is meant only the pages know.
    if (/[\u0001\u0590-\u08ff]/.test(wanted)) return false;
    const found = said.indexOf(plain(wanted.replaceAll('\u0000', '')), at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

test('every paragraph is said in its order, its words whole', TOOLS, () => {
  for (const { name, path, work } of books.filter(({ name }) => name !== 'zine' && name !== 'arabic')) {
    const file = takeApart(path);
    for (const of of ['text', 'notes'] as const)
      assert.deepEqual(
        unsaid(file, work.edition, of).map((one) => one.slice(0, 90)),
        [],
        `${name}, ${of}`,
      );
  }
  const { work } = books.find(({ name }) => name === 'foot')!;
  const file = torture();
  const document = elementsOf(file)[0]!.dict;
  (look(file, document['/K']) as unknown[]).reverse();
  assert.notDeepEqual(unsaid(file, work.edition, 'text'), []);
});

test('poppler reads all of it, in the order of the structure', TOOLS, () => {
  for (const { name, path, work } of books.filter(({ name }) => name !== 'zine' && name !== 'arabic')) {
    const rows = run('pdfinfo', ['-struct-text', path]).matchAll(/^ *"(.*)"$/gm);
    const said = letters([...rows].map(([, words]) => words).join(''));
    let at = 0;
    for (const text of paragraphsOf(work.edition, 'text')) {
      const [wanted] = text
        .split(/[\u0000\u0001]/)
        .map(letters)
        .sort((a, b) => b.length - a.length) as [string];
      // Poppler turns lines that are read from the right around as they stand.
      if (/[\u0590-\u08ff]/.test(wanted)) continue;
      const found = said.indexOf(wanted, at);
      assert.ok(found >= at, `${name}: ${wanted}`);
      at = found;
    }
  }
});

/** Notes that no block right before them, or its other notes, calls. */
function farNotes(file: Taken): string[] {
  const [document] = elementsOf(file);
  const targets = (one: Element): string[] =>
    one.kids.flatMap((kid) => {
      if (isElement(kid)) return targets(kid);
      return 'annotation' in kid ? [textAt(file, dictAt(file, kid.annotation)['/Dest'])] : [];
    });
  let called: string[] = [];
  return document!.kids.filter(isElement).flatMap((block) => {
    const to = targets(block);
    if (block.type !== 'Note') {
      called = to;
      return [];
    }
    called.push(...to);
    const own = to.find((one) => one.startsWith('/call-'))?.replace('/call-', '/note-');
    return own && called.includes(own) ? [] : [own ?? 'a note without a way back'];
  });
}

test('notes follow the block that calls them', TOOLS, () => {
  for (const { name, path } of books.filter(({ name }) => name !== 'zine'))
    assert.deepEqual(farNotes(takeApart(path)), [], name);
  const file = torture();
  const kids = look(file, elementsOf(file)[0]!.dict['/K']) as unknown[];
  kids.unshift(kids.pop());
  kids.splice(kids.length - 1, 0, ...kids.splice(20, 10));
  assert.notDeepEqual([...farNotes(file), ...astray(file)], []);
});

test('contents, captions, calls and quotations are what they are', TOOLS, () => {
  const file = torture();
  const all = elementsOf(file);
  const under = (one: Element, type: string): boolean =>
    one.parent !== undefined && (one.parent.type === type || under(one.parent, type));
  const many = (type: string): Element[] => all.filter((one) => one.type === type);
  assert.equal(many('Document').length, 1);
  for (const line of many('TOCI'))
    assert.ok(
      all.some((one) => one.type === 'Link' && under(one, 'TOC')),
      saidBy(line, wordsOfPieces(file)),
    );
  for (const caption of many('Caption')) assert.equal(caption.parent?.type, 'Figure');
  for (const figure of many('Figure')) {
    const box = attributesOf(file, figure)['/BBox'] as number[];
    assert.ok(box[2]! > box[0]! && box[3]! > box[1]!, `${box}`);
  }
  const links = many('Link').filter((one) =>
    one.kids.some(
      (kid) => 'annotation' in kid && textAt(file, dictAt(file, kid.annotation)['/Dest']).startsWith('/note-'),
    ),
  );
  assert.ok(links.length > 20 && links.every((one) => one.parent?.type === 'Reference'));
  for (const type of ['BlockQuote', 'Code', 'Note', 'Table', 'TOC'])
    assert.ok(many(type).length > 1 || type === 'Table', type);
  const languages = new Set(all.map(({ dict }) => textAt(file, dict['/Lang'])));
  for (const language of ['en-GB', 'ar', 'he', 'ja']) assert.ok(languages.has(language), language);
});

test('links say where they lead, in the language of the book', TOOLS, () => {
  const arabic = takeApart(books.find(({ name }) => name === 'arabic')!.path);
  const words = annotationsOf(arabic).map(({ dict }) => textAt(arabic, dict['/Contents']));
  assert.ok(words.includes('https://example.org/'), words.join());
  assert.ok(words.filter((one) => /[\u0600-\u06ff]/.test(one)).length >= 2, words.join());
  assert.equal(textAt(arabic, catalogOf(arabic)['/Lang']), 'ar');
  assert.equal(pageRefs(arabic).length, pagesOf(arabic).length);
});
