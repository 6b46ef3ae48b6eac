// The guard before the parser: files that are no text, too large, or nested so deep that no reader could follow and the
// parser would not come back. Takes a file as read; messages go on it.
import type { Nodes } from 'mdast';
import type { VFile } from 'vfile';
import { placesIn, type Rule } from './finding.ts';

const MOST_BYTES = 5_000_000;
const DEEPEST = 100;
/** In nodes: a list within a list is two, and emphasis adds its own. */
const DEEPEST_TREE = 2 * DEEPEST + 20;
/** The parser's time grows with the square of a paragraph's marks; 4,000 take it about a second. */
const MOST_MARKS = 4_000;

/** Whether the file can be given to the parser; where it cannot, one message on the file says why. */
export function guard(file: VFile): boolean {
  const tell = (offset: number, source: string, ruleId: string, reason: string, note: string): false => {
    const message = file.message(reason, { place: placesIn(source)(offset), ruleId, source: 'pamphleteer' });
    message.fatal = true;
    message.note = note;
    return false;
  };
  const size = file.value?.length ?? 0;
  if (size > MOST_BYTES)
    return tell(
      0,
      '',
      'too-large',
      `The file holds ${Math.ceil(size / 1e6)} MB of text`,
      'Part it into several files of at most 5 MB, and list them under `manuscript:`.',
    );
  const text = decoded(file.value);
  if (typeof text !== 'string')
    return tell(
      text.offset,
      text.source,
      'encoding',
      `The file is written in ${text.inWhat}`,
      'Save the file as plain text in UTF-8.',
    );
  const deep = tooDeep(text);
  if (deep !== undefined)
    return tell(
      deep,
      text,
      'too-deep',
      `Lists, quotations and blocks are nested more than ${DEEPEST} deep`,
      TOO_DEEP_NOTE,
    );
  const dense = tooDense(text);
  if (dense !== undefined)
    return tell(
      dense,
      text,
      'too-dense',
      `One paragraph holds more than ${MOST_MARKS.toLocaleString('en')} signs of markup`,
      'Part it by blank lines, or put it in a code block.',
    );
  return true;
}

const REFUSALS = new Set(['too-large', 'encoding', 'too-deep', 'too-dense']);

/** Whether the guard has said no to the file. */
export const isRefused = (file: VFile): boolean => file.messages.some(({ ruleId }) => REFUSALS.has(ruleId ?? ''));

const TOO_DEEP_NOTE = 'Bring the innermost text up: more than three or four levels are hard to follow.';

/** What the parser can take and the setter cannot: emphasis in emphasis, and lists by indentation. */
export const depthRule: Rule = {
  id: 'too-deep',
  summary: 'Nothing is nested more than a hundred levels deep.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const open: { node: Nodes; depth: number }[] = [{ node: root, depth: 0 }];
      for (let entry = open.pop(); entry; entry = open.pop()) {
        if (entry.depth > DEEPEST_TREE) {
          tell({
            file,
            at: entry.node,
            reason: `Lists, quotations, blocks or emphasis are nested more than ${DEEPEST} deep`,
            note: TOO_DEEP_NOTE,
          });
          break;
        }
        if ('children' in entry.node)
          for (const node of entry.node.children) open.push({ node, depth: entry.depth + 1 });
      }
    }
  },
};

interface Unread {
  readonly inWhat: string;
  readonly source: string;
  readonly offset: number;
}

/** The file's characters, or what it is written in and where the first sign that is no UTF-8 stands. */
function decoded(value: VFile['value']): string | Unread {
  if (typeof value === 'string') return value.replace(/^\uFEFF/, '');
  const bytes = value ?? new Uint8Array();
  const start = bytes.subarray(0, 64);
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const zeros = start.filter((byte) => byte === 0).length;
  if (marked || zeros * 3 > start.length) return { inWhat: 'UTF-16, or is no text', source: '', offset: 0 };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const source = new TextDecoder().decode(bytes);
    return { inWhat: 'another encoding than UTF-8', source, offset: Math.max(0, source.indexOf('\uFFFD')) };
  }
}

/** Where too many containers are open, by a look at each line's beginning; a fence in a code block counts as one. */
function tooDeep(text: string): number | undefined {
  let blocks = 0;
  for (const { index, 0: whole } of text.matchAll(/[^\r\n]+/g)) {
    const line = whole.slice(0, 4000);
    if (/^[ \t>]*:{3,}[\p{L}]/u.test(line)) blocks++;
    else if (/^[ \t>]*:{3,}[ \t]*$/.test(line)) blocks = Math.max(0, blocks - 1);
    // `* * * …` is a break, however long.
    const opens = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*/.exec(line)![0];
    const levels = /^[-*_ \t]*$/.test(whole) ? 0 : (opens.match(/>|[-*+]|[.)]/g) ?? []).length;
    const indent = /^[ \t]*/.exec(line)![0].replace(/\t/g, '    ').length;
    const hung = levels > 0 ? Math.floor(indent / 2) : 0;
    if (blocks > DEEPEST || levels + hung > DEEPEST) return index;
  }
  return undefined;
}

function tooDense(text: string): number | undefined {
  let marks = 0;
  let start = 0;
  for (const { index, 0: line } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    if (line.trim() === '') marks = 0;
    if (marks === 0) start = index;
    marks += line.match(/[*_`~<:&@]+|\[/g)?.length ?? 0;
    if (marks > MOST_MARKS) return start;
  }
  return undefined;
}
