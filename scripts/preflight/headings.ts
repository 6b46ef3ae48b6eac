// Rules about headings.
import { toString as words } from 'mdast-util-to-string';
import type { VFileMessage } from 'vfile-message';
import type { Manuscript } from '../book/manuscript.ts';
import { shown } from '../book/suggest.ts';
import type { Edition } from '../edition/edition.ts';
import { endOf, everyNode, type Rule, readings, runs, sourceOf, startOf } from './finding.ts';
import { frontMatterEnd } from './text.ts';

const level: Rule = {
  id: 'heading-level',
  summary: 'Headings begin with the first or second level, and no level is skipped.',
  check: (manuscript, book, tell) => {
    for (const { manuscript: read } of readings(manuscript, book)) {
      let above = 0;
      for (const { file, root } of read.files)
        for (const { node, parents } of everyNode(root)) {
          if (node.type !== 'heading' || parents.some(({ type }) => type === 'footnoteDefinition')) continue;
          const deepest = above === 0 ? 2 : above + 1;
          if (node.depth > deepest)
            tell({
              file,
              at: node,
              reason: `${above === 0 ? 'The first heading' : 'This heading'} is of level ${node.depth}${above === 0 ? '' : `, and the one before it of level ${above}`}`,
              note: `Write \`${'#'.repeat(deepest)} ${shown(words(node, { includeHtml: false })).slice(1, -1) || 'Heading'}\`${above === 0 ? ', or `#` if it is the title' : ''}.`,
            });
          above = node.depth;
        }
    }
  },
};

const empty: Rule = {
  id: 'empty-heading',
  summary: 'Every heading has words.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const { node } of everyNode(root))
        if (node.type === 'heading' && words(node, { includeHtml: false, includeImageAlt: false }).trim() === '')
          tell({
            file,
            at: node,
            reason: 'A heading without words',
            note: 'Write the heading after the `#`, or take the line out.',
          });
  },
};

const space: Rule = {
  id: 'heading-space',
  summary: 'A space stands between `#` and the heading.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const { source, offset, parent, first } of runs(entry)) {
        const [, signs, rest] = (first && parent.type === 'paragraph' && /^(#{1,6})(\p{L}.*)/u.exec(source)) || [];
        if (!signs || !rest || (signs === '#' && !/^\p{Lu}.*\s/u.test(rest))) continue;
        tell({
          file: entry.file,
          at: offset,
          reason: 'This is printed as text, not as a heading',
          note: `For a heading, put a space after the \`${signs}\`: \`${signs} ${shown(rest).slice(1)}.`,
          advice: true,
        });
      }
  },
};

const underlined: Rule = {
  id: 'underlined-paragraph',
  summary: 'A paragraph does not become a heading by the line of dashes under it.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const source = sourceOf(file);
      const begin = frontMatterEnd(source);
      for (const { node } of everyNode(root)) {
        if (node.type !== 'heading' || startOf(node) < begin) continue;
        const typed = source.slice(startOf(node), endOf(node)).split(/\r\n|\n|\r/);
        if (!/^[ \t>]*(?:-+|=+)[ \t]*$/.test(typed.at(-1)!)) continue;
        if (typed.length > 2 || typed[0]!.length > 100)
          tell({
            file,
            at: node,
            reason: 'A line of dashes makes this whole paragraph a heading',
            note: 'For a pause, put a blank line above it, or write `***`; for a heading, begin it with `##`.',
            advice: true,
          });
      }
    }
  },
};

export const headingRules: readonly Rule[] = [level, empty, space, underlined];

const letters = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** An edition may have a title of its own, the single `#` that opens it: who did not mean that is told. */
export function titleAdvice({ files }: Manuscript, { title, book }: Edition): VFileMessage | undefined {
  if (letters(title) === letters(book.title)) return undefined;
  for (const { file, root } of files)
    for (const { node } of everyNode(root)) {
      if (node.type !== 'heading' || node.depth !== 1) continue;
      const reason = `This heading becomes the title: ${shown(title)}, where book.yaml has ${shown(book.title)}`;
      const place = node.position ? { place: node.position } : {};
      const message = file.message(reason, { ...place, ruleId: 'title-differs', source: 'pamphleteer' });
      return Object.assign(message, {
        fatal: false,
        note: 'It stands on the cover, the title page and in the files; book.yaml’s on the download page and in the files’ names. Write the same in both, or `##` for a chapter.',
      });
    }
  return undefined;
}
