// Rules about the text itself: that there is some, and that it is text and no HTML.
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { listed, shown } from '../book/suggest.ts';
import { countWords } from '../edition/words.ts';
import { everyNode, type Rule, readings, sourceOf, startOf } from './finding.ts';

const emptyManuscript: Rule = {
  id: 'empty-manuscript',
  summary: 'Every edition has words or pictures to print.',
  check: (manuscript, book, tell) => {
    const bare = new Map<VFile, string[]>();
    for (const { edition, manuscript: read } of readings(manuscript, book)) {
      const first = read.files[0]?.file;
      if (first && read.files.every(({ root }) => isEmpty(root)))
        bare.set(first, [...(bare.get(first) ?? []), edition]);
    }
    for (const [file, editions] of bare) {
      const reason = manuscript.files.every(({ root }) => isEmpty(root))
        ? 'The manuscript has no text'
        : `Nothing is left to print in the edition ${listed(editions)}`;
      tell({ file, at: 0, reason, note: 'Write some text: one paragraph is enough.' });
    }
  },
};

const isEmpty = (root: Root): boolean =>
  !everyNode(root).some(
    ({ node }) => node.type === 'image' || (node.type !== 'html' && 'value' in node && countWords(node.value) > 0),
  );

const FRONT_MATTER = /^---[ \t]*\r?\n(?:(?:[A-Za-z_][\w-]*:|[ \t]|-[ \t]).*\r?\n)+(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** How long the YAML at the file's beginning is; 0 where there is none. */
export const frontMatterEnd = (source: string): number => FRONT_MATTER.exec(source.slice(0, 4000))?.[0].length ?? 0;

const frontMatter: Rule = {
  id: 'yaml-front-matter',
  summary: 'A manuscript has no YAML block at its beginning: the book is described in book.yaml.',
  check: ({ files }, _, tell) => {
    for (const { file } of files)
      if (frontMatterEnd(sourceOf(file)) > 0)
        tell({
          file,
          at: 0,
          reason: 'A YAML block at the beginning would be printed as text',
          note: 'Take it out; what it says belongs in book.yaml.',
        });
  },
};

/** What Markdown writes in place of a tag. */
const INSTEAD: Readonly<Record<string, string>> = {
  b: 'Write `**words**`.',
  strong: 'Write `**words**`.',
  i: 'Write `*words*`.',
  em: 'Write `*words*`.',
  s: 'Write `~~words~~`.',
  del: 'Write `~~words~~`.',
  strike: 'Write `~~words~~`.',
  code: 'Write the words between backticks.',
  br: 'End the line with a backslash, or use `:::verse` for lines.',
  hr: 'Write `***` on a line of its own.',
  img: 'Write `![what it shows](pictures/name.svg)`.',
  a: 'Write `[words](https://…)`.',
  sup: 'Write a note as `[^1]`; other raised signs can be typed: ² ³ ᵗʰ.',
  sub: 'Type the lowered sign itself: ₂.',
  p: 'Part paragraphs by a blank line.',
  blockquote: 'Begin its lines with `> `.',
  pre: 'Put the lines between two lines of three backticks.',
  table: 'Write it with `|` between the cells.',
  figure: 'Write `:::figure`, or the picture alone in its paragraph.',
  ul: 'Begin each item with `- `.',
  ol: 'Begin each item with `1. `.',
};

const rawHtml: Rule = {
  id: 'raw-html',
  summary: 'A manuscript holds no HTML; comments are allowed, and left out.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const opened = new Set<string>();
      for (const { node } of everyNode(root)) {
        if (node.type !== 'html') continue;
        const comment = node.value.search(/<!--(?!>|->)(?![\s\S]*-->)/);
        if (comment >= 0) {
          tell({
            file,
            at: startOf(node) + comment,
            reason: 'A comment is not closed: what follows it is lost',
            note: 'Close it with `-->`.',
          });
          continue;
        }
        const left = node.value.replace(/<!--[\s\S]*?-->/g, '').trim();
        if (left === '') continue;
        const [tag, slash, name = ''] = /<(\/?)([A-Za-z][\w-]*)?[^>]*>?/.exec(left) ?? [left, ''];
        const key = name.toLowerCase();
        if (slash && opened.has(key)) continue;
        opened.add(key);
        const heading = /^h([1-6])$/.exec(key)?.[1];
        if (!left.startsWith('<')) {
          tell({
            file,
            at: node,
            reason: `The text after a comment is lost: ${shown(left)}`,
            note: 'Begin it after a blank line.',
          });
          continue;
        }
        const note =
          (heading && `Write \`${'#'.repeat(Number(heading))} Heading\`.`) ??
          (Object.hasOwn(INSTEAD, key) ? INSTEAD[key] : undefined) ??
          `Take it out, or write \`\\<\` for the sign itself.`;
        tell({ file, at: node, reason: `HTML is not passed through: ${shown(tag)}`, note });
      }
    }
  },
};

export const textRules: readonly Rule[] = [emptyManuscript, frontMatter, rawHtml];
