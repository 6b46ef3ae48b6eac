// Small books in ten languages, made by the real command and read back: nothing lost, divided where the dictionary
// divides, each language's marks, every font embedded; right to left from the lines to the booklet; no mark that closes
// at the start of a Chinese line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PDFDict, PDFDocument, PDFName } from '@pdfme/pdf-lib';
import { Blob, Buffer, Font, Face as FontFile, shape } from 'harfbuzzjs';
import { labelsFor } from '../scripts/edition/labels.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import { fallbacksFor } from '../scripts/typeset/fonts.ts';
import { geometryOf } from '../scripts/typeset/geometry.ts';
import { unzip } from './ebook-archive.ts';
import type { Word } from './oversize.ts';
import { fontsOf, glyphsOf, letters, pagesOf } from './reader.ts';
import { needs } from './tools.ts';
import { printed, reread, type Work } from './works.ts';
import { book, pamphleteer } from './workshop.ts';

interface Tongue {
  readonly title: string;
  readonly text: string;
  /** As they must stand in the pages, without white space. */
  readonly marks: string;
  /** Every word of five letters and more, at its dictionary's divisions; several where usage has several. */
  readonly divisions?: readonly string[];
}

/** So often, and each time so much further on, that the long words come to stand at many ends of lines. */
const often = (sentence: string): string =>
  Array.from({ length: 16 }, (_, time) => `${sentence} (${10 ** (time % 5)}) `).join('');

