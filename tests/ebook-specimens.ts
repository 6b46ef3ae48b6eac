// Specimens for the ebook: one manuscript with everything that docs/markdown.md allows, and the way from Markdown to bytes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Binding, bind } from '../scripts/ebook/bind.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Edition, Picture } from '../scripts/edition/edition.ts';
import { matterFields } from '../scripts/edition/matter.ts';
import { fillIn } from '../scripts/edition/template.ts';
import { plainText } from '../scripts/edition/words.ts';
import { publishEbook } from '../scripts/outputs.ts';
import { FACES } from '../scripts/typeset/fonts.ts';
import { composed } from './composing.ts';

export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A square</title><path d="M1 1h7v7H1z"/></svg>';

export const picture = (id: string, mediaType: Picture['mediaType'], content: string | Buffer): Picture => ({
  ...{ id, path: `${id}.x`, mediaType, width: 9, height: 9 },
  bytes: Buffer.from(content),
});
const [png, svg] = [picture('picture-1', 'image/png', PNG), picture('picture-2', 'image/svg+xml', SVG)];

/** `a.png` and `b.svg`, from whichever of the first files. */
export const PICTURES = new Map(
  ['1.md', '2.md'].flatMap((file) => [
    [pictureKey(file, 'a.png'), png] as const,
    [pictureKey(file, 'b.svg'), svg] as const,
  ]),
);

export const MODIFIED = new Date(Date.UTC(2026, 5, 1, 12, 30, 14));
const template = (name: string): string => readFileSync(new URL(`../templates/ebook/${name}`, import.meta.url), 'utf8');
export const CSS = template('ebook.css');

const filled = (edition: Edition, name: string): string => fillIn(template(`${name}.html`), matterFields(edition));

function bindingFor(edition: Edition) {
  return {
    css: CSS,
    cover: { bytes: PNG, mediaType: 'image/png' as const, alt: 'Cover: "bars" & <levers>' },
    matter: {
      titlePage: filled(edition, 'title-page'),
      imprint: filled(edition, 'imprint'),
      colophon: filled(edition, 'colophon'),
    },
    modified: MODIFIED,
  };
}

/** Without fonts: what most tests need. */
export const ebookOf = (edition: Edition, more: Partial<Binding> = {}): Promise<Uint8Array> =>
  bind(edition, { ...bindingFor(edition), fonts: [], ...more });

/** Pages of so many letters each, as if the edition were printed. */
export function pagesOf(edition: Edition, letters = 300): Required<Pick<Binding, 'printed'>> {
  const pages = edition.parts.flatMap(({ id, content }) => {
    const many = plainText(content).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    return Array.from({ length: 1 + Math.floor(many / letters) }, (_, nth) => ({
      ...{ folio: '', document: id },
      ...(nth > 0 ? { after: nth * letters } : {}),
    }));
  });
  const numbered = pages.map((page, at) => ({ ...page, folio: String(at + 3) }));
  const front = ['title-page', 'toc'].map((document, at) => ({ folio: ['i', 'ii'][at]!, document }));
  return { printed: { source: 'The Book, A5 & "more"', pages: [...front, ...numbered] } };
}

/** As the build makes it, with the faces cut to its letters. */
export async function publishedOf(edition: Edition): Promise<Uint8Array> {
  const require = createRequire(import.meta.url);
  const faces = FACES.map((face) => ({ face, bytes: readFileSync(require.resolve(`${face.package}/${face.path}`)) }));
  return (await publishEbook({ edition, ...bindingFor(edition), faces })).content;
}

const manyNotes = Array.from({ length: 64 }, (_, at) => at + 1);

/** Two files, five kinds of part, 68 notes. */
export const EVERYTHING = [
  `# Everything & \\<all> "of it"

Before the first chapter.[^1]

:::frontmatter
## To the reader

A word first, with a way to [the tables](#tables--lists).
:::

## Tables & lists

:::epigraph
Day by day the machines are gaining ground upon us.

— Samuel Butler[^2]
:::

| Name | Number | Middle |
| :-- | --: | :-: |
| A "quoted" & <angled> cell | 7[^3] | |
| ~~Gone~~ | **bold *both*** | \`<%= code %>\` |

4. Four, for the list begins there
5. Five
   - nested
     1. deeper

- [ ] to do
- [x] done

### A section with *emphasis*, :foreign[非我族類]{lang=zh-Hant} and a note[^4]

Called again,[^2] and a line\\
broken. :foreign[Ἰλιάς]{lang=grc} and :foreign[אבג]{lang=he}. <https://example.org/?a=1&b=2> and [mail](mailto:jo@example.org).
EJS: <%- whole.opf %> <%% %> <%# no %> %> and an entity: &amp;lt; &copy; and \\<b> "quotes" -- dashes --- dots...

#### Deeper

> A quotation
>
> - with a list
>
> > and a quotation

***

::pagebreak

\`\`\`js
if (a < b && c > "d") { return '<%= x %>'; }
\`\`\`

![A dot & a "bar".](a.png "A *plain* caption & <more>.")

:::figure
![A square.](b.svg)

A caption with *emphasis*.[^5]
:::

A small one ![a dot](a.png) within a line.

:::verse
The first line as you type it,
*the second
under* it.

A blank line parts the stanzas.[^6]
:::

:::pullquote
Ask who may say no.
:::

## ![A heading that is a picture.](a.png)

Its text.

[^1]: One.

[^2]: Called from two places, and a third.

[^3]: - a list

    - in a note

[^4]: First paragraph.

    Second paragraph, which calls another.[^7]

[^5]: > A quotation in a note, ![a dot](a.png)

[^6]: \`code\` first.

[^7]: Called from a note alone, "here" & <there>.
`,
  `## Sixty notes

${manyNotes.map((at) => `Sentence ${at}.[^m${at}]`).join(' ')}

Back to [the section](#deeper), and to the same note twice.[^m3]

:::backmatter
## Books

1. One

Called from another chapter.[^m64]

## Thanks

To all.
:::

${manyNotes.map((at) => `[^m${at}]: Note ${at} of sixty-four.`).join('\n')}
`,
] as const;

const FULL = `subtitle: "From a to <b> & back"
date: 2026-06-01
publisher: The "Press" & Co
rights: "CC BY-SA 4.0 <free>"
description: "What it says & does: 100% <em>plain</em>"
url: https://example.org/a?b=1&c=2
subjects: [Labour, "Art & craft"]
series: {name: "Pamphlets & more", position: 3}
numberChapters: true`;

/** That manuscript with a description that says all there is to say. */
export const everything = (): Edition => composed([...EVERYTHING], { yaml: FULL, pictures: PICTURES });
