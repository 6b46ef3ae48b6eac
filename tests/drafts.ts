// Drafts: generated manuscripts of every element, each of whose words is one of a kind, to see that none gets lost.
import fc from 'fast-check';

export interface Draft {
  /** Takes the next words of the document; gives Markdown. */
  readonly write: (page: Page) => string;
}
export interface Page {
  /** A new word of the text, or of the note that is open. */
  readonly word: () => string;
  readonly note: (write: () => string) => string;
}

const word: Draft = { write: (page) => page.word() };
/** A note of two paragraphs. */
const LONG: readonly Draft[] = [30, 20].map((count) => ({
  write: (page) => Array.from({ length: count }, () => page.word()).join(' '),
}));

/** What may stand before a word and after it: scripts, signs and lengths that a page has to cope with. */
const STRANGE: readonly (readonly [string, string])[] = [
  ['學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？「', '」子曰：巧言令色，鮮矣仁。'],
  ['ことばは、', 'のようなものである。'],
  ['אין חדש תחת השמש ', ' והכול הבל'],
  ['في البدء كان الكلمة ', '، والنور'],
  ['ไม่มีช่องว่างระหว่างคำในภาษานี้ ', ''],
  ['👩‍👩‍👧‍👦🏳️‍🌈 ', ' 🎈'],
  ['a\u0301\u0323\u0302\u0316'.repeat(12), ''],
  ['Donau', 'dampf'.repeat(14)],
  ['', 'i'.repeat(300)],
  ['', '—'.repeat(12)],
  ['\u00a0'.repeat(30), '\u202f!'],
  ['10\u00a0000\u00a0', '\u200b\u2060x\u200d'],
  ['«\u202f', '\u202f» :'],
  ['&amp;&lt;&#x1F600; \\* ', ' \\`'],
];
const inline = fc.letrec<{ phrase: Draft; words: Draft }>((tie) => ({
  phrase: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: fc.constant(word) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('AI:', '"x" ', "the '90s ", 'a -- b ', ':smile:', '10:')
        .map((typed) => ({ write: (page: Page) => typed.replace(/[a-zA-Z]+|\d+/g, () => page.word()) })),
    },
    { weight: 1, arbitrary: tie('words').map(({ write }) => ({ write: (page: Page) => `*${write(page)}*` })) },
    { weight: 1, arbitrary: tie('words').map(({ write }) => ({ write: (page: Page) => `"${write(page)}"` })) },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `**${page.word()}**` }) },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `~~${page.word()}~~ \`${page.word()}\`` }) },
    {
      weight: 1,
      arbitrary: fc.constant({
        write: (page: Page) => `[${page.word()}](https://example.org) [${page.word()}](#none)`,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `:foreign[${page.word()}]{lang=la}` }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...STRANGE)
        .map(([before, after]) => ({ write: (page: Page) => `${before}${page.word()}${after}` })),
    },
    {
      weight: 1,
      arbitrary: fc.constant({
        write: (page: Page) => `[${page.word()}](#none) https://example.org/~x/y_z?a=b&c=-d#e,f.g/h/i/j`,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `${page.word()} ![alt](a.png) ${page.word()}` }) },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `${page.word()}\\\n${page.word()}` }) },
    {
      weight: 1,
      arbitrary: tie('words').map(({ write }) => ({
        write: (page: Page) => `${page.word()}${page.note(() => write(page))}`,
      })),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 2, max: 9 }).map((times) => ({
        write: (page: Page) =>
          Array.from({ length: times }, () => `${page.word()}${page.note(() => several(LONG, '\n\n    ')(page))}`).join(
            ' ',
          ),
      })),
    },
  ),
  words: fc.array(tie('phrase'), { minLength: 1, maxLength: 5 }).map((phrases) => ({
    write: (page: Page) => phrases.map((phrase) => phrase.write(page)).join(' '),
  })),
})).words;

const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);
const several = (drafts: readonly Draft[], between: string) => (page: Page) =>
  drafts.map(({ write }) => write(page)).join(between);
/** Cells keep to one line of the source. */
const table = ([columns, cells]: [number, readonly Draft[]]): Draft => ({
  write(page) {
    const words = cells.map(({ write }) => write(page).replaceAll('\\\n', ' '));
    const rows: string[] = [];
    for (let at = 0; at < words.length; at += columns) rows.push(`| ${words.slice(at, at + columns).join(' | ')} |`);
    rows.splice(1, 0, `|${' - |'.repeat(columns)}`);
    return rows.join('\n');
  },
});
const typed = (text: string): Draft => ({ write: () => text });
const container = (name: string, depth: string) => (draft: Draft) => ({
  write: (page: Page) => `${depth}${name}\n${draft.write(page)}\n${depth}`,
});

