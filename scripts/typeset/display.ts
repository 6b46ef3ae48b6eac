// Display: wood-type lines, each scaled to fill the measure. The breaking into lines is chosen for shape.

/** A display text as measured at a size of 1 px: the words' widths and a space's. */
export interface DisplayText {
  /** px. */
  readonly measure: number;
  /** px: what all lines together may take. */
  readonly depth: number;
  readonly words: readonly number[];
  readonly space: number;
  /** After so many words a line ends: what was a block of its own. */
  readonly ends?: readonly number[];
  /** To stand from head to foot, even where its lines do not reach from side to side then. */
  readonly tall?: boolean;
}

export interface DisplayLine {
  /** Words `from` up to, not with, `to`. */
  readonly from: number;
  readonly to: number;
  /** px. */
  readonly size: number;
}

/** Height of a line of capitals as a share of its size. */
export const LINE_HEIGHT = 0.92;
const MOST_WORDS = 12;

/**
 * The lines that fill the room best: tall, of not too unlike sizes, never wider than the measure or all together taller
 * than the depth. Every word stands in one line, in order.
 */
export function fitDisplay(text: DisplayText): DisplayLine[] {
  let best: { lines: DisplayLine[]; score: number } | undefined;
  for (const breaks of partitions(text.words.length, text.ends ?? [])) {
    const lines = breaks.map(([from, to]) => ({ from, to, size: text.measure / widthOf(text, from, to) }));
    const height = lines.reduce((sum, { size }) => sum + size * LINE_HEIGHT, 0);
    const scale = height > text.depth ? text.depth / height : 1;
    const sizes = lines.map(({ size }) => size * scale);
    const unlike = Math.max(...sizes) / Math.min(...sizes);
    // A line that had to shrink no longer fills the measure; lines of very unlike sizes shout past each other.
    const filled = scale ** (text.tall ? 1.5 : 4);
    const score = Math.min(height, text.depth) * filled * (unlike > 3 ? 3 / unlike : 1);
    if (!best || score > best.score + 1e-9)
      best = { score, lines: lines.map((line, index) => ({ ...line, size: sizes[index]! })) };
  }
  return best?.lines ?? [];
}

function widthOf({ words, space }: DisplayText, from: number, to: number): number {
  let width = space * (to - from - 1);
  for (let word = from; word < to; word++) width += words[word]!;
  return Math.max(width, 1e-6);
}

/**
 * All ways to break so many words into lines, one of which ends after each of `ends`; of very many words, those into lines of
 * about equal counts.
 */
function* partitions(count: number, ends: readonly number[]): Generator<[number, number][]> {
  if (count === 0) return;
  if (count > MOST_WORDS) {
    for (let lines = 1; lines <= count; lines++) {
      const tops = [0, ...ends];
      yield tops.flatMap((top, index) => evenly(top, ends[index] ?? count, lines / count));
    }
    return;
  }
  const needed = ends.reduce((sum, end) => sum | (1 << (end - 1)), 0);
  for (let mask = 0; mask < 2 ** (count - 1); mask++) {
    if ((mask & needed) !== needed) continue;
    const lines: [number, number][] = [];
    let from = 0;
    for (let word = 1; word <= count; word++)
      if (word === count || mask & (1 << (word - 1))) {
        lines.push([from, word]);
        from = word;
      }
    yield lines;
  }
}

/** Words `from` up to `to` in lines, so many a word, but one at least. */
function evenly(from: number, to: number, share: number): [number, number][] {
  const lines = Math.max(1, Math.round((to - from) * share));
  const at = (index: number): number => from + Math.round((index * (to - from)) / lines);
  return Array.from({ length: lines }, (_, index): [number, number] => [at(index), at(index + 1)]);
}

/** Sent to the browser: measures every `.fit`, whose `data-fit` is the share of its column's height it may take, in %. */
export function measureDisplay(): DisplayText[] {
  const canvas = document.createElement('canvas').getContext('2d')!;
  return [...document.querySelectorAll<HTMLElement>('.fit')].map((element) => {
    const style = getComputedStyle(element);
    canvas.font = `100px ${style.fontFamily}`;
    // Letters that reach under the line need more of it than capitals do, where the template says so.
    const capitals = 0.92 / Number(style.getPropertyValue('--fit-line') || 0.92);
    const upper = (element.textContent ?? '').trim().toUpperCase();
    const room = element.closest<HTMLElement>('[data-room]') ?? element.parentElement!;
    const words = upper.split(/\s+/).filter(Boolean);
    return {
      measure: element.getBoundingClientRect().width,
      depth: (room.getBoundingClientRect().height * Number(element.dataset['fit'] ?? 60) * capitals) / 100,
      words: words.map((word) => canvas.measureText(word).width / 100),
      space: canvas.measureText(' ').width / 100,
      ends: (element.dataset['ends'] ?? '').split(' ').filter(Boolean).map(Number),
      tall: element.classList.contains('tall'),
    };
  });
}

/** Sent to the browser: sets every `.fit` in the lines found for it. */
export function setDisplay(texts: readonly (readonly DisplayLine[])[]): void {
  for (const [index, element] of [...document.querySelectorAll<HTMLElement>('.fit')].entries()) {
    const words = (element.textContent ?? '').trim().split(/\s+/).filter(Boolean);
    const lines = (texts[index] ?? []).map(({ from, to, size }) => {
      const line = document.createElement('span');
      line.className = 'fit-line';
      // A hair less than the measure: rounding must not make a line wrap or hang over.
      line.style.fontSize = `${(size * 0.998).toFixed(3)}px`;
      line.textContent = `${words.slice(from, to).join(' ')} `;
      return line;
    });
    element.replaceChildren(...lines);
  }
}

/**
 * Sent to the browser: of each panel what has a line of display smaller than so many px: all that it says, or its heading, of
 * so many words.
 */
export function smallDisplays(least: number): { readonly shouts: boolean; readonly heading: number }[] {
  const isSmall = (fit: Element): boolean =>
    [...fit.querySelectorAll('.fit-line')].some((line) => Number.parseFloat(getComputedStyle(line).fontSize) < least);
  return [...document.querySelectorAll('.panel')].map((panel) => ({
    shouts: [...panel.querySelectorAll('.shout .fit')].some(isSmall),
    heading: [...panel.querySelectorAll('.inside > .head .fit')]
      .filter(isSmall)
      .reduce((sum, { textContent }) => sum + (textContent ?? '').split(/\s+/).filter(Boolean).length, 0),
  }));
}
