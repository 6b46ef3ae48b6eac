// The words of job tickets in English.
import type { FoldKind, Gatherings, Phrases, Strips } from './phrases.ts';

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ');
const inWords = (count: number): string => NUMBERS[count] ?? `${count}`;
const sheets = (count: number): string => `${count} sheet${count === 1 ? '' : 's'}`;
const list = (parts: readonly string[]): string => parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
const FLIPS = { 'short-edge': 'flipped on the short edge', 'long-edge': 'flipped on the long edge' };
const ACTUAL = 'at actual size (100 %, not “fit to page”)';

const inGatherings = (gatherings: readonly Gatherings[]): string => {
  const total = gatherings.reduce((sum, { times }) => sum + times, 0);
  const sizes = gatherings.map(({ times, sheets: each }) => `${inWords(times)} of ${sheets(each)}`);
  return `${inWords(total)} gatherings (${sizes.join(', then ')})`;
};

const cuts = ({ ends, fore, over }: Strips): string =>
  list([
    ...(ends ? [`${ends} off the head and the foot`] : []),
    ...(fore ? [`${fore} off the fore-edge`] : []),
    ...(over ? [`what stands out beyond the cover at the fore-edge (${over})`] : []),
  ]);

function folded(fold: FoldKind): string {
  switch (fold.kind) {
    case 'cross':
      return ['', 'folded once in the middle', 'folded twice, crosswise'][fold.count] ?? `folded ${fold.count} times`;
    case 'roll':
      return fold.count === 3 ? 'folded to three panels (letter fold)' : `folded to ${fold.count} panels (roll fold)`;
    case 'zigzag':
      return `folded to and fro into ${fold.count} panels (accordion fold)`;
    case 'gate':
      return 'folded from both sides to the middle (gate fold)';
    case 'closed-gate':
      return 'folded from both sides to the middle and once more (closed gate fold)';
  }
}