const blocks = fc.letrec<{ block: Draft; blocks: Draft }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 4, arbitrary: inline },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.integer({ min: 2, max: 4 }), inline).map(([level, { write }]) => ({
        write: (page: Page) => `${'#'.repeat(level)} ${write(page).replaceAll('\\\n', ' ')}`,
      })),
    },
    { weight: 1, arbitrary: fc.constantFrom('***', '::pagebreak', '***\n\n::pagebreak').map(typed) },
    {
      weight: 1,
      arbitrary: tie('blocks').map(({ write }) => ({ write: (page: Page) => write(page).replace(/^/gm, '> ') })),
    },
    {
      weight: 1,
      arbitrary: fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }).map((items) => ({
        write: (page: Page) => items.map(({ write }) => `- ${indented(write(page), '  ').slice(2)}`).join('\n'),
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(0, 1, 8, 98, 9998), fc.array(tie('blocks'), { minLength: 1, maxLength: 4 }))
        .map(([start, items]) => ({
          write: (page: Page) =>
            items
              .map(({ write }, at) => {
                const number = `${start + at}. `;
                return number + indented(write(page), ' '.repeat(number.length)).slice(number.length);
              })
              .join('\n'),
        })),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.integer({ min: 2, max: 7 }), fc.array(inline, { minLength: 8, maxLength: 20 })).map(table),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(3, 60, 400), { minLength: 1, maxLength: 30 }).map((widths) => ({
        write: (page: Page) =>
          `\`\`\`js\n${widths.map((width) => `${page.word()}(${'x'.repeat(width)})`).join('\n')}\n\`\`\``,
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 5, max: 60 })
        .map((count) => ({ write: (page: Page) => Array.from({ length: count }, () => page.word()).join(' ') })),
    },
    {
      weight: 1,
      arbitrary: fc.array(inline, { minLength: 1, maxLength: 3 }).map((items) => ({
        write: (page: Page) => items.map(({ write }, at) => `- [${at % 2 ? 'x' : ' '}] ${write(page)}`).join('\n'),
      })),
    },
    {
      weight: 1,
      arbitrary: fc.array(inline, { minLength: 4, maxLength: 4 }).map(([a, b, c, d]) => ({
        write: (page: Page) =>
          `| ${a!.write(page)} | ${b!.write(page)} |\n| - | - |\n| ${c!.write(page)} | ${d!.write(page)} |`.replaceAll(
            '\\\n',
            ' ',
          ),
      })),
    },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `\`\`\`\n${page.word()} "${page.word()}"\n\`\`\`` }) },
    { weight: 1, arbitrary: fc.constant({ write: (page: Page) => `![alt](a.png "${page.word()} ${page.word()}")` }) },
    {
      weight: 1,
      arbitrary: fc.tuple(inline, inline).map(([a, b]) => ({
        write: (page: Page) => `:::figure\n![alt](a.png)\n\n${a.write(page)}\n\n${b.write(page)}\n:::`,
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(inline, inline)
        .map(([a, b]) => ({ write: (page: Page) => `:::epigraph\n${a.write(page)}\n\n— ${b.write(page)}\n:::` })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(inline, { minLength: 1, maxLength: 4 })
        .map((lines) => container('verse', ':::')({ write: several(lines, '\n    ') })),
    },
    { weight: 1, arbitrary: inline.map(container('pullquote', ':::')) },
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((all) => ({ write: several(all, '\n\n') })),
}));

const piece = fc.oneof(
  { weight: 8, arbitrary: blocks.block },
  { weight: 1, arbitrary: fc.constantFrom('##', '###').map(typed) },
  { weight: 1, arbitrary: blocks.blocks.map(container('backmatter', ':::::')) },
  { weight: 1, arbitrary: blocks.blocks.map(container('frontmatter', ':::::')) },
  { weight: 1, arbitrary: blocks.blocks.map(container('only{edition=long}', ':::::')) },
);
export const manuscript = fc.tuple(
  fc.array(fc.array(piece, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 2 }),
  fc.constantFrom('en', 'fr', 'de', 'en', 'fr', 'de', 'pl', 'zh-Hant', 'ja', 'ar', 'he'),
);

/** The Markdown of one file, its words in order, and those of each note in the order of the calls. */
export function written(pieces: readonly Draft[], prefix: string) {
  const text: string[] = [];
  const notes: { readonly words: string[]; readonly calls: number[]; body: string }[] = [];
  let open = text;
  let count = 0;
  const page: Page = {
    word() {
      // Letters alone: no figure that a prime or a dash could hang on.
      const name = `${prefix}${[...String(count++)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}w`;
      open.push(name);
      return name;
    },
    note(write) {
      const note = { words: [] as string[], calls: [] as number[], body: '' };
      const label = notes.push(note);
      const before = open;
      open = note.words;
      note.body = write();
      open = before;
      return `[^n${label}]`;
    },
  };
  const markdown = several(pieces, '\n\n')(page);
  const bodies = notes.map(({ body }, index) => `[^n${index + 1}]: ${body}`).join('\n\n');
  return { markdown: `${markdown}\n\n${bodies}\n`, text, notes };
}
