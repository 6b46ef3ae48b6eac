// The reading copy as PDF/UA-1: the Matterhorn Protocol's checkpoints over books as the real command prints them, and what
// the protocol leaves to people as far as it can be told: the order of the text, words whole, notes where they are called.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { CHECKPOINTS } from './matterhorn.ts';
import { FONTS } from './matterhorn-fonts.ts';
import { catalogOf, type Dict, dictAt, listAt, look, pagesOf, type Taken, takeApart, textAt } from './qpdf-objects.ts';
import { letters } from './reader.ts';
import { type Block, blocksOf, CALL } from './source-blocks.ts';
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
  shownIn,
  wordsOfPieces,
} from './tagged.ts';
import { needs, run } from './tools.ts';
import { printed } from './works.ts';
import { book, ROOT, sample, temporary } from './workshop.ts';

const TOOLS = needs('qpdf', 'pdfinfo', 'pdftotext');

const POINTS = [...CHECKPOINTS, ...FONTS];

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
  /** The manuscript. */
  readonly source: string;
}

let books: readonly Specimen[] = [];
const torture = (): Taken => takeApart(books.find(({ name }) => name === 'foot')!.path);

before(async () => {
  if (TOOLS.skip) return;
  const tortured = join(temporary(), 'torture');
  cpSync(join(ROOT, 'tests', 'books', 'torture'), tortured, { recursive: true });
  const leftward = book({
    'book.yaml':
      'title: كتاب صغير\nauthor: كاتب\nlanguage: ar\neditions:\n  arabic:\n    manuscript: m.md\n    outputs: [pages]\n    pamphlet: {folios: roman, frontMatter: full}\n',
    'm.md': RIGHT_TO_LEFT,
  });
  const found: Specimen[] = [];
  for (const folder of [sample(), tortured, leftward])
    for (const [name, { edition, file }] of await printed(folder)) {
      const source = edition.config.manuscript.map((one) => readFileSync(join(folder, one), 'utf8')).join('\n\n');
      found.push({ name, path: file('.pdf'), source });
    }
  books = found;
});

test('every book and job ticket keeps clear of all failures that a machine can tell', TOOLS, () => {
  const folder = dirname(books[0]!.path);
  const tickets = readdirSync(folder).filter((one) => one.endsWith('-ticket.pdf'));
  assert.ok(books.length >= 5 && tickets.length >= 2);
  const files = [...books, ...tickets.map((name) => ({ name, path: join(folder, name) }))];
  for (const { name, path } of files) {
    const file = takeApart(path);
    for (const point of POINTS)
      assert.deepEqual(point.failures(file).slice(0, 3), [], `${name}: ${point.number} ${point.name}`);
  }
});

