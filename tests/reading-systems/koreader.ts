// What KOReader wants of an ebook. Each rule by its name and its source.

import { edit } from '../ebook-spoiling.ts';
import { all } from '../ebook-xml.ts';
import { declared, has, notesOf, type Rule, tags, unless } from './rules.ts';

export const KOREADER: readonly Rule[] = [
  {
    name: 'each note is an element of its own, of type footnote',
    source: 'koreader/koreader issue 11874: a section of type note would be shown whole',
    faults: (book) =>
      tags(book).flatMap(([file, tag]) => [
        ...unless(
          !/(?:^| )(?:foot|rear|end)?notes?(?: |$)/.test(tag.attributes['epub:type'] ?? '') || tag.name === 'aside',
          file,
        ),
        ...unless(
          !has(tag, 'epub:type', 'footnote') ||
            all(tag).filter((inner) => has(inner, 'epub:type', 'footnote')).length === 1,
          `${file}: a note in a note`,
        ),
      ]),
    spoil: edit(/s-/, '<section ', '<section><section epub:type="note" id="x"></section></section><section '),
  },
  {
    name: 'a note is a block',
    source: 'koreader/koreader issue 11874: a footnote can only be put on a page where it is a block',
    faults: (book) =>
      notesOf(book).flatMap(({ note, file }) =>
        unless(!!note && ['aside', 'div', 'p', 'li', 'section'].includes(note.name), `${file}: ${note?.name}`),
      ),
    spoil: edit(/s-/, /<aside (epub:type="footnote"[^>]*)>([\s\S]*?)<\/aside>/, '<span $1>$2</span>'),
  },
  {
    name: 'a note begins without an indent',
    source: 'koreader/koreader pull request 5863: its number is easier to find',
    faults: (book) =>
      unless(
        declared(book, /^text-indent$/, /^\.note p$/).some((one) => /: 0 /.test(one)),
        'indented',
      ),
    spoil: edit(/style\.css/, '.note p {', '.note q {'),
  },
];
