// What a rule finds, and what every rule needs to find it: the nodes with their parents, the words as typed, the places.
// Places are offsets into the source in UTF-16 units, as mdast counts them; they become lines and columns at the end.
import type { Nodes, Parents, Root } from 'mdast';
import type { VFile } from 'vfile';
import type { BookConfig } from '../book/config.ts';
import { forEdition, type Manuscript, type ManuscriptFile } from '../book/manuscript.ts';

export interface Finding {
  readonly file: VFile;
  /** A node of the file's tree, or an offset into its source. */
  readonly at: Nodes | number;
  readonly reason: string;
  /** What to do about it; where that takes a search, only the messages that are given ask for it. */
  readonly note: string | (() => string);
  /** Only advice: the book can be made as it is. */
  readonly advice?: true;
}

export type Tell = (finding: Finding) => void;

export interface Rule {
  /** What messages carry as `ruleId`, and the name of a folder of fixtures. */
  readonly id: string;
  /** What the rule asks for, in one sentence. */
  readonly summary: string;
  readonly check: (manuscript: Manuscript, book: BookConfig, tell: Tell) => void;
}

/** What is made of a thing, made once: every rule asks anew. */
function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const kept = known.get(key) ?? { value: make(key) };
    known.set(key, kept);
    return kept.value;
  };
}

/** The file's characters as the parser counts them: without a byte order mark, each line end one character. */
export const sourceOf = once((file: VFile): string =>
  String(file)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n'),
);

export const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;
export const endOf = (node: Nodes): number => node.position?.end.offset ?? 0;

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Lines and columns from 1, for many offsets of one source. */
export function placesIn(source: string): (offset: number) => Place {
  const starts = [0];
  for (const { index, 0: end } of source.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1, offset };
  };
}

export const placesOf = once((file: VFile) => placesIn(sourceOf(file)));

export interface Found {
  readonly node: Nodes;
  /** From the root down. */
  readonly parents: readonly Parents[];
}

/** Every node below the root in reading order, with what it stands in. */
export const everyNode = once((root: Root): readonly Found[] => {
  const found: Found[] = [];
  const below = (parent: Parents, above: readonly Parents[]): void => {
    const parents = [...above, parent];
    for (const node of parent.children) {
      found.push({ node, parents });
      if ('children' in node) below(node, parents);
    }
  };
  below(root, []);
  return found;
});

/** Words that stand together, as they were typed: with their backslashes, without code, links and the like. */
export interface Run {
  readonly source: string;
  /** Where `source` begins in the file. */
  readonly offset: number;
  /** What the run stands in: a paragraph, a heading, an emphasis … */
  readonly parent: Parents;
  /** Whether the run is the first thing in its parent. */
  readonly first: boolean;
}

/**
 * The runs of a file. Text that was given back to the author (a colon that is no directive) may have no place of its
 * own: the gap between its neighbours is its place.
 */
export const runs = once(({ file, root }: ManuscriptFile): readonly Run[] => {
  const source = sourceOf(file);
  const found: Run[] = [];
  const below = (parent: Parents): void => {
    const { children } = parent;
    for (let at = 0; at < children.length; at++) {
      const node = children[at]!;
      if ('children' in node) below(node);
      if (node.type !== 'text') continue;
      let last = at;
      while (children[last + 1]?.type === 'text') last++;
      const [before, after] = [children[at - 1], children[last + 1]];
      const from = node.position?.start.offset ?? (before ? endOf(before) : startOf(parent));
      const to = children[last]!.position?.end.offset ?? (after ? startOf(after) : endOf(parent));
      found.push({ source: source.slice(from, to), offset: from, parent, first: at === 0 });
      at = last;
    }
  };
  below(root);
  return found;
});

export interface Reading {
  readonly edition: string;
  readonly manuscript: Manuscript;
}

/**
 * What each edition's readers get: the files that the edition names, without the text that is for other editions.
 * Where no edition's files are all there, every edition is taken to read all that is given.
 */
export const readings = (manuscript: Manuscript, book: BookConfig): readonly Reading[] => readingsOf(manuscript)(book);

const readingsOf = once((manuscript: Manuscript) => once((book: BookConfig) => readAll(manuscript, book)));

function readAll(manuscript: Manuscript, book: BookConfig): Reading[] {
  const byPath = new Map(manuscript.files.map((entry) => [entry.file.path?.replace(/^\.\//, ''), entry]));
  const read = book.editions.flatMap(({ name, manuscript: paths }) => {
    const files = paths.map((path) => byPath.get(path)).filter((entry) => entry !== undefined);
    return files.length === paths.length && files.length > 0 ? [{ name, files }] : [];
  });
  const all = read.length > 0 ? read : book.editions.map(({ name }) => ({ name, files: manuscript.files }));
  return all.map(({ name, files }) => ({ edition: name, manuscript: forEdition({ files }, name) }));
}
