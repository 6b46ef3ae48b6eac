// Smart punctuation: what a typewriter leaves, as the language sets it, and its spaces (spacing.ts). Takes hast, changes its text in place.
// Marks that the author has already typed right are never touched.
import type { Element, ElementContent, Text } from 'hast';
import { CLOSING, fixedSpaces } from './spacing.ts';

interface Quotes {
  readonly double: readonly [string, string];
  readonly single: readonly [string, string];
}

/** Unicode CLDR 46, characters/quotationStart and alternateQuotationStart; French and Swiss by their national usage. */
const QUOTES: Readonly<Record<string, Quotes>> = {
  en: { double: ['“', '”'], single: ['‘', '’'] },
  de: { double: ['„', '“'], single: ['‚', '‘'] },
  'de-ch': { double: ['«', '»'], single: ['‹', '›'] },
  fr: { double: ['«\u202f', '\u202f»'], single: ['“', '”'] },
  'fr-ch': { double: ['«\u202f', '\u202f»'], single: ['‹\u202f', '\u202f›'] },
  es: { double: ['«', '»'], single: ['“', '”'] },
  it: { double: ['«', '»'], single: ['“', '”'] },
  pt: { double: ['“', '”'], single: ['‘', '’'] },
  nl: { double: ['“', '”'], single: ['‘', '’'] },
  pl: { double: ['„', '”'], single: ['«', '»'] },
  cs: { double: ['„', '“'], single: ['‚', '‘'] },
  hu: { double: ['„', '”'], single: ['»', '«'] },
  sv: { double: ['”', '”'], single: ['’', '’'] },
  fi: { double: ['”', '”'], single: ['’', '’'] },
  da: { double: ['»', '«'], single: ['›', '‹'] },
  nb: { double: ['«', '»'], single: ['‘', '’'] },
  nn: { double: ['«', '»'], single: ['‘', '’'] },
  no: { double: ['«', '»'], single: ['‘', '’'] },
  ru: { double: ['«', '»'], single: ['„', '“'] },
  uk: { double: ['«', '»'], single: ['„', '“'] },
  el: { double: ['«', '»'], single: ['“', '”'] },
  ar: { double: ['«', '»'], single: ['”', '“'] },
  fa: { double: ['«', '»'], single: ['‹', '›'] },
  he: { double: ['”', '”'], single: ['’', '’'] },
  'zh-hant': { double: ['「', '」'], single: ['『', '』'] },
  ja: { double: ['「', '」'], single: ['『', '』'] },
};

/** Words that begin with an apostrophe, not a quotation mark. */
const ELIDED: Readonly<Record<string, RegExp>> = {
  en: /^(?:tis|twas|twere|em|cause|til|n|round|bout)\b/i,
  nl: /^(?:s|t|n|k|m|r|d|ns)\b/i,
  de: /^(?:s|n|ne|nen|nem|ner|nes)\b/i,
};

/** `'90s`, `'68er`: a year without its century, in every language. */
const YEAR = /^\d\d(?!\d)/;

/** Stands in for what is in the line but is not set: code, addresses, pictures. */
const WHATEVER = '\ufffc';

