// The faces that an ebook holds: cut down, they set every word as the whole face would. HarfBuzz judges, outline by outline.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { Blob, Face, Feature, Font, Buffer as Run, shape } from 'harfbuzzjs';
import { FEATURES, subsetFor } from '../scripts/ebook/fonts.ts';
import { FACES, FALLBACKS } from '../scripts/typeset/fonts.ts';
import { composed } from './composing.ts';
import { unzip } from './ebook-archive.ts';
import { epubcheck } from './ebook-judges.ts';
import { CSS, everything, publishedOf } from './ebook-specimens.ts';
import { needs } from './tools.ts';

const require = createRequire(import.meta.url);
const FAMILIES = [...FACES, ...FALLBACKS.flatMap(({ faces }) => faces)];

function bytesOf(family: string, weight = 400, style = 'normal'): Uint8Array | undefined {
  const face = FAMILIES.find((one) => one.family === family && one.weight === weight && one.style === style)!;
  try {
    return new Uint8Array(readFileSync(require.resolve(`${face.package}/${face.path}`)));
  } catch {
    return undefined; // an optional package
  }
}

const fontOf = (bytes: Uint8Array): Font => new Font(new Face(new Blob(Uint8Array.from(bytes).buffer), 0));

/** Each glyph's outline and where it goes, in the order of setting. */
function set(font: Font, text: string, features: readonly string[] = [], language = 'en'): string[] {
  const run = new Run();
  run.addText(text);
  run.guessSegmentProperties();
  run.setLanguage(language);
  shape(
    font,
    run,
    features.map((tag) => new Feature(tag)),
  );
  const places = run.getGlyphPositions();
  return run.getGlyphInfos().map(({ codepoint, cluster }, at) => {
    const { xAdvance, yAdvance, xOffset, yOffset } = places[at]!;
    return [cluster, xAdvance, yAdvance, xOffset, yOffset, font.glyphToPath(codepoint)].join(' ');
  });
}

const LATIN =
  'AVATAR Toffee office fjord affluent fflush Qu gg Thing, “Wörter” für Łódź — č ǧ e\u0301 q\u0323\u0302 \u017a\u0323 ế\u0323 1234567890 3⁄4 ½ ſt ct § & @ (x) ¿Qué? L’été Ĳ ĳ Ş ş ﬁ';

const WORDS: readonly (readonly [string, string, readonly string[]])[] = [
  ['EB Garamond', `${LATIN} Ἰλιάς μῆνιν Жизнь Ђ ґ Bulgarian`, ['en', 'de', 'nl', 'tr', 'ro', 'sr', 'bg', 'el']],
  ['League Gothic', `${LATIN.toUpperCase()} ${LATIN}`, ['en']],
  ['Courier Prime', 'if (a <= b) => fi "x" != ~é 0123', ['en']],
  ['Amiri', 'السلام عليكم بِسْمِ ٱللَّهِ لا محمّد الْحُرِّيَّةُ گچپژ ۱۲۳ ١٢٣ یِه کتاب‌ها لله', ['ar', 'fa', 'ur', 'sd']],
  ['Frank Ruhl Libre', 'שָׁלוֹם עֲלֵיכֶם בְּרֵאשִׁית 123 “אבג”', ['he', 'yi']],
  ['Noto Serif TC', '論勞動，與「機器」……──（一）。、；', ['zh-Hant', 'ja']],
  ['Noto Sans Thai', 'ทำคำ ปั้น น้ำ ฐู ญู', ['th']],
];

/** What the sheet asks for, and what it never does. */
const ASKED = [[], ['smcp'], ['c2sc', 'smcp'], ['onum'], ['lnum'], ['onum', 'tnum'], ['pnum', 'lnum']];

for (const [family, text, languages] of WORDS) {
  const whole = bytesOf(family);
  test(`${family}: a cut face sets as the whole one`, whole ? {} : { skip: 'not installed' }, async () => {
    const cut = await subsetFor(whole!, text);
    assert.ok(cut.length < whole!.length / 2, `${cut.length} of ${whole!.length} bytes`);
    const [one, other] = [fontOf(whole!), fontOf(cut)];
    for (const features of ASKED)
      for (const language of languages)
        for (const word of text.split(' '))
          assert.deepEqual(set(other, word, features, language), set(one, word, features, language), word);
    const letters = [...new Set(text)];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...ASKED),
        (some, features) => {
          const word = some.join('');
          assert.deepEqual(set(other, word, features), set(one, word, features));
        },
      ),
      { numRuns: 150 },
    );
  });
}

