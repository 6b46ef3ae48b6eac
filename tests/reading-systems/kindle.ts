// What Kindle and its shop want of an ebook. Each rule by its name and its source.
import { imageSize } from 'image-size';
import { edit, rule } from '../ebook-spoiling.ts';
import { all, named, textOf } from '../ebook-xml.ts';
import {
  BODY_TEXT,
  coverEntry,
  coverOf,
  declared,
  FORCED,
  grown,
  has,
  items,
  landmarks,
  notesOf,
  type Rule,
  rename,
  tags,
  unless,
} from './rules.ts';

const GUIDE = 'Amazon Kindle Publishing Guidelines 2019.2';

export const KINDLE: readonly Rule[] = [
  {
    name: 'body text has no forced colour, size, lines, alignment, side margins',
    source: `${GUIDE}, 9.3.2 "Body Text Must Use Defaults"`,
    faults: (book) =>
      declared(book, FORCED, BODY_TEXT).filter((one) => !/^(?:td|th|a)\b|currentColor|inherit/.test(one)),
    spoil: rule('p { line-height: 1.4 }'),
  },
  {
    name: 'no black or white ground behind text',
    source: `${GUIDE}, 9.3.2: it becomes invisible when the reader inverts the page`,
    faults: (book) => declared(book, /^background/).filter((one) => !/^img\b/.test(one)),
    spoil: rule('blockquote { background-color: #fff }'),
  },
  {
    name: 'side margins of blocks are percentages',
    source: `${GUIDE}, 9.3.2: margins of quotations are specified as percentages rather than ems or points`,
    faults: (book) =>
      declared(book, /^margin-(?:left|right)$/).filter(
        (one) => !/: (?:0|auto|[\d.]+%|[\d.]+em) /.test(one) || /blockquote.*em/.test(one),
      ),
    spoil: rule('blockquote { margin-left: 3em }'),
  },
  {
    name: 'paragraphs are indented by at most 4em',
    source: `${GUIDE}, 9.3.3 "Formatting Paragraphs"`,
    faults: (book) =>
      declared(book, /^text-indent$/).filter((one) => Number(/: (-?[\d.]+)(?:em|;| )/.exec(one)?.[1] ?? 99) > 4),
    spoil: rule('p { text-indent: 5em }'),
  },
  {
    name: 'headings say how they are aligned',
    source: `${GUIDE}, 9.3 "Text Guidelines": text is justified, so that a heading without text-align would be, too`,
    faults: (book) =>
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].flatMap((level) =>
        unless(
          declared(book, /^text-align$/, new RegExp(`(?:^|,)\\s*${level}\\s*(?:,|$)`)).length > 0,
          `${level} is justified`,
        ),
      ),
    spoil: edit(/style\.css/, 'text-align: left', 'text-align-last: left'),
  },
  {
    name: 'the cover is a picture of the book, and its page is outside of the reading',
    source: `${GUIDE}, 4.2 "Internal Content Cover Image Is Mandatory": it must not show twice`,
    faults: (book) => {
      const page = items(book).find(({ attributes }) => attributes['href'] === 'cover.xhtml')?.attributes['id'];
      const reference = named(book.package, 'itemref').find(({ attributes }) => attributes['idref'] === page);
      const image = coverEntry(book)?.name.replace('OEBPS/', '');
      const shown = tags(book).filter(([, { name, attributes }]) => name === 'img' && attributes['src'] === image);
      return [
        ...unless(reference?.attributes['linear'] === 'no', 'the cover’s page is read'),
        ...unless(shown.length === 1, `the cover stands ${shown.length} times in the text`),
      ];
    },
    spoil: edit(/content\.opf/, ' linear="no"', ''),
  },
  {
    name: 'the old name of the cover leads to its picture',
    source: `${GUIDE}, 4.2: <meta name="cover" content="id"/>`,
    faults: (book) => {
      const meta = named(book.package, 'meta').find(({ attributes }) => attributes['name'] === 'cover');
      const item = items(book).find(({ attributes }) => attributes['id'] === meta?.attributes['content']);
      return unless(!!item && has(item, 'properties', 'cover-image'), 'it leads nowhere');
    },
    spoil: edit(/content\.opf/, 'content="cover-image"', 'content="cover"'),
  },
  {
    name: 'the cover is 1600 × 2560 or of that shape, and under 5 MB',
    source: 'Kindle Direct Publishing, "Cover Image Guidelines": ratio 1.6, 1000 × 625 px at least, less than 5 MB',
    faults: (book) => {
      const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
      return [
        ...unless(Math.abs(height / width - 1.6) < 0.01 && height >= 1000, `${width} × ${height}`),
        ...unless(coverEntry(book).bytes.length < 5_000_000, 'too many bytes'),
      ];
    },
    spoil: coverOf(1600, 1600),
  },
  {
    name: 'contents and NCX are there, and landmarks lead to the contents’ own nav',
    source: `${GUIDE}, 5.1 and 5.2; dvschultz/99problems issue 43: toc.xhtml#toc`,
    faults: (book) => [
      ...unless(
        items(book).some(({ attributes }) => attributes['media-type'] === 'application/x-dtbncx+xml'),
        'no NCX',
      ),
      ...unless(
        landmarks(book).some((link) => has(link, 'epub:type', 'toc') && link.attributes['href'] === 'toc.xhtml#toc'),
        'no way to the contents',
      ),
    ],
    spoil: edit(/toc\.xhtml/, 'href="toc.xhtml#toc"', 'href="toc.xhtml"'),
  },
  {
    name: 'the way back stands before a note’s words',
    source: `${GUIDE}, "Footnote Guidelines": linked both ways, in <aside>, whose pop-up would end in the link`,
    faults: (book) =>
      notesOf(book).flatMap(({ note }) => {
        const back = note && all(note).find((tag) => has(tag, 'role', 'doc-backlink'));
        return unless(!!back && textOf(note).trimStart().startsWith(textOf(back)), textOf(note!).slice(0, 20));
      }),
    spoil: edit(/sixty/, /(<aside[^>]*><p>)(<a [^>]*doc-backlink[^>]*>[^<]*<\/a>)([\s\S]*?)<\/p>/, '$1$3$2</p>'),
  },
  {
    name: 'faces are TrueType or OpenType, pictures of a kind that is taken',
    source: `${GUIDE}, 10.3.8 "Using Embedded Fonts", 10.4.1 "Use Supported Input Formats"`,
    faults: ({ entries }) =>
      entries
        .map(({ name }) => name)
        .filter((name) =>
          /fonts\//.test(name)
            ? !/\.(?:ttf|otf)$/.test(name)
            : /images\//.test(name) && !/\.(?:png|jpg|gif|svg)$/.test(name),
        ),
    spoil: rename('EBGaramond-Regular.ttf', 'EBGaramond-Regular.woff2'),
  },
  {
    name: 'no script, no form, no embedded frame',
    source: `${GUIDE}, 6.1 "Constructing Well-Formed HTML Documents"`,
    faults: (book) =>
      tags(book).flatMap(([file, { name }]) =>
        unless(!/^(?:script|form|input|iframe|object)$/.test(name), `${file}: <${name}>`),
      ),
    spoil: edit(/s-/, '</section>', '<form action="x"></form></section>'),
  },
  {
    name: 'small enough to be sent',
    source: 'Amazon, "Send to Kindle": 200 MB by the web, 50 MB by mail',
    faults: ({ entries }) =>
      unless(entries.reduce((sum, { bytes }) => sum + bytes.length, 0) < 50_000_000, 'more than 50 MB'),
    spoil: grown(/cover\.png/, 50_000_000),
  },
];
