// The type case: which faces there are, which of them a text needs, and which of its characters none of them has.

export interface Face {
  readonly family: string;
  readonly weight: 400 | 700;
  readonly style: 'normal' | 'italic';
  /** Its npm package and the file in it: static TrueType, whole. */
  readonly package: string;
  readonly path: string;
  /** ASCII, what the file is called in our hands. */
  readonly name: string;
}

const face = (family: string, weight: 400 | 700, style: 'normal' | 'italic', pack: string, folder: string): Face => {
  const stem = family.replaceAll(' ', '');
  const variant = `${weight === 700 ? 'Bold' : ''}${style === 'italic' ? 'Italic' : ''}` || 'Regular';
  return {
    family,
    weight,
    style,
    package: `@expo-google-fonts/${pack}`,
    path: `${folder}/${stem}_${folder}.ttf`,
    name: `${stem}-${variant}.ttf`,
  };
};

/** Always at hand: text in four, display, code. */
export const FACES: readonly Face[] = [
  face('EB Garamond', 400, 'normal', 'eb-garamond', '400Regular'),
  face('EB Garamond', 400, 'italic', 'eb-garamond', '400Regular_Italic'),
  face('EB Garamond', 700, 'normal', 'eb-garamond', '700Bold'),
  face('EB Garamond', 700, 'italic', 'eb-garamond', '700Bold_Italic'),
  face('League Gothic', 400, 'normal', 'league-gothic', '400Regular'),
  face('Courier Prime', 400, 'normal', 'courier-prime', '400Regular'),
];

/** For what those lack: an optional package, and only the characters that are used travel on. */
export interface Fallback {
  /** Regular; then bold, where a whole book may be set in it. */
  readonly faces: readonly [Face, ...Face[]];
  /** ISO 15924: of the languages that are set in it before all others. */
  readonly script?: string;
  /** What it may be installed for. */
  readonly covers: RegExp;
}

const both = (family: string, pack: string): readonly [Face, Face] => [
  face(family, 400, 'normal', pack, '400Regular'),
  face(family, 700, 'normal', pack, '700Bold'),
];

const symbols = (family: string, pack: string, covers: RegExp): Fallback => ({
  faces: [face(family, 400, 'normal', pack, '400Regular')],
  covers,
});

/** In this order, but for the book's own script, which comes first. */
export const FALLBACKS: readonly Fallback[] = [
  { faces: both('Noto Serif TC', 'noto-serif-tc'), script: 'Hant', covers: /\p{scx=Han}|\p{scx=Bopo}/u },
  { faces: both('Noto Serif SC', 'noto-serif-sc'), script: 'Hans', covers: /\p{scx=Han}/u },
  {
    faces: both('Noto Serif JP', 'noto-serif-jp'),
    script: 'Jpan',
    covers: /\p{scx=Han}|\p{scx=Hiragana}|\p{scx=Katakana}/u,
  },
  { faces: both('Noto Serif KR', 'noto-serif-kr'), script: 'Kore', covers: /\p{scx=Hangul}|\p{scx=Han}/u },
  {
    faces: [face('Noto Emoji', 400, 'normal', 'noto-emoji', '400Regular')],
    script: 'Zsye',
    covers: /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20e3/u,
  },
  { faces: both('Amiri', 'amiri'), script: 'Arab', covers: /\p{scx=Arab}/u },
  { faces: both('Frank Ruhl Libre', 'frank-ruhl-libre'), script: 'Hebr', covers: /\p{scx=Hebr}/u },
  { faces: both('Noto Sans Thai', 'noto-sans-thai'), script: 'Thai', covers: /\p{scx=Thai}/u },
  symbols('Noto Sans Symbols 2', 'noto-sans-symbols-2', /[\u2300-\u27bf\u2b00-\u2bff]|[\u{1f000}-\u{1fbff}]/u),
  symbols('Noto Sans Math', 'noto-sans-math', /\p{Sm}|[\u2190-\u22ff\u27c0-\u2aff]|[\u{1d400}-\u{1d7ff}]/u),
  symbols('Noto Sans Symbols', 'noto-sans-symbols', /\p{So}|\p{No}/u),
];

/** The empty string for what is no language tag. */
function scriptOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().script ?? '';
  } catch {
    return '';
  }
}

/** The fallbacks, those of these languages (BCP 47) before the others. */
export function fallbacksFor(languages: readonly string[]): Fallback[] {
  const scripts = languages.map(scriptOf);
  const rank = ({ script }: Fallback): number => {
    const at = script ? scripts.indexOf(script) : -1;
    return at < 0 ? scripts.length : at;
  };
  return [...FALLBACKS].sort((a, b) => rank(a) - rank(b));
}