test('every checkpoint finds its fault', TOOLS, () => {
  for (const point of POINTS) {
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

const RIGHTWARD = /[\u0590-\u08ff]/;
const sorted = (text: string): string => [...letters(text)].sort().join('');

/** What the manuscript has and the structure does not say in this order, letter for letter. */
function unsaid(file: Taken, blocks: readonly Block[], inNotes: boolean): string[] {
  const words = wordsOfPieces(file);
  const inNote = (one: Element | undefined): boolean =>
    one !== undefined && (one.type === 'Note' || inNote(one.parent));
  const said = elementsOf(file)
    .filter(
      (one) =>
        BLOCK.test(one.type) &&
        inNote(one) === inNotes &&
        !one.kids.some((kid) => isElement(kid) && BLOCK.test(kid.type)),
    )
    .map((one) => saidBy(one, words, ['Reference']));
  const stream = said.map(letters);
  let [at, within] = [0, 0];
  const find = (wanted: string): boolean => {
    for (let place = at; place < stream.length; place++) {
      const found = stream[place]!.indexOf(wanted, place === at ? within : 0);
      if (found < 0) continue;
      [at, within] = [place, found + wanted.length];
      return true;
    }
    return false;
  };
  /** Lines that are read from the right are drawn from the left: which letters they have is all that can be told. */
  const findSorted = (wanted: string): boolean => {
    const found = said.findIndex((one, place) => place > at && sorted(one) === wanted);
    if (found >= 0) [at, within] = [found, stream[found]!.length];
    return found >= 0;
  };
  return blocks
    .filter((block) => block.inNote === inNotes)
    .flatMap(({ kind, words }) => {
      const parts = words.some((one) => RIGHTWARD.test(one)) ? [words.join('')] : words;
      return parts.filter((wanted) => {
        if (letters(wanted) === '') return false;
        // Notes stand where they are called, wherever they are written.
        if (kind === 'caption' || inNotes)
          return !said.some((one) => letters(one).includes(letters(wanted)) || sorted(one) === sorted(wanted));
        return RIGHTWARD.test(wanted) ? !findSorted(sorted(wanted)) : !find(letters(wanted));
      });
    });
}

const BLOCK = /^(?:P|H\d|T[DH]|LBody|Caption)$/;

test('every word of the manuscript is said, in its order', TOOLS, () => {
  const kinds = new Set<string>();
  for (const { name, path, source } of books) {
    const file = takeApart(path);
    const blocks = blocksOf(source, name);
    for (const { kind } of blocks) kinds.add(kind);
    for (const inNotes of [false, true])
      assert.deepEqual(
        unsaid(file, blocks, inNotes).map((one) => one.slice(0, 90)),
        [],
        `${name}, ${inNotes ? 'notes' : 'text'}`,
      );
  }
  assert.deepEqual([...kinds].sort(), ['caption', 'code', 'heading', 'paragraph', 'tableCell']);
  const { source } = books.find(({ name }) => name === 'foot')!;
  const file = torture();
  const document = elementsOf(file)[0]!.dict;
  (look(file, document['/K']) as unknown[]).reverse();
  assert.notDeepEqual(unsaid(file, blocksOf(source, 'foot'), false), []);
});

test('poppler reads all of it, in the order of the structure', TOOLS, () => {
  for (const { name, path, source } of books) {
    const rows = run('pdfinfo', ['-struct-text', path]).matchAll(/^ *"(.*)"$/gm);
    const said = letters([...rows].map(([, words]) => words).join(''));
    let at = 0;
    for (const { kind, inNote, words } of blocksOf(source, name)) {
      // Poppler turns lines that are read from the right around as they stand, and loses the rest of a piece of drawing after a
      // glyph that is spelled in it: cells alone have several lines in one piece. Calls stand between the words of a block.
      if (inNote || kind === 'caption' || kind === 'tableCell') continue;
      const parts = words.flatMap((one) => one.split(CALL)).map(letters);
      const [wanted] = parts.sort((a, b) => b.length - a.length) as [string];
      if (RIGHTWARD.test(wanted)) continue;
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

test('spaces are shown with the letters around them', TOOLS, () => {
  // A reader that goes by what is seen (PDFium) leaves out what shows nothing but a space, and guesses from the white.
  // Letters that join are spelled one by one, and the spaces stand between them.
  for (const { name, path } of books.filter(({ name }) => name !== 'arabic')) {
    const said = shownIn(takeApart(path)).flatMap(({ text }) => text ?? []);
    const spaces = said.join('').split(' ').length - 1;
    const alone = said.filter((one) => one !== '' && one.trim() === '').length;
    assert.ok(spaces > 50 && alone < spaces / 100, `${name}: ${alone} of ${spaces}`);
  }
});

test('poppler finds nothing to complain of', TOOLS, () => {
  for (const { name, path } of books)
    assert.equal(spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' }).stderr, '', name);
});

test('the outline has the headings, links lead to places that are there, pages have their numbers', TOOLS, () => {
  for (const { name, path, source } of books) {
    const file = takeApart(path);
    const catalog = catalogOf(file);
    const titles = outlineOf(file).map(letters);
    let at = 0;
    for (const { kind, words } of blocksOf(source, name).slice(1)) {
      if (kind !== 'heading') continue;
      const found = titles.indexOf(letters(words.join('')), at);
      // Headings below the second level are not in it.
      if (found >= 0) at = found + 1;
    }
    assert.ok(titles.length === 0 || at > titles.length / 2, `${name}: ${titles.join()}`);
    const places = dictAt(file, catalog['/Dests']);
    for (const { dict } of annotationsOf(file)) {
      const to = textAt(file, dict['/Dest']);
      assert.ok(to ? listAt(file, places[to]).length > 0 : '/URI' in dictAt(file, dict['/A']), JSON.stringify(dict));
      const [, back] = /^\/call-(.+?)(?:-\d+)?$/.exec(to) ?? [];
      if (back) assert.ok(places[`/note-${back}`], to);
    }
  }
  const roman = takeApart(books.find(({ name }) => name === 'arabic')!.path);
  const labels = listAt(roman, dictAt(roman, catalogOf(roman)['/PageLabels'])['/Nums']);
  const styles = labels.map((one) => (typeof one === 'number' ? one : dictAt(roman, one)['/S']));
  assert.ok(styles.length === 4 && styles[0] === 0 && Number(styles[2]) > 1, styles.join());
  assert.deepEqual([styles[1], styles[3]], ['/r', '/D']);
});

/** Titles, in order. */
function outlineOf(file: Taken): string[] {
  const walk = (entry: Dict): string[] =>
    '/First' in entry || '/Title' in entry || '/Next' in entry
      ? [
          ...('/Title' in entry ? [textAt(file, entry['/Title'])] : []),
          ...walk(dictAt(file, entry['/First'])),
          ...walk(dictAt(file, entry['/Next'])),
        ]
      : [];
  return walk(dictAt(file, catalogOf(file)['/Outlines']));
}
