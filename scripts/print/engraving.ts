// Line drawings of paper as SVG. Takes shapes in the drawing's own units, x to the right and y downwards; gives the picture,
// cut to what is on it. Colours and weights are the style sheet's: see templates/shared/drawings.css.

export type Point = readonly [x: number, y: number];

export type Shape =
  /** Paper: `layers` that it lies on, itself counted; `head`: where the page's head points; `front` is the first page. */
  | {
      readonly kind: 'panel';
      readonly from: Point;
      readonly to: Point;
      readonly layers: number;
      readonly folio?: string;
      readonly turned?: boolean;
      readonly front?: boolean;
      /** Sides at which the paper goes on. */
      readonly open: readonly ('left' | 'right' | 'top' | 'bottom')[];
    }
  | {
      readonly kind: 'valley' | 'mountain' | 'edge' | 'stitch' | 'staple' | 'glue';
      readonly from: Point;
      readonly to: Point;
    }
  | { readonly kind: 'cut'; readonly from: Point; readonly to: Point; readonly scissors: boolean }
  /** A few letters, with their middle there. */
  | { readonly kind: 'label'; readonly from: Point; readonly to: Point; readonly text: string }
  /** Where paper goes, in a bow so high; `under`: behind the rest. */
  | { readonly kind: 'arrow'; readonly from: Point; readonly to: Point; readonly bow: number; readonly under: boolean };

export interface Drawing {
  readonly shapes: readonly Shape[];
}

/** Layers of which the edges are shown: of more the eye sees no more. */
export const SHOWN_LAYERS = 4;
const LAYER = 1.5;
/** Half the thickest line. */
const PAD = 2;
const HEAD = 5.5;
/** The size of labels. */
const LETTER = 11;
/** How far scissors reach from where the cut begins. */
const SCISSORS = 12;

const round = (value: number): number => Math.round(value * 100) / 100 + 0;

/** The point of a bow that its curve is drawn towards. */
const control = ([x1, y1]: Point, [x2, y2]: Point, bow: number): Point => {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  // To the side that is up, or for what moves up or down to the left.
  const [nx, ny] = [(y2 - y1) / length, -(x2 - x1) / length];
  const side = ny > 1e-9 || (Math.abs(ny) < 1e-9 && nx > 0) ? -1 : 1;
  return [(x1 + x2) / 2 + side * nx * bow * 2, (y1 + y2) / 2 + side * ny * bow * 2];
};

function reach(shape: Shape): Point[] {
  const { from, to } = shape;
  const around = ([x, y]: Point, by: number): Point[] => [
    [x - by, y - by],
    [x + by, y + by],
  ];
  if (shape.kind === 'panel') {
    const under = (Math.min(shape.layers, SHOWN_LAYERS) - 1) * LAYER;
    return [...around(from, PAD), ...around([to[0] + under, to[1] + under], PAD)];
  }
  if (shape.kind === 'label') {
    const half = (shape.text.length * LETTER * 0.45) / 2;
    return [...around([from[0] - half, from[1]], LETTER / 2), ...around([from[0] + half, from[1]], LETTER / 2)];
  }
  const ends = [...around(from, PAD), ...around(to, PAD)];
  if (shape.kind === 'cut') return shape.scissors ? [...ends, ...around(from, SCISSORS)] : ends;
  if (shape.kind !== 'arrow') return ends;
  const [cx, cy] = control(from, to, shape.bow);
  const top: Point = [(from[0] + 2 * cx + to[0]) / 4, (from[1] + 2 * cy + to[1]) / 4];
  return [...ends, ...around(top, PAD), ...around(to, HEAD)];
}

/** The picture, and its size in the drawing's units. */
export function engrave({ shapes }: Drawing): {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
} {
  const points = shapes.flatMap(reach);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [round(Math.max(...xs) - left), round(Math.max(...ys) - top)];
  const at = ([x, y]: Point): string => `${round(x - left)} ${round(y - top)}`;
  const papers = shapes.filter((shape) => shape.kind === 'panel');
  const rest = shapes.filter((shape) => shape.kind !== 'panel');
  const drawn = [
    ...deeper(papers, at),
    ...papers.map((paper) => page(paper, at)),
    ...rest.map((shape) => mark(shape, at)),
  ];
  const style = `--width:${width};--height:${height}`;
  const svg = `<svg class="drawing" viewBox="0 0 ${width} ${height}" style="${style}" aria-hidden="true">${drawn.join('')}</svg>`;
  return { svg, width, height };
}

