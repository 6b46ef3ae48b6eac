// What Apple Books wants of an ebook. Each rule by its name and its source.
import { imageSize } from 'image-size';
import { edit } from '../ebook-spoiling.ts';
import { named } from '../ebook-xml.ts';
import { coverEntry, coverOf, has, notesOf, type Rule, tags, unless } from './rules.ts';

const GUIDE = 'Apple Books Asset Guide 5.3';

export const APPLE_BOOKS: readonly Rule[] = [
  {
    name: 'a contents nav of type toc',
    source: `${GUIDE}, "Navigation Document": a table of contents is required for all books`,
    faults: ({ documents }) =>
      unless(
        [...documents.values()].some((tree) => named(tree, 'nav').some((nav) => has(nav, 'epub:type', 'toc'))),
        'no toc',
      ),
    spoil: edit(/toc\.xhtml/, 'epub:type="toc"', 'epub:type="loi"'),
  },
  {
    name: 'a note that pops up is the element that its call leads to',
    source: `${GUIDE}, "Pop-up Footnotes"; edrlab/thorium-reader issue 1150`,
    faults: (book) =>
      notesOf(book).flatMap(({ note, call }) =>
        unless(!!note && has(note, 'epub:type', 'footnote'), `${call.attributes['href']} is no footnote`),
      ),
    spoil: edit(/s-/, /<aside epub:type="footnote"/, '<aside'),
  },
  {
    name: 'an aside that is hidden from the flow holds nothing but a note that is called',
    source: `${GUIDE}, "Pop-up Footnotes": an aside of type footnote is not shown in the page`,
    faults: (book) => {
      const called = new Set(notesOf(book).map(({ note }) => note));
      return tags(book).flatMap(([file, tag]) =>
        has(tag, 'epub:type', 'footnote') ? unless(called.has(tag), `${file}: nobody calls this aside`) : [],
      );
    },
    spoil: edit(/s-/, '</section>', '<aside epub:type="footnote" id="lonely"><p>Lost.</p></aside></section>'),
  },
  {
    name: 'a bold face is there where text is bold',
    source: `${GUIDE}, "What’s New in 5.2.9", Fonts: include a bold face, so that none has to be synthesized`,
    faults: (book) => {
      const bold = tags(book).some(([, { name }]) => name === 'strong');
      return unless(!bold || /@font-face\{[^}]*font-weight:700/.test(book.css), 'bold text, no bold face');
    },
    spoil: edit(/style\.css/, /font-weight:700/g, 'font-weight:400'),
  },
  {
    name: 'the cover’s short side is 1400 px or more',
    source: `${GUIDE}, "Book Cover Art"`,
    faults: (book) => {
      const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
      return unless(Math.min(width, height) >= 1400, `${width} × ${height}`);
    },
    spoil: coverOf(1200, 1920),
  },
  {
    name: 'pictures inside are of at most 5.6 million pixels',
    source: `${GUIDE}, "Interior Image Requirements"`,
    faults: ({ entries }) =>
      entries.flatMap(({ name, bytes }) => {
        if (!/\.(?:png|jpg|gif)$/.test(name)) return [];
        const { width = 0, height = 0 } = imageSize(bytes);
        return unless(width * height <= 5_600_000, name);
      }),
    spoil: coverOf(2400, 3840),
  },
];
