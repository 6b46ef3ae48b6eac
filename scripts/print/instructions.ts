// What to do with the printed sheets, in plain words, derived from a scheme's steps. Takes a scheme; gives a sentence or two a step.
import type { Scheme } from './folds.ts';
import type { Direction, Step } from './paper.ts';

type Told = Omit<Scheme, 'instructions'>;

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const inWords = (count: number): string => WORDS[count] ?? `${count}`;

/** The first says how to print; then one for each step that hands do. */
export function instructionsFor(scheme: Told): string[] {
  return [printing(scheme), ...handworkFor(scheme).map(({ text }) => text)];
}

/** What the hands do, and by which of the scheme's steps; steps that go without saying are not told. */
export const handworkFor = (scheme: Told): { readonly text: string; readonly index: number }[] =>
  scheme.steps.flatMap((step, index) => {
    const text = sentence(step, index, scheme);
    return text === undefined ? [] : [{ text, index }];
  });

function printing({ sheets, lies }: Told): string {
  const size = 'at actual size (100 %, not “fit to page”).';
  if (sheets.every(({ inner }) => inner === 'blank')) return `Print on one side, ${size}`;
  const flip = {
    landscape: 'flipped on the short edge',
    portrait: 'flipped on the long edge',
    either: 'flipped on the long edge if the sheet stands, on the short edge if it lies',
  }[lies];
  return `Print on both sides, ${flip}, ${size}`;
}

/** Sheets of each gathering. */
function gatherings({ sheets }: Told): number[] {
  const counts: number[] = [];
  for (const { gathering } of sheets) counts[gathering] = (counts[gathering] ?? 0) + 1;
  return counts;
}

const SIDES: Readonly<Record<Direction, readonly [from: string, to: string]>> = {
  'left-to-right': ['left', 'right'],
  'right-to-left': ['right', 'left'],
  'top-to-bottom': ['top', 'bottom'],
  'bottom-to-top': ['bottom', 'top'],
};

function sentence(step: Step, index: number, scheme: Told): string | undefined {
  const count = scheme.sheets.length;
  const before = scheme.steps[index - 1]?.do;
  switch (step.do) {
    case 'stack':
      return stacking(scheme, scheme.steps[index + 1]?.do === 'turn');
    case 'turn':
      if (before === 'stack') return undefined;
      if (before === 'unfold') return 'Lay it flat and turn it over like the page of a book.';
      if (before === 'part') return 'Lay each part with its front face down.';
      return count === 1
        ? 'Lay the sheet on the table with the front face down and its foot towards you.'
        : 'Take one sheet after the other: lay it with its first side face down and its foot towards you.';
    case 'fold': {
      const [from, to] = SIDES[step.over];
      if (step.line !== undefined) return `Fold the ${from} panel over along its line and press the fold flat.`;
      return `Fold the ${from} half over onto the ${to} and press the fold flat with a ruler or a spoon.`;
    }
    case 'gate':
      return 'Fold the left and the right panel inwards so that their edges meet, and press both folds flat.';
    case 'fan':
      return `Fold it to and fro along the lines, like a fan: ${inWords(scheme.columns)} panels, the first on top.`;
    case 'crease':
      return `Fold along every line and unfold again: ${inWords(scheme.columns * scheme.rows)} panels.`;
    case 'slit':
      return 'Cut along the dashed line in the middle, and no further.';
    case 'push':
      return [
        'Fold lengthwise with the print outside, hold both ends and push them together until the slit opens to a cross.',
        'Fold the panels around so that the front lies on top, and press flat.',
      ].join(' ');
    case 'unfold':
      return 'When you have read so far, unfold the sheet: the rest is on its other side.';
    case 'part':
      return `Cut ${count === 1 ? 'the sheet' : 'the pile'} along the lines into ${inWords(step.columns * step.rows)} equal parts.`;
    case 'pile':
      return `Lay the parts on one another, the first on top: from the ${scheme.spine} to the ${scheme.spine === 'left' ? 'right' : 'left'}, row by row.`;
    case 'nest':
      return count === 1 ? undefined : 'Put each folded sheet into the middle of the one before it.';
    case 'gather':
      return gatherings(scheme).length === 1
        ? undefined
        : 'Lay the folded gatherings on one another in their order, the first on top, all spines at the same edge.';
    case 'open':
      return 'Slit the folds at the other edges with a knife, or trim them off.';
    case 'bind':
      return binding(step.with, scheme);
    case 'join':
      return `Cut off the white margin where a sheet lies over the next, and glue the ${inWords(count)} sheets together over the strips between the marks: ${inWords(step.columns)} side by side, ${inWords(step.rows)} below one another.`;
  }
}

function stacking(scheme: Told, faceDown: boolean): string {
  const count = scheme.sheets.length;
  const counts = gatherings(scheme);
  if (counts.length > 1) {
    const sizes = [...new Set(counts)].map((size) => {
      const times = counts.filter((one) => one === size).length;
      return `${inWords(times)} of ${size} sheet${size === 1 ? '' : 's'}`;
    });
    return `Divide the sheets, in the order they were printed, into ${inWords(counts.length)} gatherings: ${sizes.join(', then ')}. Lay each with its first side face down.`;
  }
  const pile = count === 1 ? 'the sheet' : `the ${count} sheets, in the order they were printed,`;
  return faceDown
    ? `Lay ${pile} on the table with the front cover face down.`
    : `Lay ${pile} on the table with the first page on top.`;
}

function binding(thing: 'staple' | 'thread' | 'glue', scheme: Told): string {
  const count = scheme.sheets.length;
  if (thing === 'glue') return `Knock the leaves up at the ${scheme.spine} edge, clamp them, and glue that edge.`;
  if (thing === 'thread') return 'Sew each gathering through its fold, and the gatherings to one another.';
  return count === 1
    ? 'That is all: one sheet needs no staple.'
    : 'Open it in the middle and staple twice through the fold, from the outside.';
}
