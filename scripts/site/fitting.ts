// Wood-type titles: how wide a line is in League Gothic capitals, and where a title is best broken.
// Takes text and a language; gives lines with the size at which each fills its measure. Numbers only.

/** Advances in thousandths of an em of League Gothic 400 (2,000 units to the em), for what capitals and figures need. */
const ADVANCES: ReadonlyArray<readonly [width: number, characters: string]> = [
  [105, '·'],
  [151, "',‘’‚"],
  [154, ' \u00a0'],
  [157, '.'],
  [174, '|'],
  [177, '!:;¡'],
  [188, 'I'],
  [212, 'J'],
  [217, '-'],
  [223, '‹›'],
  [229, '°'],
  [240, '1'],
  [260, '"'],
  [263, '[]'],
  [274, '()'],
  [295, 'LŁ'],
  [301, 'F'],
  [305, '“”„'],
  [306, '$'],
  [307, '7É'],
  [316, 'Z'],
  [324, '•'],
  [325, '¢'],
  [327, 'E'],
  [331, '*'],
  [332, 'T'],
  [336, '{}'],
  [338, 'S'],
  [340, '8'],
  [342, '569'],
  [343, '?¿'],
  [350, '§'],
  [351, '4'],
  [352, 'P3/'],
  [354, '0'],
  [357, 'RÞ'],
  [358, 'COQYØ¥'],
  [362, 'V'],
  [363, 'G2'],
  [364, 'B'],
  [368, 'U'],
  [372, 'DĐ'],
  [374, 'X'],
  [375, 'K'],
  [380, 'H'],
  [387, '\\'],
  [388, '«»'],
  [389, 'A'],
  [394, '–'],
  [395, 'N'],
  [397, '€'],
  [423, '&£'],
  [426, '@'],
  [430, '×'],
  [471, '…'],
  [475, '—'],
  [484, 'M'],
  [500, '%'],
  [505, 'Œ'],
  [512, 'W'],
  [517, '<=>'],
  [518, '+'],
  [532, '¶'],
  [566, 'Æ'],
  [591, '_'],
  [614, '#'],
  [803, '©'],
];
const ADVANCE: ReadonlyMap<string, number> = new Map(
  ADVANCES.flatMap(([width, characters]) => Array.from(characters, (character) => [character, width] as const)),
);

/** Its kerning between capitals, in the same thousandths, where it is 1 % of the em or more. */
const KERNING: ReadonlyMap<string, number> = new Map(
  Object.entries({
    '10': 'LA',
    '-10': 'AS BY OT',
    '-50': 'AT LT TA',
    '-40': 'AV AW VA WA',
    '-25': 'AY YA',
    '-20': 'LY',
  }).flatMap(([by, pairs]) => pairs.split(' ').map((pair) => [pair, Number(by)] as const)),
);

const FULL_WIDTH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
/** A wide guess for letters that another font will have to lend, so that a line falls short rather than runs over. */
const BORROWED = 760;
const NARROW_SCRIPT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const BORROWED_NARROW = 620;
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

export interface Line {
  readonly text: string;
  /** Whether a space stood after it (none between Chinese characters). */
  readonly spaced: boolean;
  /** Width in ems. */
  readonly width: number;
}

/** The width of a line set in capitals, in ems; `exact` false where a character is not in the font and its width is a guess. */
export function capitalsWidth(text: string, language: string): { readonly width: number; readonly exact: boolean } {
  const characters = Array.from(text.toLocaleUpperCase(language).normalize('NFC'));
  let width = 0;
  let exact = true;
  for (const [at, character] of characters.entries()) {
    const bare = character.normalize('NFD').charAt(0);
    const advance = ADVANCE.get(character) ?? ADVANCE.get(bare);
    if (advance === undefined) {
      exact = false;
      width += guess(character);
    } else {
      width += advance + (KERNING.get(character + (characters[at + 1] ?? '')) ?? 0);
    }
  }
  return { width: width / 1000, exact };
}

function guess(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  if (FULL_WIDTH.test(character)) return 1000;
  return NARROW_SCRIPT.test(character) ? BORROWED_NARROW : BORROWED;
}

/** What may not be parted: words, those of Chinese and Japanese by the dictionary, with the punctuation that closes them. */
export function unbreakables(text: string, language: string): readonly Line[] {
  const words = text.trim().split(/\s+/u).filter(Boolean);
  return words.flatMap((word) => {
    const pieces = IDEOGRAPH.test(word) ? dictionaryWords(word, language) : [word];
    return pieces.map((piece, at) => ({
      text: piece,
      spaced: at === pieces.length - 1,
      width: capitalsWidth(piece, language).width,
    }));
  });
}

function dictionaryWords(text: string, language: string): readonly string[] {
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text)) {
    const before = words.at(-1);
    const clings =
      before !== undefined && (/^[\p{Pe}\p{Pf}\p{Po}\p{Pd}]/u.test(segment) || /[\p{Ps}\p{Pi}]$/u.test(before));
    if (clings) words[words.length - 1] = before + segment;
    else words.push(segment);
  }
  return words;
}

