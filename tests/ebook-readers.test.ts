// What reading systems and shops publish that they want of an ebook, one test each, every rule by its name and its source.
// The sample and the specimen with everything are held to each rule; then the rule is broken, and the break must be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { imageSize } from 'image-size';
import { type Entry, unzip, zip } from './ebook-archive.ts';
import { type Ebook, open } from './ebook-inspection.ts';
import { everything, publishedOf } from './ebook-specimens.ts';
import { all, named, type Tag, textOf } from './ebook-xml.ts';
import { pamphleteer, sample, temporary } from './workshop.ts';

interface Book extends Ebook {
  readonly bytes: number;
  readonly css: string;
}
type Spoil = (entries: Entry[]) => Entry[];
interface Rule {
  readonly name: string;
  readonly source: string;
  /** What breaks it; nothing in a good book. */
  readonly faults: (book: Book) => readonly string[];
  readonly spoil: Spoil;
}

let books: Readonly<Record<string, Entry[]>>;
before(async () => {
  const out = temporary();
  const { code, stderr } = await pamphleteer(['build', 'long', '--book', sample(), '--out', out]);
  assert.equal(code, 0, stderr);
  const long = unzip(readFileSync(join(out, 'whose-machines-long.epub')));
  // The specimen is bound with a dot for its cover.
  const cover = long.find(({ name }) => name === 'OEBPS/cover.png')!;
  const specimen = unzip(await publishedOf(everything()));
  books = {
    'the sample': long,
    everything: specimen.map((entry) => (entry.name === cover.name ? { ...entry, bytes: cover.bytes } : entry)),
  };
});

