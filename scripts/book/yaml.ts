// book.yaml as text: takes the file's characters, gives plain lists, mappings and texts with the place of each,
// and everything that is wrong with the YAML itself. Every scalar stays the text that was typed (`1.0` is no number here).
import { type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, parseDocument } from 'yaml';
import { shown } from './suggest.ts';
import { syntaxFaults } from './syntax.ts';
import { UNPRINTABLE, unprintable } from './unprintable.ts';
import type { Fault } from './values.ts';

export type Raw = string | readonly Raw[] | { readonly [key: string]: Raw };
export type Path = readonly (string | number)[];

/** Both from 1; columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Problem extends Fault {
  readonly place: Place;
}

export interface YamlSource {
  /** Undefined where nothing can be read out of the file; `''` for an empty value. */
  readonly raw: Raw | undefined;
  readonly problems: readonly Problem[];
  /** Where the value stands (or its key), or what is nearest above it. */
  readonly placeOf: (path: Path, part?: 'key' | 'value') => Place;
  /** Whether an empty value is empty because a `#` begins a comment. */
  readonly isCommentedOut: (path: Path) => boolean;
}

const MOST_BYTES = 1 << 20;
const MOST_NODES = 10_000;
const DEEPEST = 16;

/** Reads the text; never throws on what an author can write. */
export function readYaml(text: string): YamlSource {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return line < 1 ? { line: 1, column: 1 } : { line, column: col };
  };
  const failed = (place: Place, ruleId: string, reason: string, note: string): YamlSource => ({
    raw: undefined,
    problems: [{ place, ruleId, reason, note }],
    placeOf: () => ({ line: 1, column: 1 }),
    isCommentedOut: () => false,
  });
  const start = { line: 1, column: 1 };
  if (text.length > MOST_BYTES) {
    return failed(
      start,
      'too-large',
      'The file is larger than 1 MB',
      'A book.yaml describes a book; the text itself goes into a manuscript.',
    );
  }
  const stray = UNPRINTABLE.exec(text);
  if (stray) {
    const before = text.slice(0, stray.index).split('\n');
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    return failed(
      place,
      'control-character',
      unprintable(stray[0]).reason,
      'Save the file as plain text in UTF-8, and type this line again.',
    );
  }
  const abyss = deeperThan(DEEPEST * 4, text);
  if (abyss) return failed(abyss, 'too-deep', ...TOO_DEEP);
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false, // quadratic in the parser; looked after below
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  if (document.errors.some((error) => error.code === 'RESOURCE_EXHAUSTION'))
    return failed(start, 'too-deep', ...TOO_DEEP);
  const syntax = syntaxFaults(document, text).map(({ offset, ...fault }) => ({ ...fault, place: placeAt(offset) }));
  if (syntax.length > 0) return { ...failed(start, '', '', ''), problems: oneALine(syntax) };
  return walk(document, placeAt);
}

const TOO_DEEP = [
  'Lists and keys are nested too deep',
  'A book.yaml needs four levels: see the reference of its keys.',
] as const;

/**
 * Where brackets, or the dashes of one line, nest deeper than that. The parser builds a tree of any depth and can run out of
 * memory on one megabyte of `[`, so its lexer goes first.
 */
function deeperThan(most: number, text: string): Place | undefined {
  let [line, column, brackets, dashes] = [1, 1, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    else if (token === '-' || token === '?') dashes++;
    if (brackets > most || dashes > most) return { line, column };
    if (SYNTHETIC.test(token)) continue;
    const breaks = token.split('\n');
    if (breaks.length > 1) [line, column, dashes] = [line + breaks.length - 1, 1, 0];
    column += breaks.at(-1)!.length;
  }
  return undefined;
}

/** The lexer's own marks (document, scalar, broken flow), which are not in the text. */
const SYNTHETIC = /^[\x02\x18\x1f]$/;

/** The parser reports the consequences of a slip as further errors: the first of a line is the one to mend. */
function oneALine(problems: readonly Problem[]): Problem[] {
  const seen = new Set<number>();
  return problems.filter(({ place }) => !seen.has(place.line) && seen.add(place.line));
}

