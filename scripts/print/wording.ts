// Words over the ends of lines: whether a space stood there, or a hyphen that the line's end alone put there. Takes runs of
// glyphs in the order of the text, and the text as the edition has it. Pure.
import type { Run } from './drawn.ts';

/** What must be put after a run so that it reads on. */
export type Joint = 'nothing' | 'space' | 'soft hyphen';

export interface Lexicon {
  /** All that stands between two spaces. */
  readonly tokens: ReadonlySet<string>;
  /** Letters, with hyphens and apostrophes within. */
  readonly words: ReadonlySet<string>;
  /** Addresses and the like, which may be on more than two lines. */
  readonly long: readonly string[];
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’‐-][\p{L}\p{M}\p{N}]+)*/gu;
const LAST_WORD = /[\p{L}\p{M}\p{N}'’‐-]+$/u;
const FIRST_WORD = /^[\p{L}\p{M}\p{N}'’‐-]+/u;
/** Written without spaces. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;
/** Letters. */
const LONG = 24;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const HYPHEN = /[-‐]$/;
const SPACE = /\s/;

const plain = (text: string): string => text.normalize('NFKC').replaceAll('\u00ad', '').toLowerCase();

export function lexiconOf(text: string): Lexicon {
  const known = plain(text);
  const tokens = new Set(known.split(/\s+/));
  const long = [...tokens].filter((token) => token.length > LONG);
  return { tokens, words: new Set(known.match(WORD) ?? []), long };
}

/** Between every two runs of one block what reading needs; after the last, nothing. */
export function joints(runs: readonly (Run & { readonly page: unknown })[], lexicon: Lexicon): Joint[] {
  let head = '';
  return runs.map((run, index) => {
    head = (head + run.text).slice(-120);
    const next = runs[index + 1];
    if (!next) return 'nothing';
    const joint = jointOf(run, next, head, () => restFrom(runs, index + 1), lexicon);
    if (joint === 'space') head += ' ';
    if (joint === 'soft hyphen') head = head.replace(HYPHEN, '');
    return joint;
  });
}

/** The words of the line that begins there, as far as they matter. */
function restFrom(runs: readonly (Run & { readonly page: unknown })[], from: number): string {
  let text = '';
  for (let at = from; at < runs.length && text.length < 60 && !/\s/.test(text.trimStart()); at++) {
    if (at > from && !onOneLine(runs[at - 1]!, runs[at]!)) break;
    text += runs[at]!.text;
  }
  return text;
}

type Placed = Run & { readonly page: unknown };

const onOneLine = (one: Placed, next: Placed): boolean =>
  one.page === next.page &&
  Math.abs(one.y - next.y) < 0.6 * Math.max(one.size, next.size) &&
  (next.x > one.x || RIGHT_TO_LEFT.test(one.text + next.text));

function jointOf(run: Placed, next: Placed, head: string, rest: () => string, lexicon: Lexicon): Joint {
  if (SPACE.test(head.at(-1) ?? '') || SPACE.test(next.text[0] ?? '') || run.text === '') return 'nothing';
  if (onOneLine(run, next)) {
    const gap = next.x - run.end;
    const apart = run.mcid !== next.mcid && gap > 0.15 * Math.min(run.size, next.size);
    return apart && !RIGHT_TO_LEFT.test(run.text) ? 'space' : 'nothing';
  }
  const [before, after] = [plain(head), plain(rest())];
  const unspaced = [before.slice(-1), after.slice(0, 1)].filter((letter) => UNSPACED.test(letter)).length;
  if (unspaced === 2) return 'nothing';
  const [end, start] = [/\S*$/.exec(before)![0], /^\S*/.exec(after)![0]];
  const [last, first] = [LAST_WORD.exec(end)?.[0] ?? '', FIRST_WORD.exec(start)?.[0] ?? ''];
  if (unspaced === 1) return isPart(end.slice(-9) + start.slice(0, 9), lexicon, 0) ? 'nothing' : 'space';
  if (HYPHEN.test(end)) {
    if (isPart(end.slice(0, -1) + start, lexicon)) return 'soft hyphen';
    if (isPart(end + start, lexicon)) return 'nothing';
    if (lexicon.tokens.has(end) && lexicon.tokens.has(start)) return 'space';
    return first !== '' && lexicon.words.has(last.slice(0, -1) + first) ? 'soft hyphen' : 'nothing';
  }
  if (isPart(end + start, lexicon) && !(lexicon.tokens.has(end) && lexicon.tokens.has(start))) return 'nothing';
  const divided = last !== '' && first !== '' && lexicon.words.has(last + first);
  return divided && !(lexicon.words.has(last) && lexicon.words.has(first)) ? 'nothing' : 'space';
}

/** Whether this is written without a space: all that stands between two, or a part of something long, divided once more. */
function isPart(text: string, { tokens, long }: Lexicon, least = LONG / 2): boolean {
  if (tokens.has(text)) return true;
  const more = text.replace(HYPHEN, '');
  return more.length > least && long.some((token) => token.includes(more));
}
