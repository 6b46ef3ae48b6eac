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

/** For what those lack, in this order; optional packages, and only the characters that are used travel on. */
export const FALLBACKS: readonly Face[] = [
  face('Noto Serif TC', 400, 'normal', 'noto-serif-tc', '400Regular'),
  face('Noto Emoji', 400, 'normal', 'noto-emoji', '400Regular'),
];

/** Invisible, or drawn by no font: they need no glyph. */
const UNDRAWN = /[\s\p{Cc}\p{Cf}\p{Variation_Selector}\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/u;

/** The distinct characters of a text that must be drawn. */
export function drawn(text: string): string[] {
  return [...new Set(text)].filter((character) => !UNDRAWN.test(character)).sort();
}

/** The `@font-face` rules for faces whose files stand at a URL each. */
export function fontFaces(faces: readonly Face[], url: (face: Face) => string): string {
  return faces
    .map(
      (one) =>
        `@font-face{font-family:"${one.family}";font-weight:${one.weight};font-style:${one.style};src:url("${url(one)}")}`,
    )
    .join('\n');
}