/** Whether a fallback is the face of a book in this language, and has to have its bold. */
export const isOwn = ({ script }: Fallback, language: string): boolean => script === scriptOf(language);

const WIDE = new Set(['Hant', 'Hans', 'Jpan', 'Kore']);

/** Marks that both kinds of face have, and that East Asian books set from theirs: a square wide, dashes joined. */
const MARKS: Readonly<Record<string, string>> = { Hant: '—…', Hans: '—…“”‘’', Jpan: '—―…' };

/**
 * What a face sets before the text's own does: the shared marks that a book in this language takes from the first of its
 * wide faces; those of the emoji it has to set that are always pictures, and what joins them. None: the empty string.
 */
export function marksFrom(fallback: Fallback, language: string, had: string): string {
  if (setsEmoji(fallback)) return [...new Set(had)].filter((one) => PICTURES.test(one)).join('');
  return fallback.script && WIDE.has(fallback.script) ? (MARKS[scriptOf(language)] ?? '') : '';
}

/** Drawn by no font: what is white, and what Unicode lets be ignored. A few format characters are drawn (U+06DD). */
const UNDRAWN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

/** The distinct characters of a text that must be drawn. */
export function drawn(text: string): string[] {
  return [...new Set(text)].filter((character) => !UNDRAWN.test(character)).sort();
}

/** Unicode Technical Standard 51, 1.4.9: flags, keycaps, tones, and signs joined into one. */
const EMOJI =
  /\p{RI}\p{RI}|[#*0-9]\ufe0f?\u20e3|\p{Emoji}(?:\p{EMod}|\ufe0f)?(?:[\u{e0020}-\u{e007f}]+|(?:\u200d\p{Emoji}(?:\p{EMod}|\ufe0f)?)+|(?<=\p{EMod}))/gu;
/** What is set from the emoji's own face before all others, where it is at hand. */
export const IS_EMOJI = /\p{Emoji_Presentation}|\p{RI}|\p{EMod}|\p{Emoji}\ufe0f?[\u200d\u20e3]/u;

const PICTURES = /\p{Emoji_Presentation}|\p{RI}|\u200d|\ufe0f|[\u{e0020}-\u{e007f}]/u;

export const setsEmoji = ({ script }: Fallback): boolean => script === 'Zsye';

/** With the characters that a shaper puts in place of others: Thai U+0E33 is drawn as two. */
export const withParts = (text: string): string => text + text.normalize('NFKD');

const MARKED = /[^\p{M}\s]\p{M}+/gu;

/**
 * The distinct signs of a text that are written with several characters, of which one face has to have all: it draws
 * them as one, and where it has not all of them an empty box is left.
 */
export function signs(text: string): string[] {
  const found = [...text.matchAll(EMOJI), ...text.matchAll(MARKED)].map(([sign]) => sign);
  return [...new Set(found)].sort();
}

/** A face as it is used in one book. */
export interface Chosen extends Face {
  /** The characters that it sets before any other face does. */
  readonly marks?: string;
}

/** The family under which a face's marks stand before the text's own face. */
const MARKS_FAMILY = 'First Marks';

const hex = (character: string): string => `U+${character.codePointAt(0)!.toString(16)}`;

/** The `@font-face` rules for faces whose files stand at a URL each. */
export function faceRules(faces: readonly Chosen[], url: (face: Face) => string): string {
  return faces
    .flatMap((one) => {
      const rule = (family: string, range = ''): string =>
        `@font-face{font-family:"${family}";font-weight:${one.weight};font-style:${one.style};src:url("${url(one)}")${range}}`;
      const range = one.marks ? `;unicode-range:${[...one.marks].map(hex).join(',')}` : '';
      return range ? [rule(one.family), rule(MARKS_FAMILY, range)] : [rule(one.family)];
    })
    .join('\n');
}

/**
 * The same, and the lists of the faces at hand for the style sheets: `--first` (with its comma) and `--others`. A face
 * that is not at hand is not named, else the machine's own of that name would come in.
 */
export function fontFaces(faces: readonly Chosen[], url: (face: Face) => string): string {
  const own = new Set(FACES.map(({ family }) => family));
  const others = [...new Set(faces.map(({ family }) => family).filter((family) => !own.has(family)))];
  const first = faces.some(({ marks }) => marks) ? `--first:"${MARKS_FAMILY}",;` : '';
  const rest = others.length > 0 ? `--others:${others.map((family) => `"${family}"`).join(',')}` : '';
  return `${faceRules(faces, url)}\n:root{${first}${rest}}`;
}
