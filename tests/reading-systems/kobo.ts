// What Kobo and the Adobe engine want of an ebook. Each rule by its name and its source.

import { edit, rule } from '../ebook-spoiling.ts';
import { all, named, textOf } from '../ebook-xml.ts';
import { coverEntry, declared, grown, has, notesOf, type Rule, rename, tags, unless } from './rules.ts';

const GUIDE = 'Kobo EPUB Guidelines (kobolabs/epub-spec)';

export const KOBO: readonly Rule[] = [
  {
    name: 'the cover stands in a document of its own, in <img>, without a link',
    source: `${GUIDE}, "Cover Images"`,
    faults: ({ documents }) => {
      const body = named(documents.get('cover.xhtml')!, 'body')[0]!;
      const inner = all(body).map(({ name }) => name);
      return unless(
        inner.join() === 'body,img' && textOf(body).trim() === '',
        `the cover’s page holds ${inner.join()} ${textOf(body)}`,
      );
    },
    spoil: edit(/cover\.xhtml/, '</body>', '<p>Buy me</p></body>'),
  },
  {
    name: 'the cover is no GIF, and under 3 MB',
    source: `${GUIDE}, "Cover Images"`,
    faults: (book) => [
      ...unless(/\.(?:jpg|png)$/.test(coverEntry(book).name), coverEntry(book).name),
      ...unless(coverEntry(book).bytes.length < 3_000_000, 'too many bytes'),
    ],
    spoil: grown(/cover\.png/, 3_000_000),
  },
  {
    name: 'pictures are under 5 MB',
    source: `${GUIDE}, "Image Formatting"`,
    faults: ({ entries }) =>
      entries.flatMap(({ name, bytes }) =>
        unless(!/\.(?:png|jpg|gif|svg)$/.test(name) || bytes.length < 5_000_000, name),
      ),
    spoil: grown(/images\//, 5_000_000),
  },
  {
    name: 'pictures have a ground of their own',
    source: `${GUIDE}, "Image Formatting": behind transparent ones a default colour or pattern is put`,
    faults: (book) => unless(declared(book, /^background-color$/, /^img$/).length > 0, 'none'),
    spoil: edit(/style\.css/, 'background-color: #fff', 'border-color: #fff'),
  },
  {
    name: 'sizes of pictures are percentages',
    source: `${GUIDE}, "Image Formatting": not pixels`,
    faults: (book) => [
      ...declared(book, /^(?:max-)?(?:width|height)$/, /img/).filter((one) => /px/.test(one)),
      ...tags(book).flatMap(([file, { name, attributes }]) =>
        unless(name !== 'img' || !(attributes['width'] ?? attributes['height']), file),
      ),
    ],
    spoil: edit(/s-/, '<img ', '<img width="300" '),
  },
  {
    name: 'names of files are letters, figures, dashes',
    source: `${GUIDE}, "OPF": special characters and spaces should not be used`,
    faults: ({ entries }) => entries.map(({ name }) => name).filter((name) => !/^[A-Za-z\d][\w./-]*$/.test(name)),
    spoil: rename('colophon.xhtml', 'colophön.xhtml'),
  },
  {
    name: 'no ground colours but a picture’s',
    source: `${GUIDE}, "CSS", Background Colors`,
    faults: (book) => declared(book, /^background/).filter((one) => !/^img\b/.test(one)),
    spoil: rule('pre { background: #eee }'),
  },
  {
    name: 'small capitals by font-variant',
    source: `${GUIDE}, "CSS", Small Caps`,
    faults: (book) => [
      ...unless(
        declared(book, /^font-variant$/).some((one) => /small-caps/.test(one)),
        'none',
      ),
      ...declared(book, /^font-size$/).filter((one) => /small|large/.test(one)),
    ],
    spoil: rule('.authors { font-size: x-small }'),
  },
  {
    name: 'no style inside elements',
    source: `${GUIDE}, "CSS", Style locations; Standard Ebooks Manual of Style, "No inline CSS"`,
    faults: (book) =>
      tags(book).flatMap(([file, { name, attributes }]) =>
        unless(name !== 'style' && attributes['style'] === undefined, `${file}: <${name}>`),
      ),
    spoil: edit(/s-/, '<p>', '<p style="margin-left: 1em">'),
  },
  {
    name: 'side margins in em are at most 2',
    source: `${GUIDE}, "CSS", Using em units for Margins`,
    faults: (book) =>
      declared(book, /^margin-(?:left|right)$/).filter((one) => Number(/: ([\d.]+)em/.exec(one)?.[1] ?? 0) > 2),
    spoil: rule('.verse { margin-left: 4em }'),
  },
  {
    name: 'sizes of letters are not set on the body, nor in percent',
    source: `${GUIDE}, "CSS", Setting Font Sizes`,
    faults: (book) => [
      ...declared(book, /^font-size$/, /(?:^|,)\s*(?:html|body|:root)\b/),
      ...declared(book, /^font-size$/).filter((one) => /%/.test(one)),
    ],
    spoil: rule('blockquote { font-size: 90% }'),
  },
  {
    name: 'faces are TTF, OTF or WOFF 1',
    source: `${GUIDE}, "Supported Fonts"`,
    faults: ({ entries }) =>
      entries.map(({ name }) => name).filter((name) => /fonts\//.test(name) && !/\.(?:ttf|otf|woff)$/.test(name)),
    spoil: rename('LeagueGothic-Regular.ttf', 'LeagueGothic-Regular.woff2'),
  },
  {
    name: 'no face is named that the book does not hold',
    source: `${GUIDE}, "Embedded Fonts": advised against referencing fonts that are not embedded`,
    faults: (book) => {
      const held = new Set(
        [...book.css.matchAll(/@font-face\s*\{[^}]*font-family:\s*"([^"]+)"/g)].map(([, one]) => one),
      );
      return declared(book, /^font-family$/).flatMap((one) =>
        [...one.slice(one.indexOf('{')).matchAll(/['"]([^'"]+)['"]/g)].flatMap(([, family]) =>
          unless(held.has(family), `${family}: ${one}`),
        ),
      );
    },
    spoil: rule("pre { font-family: 'Menlo', monospace }"),
  },
  {
    name: 'a note comes after its call, has nine letters or more and at most 5000',
    source: `${GUIDE}, "Footnotes/Endnotes": when a link shows as a pop-up`,
    faults: (book) =>
      notesOf(book).flatMap(({ call, note, file, at }) => {
        const order = [...book.documents.keys()];
        const tree = all(book.documents.get(at)!);
        const after = file === at ? tree.indexOf(note!) > tree.indexOf(call) : order.indexOf(at) > order.indexOf(file);
        // A note that another chapter called first stands with that one, where a reader has met it.
        const earlier = file !== at && order.indexOf(at) < order.indexOf(file);
        const inside = file === at && tree.some((tag) => has(tag, 'epub:type', 'footnote') && all(tag).includes(call));
        const length = textOf(note!).length;
        return unless((after || earlier || inside) && length <= 5000, `${call.attributes['href']} ${length}`);
      }),
    spoil: edit(/s-/, /(<section[^>]*>)([\s\S]*?)(<aside epub:type="footnote"[\s\S]*?<\/aside>)/, '$1$3$2'),
  },
  {
    name: 'the identifier in the package is that in the NCX',
    source: `${GUIDE}, "OPF"`,
    faults: (book) => {
      const [identifier] = named(book.package, 'dc:identifier').map((tag) => textOf(tag));
      const ncx = book.entries.find(({ name }) => name.endsWith('.ncx'))!.bytes.toString();
      return unless(ncx.includes(`name="dtb:uid" content="${identifier}"`), identifier!);
    },
    spoil: edit(/toc\.ncx/, /content="urn:/, 'content="x-urn:'),
  },
  {
    name: 'no function and no variable in the style sheet',
    source:
      'dvschultz/99problems issue 53: the Adobe engine, which opens files that are copied to a Kobo, ignores a sheet with calc()',
    faults: ({ css }) => [...css.matchAll(/(?:calc|var|min|max|clamp|env)\(|--[\w-]+\s*:/g)].map(([found]) => found),
    spoil: rule('p { margin: calc(1em + 1px) }'),
  },
  {
    name: 'a chapter is a file',
    source: `${GUIDE}, "CSS", Page Breaks: a new file is the best way to a new page`,
    faults: ({ documents }) =>
      [...documents].flatMap(([file, tree]) =>
        unless(named(tree, 'section').filter((tag) => has(tag, 'epub:type', 'chapter')).length <= 1, file),
      ),
    spoil: edit(/sixty/, '</section>', '</section><section epub:type="chapter"></section>'),
  },
];
