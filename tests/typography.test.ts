import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Element, ElementContent } from 'hast';
import { element, text } from '../scripts/edition/markup.ts';
import { fixedSpaces } from '../scripts/edition/spacing.ts';
import { isAddress, punctuate, setPunctuation } from '../scripts/edition/typography.ts';
import { countWords } from '../scripts/edition/words.ts';

/** A paragraph of strings and elements, set; comes back with `<em>` and the like around what they hold. */
function setParagraph(content: readonly (string | Element)[], language = 'en'): string {
  const paragraph = element('p', {}, content.map(node));
  setPunctuation([paragraph], language);
  return shown(paragraph.children);
}
const node = (piece: string | Element): ElementContent => (typeof piece === 'string' ? text(piece) : piece);
const wrap = (tag: string, ...content: (string | Element)[]): Element => element(tag, {}, content.map(node));
const link = (words: string): Element => element('a', { href: 'https://example.org' }, [text(words)]);
const shown = (content: readonly ElementContent[]): string =>
  content
    .map((child) => {
      if (child.type === 'text') return child.value;
      return child.type === 'element' ? `<${child.tagName}>${shown(child.children)}</${child.tagName}>` : '';
    })
    .join('');
const english = (typed: string): string => punctuate(typed, 'en');

test('each language has its quotation marks, outer and inner', () => {
  const typed = `He said "she said 'no' twice" then.`;
  const expected: Readonly<Record<string, string>> = {
    en: 'He said “she said ‘no’ twice” then.',
    de: 'He said „she said ‚no‘ twice“ then.',
    'de-AT': 'He said „she said ‚no‘ twice“ then.',
    'de-CH': 'He said «she said ‹no› twice» then.',
    fr: 'He said «\u202fshe said “no” twice\u202f» then.',
    es: 'He said «she said “no” twice» then.',
    it: 'He said «she said “no” twice» then.',
    pt: 'He said “she said ‘no’ twice” then.',
    nl: 'He said “she said ‘no’ twice” then.',
    pl: 'He said „she said «no» twice” then.',
    cs: 'He said „she said ‚no‘ twice“ then.',
    hu: 'He said „she said »no« twice” then.',
    sv: 'He said ”she said ’no’ twice” then.',
    fi: 'He said ”she said ’no’ twice” then.',
    da: 'He said »she said ›no‹ twice« then.',
    nb: 'He said «she said ‘no’ twice» then.',
    no: 'He said «she said ‘no’ twice» then.',
    nn: 'He said «she said ‘no’ twice» then.',
    ru: 'He said «she said „no“ twice» then.',
    uk: 'He said «she said „no“ twice» then.',
    el: 'He said «she said “no” twice» then.',
    ar: 'He said «she said ”no“ twice» then.',
    he: 'He said ”she said ’no’ twice” then.',
    'zh-Hant': 'He said 「she said 『no』 twice」 then.',
    'zh-TW': 'He said 「she said 『no』 twice」 then.',
    'zh-Hans': 'He said “she said ‘no’ twice” then.',
    zh: 'He said “she said ‘no’ twice” then.',
    ja: 'He said 「she said 『no』 twice」 then.',
    'fr-CH': 'He said «\u202fshe said ‹\u202fno\u202f› twice\u202f» then.',
    tlh: 'He said “she said ‘no’ twice” then.',
  };
  for (const [language, set] of Object.entries(expected)) assert.equal(punctuate(typed, language), set, language);
});

test('quotation marks look at their neighbours', () => {
  assert.equal(english(`"Why?" "Because." ("Oh.") --"Ah"`), '“Why?” “Because.” (“Oh.”) --“Ah”');
  assert.equal(english(`"'Twice,' he said," she said.`), '“‘Twice,’ he said,” she said.');
  assert.equal(english(`'"Twice," he said,' she said.`), '‘“Twice,” he said,’ she said.');
  assert.equal(english(`the "so-called"--"free"--press`), 'the “so-called”—“free”—press');
  assert.equal(english('"Wait--" he said.'), '“Wait—” he said.');
  assert.equal(english('it ended so."'), 'it ended so.”');
  assert.equal(english('"and it goes on'), '“and it goes on');
  assert.equal(english('“typed right and closed wrong."'), '“typed right and closed wrong.”');
});

