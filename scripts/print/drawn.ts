// A page's drawing read for its words: which text each marked piece has and where its lines end, what is drawn outside of
// all pieces, and what each piece covers. Takes a content stream as text; gives places in it, and changes nothing.
import { operations } from './content.ts';
import { type Glyphs, type Sign, signsOf, textOf } from './glyphs.ts';

/** Glyphs that the browser shows one by one, each moved on from the one before: `[start, end)` in the stream. */
export interface Chain {
  readonly start: number;
  end: number;
  readonly glyphs: Glyphs;
  readonly signs: Sign[];
  /** What is taken away before each but the first, in thousandths of the size (ISO 32000-1, 9.4.3). */
  readonly adjusts: number[];
  /** How far the last move is from the first glyph's place, in text space. */
  by: number;
  /** Of what is shown after it, in thousandths of the size. */
  width: number;
  /** What its last glyph is read as, where that is not its letter. */
  tail?: string;
  /** The code of a space that is shown after it. */
  space?: string;
}

/** Glyphs set one after the other on one line. Lengths in points of the page. */
export interface Run {
  readonly mcid: number;
  text: string;
  readonly x: number;
  readonly y: number;
  /** Where its last glyph begins, and the whole run ends. */
  end: number;
  readonly size: number;
  readonly glyphs: Glyphs;
  /** After its last glyph, and after what spells it, in the stream. */
  after: number;
  last: Chain;
}

/** A group with a text of its own for what it shows. */
export interface Spelled {
  readonly glyphs: Glyphs;
  readonly signs: readonly Sign[];
  readonly text: string;
  readonly open: readonly [number, number];
  readonly close: readonly [number, number];
}

export type Box = [left: number, bottom: number, right: number, top: number];

export interface Drawn {
  readonly runs: Run[];
  readonly chains: Chain[];
  readonly spelled: Spelled[];
  /** What is painted outside of all pieces, and whether it is text: `[start, end)`. */
  readonly loose: { readonly start: number; readonly end: number; readonly text: boolean }[];
  /** Where each piece begins. */
  readonly opened: Map<number, readonly [number, number]>;
  readonly boxes: Map<number, Box>;
}

const PAINT = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'Do', 'sh']);
const PATH = new Set(['m', 'l', 'c', 'v', 'y', 're']);
const WANTED = new Set([
  ...['q', 'Q', 'cm', 'BDC', 'BMC', 'EMC', 'BT', 'ET', 'Tf', 'Tm', 'Td', 'Tj', 'n'],
  ...[...PAINT, ...PATH],
]);

type Matrix = [number, number, number, number, number, number];

const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
];

const scaleOf = (line: Matrix, ctm: Matrix): number =>
  Math.hypot(line[0] * ctm[0] + line[1] * ctm[2], line[0] * ctm[1] + line[1] * ctm[3]);

const widthOf = (signs: readonly Sign[]): number => signs.reduce((sum, { width }) => sum + width, 0);

interface Group {
  readonly mcid: number | undefined;
  readonly spelled: string | undefined;
  readonly open: readonly [number, number];
  signs: Sign[];
  run: Run | undefined;
}

