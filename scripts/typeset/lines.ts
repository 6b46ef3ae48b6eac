// lines: where a paragraph's lines end, over the whole paragraph at once. Numbers in, numbers out.
// Method: D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981),
// 1119–1184: demerits (p. 1128), active nodes and fitness classes (p. 1155–1161), other numbers of lines (p. 1160).
// Other than there, letters give before spaces do, and demerits grow with the square of what a space gives: what the eye
// sees is how unlike the spaces are.

/** Where a line may end: at a space, at a soft hyphen, after a dash, within an address, or (an emergency) anywhere. */
export const SPACE = 0;
export const HYPHEN = 1;
export const DASH = 2;
export const ADDRESS = 3;
export const ANYWHERE = 4;
/** And where it must: a line that the author ended. */
export const FORCED = 5;
/** After a hyphen that the word has anyway. */
export const COMPOUND = 6;

/** A paragraph as measured on one endless line; lengths in CSS px, `ends` and `starts` from its first letter. */
export interface Paragraph {
  readonly measure: number;
  /** Of the first line. */
  readonly indent: number;
  /** Where its last letter ends. */
  readonly end: number;
  /** Width of the hyphen that a division adds. */
  readonly hyphen: number;
  /** The most that the space between two letters may grow or shrink. */
  readonly tracking: number;
  /** The most that letters may grow or shrink themselves, as a share of their width. */
  readonly swell: number;
  /** One entry an opportunity, in order. */
  readonly kinds: readonly number[];
  /** Where the line ends if it is broken here (a space's left edge), … */
  readonly ends: readonly number[];
  /** … and where the next would start (its right edge). */
  readonly starts: readonly number[];
  /** Gaps between letters of one word before it; one more entry may give all of the paragraph's. */
  readonly letters: readonly number[];
  /** How far a line that ends here hangs over the right edge (a point, a hyphen), … */
  readonly hangs: readonly number[];
  /** … and how far the next one hangs over the left; one more entry, the last, is the paragraph's first line's. */
  readonly leads: readonly number[];
}

export interface Line {
  /** The opportunity it ends at; `kinds.length` for the paragraph's end. */
  readonly at: number;
  /** What it takes to fill the measure: see `lettersOf` and `spacesOf`. */
  readonly give: number;
}

/** What letters gain, from −1 to 1, as a share of the paragraph's `tracking` and `swell`. They give first, … */
export const lettersOf = (give: number): number => Math.max(-1, Math.min(1, give));
/** … then spaces: what each gains or loses, as a share of its own width. Below −`shrink` the line is over-full. */
export const spacesOf = (give: number): number => give - lettersOf(give);

export interface LineStyle {
  /** The most that a space may lose, as a share of its width. */
  readonly shrink: number;
  /** From this share on a space's gain or loss is seen as a fault. */
  readonly easy: number;
  /** Demerits of a hyphen. A line whose spaces all gain a tenth has 100. */
  readonly hyphenPenalty: number;
  /** More for the second hyphen in a row, and for every further one. */
  readonly ladderPenalty: readonly [number, number];
  /** More where the last line begins with the rest of a word. */
  readonly lastPenalty: number;
  /** Neighbours of unlike tightness. */
  readonly fitnessPenalty: number;
  /** A last line shorter than this share of the measure is a runt. */
  readonly runt: number;
  readonly runtPenalty: number;
}

export const LINE_STYLE: LineStyle = {
  shrink: 0.33,
  easy: 0.28,
  hyphenPenalty: 9_000,
  ladderPenalty: [20_000, 400_000],
  lastPenalty: 12_000,
  fitnessPenalty: 500,
  runt: 0.14,
  runtPenalty: 15_000,
};

