// What files are called: takes a title, gives the part of their names that comes from it.

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
