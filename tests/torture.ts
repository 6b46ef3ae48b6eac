// A printed book as lines, and what each of its pages must keep to. Takes what poppler read, gives faults in words.
import type { Element, ElementContent } from 'hast';
import type { Edition } from '../scripts/edition/edition.ts';
import type { Word } from './oversize.ts';
import { letters } from './reader.ts';
import type { ReadPage } from './reading.ts';

/** Points from the page's top left corner. */
export interface PrintedLine {
  readonly words: readonly Word[];
  /** Its letters and figures alone. */
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** The line's height as poppler has it, which tells faces and sizes apart, and its foot, the same way. */
  readonly height: number;
  readonly foot: number;
}
export interface PrintedPage {
  readonly folio: number;
  /** Has a running head: begins with what goes on from the page before. */
  readonly goesOn: boolean;
  readonly body: readonly PrintedLine[];
  readonly notes: readonly PrintedLine[];
}

/** Words in reading order as lines: a new one where they go back to the left, or down. */
export function linesOf(words: readonly Word[]): PrintedLine[] {
  const lines: Word[][] = [];
  for (const word of words) {
    const before = lines.at(-1)?.at(-1);
    const shared = before ? Math.min(before.bottom, word.bottom) - Math.max(before.top, word.top) : 0;
    const goesOn = before && word.left > before.left && shared > 0.3 * Math.min(height(word), height(before));
    if (goesOn) lines.at(-1)!.push(word);
    else lines.push([word]);
  }
  return lines.map((words) => {
    const most = byNumber(words.map((word) => Math.round(height(word) * 5) / 5))[0]!;
    const main = words.find((word) => Math.round(height(word) * 5) / 5 === most)!;
    return {
      words,
      text: letters(words.map(({ text }) => text).join('')),
      left: Math.min(...words.map(({ left }) => left)),
      right: Math.max(...words.map(({ right }) => right)),
      height: most,
      foot: main.bottom,
    };
  });
}
const height = ({ top, bottom }: Word): number => bottom - top;

/** What is there most often comes first. */
function byNumber(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

export const printedPages = (read: readonly ReadPage[]): PrintedPage[] =>
  read
    .filter(({ kind }) => kind === 'text')
    .map(({ folio, head, body, notes }) => ({
      folio,
      goesOn: head.length > 0,
      body: linesOf(body),
      notes: linesOf(notes),
    }));

/** The heights of the lines that the book has most of, those of its text first. */
export const mostHeights = (pages: readonly PrintedPage[], many: number): number[] =>
  byNumber(pages.flatMap(({ body }) => body.map((line) => line.height))).slice(0, many);

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.25;

/** Lines of one face and size must all stand on one grid, on every page the same. Comes back with how many do. */
export function offGrid(
  pages: readonly PrintedPage[],
  height: number,
  leading: number,
): { faults: string[]; on: number } {
  const faults: string[] = [];
  let [origin, on] = [Number.NaN, 0];
  for (const { folio, body } of pages)
    for (const line of body.filter((line) => near(line.height, height) && !/[\u0590-\u08ff]/.test(line.text))) {
      if (Number.isNaN(origin)) origin = line.foot;
      const off = (line.foot - origin) / leading;
      const points = Math.abs(off - Math.round(off)) * leading;
      if (points > 0.3) faults.push(`page ${folio}: ${points.toFixed(2)} pt off the grid: ${line.text}`);
      else on++;
    }
  return { faults, on };
}

/** What may hang over an edge, and by how many points at 10.5 pt. */
const HANGS = 2.7;

export function outOfMeasure(
  pages: readonly PrintedPage[],
  { left, measure }: { readonly left: (folio: number) => number; readonly measure: number },
): string[] {
  return pages.flatMap(({ folio, body, notes }) =>
    [...body, ...notes].flatMap((line) => {
      const [first, last] = [line.words[0]!.text, line.words.at(-1)!.text];
      const from = left(folio) - 0.4 - (/^[“”‘’„«»–—(]/.test(first) ? HANGS : 0);
      const to = left(folio) + measure + 0.4 + (/[-\u00ad.,:;!?’”“‘»)–—…]$/.test(last) ? HANGS : 0);
      return line.left >= from && line.right <= to
        ? []
        : [`page ${folio}: from ${(line.left - from).toFixed(1)} to ${(line.right - to).toFixed(1)}: ${line.text}`];
    }),
  );
}

/** Of each paragraph of running text its letters, in order. */
export function paragraphsOf(edition: Edition): string[] {
  const found: string[] = [];
  const walk = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element' || /^(?:figure|table|pre|aside)$/.test(node.tagName)) continue;
      if (String(node.properties['className'] ?? '').includes('verse')) continue;
      if (node.tagName === 'p') found.push(letters(wordsIn(node)));
      else walk(node.children);
    }
  };
  for (const part of edition.parts) walk(part.content);
  return found.filter((text) => text.length > 0);
}
export const wordsIn = (node: Element): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? wordsIn(child) : ''))
    .join('');

