// What a finished PDF paints, read from its content as qpdf unpacks it: how wide its lines are, and how dark its greys.
import { type Dict, dictAt, isDict, listAt, look, type Taken, takeApart, type Value } from './qpdf-objects.ts';

type Matrix = readonly [number, number, number, number, number, number];

export interface Painted {
  /** Points on the sheet, each with what draws it: a line's width, or the lesser side of a filled shape. */
  readonly widths: readonly { readonly width: number; readonly by: string }[];
  /** Ink of what is painted, 0 to 1: of a colour, that of its strongest part. */
  readonly inks: readonly number[];
  /** Anything that this reader cannot judge: shadings, patterns, things seen through. */
  readonly strange: readonly string[];
  /** Bits a sample of every picture. */
  readonly bits: readonly number[];
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const times = ([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix => [
  ...([a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D] as const),
  ...([e * A + f * C + E, e * B + f * D + F] as const),
];
const scaleOf = ([a, b, c, d]: Matrix): number => Math.sqrt(Math.abs(a * d - b * c));

const TOKEN = /\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>|<<|>>|\[|\]|\/[^\s/[\]()<>]*|[^\s/[\]()<>]+/g;

interface State {
  readonly matrix: Matrix;
  readonly width: number;
  readonly stroke: number;
  readonly fill: number;
}

/** Every page of the file. */
export function paintedIn(path: string): Painted {
  const file = takeApart(path);
  const found = {
    widths: [] as { width: number; by: string }[],
    inks: [] as number[],
    strange: [] as string[],
    bits: [] as number[],
  };
  const start: State = { matrix: IDENTITY, width: 1, stroke: 1, fill: 1 };
  for (const page of pagesIn(file)) {
    const { Contents } = withoutSlashes(page);
    const parts = Array.isArray(look(file, Contents)) ? listAt(file, Contents) : [Contents!];
    read(
      file,
      parts.map((part) => textOf(file, part)).join('\n'),
      dictAt(file, withoutSlashes(page)['Resources']),
      start,
      found,
    );
  }
  return found;
}

/** Keys without their slashes. */
const withoutSlashes = (dict: Dict): Dict =>
  Object.fromEntries(Object.entries(dict).map(([key, value]) => [key.replace(/^\//, ''), value]));

function* pagesIn(file: Taken): Generator<Dict> {
  for (const { value } of file.entries.values()) if (isDict(value) && value['/Type'] === '/Page') yield value;
}

function textOf(file: Taken, reference: Value): string {
  const data = file.entries.get(String(reference))?.stream?.data;
  if (data === undefined) throw new Error(`no stream: ${String(reference)}`);
  return Buffer.from(data, 'base64').toString('latin1');
}

type Found = { [K in keyof Painted]: Painted[K][number][] };

function read(file: Taken, content: string, resources: Dict, start: State, found: Found): void {
  const saved: State[] = [];
  let state = start;
  let operands: string[] = [];
  let shapes: number[][][] = [];
  const of = (kind: string, name: string): Value | undefined => dictAt(file, resources[`/${kind}`])[name];
  const numbers = (): number[] => operands.map(Number);
  const point = (x: number, y: number): void => void shapes.at(-1)!.push([x, y]);
  const paint = (operator: string): void => {
    if (/^[SsBb]/.test(operator)) {
      found.widths.push({ width: state.width * scaleOf(state.matrix), by: `${state.width} ${operator}` });
      found.inks.push(state.stroke);
    }
    if (/^[fFBb]/.test(operator)) {
      found.inks.push(state.fill);
      for (const shape of shapes)
        if (shape.length > 1 && state.fill > 0)
          found.widths.push({ width: thinness(shape, state.matrix), by: `${JSON.stringify(shape)} f` });
    }
    shapes = [];
  };
  for (const [token] of content.matchAll(TOKEN)) {
    if (!/^[A-Za-z'"][A-Za-z0-9*'"]*$/.test(token)) {
      operands.push(token);
      continue;
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers();
    if (token === 'q') saved.push(state);
    else if (token === 'Q') state = saved.pop()!;
    else if (token === 'cm') state = { ...state, matrix: times([a, b, c, d, e, f], state.matrix) };
    else if (token === 'w') state = { ...state, width: a };
    else if (token === 'm') shapes.push([[a, b]]);
    else if (token === 'l') point(a, b);
    else if (token === 'c')
      for (const at of [
        [a, b],
        [c, d],
        [e, f],
      ])
        point(at[0]!, at[1]!);
    else if (token === 'v' || token === 'y')
      for (const at of [
        [a, b],
        [c, d],
      ])
        point(at[0]!, at[1]!);
    else if (token === 're')
      shapes.push([
        [a, b],
        [a + c, b],
        [a + c, b + d],
        [a, b + d],
      ]);
    else if (token === 'n') shapes = [];
    else if (/^([SsfFBb]|[fBb]\*)$/.test(token)) paint(token);
    else if (token === 'g' || token === 'G') state = { ...state, [token === 'g' ? 'fill' : 'stroke']: 1 - a };
    else if (token === 'k' || token === 'K')
      state = { ...state, [token === 'k' ? 'fill' : 'stroke']: Math.max(a, b, c, d) };
    else if (token === 'rg' || token === 'RG')
      state = { ...state, [token === 'rg' ? 'fill' : 'stroke']: 1 - Math.min(a, b, c) };
    else if (token === 'Tj' || token === 'TJ') found.inks.push(state.fill);
    else if (['sh', 'scn', 'SCN', 'BI'].includes(token)) found.strange.push(token);
    else if (token === 'gs') {
      const seen = dictAt(file, of('ExtGState', operands.at(-1)!));
      for (const key of ['/ca', '/CA'])
        if (Number(seen[key] ?? 1) !== 1) found.strange.push(`${key} ${String(seen[key])}`);
    } else if (token === 'Do') {
      const reference = of('XObject', operands.at(-1)!)!;
      const form = dictAt(file, reference);
      if (form['/Subtype'] === '/Image')
        found.bits.push(form['/ImageMask'] === true ? 1 : Number(form['/BitsPerComponent']));
      else {
        const matrix = listAt(file, form['/Matrix']).map(Number);
        const inner = {
          ...state,
          matrix: matrix.length === 6 ? times(matrix as unknown as Matrix, state.matrix) : state.matrix,
        };
        read(file, textOf(file, reference), dictAt(file, form['/Resources']), inner, found);
      }
    }
    operands = [];
  }
}

/** The lesser side of the box around a shape, on the sheet. */
function thinness(shape: readonly (readonly number[])[], [a, b, c, d]: Matrix): number {
  const xs = shape.map(([x = 0, y = 0]) => a * x + c * y);
  const ys = shape.map(([x = 0, y = 0]) => b * x + d * y);
  return Math.min(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}