test('apostrophes are no quotation marks', () => {
  assert.equal(english(`don't, workers' and James's`), 'don’t, workers’ and James’s');
  assert.equal(english(`the '90s, '68 and 'tis, rock 'n' roll`), 'the ’90s, ’68 and ’tis, rock ’n’ roll');
  assert.equal(punctuate(`l'homme qu'on`, 'fr'), 'l’homme qu’on');
  assert.equal(punctuate(`'s avonds in 't huis`, 'nl'), '’s avonds in ’t huis');
  assert.equal(punctuate(`die '68er und 's ist`, 'de'), 'die ’68er und ’s ist');
  assert.equal(english(`'unclosed words`), '’unclosed words');
});

test('after figures stand primes', () => {
  assert.equal(english(`a 12" gun, 6'2" tall, 5' wide`), 'a 12″ gun, 6′2″ tall, 5′ wide');
  assert.equal(english(`in "1984" and the 1990's`), 'in “1984” and the 1990’s');
});

test('dashes and dots', () => {
  assert.equal(english('one -- two, 1914--18, no---yes, no--yes'), 'one\u00a0– two, 1914–18, no—yes, no—yes');
  assert.equal(english('-- he said, and then--'), '–\u00a0he said, and then—');
  assert.equal(english('well... .... and so on...'), 'well… .... and so on…');
  assert.equal(english('----- stays, a-b stays, --help stays'), '----- stays, a-b stays, --help stays');
});

test('a dash before a mark that closes is a pause: it ends its line', () => {
  for (const [language, dash] of [
    ['en', '–'],
    ['de', '–'],
    ['el', '–'],
    ['ru', '—'],
  ] as const) {
    const one = `~${dash}`;
    assert.equal(
      spaces('so --, er --; ja --: doch --! (weit --).', language),
      `so${one}, er${one}; ja${one}: doch${one}! (weit${one}).`,
    );
    assert.equal(spaces('weit --. Und --', language), `weit${one}. Und${one}`);
    assert.equal(spaces('so ---, and', language), 'so~—, and');
  }
  assert.equal(spaces('"Nein --" sagt er.', 'de'), '„Nein~–“ sagt er.');
  assert.equal(spaces('cela --; puis', 'fr'), 'cela~–_; puis');
  assert.equal(english('--.5 and --"Ah"'), '--.5 and --“Ah”');
});

test('a book has one kind of dash: between words, too, where the language has only one', () => {
  for (const language of ['de', 'de-CH', 'fr', 'pl', 'sv'])
    assert.equal(spaces('Wort--Wort -- so--', language), 'Wort–Wort~– so–');
  assert.equal(spaces('Wort---Wort', 'de'), 'Wort—Wort');
  assert.equal(spaces('да--нет', 'ru'), 'да—нет');
});

test('French: high marks that touch their words get their space', () => {
  const french = (typed: string): string => spaces(typed, 'fr');
  assert.equal(french("Il vérifie; elle s'écrie: non! Et?"), 'Il vérifie_; elle s’écrie_: non_! Et_?');
  assert.equal(
    french('Quoi?! (Non!) « Oui! » "Ah!" 50%; «mot»!'),
    'Quoi_?! (Non_!) «_Oui_!_» «_Ah_!_» 50%_; «_mot_»_!',
  );
  for (const kept of [
    '12:30',
    '16:9 et 3:1',
    'https://a.fr/b?c=d;e! et',
    'mailto:a@b.fr; et',
    ':sourire: et',
    'a :-) b ;) c :(',
  ])
    assert.equal(french(kept), kept);
  assert.equal(setParagraph([wrap('code', 'a?b: c'), ': voici'], 'fr'), '<code>a?b: c</code>\u202f: voici');
  assert.equal(setParagraph(['Le ', wrap('em', 'mot'), '!'], 'fr'), 'Le <em>mot</em>\u202f!');
  assert.equal(spaces('So; oder: ja! Wie?', 'de'), 'So; oder: ja! Wie?');
});

test('French: thin unbreakable spaces by the high marks', () => {
  const french = (typed: string): string => punctuate(typed, 'fr');
  assert.equal(
    french('Quoi ? Non ! Oui ; et : « mot »'),
    'Quoi\u202f? Non\u202f! Oui\u202f; et\u202f: «\u202fmot\u202f»',
  );
  assert.equal(french('«mot» et «\u00a0mot\u00a0»'), '«\u202fmot\u202f» et «\u202fmot\u202f»');
  assert.equal(french('"mot" et " mot "'), '«\u202fmot\u202f» et «\u202fmot\u202f»');
  assert.equal(french('à 10:30'), 'à 10:30');
  assert.equal(punctuate('Was ? « so »', 'de'), 'Was ? « so »');
  assert.equal(setParagraph(['Quoi ', wrap('em', '? «'), ' a »'], 'fr'), 'Quoi\u202f<em>? «\u202f</em>a\u202f»');
});

