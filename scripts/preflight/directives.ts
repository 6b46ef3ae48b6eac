// Rules about the blocks of our own (`:::verse`, `::pagebreak`, `:foreign[…]`): their names, what they hold, where they stand.
import type { Nodes, PhrasingContent } from 'mdast';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import { toString as words } from 'mdast-util-to-string';
import { CONTAINERS, editionsOf, LEAVES, type Manuscript, type ManuscriptFile, PHRASES } from '../book/manuscript.ts';
import { listed, nearest, shown } from '../book/suggest.ts';
import { endOf, everyNode, type Found, type Rule, sourceOf, startOf } from './finding.ts';

export type Directive = ContainerDirective | LeafDirective | TextDirective;

const EVERY = [...CONTAINERS, ...LEAVES, ...PHRASES] as const;

/** How a directive is written, by its name. */
export function usage(name: string): string {
  if ((LEAVES as readonly string[]).includes(name)) return `\`::${name}\``;
  if (name === 'foreign') return '`:foreign[words]{lang=fr}`';
  return name === 'only' ? '`:::only{edition=long}`' : `\`:::${name}\``;
}

const isDirective = (node: Nodes): node is Directive =>
  node.type === 'containerDirective' || node.type === 'leafDirective' || node.type === 'textDirective';

type FoundDirective = Found & { node: Directive };

function eachDirective({ files }: Manuscript, look: (entry: ManuscriptFile, found: FoundDirective) => void): void {
  for (const entry of files)
    for (const found of everyNode(entry.root)) if (isDirective(found.node)) look(entry, found as FoundDirective);
}

const colons = (node: Directive): string =>
  ({ containerDirective: ':::', leafDirective: '::', textDirective: ':' })[node.type];

/** Whether the directive has one of our names, and the colons that go with it. */
function isOurs(node: Directive): boolean {
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
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = { only: ['edition'], foreign: ['lang'] };

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

const empty: Rule = {
  id: 'empty-directive',
  summary: 'Every block holds something.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'containerDirective' || !isOurs(node) || node.name === 'figure') return;
      const name = shown(`:::${node.name}`);
      if (
        words(node, { includeHtml: false }).trim() === '' &&
        ![...everyNode({ type: 'root', children: node.children })].some(
          (found) => found.node.type === 'thematicBreak' || found.node.type === 'leafDirective',
        )
      ) {
        tell({
          file,
          at: node,
          reason: `The block ${name} is empty`,
          note: 'Write its text between its two lines of colons, or take it out.',
        });
      } else if (node.name === 'epigraph' && node.children.length === 1 && /^\s*[—–―-]/.test(words(node)))
        tell({
          file,
          at: node,
          reason: 'The epigraph has an attribution and no words',
          note: 'Write what was said first, then a blank line, then who said it.',
        });
    }),
};

const figure: Rule = {
  id: 'figure-picture',
  summary: 'A figure holds one picture, in a paragraph of its own.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'containerDirective' || node.name !== 'figure') return;
      const inside = [...everyNode({ type: 'root', children: node.children })].map((found) => found.node);
      const pictures = inside.filter(({ type }) => type === 'image');
      if (inside.some(({ type }) => type === 'imageReference')) return;
      const direct = node.children.flatMap((child): PhrasingContent[] =>
        child.type === 'paragraph' ? child.children : [],
      );
      if (pictures.length > 1)
        tell({
          file,
          at: pictures[1]!,
          reason: 'A second picture in one figure would be lost',
          note: 'Give it a `:::figure` of its own.',
        });
      else if (!direct.some(({ type }) => type === 'image'))
        tell({
          file,
          at: node,
          reason: 'The figure has no picture',
          note: 'Write `![what it shows](pictures/name.jpg)` on its first line, alone in its paragraph.',
        });
    }),
};

const onlyEdition: Rule = {
  id: 'only-edition',
  summary: 'Text for one edition names an edition of the book.',
  check: (manuscript, book, tell) => {
    const known = book.editions.map(({ name }) => name);
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'containerDirective' || node.name !== 'only') return;
      const named = editionsOf(node);
      if (named.length === 0)
        tell({
          file,
          at: node,
          reason: '`:::only` names no edition: its text would be lost',
          note: `Write \`:::only{edition=${known[0] ?? 'long'}}\`.`,
        });
      for (const name of named) {
        if (known.includes(name)) continue;
        const near = nearest(name, known);
        tell({
          file,
          at: node,
          reason: `There is no edition ${shown(name)}`,
          note: near ? `Did you mean \`${near}\`?` : `The book has ${listed(known)}.`,
        });
      }
      const readers = book.editions
        .filter((edition) => edition.manuscript.includes(file.path ?? ''))
        .map(({ name }) => name);
      if (
        named.length > 0 &&
        named.every((name) => known.includes(name)) &&
        readers.length > 0 &&
        !named.some((name) => readers.includes(name))
      )
        tell({
          file,
          at: node,
          reason: `No reader gets this text: ${listed(named)} does not read this file`,
          note: `The file belongs to ${listed(readers)}.`,
          advice: true,
        });
    });
  },
};

const place: Rule = {
  id: 'directive-place',
  summary: 'Text for one edition, and front and back matter, stand by themselves: not in a list, quotation or note.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node, parents }) => {
      if (node.type !== 'containerDirective' || !['only', 'frontmatter', 'backmatter'].includes(node.name)) return;
      const around = parents.findLast(
        (parent) =>
          parent.type !== 'root' &&
          !(parent.type === 'containerDirective' && (node.name === 'only' || parent.name === 'only')),
      );
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

const foreign: Rule = {
  id: 'foreign-language',
  summary: 'A phrase in another language says which, in the way of BCP 47.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'textDirective' || node.name !== 'foreign') return;
      const lang = node.attributes?.lang?.trim();
      if (words(node, { includeHtml: false }).trim() === '')
        tell({
          file,
          at: node,
          reason: '`:foreign` without words',
          note: 'Write `:foreign[words]{lang=fr}`; for the colon itself write `\\:`.',
        });
      else if (!lang)
        tell({
          file,
          at: node,
          reason: `${shown(`:foreign[${words(node)}]`)} does not say which language`,
          note: 'Write `{lang=fr}` after the brackets, without a space.',
        });
      else if (!isLanguage(lang)) {
        const fixed = lang.replace(/_/g, '-');
        tell({
          file,
          at: node,
          reason: `${shown(lang)} is no language tag`,
          note:
            fixed !== lang && isLanguage(fixed)
              ? `Write \`${fixed}\`.`
              : 'Write the code of the language: `en`, `fr`, `zh-Hant`.',
        });
      }
    }),
};

function isLanguage(tag: string): boolean {
  // A primary tag of four letters and more is legal in BCP 47 and names nothing: `french`.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export const directiveRules: readonly Rule[] = [
  unknown,
  unclosed,
  attribute,
  label,
  empty,
  figure,
  onlyEdition,
  place,
  foreign,
];
