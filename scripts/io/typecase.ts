// The type case on disk: reads the faces' files from their npm packages, finds what they cover, cuts subsets.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { drawn, FACES, FALLBACKS, type Face } from '../typeset/fonts.ts';

export interface Typecase {
  /** What the book needs: our own faces whole, fallbacks cut to the characters used. */
  readonly faces: readonly { readonly face: Face; readonly bytes: Uint8Array }[];
  /** Characters that no face has, and of what package would have them if it were installed. */
  readonly missing: readonly { readonly character: string; readonly package?: string }[];
}

/** EB Garamond and League Gothic have all of these; a text of nothing else needs no look into the files. */
const COMMON =
  /^[\u0020-\u007e\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2026\u2032\u2033\u2039\u203a\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f]*$/;

export async function openTypecase(text: string): Promise<Typecase> {
  const own = await Promise.all(FACES.map(async (face) => ({ face, bytes: await readFace(face) })));
  const uncommon = drawn(text).filter((character) => !COMMON.test(character));
  if (uncommon.length === 0) return { faces: own, missing: [] };
  let left = await lacking(uncommon, own[0]!.bytes);
  const faces: { face: Face; bytes: Uint8Array }[] = [...own];
  for (const face of FALLBACKS) {
    if (left.length === 0) break;
    if (!existsSync(pathOf(face))) continue;
    const bytes = await readFace(face);
    const still = await lacking(left, bytes);
    const had = left.filter((character) => !still.includes(character));
    if (had.length > 0) faces.push({ face, bytes: await subset(bytes, had.join('')) });
    left = still;
  }
  const absent = FALLBACKS.filter((face) => !existsSync(pathOf(face)));
  return {
    faces,
    missing: left.map((character) => ({ character, ...(absent[0] ? { package: absent[0].package } : {}) })),
  };
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

/** Those of the characters that a font file has no glyph for. */
async function lacking(characters: readonly string[], bytes: Uint8Array): Promise<string[]> {
  const { Blob, Face: FontFace } = await import('harfbuzzjs');
  const has = new Set(new FontFace(new Blob(Uint8Array.from(bytes).buffer), 0).collectUnicodes());
  return characters.filter((character) => !has.has(character.codePointAt(0)!));
}

async function subset(bytes: Uint8Array, text: string): Promise<Uint8Array> {
  const { default: subsetFont } = await import('subset-font');
  return subsetFont(Buffer.from(bytes), text, { targetFormat: 'truetype' });
}
