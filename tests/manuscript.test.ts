import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { toString as wordsIn } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { editionsOf, forEdition, pictureReferences, readManuscript } from '../scripts/book/manuscript.ts';

const read = (...texts: readonly string[]) =>
  readManuscript(texts.map((value, index) => new VFile({ path: `text-${index + 1}.md`, value })));
const rootOf = (text: string): Root => read(text).files[0]!.root;
const rootFor = (text: string, edition: string): Root => forEdition(read(text), edition).files[0]!.root;
const said = (tree: Nodes): string => wordsIn(tree);
const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
const typesIn = (tree: Nodes): string[] => {
  const types: string[] = [];
  visit(tree, (node) => void types.push(node.type));
  return types;
};
const notesOf = (tree: Nodes): string[] => {
  const found: string[] = [];
  visit(tree, 'footnoteDefinition', (node) => void found.push(`${node.identifier}: ${wordsIn(node)}`));
  return found;
};

test('a colon in a sentence is a colon', () => {
  for (const text of [
    'AI:the rest',
    'at 10:am',
    ':smile: at me',
    'x:foreign policy',
    ':foreign',
    'a:b:c',
    'C++ std::move',
  ])
    assert.equal(said(rootOf(text)), text);
  assert.equal(said(rootOf('> AI:the\n> rest:of it')), 'AI:the\nrest:of it');
  assert.equal(said(rootOf('- one:a\n-\ttab:b')), 'one:atab:b');
  assert.equal(said(rootOf('\uFEFFAI:the rest')), 'AI:the rest');
  assert.equal(said(rootOf('a:b\r\nc:d')), 'a:b\nc:d');
});

test('what follows a colon is plain Markdown', () => {
  const label = rootOf('a :b[c *d*]{e=f} g');
  assert.equal(said(label), 'a :b[c d]{e=f} g');
  assert.deepEqual(typesIn(label), ['root', 'paragraph', 'text', 'emphasis', 'text', 'text']);
  const link = rootOf('See:this[one](https://example.org/a:b) and me:a&amp;b\\*');
  assert.equal(said(link), 'See:thisone and me:a&b*');
  assert.ok(typesIn(link).includes('link'));
});

test('a foreign phrase is ours, with its language; one that never closes is letters', () => {
  const found: unknown[] = [];
  visit(
    rootOf('He wrote :foreign[非我 *族類*]{lang=zh-Hant}, and x:foreign[so]{lang=la}.'),
    'textDirective',
    (node) => {
      found.push([wordsIn(node), node.attributes]);
    },
  );
  assert.deepEqual(found, [
    ['非我 族類', { lang: 'zh-Hant' }],
    ['so', { lang: 'la' }],
  ]);
  for (const text of ['A :foreign[phrase that never ends', 'A :foreign[]{lang=la}word'])
    assert.equal(said(rootOf(text)), text);
});

test('blocks of ours are read as blocks', () => {
  const types = typesIn(
    rootOf(':::epigraph\nBe it so.\n:::\n\n::pagebreak\n\n| a |\n| - |\n| b |\n\n~~gone~~[^1]\n\n[^1]: Note.'),
  );
  for (const type of [
    'containerDirective',
    'leafDirective',
    'table',
    'delete',
    'footnoteReference',
    'footnoteDefinition',
  ])
    assert.ok(types.includes(type), type);
});

/** Sentences in which anything may stand next to a colon, and Markdown in between. */
const scrap = fc.constantFrom(
  ...[
    'word',
    'AI',
    ':',
    '::',
    ':a',
    ':foreign',
    ':foreign[',
    '[',
    ']',
    '{',
    '}',
    '{lang=la}',
    '*',
    '**',
    '_',
    '`',
    '~~',
  ],
  ...['非', 'é', '10', ' ', ' ', '\n', '"', "'", '.', '-', '(', ')', '\\', '&amp;', 'x@y.org', '!', '=', '#'],
);
const sentence = fc.array(scrap, { minLength: 1, maxLength: 14 }).map((scraps) => `Start ${scraps.join('')} end`);

test('no letter of a paragraph is lost: what Markdown alone reads, we read', () => {
  const plain = unified().use(remarkParse).use(remarkGfm);
  fc.assert(
    fc.property(sentence, (text) => {
      const expected = lettersOf(wordsIn(plain.parse(text)));
      const tree = rootOf(text);
      const attributes: string[] = [];
      visit(tree, (node) => {
        // `::word` alone on a line is a block, which the rules refuse where it has none of our names.
        if (node.type !== 'textDirective' && node.type !== 'leafDirective') return;
        attributes.push(
          node.name,
          ...Object.entries(node.attributes ?? {}).flatMap(([key, value]) => [key, value ?? '']),
        );
      });
      if (attributes.length === 0) assert.equal(lettersOf(said(tree)), expected);
      else assert.equal(lettersOf(said(tree) + attributes.join('')).length, expected.length);
    }),
    { numRuns: 1000, examples: [['Start \n::word\nword end']] },
  );
});

test('references become the links and pictures they mean; the first definition counts', () => {
  const manuscript = read(
    'A [word][here] and ![alt][there].\n\n[here]: #wages "t"\n[there]: p.png "Cap"\n[there]: q.png',
  );
  const types = typesIn(manuscript.files[0]!.root);
  assert.ok(types.includes('link') && !types.includes('linkReference') && !types.includes('imageReference'));
  const [picture, ...rest] = pictureReferences(manuscript);
  assert.deepEqual(
    [picture?.node.url, picture?.node.title, picture?.node.alt, rest.length],
    ['p.png', 'Cap', 'alt', 0],
  );
});

