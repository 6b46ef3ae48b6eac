import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { Face, Font, Blob as FontFile, shape as shapeText, Buffer as Text } from 'harfbuzzjs';
import type { BookConfig } from '../scripts/book/config.ts';
import { contrast, inkOn, legible } from '../scripts/site/colour.ts';
import { capitalsWidth, fitTitle } from '../scripts/site/fitting.ts';
import { english } from '../scripts/site/labels.ts';
import type { Kind, ManifestFile } from '../scripts/site/manifest.ts';
import { type DownloadPage, downloadPage, type PageEdition, type Step } from '../scripts/site/page.ts';

const template = readFileSync(new URL('../templates/site/index.html', import.meta.url), 'utf8');
const css = readFileSync(new URL('../templates/site/site.css', import.meta.url), 'utf8');

const book: BookConfig = {
  title: 'Whose Machines?',
  subtitle: 'A reader’s guide',
  authors: [{ name: 'Jo Example', fileAs: 'Example, Jo', roles: ['aut'] }],
  language: 'en',
  date: '2026-06',
  description: 'Who may say no?',
  rights: 'Copy freely',
  url: 'https://book.example/',
  subjects: [],
  spot: '#d62718',
  numberChapters: false,
  editions: [],
};
const long: PageEdition = { name: 'long', label: 'The whole', kind: 'text', words: 10560, readingMinutes: 44 };
const short: PageEdition = { name: 'short', label: 'In short', kind: 'text', words: 1430, readingMinutes: 6 };
const middle: PageEdition = { name: 'middle', label: 'Half', kind: 'text', words: 17280, readingMinutes: 72 };
const zine: PageEdition = { name: 'zine', label: 'The zine', kind: 'zine', words: 600, readingMinutes: 3 };

function file(edition: string, kind: Kind, end: string, more: Partial<ManifestFile> = {}): ManifestFile {
  return { path: `machines-${edition}${end}`, edition, kind, bytes: 123_456, sha256: `${edition}${end}`, ...more };
}
function textFiles(edition: string): readonly ManifestFile[] {
  return [
    file(edition, 'epub', '.epub'),
    file(edition, 'pages', '.pdf', { pages: 12, trim: '148mm x 210mm' }),
    file(edition, 'press', '-press.pdf', { pages: 12, trim: '148mm x 210mm' }),
    file(edition, 'booklet', '-booklet-a4.pdf', { sheets: 3, paper: 'a4', trim: '148mm x 210mm' }),
    file(edition, 'booklet', '-booklet-letter.pdf', { sheets: 3, paper: 'letter', trim: '140mm x 198mm' }),
  ];
}
const zineFiles = [
  file('zine', 'pages', '.pdf', { pages: 8 }),
  file('zine', 'sheet', '-sheet-a4.pdf', { sheets: 1, paper: 'a4', trim: '74mm x 105mm' }),
];
const files = [...textFiles('long'), ...textFiles('short'), ...zineFiles];
const DRAWN = '<svg class="drawing" viewBox="0 0 8 8"></svg>';
const howTo = ({ kind }: ManifestFile): readonly Step[] =>
  kind === 'sheet'
    ? [{ text: 'Cut the slit.', svg: DRAWN }]
    : [{ text: 'Turn on the short edge.' }, { text: 'Fold & staple.', svg: DRAWN }];

