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

/** What may follow a letter in the patterns, the levels of the pattern that ends with it (by their number), or both. */
type Branch = Tree | number | readonly [Tree, number];
interface Tree {
  readonly [letter: string]: Branch;
}
/** The levels, the patterns as a tree of letters, and words with places of their own. */
type Patterns = readonly [
  levels: readonly (readonly number[])[],
  tree: Tree,
  exceptions?: Readonly<Record<string, readonly number[]>>,
];

async function load(name: string): Promise<Patterns | undefined> {
  try {
    const module = (await import(`hyphen/${name}/index.js`)) as { default: { patterns: Patterns } };
    return module.default.patterns;
  } catch {
    return undefined; // no such pattern set
  }
}

/** Each word once; never a part shorter than the least before and after (Chicago Manual of Style 17, 7.37). */
function within(patterns: Patterns): Hyphenate {
  const known = new Map<string, string>();
  return (word) => {
    if (word.length < LEAST_WORD) return word;
    let divided = known.get(word);
    if (divided === undefined) {
      const pieces = word.replace(/[^’]{5,}/g, (part) => divide(part, patterns)).split(SOFT_HYPHEN);
      while (pieces.length > 1 && pieces[0]!.length < LEAST_BEFORE) pieces.splice(0, 2, pieces[0]! + pieces[1]!);
      while (pieces.length > 1 && withoutTail(pieces.at(-1)!).length < LEAST_AFTER)
        pieces.splice(-2, 2, pieces.at(-2)! + pieces.at(-1)!);
      divided = pieces.join(SOFT_HYPHEN);
      known.set(word, divided);
    }
    return divided;
  };
}

/** Liang, Word Hy-phen-a-tion by Com-put-er, 1983. The package's own reader takes four times as long, word by word. */
function divide(word: string, patterns: Patterns): string {
  const lower = word.toLowerCase();
  // `İ` becomes two: then no place would be right.
  if (lower.length !== word.length) return word;
  const exceptions = patterns[2] ?? {};
  const places = Object.hasOwn(exceptions, lower) ? exceptions[lower]! : placesIn(lower, patterns);
  let divided = '';
  let from = 0;
  for (const place of places) {
    divided += word.slice(from, place) + SOFT_HYPHEN;
    from = place;
  }
  return divided + word.slice(from);
}

/** Where the highest of all levels is odd; never beside the first letter or the last. */
function placesIn(word: string, [levels, tree]: Patterns): number[] {
  const letters = `.${word}.`;
  const highest = new Uint8Array(word.length + 1);
  for (let start = 0; start < word.length; start++) {
    let branches: Tree | undefined = tree;
    for (let at = start; branches && at < letters.length; at++) {
      const branch: Branch | undefined = branches[letters[at]!];
      if (branch === undefined) break;
      const level = typeof branch === 'number' ? branch : isEnd(branch) ? branch[1] : undefined;
      branches = typeof branch === 'number' ? undefined : isEnd(branch) ? branch[0] : branch;
      // The point before the word has no level.
      if (level !== undefined) raise(highest, Math.max(0, start - 1), levels[level]!);
    }
  }
  const places: number[] = [];
  for (let place = 2; place < word.length - 1; place++) if (highest[place]! % 2 === 1) places.push(place);
  return places;
}

function raise(highest: Uint8Array, from: number, levels: readonly number[]): void {
  for (let nth = 0; nth < levels.length; nth++)
    if (levels[nth]! > highest[from + nth]!) highest[from + nth] = levels[nth]!;
}

const isEnd = (branch: Tree | readonly [Tree, number]): branch is readonly [Tree, number] => Array.isArray(branch);

/** `racy’s` counts as `racy`. */
const withoutTail = (piece: string): string => piece.replace(/[’'].*$/u, '');

const ADDRESS = /@|:\/\/|www\./;
const WORDS = /[\p{L}\p{M}]+(?:’[\p{L}\p{M}]+)*/gu;
const ADDRESSES_AND_WORDS = new RegExp(`(\\S*(?:${ADDRESS.source})\\S*)|${WORDS.source}`, 'gu');

/** Every word of a text divided; figures and addresses are left whole. */
export function hyphenateText(text: string, hyphenate: Hyphenate): string {
  if (!ADDRESS.test(text)) return text.replace(WORDS, (word) => hyphenate(word));
  return text.replace(ADDRESSES_AND_WORDS, (word, address?: string) =>
    address === undefined ? hyphenate(word) : word,
  );
}