/** Demerits of a space that doubles, and how much steeper they grow beyond what is easy. */
const UNLIKE = 10_000;
const STEEP = 14;
/** Of a hyphen's demerits, at one that the word has anyway. */
const COMPOUND_SHARE = 0.7;
/** A break where no break should be. */
const ANYWHERE_PENALTY = 9_000_000;
/** Lines looser or tighter than this are all as bad. */
const WORST = 8;
/** Dearer than a thousand of those. */
const OVERFULL = 1e12;
const CLASSES = 4;
const LADDERS = 3;

/** Lines with wider spaces than this are tried only where nothing tighter exists. */
const TOLERANCES = [0.6, 1, Number.POSITIVE_INFINITY];

interface Node {
  readonly at: number;
  readonly demerits: number;
  readonly fitness: number;
  /** Hyphens in a row up to here, 2 for two or more. */
  readonly ladder: number;
  /** Lines up to here. */
  readonly count: number;
  readonly give: number;
  readonly from: Node | undefined;
}

/**
 * The best lines: every opportunity up to the end lies in exactly one line, in order. What is wider than the measure and
 * may be divided nowhere has a line to itself, with spaces below −`shrink`; no other line is over-full.
 */
export function breakLines(paragraph: Paragraph, style: LineStyle = LINE_STYLE): Line[] {
  for (const tolerance of TOLERANCES) {
    const ends = search(paragraph, style, { tolerance, overfull: false, counted: false });
    if (ends.length > 0) return unwind(cheapest(ends));
  }
  return unwind(
    cheapest(search(paragraph, style, { tolerance: Number.POSITIVE_INFINITY, overfull: true, counted: false })),
  );
}

/** Whether some line has spaces so wide that they are seen at once. */
export const isLoose = (lines: readonly Line[]): boolean => lines.some(({ give }) => spacesOf(give) > TOLERANCES[0]!);

export interface OtherLines {
  readonly lines: readonly Line[];
  /** How many demerits more than the best lines have. */
  readonly demerits: number;
}

/**
 * The same paragraph with a line less and with a line more than `best`, where it can be had without a loose line: for
 * pages that need it. At most two.
 */
export function otherLines(paragraph: Paragraph, best: readonly Line[], style: LineStyle = LINE_STYLE): OtherLines[] {
  const ends = search(paragraph, style, { tolerance: TOLERANCES[0]!, overfull: false, counted: true });
  const own = ends.filter((end) => end.count === best.length);
  if (own.length === 0) return [];
  const least = cheapest(own).demerits;
  return [best.length - 1, best.length + 1].flatMap((count) => {
    const found = ends.filter((end) => end.count === count);
    if (found.length === 0) return [];
    const end = cheapest(found);
    return [{ lines: unwind(end), demerits: Math.max(0, end.demerits - least) }];
  });
}

interface Terms {
  /** The most that spaces may gain. */
  readonly tolerance: number;
  /** May a piece be wider than the measure? */
  readonly overfull: boolean;
  /** Is the best wanted for every number of lines? */
  readonly counted: boolean;
}