test('a mark looks over the borders of elements', () => {
  assert.equal(setParagraph(['"', wrap('em', 'Never'), '," he said']), '“<em>Never</em>,” he said');
  assert.equal(
    setParagraph([wrap('em', 'The Times'), `'s "`, wrap('strong', 'own'), '"']),
    '<em>The Times</em>’s “<strong>own</strong>”',
  );
  assert.equal(setParagraph(['a-', wrap('em', '-'), 'b.', wrap('em', '.'), '.']), 'a—<em></em>b…<em></em>');
  assert.equal(setParagraph(['"a', element('a', { dataNote: '1' }, []), '"']), '“a<a></a>”');
});

test('code and addresses are left alone, and the marks around them set', () => {
  const code = wrap('code', `"a" -- 'b'...`);
  assert.equal(
    setParagraph(['"', code, `" and '`, wrap('code', 'c'), `' `]),
    `“<code>"a" -- 'b'...</code>” and ‘<code>c</code>’ `,
  );
  assert.equal(setParagraph([wrap('code', 'f'), `'s`]), '<code>f</code>’s');
  assert.equal(setParagraph(['"', link(`https://example.org/a--b'c`), '"']), `“<a>https://example.org/a--b'c</a>”`);
  const pre = element('pre', {}, [wrap('code', '"x" -- y')]);
  setPunctuation([wrap('blockquote', pre)], 'en');
  assert.equal(shown([pre]), '<pre><code>"x" -- y</code></pre>');
});

test('an address is what must be typed as it stands', () => {
  for (const words of ['https://example.org/a', 'http://a.b', 'www.example.org', 'jo@example.org'])
    assert.ok(isAddress(link(words)), words);
  for (const words of ['the site', 'see www', 'a @ b']) assert.ok(!isAddress(link(words)), words);
  assert.ok(!isAddress(wrap('em', 'https://example.org')));
});

test('each block is set by itself, each verse after the last', () => {
  const list = wrap('ul', wrap('li', wrap('p', '"a')), wrap('li', wrap('p', '"b"')));
  setPunctuation([list], 'en');
  assert.equal(shown([list]), '<ul><li><p>“a</p></li><li><p>“b”</p></li></ul>');
  const line = (words: string): Element => element('span', { className: ['verse-line'] }, [text(words)]);
  const stanza = wrap('p', line('"He said'), line(`'no'`), line('twice."'), line('"So."'));
  setPunctuation([wrap('div', stanza)], 'en');
  assert.equal(shown(stanza.children).replace(/<\/?span>/g, '|'), '|“He said||‘no’||twice.”||“So.”|');
});

/** Fixed spaces made visible: `~` as wide as others, `_` narrow. */
const spaces = (typed: string, language: string): string =>
  punctuate(typed, language).replaceAll('\u00a0', '~').replaceAll('\u202f', '_');

test('no line ends between what belongs together, in every language', () => {
  const english: readonly (readonly [string, string])[] = [
    ['ran 10 km, lost 5 % and 20 °C', 'ran 10~km, lost 5~% and 20~°C'],
    ['see § 5, No. 3, p. 12, pp. 3 and Fig. 2', 'see §~5, No.~3, p.~12, pp.~3 and Fig.~2'],
    ['ca. 1900, about 3 million', 'ca.~1900, about 3~million'],
    ['J. R. R. Tolkien, J. Doe and E.M. Forster', 'J.~R.~R.~Tolkien, J.~Doe and E.M.~Forster'],
    ['Dr. Smith and Mrs Dalloway', 'Dr.~Smith and Mrs~Dalloway'],
    ['12 May 1848, May 12, the 1st May', '12~May 1848, May~12, the 1st~May'],
    ['so e. g. this', 'so e.~g. this'],
    ['so -- they said --- no ... and', 'so~– they said~— no~… and'],
    ['p.\n12, 10\nkm', 'p.~12, 10~km'],
    ['It may rain in 10 kmart shops; a map. 12 men', 'It may rain in 10 kmart shops; a map. 12 men'],
    ['He and I. The others. Go on', 'He and I.~The others. Go on'],
  ];
  for (const [typed, set] of english) assert.equal(spaces(typed, 'en'), set);
  assert.equal(
    spaces('z. B. am 12. Mai, d. h. S. 12, u. a. 3 Mio.', 'de'),
    'z._B. am 12.~Mai, d._h. S.~12, u._a. 3~Mio.',
  );
  assert.equal(spaces('Le 12 mai, 10 000 francs, p. 3', 'fr'), 'Le 12~mai, 10_000 francs, p.~3');
  assert.equal(spaces('El 12 de mayo', 'es'), 'El 12~de mayo');
  assert.equal(spaces('z domu i w lesie, a o tym', 'pl'), 'z~domu i~w~lesie, a~o~tym');
  assert.equal(spaces('k lesu v domě 12. ledna', 'cs'), 'k~lesu v~domě 12.~ledna');
  assert.equal(spaces('В лесу он же был 12 мая, № 5', 'ru'), 'В~лесу он~же был 12~мая, №~5');
  assert.equal(spaces('στις 12 Μαΐου, σ. 5', 'el'), 'στις 12~Μαΐου, σ.~5');
});

