// What is to be said of book.yaml itself beyond its being right: takes what it says; gives advice with the path of its place.
import type { BookConfig } from '../book/config.ts';
import { slugOf } from '../book/names.ts';
import { shown } from '../book/suggest.ts';
import type { Path } from '../book/yaml.ts';
import { unseenIn } from './characters.ts';
import type { Advice } from './picture-files.ts';

/** `isWritten`: whether the author has typed that key. */
export function descriptionAdvice(
  book: BookConfig,
  isWritten: (path: Path) => boolean,
): (Advice & { readonly path: Path })[] {
  const unseen = lines(book, isWritten).flatMap(([text, ...path]) => {
    const found = text ? unseenIn(text) : undefined;
    return found ? [{ ...found, path }] : [];
  });
  const nameless = slugOf(book.title) === 'book' && !/book/i.test(book.title) && !isWritten(['slug']);
  return nameless ? [...unseen, { ...NAMELESS(book.title), path: ['title'] }] : unseen;
}

const NAMELESS = (title: string): Advice => ({
  ruleId: 'file-names',
  reason: `${shown(title)} has no letter from a to z, which files’ names are made of: they begin with \`book-\``,
  note: 'Write `slug:` and a name of small letters, digits and hyphens, such as `slug: whose-machines`.',
});

/** Every text that is set or handed on, and its path. */
function lines(book: BookConfig, isWritten: (path: Path) => boolean): [string | undefined, ...Path][] {
  const { title, subtitle, description, rights, publisher, printing, series, cover } = book;
  const people = book.authors.flatMap(({ name, fileAs }, index): [string, ...Path][] => {
    const path: Path = isWritten(['author']) ? ['author'] : ['authors', index];
    // What is made from the name has its signs.
    return unseenIn(name) ? [[name, ...path, 'name']] : [[fileAs, ...path, 'fileAs']];
  });
  return [
    [title, 'title'],
    [subtitle, 'subtitle'],
    ...people,
    [description, 'description'],
    [rights, 'rights'],
    [publisher, 'publisher'],
    [printing, 'printing'],
    [series?.name, 'series', 'name'],
    [cover?.alt === `Cover of ${title}` ? undefined : cover?.alt, 'cover', 'alt'],
    ...book.subjects.map((subject, index): [string, ...Path] => [subject, 'subjects', index]),
    ...book.editions.map(({ name, label }): [string | undefined, ...Path] => [label, 'editions', name, 'label']),
  ];
}