/** The ends of the best lines of every kind; none where the terms cannot be kept. */
function search(p: Paragraph, style: LineStyle, { tolerance, overfull, counted }: Terms): readonly Node[] {
  const { kinds, measure, tracking, swell } = p;
  const { lefts, begins, spacesBefore, gapsBefore } = tablesOf(p);
  const active: Node[] = [{ at: -1, demerits: 0, fitness: 1, ladder: 0, count: 0, give: 0, from: undefined }];
  const best = new Map<number, Node>();
  for (let k = 0; k <= kinds.length; k++) {
    const last = k === kinds.length;
    const forced = last || kinds[k] === FORCED;
    const end = last ? p.end : p.ends[k]!;
    const gaps = p.letters[k] ?? p.letters[k - 1] ?? 0;
    // What hangs needs no room, a hyphen does.
    const more = last ? 0 : p.hangs[k]! - (kinds[k] === HYPHEN ? p.hyphen : 0);
    best.clear();
    let kept = 0;
    for (let index = 0; index < active.length; index++) {
      const node = active[index]!;
      const from = node.at + 1;
      const spaces = spacesBefore[k]! - spacesBefore[from]!;
      const letters = (gaps - gapsBefore[from]!) * tracking + (end - begins[from]! - spaces) * swell + 1e-6;
      const bare = measure - (end - lefts[from]!);
      // Nothing further on can be reached from a line that is over-full already without its hyphen and what hangs.
      if (!forced && bare + letters + style.shrink * (spaces + 1e-6) >= 0) active[kept++] = node;
      const slack = bare + more;
      const lack = slack < 0 ? -slack : slack;
      const share = lack <= letters ? lack / letters : 1 + (lack - letters) / (spaces + 1e-6);
      const give = slack < 0 ? -share : forced ? 0 : share;
      if (give - 1 > tolerance) continue;
      const full = -give - 1 > style.shrink;
      if (full && !(overfull && node.at === k - 1)) continue;
      const next = step(p, style, node, k, give, full);
      const key = ((counted ? next.count : 0) * CLASSES + next.fitness) * LADDERS + next.ladder;
      const rival = best.get(key);
      if (!rival || next.demerits < rival.demerits) best.set(key, next);
    }
    active.length = kept;
    for (const node of best.values()) active.push(node);
    if (active.length === 0) return [];
  }
  return active;
}

/** Of the line that begins after each opportunity, the paragraph's first line first: where it begins, with and without what
 * hangs, and what spaces and gaps between letters are before it. */
function tablesOf({ kinds, ends, starts, letters, leads, indent }: Paragraph) {
  const count = kinds.length;
  const [lefts, begins] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  const [spacesBefore, gapsBefore] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  lefts[0] = leads[count]! - indent;
  for (let k = 0; k < count; k++) {
    begins[k + 1] = starts[k]!;
    lefts[k + 1] = starts[k]! + leads[k]!;
    spacesBefore[k + 1] = spacesBefore[k]! + (kinds[k] === SPACE ? starts[k]! - ends[k]! : 0);
    gapsBefore[k + 1] = letters[k]!;
  }
  return { lefts, begins, spacesBefore, gapsBefore };
}

function step(p: Paragraph, style: LineStyle, node: Node, k: number, give: number, full: boolean): Node {
  const last = k === p.kinds.length;
  const kind = last ? FORCED : p.kinds[k];
  const hyphenated = kind === HYPHEN || kind === COMPOUND;
  const ladder = hyphenated ? Math.min(2, node.ladder + 1) : 0;
  const spaces = Math.max(-WORST, Math.min(spacesOf(give), WORST));
  const fitness = spaces < -0.12 ? 0 : spaces <= 0.12 ? 1 : spaces <= 0.3 ? 2 : 3;
  const seen = Math.max(0, Math.abs(spaces) - style.easy);
  let demerits = UNLIKE * (spaces * spaces + STEEP * seen * seen);
  if (hyphenated) demerits += kind === HYPHEN ? style.hyphenPenalty : style.hyphenPenalty * COMPOUND_SHARE;
  if (kind === ANYWHERE) demerits += ANYWHERE_PENALTY;
  if (ladder === 2) demerits += style.ladderPenalty[node.ladder === 2 ? 1 : 0];
  if (last && node.ladder > 0) demerits += style.lastPenalty;
  if (Math.abs(fitness - node.fitness) > 1) demerits += style.fitnessPenalty;
  if (last && node.at >= 0 && p.end - p.starts[node.at]! < p.measure * style.runt) demerits += style.runtPenalty;
  if (full) demerits += OVERFULL;
  return { at: k, demerits: node.demerits + demerits, fitness, ladder, count: node.count + 1, give, from: node };
}

function cheapest(nodes: readonly Node[]): Node {
  let best = nodes[0]!;
  for (const node of nodes) if (node.demerits < best.demerits) best = node;
  return best;
}

function unwind(end: Node): Line[] {
  const lines: Line[] = [];
  for (let node = end; node.from; node = node.from) lines.push({ at: node.at, give: node.give });
  return lines.reverse();
}