test('a pause is the dash of the language', () => {
  assert.equal(spaces('Она -- машина', 'ru'), 'Она~— машина');
  assert.equal(spaces('-- Да, -- сказал он.', 'ru'), '—~Да,~— сказал он.');
  assert.equal(spaces('Она – машина', 'ru'), 'Она~– машина');
  assert.equal(spaces('Вона -- машина', 'uk'), 'Вона~— машина');
  assert.equal(spaces('--No --dijo Juan--, y calló.', 'es'), '—No —dijo Juan—, y calló.');
  assert.equal(spaces('Ona -- maszyna', 'pl'), 'Ona~– maszyna');
});

test('Hebrew: a shortened word has a mark of its own', () => {
  assert.equal(punctuate('מנכ"ל אמר "כן" וצ\'ק', 'he'), 'מנכ״ל אמר ”כן” וצ׳ק');
});

const languages = [
  ...['en', 'de', 'de-CH', 'fr', 'fr-CH', 'nl', 'sv', 'da', 'hu', 'ru', 'uk', 'pl', 'cs', 'es', 'el', 'ar', 'he', 'ja'],
  ...['zh-Hant', 'zh-Hans'],
];
const typedText = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '--',
      '---',
      '...',
      '-',
      '.',
      ' ',
      ' ',
      'word',
      'a',
      '12',
      '90s',
      'tis',
      'в',
      'z.',
      'J.',
      'km',
      '000',
      'May',
      'א',
      '«',
      '»',
      '“',
      '”',
      '’',
      '?',
      ':',
      '\u00a0',
      '\u202f',
      '\n',
      '(',
      ')',
      '😀',
      '…',
      '–',
      '\ufffc',
    ),
    { maxLength: 16 },
  )
  .map((pieces) => pieces.join(''));
const letters = (words: string): string => words.replace(/[^\p{L}\p{N}😀]/gu, '');

test('no letter changes, and what is set is set: twice is once', () => {
  fc.assert(
    fc.property(typedText, fc.constantFrom(...languages), (typed, language) => {
      const once = punctuate(typed, language);
      assert.equal(letters(once), letters(typed));
      assert.equal(punctuate(once, language), once);
      assert.doesNotMatch(once, /["']/);
    }),
    { numRuns: 4000 },
  );
});

test('only spaces are fixed, and words stay as many', () => {
  fc.assert(
    fc.property(typedText, fc.constantFrom(...languages), (typed, language) => {
      const fixed = fixedSpaces(typed, language);
      for (const at of fixed.keys()) assert.match(typed[at]!, /^[ \n]$/);
      const set = typed.split('').map((letter, at) => fixed.get(at) ?? letter);
      assert.equal(countWords(set.join('')), countWords(typed));
    }),
    { numRuns: 2000 },
  );
});

test('cut anywhere into elements, a line is set as if it were whole', () => {
  fc.assert(
    fc.property(fc.array(typedText, { maxLength: 5 }), fc.constantFrom(...languages), (pieces, language) => {
      const paragraph = wrap('p', ...pieces.map((piece, index) => (index % 2 ? wrap('em', piece) : piece)));
      const before = pieces.map(letters);
      setPunctuation([paragraph], language);
      const set = paragraph.children.map((child) => shown(child.type === 'element' ? child.children : [child]));
      assert.equal(set.join(''), punctuate(pieces.join(''), language));
      assert.deepEqual(set.map(letters), before);
    }),
    { numRuns: 1500 },
  );
});
