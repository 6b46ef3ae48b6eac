// Names made out of names: how an author is sorted, how files are called.

/** Letters that are no letter plus a mark, so that Unicode's decomposition leaves them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
};

const AFTER_NAME = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/** `Example, Jo` for `Jo Example`; a name of one word, with a comma, or in another script than Latin stays as it is. */
export function fileAs(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const latin = [...name].every((letter) => !/\p{L}/u.test(letter) || /\p{Script=Latin}/u.test(letter));
  if (words.length < 2 || !latin || name.includes(',')) return name;
  const suffix = words.length > 2 && AFTER_NAME.test(words.at(-1)!) ? words.pop() : undefined;
  const last = words.pop()!;
  return [last, words.join(' '), suffix].filter(Boolean).join(', ');
}

/** `whose-machines` for `Whose Machines?`: lower-case ASCII of at most 60 characters; `book` where nothing is left. */
export function slugOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[ßæœøđðħıłþ]/g, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’ʼ]/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (slug.length <= 60) return slug || 'book';
  const cut = slug.slice(0, 61);
  return cut.slice(0, Math.max(cut.lastIndexOf('-'), 0)) || slug.slice(0, 60);
}
