// Where words may be divided: soft hyphens from the language's TeX patterns (npm `hyphen`).

/** Gives the word with U+00AD where it may be divided. */
export type Hyphenate = (word: string) => string;

const SOFT_HYPHEN = '\u00ad';
const LEAST_WORD = 5;
const LEAST_BEFORE = 2;
const LEAST_AFTER = 3;

/** Languages whose pattern set has another name than their tag (Unicode BCP 47 tag, lower case). */
const PATTERNS: Readonly<Record<string, string>> = {
  en: 'en-us',
  'en-au': 'en-gb',
  'en-ie': 'en-gb',
  'en-nz': 'en-gb',
  'en-za': 'en-gb',
  el: 'el-monoton',
  no: 'nb',
  sr: 'sr-cyrl',
  'sr-latn': 'sh-latn',
  mn: 'mn-cyrl',
};

/** Languages whose pattern set is for another writing than theirs: `hyphen/zh` divides pinyin, not Chinese. */
const WITHOUT = new Set(['zh']);

/** The divider for a language; for one without patterns, a divider that divides nothing. */
export async function hyphenator(language: string): Promise<Hyphenate> {
  const tag = language.toLowerCase();
  const base = tag.split('-')[0]!;
  if (WITHOUT.has(base)) return (word) => word;
  for (const name of [PATTERNS[tag] ?? tag, PATTERNS[base] ?? base]) {
    const patterns = await load(name);
    if (patterns) return within(patterns);
  }
  return (word) => word;
}

type HyphenateSync = (text: string) => string;

async function load(name: string): Promise<HyphenateSync | undefined> {
  try {
    const module = (await import(`hyphen/${name}/index.js`)) as { default: { hyphenateSync: HyphenateSync } };
    return module.default.hyphenateSync;
  } catch {
    return undefined; // no such pattern set
  }
}

/** Each word once; never a part shorter than the least before and after (Chicago Manual of Style 17, 7.37). */
function within(divide: HyphenateSync): Hyphenate {
  const known = new Map<string, string>();
  return (word) => {
    if (word.length < LEAST_WORD) return word;
    let divided = known.get(word);
    if (divided === undefined) {
      const pieces = divide(word).split(SOFT_HYPHEN);
      while (pieces.length > 1 && pieces[0]!.length < LEAST_BEFORE) pieces.splice(0, 2, pieces[0]! + pieces[1]!);
      while (pieces.length > 1 && withoutTail(pieces.at(-1)!).length < LEAST_AFTER)
        pieces.splice(-2, 2, pieces.at(-2)! + pieces.at(-1)!);
      divided = pieces.join(SOFT_HYPHEN);
      known.set(word, divided);
    }
    return divided;
  };
}

/** `racy’s` counts as `racy`. */
const withoutTail = (piece: string): string => piece.replace(/[’'].*$/u, '');

/** Every word of a text divided; figures and addresses are left whole. */
export function hyphenateText(text: string, hyphenate: Hyphenate): string {
  return text.replace(/(\S*(?:@|:\/\/|www\.)\S*)|[\p{L}\p{M}]+(?:’[\p{L}\p{M}]+)*/gu, (word, address?: string) =>
    address === undefined ? hyphenate(word) : word,
  );
}