function make(change: Partial<DownloadPage> = {}, described: Partial<BookConfig> = {}): string {
  const display = 'data:font/ttf;base64,AAEA';
  const given = { editions: [long, short, zine], files, template, css, fonts: { display }, howTo };
  return downloadPage({ ...given, ...change, book: { ...book, ...described } });
}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', '#39': "'" };
const decode = (text: string): string =>
  text.replace(
    /&([#\w]+);/g,
    (whole, name: string) => NAMED[name] ?? assert.fail(`an entity nobody decodes: ${whole}`),
  );

/** A strict reader for pages that close all they open: fails on wrong nesting, stray `<` and `&`, doubled ids and attributes. */
function read(html: string): { readonly tags: readonly Tag[]; readonly text: string } {
  const empty = new Set(['meta', 'link', 'img', 'path']);
  const phrasing = new Set(['p', 'h1', 'h2', 'h3', 'summary', 'dt', 'a', 'span', 'b']);
  const block = new Set([
    'p',
    'div',
    'ul',
    'ol',
    'dl',
    'section',
    'details',
    'h1',
    'h2',
    'h3',
    'header',
    'main',
    'footer',
  ]);
  const tags: Tag[] = [];
  const open: string[] = [];
  const words: string[] = [];
  const ids = new Set<string>();
  const body = html.replace(/^<!doctype html>\n/, '').replace(/(<style>)[\s\S]*?(<\/style>)/, '$1$2');
  assert.notEqual(body, html, 'a doctype');
  const token = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<]*")?)*)\s*(\/?)>|([^<]+)/gy;
  let at = 0;
  for (const [whole, slash, name = '', rest = '', closed, text] of body.matchAll(token)) {
    at += whole.length;
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?![#\w]+;)/);
      words.push(decode(text));
    } else if (slash) {
      assert.equal(open.pop(), name, `</${name}> after ${body.slice(Math.max(0, at - 120), at)}`);
    } else {
      const attributes = new Map<string, string>();
      for (const [, key = '', value = ''] of rest.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)) {
        assert.ok(!attributes.has(key), `${key} twice`);
        attributes.set(key, decode(value));
      }
      const id = attributes.get('id');
      assert.ok(id === undefined || !ids.has(id), `id ${id} twice`);
      if (id !== undefined) ids.add(id);
      if (block.has(name)) assert.ok(!open.some((outer) => phrasing.has(outer)), `${name} in ${open.join(' ')}`);
      if (name === 'li') assert.match(open.at(-1) ?? '', /^[uo]l$/);
      if (name === 'a') assert.ok(!open.includes('a'), 'a link in a link');
      tags.push({ name, attributes });
      if (!closed && !empty.has(name)) open.push(name);
    }
  }
  assert.equal(at, body.length, `not HTML: ${body.slice(at, at + 80)}`);
  assert.deepEqual(open, []);
  return { tags, text: words.join('').replace(/[ \n]+/g, ' ') };
}

const links = (html: string): readonly string[] =>
  read(html)
    .tags.filter(({ name }) => name === 'a')
    .map(({ attributes }) => attributes.get('href') ?? '');
const linked = (html: string): readonly string[] =>
  links(html)
    .filter((href) => href !== 'manifest.json' && href !== book.url)
    .map((href) => decodeURIComponent(href))
    .sort();
const paths = (of: readonly ManifestFile[]): readonly string[] => of.map(({ path }) => path).sort();
const headings = (html: string, level: string): readonly string[] =>
  Array.from(html.matchAll(new RegExp(`<${level}[ >][\\s\\S]*?</${level}>`, 'g')), ([found]) =>
    decode(found.replace(/<[^>]*>/g, ''))
      .replace(/\s+/g, ' ')
      .replace(/ \)/, ')')
      .trim(),
  );

test('every file is linked once, the manifest too, and nothing else', () => {
  assert.deepEqual(linked(make()), paths(files));
  assert.ok(links(make()).includes('manifest.json'));
});

test('a file is offered whatever its kind and edition', () => {
  const odd = [
    file('zine', 'epub', '.epub'),
    file('zine', 'press', '-press.pdf'),
    file('zine', 'booklet', '-booklet-a4.pdf', { paper: 'a4' }),
    file('short', 'sheet', '-sheet-a4.pdf', { paper: 'a4' }),
    file('nobody', 'pages', '.pdf'),
    { ...file('long', 'booklet', ''), path: 'a folder/50% #1?:"&.pdf', paper: '200mm-x-300mm' },
  ];
  const html = make({ files: [...files, ...odd] });
  assert.deepEqual(linked(html), paths([...files, ...odd]));
  assert.match(read(html).text, /200 × 300 mm/);
});

test('any set of files is linked exactly', () => {
  const kinds: readonly Kind[] = ['epub', 'pages', 'press', 'booklet', 'sheet'];
  const some = fc.record({
    edition: fc.constantFrom('long', 'short', 'zine', 'other'),
    kind: fc.constantFrom(...kinds),
  });
  const property = fc.property(fc.array(some, { maxLength: 12 }), (list) => {
    const given = list.map(({ edition, kind }, at) => file(edition, kind, `-${at}`));
    assert.deepEqual(linked(make({ files: given })), paths(given));
  });
  fc.assert(property, { numRuns: 60 });
});

