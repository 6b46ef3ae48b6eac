// Rules about lists: numbers that look like the beginning of an item, and are none.
import type { Nodes } from 'mdast';
import { endOf, everyNode, type Found, type Rule, sourceOf, startOf } from './finding.ts';

/** A line that begins with a number, as an item does; but only `1` may begin one in a paragraph (CommonMark 0.31, 5.3). */
const NUMBERED = /^[ \t>]*((\d{1,9})[.)])[ \t]+\S/;

interface Line {
  readonly at: number;
  readonly typed: string;
  readonly number: number;
}

/** The numbered lines of a paragraph after its first one, without those that begin in code. */
function numbered(node: Nodes, source: string): Line[] {
  const code = everyNode({ type: 'root', children: [node as never] })
    .map((found) => found.node)
    .filter(({ type }) => type === 'inlineCode' || type === 'html');
  const lines = source.slice(startOf(node), endOf(node)).split('\n');
  let at = startOf(node);
  return lines.flatMap((line, index): Line[] => {
    const start = at;
    at += line.length + 1;
    const [, typed, number] = (index > 0 && NUMBERED.exec(line)) || [];
    if (!typed || code.some((one) => startOf(one) < start && start < endOf(one))) return [];
    return [{ at: start + line.indexOf(typed), typed, number: Number(number) }];
  });
}

/** The number of the item that the paragraph is in; undefined where it is in none that is numbered. */
function itemOf({ parents }: Found): number | undefined {
  const [list, item] = parents.slice(-2);
  if (list?.type !== 'list' || item?.type !== 'listItem' || !list.ordered) return undefined;
  return (list.start ?? 1) + list.children.indexOf(item);
}

const stray: Rule = {
  id: 'list-number',
  summary: 'What looks like the next item of a numbered list is one.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const found of everyNode(root)) {
        const { node, parents } = found;
        if (node.type !== 'paragraph') continue;
        if (parents.some((parent) => parent.type === 'containerDirective' && parent.name === 'verse')) continue;
        const lines = numbered(node, sourceOf(file));
        // A year or a sum that a line happens to begin with has no neighbour.
        const first = lines.find(
          ({ number }, index) =>
            number !== 1 && (lines[index + 1]?.number === number + 1 || itemOf(found) === number - 1),
        );
        if (first)
          tell({
            file,
            at: first.at,
            reason: `\`${first.typed}\` begins no item of a list here: it runs on in the paragraph above it`,
            note: 'For a list, put a blank line before its first item, and begin the items below each other.',
            advice: true,
          });
      }
  },
};

export const listRules: readonly Rule[] = [stray];
