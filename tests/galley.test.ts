// The galley as a tree: which first words are set in small capitals, which words may be divided where lines are ragged,
// and where the text begins that is numbered from 1.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Element, ElementContent } from 'hast';
import { hyphenator } from '../scripts/edition/hyphenation.ts';
import { element, text } from '../scripts/edition/markup.ts';
import { plainText } from '../scripts/edition/words.ts';
import { type Flow, galley } from '../scripts/typeset/galley.ts';
import { leadIn } from '../scripts/typeset/leadin.ts';
import { composed } from './composing.ts';

/** The lead-in of a paragraph; nothing is lost by it. */
function lead(words: string, language = 'en', ...rest: ElementContent[]): string {
  const paragraph = element('p', {}, [text(words), ...rest]);
  const before = plainText([paragraph]);
  leadIn(paragraph, language);
  assert.equal(plainText([paragraph]), before.replaceAll('\u00ad', ''));
  const [first] = paragraph.children;
  return first?.type === 'element' && first.properties['className'] ? plainText([first]) : '';
}

test('a lead-in ends at the first mark, else after three words or so, and never after an article', () => {
  assert.equal(lead('Day by day, however, the machines gain.'), 'Day by day');
  assert.equal(lead('Workers, unite and read on.'), 'Workers');
  assert.equal(lead('Whoever looks at the ledger of the mill'), 'Whoever looks');
  assert.equal(lead('The looms stand still tonight in the yard'), 'The looms stand');
  assert.equal(lead('One of the men who had come'), 'One of the men');
  assert.equal(lead('Das Haus in der Straße brannte'), 'Das Haus');
  assert.equal(lead('Der alte Drucker in der Straße brannte', 'de'), 'Der alte Drucker');
  assert.equal(lead('Machines\u00a0– they say – are tools.'), 'Machines');
  assert.equal(lead('Every line ends.'), 'Every line ends');
  assert.equal(lead('Machi\u00adnes never sleep at night', 'en'), 'Machines never sleep');
  assert.equal(lead('Ο παλιός τυπογράφος έφυγε από εδώ', 'el'), 'Ο παλιός τυπογράφος');
  assert.equal(lead('Старый печатник молчал целый день', 'ru'), 'Старый печатник молчал');
});

test('what is no plain word of the book’s script is no part of a lead-in', () => {
  const none: readonly (readonly [string, string])[] = [
    ['„Nein“\u00a0–, sagte er, und ging nach Hause', 'de'],
    ['See p.\u00a012 of the ledger for the wages', 'en'],
    ['Das »Kapital« von K.\u00a0Marx erschien damals', 'de'],
    ['1844 the weavers rose in their villages', 'en'],
    ['In 1844 the weavers rose in their villages', 'en'],
    ['🔥 Burning looms light up the night sky', 'en'],
    ['Czasы looms light up the night sky', 'en'],
    ['English words open this chapter here now', 'zh-Hant'],
    ['English words open this chapter here now', 'ar'],
    ['Русские слова стоят здесь в начале', 'en'],
    ['Donaudampfschifffahrt heißt das Wort hier nun', 'de'],
    ['Die Donaudampfschifffahrt heißt das Wort hier', 'de'],
    ['So, he said, and went away at once', 'en'],
    ['', 'en'],
  ];
  for (const [words, language] of none) assert.equal(lead(words, language), '', words);
  // What follows in an element would be cut off.
  assert.equal(lead('The whole ', 'en', element('em', {}, [text('Capital')])), '');
  assert.equal(lead('The whole Capital', 'en', element('a', { className: ['note-call'] }, [text('1')])), '');
});

const style = {
  ...({ notes: 'foot', chapters: 'page', contents: true } as const),
  picture: (id: string): string => id,
};
const german = await hyphenator('de');
const set = (source: string, more: { folios?: 'roman'; chapters?: 'run-on' } = {}): Flow[] =>
  galley(composed(source, { language: 'de' }), { ...style, folios: 'arabic', hyphenate: german, ...more });

function* elements(nodes: readonly ElementContent[]): Generator<Element> {
  for (const node of nodes)
    if (node.type === 'element') {
      yield node;
      yield* elements(node.children);
    }
}

test('a long word may be divided in headings, contents and captions, with hyphens; a short one and code never', () => {
  const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeit';
  const source = `## Die ${LONG}\n\n### Die *${LONG}*\n\n:::verse\n${LONG} Verantwortung\n:::\n\n:::pullquote\n${LONG}\n:::\n\n## Die Verantwortung\n\n### \`${LONG}\`\n\n:foreign[${LONG}]{lang=fr} Verantwortung`;
  const all = [...elements(set(source).map((flow) => flow.element))];
  const boxes = all.filter(({ properties }) => String(properties['className']) === 'long-word');
  // Two headings, each again in the contents; the verse; the pull quote.
  assert.equal(boxes.length, 6);
  for (const box of boxes) assert.equal(plainText([box]), german(LONG));
  assert.match(german(LONG), /\u00ad/);
  const divided = all.filter(
    (one) =>
      one.children.some((child) => child.type === 'text' && child.value.includes('\u00ad')) &&
      !boxes.includes(one) &&
      one.tagName !== 'p',
  );
  assert.deepEqual(
    divided.map(({ tagName }) => tagName),
    [],
  );
});

test('roman folios end at the first chapter, whatever stands before it; without one, where the text begins', () => {
  const fronts = (source: string, chapters?: 'run-on'): string[] =>
    set(source, { folios: 'roman', ...(chapters ? { chapters } : {}) })
      .filter(({ kind }) => kind === 'text')
      .map(
        ({ front, opens, element: flow }) =>
          `${front ? 'front' : 'text'} ${opens} ${plainText([flow]).trim().split(/\s/)[0]}`,
      );
  const preface = ':::frontmatter\n## Vorwort\n\nText.\n:::\n\n';
  const epigraph = ':::epigraph\nSpruch.\n:::\n\n';
  const chapters = '## Eins\n\nText.\n\n## Zwei\n\nText.\n';
  assert.deepEqual(fronts(`# T\n\n${epigraph}${chapters}`), [
    'front recto Spruch.',
    'text recto Eins',
    'text page Zwei',
  ]);
  assert.deepEqual(fronts(`# T\n\n${epigraph}${chapters}`, 'run-on'), ['front recto Spruch.', 'text recto Eins']);
  assert.deepEqual(fronts(`# T\n\n${preface}Worte.\n\n${chapters}`), [
    'front recto Vorwort',
    'front page Worte.',
    'text recto Eins',
    'text page Zwei',
  ]);
  assert.deepEqual(fronts('Worte.\n\nMehr.'), ['text recto Worte.']);
  assert.deepEqual(fronts(`${preface}Worte.`), ['front recto Vorwort', 'text recto Worte.']);
});