for (const [weight, style] of [
  [400, 'italic'],
  [700, 'normal'],
  [700, 'italic'],
] as const)
  test(`EB Garamond ${weight} ${style}: a cut face sets as the whole one`, async () => {
    const whole = bytesOf('EB Garamond', weight, style)!;
    const [one, other] = [fontOf(whole), fontOf(await subsetFor(whole, LATIN))];
    for (const features of ASKED)
      for (const word of LATIN.split(' ')) assert.deepEqual(set(other, word, features), set(one, word, features), word);
  });

test('the comparison sees what is left out', async () => {
  const whole = bytesOf('EB Garamond')!;
  const [one, other] = [fontOf(whole), fontOf(await subsetFor(whole, LATIN))];
  for (const [features, word] of [
    [['swsh'], 'Qu'],
    [['dlig'], 'Thing'],
    [['sups'], '12'],
  ] as const)
    assert.notDeepEqual(set(other, word, features), set(one, word, features), features.join());
  assert.notDeepEqual(set(one, 'office'), set(one, 'office', ['smcp']));
});

test('every feature that the sheet asks for is kept', () => {
  const tags: Readonly<Record<string, readonly string[]>> = {
    ...{ normal: [], none: [], 'small-caps': ['smcp'], 'all-small-caps': ['smcp', 'c2sc'] },
    ...{ 'oldstyle-nums': ['onum'], 'lining-nums': ['lnum'], 'tabular-nums': ['tnum'], 'proportional-nums': ['pnum'] },
  };
  const asked = [...CSS.matchAll(/font-variant[\w-]*:\s*([^;]+);/g)].flatMap(([, words]) => words!.split(/\s+/));
  assert.ok(asked.length >= 8, asked.join());
  for (const word of asked) for (const tag of tags[word] ?? [word]) assert.ok(FEATURES.includes(tag), tag);
  const named = [...CSS.matchAll(/font-feature-settings:\s*([^;]+);/g)].flatMap(([, list]) =>
    [...list!.matchAll(/['"](\w{4})['"]/g)].map(([, tag]) => tag!),
  );
  for (const tag of named) assert.ok(FEATURES.includes(tag), tag);
});

test('a letter costs its own room: no swashes come along', async () => {
  const whole = bytesOf('EB Garamond')!;
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?“”‘’–— '].join('');
  const { length } = await subsetFor(whole, letters);
  assert.ok(length < 60_000, `${length} bytes`);
});

test('`fonts: reader` holds no face and names none', needs('java'), async () => {
  const book = everything();
  const reader = { ...book, config: { ...book.config, fonts: 'reader' as const } };
  const [own, ours] = await Promise.all([reader, book].map(publishedOf));
  const read = (bytes: Uint8Array): { fonts: string[]; css: string; opf: string } => {
    const entries = unzip(bytes);
    const text = (end: string): string => entries.find(({ name }) => name.endsWith(end))!.bytes.toString();
    const fonts = entries.map(({ name }) => name).filter((name) => /\.(?:ttf|otf|woff2?)$/.test(name));
    return { fonts, css: text('style.css'), opf: text('content.opf') };
  };
  const { fonts, css, opf } = read(own!);
  assert.deepEqual(fonts, []);
  assert.doesNotMatch(opf, /font\//);
  assert.doesNotMatch(css, /@font-face|url\(/);
  const families = [...css.replace(/\/\*.*?\*\//gs, '').matchAll(/font-family:([^;}]+)/g)].map(([, list]) =>
    list!.trim(),
  );
  assert.deepEqual(
    [...new Set(families)].filter((one) => one !== 'inherit'),
    ['monospace'],
    'code stays apart, the rest is the reader’s',
  );
  assert.ok(read(ours!).fonts.length >= 4 && /@font-face/.test(read(ours!).css));
  assert.ok(own!.length < ours!.length / 2, `${own!.length} of ${ours!.length} bytes`);
  assert.deepEqual((await epubcheck([own!])).flat(), []);
});

test('the edition’s own type wins over the book’s', () => {
  const book = composed('x', { yaml: 'fonts: reader' });
  assert.equal(book.config.fonts, 'reader');
});
