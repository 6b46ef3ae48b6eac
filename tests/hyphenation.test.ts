import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hyphenateText, hyphenator } from '../scripts/edition/hyphenation.ts';

const shown = (divided: string): string => divided.replaceAll('\u00ad', '-');

test('words are divided by the patterns of their language', async () => {
  const expected: readonly (readonly [string, string, string])[] = [
    ['en', 'democracy', 'democ-racy'],
    ['en-GB', 'democracy', 'demo-cracy'],
    ['en-AU', 'democracy', 'demo-cracy'],
    ['en-US', 'democracy', 'democ-racy'],
    ['de', 'Maschinen', 'Ma-schi-nen'],
    ['de-CH', 'Kasten', 'Kas-ten'],
    ['de-AT', 'Kasten', 'Kas-ten'],
    ['fr', 'ordinateur', 'or-di-na-teur'],
    ['fr-CA', 'ordinateur', 'or-di-na-teur'],
    ['es', 'trabajadores', 'tra-ba-ja-do-res'],
    ['pt-BR', 'trabalho', 'tra-ba-lho'],
    ['el', 'εργασία', 'ερ-γα-σία'],
    ['ru', 'машина', 'ма-шина'],
    ['no', 'arbeidere', 'ar-bei-dere'],
    ['sr-Latn', 'radnici', 'rad-nici'],
  ];
  for (const [language, word, divided] of expected) {
    const hyphenate = await hyphenator(language);
    assert.equal(shown(hyphenate(word)), divided, language);
  }
});

test('the places are those that the package itself finds, long enough parts given', async () => {
  for (const name of ['en-us', 'de', 'fr', 'hu', 'ru', 'el-monoton', 'hy', 'hi', 'tr']) {
    const hyphenate = await hyphenator(name);
    const { default: own } = (await import(`hyphen/${name}/index.js`)) as {
      default: { hyphenateSync: (text: string) => string; patterns: readonly [unknown, unknown, object?] };
    };
    const letters = [...new Set(JSON.stringify(own.patterns[1]).match(/[\p{L}\p{M}]/gu))];
    const part = fc.array(fc.constantFrom(...letters), { minLength: 5, maxLength: 16 }).map((all) => all.join(''));
    const word = fc.oneof(
      part,
      part.map((small) => small.replace(/^./, (first) => first.toUpperCase())),
      fc.tuple(part, part).map((parts) => parts.join('’')),
      fc.constantFrom('present', ...Object.keys(own.patterns[2] ?? {})),
    );
    fc.assert(
      fc.property(word, (typed) => {
        const places = (divided: string): number[] =>
          [...divided.matchAll(/\u00ad/g)].map(({ index }, nth) => index - nth);
        const tail = typed.replace(/[’'].*$/u, '').length;
        const expected = places(own.hyphenateSync(typed)).filter((at) => at >= 2 && at !== tail);
        const found = places(hyphenate(typed));
        // Only the last part may have been too short.
        assert.deepEqual(found, expected.slice(0, found.length), typed);
        assert.ok(
          expected.slice(found.length).every((at) => typed.slice(at).replace(/’.*$/u, '').length < 3),
          typed,
        );
      }),
      { numRuns: 200 },
    );
  }
});

test('a language without patterns is not divided, and Chinese is not divided as pinyin', async () => {
  for (const language of ['tlh', 'ja', 'zh', 'zh-Hant', 'zh-Hans-CN', 'ar']) {
    const hyphenate = await hyphenator(language);
    for (const word of ['zhongguo', 'democracy', '非我族類其心必異', 'الديمقراطية'])
      assert.equal(hyphenate(word), word, language);
  }
});

test('no part is shorter than two letters before and three after, no word shorter than five divided', async () => {
  for (const language of ['en', 'de', 'fr', 'es', 'hu']) {
    const hyphenate = await hyphenator(language);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäéö]{1,16}$/), (word) => {
        const parts = hyphenate(word).split('\u00ad');
        assert.equal(parts.join(''), word);
        if (word.length < 5) assert.equal(parts.length, 1);
        if (parts.length > 1) assert.ok(parts[0]!.length >= 2 && parts.at(-1)!.length >= 3, parts.join('-'));
        assert.equal(hyphenate(word), parts.join('\u00ad'));
      }),
      { numRuns: 300 },
    );
  }
});

test('figures, addresses and marks are left whole', async () => {
  const hyphenate = await hyphenator('en');
  const set = (text: string): string => shown(hyphenateText(text, hyphenate));
  assert.equal(set('In 1,234,567 democracies (2026).'), 'In 1,234,567 democ-ra-cies (2026).');
  for (const address of ['https://example.org/democracy', 'www.democracy.org', 'democracy@example.org'])
    assert.equal(set(`see ${address} democracy`), `see ${address} democ-racy`);
});

test('nothing but soft hyphens comes in', async () => {
  const hyphenate = await hyphenator('en');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const bare = text.replaceAll('\u00ad', '');
      assert.equal(hyphenateText(bare, hyphenate).replaceAll('\u00ad', ''), bare);
    }),
    { numRuns: 500 },
  );
  assert.equal(shown(hyphenateText('The democracy’s', hyphenate)), 'The democ-racy’s');
});
