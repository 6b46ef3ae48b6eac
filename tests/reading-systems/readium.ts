// What Thorium and other readers made with Readium want of an ebook. Each rule by its name and its source.

import { edit, rule } from '../ebook-spoiling.ts';
import { named, type Tag } from '../ebook-xml.ts';
import { declared, has, notesOf, type Rule, tags, unless } from './rules.ts';

export const READIUM: readonly Rule[] = [
  {
    name: 'a note pops up out of the document that calls it first',
    source: 'edrlab/thorium-reader issue 1606: notes in other files are jumped to, by intention',
    faults: (book) => {
      const seen = new Set<Tag>();
      const order = [...book.documents.keys()];
      return notesOf(book).flatMap(({ note, file, at, call }) => {
        const first = !seen.has(note!);
        seen.add(note!);
        // Text before notes: a note that only another note calls stands with it.
        return unless(!first || order.indexOf(at) <= order.indexOf(file), `${file}: ${call.attributes['href']}`);
      });
    },
    spoil: edit(/sixty/, /href="#note-/, 'href="colophon.xhtml#note-'),
  },
  {
    name: 'calls and notes have their roles beside their types',
    source: 'readium/css "night mode" and edrlab/thorium-reader issue 2280: epub:type or role tells them',
    faults: (book) =>
      tags(book).flatMap(([file, tag]) => [
        ...unless(!has(tag, 'epub:type', 'noteref') || has(tag, 'role', 'doc-noteref'), `${file}: a call`),
        ...unless(!has(tag, 'epub:type', 'footnote') || has(tag, 'role', 'doc-footnote'), `${file}: a note`),
      ]),
    spoil: edit(/s-/, ' role="doc-noteref"', ''),
  },
  {
    name: 'no colour stands in the way of the reader’s',
    source: 'Readium CSS, "ReadiumCSS-night_mode": grounds are taken away, letters inherit, borders are currentColor',
    faults: (book) => declared(book, /color$/).filter((one) => !/^img\b|inherit|currentColor/.test(one)),
    spoil: rule('h1 { border-color: #c00; color: #c00 }'),
  },
  {
    name: 'nothing is !important',
    source: 'Readium CSS, "User settings override authors’ styles"',
    faults: (book) => declared(book, /./).filter((one) => /!\s*important/.test(one)),
    spoil: rule('p { text-indent: 0 !important }'),
  },
  {
    name: 'the direction of the pages follows the language',
    source: 'EPUB 3.3, 5.7: page-progression-direction, which Readium reads',
    faults: (book) => {
      const rtl = [...book.documents.values()].some((tree) => tree.attributes['dir'] === 'rtl');
      const said = named(book.package, 'spine')[0]!.attributes['page-progression-direction'] === 'rtl';
      return unless(rtl === said, 'the spine says another');
    },
    spoil: edit(/content\.opf/, '<spine ', '<spine page-progression-direction="rtl" '),
  },
];