const OPENS_AFTER = /^$|[\s([{<\u2013\u2014\u2026“‘„‚«‹¿¡\-/]/;

/** Sets quotation marks, apostrophes, dashes and dots in every block; code is left as it is. */
export function setPunctuation(content: readonly ElementContent[], language: string): void {
  for (const node of content) {
    if (node.type !== 'element' || LITERAL.has(node.tagName)) continue;
    if (node.children.some((child) => child.type === 'element' && BLOCKS.has(child.tagName)))
      setPunctuation(node.children, language);
    else setLine(node, language);
  }
}

/** The same for a plain string: titles, captions, book.yaml's texts. */
export function punctuate(text: string, language: string): string {
  return setMarks(text, language).join('');
}

/** What each character (UTF-16 unit) of the text becomes; the empty string where it is swallowed by the one before. */
function setMarks(typed: string, language: string): string[] {
  const { base, quotes } = customsOf(language);
  const text = base === 'he' ? withGeresh(typed) : typed;
  const set = text.split('');
  setQuotes(text, set, quotes, ELIDED[base]);
  for (const [pattern, mark] of [...DASHES, ...(OWN_DASHES[base] ?? [])])
    for (const { index, 0: found } of text.matchAll(pattern)) {
      set.fill('', index, index + found.length);
      set[index] = mark;
    }
  if (base === 'fr') spaceFrench(text, set);
  fixSpaces(set, language);
  return set;
}

interface Customs {
  readonly base: string;
  readonly quotes: Quotes;
}

const customs = new Map<string, Customs>();

/** By the language and its region, or the script that it is written in there (`zh-TW` is Hant). */
function customsOf(language: string): Customs {
  const found = customs.get(language) ?? lookUp(language);
  customs.set(language, found);
  return found;
}

function lookUp(language: string): Customs {
  const { language: base, region, script } = new Intl.Locale(language).maximize();
  const said = language.toLowerCase().includes('-') ? `${base}-${region}`.toLowerCase() : base;
  const written = `${base}-${script}`.toLowerCase();
  return { base, quotes: QUOTES[said] ?? QUOTES[written] ?? QUOTES[base] ?? QUOTES['en']! };
}

/** Where the marks stand now, some pieces are longer than a character and some are gone: places count in the whole. */
function fixSpaces(set: string[], language: string): void {
  const fixed = fixedSpaces(set.join(''), language);
  if (fixed.size === 0) return;
  let place = 0;
  for (const [at, piece] of set.entries()) {
    if (piece.length === 1) set[at] = fixed.get(place) ?? piece;
    place += piece.length;
  }
}

/** Hebrew: what stands within a shortened word is no quotation mark. As long as it was. */
const withGeresh = (text: string): string =>
  text
    .replace(/(?<=\p{Script=Hebrew})"(?=\p{Script=Hebrew}(?!\p{Script=Hebrew}))/gu, '\u05f4')
    .replace(/(?<=\p{Script=Hebrew})'(?=\p{Script=Hebrew})/gu, '\u05f3');

const CLOSES_BEFORE = /^(?:[\s.,;:!?)\]\u2026\u2013\u2014]|$)/;

function setQuotes(text: string, set: string[], quotes: Quotes, elided: RegExp | undefined): void {
  const open: ('"' | "'")[] = [];
  for (const { index: at, 0: mark } of text.matchAll(/["']/g)) {
    const before = text[at - 1] ?? '';
    const next = text[at + 1] ?? '';
    if (mark === '"') {
      const last = open.lastIndexOf('"');
      const closes = last >= 0 && (!OPENS_AFTER.test(before) || CLOSES_BEFORE.test(next));
      if (closes) open.length = last;
      else if (/\d/.test(before)) set[at] = '″';
      else if (OPENS_AFTER.test(before) || !CLOSES_BEFORE.test(next)) {
        open.push('"');
        set[at] = quotes.double[0];
      }
      // What an earlier paragraph opened may close here.
      if (set[at] === '"') set[at] = quotes.double[1];
    } else {
      const rest = text.slice(at + 1);
      const atStart = OPENS_AFTER.test(before) || before === '"';
      const opens = atStart && /[\p{L}\p{N}"“‘¿¡…\ufffc]/u.test(next) && CLOSING_SINGLE.test(rest);
      if (opens && !YEAR.test(rest) && !elided?.test(rest)) {
        open.push("'");
        set[at] = quotes.single[0];
      } else if (!/[\p{L}\p{N}]/u.test(next) && open.includes("'")) {
        open.length = open.lastIndexOf("'");
        set[at] = quotes.single[1];
      } else set[at] = /\d/.test(before) && !/\p{L}/u.test(next) ? '′' : '’';
    }
  }
}

/** Without a mark that could close it, nothing was opened. */
const CLOSING_SINGLE = /[^\s]'(?![\p{L}\p{N}])/u;

/** Between spaces, or after one and before a mark that closes. */
const PAUSE = new RegExp(`(?<=\\s|^)--(?=[^\\S\\u202f]|$|${CLOSING})`, 'gu');
const WITHIN = /(?<=[^\s-])--(?!-)/g;

/** What comes later wins. */
const DASHES: readonly (readonly [RegExp, string])[] = [
  [/(?<!\.)\.\.\.(?!\.)/g, '…'],
  [/(?<!-)---(?!-)/g, '—'],
  [WITHIN, '—'],
  [/(?<=\d)--(?=\d)/g, '–'],
  [PAUSE, '–'],
];

const EM: typeof DASHES = [[PAUSE, '—']];
/** Duden, Gedankenstrich and Streckenstrich: one dash, with spaces around it where it is a pause. So in most languages. */
const EN: typeof DASHES = [[WITHIN, '–']];

/** And these after them: where all are the same dash, and where speech begins with one that touches its first word. */
const OWN_DASHES: Readonly<Record<string, typeof DASHES>> = {
  ...Object.fromEntries('de fr it nl pl cs sk hu sv da nb nn no fi'.split(' ').map((base) => [base, EN])),
  ...{ ru: EM, uk: EM, be: EM },
  es: [[/(?<=^|\s)--(?=[\p{L}¿¡"'«“])/gu, '—']],
};

/** Imprimerie nationale, Lexique des règles typographiques: a thin unbreakable space before the high marks. */
function spaceFrench(text: string, set: string[]): void {
  for (let at = 0; at < text.length; at++) {
    const [mark, before, next] = [set[at]!, text[at - 1] ?? '', text[at + 1] ?? ''];
    const spaced = /[ \u00a0]/;
    if (/^[;:!?]$/.test(mark)) {
      if (/[ \u00a0\n]/.test(before) && !EMOTICON.test(text.slice(at, at + 4))) set[at - 1] = THIN;
      else if (isTight(text, at)) set[at] = THIN + mark;
    }
    if (mark.endsWith('»') && before !== '«') {
      if (spaced.test(before)) set[at - 1] = '';
      if (before !== '') set[at] = before === THIN ? '»' : `${THIN}»`;
    }
    if (mark.startsWith('«')) {
      if (spaced.test(next)) set[at + 1] = '';
      if (next !== '') set[at] = next === THIN ? '«' : `«${THIN}`;
    }
  }
}

const THIN = '\u202f';

const EMOTICON = /^[:;]['’]?-?[()DP|/\\](?![\p{L}\p{N}])/u;

/** Whether the high mark touches a word and ends it: not in `12:30`, addresses and the like. */
function isTight(text: string, at: number): boolean {
  const after = /[;:]/.test(text[at]!) ? /^(?:[\s"'»”]|$)/ : /^(?:[\s"'»”’)\]!?.,;:…–—-]|$)/;
  if (!/[\p{L}\p{M}\p{N})\]"'»”’…%°.–—\ufffc-]/u.test(text[at - 1] ?? '') || !after.test(text.slice(at + 1, at + 2)))
    return false;
  const word = /\S*$/.exec(text.slice(Math.max(0, at - 200), at))![0];
  return !/^:[\w-]+$|@|:\/\/|www\./.test(word);
}

/**
 * One block's text is one string, whatever its emphasis and links: a mark looks over the borders of elements.
 * Each character is set in the node it stands in.
 */
function setLine(block: Element, language: string): void {
  const nodes: Text[] = [];
  collect(block.children, nodes);
  const set = setMarks(nodes.map((node) => node.value).join(''), language);
  let start = 0;
  for (const node of nodes) {
    const end = start + node.value.length;
    node.value = set.slice(start, end).join('');
    start = end;
  }
}

/** The texts that are set, in order; between them, texts of no tree for what is not set and for the ends of verses. */
function collect(content: readonly ElementContent[], into: Text[]): void {
  for (const node of content) {
    if (node.type === 'text') into.push(node);
    else if (node.type === 'element') {
      if (LITERAL.has(node.tagName) || isAddress(node)) into.push({ type: 'text', value: WHATEVER });
      else collect(node.children, into);
      if (isVerseLine(node)) into.push({ type: 'text', value: '\n' });
    }
  }
}

const isVerseLine = (node: Element): boolean =>
  Array.isArray(node.properties['className']) && node.properties['className'].includes('verse-line');

/** A web address is set as it must be typed. */
export function isAddress(node: Element): boolean {
  const first = node.children[0];
  return node.tagName === 'a' && first?.type === 'text' && /^(?:https?:\/\/|www\.|\S+@\S+\.\S+$)/.test(first.value);
}

const LITERAL = new Set(['code', 'pre', 'img']);
const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote aside div figure figcaption footer table thead tbody tr th td pre section'.split(
    ' ',
  ),
);
