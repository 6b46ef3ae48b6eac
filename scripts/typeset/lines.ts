// lines: where a paragraph's lines end, over the whole paragraph at once. Numbers in, numbers out.
// Method: D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981),
// 1119–1184: demerits (p. 1128), active nodes and fitness classes (p. 1155–1161).

/** Where a line may end: at a space, at a soft hyphen, after a dash, within an address, or (an emergency) anywhere. */
export const SPACE = 0;
export const HYPHEN = 1;
export const DASH = 2;
export const ADDRESS = 3;
export const ANYWHERE = 4;
/** And where it must: a line that the author ended. */
export const FORCED = 5;

/** A paragraph as measured on one endless line; lengths in CSS px, `ends` and `starts` from its first letter. */
export interface Paragraph {
  readonly measure: number;
  /** Of the first line. */
  readonly indent: number;
  /** Where its last letter ends. */
  readonly end: number;
  /** Width of the hyphen that a division adds. */
  readonly hyphen: number;
  /** The most that a letter's space may grow or shrink. */
  readonly tracking: number;
  /** One entry an opportunity, in order. */
  readonly kinds: readonly number[];
  /** Where the line ends if it is broken here (a space's left edge), … */
  readonly ends: readonly number[];
  /** … and where the next would start (its right edge). */
  readonly starts: readonly number[];
  /** Letters before it; one more entry may give all of the paragraph's. */
  readonly letters: readonly number[];
}

export interface Line {
  /** The opportunity it ends at; `kinds.length` for the paragraph's end. */
  readonly at: number;
  /** How far it is stretched (> 0) or shrunk (≥ −1): 1 is all that its spaces and letters should give. */
  readonly ratio: number;
}

export interface LineStyle {
  /** How much of its width a space may gain or lose at ratio ±1. */
  readonly stretch: number;
  readonly shrink: number;
  readonly hyphenPenalty: number;
  /** For the second hyphen in a row, and for every further one. */
  readonly ladderPenalty: readonly [number, number];
  /** Neighbours of unlike tightness. */
  readonly fitnessPenalty: number;
  /** A last line shorter than this share of the measure is a runt. */
  readonly runt: number;
  readonly runtPenalty: number;
}

export const LINE_STYLE: LineStyle = {
  stretch: 0.4,
  shrink: 0.2,
  hyphenPenalty: 200,
  ladderPenalty: [20_000, 400_000],
  fitnessPenalty: 3_000,
  runt: 0.14,
  runtPenalty: 10_000,
};

/** Lines looser than this are all as bad. */
const LOOSEST = 20;
/** Dearer than a thousand of those. */
const OVERFULL = 1e15;
const CLASSES = 4;
const LADDERS = 3;

/** Lines looser than this are tried only where nothing tighter exists. */
const TOLERANCES = [1.6, 4, Number.POSITIVE_INFINITY];

interface Node {
  readonly at: number;
  readonly demerits: number;
  readonly fitness: number;
  /** Hyphens in a row up to here, 2 for two or more. */
  readonly ladder: number;
  readonly ratio: number;
  readonly from: Node | undefined;
}

/**
 * The best lines: every opportunity up to the end lies in exactly one line, in order. What is wider than the measure and
 * may be divided nowhere has a line to itself, with a ratio below −1; no other line is over-full.
 */
export function breakLines(paragraph: Paragraph, style: LineStyle = LINE_STYLE): Line[] {
  const spaces = cumulativeSpaces(paragraph);
  for (const tolerance of TOLERANCES) {
    const end = search(paragraph, spaces, style, tolerance, false);
    if (end) return unwind(end);
  }
  return unwind(search(paragraph, spaces, style, Number.POSITIVE_INFINITY, true)!);
}

function cumulativeSpaces({ kinds, ends, starts }: Paragraph): Float64Array {
  const sums = new Float64Array(kinds.length + 1);
  for (let k = 0; k < kinds.length; k++) sums[k + 1] = sums[k]! + (kinds[k] === SPACE ? starts[k]! - ends[k]! : 0);
  return sums;
}