const TONGUES: Readonly<Record<string, Tongue>> = {
  en: {
    title: 'One',
    text: `${often('The understanding of the government is a democracy of us all, and so the machinery is of no use.')}He said "a 'no' is a no" -- so.`,
    marks: '“a‘no’isano”–so.',
    divisions: ['un-der-stand-ing', 'gov-ern-ment', 'de-moc-ra-cy', 'ma-chin-ery'],
  },
  de: {
    title: 'Eins',
    text: `${often('Die Gesellschaft hat die Verantwortung, und die Arbeitsgemeinschaft hat die Maschinen, z. B. am 12. Mai.')}Sie sagt "ein 'Nein' ist gut" -- so.`,
    marks: '„ein‚Nein‘istgut“–so.',
    divisions: ['Ge-sell-schaft', 'Ver-ant-wor-tung', 'Ar-beits-ge-mein-schaft', 'Ma-schi-nen'],
  },
  fr: {
    title: 'Un',
    text: `${often('Le gouvernement a une imprimerie, et les travailleurs ont leur organisation.')}On dit "un 'non' est bon" ; oui.`,
    marks: '«un“non”estbon»;oui.',
    divisions: ['gou-ver-ne-ment', 'im-pri-me-rie', 'tra-vail-leurs', 'or-ga-ni-sa-tion'],
  },
  es: {
    title: 'Uno',
    text: `${often('Los trabajadores y el gobierno ven la independencia de la imprenta, y así es.')}--Sí --dice ella--, "un 'no' es un no".`,
    marks: '—Sí—diceella—,«un“no”esunno».',
    divisions: ['tra-ba-ja-do-res', 'go-bier-no', 'in-de-pen-den-cia', 'im-pren-ta'],
  },
  pl: {
    title: 'Raz',
    text: `${often('To jest drukarnia, a w niej niepodległość robotników i odpowiedzialność za nią.')}Mówi "to 'nie' jest nie" -- tak.`,
    marks: '„to«nie»jestnie”–tak.',
    divisions: ['dru-kar-nia', 'nie-pod-le-głość', 'ro-bot-ni-ków', 'od-po-wie-dzial-ność'],
  },
  ru: {
    title: 'Раз',
    text: `${often('Это типография, и в ней есть независимость, а у работников есть государство.')}Он -- "это 'нет' и есть нет".`,
    marks: 'Он—«это„нет“иестьнет».',
    divisions: ['ти-по-г-ра-фия', 'не-за-ви-си-мость', 'ра-бот-ни-ков', 'го-су-дар-с-т-во'],
  },
  el: {
    title: 'Ένα',
    text: `${often('Το τυπογραφείο και οι εργαζόμενοι λένε ναι στη δημοκρατία και την ανεξαρτησία.')}Λέει "ένα 'όχι' δεν" -- ναι.`,
    marks: '«ένα“όχι”δεν»–ναι.',
    divisions: ['τυ-πο-γρα-φείο', 'ερ-γα-ζό-με-νοι', 'δη-μο-κρα-τία', 'α-νε-ξαρ-τη-σία'],
  },
  'zh-Hant': {
    title: '開始',
    text: `初夏的早晨，五個工人圍坐在舊印刷機旁邊，問了自己一個簡單的問題："機器屬於誰？時間又屬於誰？"年紀最大的那一位說：「機器不屬於任何人。」然後笑了很久。作坊很小，可是從那裡印出來的書，卻走到了很遠的城市；每一本書都帶著製作它的那雙手的痕跡。

作坊只有一扇窗，正對著市場。中午，小販們高聲叫賣的時候，印刷工人便停下來，喝一杯茶，把剛印好的字大聲念出來——在這裡改一個字，在那裡添一個逗號。有人說（其實，誰都知道）：「大聲讀書，是校對最古老的方法；也是交朋友，最古老的方法。」他們用 EB Garamond 排了十頁，**一共**賣了三百本……書賣完了，茶也喝完了；可是，那一扇窗，還開著。`,
    marks: '「機器屬於誰？時間又屬於誰？」',
  },
  ar: {
    title: 'البداية',
    text: `في صباح يوم من أيام مايو جلس العمال الخمسة حول طاولة الطباعة القديمة، وسألوا أنفسهم سؤالا بسيطا: من الذي يملك الآلة، ومن الذي يملك الوقت؟ قال أكبرهم "لا تملك الآلة أحدا" ثم ضحك طويلا. كانت الورشة صغيرة، لكن الكتب التي خرجت منها وصلت إلى مدن بعيدة.

لم يكن في الورشة سوى نافذة واحدة تطل على السوق. وحين كان الباعة يرفعون أصواتهم، كان الطابعون يتوقفون قليلا ليشربوا الشاي، فيصححون كلمة هنا ويضيفون **فاصلة** هناك، مع English words في النص.`,
    marks: '',
  },
  he: {
    title: 'התחלה',
    text: `בבוקר קיץ אחד ישבו חמישה פועלים סביב שולחן הדפוס הישן ושאלו את עצמם שאלה פשוטה: למי שייכת המכונה, ולמי שייך הזמן? הזקן שבהם אמר "המכונה אינה שייכת לאיש" וצחק זמן רב. בית המלאכה היה קטן, אבל הספרים שיצאו ממנו הגיעו לערים רחוקות.

בבית המלאכה היה רק חלון אחד, והוא השקיף אל השוק. כאשר הרימו הרוכלים את קולם, היו המדפיסים עוצרים מעט, שותים תה וקוראים בקול, מתקנים מילה כאן ומוסיפים **פסיק** שם, עם English words בתוכם.`,
    marks: '',
  },
};

const works = new Map<string, Promise<Work>>();

function work(language: string): Promise<Work> {
  const { title, text } = TONGUES[language]!;
  const made = works.get(language) ?? make(language, title, text);
  works.set(language, made);
  return made;
}

async function make(language: string, title: string, text: string): Promise<Work> {
  const folder = book({
    'book.yaml': `title: ${title}\nauthor: ${title}\nlanguage: ${language}\nslug: book\npamphlet: {trim: a6}\neditions:\n  long:\n    manuscript: m.md\n    outputs: [epub, pamphlet]\n`,
    'm.md': `## ${title}\n\n${text}\n`,
  });
  return (await printed(folder)).get('long')!;
}

