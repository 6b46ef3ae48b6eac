import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VFile } from 'vfile';
import { readConfig } from '../scripts/book/config.ts';
import { readManuscript } from '../scripts/book/manuscript.ts';
import { compose } from '../scripts/edition/compose.ts';
import { directionOf } from '../scripts/edition/direction.ts';
import { matterFields } from '../scripts/edition/matter.ts';
import { countWords, plainText } from '../scripts/edition/words.ts';
import { assertSound, composed, elementsIn, everything, html, outline } from './composing.ts';

test('a heading that opens the manuscript is the title; without it, the book’s', () => {
  const titled = composed('# What *Machines* "want"\n\n## One\n\nText.');
  assert.equal(titled.title, 'What Machines “want”');
  assert.deepEqual(outline(titled), ['chapter One']);
  assert.equal(composed('## One\n\nText.', { yaml: 'subtitle: "It\'s -- so"' }).title, 'The Book');
  assert.equal(composed('Text.', { yaml: 'subtitle: "It\'s -- so"' }).subtitle, 'It’s\u00a0– so');
  assert.deepEqual(outline(composed('# One\n\nText.\n\n# Two\n\nText.')), ['chapter One', 'chapter Two']);
  const noted = composed('# One *so[^1]*\n\nText.\n\n[^1]: Note.');
  assert.deepEqual(outline(noted), ['chapter One so']);
  assert.equal(noted.notes.length, 1);
  assertSound(noted);
});

test('chapters, what opens before them, and the matter around them', () => {
  const edition = composed(
    '# T\n\n:::epigraph\nQuote.\n:::\n\n:::frontmatter\n## To readers\n\nHello.\n:::\n\n## One\n\nText.\n\n### Sub\n\nMore.\n\n## Two\n\n:::backmatter\n## Thanks\n\n### To all\n\nDear.\n\n## Books\n:::',
  );
  assert.deepEqual(outline(edition), [
    'opening',
    'frontmatter To readers',
    'chapter One',
    'chapter Two',
    'backmatter Thanks',
    'backmatter Books',
  ]);
  assert.equal(html(edition.parts[2]!.content), '<p>Text.</p><h2 id="s-sub">Sub</h2><p>More.</p>');
  assert.deepEqual(
    edition.contents.map((entry) => [entry.text, entry.id, entry.children.map((child) => [child.text, child.id])]),
    [
      ['To readers', 's-to-readers', []],
      ['One', 's-one', [['Sub', 's-sub']]],
      ['Two', 's-two', []],
      ['Thanks', 's-thanks', [['To all', 's-to-all']]],
      ['Books', 's-books', []],
    ],
  );
  assertSound(edition);
});

test('a chapter called Opening and an opening are two', () => {
  const edition = composed('Before.\n\n## Opening\n\nText.\n\n:::backmatter\nAfter.\n:::\n\n## Opening 3\n\nText.');
  assert.deepEqual(outline(edition), ['opening', 'chapter Opening', 'backmatter', 'chapter Opening 3']);
  assertSound(edition);
});

test('whatever level the chapters have, their sections are h2 and what is below them lower', () => {
  const edition = composed(
    '# T\n\n### One\n\n#### Sub\n\n###### Deep\n\n> ### Quoted\n\n[^1]\n\n[^1]: Note\n\n    # In a note\n\n### Two',
  );
  assert.deepEqual(outline(edition), ['chapter One', 'chapter Two']);
  const tags = everything(edition).filter((node) => /^h\d/.test(node.tagName));
  assert.deepEqual(
    tags.map((node) => `${node.tagName} ${plainText(node.children)}`),
    ['h2 Sub', 'h3 Deep', 'h2 Quoted', 'h2 In a note'],
  );
  assertSound(edition);
});

test('numbers that the author typed are kept; ours are given where they are wanted', () => {
  assert.deepEqual(outline(composed('## 1. One\n\n## 2. *Two*\n\n## 10. Ten')), [
    'chapter 1 One',
    'chapter 2 Two',
    'chapter 10 Ten',
  ]);
  assert.deepEqual(outline(composed('## I. One\n\n## IV) Two', { yaml: 'numberChapters: true' })), [
    'chapter I One',
    'chapter IV Two',
  ]);
  assert.deepEqual(outline(composed('## 1. One\n\n## Two')), ['chapter 1. One', 'chapter Two']);
  assert.deepEqual(outline(composed('## 1984. A year')), ['chapter 1984. A year']);
  const ours = composed('## One\n\n:::backmatter\n## Thanks\n:::\n\n## Two', { yaml: 'numberChapters: true' });
  assert.deepEqual(outline(ours), ['chapter 1 One', 'backmatter Thanks', 'chapter 2 Two']);
  assert.deepEqual(
    ours.contents.map(({ number, text }) => [number, text]),
    [
      ['1', 'One'],
      [undefined, 'Thanks'],
      ['2', 'Two'],
    ],
  );
  const typed = composed('## 1. A "b"\n\n## 2. Two').parts[0]!.title!;
  assert.deepEqual([typed.number, typed.text, html(typed.content)], ['1', 'A “b”', 'A “b”']);
});

