// An edition held against the pages that were made of it: which words of which part and note stand on which page.
import assert from 'node:assert/strict';
import type { Element, ElementContent } from 'hast';
import type { ContentsEntry, Edition } from '../scripts/edition/edition.ts';
import type { Word } from './oversize.ts';
import { letters } from './reader.ts';

/** Letters to come, and at which of them something begins: an id, the call or the text of a note. */
export interface Script {
  text: string;
  readonly marks: Map<string, number>;
  /** Where the captions of figures stand in it, which may be moved to the next page's head. */
  readonly captions: { from: number; to: number }[];
}

/** One page read: words sorted into where they belong, and the stretch of both scripts that it holds. */
export interface ReadPage {
  readonly folio: number;
  readonly kind: 'text' | 'matter' | 'blank';
  readonly head: readonly Word[];
  readonly body: readonly Word[];
  readonly notes: readonly Word[];
  readonly bodyFrom: number;
  readonly notesFrom: number;
}

const isCall = (node: Element): boolean => String(node.properties['className'] ?? '').includes('note-call');

/** Everything that is said, the numbers of lists and notes included. */
function writer() {
  let text = '';
  const marks = new Map<string, number>();
  const captions: { from: number; to: number }[] = [];
  const mark = (id: unknown): void => {
    if (typeof id === 'string' && !marks.has(id)) marks.set(id, text.length);
  };
  const say = (words: string): void => {
    text += letters(words);
  };
  const tell = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') say(node.value);
      if (node.type !== 'element') continue;
      mark(node.properties['id']);
      const from = text.length;
      if (isCall(node)) mark(`call of ${String(node.properties['href']).slice(1)}`);
      if (node.tagName === 'ol') {
        let number = Number(node.properties['start'] ?? 1);
        for (const item of node.children) {
          if (item.type !== 'element') continue;
          say(String(number++));
          tell(item.children);
        }
      } else tell(node.children);
      if (node.tagName === 'figure') captions.push({ from, to: text.length });
    }
  };
  return { mark, say, tell, script: (): Script => ({ text, marks, captions }) };
}

/** The text as it must stand on the pages; `contents` with the numbers that it must show, if there is one. */
export function bodyScript(edition: Edition, contents: readonly string[]): Script {
  const { mark, say, tell, script } = writer();
  for (const line of contents) say(line);
  for (const part of edition.parts) {
    mark(part.id);
    say(part.title?.number ?? '');
    tell(part.title?.content ?? []);
    tell(part.content);
  }
  return script();
}

export function notesScript(edition: Edition): Script {
  const { mark, say, tell, script } = writer();
  for (const note of edition.notes) {
    mark(note.id);
    say(note.label);
    tell(note.content);
  }
  return script();
}

export const entriesOf = (edition: Edition): ContentsEntry[] =>
  edition.contents.flatMap((entry) => [entry, ...entry.children]);

export interface Frame {
  /** Of the text area, from the page's top, in points. */
  readonly top: number;
  readonly foot: number;
}

/**
 * Reads the pages against the scripts: each page of text goes on in the body where the last one stopped, and then in the
 * notes. Fails where a page says anything else, and where something is left over at the end.
 */
export function readBack(pages: readonly (readonly Word[])[], body: Script, notes: Script, frame: Frame): ReadPage[] {
  let bodyFrom = 0;
  let notesFrom = 0;
  const read = pages.map((drawn, index): ReadPage => {
    // The sign that a note goes on hangs in the margin and says nothing: see references.test.ts.
    const words = asSeen(drawn.filter(({ text }) => text !== '→'));
    const folio = index + 1;
    const none = { folio, head: [], body: [], notes: [], bodyFrom, notesFrom };
    if (words.length === 0) return { ...none, kind: 'blank' };
    const last = words.at(-1)!;
    if (last.text !== String(folio) || last.top < frame.foot - 2) return { ...none, kind: 'matter' };
    const head = words.filter(({ bottom }) => bottom < frame.top);
    const rest = words.slice(head.length, -1);
    assert.deepEqual(words.slice(0, head.length), head, `page ${folio}: the running head stands above the text`);
    const said = letters(rest.map(({ text }) => text).join(''));
    const cut =
      split(said, body.text.slice(bodyFrom), notes.text.slice(notesFrom)) ??
      splitWithoutFigure(said, body, notes.text.slice(notesFrom), bodyFrom);
    assert.ok(cut !== undefined, `page ${folio}: ${difference(said, body.text.slice(bodyFrom))}`);
    const page: ReadPage = { ...none, kind: 'text', head, ...apart(rest, cut) };
    bodyFrom += cut;
    notesFrom += said.length - cut;
    return page;
  });
  assert.equal(body.text.slice(bodyFrom, bodyFrom + 60), '', 'all of the text is on the pages');
  assert.equal(notes.text.slice(notesFrom, notesFrom + 60), '', 'all of the notes are on the pages');
  return read;
}