/** The words between running head and folio, by page. */
function bodies({ pages, edition }: Work): { readonly folio: number; readonly words: readonly Word[] }[] {
  const geometry = geometryOf(edition.config.pamphlet);
  const top = geometry.top * 0.75;
  return pages.flatMap((all, index) => {
    const folio = all.findLast(
      (word) => word.text === `${index + 1}` && word.top > top + geometry.lines * geometry.leading * 0.75 - 2,
    );
    if (!folio) return [];
    return [{ folio: index + 1, words: all.filter((word) => word !== folio && (word.top + word.bottom) / 2 > top) }];
  });
}

/** Words in lines, by their feet: faces of unlike height stand on one foot. */
function linesOf(words: readonly Word[], leading: number): Word[][] {
  const lines = new Map<number, Word[]>();
  for (const word of words) {
    const near = [...lines.keys()].find((middle) => Math.abs(middle - (word.top + word.bottom) / 2) < leading * 0.4);
    const middle = near ?? (word.top + word.bottom) / 2;
    lines.set(middle, [...(lines.get(middle) ?? []), word]);
  }
  return [...lines.entries()].sort(([a], [b]) => a - b).map(([, line]) => line);
}

const bag = (text: string): string => [...letters(text)].sort().join('');
const plain = (text: string): string => text.replace(/\s/g, '');

const isDivided = (words: readonly Word[], at: number): boolean =>
  /\p{L}[-\u00ad]$/u.test(words[at]!.text) && (words[at + 1]?.top ?? 0) > words[at]!.top + 5;