/** Single lines of paragraphs at a page's head or foot; `judged` is how many paragraphs run over a page's end. */
export function strayLines(
  pages: readonly PrintedPage[],
  paragraphs: readonly string[],
  height: number,
): { faults: string[]; judged: number } {
  const faults: string[] = [];
  let judged = 0;
  const all = pages.flatMap(({ folio, body }) =>
    body.map((line, at) => ({ folio, line, first: at === 0, last: at === body.length - 1 })),
  );
  const own = all.filter(({ line }) => near(line.height, height));
  const starts: number[] = [];
  let text = '';
  for (const { line } of own) {
    starts.push(text.length);
    text += line.text;
  }
  let from = 0;
  for (const paragraph of paragraphs) {
    const begin = text.indexOf(paragraph, from);
    if (begin < 0) continue;
    const end = begin + paragraph.length;
    from = end;
    const lines = own.filter(({ line }, at) => starts[at]! < end && starts[at]! + line.text.length > begin);
    const cut = lines.findIndex(({ folio }, at) => at > 0 && folio !== lines[at - 1]!.folio);
    if (cut < 0) continue;
    judged++;
    if (cut === 1 && lines[0]!.last) faults.push(`page ${lines[0]!.folio}: orphan: ${lines[0]!.line.text}`);
    if (cut === lines.length - 1 && lines.at(-1)!.first)
      faults.push(`page ${lines.at(-1)!.folio}: widow: ${lines.at(-1)!.line.text}`);
  }
  return { faults, judged };
}

/** Headings with fewer than two lines of what they head below them, where the chapter goes on overleaf. */
export function lowHeadings(pages: readonly PrintedPage[], headings: readonly string[]): string[] {
  return pages.flatMap(({ folio, body }, at) => {
    if (!pages[at + 1]?.goesOn) return [];
    const low = body.slice(-2).find(({ text }) => text.length > 3 && headings.some((words) => words.endsWith(text)));
    return low ? [`page ${folio}: heading at the foot: ${low.text}`] : [];
  });
}

/** Facing pages of one chapter that end more than a line apart, where both hold nothing but lines of text and notes. */
export function unevenSpreads(
  pages: readonly PrintedPage[],
  height: number,
  leading: number,
): { faults: string[]; judged: number } {
  const faults: string[] = [];
  let judged = 0;
  for (const [at, recto] of pages.entries()) {
    const [verso, next] = [pages[at - 1], pages[at + 1]];
    // A chapter's last page ends where it ends.
    if (recto.folio % 2 === 0 || verso?.folio !== recto.folio - 1 || !recto.goesOn || !next?.goesOn) continue;
    if (![...verso.body, ...recto.body].every((line) => near(line.height, height))) continue;
    // A break of the thought ends a page only where the author has ended it.
    if ([verso, recto].some(({ body }) => body.at(-1)?.text === '')) continue;
    judged++;
    const [left, right] = [verso, recto].map(({ body, notes }) =>
      Math.max(...[...body, ...notes].map(({ foot }) => foot)),
    );
    if (Math.abs(left! - right!) > leading + 1)
      faults.push(`pages ${verso.folio} and ${recto.folio} end at ${left!.toFixed(1)} and ${right!.toFixed(1)}`);
  }
  return { faults, judged };
}

/** Without the figures of a list, which stand before its items' first words, and of pages, which are filled in last. */
const said = (line: string): string => line.replace(/^\d+/, '').replace(/page\d+/g, 'page');

/** The lines that were planned and are not among those printed, each in its turn. */
export function unlikePlan(planned: readonly string[], printed: readonly PrintedLine[]): string[] {
  const faults: string[] = [];
  let at = 0;
  for (const line of planned.map(letters)) {
    if (line === '') continue;
    const found = printed.findIndex(({ text }, nth) => nth >= at && said(text) === said(line));
    if (found < 0) faults.push(line);
    else at = found + 1;
  }
  return faults;
}
