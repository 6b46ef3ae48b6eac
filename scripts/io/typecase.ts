// The type case on disk: reads the faces' files from their npm packages, finds what they cover, cuts subsets.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { labelsFor } from '../edition/labels.ts';
import { punctuate } from '../edition/typography.ts';
import {
  type Chosen,
  drawn,
  FACES,
  type Face,
  fallbacksFor,
  IS_EMOJI,
  isOwn,
  marksFrom,
  setsEmoji,
  signs,
  withParts,
} from '../typeset/fonts.ts';

export interface Typecase {
  /** What the book needs: our own faces whole, fallbacks cut to the characters used. */
  readonly faces: readonly { readonly face: Chosen; readonly bytes: Uint8Array }[];
  /** Characters, and signs of several, that no face has, and of what package would have them if it were installed. */
  readonly missing: readonly { readonly character: string; readonly package?: string }[];
}

/** EB Garamond and League Gothic have all of these; a text of nothing else needs no look into the files. */
const COMMON =
  /^[\u0020-\u007e\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2026\u2032\u2033\u2039\u203a\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f]*$/;

/** Every mark that we may put in place of what was typed. */
const TYPED = `"a 'b' c's" -- d --- e... 6' 7" \u05d0"\u05d1 \u05d0'`;
const set = (language: string): string => punctuate(TYPED, language).replace(/[\p{L}\p{N}]/gu, '');

/**
 * `text` is all that a book in this language (BCP 47) says, as it was typed; `whole`: with the words and marks that we
 * add to a text.
 */
export async function openTypecase(text: string, language = 'en', whole = true): Promise<Typecase> {
  const own = await Promise.all(FACES.map(async (face) => ({ face, bytes: await readFace(face) })));
  const added = whole ? [set(language), ...Object.values(labelsFor(language))] : [];
  const characters = drawn([text, ...added].join(''));
  const uncommon = characters.filter((character) => !COMMON.test(character));
  if (uncommon.length === 0) return { faces: own, missing: [] };
  const fallbacks = fallbacksFor([language, ...languagesIn(text)]);
  const absent = fallbacks.filter(({ faces: [regular] }) => !existsSync(pathOf(regular)));
  const withEmoji = fallbacks.some((one) => setsEmoji(one) && !absent.includes(one));
  const sought = [...signs(text), ...uncommon];
  // Our own face has a few, and the letters of the flags without the flags.
  const emoji = withEmoji ? sought.filter((one) => IS_EMOJI.test(one)) : [];
  let left = [...new Set([...(await lacking(sought, own[0]!.bytes)), ...emoji])];
  const faces: { face: Chosen; bytes: Uint8Array }[] = [...own];
  let led = false;
  for (const fallback of fallbacks) {
    if (left.length === 0) break;
    if (absent.includes(fallback)) continue;
    const [regular, ...bold] = fallback.faces;
    const bytes = await readFace(regular);
    const wanted = setsEmoji(fallback) ? left : left.filter((one) => !emoji.includes(one));
    const lacks = new Set(await lacking(wanted, bytes));
    const found = new Set(wanted.filter((one) => !lacks.has(one)));
    const had = [...found].join('');
    left = left.filter((one) => !found.has(one));
    if (had === '') continue;
    const leads: string = setsEmoji(fallback) || !led ? marksFrom(fallback, language, had) : '';
    const marks = setsEmoji(fallback) ? leads : characters.filter((character) => leads.includes(character)).join('');
    led ||= !setsEmoji(fallback) && marks !== '';
    for (const face of isOwn(fallback, language) ? [regular, ...bold] : [regular]) {
      const whole = face === regular ? bytes : await readFace(face);
      faces.push({ face: marks ? { ...face, marks } : face, bytes: await subset(whole, had + marks) });
    }
  }
  const single = left.filter((one) => isSingle(one));
  // A sign is told only where each of its characters has a face, but not the same one.
  const told = left.filter((one) => isSingle(one) || !single.some((character) => one.includes(character)));
  const missing = told.map((character) => {
    const pack = absent.find(({ covers }) => covers.test(character))?.faces[0].package;
    return { character, ...(pack ? { package: pack } : {}) };
  });
  return { faces, missing };
}

const isSingle = (one: string): boolean => (one.codePointAt(0)! > 0xffff ? one.length === 2 : one.length === 1);

/** The languages that phrases and quotations are marked with. */
function languagesIn(text: string): string[] {
  const tags = [...text.matchAll(/\blang=["']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)/gi)].map(([, tag]) => tag!);
  return [...new Set(tags)];
}

const require = createRequire(import.meta.url);

function pathOf(face: Face): string {
  try {
    return join(dirname(require.resolve(`${face.package}/package.json`)), face.path);
  } catch {
    return join('no-such-package', face.path);
  }
}

export async function readFace(face: Face): Promise<Uint8Array> {
  return readFile(pathOf(face));
}

/** Those of the characters (and signs of several) that a font file has no glyph for, composed or not. */
async function lacking(characters: readonly string[], bytes: Uint8Array): Promise<string[]> {
  const { Blob, Face: FontFace } = await import('harfbuzzjs');
  const has = new Set(new FontFace(new Blob(Uint8Array.from(bytes).buffer), 0).collectUnicodes());
  const draws = (text: string): boolean => drawn(text).every((one) => has.has(one.codePointAt(0)!));
  return characters.filter((one) => !draws(one) && !draws(one.normalize('NFC')));
}

async function subset(bytes: Uint8Array, text: string): Promise<Uint8Array> {
  const { default: subsetFont } = await import('subset-font');
  return subsetFont(Buffer.from(bytes), withParts(text), { targetFormat: 'truetype' });
}
