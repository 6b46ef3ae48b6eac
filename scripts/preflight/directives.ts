// Rules about the form of our own blocks (`:::verse`, `::pagebreak`, `:foreign[…]`): names, braces, ends, and where they stand.
import type { Nodes } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as words } from 'mdast-util-to-string';
import { CONTAINERS, isForSome, LEAVES, type Manuscript, type ManuscriptFile, PHRASES } from '../book/manuscript.ts';
import { listed, nearest, shown } from '../book/suggest.ts';
import { endOf, everyNode, type Found, type Rule, sourceOf, startOf } from './finding.ts';

export type Directive = ContainerDirective | LeafDirective | TextDirective;

const EVERY = [...CONTAINERS, ...LEAVES, ...PHRASES] as const;

/** How a directive is written, by its name. */
export function usage(name: string): string {
  if ((LEAVES as readonly string[]).includes(name)) return `\`::${name}\``;
  if (name === 'foreign') return '`:foreign[words]{lang=fr}`';
  return name === 'only' || name === 'cut' ? `\`:::${name}{edition=long}\`` : `\`:::${name}\``;
}

const isDirective = (node: Nodes): node is Directive =>
  node.type === 'containerDirective' || node.type === 'leafDirective' || node.type === 'textDirective';

type FoundDirective = Found & { node: Directive };

/** Looks at every directive of every file, in order. */
export function eachDirective(
  { files }: Manuscript,
  look: (entry: ManuscriptFile, found: FoundDirective) => void,
): void {
  for (const entry of files)
    for (const found of everyNode(entry.root)) if (isDirective(found.node)) look(entry, found as FoundDirective);
}

export const colons = (node: Directive): string =>
  ({ containerDirective: ':::', leafDirective: '::', textDirective: ':' })[node.type];

/** Whether the directive has one of our names, and the colons that go with it. */
export function isOurs(node: Directive): boolean {
  const names: readonly string[] = { containerDirective: CONTAINERS, leafDirective: LEAVES, textDirective: PHRASES }[
    node.type
  ];
  return names.includes(node.name);
}

const unknown: Rule = {
  id: 'unknown-directive',
  summary: 'Every block of our kind has one of our names.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (isOurs(node)) return;
      const near = nearest(node.name, EVERY);
      const note = near
        ? `Did you mean ${usage(near)}?`
        : `Known are ${listed([...CONTAINERS.map((name) => `:::${name}`), ...LEAVES.map((name) => `::${name}`)])}.`;
      const ours = (EVERY as readonly string[]).includes(node.name);
      tell({
        file,
        at: node,
        reason: ours
          ? `${shown(colons(node) + node.name)} is written with other colons`
          : `Unknown block ${shown(colons(node) + node.name)}`,
        note: ours ? `Write ${usage(node.name)}.` : note,
      });
    }),
};

/** Whether a block's last line is the colons that close it. */
export function isClosed(node: ContainerDirective, source: string): boolean {
  const typed = source.slice(startOf(node), endOf(node));
  const fence = /^:+/.exec(typed)?.[0].length ?? 3;
  const last = /[\r\n][ \t>]*(:+)[ \t]*$/.exec(typed.slice(-2000));
  return (last?.[1]?.length ?? 0) >= fence;
}

const unclosed: Rule = {
  id: 'unclosed-directive',
  summary: 'Every block is closed by its own line of colons.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node, parents }) => {
      const source = sourceOf(file);
      if (node.type !== 'containerDirective' || isClosed(node, source)) return;
      const outer = parents.findLast((parent) => parent.type === 'containerDirective');
      const same = outer && isClosed(outer, source) && fenceOf(outer, source) <= fenceOf(node, source);
      const note = same
        ? `A block around another needs more colons: begin and end ${shown(`:::${outer.name}`)} with ${fenceOf(node, source) + 1} of them.`
        : `Write ${shown(':'.repeat(fenceOf(node, source)))} on a line of its own where it ends.`;
      tell({ file, at: startOf(node), reason: `The block ${shown(`:::${node.name}`)} is never closed`, note });
    }),
};

const fenceOf = (node: ContainerDirective, source: string): number =>
  /^:*/.exec(source.slice(startOf(node), startOf(node) + 200))![0].length;

/** What may stand in a directive's braces. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  only: ['edition'],
  cut: ['edition'],
  foreign: ['lang'],
  figure: ['bleed', 'spread'],
  panel: ['kind'],
};

const attribute: Rule = {
  id: 'directive-attribute',
  summary: 'Nothing stands in a block’s braces that would not be read.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (!isOurs(node)) return;
      const known = ATTRIBUTES[node.name] ?? [];
      for (const key of Object.keys(node.attributes ?? {})) {
        if (known.includes(key)) continue;
        const near = nearest(key, known);
        const note = near
          ? `Did you mean \`${near}\`?`
          : known.length > 0
            ? `Only ${listed(known)} can stand here.`
            : 'Take the braces out.';
        tell({ file, at: node, reason: `${shown(colons(node) + node.name)} does not know ${shown(key)}`, note });
      }
    }),
};

const label: Rule = {
  id: 'directive-label',
  summary: 'A block’s words stand under its first line, not in brackets.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (!isOurs(node) || node.type === 'textDirective') return;
      const name = shown(colons(node) + node.name);
      if (node.type === 'leafDirective') {
        if (node.children.length > 0)
          tell({
            file,
            at: node,
            reason: `The words in brackets after ${name} would be lost: ${shown(words(node))}`,
            note: 'Write them in a paragraph of their own.',
          });
        return;
      }
      const first = node.children[0];
      if (first?.type === 'paragraph' && (first.data as { directiveLabel?: boolean } | undefined)?.directiveLabel)
        tell({
          file,
          at: first,
          reason: `Words in brackets after ${name}: ${shown(words(first))}`,
          note: 'Write them on the next line.',
        });
    }),
};

const place: Rule = {
  id: 'directive-place',
  summary: 'Front and back matter stand by themselves: not in a list, quotation or other block.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node, parents }) => {
      if (node.type !== 'containerDirective' || !['frontmatter', 'backmatter'].includes(node.name)) return;
      const around = parents.findLast((parent) => parent.type !== 'root' && !isForSome(parent));
      if (!around) return;
      const where: Readonly<Record<string, string>> = {
        listItem: 'a list',
        blockquote: 'a quotation',
        footnoteDefinition: 'a note',
      };
      tell({
        file,
        at: node,
        reason: `\`:::${node.name}\` cannot stand in ${around.type === 'containerDirective' ? shown(`:::${around.name}`) : (where[around.type] ?? 'another block')}`,
        note: 'Begin it at the start of a line, with a blank line before it.',
      });
    }),
};

export const directiveRules: readonly Rule[] = [unknown, unclosed, attribute, label, place];