test('pictures are named in order, each with its file', () => {
  const found = pictureReferences(read('![a](1.png)\n\n> ![b](2.png)', ':::figure\n![c](3.png)\n:::'));
  const named = found.map(({ file, node }) => [file.path, node.url]);
  assert.deepEqual(named, [
    ['text-1.md', '1.png'],
    ['text-1.md', '2.png'],
    ['text-2.md', '3.png'],
  ]);
});

test('text for one edition is in that edition alone, unwrapped', () => {
  const text = 'All.\n\n:::only{edition=long}\nLong.\n:::\n\n:::only{edition="short zine"}\nBrief.\n:::\n\nEnd.';
  assert.equal(said(rootFor(text, 'long')), 'All.Long.End.');
  assert.equal(said(rootFor(text, 'short')), 'All.Brief.End.');
  assert.equal(said(rootFor(text, 'zine')), 'All.Brief.End.');
  assert.equal(said(rootFor(text, 'other')), 'All.End.');
  assert.ok(!typesIn(rootFor(text, 'long')).includes('containerDirective'));
  assert.deepEqual(editionsOf({ attributes: { edition: 'long, short' } }), ['long', 'short']);
  assert.deepEqual(editionsOf({}), []);
});

test('text for one edition may stand inside matter, a quotation, a list or another such text', () => {
  const only = (words: string): string => `:::only{edition=long}\n${words}\n:::`;
  const inside = [
    `::::backmatter\nAll.\n\n${only('Long.')}\n::::`,
    `> All.\n>\n${only('Long.').replace(/^/gm, '> ')}`,
    `- All.\n\n${only('Long.').replace(/^/gm, '  ')}`,
    `All.\n\n::::only{edition="long zine"}\n${only('Long.')}\n::::`,
    `All.[^1]\n\n[^1]: \n${only('Long.').replace(/^/gm, '    ')}`,
  ];
  for (const text of inside) {
    assert.equal(said(rootFor(text, 'long')), 'All.Long.', text);
    assert.equal(said(rootFor(text, 'short')), 'All.', text);
  }
});

test('the manuscript itself stays whole', () => {
  const manuscript = read(
    'All.\n\n:::only{edition=long}\nLong.[^1]\n:::\n\n[^1]: Note.\n\n> :::only{edition=long}\n> x\n> :::',
  );
  const before = JSON.stringify(manuscript.files[0]!.root);
  forEdition(manuscript, 'short');
  forEdition(manuscript, 'long');
  assert.equal(JSON.stringify(manuscript.files[0]!.root), before);
});

test('a note goes with the text that calls it', () => {
  const only = (body: string): string => `:::only{edition=long}\n${body}\n:::`;
  const alone = `All.[^a]\n\n${only('Long.[^b]')}\n\n[^a]: One.\n\n[^b]: Two.`;
  assert.deepEqual(notesOf(rootFor(alone, 'long')), ['a: One.', 'b: Two.']);
  assert.deepEqual(notesOf(rootFor(alone, 'short')), ['a: One.']);
  const both = `All.[^a]\n\n${only('Long.[^a]')}\n\n[^a]: One.`;
  assert.deepEqual(notesOf(rootFor(both, 'short')), ['a: One.']);
  const chained = `All.\n\n${only('Long.[^a]')}\n\n[^a]: One.[^b]\n\n[^b]: Two.`;
  assert.deepEqual(notesOf(rootFor(chained, 'short')), []);
  const nested = `All.\n\n${only('Long.[^a]')}\n\n> [^a]: One.`;
  assert.deepEqual(notesOf(rootFor(nested, 'short')), []);
});

test('a note that is called from what is left stays, though the cut text defined it', () => {
  const text = ':::only{edition=long}\nLong.[^a]\n\n[^a]: One.[^b]\n\n[^b]: Two.\n:::\n\nAll.[^a]';
  assert.deepEqual(notesOf(rootFor(text, 'short')), ['a: One.', 'b: Two.']);
  const twice =
    ':::only{edition=long}\nA[^1]\n\n[^1]: Long.\n:::\n\n:::only{edition=short}\nA[^1]\n\n[^1]: Short.\n:::';
  assert.deepEqual(notesOf(rootFor(twice, 'short')), ['1: Short.']);
  assert.deepEqual(notesOf(rootFor(twice, 'long')), ['1: Long.']);
});

test('a note that a block defines may be called before it', () => {
  const calls = (text: string): number => typesIn(rootOf(text)).filter((type) => type === 'footnoteReference').length;
  const text = 'A[^1] b[^Two].\n\n:::backmatter\n[^1]: One.\n\n[^Two]: Two.\n:::';
  assert.equal(calls(text), 2);
  assert.deepEqual(notesOf(rootOf(text)), ['1: One.', 'two: Two.']);
  const open = 'A[^1].\n\n:::backmatter\n[^1]: One.\n:::\n\n```\ncode';
  assert.equal(said(rootOf(open)), 'A[^1].One.code');
  const cut = 'All.[^a]\n\n:::only{edition=long}\nLong.\n\n[^a]: One.\n:::';
  assert.deepEqual(notesOf(rootFor(cut, 'short')), ['a: One.']);
});
