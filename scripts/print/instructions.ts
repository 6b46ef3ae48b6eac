// What the hands do with the printed sheets, told in a language: takes a scheme and the language's phrases; gives a sentence or
// two for each of its steps that does not go without saying.
import type { Scheme } from './folds.ts';
import type { Direction, Step } from './paper.ts';
import { english } from './phrases/en.ts';
import type { Gatherings, Phrases, Side } from './phrases/phrases.ts';
import { PLAIN_LEAF, staplingOf } from './thickness.ts';

export interface Handwork {
  readonly text: string;
  /** Of the scheme's steps. */
  readonly index: number;
}

/** `leaf`: how thick the paper is, in points. */
export const handworkFor = (scheme: Scheme, words: Phrases = english, leaf = PLAIN_LEAF): Handwork[] =>
  scheme.steps.flatMap((step, index) => {
    const text = sentence(step, index, { ...scheme, leaf }, words);
    return text === undefined ? [] : [{ text, index }];
  });

/** How many sheets each gathering has. */
export function gatheringsOf({ sheets }: Pick<Scheme, 'sheets'>): number[] {
  const counts: number[] = [];
  for (const { gathering } of sheets) counts[gathering] = (counts[gathering] ?? 0) + 1;
  return counts;
}

const FROM: Readonly<Record<Direction, Side>> = {
  'left-to-right': 'left',
  'right-to-left': 'right',
  'top-to-bottom': 'top',
  'bottom-to-top': 'bottom',
};

interface Told extends Scheme {
  readonly leaf: number;
}

function sentence(step: Step, index: number, scheme: Told, { hands }: Phrases): string | undefined {
  const count = scheme.sheets.length;
  const gatherings = gatheringsOf(scheme);
  const before = scheme.steps[index - 1]?.do;
  const parts = scheme.steps.slice(0, index).findLast((one) => one.do === 'part') ?? { columns: 1, rows: 1 };
  const [columns, rows] = [scheme.columns / parts.columns, scheme.rows / parts.rows];
  switch (step.do) {
    case 'stack':
      return gatherings.length > 1
        ? hands.divide(alike(gatherings))
        : hands.lay(count, scheme.steps[index + 1]?.do === 'turn');
    case 'turn':
      if (before === 'stack') return undefined;
      if (before === 'unfold') return hands.turnOver;
      return before === 'part' ? hands.partsDown : hands.sheetDown(count);
    case 'fold':
      return step.line === undefined ? hands.foldHalf(FROM[step.over]) : hands.foldPanel(FROM[step.over]);
    case 'fan':
      return hands.fan(columns);
    case 'crease':
      return hands.crease(columns * rows);
    case 'part':
      return step.columns * step.rows === 1 ? undefined : hands.cut(count, step.columns * step.rows);
    case 'pile':
      return parts.columns * parts.rows === 1 ? undefined : hands.pile(scheme.spine, parts.rows);
    case 'nest':
      return count === 1 ? undefined : hands.nest;
    case 'gather':
      return gatherings.length === 1 ? undefined : hands.gather;
    case 'bind':
      if (step.with === 'glue') return hands.glue(scheme.spine);
      if (step.with === 'thread') return hands.sew(gatherings.length);
      return stapled(scheme, hands);
    case 'join':
      return hands.join(step.columns, step.rows);
    default: // gate, slit, push, unfold, open
      return hands[step.do];
  }
}

function stapled(scheme: Told, { nothing, stitch, staple }: Phrases['hands']): string {
  const stapling = staplingOf(scheme, scheme.leaf);
  if (!stapling) return nothing;
  return stapling.by === 'thread' ? stitch : staple(stapling.leaves, stapling.by);
}

/** Gatherings of one size are told together; the larger come first. */
export function alike(counts: readonly number[]): Gatherings[] {
  return [...new Set(counts)].map((sheets) => ({ sheets, times: counts.filter((one) => one === sheets).length }));
}