test('notes keep the numbers they have; words get numbers in order', () => {
  const labels = (text: string | readonly string[]): string[] => {
    const edition = composed(text);
    assertSound(edition);
    return edition.notes.map((note) => `${note.label} ${plainText(note.content).trim()}`);
  };
  assert.deepEqual(labels('A[^7] b[^3].\n\n[^3]: Three.\n[^7]: Seven.'), ['7 Seven.', '3 Three.']);
  assert.deepEqual(labels('A[^x] b[^3].\n\n[^3]: Three.\n[^x]: Ex.'), ['1 Ex.', '2 Three.']);
  assert.deepEqual(labels(['A[^1].\n\n[^1]: One.', 'B[^1] c[^2].\n\n[^2]: Two.\n\n[^1]: Other.']), [
    '1 One.',
    '2 Other.',
    '3 Two.',
  ]);
  assert.deepEqual(labels('A[^1].\n\n[^1]: One.\n[^1]: Again.\n[^2]: Never called.'), ['1 One.']);
  assert.deepEqual(labels('A[^1] c[^3].\n\n[^1]: One.[^2]\n[^2]: Two.\n[^3]: Three.'), [
    '1 One.',
    '2 Two.',
    '3 Three.',
  ]);
  // What a note calls is read right after it, and numbered so; a later call in the text makes no difference.
  assert.deepEqual(labels('A[^a] c[^c] b[^b].\n\n[^a]: One.[^b]\n[^b]: Two.[^d]\n[^c]: Last.\n[^d]: Three.[^a]'), [
    '1 One.',
    '2 Two.',
    '3 Three.',
    '4 Last.',
  ]);
  assert.deepEqual(labels('A[^B].\n\n> [^b]: Quoted.'), ['1 Quoted.']);
  assert.deepEqual(labels('A[^a] b[^b].\n\n[^a]: One.\n\n    [^b]: Within.'), ['1 One.', '2 Within.']);
});

test('a note knows its calls and the part of the first', () => {
  const edition = composed('## One\n\nA[^1].\n\n## Two[^2]\n\nB[^1].\n\n[^1]: One.\n[^2]: Two.[^1]');
  assertSound(edition);
  assert.deepEqual(
    edition.notes.map(({ id, part, calls }) => [id, part, calls]),
    [
      ['note-1', 's-one', ['call-1', 'call-1-2', 'call-1-3']],
      ['note-2', 's-two', ['call-2']],
    ],
  );
  assert.equal(html(edition.parts[0]!.content), '<p>A<a class="note-call" id="call-1" href="#note-1">1</a>.</p>');
  const calls = html(composed('A[^1][^2] [^3]\n\n[^1]: a\n[^2]: b\n[^3]: c').parts[0]!.content);
  assert.deepEqual(
    [...calls.matchAll(/class="([^"]*)"/g)].map(([, names]) => names),
    ['note-call', 'note-call next', 'note-call'],
  );
  assert.equal(edition.parts[1]!.title!.text, 'Two');
  assert.equal(html(edition.contents[1]!.content), 'Two');
});

test('ids are plain and one of a kind, whatever the headings say', () => {
  const many =
    '## Same\n\n## Same\n\n## 非我族類\n\n## Привет\n\n## 3\n\n## 3-3\n\n## 5\n\n## !?\n\n## s 3\n\n## -x\n\n## note-1 a[^1]\n\n## call-1\n\n## Same-1\n\n';
  const long = `## ${'long '.repeat(30)}\n\n## ${'long '.repeat(30)}x\n\n## ${'long '.repeat(30)}y\n\n[^1]: N.`;
  const edition = composed(many + long);
  assertSound(edition);
  assert.equal(edition.parts.length, 16);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('3', '3 3', '中', '中文', '5', '2', '2 2', 'a', 'a 2', '?', 'Opening', 'opening 1'), {
        minLength: 1,
        maxLength: 9,
      }),
      (names) => assertSound(composed(`x\n\n${names.map((name) => `## ${name}`).join('\n\n')}`)),
    ),
    { numRuns: 150 },
  );
});

test('links within the book lead to headings by the words as they were typed', () => {
  const text = `## What's "in" a -- name?\n\n[a](#whats-in-a----name) [b](#非我) [c](#%E9%9D%9E%E6%88%91) [d](#Wages) [e](#nowhere *x*) [f](#100%) [g][w]\n\n## 非我\n\n## See [Wages](#wages)\n\n## Wages\n\n[w]: #wages`;
  const edition = composed(text.replace(' *x*', ''));
  assertSound(edition);
  assert.equal(
    html(edition.parts[0]!.content),
    '<p><a href="#s-whats-in-a----name" class="reference">a</a> <a href="#s-2" class="reference">b</a> <a href="#s-2" class="reference">c</a> <a href="#s-wages" class="reference">d</a> <span>e</span> <span>f</span> <a href="#s-wages" class="reference">g</a></p>',
  );
  assert.equal(html(edition.parts[2]!.title!.content), 'See <a href="#s-wages" class="reference">Wages</a>');
  assert.equal(html(edition.contents[2]!.content), 'See Wages');
  const french = composed('## Pourquoi pas ?\n\n[a](#pourquoi-pas-)', { language: 'fr' });
  assert.match(html(french.parts[0]!.content), /href="#s-pourquoi-pas-"/);
});