for (const [language, { divisions = [], marks }] of Object.entries(TONGUES)) {
  test(
    `${language}: nothing lost, every font ours and embedded, every character drawn`,
    needs('pdftotext', 'pdffonts', 'qpdf'),
    async () => {
      const done = await work(language);
      if (done.edition.direction === 'ltr') await reread(done);
      const said = bodies(done).flatMap(({ words }) => words);
      const { title, text } = TONGUES[language]!;
      assert.equal(bag(said.map((word) => word.text).join('')), bag(title + text.replace(/["'*-]/g, '')));
      assert.ok(plain(said.map((word) => word.text).join('')).includes(marks), `${marks} stands in the text`);
      for (const ending of ['.pdf', '-press.pdf', '-booklet-a4.pdf'])
        for (const font of fontsOf(done.file(ending))) {
          assert.match(font.name, /EBGaramond|LeagueGothic|NotoSerifTC|Amiri|FrankRuhlLibre/);
          assert.ok(font.embedded && !font.type.startsWith('Type 3'), `${font.name} ${font.type}`);
        }
      const codes = glyphsOf(done.file('.pdf'));
      assert.ok(codes.length > 200, `${codes.length} characters`);
      assert.equal(codes.filter((code) => code === '0000').length, 0, 'empty boxes');
    },
  );

  if (divisions.length > 0)
    test(`${language}: words are divided where the dictionary divides them`, needs('pdftotext'), async () => {
      const { read } = await reread(await work(language));
      const found: string[] = [];
      for (const { body } of read)
        for (const [at, word] of body.entries()) {
          if (!isDivided(body, at)) continue;
          const before = letters(word.text);
          const whole = before + letters(body[at + 1]!.text);
          const known = divisions.find((one) => letters(one) === whole);
          assert.ok(known, `${word.text}${body[at + 1]!.text} is divided`);
          const places = known.split('-').map((_, index, parts) => letters(parts.slice(0, index + 1).join('')).length);
          assert.ok(places.slice(0, -1).includes(before.length), `${word.text}${body[at + 1]!.text}: ${known}`);
          found.push(known);
        }
      assert.ok(found.length > 0, 'words are divided');
    });
}

for (const language of ['ar', 'he'])
  test(`${language}: lines begin at the right, and the spine is at the right`, needs('pdftotext'), async () => {
    const done = await work(language);
    const { inner, outer, measure, leading, trim } = geometryOf(done.edition.config.pamphlet);
    const pt = 0.75;
    assert.equal(done.edition.direction, 'rtl');
    const [{ folio, words } = { folio: 0, words: [] }] = bodies(done);
    assert.equal(folio % 2, 1, 'the text opens on a recto');
    // A recto lies at the left of its spread: its fore-edge is at the left, its spine at the right.
    const [left, right] = [outer * pt, trim.width - inner * pt];
    assert.ok(Math.abs(right - left - measure * pt) < 0.1);
    const lines = linesOf(words, leading * pt);
    assert.ok(lines.length > 6);
    const starts = lines.map((line) => Math.max(...line.map((word) => word.right)));
    const ends = lines.map((line) => Math.min(...line.map((word) => word.left)));
    const indented = starts.filter((start) => start < right - 2);
    assert.equal(indented.length, 1, `one indent: ${starts}`);
    for (const start of starts) assert.ok(start < right + 1, `${start}`);
    for (const end of ends) assert.ok(end > left - 1, `${end}`);
    const number = done.pages[folio - 1]!.findLast((word) => word.text === `${folio}`)!;
    assert.ok(Math.abs(number.left - left) < 1, `the folio stands at the fore-edge: ${number.left}`);

    const { catalog } = await PDFDocument.load(readFileSync(done.file('.pdf')), { updateMetadata: false });
    const preferences = catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict);
    assert.equal(String(preferences.get(PDFName.of('Direction'))), '/R2L');
    // The outermost sheet, outside: the front at the left of the fold, the back at its right.
    const [outside = []] = pagesOf(done.file('-booklet-a4.pdf'));
    const cover = outside.filter((word) => word.bottom - word.top > 60);
    assert.ok(cover.length > 0 && cover.every((word) => word.right < 842 / 2), 'the front is at the left');
    const packed = unzip(readFileSync(done.file('.epub'))).find(({ name }) => name.endsWith('.opf'))!;
    assert.match(packed.bytes.toString('utf8'), /<spine [^>]*page-progression-direction="rtl"/);
  });

test('left to right is left as it is', needs('pdftotext'), async () => {
  const { catalog } = await PDFDocument.load(readFileSync((await work('en')).file('.pdf')), { updateMetadata: false });
  assert.equal(catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict).get(PDFName.of('Direction')), undefined);
});

const RANGES = Array.from({ length: 60 }, (_, time) => `כך${'ו'.repeat(time % 11)} (עמ 1112–1115).`).join(' ');
const LONG = Array.from(
  { length: 9 },
  (_, time) => `אמר כך${' כך'.repeat(time)} Donaudampfschifffahrtsgesellschaft.`,
).join(' ');

test(
  'Hebrew: addresses, code and note calls keep their direction, no line is blown apart',
  needs('pdftotext'),
  async () => {
    const folder = book({
      'book.yaml':
        'title: א\nauthor: א\nlanguage: he\nslug: book\npamphlet: {trim: a6}\neditions:\n  long:\n    manuscript: m.md\n    outputs: [pamphlet]\n',
      'm.md': `## א\n\n${'מילה ועוד מילה, ראו שם https://example.org/a/very/long/path/that/never/ends/and/goes/on?query=1&b=2 לעניין זה. '.repeat(3)}\n\n${LONG}\n\n${RANGES} \`code()\` ב1842[^1].\n\n[^1]: הערה.\n`,
    });
    const done = (await printed(folder)).get('long')!;
    const { leading, size, measure } = geometryOf(done.edition.config.pamphlet);
    const lines = bodies(done).flatMap(({ words }) => linesOf(words, leading * 0.75));
    assert.ok(lines.length > 10);
    const long = lines.filter((line) => line.some(({ text }) => text.includes('/')));
    const begun = long.filter((line) => line.some(({ text }) => text.includes('https')));
    assert.ok(long.length > begun.length, 'the address is longer than a line');
    assert.ok(
      begun.some((line) => line.some(({ text }) => /\p{Script=Hebrew}/u.test(text))),
      'and yet begins where there is room',
    );
    for (const line of lines) {
      const words = [...line].sort((a, b) => a.left - b.left);
      for (const [at, word] of words.entries()) {
        const gap = at === 0 ? 0 : word.left - words[at - 1]!.right;
        assert.ok(gap < size * 0.75 * 1.2, `${gap} pt of ${measure * 0.75} in ${words.map(({ text }) => text)}`);
      }
      const [left, right] = [words[0]!.text, words.at(-1)!.text];
      assert.doesNotMatch(left, /^–|–$/);
      assert.doesNotMatch(right, /^–|–$/);
    }
    const html = JSON.stringify(done.edition.parts);
    for (const kept of [/"tagName":"code","properties":\{"dir":"ltr"/, /"className":\["note-call"\][^}]*"dir":"ltr"/])
      assert.match(html, kept);
    assert.match(html, /"href":"https[^}]*"dir":"ltr"/);
    assert.doesNotMatch(JSON.stringify((await work('en')).edition.parts), /"dir"/);
  },
);

test('Chinese: the lines of the contents begin and end on the same edges', needs('pdftotext'), async () => {
  const folder = book({
    'book.yaml':
      'title: 論閒適\nauthor: Jo\nlanguage: zh-Hant\nslug: book\npamphlet: {trim: a6, frontMatter: full}\neditions:\n  long:\n    manuscript: m.md\n    outputs: [pamphlet]\n',
    'm.md': '## 論勞動\n\n一九六三年。\n\n## 麵包\n\n天下熙熙。\n\n## 跋\n\n完。\n',
  });
  const done = (await printed(folder)).get('long')!;
  const page = done.pages.find((words) => words.some(({ text }) => text === '目錄'))!;
  const at = (name: string): Word => page.find(({ text }) => text.startsWith(name))!;
  const lefts = ['論勞動', '麵包', '跋'].map((name) => at(name).left);
  assert.ok(Math.max(...lefts) - Math.min(...lefts) < 0.5, `${lefts}`);
});

test('the letters that Thai takes apart, and every sign of several characters, are drawn', async () => {
  const text = '👨‍👩‍👧‍👦 🇩🇪 🇫🇷 1️⃣ 👍🏽 ❤️ 🏴‍☠️ 👩🏽‍🌾 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ✊🏽 ทำคำ ⟶ ➜ ☭';
  const { faces, missing } = await openTypecase(text);
  assert.deepEqual(missing, []);
  const shaped = (family: string, word: string): number[] => {
    const { bytes } = faces.find(({ face }) => face.family === family)!;
    const font = new Font(new FontFile(new Blob(Uint8Array.from(bytes).buffer), 0));
    const buffer = new Buffer();
    buffer.addText(word);
    buffer.guessSegmentProperties();
    shape(font, buffer);
    const advances = buffer.getGlyphPositions();
    const drawn = buffer.getGlyphInfos().filter((_, at) => advances[at]!.xAdvance > 0);
    return drawn.map(({ codepoint }) => codepoint);
  };
  for (const sign of text.split(' ').slice(0, 10)) {
    const glyphs = shaped('Noto Emoji', sign);
    assert.equal(glyphs.length, 1, `${sign} is one sign`);
    assert.notEqual(glyphs[0], 0, `${sign} is an empty box`);
  }
  assert.ok(!shaped('Noto Sans Thai', 'ทำคำ').includes(0), 'Thai U+0E33');
  const emoji = faces.find(({ face }) => face.family === 'Noto Emoji')!.face;
  // Our own text face has the letters of the flags, and would set them before the flags.
  assert.ok(emoji.marks?.includes('🇩') && !emoji.marks.includes('1'));
});

test('a mark that no face has together with its letter is told', async () => {
  const { missing } = await openTypecase('\u05d0\u0650');
  assert.deepEqual(missing, [{ character: '\u05d0\u0650' }]);
});

const CLOSES = '，。、；：？！」』）…—';
const OPENS = '「『（';

test('Chinese: no line begins with a mark that closes or ends with one that opens', needs('pdftotext'), async () => {
  const done = await work('zh-Hant');
  const { leading, size, inner } = geometryOf(done.edition.config.pamphlet);
  const lines = bodies(done).flatMap(({ words }) => linesOf(words, leading * 0.75));
  const texts = lines.map((line) =>
    [...line]
      .sort((a, b) => a.left - b.left)
      .map((word) => word.text)
      .join(''),
  );
  assert.ok(texts.length > 10);
  for (const text of texts) {
    assert.ok(!CLOSES.includes(text[0]!), text);
    assert.ok(!OPENS.includes(text.at(-1)!), text);
  }
  // Cut blindly into lines as long, the same text breaks the rule.
  const longest = Math.max(...texts.map((text) => text.length));
  const blind = texts.join('').match(new RegExp(`.{1,${longest}}`, 'gu'))!;
  assert.ok(blind.some((text) => CLOSES.includes(text[0]!) || OPENS.includes(text.at(-1)!)));
  const indents = lines.map((line) => (Math.min(...line.map((word) => word.left)) - inner * 0.75) / (size * 0.75));
  assert.equal(indents.filter((indent) => Math.abs(indent - 2) < 0.2).length, 2, `two paragraphs, 2 em: ${indents}`);
});

test('the faces of a language come before the others', () => {
  const first = (...languages: string[]): string => fallbacksFor(languages)[0]!.faces[0].family;
  assert.equal(first('ja'), 'Noto Serif JP');
  assert.equal(first('zh-Hans'), 'Noto Serif SC');
  assert.equal(first('zh'), 'Noto Serif SC');
  assert.equal(first('zh-TW'), 'Noto Serif TC');
  assert.equal(first('ko'), 'Noto Serif KR');
  assert.equal(first('fa'), 'Amiri');
  assert.equal(first('he'), 'Frank Ruhl Libre');
  assert.equal(first('en', 'ja'), 'Noto Serif JP');
  assert.deepEqual(
    fallbacksFor(['en', 'not a tag']).map(({ faces }) => faces[0].family),
    fallbacksFor([]).map(({ faces }) => faces[0].family),
  );
  assert.equal(fallbacksFor(['ja', 'zh-Hans']).length, new Set(fallbacksFor(['ja', 'zh-Hans'])).size);
});

test('a character that no font has is told with its place, its code, and the package that has it', async () => {
  const folder = book({
    'book.yaml': 'title: Signs\nauthor: Jo\neditions:\n  long:\n    manuscript: m.md\n    outputs: [pamphlet]\n',
    'm.md': '## One\n\nA word, 한, and an eye 𓂀.\n',
  });
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 1);
  assert.match(
    done.stderr,
    /m\.md:3:9: No font has the character `한` \(U\+D55C\)\n.*@expo-google-fonts\/noto-serif-kr/,
  );
  assert.match(done.stderr, /m\.md:3:23: No font has the character `𓂀` \(U\+13080\)/);
});

test('every language that has quotation marks of its own has its own words', () => {
  const own = [
    'de',
    'fr',
    'es',
    'it',
    'nl',
    'pt',
    'pl',
    'ru',
    'uk',
    'cs',
    'sv',
    'el',
    'ar',
    'he',
    'zh-Hant',
    'zh-Hans',
    'ja',
    'ko',
  ];
  const english = labelsFor('en');
  for (const language of own) {
    const labels = labelsFor(language);
    assert.notEqual(labels.backToText, english.backToText, language);
    assert.match(labels.colophon, /\{words\}.*\{time\}/);
  }
  assert.notEqual(labelsFor('zh-TW').contents, labelsFor('zh-CN').contents);
});