/**
 * The words as the eye takes them. What is positioned (a heading) is drawn after what flows, so the drawing's order is cut
 * where it jumps, up or over more than a line, and the pieces are put in the order of their places. Cells of a table stay whole.
 */
export function asSeen(words: readonly Word[]): Word[] {
  const pieces: Word[][] = [];
  for (const word of words) {
    const before = pieces.at(-1)?.at(-1);
    const jump = before ? word.top - before.top : Number.POSITIVE_INFINITY;
    if (jump < -4 || jump > 1.4 * (word.bottom - word.top)) pieces.push([word]);
    else pieces.at(-1)!.push(word);
  }
  const order = ([a]: Word[], [b]: Word[]): number => {
    const shared = Math.min(a!.bottom, b!.bottom) - Math.max(a!.top, b!.top);
    const sameLine = shared > Math.min(a!.bottom - a!.top, b!.bottom - b!.top) / 2;
    return sameLine ? a!.left - b!.left : a!.top - b!.top;
  };
  return pieces.sort(order).flat();
}

/** How many letters of a page belong to the body, if the rest can be notes. */
function split(said: string, body: string, notes: string): number | undefined {
  let common = 0;
  while (common < said.length && said[common] === body[common]) common++;
  for (let cut = common; cut >= 0; cut--) if (notes.startsWith(said.slice(cut))) return cut;
  return undefined;
}

/** The same for a page whose figure stands on the next one: the script is put into that order. */
function splitWithoutFigure(said: string, body: Script, notes: string, bodyFrom: number): number | undefined {
  const { text, marks } = body;
  const moved = body.captions.find(({ from }) => from >= bodyFrom && from < bodyFrom + said.length);
  if (!moved) return undefined;
  const caption = text.slice(moved.from, moved.to);
  const without = text.slice(0, moved.from) + text.slice(moved.to);
  const cut = split(said, without.slice(bodyFrom), notes);
  if (cut === undefined || bodyFrom + cut < moved.from) return undefined;
  const end = bodyFrom + cut;
  body.text = without.slice(0, end) + caption + without.slice(end);
  for (const [id, at] of marks) {
    if (at >= moved.from && at < moved.to) marks.set(id, at - moved.from + end);
    else if (at >= moved.to && at < end + caption.length) marks.set(id, at - caption.length);
  }
  moved.from = end;
  moved.to = end + caption.length;
  return cut;
}

/** For a message: where a page leaves the text. */
function difference(said: string, expected: string): string {
  let at = 0;
  while (at < said.length && said[at] === expected[at]) at++;
  const near = (text: string): string => text.slice(Math.max(0, at - 15), at + 25);
  return `letter ${at + 1} of ${said.length}: …${near(said)}… instead of …${near(expected)}…`;
}

function apart(words: readonly Word[], cut: number): Pick<ReadPage, 'body' | 'notes'> {
  let heard = 0;
  const at = words.findIndex(({ text }) => {
    heard += letters(text).length;
    return heard > cut;
  });
  return at < 0 ? { body: words, notes: [] } : { body: words.slice(0, at), notes: words.slice(at) };
}

/** The page on which the letter at an offset stands. */
export function pageAt(read: readonly ReadPage[], from: 'bodyFrom' | 'notesFrom', offset: number): ReadPage {
  const texts = read.filter(({ kind }) => kind === 'text');
  return texts.findLast((page) => page[from] <= offset)!;
}
