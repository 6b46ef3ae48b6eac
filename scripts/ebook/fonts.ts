// Faces cut to what an edition uses.
import subsetFont from 'subset-font';

/**
 * What type can do that the ebook asks for (OpenType feature tags): what every shaper does unasked, script by script, and
 * what templates/ebook/ebook.css names. The rest, swashes and stylistic sets, would bring its letters along unseen.
 */
export const FEATURES: readonly string[] = [
  // Common, and fractions, which shapers make of U+2044 unasked.
  'ccmp locl rlig liga clig calt rclt rvrn kern mark mkmk curs dist rand frac numr dnom ltra ltrm rtla rtlm jalt',
  // Arabic and its kin.
  'isol init medi fina med2 fin2 fin3 stch mset cswh',
  // Indic, Khmer, Myanmar, Thai and the others that are put together.
  'nukt akhn rphf rkrf pref blwf abvf half pstf vatu cjct cfar pres abvs blws psts haln abvm blwm',
  // Hangul; East Asian lines, and what closes up between their marks.
  'ljmo vjmo tjmo vert vrt2 vkrn chws halt',
  // Asked for by the style sheet, or likely by a reader's.
  'smcp c2sc onum lnum pnum tnum',
].flatMap((line) => line.split(' '));

/** TrueType with the glyphs that these letters need, ligatures, kerning, figures and small capitals with them. */
export async function subsetFor(bytes: Uint8Array, letters: string): Promise<Uint8Array> {
  return new Uint8Array(
    await subsetFont(Buffer.from(bytes), letters + letters.normalize('NFKD') + accented(letters), {
      targetFormat: 'truetype',
      keepFeatures: [...FEATURES],
      // Screens for which it was made are no more, and it is half of a face of code.
      noHinting: true,
    }),
  );
}

/**
 * Shapers set a letter and the mark after it by the one character for both, where the face has it, and sort marks first:
 * U+017A with a dot below is U+1E93 with an acute (Unicode, UAX #15). Two marks at most.
 */
function accented(letters: string): string {
  const marks = [...new Set(letters.match(/\p{M}/gu))];
  const join = (bases: readonly string[]): string[] => [
    ...new Set(bases.flatMap((base) => marks.flatMap((mark) => [...(base + mark).normalize('NFC')]))),
  ];
  const once = marks.length > 0 ? join([...new Set(letters)]) : [];
  return [...once, ...join(once)].join('');
}
