// A torture for the ebook: every element of docs/markdown.md in every script we have faces for, with 400 notes, some of which
// call others. Takes nothing, gives Markdown, a file a script.

interface Script {
  readonly language: string;
  readonly words: readonly string[];
  readonly stop: string;
  readonly space: string;
}

const SCRIPTS: Readonly<Record<string, Script>> = {
  Latin: {
    language: 'la',
    words: 'lorem ipsum dolor sit amet consectetur adipiscing elit'.split(' '),
    stop: '.',
    space: ' ',
  },
  漢字: {
    language: 'zh-Hant',
    words: '學而時習 不亦說乎 有朋自遠方來 不亦樂乎 人不知而不慍 不亦君子乎'.split(' '),
    stop: '。',
    space: '，',
  },
  العربية: {
    language: 'ar',
    words: 'في البدء كان الكلمة والكلمة كان عند الجميع والنور في الظلمة'.split(' '),
    stop: '.',
    space: ' ',
  },
  עברית: { language: 'he', words: 'אין חדש תחת השמש הכול הבל ורעות רוח'.split(' '), stop: '.', space: ' ' },
  Ἑλληνικά: { language: 'grc', words: 'μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην'.split(' '), stop: '.', space: ' ' },
  Кириллица: { language: 'ru', words: 'все счастливые семьи похожи друг на друга'.split(' '), stop: '.', space: ' ' },
};

export const NOTES = 400;

/** A manuscript's files: in a book of any language, the phrases of the others marked as theirs. */
export function tortureTexts(): string[] {
  const names = Object.keys(SCRIPTS);
  const each = Math.floor(NOTES / names.length);
  return names.map((name, at) => {
    const notes = at === 0 ? NOTES - each * (names.length - 1) : each;
    return fileOf(name, SCRIPTS[name]!, at === 0, notes);
  });
}

function fileOf(name: string, script: Script, first: boolean, notes: number): string {
  const sentence = (from: number, count = 5): string =>
    Array.from({ length: count }, (_, at) => script.words[(from + at) % script.words.length]).join(script.space);
  const marked = (from: number): string => `:foreign[${sentence(from, 3)}]{lang=${script.language}}`;
  let called = 0;
  const call = (): string => (called < notes - 1 ? `[^n${++called}]` : '');
  const opening = `# The \\<Torture> & "Book"\n\nBefore all of it${call()}, 👩‍👩‍👧‍👦 and 🏳️‍🌈.\n\n:::frontmatter\n## To the reader\n\n${marked(0)}${call()} See [](#elements-${name.toLowerCase()}).\n:::`;
  const elements = `## Elements ${name}

:::epigraph
${marked(1)}${call()}

— *${sentence(2, 2)}*${call()}
:::

Emphasis *${sentence(3)}*${call()}, **${sentence(4)}**, ***both***, ~~gone~~, \`code <b> & "${script.words[0]}"\`${script.stop}

### ${sentence(5, 3)} & \\<marks>${call()}

| ${script.words[0]} | number${call()} | *middle* |
| :-- | --: | :-: |
| ${marked(2)} | 1${call()} | ![a dot](a.png) |
| two\\|bars | 2 | |

#### A level deeper

7. ${sentence(6)}${call()}
8. eight

   a second paragraph

   - ${marked(3)}
     - deeper${call()}
       1. and *deeper*

- [ ] to do${call()}
- [x] done

> ${sentence(1)}
>
> > ${marked(4)}${call()}
>
> 3. three

***

::pagebreak

\`\`\`js
if (a < b && c > "${script.words[1]}") { return '<%= x %> ]]>'; }
\`\`\`

![A dot: ${sentence(2, 2)}.](a.png "A caption & *stars* \\"${script.words[2]}\\"")

:::figure
![A square.](b.svg)

${marked(5)}, a caption with *emphasis*${call()}

and a second paragraph.
:::

:::verse
${sentence(0, 3)}${call()}
  ${sentence(3, 3)}

  *${sentence(1, 2)}
${sentence(2, 2)}*
:::

:::pullquote
${sentence(4)}${script.stop}
:::

:::epigraph
${marked(4)}

— ${sentence(5, 2)}
:::

Links: <https://example.org/?a=1&b=2>, [${script.words[0]}](mailto:jo@example.org), [back](#elements-${name.toLowerCase()}).

:::only{edition=long}
Only the long version says this${call()}${script.stop}
:::

:::only{edition=short}
Only the short one says that.
:::

## ![A heading that is a picture, ${name}.](a.png)

Under a picture${call()}${script.stop}

## Notes ${name}
`;
  const body = `${first ? `${opening}\n\n` : ''}${elements}`;
  const rest: string[] = [];
  while (called < notes - 1) rest.push(`${sentence(called)}${call()}${script.stop}`);
  const paragraphs = Array.from({ length: Math.ceil(rest.length / 6) }, (_, at) =>
    rest.slice(at * 6, at * 6 + 6).join(' '),
  );
  const after = `Again${called > 2 ? '[^n2][^n2]' : ''}${script.stop}\n\n:::backmatter\n## Thanks, ${name}\n\n${marked(1)}[^n1]\n\n## Books, ${name}\n\n1. *${sentence(2, 3)}*\n2. two\n:::`;
  const bodies = Array.from({ length: notes }, (_, at) => noteOf(at + 1, notes, sentence, marked));
  return `${body}\n${paragraphs.join('\n\n')}\n\n${after}\n\n${bodies.join('\n\n')}\n`;
}

/** The last note is called from the first alone. */
function noteOf(
  number: number,
  notes: number,
  sentence: (from: number, count?: number) => string,
  marked: (from: number) => string,
): string {
  const label = `[^n${number}]: `;
  if (number === 1) return `${label}${marked(0)}, which calls another.[^n${notes}]`;
  if (number % 7 === 0) return `${label}${sentence(number)}\n\n    Second paragraph, *${sentence(number + 1, 2)}*.`;
  if (number % 11 === 0) return `${label}- ${sentence(number)}\n    - ![a dot](a.png)\n\n    > ${sentence(number, 2)}`;
  if (number % 13 === 0) return `${label}4. ${sentence(number)}\n    5. <https://example.org/${number}>`;
  return `${label}${sentence(number)} ${number}.`;
}
