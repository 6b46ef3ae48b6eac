// Language tags: which are told, what is proposed for them, and that no text whatever makes the question throw.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalLanguage, faultOfLanguage } from '../scripts/book/language.ts';

/** ISO 639-1: all that two letters can name (Library of Congress, codes for the representation of names of languages). */
const TWO_LETTERS =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'.split(
    ' ',
  );
const GIVEN_UP = ['bh', 'in', 'iw', 'ji', 'jw', 'mo', 'sh', 'tl'];

test('of all tags of two letters those of ISO 639-1 are languages', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const taken = letters.flatMap((one) => letters.map((two) => one + two)).filter((tag) => !faultOfLanguage(tag));
  assert.deepEqual(
    taken.filter((tag) => !GIVEN_UP.includes(tag)),
    TWO_LETTERS,
  );
});

test('names, countries and slips are told with what was probably meant', () => {
  const meant: Readonly<Record<string, string>> = {
    german: 'de',
    Deutsch: 'de',
    Francais: 'fr',
    englsh: 'en',
    jp: 'ja',
    cn: 'zh',
    gr: 'el',
    en_GB: 'en-GB',
    zh_hant: 'zh-Hant',
  };
  for (const [tag, code] of Object.entries(meant))
    assert.match(faultOfLanguage(tag)?.note ?? '', new RegExp(`Did you mean \`${code}\``), tag);
  for (const tag of ['xx', 'en-XX', 'en-ZZ', 'zh-Xyzq', 'e', 'en-', 'fr fr', '', 'x-foo', '中文', '../..'])
    assert.ok(faultOfLanguage(tag) && !faultOfLanguage(tag)!.advice, tag);
  for (const tag of [
    'grc',
    'sr-Latn-RS',
    'pt-BR',
    'es-419',
    'de-1996',
    'und',
    'zxx',
    'qaa',
    'zh-Hant',
    'en-US-u-ca-buddhist',
  ])
    assert.equal(faultOfLanguage(tag), undefined, tag);
  assert.equal(faultOfLanguage('yuf')?.advice, true, 'Havasupai is a language, if not in every list');
});

test('any text gets an answer', () => {
  const piece = fc.constantFrom(
    'en',
    'DE',
    'zh',
    '-',
    '_',
    'Hant',
    'x',
    'XX',
    '1996',
    'u',
    'ca',
    'root',
    ' ',
    '419',
    'ü',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((all) => all.join('')),
      ),
      (text) => {
        const fault = faultOfLanguage(text);
        if (fault) assert.match(`${fault.reason}. ${fault.note}`, /^`[^`]*`.*[.?]$|^Few programs .*[.?]$/s);
        if (!fault || fault.advice) assert.ok(canonicalLanguage(text));
      },
    ),
    { numRuns: 300 },
  );
});