const SPACE = 0.154;
/** What a break after a colon, a dash or a closing bracket is worth. */
const PAUSE = -0.4;

function joined(pieces: readonly Line[]): Line {
  const last = pieces.at(-1);
  const text = pieces.map((piece, at) => piece.text + (piece.spaced && at < pieces.length - 1 ? ' ' : '')).join('');
  const spaces = pieces.slice(0, -1).filter((piece) => piece.spaced).length;
  const width = pieces.reduce((sum, piece) => sum + piece.width, 0) + spaces * SPACE;
  return { text, spaced: last?.spaced ?? false, width };
}

/**
 * The pieces grouped into lines: for every count of lines the most even breaking (squares of the logarithms of width, so
 * that twice too long and twice too short weigh the same; a break after punctuation is favoured), and of these the one whose
 * height, each line filling the measure, comes nearest to `height` measures.
 */
export function shape(pieces: readonly Line[], height: number): readonly (readonly Line[])[] {
  const total = joined(pieces).width;
  let best: { cost: number; groups: readonly (readonly Line[])[] } = { cost: Infinity, groups: [pieces] };
  for (let count = 1; count <= Math.min(pieces.length, 10); count++) {
    const { groups, cost: uneven } = evenest(pieces, count, total / count);
    const tall = groups.reduce((sum, group) => sum + 0.86 / Math.max(joined(group).width, 0.1), 0);
    const cost = Math.log(tall / height) ** 2 + uneven / count;
    if (cost < best.cost) best = { cost, groups };
  }
  return best.groups;
}

/** Exactly `count` groups whose widths lie nearest to `target`: dynamic programming over the last break. */
function evenest(
  pieces: readonly Line[],
  count: number,
  target: number,
): { readonly groups: readonly (readonly Line[])[]; readonly cost: number } {
  const ends = [0];
  for (const piece of pieces) ends.push((ends.at(-1) ?? 0) + piece.width + (piece.spaced ? SPACE : 0));
  const costs: number[][] = [[0]];
  const breaks: number[][] = [[]];
  for (let line = 1; line <= count; line++) {
    costs[line] = [];
    breaks[line] = [];
    for (let end = line; end <= pieces.length - (count - line); end++) {
      const last = pieces[end - 1] as Line;
      const pause = end < pieces.length && /[\p{Pe}\p{Po}\p{Pd}]$/u.test(last.text) ? PAUSE : 0;
      let cheapest = Infinity;
      for (let start = line - 1; start < end; start++) {
        const before = costs[line - 1]?.[start];
        if (before === undefined) continue;
        const width = (ends[end] ?? 0) - (ends[start] ?? 0) - (last.spaced ? SPACE : 0);
        const cost = before + Math.log(Math.max(width, 0.1) / target) ** 2 + pause;
        if (cost >= cheapest) continue;
        cheapest = cost;
        (costs[line] as number[])[end] = cost;
        (breaks[line] as number[])[end] = start;
      }
    }
  }
  const groups: (readonly Line[])[] = [];
  for (let line = count, end = pieces.length; line > 0; line--) {
    const start = breaks[line]?.[end] ?? 0;
    groups.unshift(pieces.slice(start, end));
    end = start;
  }
  return { groups, cost: costs[count]?.[pieces.length] ?? Infinity };
}

export interface FittedLine {
  readonly text: string;
  /** Font size in hundredths of the measure at which the line fills it, never over the cap. */
  readonly size: number;
  /** Accents over capitals need room that plain capitals do not. */
  readonly accents: boolean;
}
export interface FittedRow {
  readonly size: number;
  readonly accents: boolean;
  readonly lines: readonly FittedLine[];
  /** What parts it from the next row: a space, or nothing in Chinese. */
  readonly after: string;
}

/**
 * A title broken twice: into lines for a narrow, upright measure, and those lines into rows for a wide one.
 * `nowrap` says whether every width is known, so that the lines may be forbidden to wrap.
 */
export function fitTitle(
  title: string,
  language: string,
): { readonly rows: readonly FittedRow[]; readonly exact: boolean } {
  const lines = shape(unbreakables(title, language), 0.95).map(joined);
  const rows = shape(lines, 0.26);
  const { exact } = capitalsWidth(title.replace(/\s+/gu, ' '), language);
  return {
    exact,
    rows: rows.map((row) => ({
      size: sizeFor(joined(row).width, 36),
      accents: accented(joined(row).text, language),
      after: row.at(-1)?.spaced ? ' ' : '',
      lines: row.map((line, at) => ({
        text: line.text + (line.spaced && at < row.length - 1 ? ' ' : ''),
        size: sizeFor(line.width, 76),
        accents: accented(line.text, language),
      })),
    })),
  };
}

/** 0.6 % short of full, for rounding; two decimals. */
export function sizeFor(width: number, cap: number): number {
  return Math.min(cap, Math.floor(9940 / Math.max(width, 0.1)) / 100);
}

function accented(text: string, language: string): boolean {
  return /\p{M}/u.test(text.toLocaleUpperCase(language).normalize('NFD'));
}