test('doors: one a text edition, shortest first, with its time', () => {
  const doors = (editions: readonly PageEdition[]): readonly string[] =>
    headings(make({ editions, files: editions.flatMap(({ name }) => textFiles(name)) }), 'h2').filter((heading) =>
      /^Read/.test(heading),
    );
  assert.deepEqual(doors([long]), ['Read it (44 min)']);
  assert.deepEqual(doors([long, short]), ['Read the short one (6 min)', 'Read all of it (44 min)']);
  assert.deepEqual(doors([middle, long, short]), [
    'Read the short one (6 min)',
    'Read the middle one (44 min)',
    'Read all of it (1 h 12 min)',
  ]);
  assert.deepEqual(headings(make(), 'h2').slice(2), ['Print it', 'Fold it']);
  assert.deepEqual(headings(make({ editions: [zine], files: zineFiles }), 'h2'), ['Fold it']);
});

test('nothing is asked of anybody else, and nothing runs', () => {
  const html = make({ coverSvgOrPng: 'data:image/png;base64,AAAA' });
  for (const { name, attributes } of read(html).tags) {
    assert.notEqual(name, 'script');
    for (const [key, value] of attributes) {
      assert.doesNotMatch(key, /^on/);
      if (['src', 'href', 'srcset', 'action', 'data', 'poster'].includes(key) && value !== book.url) {
        assert.doesNotMatch(value, /^(?!data:)([a-z][a-z0-9+.-]*:|\/)/i);
      }
    }
  }
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  assert.doesNotMatch(style, /@import|https?:|url\((?!'data:)/);
  assert.match(make({ fonts: { display: '' } }), /--scale: 0\.45/);
  assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/);
  assert.throws(() => make({ fonts: { display: 'https://fonts.example/gothic.woff2' } }), /data: URI/);
  assert.throws(() => make({ coverSvgOrPng: 'https://pictures.example/cover.png' }), /data: URI/);
  assert.deepEqual(
    links(make({}, { url: 'javascript:alert(1)' })).filter((href) => /script/i.test(href)),
    [],
  );
});

test('one h1, landmarks, headings that skip no level, every section named, every picture described', () => {
  const { tags } = read(
    make({ coverSvgOrPng: 'data:image/svg+xml,x' }, { cover: { image: 'x.svg', alt: 'A "press"' } }),
  );
  const count = (name: string): number => tags.filter((tag) => tag.name === name).length;
  assert.deepEqual([count('h1'), count('header'), count('main'), count('footer')], [1, 1, 1, 1]);
  const levels = tags.filter(({ name }) => /^h\d$/.test(name)).map(({ name }) => Number(name[1]));
  for (const [at, level] of levels.entries()) assert.ok(level <= (levels[at - 1] ?? 0) + 1);
  const ids = new Set(tags.map(({ attributes }) => attributes.get('id')));
  for (const { attributes } of tags) {
    const label = attributes.get('aria-labelledby');
    if (label !== undefined) assert.ok(ids.has(label), label);
  }
  assert.equal(tags.find(({ name }) => name === 'img')?.attributes.get('alt'), 'A "press"');
});

test('whatever the author writes comes out as written', () => {
  const nasty = `</style></title><script>"It's" & {{title}} {{{css}}} <b>`;
  const html = make(
    { editions: [{ ...short, label: nasty }, zine], howTo: () => [{ text: nasty }] },
    {
      title: nasty,
      subtitle: nasty,
      description: nasty,
      rights: nasty,
      publisher: nasty,
      printing: nasty,
      date: nasty,
    },
  );
  const { tags, text } = read(html);
  assert.ok(!tags.some(({ name }) => name === 'script'));
  assert.equal(headings(html, 'title')[0], nasty);
  assert.equal(headings(html, 'h1')[0], nasty);
  assert.ok(
    text.split(nasty).length - 1 >= 10,
    'title, h1, subtitle, description, rights, publisher, printing, date, label, steps',
  );
  assert.equal(
    tags.find(({ attributes }) => attributes.get('name') === 'description')?.attributes.get('content'),
    nasty,
  );
});

test('any title is read back whole, in order, with its spaces', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
    fc.constantFrom('非我族類：', 'AI', 'Étude', '«', '人工'),
  );
  const property = fc.property(
    fc.array(word, { minLength: 1, maxLength: 30 }),
    fc.constantFrom('en', 'zh-Hant', 'tr', 'ar'),
    (words, language) => {
      const title = words.join(' ').replace(/\s+/gu, ' ').trim() || 'x';
      const { rows } = fitTitle(title, language);
      assert.equal(
        rows
          .map(({ lines, after }) => lines.map(({ text }) => text).join('') + after)
          .join('')
          .trim(),
        title,
      );
      for (const { size, lines } of rows)
        for (const each of [size, ...lines.map((line) => line.size)]) assert.ok(each > 0 && each <= 76);
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test('language and direction: the book’s for what is the book’s, ours for our words', () => {
  const chinese = make({}, { title: '非我族類：人工智慧', language: 'zh-Hant', date: '2026-06' });
  assert.match(chinese, /<html lang="zh-Hant" dir="ltr">/);
  assert.deepEqual(headings(chinese, 'h1'), ['非我族類：人工智慧']);
  assert.match(chinese, /2026年6月/);
  for (const language of ['ar', 'he', 'fa', 'ur', 'yi', 'az-Arab']) {
    const html = make({}, { title: 'آلات مَن؟', language });
    assert.match(html, new RegExp(`<html lang="${language}" dir="rtl">`));
    assert.match(html, /<main lang="en" dir="ltr">/);
    assert.match(html, new RegExp(`<bdi lang="${language}">In short</bdi>`));
  }
  assert.match(make({ labels: { ...english, language: 'ar' } }, { language: 'ar' }), /<main lang="ar" dir="rtl">/);
});

test('the page speaks the book’s language where we do', () => {
  for (const [language, found, words] of [
    ['de-CH', 'de', ['Drucken', 'Für eine Druckerei', '10.560 Wörter', 'gefalzt auf A5, 148 × 210 mm']],
    ['fr', 'fr', ['Imprimer', 'Pour une imprimerie', '10\u202f560 mots']],
    ['es-MX', 'es', ['Imprimir', 'Para una imprenta']],
  ] as const) {
    const html = make({}, { language });
    const text = read(html).text.replaceAll('\u00a0', ' ');
    assert.match(html, new RegExp(`<main lang="${found}" dir="ltr">`));
    for (const one of words) assert.ok(text.includes(one), `${language}: ${one}`);
    assert.doesNotMatch(text, /Print it|Fold it|print shop|Checksums/);
  }
});

test('facts in words that people use', () => {
  assert.deepEqual(
    [1, 999, 1000, 499_400, 999_499, 999_500, 1_250_000, 9_949_999, 9_950_000, 48_000_000].map(english.size),
    ['1 byte', '999 bytes', '1 KB', '499 KB', '999 KB', '1.0 MB', '1.3 MB', '9.9 MB', '10 MB', '48 MB'],
  );
  assert.deepEqual(['a4', 'letter', '148mm-x-210mm', '5.5in x 8.5in'].map(english.paper), [
    'A4',
    'US Letter',
    '148 × 210 mm',
    '5.5 × 8.5 in',
  ]);
  const { text } = read(make());
  assert.match(
    text,
    /A4 booklet PDF\u00a0· 123\u00a0KB 3\u00a0sheets\u00a0· folds\u00a0to\u00a0A5,\u00a0148\u00a0×\u00a0210\u00a0mm/,
  );
  for (const { sha256 } of files) assert.ok(text.includes(sha256));
});

test('the steps stand once where all papers share them, and once a paper where they differ', () => {
  const steps = (html: string): number => html.match(/<summary>How to/g)?.length ?? 0;
  assert.equal(steps(make()), 3);
  assert.equal(steps(make({ howTo: ({ path }) => [{ text: `Print ${path}.` }] })), 5);
  assert.equal(steps(make({ howTo: () => [] })), 0);
  assert.match(make(), /<li>Turn on the short edge\.<\/li>\n<li>Fold &amp; staple\.<svg class="drawing"/);
});

test('fronts and backs are offered apart, with one ticket and one set of steps', () => {
  const booklet = files.find(({ kind, edition }) => kind === 'booklet' && edition === 'long')!;
  const [fronts, backs] = (['fronts', 'backs'] as const).map((part) => ({ ...booklet, path: `${part}.pdf`, part }));
  const html = make({ editions: [long], files: [{ ...fronts!, ticket: 'a b-ticket.pdf' }, backs!] });
  const { text } = read(html);
  assert.match(text, /A4 booklet fronts/);
  assert.match(text, /A4 booklet backs/);
  assert.equal(html.match(/<summary>How to/g)?.length, 1);
  assert.equal(html.match(/href="a%20b-ticket\.pdf"/g)?.length, 1);
});

test('what is not stapled is not said to be', () => {
  assert.match(read(make()).text, /two staples/);
  assert.doesNotMatch(read(make({ editions: [{ ...long, stapled: false }] })).text, /two staples/);
});

test('the spot colour reads on paper, by night, and under its own ink, whatever it is', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21);
  assert.ok(Math.abs(contrast('#767676', '#ffffff') - 4.54) < 0.01);
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  const grounds = Array.from(css.matchAll(/--paper: (#[0-9a-f]{6})/g), ([, ground]) => ground as string);
  assert.equal(grounds.length, 2);
  const property = fc.property(colour, (spot) => {
    assert.ok(contrast(inkOn(spot), spot) >= 4.5);
    const html = make({ files: [] }, { spot });
    for (const [at, name] of ['--spot-by-day', '--spot-by-night'].entries()) {
      const used = new RegExp(`${name}: (#[0-9a-f]{6});`).exec(html)?.[1] ?? '';
      assert.ok(contrast(used, grounds[at] ?? '') >= 4.5, `${name} ${used} of ${spot}`);
    }
  });
  fc.assert(property, { numRuns: 100 });
  assert.equal(legible('#d62718', '#fdfcf8'), '#d62718');
});

test('the grey of small words reads on its ground, by day and by night', () => {
  const of = (name: string): readonly string[] =>
    Array.from(css.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g')), ([, found]) => found as string);
  for (const at of [0, 1]) {
    assert.ok(contrast(of('soft')[at] ?? '', of('paper')[at] ?? '') >= 4.5);
    assert.ok(contrast(of('ink')[at] ?? '', of('paper')[at] ?? '') >= 7);
  }
});

test('the widths of capitals are League Gothic’s own, as HarfBuzz sets them', () => {
  const path = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/league-gothic/400Regular/LeagueGothic_400Regular.ttf',
  );
  const font = new Font(new Face(new FontFile(new Uint8Array(readFileSync(path)).buffer)));
  for (const line of [
    'WHOSE',
    'MACHINES?',
    'AVANTI TUTTA',
    'LAW & LABOUR',
    'THE WEALTH OF NATIONS: 1776–2026',
    'À L’ÉTRANGER',
    'Łódź',
    '“Why?”',
  ]) {
    const text = new Text();
    text.addText(line.toUpperCase());
    text.guessSegmentProperties();
    shapeText(font, text);
    const set = text.getGlyphPositions().reduce((sum, { xAdvance }) => sum + xAdvance, 0) / 2000;
    const { width, exact } = capitalsWidth(line, 'en');
    assert.ok(exact, line);
    assert.ok(Math.abs(width / set - 1) < 0.006, `${line}: ${width} for ${set}`);
  }
  assert.equal(capitalsWidth('i', 'tr').width, capitalsWidth('İ', 'tr').width);
});

test('titles are broken for shape', () => {
  const lines = (title: string, language = 'en'): readonly string[] =>
    fitTitle(title, language).rows.map(({ lines }) => lines.map(({ text }) => text).join('|'));
  assert.deepEqual(lines('Whose Machines?'), ['Whose |Machines?']);
  assert.deepEqual(lines('Pay: what we are owed'), ['Pay: |what we', 'are owed']);
  assert.equal(lines('非我族類：人工智慧', 'zh-Hant')[0], '非我族類：');
  assert.ok(lines('word '.repeat(300)).length > 1);
});

test('the same input gives the same page', () => {
  assert.equal(make(), make());
  assert.equal(make({ editions: [zine, short, long] }), make());
});