/** `outer` is the matrix that stands before this stream; `fonts` by their names in it. */
export function readDrawn(source: string, fonts: ReadonlyMap<string, Glyphs>, outer: Readonly<Matrix>): Drawn {
  const drawn: Drawn = {
    runs: [],
    chains: [],
    spelled: [],
    loose: [],
    opened: new Map(),
    boxes: new Map(),
  };
  const groups: Group[] = [];
  let [ctm, saved]: [Matrix, Matrix[]] = [[...outer], []];
  let [glyphs, size]: [Glyphs | undefined, number] = [undefined, 0];
  let [line, run]: [Matrix, Run | undefined] = [[1, 0, 0, 1, 0, 0], undefined];
  let [text, path]: [number | undefined, number | undefined] = [undefined, undefined];
  let points: number[] = [];
  let within: number | undefined;
  const lookAround = (): void => {
    within = groups.findLast(({ mcid }) => mcid !== undefined)?.mcid;
  };
  const moveOn = (by: number): void => {
    line[4] += by * line[0];
    line[5] += by * line[1];
  };
  const cover = (points: readonly number[]): void => {
    if (within === undefined) return;
    const box = drawn.boxes.get(within) ?? [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at + 1 < points.length; at += 2) {
      const x = points[at]! * ctm[0] + points[at + 1]! * ctm[2] + ctm[4];
      const y = points[at]! * ctm[1] + points[at + 1]! * ctm[3] + ctm[5];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    drawn.boxes.set(within, box);
  };
  /** From one glyph as far as each next one is moved on along the line, and shown: `7.2 0 Td <01b3> Tj`. */
  const chainFrom = (first: string, start: number, end: number, glyphs: Glyphs): Chain => {
    const signs = signsOf(first, glyphs);
    const chain: Chain = { start, end, glyphs, signs: [...signs], adjusts: [], by: 0, width: widthOf(signs) };
    for (let at = 1; at < signs.length; at++) chain.adjusts.push(0);
    let error = 0;
    for (;;) {
      const moved = source.indexOf(' ', chain.end);
      const close = source.indexOf(' ', moved + 6);
      if (!source.startsWith(' 0 Td', moved) || !source.startsWith(' Tj', close)) return chain;
      const by = Number(source.slice(chain.end, moved));
      if (Number.isNaN(by)) return chain;
      const exact = chain.width - (by * 1000) / size + error;
      let adjust = Math.round(exact);
      error = exact - adjust;
      const next = signsOf(source.slice(moved + 6, close), glyphs);
      for (const sign of next) {
        chain.signs.push(sign);
        chain.adjusts.push(adjust);
        adjust = 0;
      }
      chain.width = widthOf(next);
      chain.by += by;
      chain.end = close + 3;
    }
  };
  const show = (chain: Chain): void => {
    const { glyphs, signs, by, width, end } = chain;
    drawn.chains.push(chain);
    const group = groups.at(-1);
    const spelled = group?.spelled;
    if (spelled === undefined) for (const sign of signs) sign.plain = true;
    else group!.signs.push(...signs);
    const [x, y] = [line[4] * ctm[0] + line[5] * ctm[2] + ctm[4], line[4] * ctm[1] + line[5] * ctm[3] + ctm[5]];
    moveOn(by);
    if (within === undefined) return;
    if (!run) {
      const high = size * scaleOf(line, ctm);
      run = { mcid: within, text: '', x, y, end: 0, size: high, glyphs, after: end, last: chain };
      drawn.runs.push(run);
    }
    if (spelled === undefined) for (const { text } of signs) run.text += text;
    else if (group!.run !== run) {
      run.text += spelled;
      group!.run = run;
    }
    const left = line[4] * ctm[0] + line[5] * ctm[2] + ctm[4];
    run.end = left + (width / 1000) * run.size;
    run.after = end;
    run.last = chain;
  };
  operations(source, WANTED, (found) => {
    const { operator, operands, start, end } = found;
    switch (operator) {
      case 'q':
        saved.push(ctm);
        break;
      case 'Q':
        ctm = saved.pop() ?? ctm;
        break;
      case 'cm':
        ctm = times(operands.map(Number) as unknown as Matrix, ctm);
        break;
      case 'BDC':
      case 'BMC': {
        const found = /\/MCID\s+(\d+)/.exec(operands[1] ?? '');
        const actual = /\/ActualText\s*(\((?:[^\\()]|\\[\s\S])*\)|<[^>]*>)/.exec(operands[1] ?? '');
        const group: Group = {
          mcid: found ? Number(found[1]) : undefined,
          spelled: actual ? textOf(actual[1]!) : undefined,
          open: [start, end],
          signs: [],
          run: undefined,
        };
        if (group.mcid !== undefined) drawn.opened.set(group.mcid, group.open);
        groups.push(group);
        lookAround();
        if (!group.spelled) run = undefined;
        break;
      }
      case 'EMC': {
        const group = groups.pop();
        lookAround();
        if (group?.spelled !== undefined && glyphs) {
          drawn.spelled.push({
            glyphs,
            signs: group.signs,
            text: group.spelled,
            open: group.open,
            close: [start, end],
          });
          if (run) run.after = end;
        } else run = undefined;
        break;
      }
      case 'BT':
        text = start;
        line = [1, 0, 0, 1, 0, 0];
        run = undefined;
        break;
      case 'ET':
        if (groups.length === 0 && text !== undefined) drawn.loose.push({ start: text, end, text: true });
        text = undefined;
        run = undefined;
        break;
      case 'Tf':
        glyphs = fonts.get(operands[0]!.slice(1));
        size = Number(operands[1]);
        run = undefined;
        break;
      case 'Tm':
        line = operands.map(Number) as unknown as Matrix;
        run = undefined;
        break;
      case 'Td':
        if (operands[1] === '0') moveOn(Number(operands[0]));
        else {
          line = times([1, 0, 0, 1, Number(operands[0]), Number(operands[1])], line);
          run = undefined;
        }
        break;
      case 'Tj': {
        if (!glyphs) break;
        const chain = chainFrom(operands[0]!, start, end, glyphs);
        show(chain);
        found.end = chain.end;
        break;
      }
      case 'n':
        path = undefined;
        points = [];
        break;
      default:
        if (PATH.has(operator)) {
          path ??= start;
          if (within === undefined) break;
          const given = operands.map(Number);
          const [x = 0, y = 0, w = 0, h = 0] = given;
          points.push(...(operator === 're' ? [x, y, x + w, y + h] : given));
        } else if (PAINT.has(operator)) {
          cover(operator === 'Do' ? [0, 0, 1, 0, 0, 1, 1, 1] : points);
          points = [];
          if (groups.length === 0) drawn.loose.push({ start: path ?? start, end, text: false });
          path = undefined;
        }
    }
  });
  return drawn;
}
