// A manuscript: the author's Markdown files, in reading order, as trees. Takes files, gives mdast; judges nothing.
import type { Definition, FootnoteDefinition, Image, Link, Nodes, Root, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Data, type Processor, unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { spared } from './spared.ts';

export interface ManuscriptFile {
  /** Carries the messages; `path` is relative to the book's folder. */
  readonly file: VFile;
  readonly root: Root;
}

export interface Manuscript {
  readonly files: readonly ManuscriptFile[];
}

/** A picture as the author names it, and where. */
export interface PictureReference {
  readonly file: VFile;
  readonly node: Image;
  /** It stands among words, and is as high as a few lines. */
  readonly within: boolean;
}

const parse = (source: string): Root =>
  unified().use(remarkParse).use(remarkGfm).use(remarkDirective).use(leaveColons).use(spared(source)).parse(source);

/**
 * The tree of a text. A note that a block directive defines is unknown to the parser while it reads what stands before
 * the block, and a call there would stay letters; so such notes are announced at the end of a second reading.
 */
function parseWhole(typed: string): Root {
  const first = parse(typed);
  const source = withVerse(first, typed);
  const root = source === typed ? first : parse(source);
  const labels = new Set<string>();
  visit(root, 'containerDirective', (node) => {
    for (const { identifier, label } of notesIn(node)) labels.add(label ?? identifier);
  });
  if (labels.size === 0) return root;
  const announced = parse(`${source}\n\n${[...labels].map((label) => `[^${label}]: x`).join('\n\n')}\n`);
  const added = announced.children.splice(-labels.size);
  // Where the text ends inside an open block, that block swallows the announcement.
  const apart = added.every(
    ({ type, position }) => type === 'footnoteDefinition' && (position?.start.offset ?? 0) > source.length,
  );
  return apart && added.length === labels.size ? announced : root;
}

/**
 * What is indented by four spaces is code in Markdown, but in verse it is a line: its spaces are made such that the parser
 * takes for letters. Every place in the text stays where it is.
 */
function withVerse(root: Root, source: string): string {
  const lines = source.split('\n');
  visit(root, 'containerDirective', (verse) => {
    if (verse.name !== 'verse') return;
    visit(verse, 'code', ({ position }) => {
      const [from, to] = [position!.start.line, position!.end.line];
      if (/^[ \t>]*(?:```|~~~)/.test(lines[from - 1]!)) return;
      for (let line = from - 1; line < to; line++)
        lines[line] = lines[line]!.replace(/[ \t]*(?=[^ \t>])/, (indent) => NO_CODE.repeat(indent.length));
    });
  });
  return lines.join('\n');
}

/** A space that indents nothing. */
const NO_CODE = '\u00a0';

/** The block directives of docs/markdown.md. */
export const CONTAINERS = [
  'epigraph',
  'figure',
  'verse',
  'pullquote',
  'frontmatter',
  'backmatter',
  'only',
  'cut',
  'panel',
  'poster',
] as const;
export const LEAVES = ['pagebreak', 'panel'] as const;
export const PHRASES = ['foreign'] as const;

export function readManuscript(files: readonly VFile[]): Manuscript {
  return {
    files: files.map((file) => {
      const source = String(file)
        .replace(/^\uFEFF/, '')
        .replace(/\r\n?/g, '\n');
      return { file, root: settle(parseWhole(source), source) };
    }),
  };
}

/**
 * The manuscript as one edition reads it: `:::only{edition=…}` of other editions and its own `:::cut{edition=…}` gone, the
 * rest of them unwrapped, wherever they stand. Notes go with what calls them: those that only the cut text called leave, and one that was defined in the
 * cut text but is called from what is left stays.
 */
export function forEdition(manuscript: Manuscript, edition: string): Manuscript {
  return { files: manuscript.files.map(({ file, root }) => ({ file, root: onlyFor(root, edition) })) };
}

function onlyFor(root: Root, edition: string): Root {
  const cut: Nodes[] = [];
  const keep = (nodes: readonly RootContent[]): RootContent[] =>
    nodes.flatMap((node): RootContent[] => {
      if (!('children' in node)) return [node];
      if (!isForSome(node)) return [{ ...node, children: keep(node.children) } as RootContent];
      if (isRead(node, edition)) return keep(node.children);
      cut.push(node);
      return [];
    });
  const whole: Root = { ...root, children: keep(root.children) };
  if (cut.length === 0) return whole;
  const gone: Root = { type: 'root', children: cut as RootContent[] };
  const defined = new Set(notesIn(whole).map(({ identifier }) => identifier));
  whole.children.push(...notesIn(gone).filter(({ identifier }) => !defined.has(identifier)));
  const called = calledFrom({ ...whole, children: withoutNotes(whole.children, () => false) }, notesIn(whole));
  const calledFromCut = calledFrom(gone, notesIn(whole));
  const stays = ({ identifier }: FootnoteDefinition): boolean =>
    called.has(identifier) || (defined.has(identifier) && !calledFromCut.has(identifier));
  return { ...whole, children: withoutNotes(whole.children, stays) };
}

/** The notes that a text calls, and those that these call in turn. */
function calledFrom(tree: Nodes, notes: readonly FootnoteDefinition[]): ReadonlySet<string> {
  const called = new Set<string>();
  const bodies = new Map<string, FootnoteDefinition[]>();
  for (const note of notes) bodies.set(note.identifier, [...(bodies.get(note.identifier) ?? []), note]);
  const collect = (from: Nodes): void => visit(from, 'footnoteReference', (call) => void called.add(call.identifier));
  collect(tree);
  // A set is walked to the end that it has by then.
  for (const identifier of called) bodies.get(identifier)?.forEach(collect);
  return called;
}

function notesIn(tree: Nodes): FootnoteDefinition[] {
  const found: FootnoteDefinition[] = [];
  visit(tree, 'footnoteDefinition', (node) => void found.push(node));
  return found;
}

/** The nodes without the notes that do not stay, at any depth. */
function withoutNotes(nodes: readonly RootContent[], stays: (note: FootnoteDefinition) => boolean): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    if (node.type === 'footnoteDefinition' && !stays(node)) return [];
    return ['children' in node ? ({ ...node, children: withoutNotes(node.children, stays) } as RootContent) : node];
  });
}

/** A block that not every edition reads. */
export interface ForSome extends ContainerDirective {
  name: 'only' | 'cut';
}

export const isForSome = (node: Nodes): node is ForSome =>
  node.type === 'containerDirective' && (node.name === 'only' || node.name === 'cut');

/** Whether the edition reads such a block. */
export const isRead = (node: ForSome, edition: string): boolean =>
  editionsOf(node).includes(edition) === (node.name === 'only');

/** The editions that an `only` or a `cut` directive names: `{edition=long}`, `{edition="long short"}`. */
export function editionsOf(node: {
  readonly attributes?: Record<string, string | null | undefined> | null | undefined;
}): string[] {
  return (node.attributes?.['edition'] ?? '').split(/[\s,]+/).filter(Boolean);
}

/** Every picture that the manuscript names, in order. */
export function pictureReferences(manuscript: Manuscript): PictureReference[] {
  const found: PictureReference[] = [];
  for (const { file, root } of manuscript.files)
    visit(root, 'image', (node, _, parent) => {
      const isPart = (other: Nodes): boolean =>
        other.type !== 'image' && !(other.type === 'text' && !other.value.trim());
      found.push({ file, node, within: parent?.type !== 'paragraph' || parent.children.some(isPart) });
    });
  return found;
}

/**
 * `[words][name]` and `![words][name]` become the links and pictures that they mean (a name's first definition counts);
 * a phrase of ours without words (`:foreign[` that nothing closes) goes back to the letters that were typed.
 */
function settle(root: Root, source: string): Root {
  const definitions = new Map<string, Definition>();
  visit(root, 'definition', (node) => {
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  visit(root, (node, index, parent) => {
    if (node.type === 'textDirective' && node.children.length === 0 && parent && index !== undefined)
      parent.children[index] = {
        type: 'text',
        value: source.slice(node.position?.start.offset, node.position?.end.offset),
      };
    if ((node.type !== 'linkReference' && node.type !== 'imageReference') || !parent || index === undefined) return;
    const found = definitions.get(node.identifier);
    if (!found) return;
    const { url, title } = found;
    const place = node.position ? { position: node.position } : {};
    const resolved: Link | Image =
      node.type === 'linkReference'
        ? { type: 'link', url, title: title ?? null, children: node.children, ...place }
        : { type: 'image', url, title: title ?? null, alt: node.alt ?? null, ...place };
    parent.children[index] = resolved;
  });
  return root;
}

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Construct = Extract<NonNullable<NonNullable<Syntax['text']>[number]>, { tokenize: unknown }>;

/**
 * remark-directive takes any `:word` in a sentence for a directive (`AI:the`, `10:am`). Here only a phrase of ours with
 * its label begins one (`:foreign[`); every other colon is the author's own, and what follows it plain Markdown.
 */
function leaveColons(this: Processor): void {
  const COLON = 58;
  for (const extension of this.data().micromarkExtensions ?? []) {
    const construct = extension.text?.[COLON];
    if (!construct || Array.isArray(construct)) continue;
    extension.text = {
      ...extension.text,
      [COLON]: {
        ...construct,
        tokenize(effects, ok, nok) {
          return effects.check(PHRASE_AHEAD, construct.tokenize.call(this, effects, ok, nok), nok);
        },
      },
    };
  }
}

/** Looks for `:name[` of one of our phrases. */
const PHRASE_AHEAD: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let left: readonly string[] = PHRASES.map((name) => `:${name}[`);
    let at = 0;
    return function next(code) {
      left = left.filter((opening) => opening.charCodeAt(at) === code);
      if (left.length === 0 || code === null) return nok(code);
      if (at === 0) effects.enter('data');
      effects.consume(code);
      at++;
      if (!left.some((opening) => opening.length === at)) return next;
      effects.exit('data');
      return ok;
    };
  },
};