function search(
  paragraph: Paragraph,
  spaces: Float64Array,
  style: LineStyle,
  tolerance: number,
  overfull: boolean,
): Node | undefined {
  const { kinds } = paragraph;
  const active: Node[] = [{ at: -1, demerits: 0, fitness: 1, ladder: 0, ratio: 0, from: undefined }];
  const best = new Array<Node | undefined>(CLASSES * LADDERS);
  for (let k = 0; k <= kinds.length; k++) {
    const last = k === kinds.length;
    const forced = last || kinds[k] === FORCED;
    best.fill(undefined);
    let kept = 0;
    for (let index = 0; index < active.length; index++) {
      const node = active[index]!;
      const ratio = fit(paragraph, spaces, style, node.at, k, forced, true);
      // Nothing further on can be reached from a line that is over-full already, unless its hyphen alone makes it so.
      const reaches =
        ratio >= -1 || (kinds[k] === HYPHEN && fit(paragraph, spaces, style, node.at, k, false, false) >= -1);
      if (reaches && !forced) active[kept++] = node;
      if (ratio > tolerance || (ratio < -1 && !(overfull && node.at === k - 1))) continue;
      const candidate = step(paragraph, style, node, k, ratio, last);
      const key = candidate.fitness * LADDERS + candidate.ladder;
      const rival = best[key];
      if (!rival || candidate.demerits < rival.demerits) best[key] = candidate;
    }
    active.length = kept;
    for (const node of best) if (node) active.push(node);
    if (active.length === 0) return undefined;
  }
  return cheapest(active);
}

/** The line from the opportunity `a` to `b` as a ratio: what it lacks or exceeds, by what it can give. */
function fit(
  p: Paragraph,
  spaces: Float64Array,
  style: LineStyle,
  a: number,
  b: number,
  forced: boolean,
  hyphened: boolean,
): number {
  const end = b === p.kinds.length ? p.end : p.ends[b]!;
  const start = a < 0 ? -p.indent : p.starts[a]!;
  const slack = p.measure - (end - start) - (hyphened && p.kinds[b] === HYPHEN ? p.hyphen : 0);
  if (slack >= 0 && forced) return 0;
  const space = spaces[b]! - spaces[a + 1]!;
  const letters = (p.letters[b] ?? p.letters[b - 1] ?? 0) - (a < 0 ? 0 : p.letters[a]!);
  return slack / (space * (slack >= 0 ? style.stretch : style.shrink) + letters * p.tracking + 1e-6);
}

function step(p: Paragraph, style: LineStyle, node: Node, k: number, ratio: number, last: boolean): Node {
  const hyphenated = !last && p.kinds[k] === HYPHEN;
  const ladder = hyphenated ? Math.min(2, node.ladder + 1) : 0;
  const fitness = ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
  let demerits = (10 + 100 * Math.min(Math.abs(ratio), LOOSEST) ** 3) ** 2;
  if (hyphenated) demerits += style.hyphenPenalty ** 2;
  if (!last && p.kinds[k] === ANYWHERE) demerits += 3_000 ** 2;
  if (ladder === 2) demerits += style.ladderPenalty[node.ladder === 2 ? 1 : 0];
  if (Math.abs(fitness - node.fitness) > 1) demerits += style.fitnessPenalty;
  if (last && node.at >= 0 && p.end - p.starts[node.at]! < p.measure * style.runt) demerits += style.runtPenalty;
  if (ratio < -1) demerits += OVERFULL;
  return { at: k, demerits: node.demerits + demerits, fitness, ladder, ratio, from: node };
}

function cheapest(nodes: readonly Node[]): Node | undefined {
  let best = nodes[0];
  for (const node of nodes) if (node.demerits < best!.demerits) best = node;
  return best;
}

function unwind(end: Node): Line[] {
  const lines: Line[] = [];
  for (let node: Node | undefined = end; node?.from; node = node.from) lines.push({ at: node.at, ratio: node.ratio });
  return lines.reverse();
}