test('a link finds a heading without its number and the marks at its end, where that is clear', () => {
  const text =
    '## 3. Bread\n\n[a](#bread) [b](#3-bread) [c](#roses) [d](#quoi) [e](#why) [f](#salt) [g](#salt-1) [h](#the-end) [i](#oil)\n\n## IV) Roses\n\n## Quoi ?\n\n## 5. Why?\n\n### 1. Salt\n\n### 2.1 Salt\n\n## Oil\n\n### 1. Oil\n\n## -- The end';
  const links = everything(composed(text))
    .filter(({ tagName, children }) => /^(?:a|span)$/.test(tagName) && children.length > 0)
    .map(({ properties, children }) => `${plainText(children)} ${properties['href'] ?? 'nowhere'}`);
  assert.deepEqual(links, [
    'a #s-3-bread',
    'b #s-3-bread',
    'c #s-iv-roses',
    'd #s-quoi-',
    'e #s-5-why',
    'f nowhere',
    'g nowhere',
    'h #s-9',
    'i #s-oil',
  ]);
});

test('words are counted, notes and their calls are not', () => {
  const edition = composed('## Two words\n\nThree *more* words[^1].\n\n- one\n- two\n\n[^1]: Not counted.');
  assert.deepEqual([edition.words, edition.readingMinutes], [7, 1]);
  assert.equal(composed(`${'word '.repeat(1200)}`).readingMinutes, 5);
  assert.equal(countWords('don’t – 12,5 …'), 2);
  assert.equal(countWords('非我族類 and ไทย'), 2 + 1 + 2);
});

test('a language is written the way of its script', () => {
  for (const language of ['ar', 'he', 'fa-IR', 'ur', 'yi', 'az-Arab', 'dv', 'ckb', 'pa-Arab', 'syr'])
    assert.equal(directionOf(language), 'rtl', language);
  for (const language of ['en', 'az', 'zh-Hant', 'ar-Latn', 'fa-Latn', 'tlh', 'pa'])
    assert.equal(directionOf(language), 'ltr', language);
  assert.equal(composed('x', { language: 'az-Arab' }).direction, 'rtl');
});

test('the matter says what the book says', () => {
  const fields = matterFields(
    composed('# A\n\nx', { yaml: 'date: 2026-06\nurl: https://example.org/\nrights: "Jo\'s"' }),
  );
  assert.deepEqual(
    [fields.title, fields.authors, fields.date, fields.urlWords, fields.rights, 'publisher' in fields],
    ['A', 'Jo Example', 'June 2026', 'example.org', 'Jo’s', false],
  );
});

test('the same manuscript gives the same edition, and is not changed by it', () => {
  const text = '# T\n\n## "A"[^a]\n\nb -- c :foreign[d]{lang=la}\n\n[^a]: e';
  const { config } = readConfig(
    new VFile({ path: 'book.yaml', value: 'title: T\nauthor: J\nlanguage: en\neditions: {long: {manuscript: 1.md}}' }),
  );
  const source = readManuscript([new VFile({ path: '1.md', value: text })]);
  const before = JSON.stringify(source.files[0]!.root);
  const once = JSON.stringify(compose(source, config!, config!.editions[0]!, new Map()));
  assert.equal(JSON.stringify(compose(source, config!, config!.editions[0]!, new Map())), once);
  assert.equal(JSON.stringify(source.files[0]!.root), before);
});

test('no level of headings is skipped, also where what stood above is another edition’s', () => {
  const levels = (markdown: string): string[] =>
    composed(markdown).parts.map(({ title, content }) =>
      [
        ...(title ? ['h1'] : []),
        ...elementsIn(content)
          .filter(({ tagName }) => /^h\d$/.test(tagName))
          .map(({ tagName }) => tagName),
      ].join(' '),
    );
  const written = '# T\n\n## A\n\n#### B\n\n#### C\n\n### D\n\n> ##### E\n\n###### F\n\n## G\n\nText.';
  assert.deepEqual(levels(written), ['h1 h2 h2 h2 h3 h4', 'h1']);
  assert.deepEqual(levels('# T\n\n## A\n\n:::only{edition=other}\n### B\n:::\n\n#### C\n\nText.'), ['h1 h2']);
  assert.deepEqual(levels('# T\n\n## A\n\n### B\n\n#### C\n\n### D\n\nText.'), ['h1 h2 h3 h2']);
});