export const english: Phrases = {
  language: 'en',
  decimal: '.',
  thousands: ',',
  money: (amount, currency) => `${currency} ${amount}`,
  ticketFor: (title) => `${title}: job ticket`,
  theFile: { whole: 'the file', fronts: 'the fronts', backs: 'the backs' },
  heads: {
    ticket: 'Job ticket',
    print: 'Print it',
    make: 'Make it',
    shop: 'At a copy shop',
    copies: 'Copies',
    sheets: 'Sheets',
    cost: 'Cost',
  },
  facts: {
    names: { paper: 'Paper', sheets: 'Sheets', ink: 'Ink', page: 'Page', copy: 'One copy' },
    sheets: (count, sides, copies) =>
      `${sheets(count)}, ${sides === 1 ? 'one side' : 'both sides'}${copies > 1 ? `: ${copies} copies` : ''}`,
    inks: { black: 'black', one: 'black and one colour', many: 'colour' },
    inksOn: (inking, which, of) =>
      `black, and ${inking === 'one' ? 'one colour' : 'colour'} on sheet${of === 1 ? '' : 's'} ${which} only`,
    page: (size, scaled) => (scaled ? `${size} (${scaled.percent} of ${scaled.from})` : size),
    copy: (grams, mm, trimmed) => `${grams} g${trimmed ? ' when trimmed' : ''}, about ${mm} mm thick`,
  },
  printing: {
    oneSide: (file) => `Print ${file} on one side, ${ACTUAL}.`,
    bothSides: (file, edge) => `Print ${file} on both sides, ${FLIPS[edge]}, ${ACTUAL}.`,
    tryDuplex: ({ front, back }, other) =>
      `Try one sheet first: page ${back} must be behind page ${front}, both the same way up. If the backs stand on their heads, set the other edge (${other.replace('-', ' ')}).`,
    tryByHand: ({ fronts, backs, frontAt, backAt, trial: { front, back } }) =>
      `Try one sheet first, ${ACTUAL}: print page ${frontAt} of ${fronts}, put that sheet back into the tray, white side up, and print page ${backAt} of ${backs}. Page ${back} must be behind page ${front}, both the same way up.`,
    wrongByHand:
      'If both were printed on the same side, put the paper in with its other side up; if the back stands on its head, turn it round by half a turn. Now you know what your printer wants.',
    pile: (fronts, page) =>
      page === undefined
        ? `Print ${fronts} on one side and put the sheet back in that way.`
        : `Print all of ${fronts} on one side and put the pile back in that way, so that the sheet with page ${page} on it is drawn in first.`,
    backs: (backs) => `Print ${backs}.`,
  },
  hands: {
    lay: (count, faceDown) =>
      `Lay ${count === 1 ? 'the sheet' : `the ${count} sheets, in the order they were printed,`} on the table with the ${faceDown ? 'front cover face down' : 'first page on top'}.`,
    divide: (gatherings) =>
      `Divide the sheets, in the order they were printed, into ${inGatherings(gatherings)}. Lay each with its first side face down.`,
    turnOver: 'Lay it flat and turn it over like the page of a book.',
    partsDown: 'Lay each part with its front face down.',
    sheetDown: (count) =>
      count === 1
        ? 'Lay the sheet on the table with the front face down and its foot towards you.'
        : 'Take one sheet after the other: lay it with its first side face down and its foot towards you.',
    foldHalf: (from) => {
      const to = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' }[from];
      return `Fold the ${from} half over onto the ${to} and press the fold flat with a ruler or a spoon.`;
    },
    foldPanel: (from) => `Fold the ${from} panel over along its line and press the fold flat.`,
    gate: 'Fold the left and the right panel inwards so that their edges meet, and press both folds flat.',
    fan: (panels) => `Fold it to and fro along the lines, like a fan: ${inWords(panels)} panels, the first on top.`,
    crease: (panels) => `Fold along every line and unfold again: ${inWords(panels)} panels.`,
    slit: 'Cut along the dashed line in the middle, and no further.',
    push: 'Fold lengthwise with the print outside, hold both ends and push them together until the slit opens to a cross. Fold the panels around so that the front lies on top, and press flat.',
    unfold: 'When you have read so far, unfold the sheet: the rest is on its other side.',
    cut: (count, parts) =>
      `Cut ${count === 1 ? 'the sheet' : 'the pile'} along the lines into ${inWords(parts)} equal parts.`,
    pile: (from, rows) =>
      `Lay the parts on one another, the first on top: from the ${from} to the ${from === 'left' ? 'right' : 'left'}${rows > 1 ? ', row by row' : ''}.`,
    nest: 'Put each folded sheet into the middle of the one before it.',
    gather: 'Lay the folded gatherings on one another in their order, the first on top, all spines at the same edge.',
    open: 'Slit the folds at the other edges with a knife, or trim them off.',
    glue: (spine) => `Knock the leaves up at the ${spine} edge, clamp them, and glue that edge.`,
    sew: (gatherings) =>
      gatherings === 1
        ? 'Open it in the middle, pierce three holes in the fold, and sew through them with needle and thread.'
        : 'Sew each gathering through its fold with needle and thread, and the gatherings to one another.',
    staple: (leaves, by) =>
      `Open it in the middle and staple twice through the fold, from the outside, with a long-arm stapler (${by === 'common' ? 'common staples, 26/6, go' : 'only staples with legs of 8 mm, 23/8, go'} through ${leaves} leaves). Without one, sew it through three holes in the fold with needle and thread.`,
    stitch:
      'Open it in the middle, pierce three holes in the fold, and sew through them with needle and thread: it is too thick for staples.',
    nothing: 'One sheet needs no staple.',
    join: (columns, rows) =>
      `Cut off the white margin where a sheet lies over the next, and glue the ${inWords(columns * rows)} sheets together over the strips between the marks: ${list(
        [
          ...(columns > 1 ? [`${inWords(columns)} side by side`] : []),
          ...(rows > 1 ? [`${inWords(rows)} below one another`] : []),
        ],
      )}.`,
    trim: (strips) =>
      `Trim it with a sharp knife along a ruler: cut ${cuts(strips)}. Pages of ${strips.size} are left. Or leave it as it is.`,
  },
  shop: {
    please: ({ paper, weight, sides, edge, ink, sheets: count, copies, finish }) =>
      `“Please print this file on ${paper}, ${weight} g/m², on ${sides === 1 ? 'one side' : `both sides, ${FLIPS[edge]}`}, ${ink}, at 100 % without scaling: ${[`${sheets(count)} ${copies === 1 ? 'a copy' : `for ${copies} copies`}`, ...finish].join(', ')}.”`,
    byHand: 'For a copy shop, make the file anew without “duplex: manual”: their printers print both sides.',
    inks: { black: 'in black', one: 'in colour', many: 'in colour' },
    inksOn: (_, which, of) => `sheet${of === 1 ? '' : 's'} ${which} in colour, the rest in black`,
    ordered: 'kept in the order of the file',
    divided: (gatherings) => `divided in their order into ${inGatherings(gatherings)}`,
    folded: (fold, each) => `${each ? 'each ' : ''}${folded(fold)}`,
    nested: 'put into one another, the first outermost',
    gathered: 'gathered in order, the first on top',
    parts: (count) => `cut into ${count} equal parts`,
    piled: 'the parts laid on one another in order',
    stapled: 'stapled twice through the fold',
    sewn: (gatherings) => (gatherings === 1 ? 'sewn through the fold' : 'sewn through the folds'),
    glued: (spine) => `glued at the ${spine} edge (perfect binding)`,
    opened: 'the closed edges slit or trimmed open',
    trimmed: (strips) => `trimmed to ${strips.size}: ${cuts(strips)}`,
    flat: 'left flat, neither cut nor folded',
  },
};