/** Turns nodes into plain values, with budgets for depth and number that aliases cannot get round. */
function walk(document: Document.Parsed, placeAt: (offset: number) => Place): YamlSource {
  const problems: Problem[] = [];
  const places = new Map<string, { readonly key: number; readonly value: number; readonly commented: boolean }>();
  const anchors = new Map<string, Node>();
  let left = MOST_NODES;
  const tell = (offset: number, ruleId: string, reason: string, note: string): void => {
    problems.push({ place: placeAt(offset), ruleId, reason, note });
  };
  for (const warning of document.warnings) {
    const tag = warning.message.replace(/^.*: /, '').replace('tag:yaml.org,2002:', '!!');
    tell(
      warning.pos[0],
      'unknown-tag',
      `${shown(tag)} is a tag, and tags mean nothing here`,
      'Take it out; a text that begins with `!` goes in quotes.',
    );
  }

  const rawOf = (node: unknown, path: Path, keyAt: number): Raw => {
    const offset = (node as Node | null)?.range?.[0] ?? keyAt;
    if (left-- <= 0) {
      if (left === -1)
        tell(offset, 'too-large', 'The file holds too many values', `At most ${MOST_NODES}, with what aliases repeat.`);
      return '';
    }
    if (path.length > DEEPEST) {
      tell(offset, 'too-deep', ...TOO_DEEP);
      return '';
    }
    const commented = isScalar(node) && !node.source && node.type === 'PLAIN' && Boolean(node.comment);
    places.set(JSON.stringify(path), { key: keyAt, value: isEmpty(node) ? keyAt : offset, commented });
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) return rawOf(target, path, keyAt);
      tell(
        offset,
        'unknown-alias',
        `${shown(`*${node.source}`)} points to nothing`,
        'A text that begins with `*` goes in quotes.',
      );
      return '?';
    }
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (isEmpty(node)) return node.tag ? '?' : ''; // a tag alone has its message already
      return String(node.source ?? node.value);
    }
    if (isSeq(node)) {
      const items = node.items.map((item, index) =>
        rawOf(item, [...path, index], (item as Node | null)?.range?.[0] ?? offset),
      );
      if (node.anchor) anchors.set(node.anchor, node);
      return items;
    }
    if (isMap(node)) {
      const record: Record<string, Raw> = Object.create(null);
      for (const { key, value } of node.items) {
        const at = (key as Node | null)?.range?.[0] ?? offset;
        const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
        if (name === undefined || name === '__proto__') {
          tell(at, 'bad-key', 'A key must be a plain word', 'Write `key: value`.');
        } else if (name === '<<') {
          tell(
            at,
            'merge-key',
            '`<<` does not merge here',
            'What editions share can stand once at the top: `pamphlet:` or `zine:`.',
          );
        } else if (Object.hasOwn(record, name)) {
          tell(at, 'duplicate-key', `${shown(name)} stands here for the second time`, 'Keep one of the two.');
        } else {
          record[name] = rawOf(value, [...path, name], at);
        }
        if (left < 0) break;
      }
      if (node.anchor) anchors.set(node.anchor, node);
      return record;
    }
    return '';
  };

  const whole = rawOf(document.contents, [], 0);
  const cut = problems.find(({ ruleId }) => ruleId === 'too-large' || ruleId === 'too-deep');
  const found = (path: Path) => places.get(JSON.stringify(path));
  return {
    raw: cut ? undefined : whole,
    problems: cut ? [cut] : problems,
    placeOf: (path, part = 'value') => {
      for (let length = path.length; length > 0; length--) {
        const known = found(path.slice(0, length));
        if (known) return placeAt(known[part]);
      }
      return { line: 1, column: 1 };
    },
    isCommentedOut: (path) => found(path)?.commented ?? false,
  };
}

/** Nothing, `~` or `null`, unquoted. */
function isEmpty(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.type === 'PLAIN' && /^(?:~|null)?$/i.test(String(node.source ?? node.value ?? ''));
}
