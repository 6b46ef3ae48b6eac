// Wild ebooks: the generated manuscripts of drafts.ts with all that is hard for an ebook in particular put among them:
// titles that are markup, headings alike, notes called from everywhere and by each other, links across files.
import fc from 'fast-check';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Edition } from '../scripts/edition/edition.ts';
import { composed } from './composing.ts';
import { manuscript, written } from './drafts.ts';
import type { Sources } from './ebook-fidelity.ts';
import { PNG, picture, SVG } from './ebook-specimens.ts';

const WILD = [
  'A <b> & "c" \'d\' <%= x %> {{y}} ]]> -->',
  '學而時習之，不亦說乎',
  '\u200fعنوان\u200f (draft)',
  '\u202eבראשית\u202c & more',
  '👩‍👩‍👧‍👦',
  '&amp; &lt; &#x41; %41 \\',
  'Ünïcödé Ångström Żółć',
  'x'.repeat(300),
  'The -- end...',
] as const;
const wild = fc.constantFrom(...WILD);

/** Headings among which some are alike, some have no letters, some are pictures. */
const HEADINGS = [
  '## Twice',
  '## Twice',
  '## 學而時習之',
  '## \\<b> & "c" \u200f',
  '## 👩‍👩‍👧‍👦',
  '## ![A heading that is a picture.](a.png)',
  '### ![A picture](b.svg) and words',
  '## *Twice*',
  '## toc',
  '## cover.xhtml',
  '## Title page',
  '## CON',
  `## ${'Long '.repeat(60)}`,
  '## ../../etc',
];

const deep = (levels: number): string =>
  Array.from({ length: levels }, (_, at) => `${' '.repeat(3 * at)}${at % 2 ? '-' : `${at + 3}.`} level ${at}`).join(
    '\n',
  );

/** `n1` is a note that drafts.ts has written; `x1` to `x3` call each other. */
const EXTRAS = [
  deep(9),
  '[one way](#twice) and [another](#學而時習之), [](#twice), [up](#title-page) and [out](https://example.org/?a=1&b=<2>)',
  'Called here,[^x1] here[^x1][^x3] and *here[^x1]*.',
  '| Called[^x1] | in a table[^x3] |\n| :-: | --: |\n| twice[^x1] | ![a dot](a.png) |',
  ':::figure\n![A square.](b.svg)\n\nCalled in a caption.[^x1]\n:::',
  '![A dot.](a.png "A caption & <more> \\"yet\\"")',
  ':::::backmatter\n## Twice\n\n::::pullquote\nA pull quote that calls.[^x3]\n::::\n\n:::epigraph\n> quoted\n\n— Somebody[^x1]\n:::\n:::::',
  ':::::frontmatter\n## 學而時習之\n\n:::verse\none[^x3]\n  *two*\n\nthree\n:::\n:::::',
  ':::only{edition=short}\n## Not here[^x1]\n\nNor this.\n:::',
  ':::only{edition=long}\n## Here\n\n:foreign[非我族類]{lang=zh-Hant} :foreign[שלום]{lang=he} :foreign[Ἰλιάς]{lang=grc}\n:::',
  '- [ ] to do[^x1]\n- [x] done\n\n  > and ***both***\n\n  ```\n  code <b> & ]]>\n  ```',
  '> ## A heading in a quotation\n>\n> ![A dot.](a.png "Its caption")',
  '***\n\n***\n\n::pagebreak\n\n::pagebreak',
  '<https://例え.jp/路?a=b&c=d#e> <mailto:a@b.example> [x](<javascript:alert(1)>) [y](file.md) [z](<http:// >)',
  'e\u0301 \u00ad \u200b \u2028 \u2066x\u2069 \ufeff \ufdd0 \u{1f600}\ufe0f 𝔘𝔫𝔦 \ue000',
];
const NOTES =
  '[^x1]: Calls another[^x2] and is called by it.\n\n    | a | note |\n    | - | - |\n    | 1 | 2 |\n\n[^x2]: - ![a dot](a.png) back[^x1]\n\n    5. five\n\n[^x3]: `code` first, :foreign[non]{lang=la}.\n\n    > Two *paragraphs*.\n\n[^x4]: Never called.';

export interface WildBook {
  readonly edition: Edition;
  readonly sources: Sources;
}

const pictures = new Map<string, Uint8Array>([
  ['a.png', PNG],
  ['b.svg', Buffer.from(SVG)],
]);
const held = new Map(
  ['1.md', '2.md'].flatMap((file) => [
    [pictureKey(file, 'a.png'), picture('picture-1', 'image/png', PNG)] as const,
    [pictureKey(file, 'b.svg'), picture('picture-2', 'image/svg+xml', SVG)] as const,
  ]),
);

const described = fc.record(
  Object.fromEntries(['subtitle', 'publisher', 'rights', 'description', 'printing'].map((key) => [key, wild] as const)),
  { requiredKeys: [] },
);

const drawnFrom = fc.record({
  drawn: manuscript,
  pieces: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(...HEADINGS), fc.constantFrom(...EXTRAS))), {
    minLength: 2,
    maxLength: 16,
  }),
  described,
  title: wild,
  author: wild,
  typed: fc.constantFrom('', '# A title of its *own* & \\<more>\n\n', '# 學而時習之[^x1]\n\n'),
  numberChapters: fc.boolean(),
});

/** A level that is skipped stops a build, too: every heading comes down to the one after the last. */
function withoutSkips(texts: readonly string[]): string[] {
  let last = 1;
  return texts.map((text) =>
    text.replaceAll(/^((?:[> \t]|[-*+] |\d+[.)] )*)(#{1,6})(?= )/gm, (_, before, signs) => {
      last = Math.min(signs.length, last + 1);
      return before + '#'.repeat(last);
    }),
  );
}

export const wildBook: fc.Arbitrary<WildBook> = drawnFrom.map(
  ({ drawn: [files, language], pieces, described: said, title, author, typed, numberChapters }) => {
    const typedTexts = files.map((file, index) => {
      // A heading without words stops a build before any ebook is made.
      const blocks = written(file, 'xy'[index]!)
        .markdown.replaceAll(/^(#+) *$/gm, '$1 Untitled')
        .split(/\n(?=## )/);
      for (const [at, piece] of pieces)
        if (at % files.length === index) blocks.splice(at % (blocks.length + 1), 0, piece);
      return `${index === 0 ? typed : ''}${blocks.join('\n\n')}\n\n${NOTES}\n`;
    });
    const texts = withoutSkips(typedTexts);
    const yaml = Object.entries({ ...said, numberChapters }).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const whole = composed(texts, { language, pictures: held, yaml: yaml.join('\n') });
    const authors = [{ name: author, fileAs: author, roles: ['aut'] }];
    const edition = { ...whole, ...(typed ? {} : { title }), book: { ...whole.book, title, authors } };
    return { edition, sources: { texts, pictures } };
  },
);