type Paper = Extract<Shape, { kind: 'panel' }>;
type At = (point: Point) => string;

const outline = ([left, top]: Point, [right, bottom]: Point, at: At): string =>
  `M${at([left, top])}L${at([right, top])}L${at([right, bottom])}L${at([left, bottom])}Z`;

/** The sheets below, each a little to the right and down; the lowest first, so that the upper ones hide them. */
function deeper(papers: readonly Paper[], at: At): string[] {
  const drawn: string[] = [];
  for (let level = SHOWN_LAYERS - 1; level > 0; level--) {
    const off = level * LAYER;
    const shown = papers.filter(({ layers }) => layers > level);
    const paths = shown.map(({ from, to }) => outline([from[0] + off, from[1] + off], [to[0] + off, to[1] + off], at));
    // Filled once more without its line, so that no line runs through paper that is whole.
    if (paths.length > 0)
      drawn.push(`<path class="layer" d="${paths.join('')}"/><path class="paper" d="${paths.join('')}"/>`);
  }
  return drawn;
}

function page({ from, to, folio, turned = false, front = false, open }: Paper, at: At): string {
  const [[left, top], [right, bottom]] = [from, to];
  const sides = {
    top: [from, [right, top]],
    right: [[right, top], to],
    bottom: [to, [left, bottom]],
    left: [[left, bottom], from],
  } as const;
  const lines = { edge: '', line: '' };
  for (const side of ['top', 'right', 'bottom', 'left'] as const) {
    const [one, other] = sides[side];
    lines[open.includes(side) ? 'line' : 'edge'] += `M${at(one)}L${at(other)}`;
  }
  const fill = `<path class="${front ? 'front' : 'paper'}" d="${outline(from, to, at)}"/>`;
  const edges = (['line', 'edge'] as const)
    .filter((kind) => lines[kind])
    .map((kind) => `<path class="${kind}" d="${lines[kind]}"/>`);
  if (folio === undefined) return fill + edges.join('');
  const size = Math.min(15, (right - left) * 0.5, (bottom - top) * 0.4);
  // In the upper third, as the page stands.
  const third = (bottom - top) * 0.38;
  const y = turned ? bottom - third : top + third;
  const turn = turned ? ' rotate(180)' : '';
  const place = `transform="translate(${at([(left + right) / 2, y])})${turn}"`;
  return `${fill}${edges.join('')}<text ${place} y="${round(size * 0.36)}" font-size="${round(size)}"${front ? ' class="reversed"' : ''}>${folio}</text>`;
}

function mark(shape: Exclude<Shape, Paper>, at: At): string {
  const { from, to, kind } = shape;
  if (kind === 'arrow') return arrow(shape, at);
  if (kind === 'label')
    return `<text class="label" transform="translate(${at(from)})" y="${round(LETTER * 0.36)}" font-size="${LETTER}">${shape.text}</text>`;
  const line = `<path class="${kind}" d="M${at(from)}L${at(to)}"/>`;
  if (kind !== 'cut' || !shape.scissors) return line;
  const angle = round((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI);
  const blades = 'M-7.6 1.5-.4-1.8M-7.6-1.5-.4 1.8';
  const rings = 'M-7.5 2.9a1.9 1.9 0 1 1-3.8 0a1.9 1.9 0 1 1 3.8 0zM-7.5-2.9a1.9 1.9 0 1 1-3.8 0a1.9 1.9 0 1 1 3.8 0z';
  return `${line}<path class="scissors" transform="translate(${at(from)}) rotate(${angle})" d="${blades}${rings}"/>`;
}

function arrow({ from, to, bow, under }: Extract<Shape, { kind: 'arrow' }>, at: At): string {
  const over = control(from, to, bow);
  const length = Math.hypot(to[0] - over[0], to[1] - over[1]) || 1;
  const [ux, uy] = [(to[0] - over[0]) / length, (to[1] - over[1]) / length];
  const neck: Point = [to[0] - ux * HEAD * 0.8, to[1] - uy * HEAD * 0.8];
  const wings = [1, -1].map(
    (side): Point => [to[0] - ux * HEAD - uy * side * HEAD * 0.45, to[1] - uy * HEAD + ux * side * HEAD * 0.45],
  );
  const shaft = `<path class="way${under ? ' under' : ''}" d="M${at(from)}Q${at(over)} ${at(neck)}"/>`;
  return `${shaft}<path class="tip" d="M${at(to)}L${at(wings[0]!)}L${at(wings[1]!)}Z"/>`;
}