function read(entries: readonly Entry[]): Book {
  const bytes = zip(entries);
  const css = entries.find(({ name }) => name.endsWith('.css'))?.bytes.toString() ?? '';
  return { ...open(bytes), bytes: bytes.length, css: css.replace(/\/\*[\s\S]*?\*\//g, '') };
}

const edit =
  (file: RegExp, from: string | RegExp, to: string): Spoil =>
  (entries) => {
    const at = entries.findIndex(({ name, bytes }) => file.test(name) && bytes.toString().search(from) >= 0);
    assert.ok(at >= 0, `${from} is there to be spoilt`);
    const bytes = Buffer.from(entries[at]!.bytes.toString().replace(from, to));
    return entries.map((entry, index) => (index === at ? { ...entry, bytes } : entry));
  };
const rule = (css: string): Spoil => edit(/style\.css/, /$/, `\n${css}`);
const rename =
  (from: string, to: string): Spoil =>
  (entries) =>
    entries.map((entry) => {
      const text = /\.(?:opf|xhtml|css|ncx)$/.test(entry.name);
      const bytes = text ? Buffer.from(entry.bytes.toString().replaceAll(from, to)) : entry.bytes;
      return { ...entry, name: entry.name.replace(from, to), bytes };
    });
/** The cover's picture becomes a PNG of this size, as far as a header can tell. */
const coverOf =
  (width: number, height: number): Spoil =>
  (entries) =>
    entries.map((entry) => {
      if (entry.name !== 'OEBPS/cover.png') return entry;
      const bytes = Buffer.from(entry.bytes);
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return { ...entry, bytes };
    });
const grown =
  (file: RegExp, bytes: number): Spoil =>
  (entries) =>
    entries.map((entry) =>
      file.test(entry.name) ? { ...entry, bytes: Buffer.concat([entry.bytes, Buffer.alloc(bytes)]) } : entry,
    );

const has = (tag: Tag, name: string, value: string): boolean => (tag.attributes[name] ?? '').split(' ').includes(value);
const tags = ({ documents }: Book): [string, Tag][] =>
  [...documents].flatMap(([file, tree]) => all(tree).map((tag): [string, Tag] => [file, tag]));
const items = (book: Book): Tag[] => named(book.package, 'item');
const only = (wanted: boolean, fault: string): string[] => (wanted ? [] : [fault]);
const coverEntry = (book: Book): Entry => {
  const item = items(book).find((one) => has(one, 'properties', 'cover-image'));
  return book.entries.find(({ name }) => name === `OEBPS/${item?.attributes['href']}`)!;
};

/** Selector and declarations of each rule, those inside of `@media` and `@supports` among them. */
const rulesOf = ({ css }: Book): [string, string][] =>
  [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => [selector.trim(), body]);
/** Values of a property, by selector. */
const declared = (book: Book, property: RegExp, selector = /./): string[] =>
  rulesOf(book).flatMap(([on, body]) =>
    selector.test(on) && !on.startsWith('@font-face')
      ? [...body.matchAll(/([\w-]+)\s*:\s*([^;]+)/g)].flatMap(([, name = '', value = '']) =>
          property.test(name) ? [`${on} { ${name}: ${value.trim()} }`] : [],
        )
      : [],
  );
const BODY_TEXT = /(?:^|,)\s*(?:html|:root|body|p|div|span|section)\s*(?:,|$)/;
const FORCED =
  /^(?:line-height|color|background(?:-color)?|font-size|text-align|padding(?:-\w+)?|margin-(?:left|right))$/;

/** Each call of a note, with its note and the files of both. */
function notesOf(book: Book): { call: Tag; note: Tag | undefined; file: string; at: string }[] {
  return tags(book).flatMap(([file, call]) => {
    if (!has(call, 'epub:type', 'noteref')) return [];
    const [path, id] = (call.attributes['href'] ?? '').split('#');
    const at = path || file;
    const tree = book.documents.get(at);
    return [{ call, file, at, note: tree && all(tree).find(({ attributes }) => attributes['id'] === id) }];
  });
}
const landmarks = (book: Book): Tag[] =>
  [...book.documents.values()]
    .flatMap((tree) => named(tree, 'nav'))
    .filter((nav) => has(nav, 'epub:type', 'landmarks'))
    .flatMap((nav) => named(nav, 'a'));

const APPLE = 'Apple Books Asset Guide 5.3';
const KINDLE = 'Amazon Kindle Publishing Guidelines 2019.2';
const KOBO = 'Kobo EPUB Guidelines (kobolabs/epub-spec)';

const READERS: Readonly<Record<string, readonly Rule[]>> = {
  'Apple Books': [
    {
      name: 'a contents nav of type toc',
      source: `${APPLE}, "Navigation Document": a table of contents is required for all books`,
      faults: ({ documents }) =>
        only(
          [...documents.values()].some((tree) => named(tree, 'nav').some((nav) => has(nav, 'epub:type', 'toc'))),
          'no toc',
        ),
      spoil: edit(/toc\.xhtml/, 'epub:type="toc"', 'epub:type="loi"'),
    },
    {
      name: 'a note that pops up is the element that its call leads to',
      source: `${APPLE}, "Pop-up Footnotes"; edrlab/thorium-reader issue 1150`,
      faults: (book) =>
        notesOf(book).flatMap(({ note, call }) =>
          only(!!note && has(note, 'epub:type', 'footnote'), `${call.attributes['href']} is no footnote`),
        ),
      spoil: edit(/s-/, /<aside epub:type="footnote"/, '<aside'),
    },
    {
      name: 'an aside that is hidden from the flow holds nothing but a note that is called',
      source: `${APPLE}, "Pop-up Footnotes": an aside of type footnote is not shown in the page`,
      faults: (book) => {
        const called = new Set(notesOf(book).map(({ note }) => note));
        return tags(book).flatMap(([file, tag]) =>
          has(tag, 'epub:type', 'footnote') ? only(called.has(tag), `${file}: nobody calls this aside`) : [],
        );
      },
      spoil: edit(/s-/, '</section>', '<aside epub:type="footnote" id="lonely"><p>Lost.</p></aside></section>'),
    },
    {
      name: 'a bold face is there where text is bold',
      source: `${APPLE}, "What’s New in 5.2.9", Fonts: include a bold face, so that none has to be synthesized`,
      faults: (book) => {
        const bold = tags(book).some(([, { name }]) => name === 'strong');
        return only(!bold || /@font-face\{[^}]*font-weight:700/.test(book.css), 'bold text, no bold face');
      },
      spoil: edit(/style\.css/, /font-weight:700/g, 'font-weight:400'),
    },
    {
      name: 'the cover’s short side is 1400 px or more',
      source: `${APPLE}, "Book Cover Art"`,
      faults: (book) => {
        const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
        return only(Math.min(width, height) >= 1400, `${width} × ${height}`);
      },
      spoil: coverOf(1200, 1920),
    },
    {
      name: 'pictures inside are of at most 5.6 million pixels',
      source: `${APPLE}, "Interior Image Requirements"`,
      faults: ({ entries }) =>
        entries.flatMap(({ name, bytes }) => {
          if (!/\.(?:png|jpg|gif)$/.test(name)) return [];
          const { width = 0, height = 0 } = imageSize(bytes);
          return only(width * height <= 5_600_000, name);
        }),
      spoil: coverOf(2400, 3840),
    },
  ],
  Kindle: [
    {
      name: 'body text has no forced colour, size, lines, alignment, side margins',
      source: `${KINDLE}, 9.3.2 "Body Text Must Use Defaults"`,
      faults: (book) =>
        declared(book, FORCED, BODY_TEXT).filter((one) => !/^(?:td|th|a)\b|currentColor|inherit/.test(one)),
      spoil: rule('p { line-height: 1.4 }'),
    },
    {
      name: 'no black or white ground behind text',
      source: `${KINDLE}, 9.3.2: it becomes invisible when the reader inverts the page`,
      faults: (book) => declared(book, /^background/).filter((one) => !/^img\b/.test(one)),
      spoil: rule('blockquote { background-color: #fff }'),
    },
    {
      name: 'side margins of blocks are percentages',
      source: `${KINDLE}, 9.3.2: margins of quotations are specified as percentages rather than ems or points`,
      faults: (book) =>
        declared(book, /^margin-(?:left|right)$/).filter(
          (one) => !/: (?:0|auto|[\d.]+%|[\d.]+em) /.test(one) || /blockquote.*em/.test(one),
        ),
      spoil: rule('blockquote { margin-left: 3em }'),
    },
    {
      name: 'paragraphs are indented by at most 4em',
      source: `${KINDLE}, 9.3.3 "Formatting Paragraphs"`,
      faults: (book) =>
        declared(book, /^text-indent$/).filter((one) => Number(/: (-?[\d.]+)(?:em|;| )/.exec(one)?.[1] ?? 99) > 4),
      spoil: rule('p { text-indent: 5em }'),
    },
    {
      name: 'headings say how they are aligned',
      source: `${KINDLE}, 9.3 "Text Guidelines": text is justified, so that a heading without text-align would be, too`,
      faults: (book) =>
        ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].flatMap((level) =>
          only(
            declared(book, /^text-align$/, new RegExp(`(?:^|,)\\s*${level}\\s*(?:,|$)`)).length > 0,
            `${level} is justified`,
          ),
        ),
      spoil: edit(/style\.css/, 'text-align: left', 'text-align-last: left'),
    },
    {
      name: 'the cover is a picture of the book, and its page is outside of the reading',
      source: `${KINDLE}, 4.2 "Internal Content Cover Image Is Mandatory": it must not show twice`,
      faults: (book) => {
        const page = items(book).find(({ attributes }) => attributes['href'] === 'cover.xhtml')?.attributes['id'];
        const reference = named(book.package, 'itemref').find(({ attributes }) => attributes['idref'] === page);
        const image = coverEntry(book)?.name.replace('OEBPS/', '');
        const shown = tags(book).filter(([, { name, attributes }]) => name === 'img' && attributes['src'] === image);
        return [
          ...only(reference?.attributes['linear'] === 'no', 'the cover’s page is read'),
          ...only(shown.length === 1, `the cover stands ${shown.length} times in the text`),
        ];
      },
      spoil: edit(/content\.opf/, ' linear="no"', ''),
    },
    {
      name: 'the old name of the cover leads to its picture',
      source: `${KINDLE}, 4.2: <meta name="cover" content="id"/>`,
      faults: (book) => {
        const meta = named(book.package, 'meta').find(({ attributes }) => attributes['name'] === 'cover');
        const item = items(book).find(({ attributes }) => attributes['id'] === meta?.attributes['content']);
        return only(!!item && has(item, 'properties', 'cover-image'), 'it leads nowhere');
      },
      spoil: edit(/content\.opf/, 'content="cover-image"', 'content="cover"'),
    },
    {
      name: 'the cover is 1600 × 2560 or of that shape, and under 5 MB',
      source: 'Kindle Direct Publishing, "Cover Image Guidelines": ratio 1.6, 1000 × 625 px at least, less than 5 MB',
      faults: (book) => {
        const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
        return [
          ...only(Math.abs(height / width - 1.6) < 0.01 && height >= 1000, `${width} × ${height}`),
          ...only(coverEntry(book).bytes.length < 5_000_000, 'too many bytes'),
        ];
      },
      spoil: coverOf(1600, 1600),
    },
    {
      name: 'contents and NCX are there, and landmarks lead to the contents’ own nav',
      source: `${KINDLE}, 5.1 and 5.2; dvschultz/99problems issue 43: toc.xhtml#toc`,
      faults: (book) => [
        ...only(
          items(book).some(({ attributes }) => attributes['media-type'] === 'application/x-dtbncx+xml'),
          'no NCX',
        ),
        ...only(
          landmarks(book).some((link) => has(link, 'epub:type', 'toc') && link.attributes['href'] === 'toc.xhtml#toc'),
          'no way to the contents',
        ),
      ],
      spoil: edit(/toc\.xhtml/, 'href="toc.xhtml#toc"', 'href="toc.xhtml"'),
    },
    {
      name: 'the way back stands before a note’s words',
      source: `${KINDLE}, "Footnote Guidelines": linked both ways, in <aside>, whose pop-up would end in the link`,
      faults: (book) =>
        notesOf(book).flatMap(({ note }) => {
          const back = note && all(note).find((tag) => has(tag, 'role', 'doc-backlink'));
          return only(!!back && textOf(note).trimStart().startsWith(textOf(back)), textOf(note!).slice(0, 20));
        }),
      spoil: edit(/sixty/, /(<aside[^>]*><p>)(<a [^>]*doc-backlink[^>]*>[^<]*<\/a>)([\s\S]*?)<\/p>/, '$1$3$2</p>'),
    },
    {
      name: 'faces are TrueType or OpenType, pictures of a kind that is taken',
      source: `${KINDLE}, 10.3.8 "Using Embedded Fonts", 10.4.1 "Use Supported Input Formats"`,
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
      source: `${KINDLE}, 6.1 "Constructing Well-Formed HTML Documents"`,
      faults: (book) =>
        tags(book).flatMap(([file, { name }]) =>
          only(!/^(?:script|form|input|iframe|object)$/.test(name), `${file}: <${name}>`),
        ),
      spoil: edit(/s-/, '</section>', '<form action="x"></form></section>'),
    },
    {
      name: 'small enough to be sent',
      source: 'Amazon, "Send to Kindle": 200 MB by the web, 50 MB by mail',
      faults: ({ entries }) =>
        only(entries.reduce((sum, { bytes }) => sum + bytes.length, 0) < 50_000_000, 'more than 50 MB'),
      spoil: grown(/cover\.png/, 50_000_000),
    },
  ],
  Kobo: [
    {
      name: 'the cover stands in a document of its own, in <img>, without a link',
      source: `${KOBO}, "Cover Images"`,
      faults: ({ documents }) => {
        const body = named(documents.get('cover.xhtml')!, 'body')[0]!;
        const inner = all(body).map(({ name }) => name);
        return only(
          inner.join() === 'body,img' && textOf(body).trim() === '',
          `the cover’s page holds ${inner.join()} ${textOf(body)}`,
        );
      },
      spoil: edit(/cover\.xhtml/, '</body>', '<p>Buy me</p></body>'),
    },
    {
      name: 'the cover is no GIF, and under 3 MB',
      source: `${KOBO}, "Cover Images"`,
      faults: (book) => [
        ...only(/\.(?:jpg|png)$/.test(coverEntry(book).name), coverEntry(book).name),
        ...only(coverEntry(book).bytes.length < 3_000_000, 'too many bytes'),
      ],
      spoil: grown(/cover\.png/, 3_000_000),
    },
    {
      name: 'pictures are under 5 MB',
      source: `${KOBO}, "Image Formatting"`,
      faults: ({ entries }) =>
        entries.flatMap(({ name, bytes }) =>
          only(!/\.(?:png|jpg|gif|svg)$/.test(name) || bytes.length < 5_000_000, name),
        ),
      spoil: grown(/images\//, 5_000_000),
    },
    {
      name: 'pictures have a ground of their own',
      source: `${KOBO}, "Image Formatting": behind transparent ones a default colour or pattern is put`,
      faults: (book) => only(declared(book, /^background-color$/, /^img$/).length > 0, 'none'),
      spoil: edit(/style\.css/, 'background-color: #fff', 'border-color: #fff'),
    },
    {
      name: 'sizes of pictures are percentages',
      source: `${KOBO}, "Image Formatting": not pixels`,
      faults: (book) => [
        ...declared(book, /^(?:max-)?(?:width|height)$/, /img/).filter((one) => /px/.test(one)),
        ...tags(book).flatMap(([file, { name, attributes }]) =>
          only(name !== 'img' || !(attributes['width'] ?? attributes['height']), file),
        ),
      ],
      spoil: edit(/s-/, '<img ', '<img width="300" '),
    },
    {
      name: 'names of files are letters, figures, dashes',
      source: `${KOBO}, "OPF": special characters and spaces should not be used`,
      faults: ({ entries }) => entries.map(({ name }) => name).filter((name) => !/^[A-Za-z\d][\w./-]*$/.test(name)),
      spoil: rename('colophon.xhtml', 'colophön.xhtml'),
    },
    {
      name: 'no ground colours but a picture’s',
      source: `${KOBO}, "CSS", Background Colors`,
      faults: (book) => declared(book, /^background/).filter((one) => !/^img\b/.test(one)),
      spoil: rule('pre { background: #eee }'),
    },
    {
      name: 'small capitals by font-variant',
      source: `${KOBO}, "CSS", Small Caps`,
      faults: (book) => [
        ...only(
          declared(book, /^font-variant$/).some((one) => /small-caps/.test(one)),
          'none',
        ),
        ...declared(book, /^font-size$/).filter((one) => /small|large/.test(one)),
      ],
      spoil: rule('.authors { font-size: x-small }'),
    },
    {
      name: 'no style inside elements',
      source: `${KOBO}, "CSS", Style locations; Standard Ebooks Manual of Style, "No inline CSS"`,
      faults: (book) =>
        tags(book).flatMap(([file, { name, attributes }]) =>
          only(name !== 'style' && attributes['style'] === undefined, `${file}: <${name}>`),
        ),
      spoil: edit(/s-/, '<p>', '<p style="margin-left: 1em">'),
    },
    {
      name: 'side margins in em are at most 2',
      source: `${KOBO}, "CSS", Using em units for Margins`,
      faults: (book) =>
        declared(book, /^margin-(?:left|right)$/).filter((one) => Number(/: ([\d.]+)em/.exec(one)?.[1] ?? 0) > 2),
      spoil: rule('.verse { margin-left: 4em }'),
    },
    {
      name: 'sizes of letters are not set on the body, nor in percent',
      source: `${KOBO}, "CSS", Setting Font Sizes`,
      faults: (book) => [
        ...declared(book, /^font-size$/, /(?:^|,)\s*(?:html|body|:root)\b/),
        ...declared(book, /^font-size$/).filter((one) => /%/.test(one)),
      ],
      spoil: rule('blockquote { font-size: 90% }'),
    },
    {
      name: 'faces are TTF, OTF or WOFF 1',
      source: `${KOBO}, "Supported Fonts"`,
      faults: ({ entries }) =>
        entries.map(({ name }) => name).filter((name) => /fonts\//.test(name) && !/\.(?:ttf|otf|woff)$/.test(name)),
      spoil: rename('LeagueGothic-Regular.ttf', 'LeagueGothic-Regular.woff2'),
    },
    {
      name: 'no face is named that the book does not hold',
      source: `${KOBO}, "Embedded Fonts": advised against referencing fonts that are not embedded`,
      faults: (book) => {
        const held = new Set(
          [...book.css.matchAll(/@font-face\s*\{[^}]*font-family:\s*"([^"]+)"/g)].map(([, one]) => one),
        );
        return declared(book, /^font-family$/).flatMap((one) =>
          [...one.slice(one.indexOf('{')).matchAll(/['"]([^'"]+)['"]/g)].flatMap(([, family]) =>
            only(held.has(family), `${family}: ${one}`),
          ),
        );
      },
      spoil: rule("pre { font-family: 'Menlo', monospace }"),
    },
    {
      name: 'a note comes after its call, has nine letters or more and at most 5000',
      source: `${KOBO}, "Footnotes/Endnotes": when a link shows as a pop-up`,
      faults: (book) =>
        notesOf(book).flatMap(({ call, note, file, at }) => {
          const order = [...book.documents.keys()];
          const tree = all(book.documents.get(at)!);
          const after =
            file === at ? tree.indexOf(note!) > tree.indexOf(call) : order.indexOf(at) > order.indexOf(file);
          // A note that another chapter called first stands with that one, where a reader has met it.
          const earlier = file !== at && order.indexOf(at) < order.indexOf(file);
          const inside =
            file === at && tree.some((tag) => has(tag, 'epub:type', 'footnote') && all(tag).includes(call));
          const length = textOf(note!).length;
          return only((after || earlier || inside) && length <= 5000, `${call.attributes['href']} ${length}`);
        }),
      spoil: edit(/s-/, /(<section[^>]*>)([\s\S]*?)(<aside epub:type="footnote"[\s\S]*?<\/aside>)/, '$1$3$2'),
    },
    {
      name: 'the identifier in the package is that in the NCX',
      source: `${KOBO}, "OPF"`,
      faults: (book) => {
        const [identifier] = named(book.package, 'dc:identifier').map((tag) => textOf(tag));
        const ncx = book.entries.find(({ name }) => name.endsWith('.ncx'))!.bytes.toString();
        return only(ncx.includes(`name="dtb:uid" content="${identifier}"`), identifier!);
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
      source: `${KOBO}, "CSS", Page Breaks: a new file is the best way to a new page`,
      faults: ({ documents }) =>
        [...documents].flatMap(([file, tree]) =>
          only(named(tree, 'section').filter((tag) => has(tag, 'epub:type', 'chapter')).length <= 1, file),
        ),
      spoil: edit(/sixty/, '</section>', '</section><section epub:type="chapter"></section>'),
    },
  ],
  'Thorium and Readium': [
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
          return only(!first || order.indexOf(at) <= order.indexOf(file), `${file}: ${call.attributes['href']}`);
        });
      },
      spoil: edit(/sixty/, /href="#note-/, 'href="colophon.xhtml#note-'),
    },
    {
      name: 'calls and notes have their roles beside their types',
      source: 'readium/css "night mode" and edrlab/thorium-reader issue 2280: epub:type or role tells them',
      faults: (book) =>
        tags(book).flatMap(([file, tag]) => [
          ...only(!has(tag, 'epub:type', 'noteref') || has(tag, 'role', 'doc-noteref'), `${file}: a call`),
          ...only(!has(tag, 'epub:type', 'footnote') || has(tag, 'role', 'doc-footnote'), `${file}: a note`),
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
        return only(rtl === said, 'the spine says another');
      },
      spoil: edit(/content\.opf/, '<spine ', '<spine page-progression-direction="rtl" '),
    },
  ],
  KOReader: [
    {
      name: 'each note is an element of its own, of type footnote',
      source: 'koreader/koreader issue 11874: a section of type note would be shown whole',
      faults: (book) =>
        tags(book).flatMap(([file, tag]) => [
          ...only(
            !/(?:^| )(?:foot|rear|end)?notes?(?: |$)/.test(tag.attributes['epub:type'] ?? '') || tag.name === 'aside',
            file,
          ),
          ...only(
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
          only(!!note && ['aside', 'div', 'p', 'li', 'section'].includes(note.name), `${file}: ${note?.name}`),
        ),
      spoil: edit(/s-/, /<aside (epub:type="footnote"[^>]*)>([\s\S]*?)<\/aside>/, '<span $1>$2</span>'),
    },
    {
      name: 'a note begins without an indent',
      source: 'koreader/koreader pull request 5863: its number is easier to find',
      faults: (book) =>
        only(
          declared(book, /^text-indent$/, /^\.note p$/).some((one) => /: 0 /.test(one)),
          'indented',
        ),
      spoil: edit(/style\.css/, '.note p {', '.note q {'),
    },
  ],
  'Google Play Books': [
    {
      name: 'pictures are GIF, JPEG, PNG or SVG',
      source: 'Google Play Books Partner Center, "EPUB files", Supported image types',
      faults: ({ entries }) =>
        entries.map(({ name }) => name).filter((name) => /images\//.test(name) && !/\.(?:gif|jpg|png|svg)$/.test(name)),
      spoil: rename('picture-1.', 'picture-1.webp.x'),
    },
    {
      name: 'the front cover is in the file, 640 to 7200 px',
      source: 'Google Play Books Partner Center, "Files & uploading overview", Size & quality limits',
      faults: (book) => {
        const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
        return only(Math.min(width, height) >= 640 && Math.max(width, height) <= 7200, `${width} × ${height}`);
      },
      spoil: coverOf(5000, 8000),
    },
  ],
};

for (const [system, rules] of Object.entries(READERS))
  test(system, async (context) => {
    for (const { name, source, faults, spoil } of rules)
      await context.test(`${name} (${source})`, () => {
        for (const [title, entries] of Object.entries(books)) assert.deepEqual(faults(read(entries)), [], title);
        const broken = faults(read(spoil(books['everything']!)));
        assert.ok(broken.length > 0, 'the rule is broken, and nothing is seen');
      });
  });
