// What in a drawing would reach out of it: takes addresses and style sheets as they were typed.

/** A place in the drawing itself, a picture inside it, or what a reader may follow: an ordinary link. */
export function isHarmless(element: string, address: string): boolean {
  const plain = address.trim();
  if (plain === '' || plain === '#') return element !== 'use';
  if (plain.startsWith('#')) return true;
  if (element === 'a') return /^https?:/i.test(plain);
  return /^data:image\/(?:png|jpeg|gif|webp)[;,]/i.test(plain);
}

/** Whether a style sheet, or an attribute that may hold one, names another file (CSS Values 4, 4.5; CSS Cascade 5, 2). */
export function faultOfStyle(css: string): boolean {
  if (!/[(@\\]/.test(css)) return false;
  const read = unescaped(css.replace(/\/\*[\s\S]*?\*\//g, ''));
  if (/@import/i.test(read)) return true;
  // Strings within `image-set()` and `src()` are addresses, too.
  const named = [...read.matchAll(/(?:url|src)\(\s*['"]?([^'")]*)|image-set\(\s*['"]([^'"]*)/gi)];
  return named.some(
    ([, url, image]) =>
      !/^(?:#|data:(?:image|font|application\/(?:x-)?font)[\w/+.-]*[;,])/i.test((url ?? image ?? '').trim()),
  );
}

/** The parts of the same drawing that a style sheet names: `url(#shade)`. */
export const placesIn = (css: string): string[] =>
  [...css.matchAll(/url\(\s*['"]?#([^'")]*)/gi)].map(([, id = '']) => id.trim());

/** CSS Syntax 3, 4.3.7: `\75 rl(` is `url(`. */
function unescaped(css: string): string {
  return css.replace(/\\([\da-f]{1,6})\s?|\\([^\n])/gi, (_, code: string | undefined, sign: string | undefined) => {
    const point = code ? Number.parseInt(code, 16) : 0;
    return sign ?? (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd');
  });
}
