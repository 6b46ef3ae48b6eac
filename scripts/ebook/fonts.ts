// Faces cut to what an edition uses.
import subsetFont from 'subset-font';

/** TrueType with the glyphs that these letters need, ligatures, kerning, figures and small capitals with them. */
export async function subsetFor(bytes: Uint8Array, letters: string): Promise<Uint8Array> {
  return new Uint8Array(
    await subsetFont(Buffer.from(bytes), letters + letters.normalize('NFKD'), { targetFormat: 'truetype' }),
  );
}
