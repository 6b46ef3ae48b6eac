// The hands: what a list of steps makes of printed sheets. Takes steps, the grid's lines and how many sheets each gathering has;
// gives the piles before and after each step, what is read of them in the end, and which creases and cuts the sheet has got.
import {
  type Crease,
  extentOf,
  flat,
  fold,
  foldsOf,
  keyOf,
  type Lines,
  outerUp,
  type Piece,
  type Pile,
  part,
  push,
  type Segment,
  type Step,
  turn,
} from './paper.ts';

/** One side of a cell, as the reader comes upon it. */
export interface Face {
  readonly piece: Piece;
  readonly side: 'outer' | 'inner';
  /** Looks up when it is read in the finished pile; false: it is the back of its leaf. */
  readonly up: boolean;
  /** Leaves of the same gathering around its own. */
  readonly depth: number;
}

/** A step, and the first pile that it is done with. */
export interface Stage {
  readonly step: Step;
  readonly before: Pile;
  readonly after: Pile;
  /** How many piles it is done with. */
  readonly times: number;
}

export interface Done {
  /** Of each finished thing its faces in reading order. */
  readonly readings: readonly (readonly Face[])[];
  readonly stages: readonly Stage[];
  readonly creases: readonly Crease[];
  readonly cuts: readonly Segment[];
  /** Those of the cuts that do not go through. */
  readonly slits: readonly Segment[];
}

export interface Work {
  readonly steps: readonly Step[];
  readonly lines: Lines;
  /** Sheets of each gathering. */
  readonly gatherings: readonly number[];
  readonly sides: 1 | 2;
  readonly reads: 'leaves' | 'unfolding' | 'flat';
  readonly spine: 'left' | 'right';
}

/** A pile, what it was before each time that it was folded, and what was read of it before it was unfolded. */
interface Unit {
  readonly pile: Pile;
  readonly past: readonly Pile[];
  readonly read: readonly Face[];
}

type Gatherings = readonly (readonly Unit[])[];

interface Bench {
  /** As many as finished things are on the sheets, once they are cut apart. */
  copies: readonly Gatherings[];
  readonly creases: Map<string, Crease>;
  readonly cuts: Map<string, Segment>;
  readonly slits: Map<string, Segment>;
}

/** Throws where paper cannot do what a step says. */
export function perform(work: Work): Done {
  const { lines } = work;
  let sheet = 0;
  const bench: Bench = {
    copies: [work.gatherings.map((count) => Array.from({ length: count }, () => fresh(flat(sheet++, lines))))],
    creases: new Map(),
    cuts: new Map(),
    slits: new Map(),
  };
  const stages: Stage[] = [];
  const depths = new Map<Piece, number>();
  for (const step of work.steps) {
    if (step.do === 'gather') measureDepths(bench, depths);
    const before = bench.copies[0]![0]![0]!.pile;
    const times = unitsOn(bench).length;
    if (step.do === 'unfold')
      bench.copies = eachUnit(bench, (unit) => unfolded(unit, readingOf(unit, work, depths), lines));
    else take(bench, step, lines);
    stages.push({ step, before, after: bench.copies[0]![0]![0]!.pile, times });
  }
  if (!work.steps.some((step) => step.do === 'gather')) measureDepths(bench, depths);
  const readings = unitsOn(bench).map((unit) => [...unit.read, ...readingOf(unit, work, depths)]);
  const [creases, cuts, slits] = [bench.creases.values(), bench.cuts.values(), bench.slits.values()];
  return { readings, stages, creases: [...creases], cuts: [...cuts], slits: [...slits] };
}

const fresh = (pile: Pile, read: readonly Face[] = []): Unit => ({ pile, past: [], read });

const unitsOn = ({ copies }: Bench): Unit[] => copies.flat(2);

const eachUnit = ({ copies }: Bench, change: (unit: Unit) => Unit): Gatherings[] =>
  copies.map((gatherings) => gatherings.map((units) => units.map(change)));

/** As flat as it was, read so far. */
function unfolded({ pile, read }: Unit, more: readonly Face[], lines: Lines): Unit {
  const own = new Set(pile.map(({ row, column }) => `${row} ${column}`));
  const open = flat(pile[0]!.sheet, lines).filter(({ row, column }) => own.has(`${row} ${column}`));
  return fresh(open, [...read, ...more]);
}

/** Several piles as one, the first on top, all where the first lies. */
function onOneAnother(units: readonly Unit[]): Unit {
  const corner = (pile: Pile) => [Math.min(...pile.map(({ left }) => left)), Math.min(...pile.map(({ top }) => top))];
  const [x = 0, y = 0] = corner(units[0]!.pile);
  const moved = units.map(({ pile }) => {
    const [left = 0, top = 0] = corner(pile);
    const [dx, dy] = [x - left, y - top];
    return dx === 0 && dy === 0 ? pile : pile.map((piece) => shifted(piece, dx, dy));
  });
  return fresh(moved.reverse().flat());
}

const shifted = (piece: Piece, dx: number, dy: number): Piece => ({
  ...piece,
  ...{ left: piece.left + dx, right: piece.right + dx, top: piece.top + dy, bottom: piece.bottom + dy },
});

function take(bench: Bench, step: Step, lines: Lines): void {
  const each = (change: (pile: Pile) => Pile): void => {
    bench.copies = eachUnit(bench, ({ pile, past, read }) => {
      return { pile: change(pile), past: step.do === 'turn' ? past : [...past, pile], read };
    });
  };
  const together = (change: (gatherings: Gatherings) => Gatherings): void => {
    bench.copies = bench.copies.map(change);
  };
  const noted = ({ pile, creases }: { pile: Pile; creases: readonly Crease[] }): Pile => {
    for (const crease of creases) {
      const key = keyOf(crease);
      const last = (crease.along === 'columns' ? lines.across : lines.down).length - 1;
      const inside = crease.line > 0 && crease.line < last && !bench.cuts.has(key);
      if (inside && !bench.creases.has(key)) bench.creases.set(key, crease);
    }
    return pile;
  };
  const cut = (segment: Segment): void => void bench.cuts.set(keyOf(segment), segment);
  switch (step.do) {
    case 'turn':
      each(turn);
      return;
    case 'stack':
    case 'pile':
      together((gatherings) => gatherings.map((units) => [onOneAnother(units)]));
      return;
    case 'gather':
      together((gatherings) => [[onOneAnother(gatherings.flat())]]);
      return;
    case 'nest':
      together((gatherings) => gatherings.map((units) => [fresh(nested(units.map(({ pile }) => pile)))]));
      return;
    case 'part':
      bench.copies = bench.copies.flatMap((gatherings) => apart(gatherings, step, cut));
      return;
    case 'slit':
      for (const { pile } of unitsOn(bench)) {
        const { row, column } = extentOf(pile);
        for (let at = column + step.from; at < column + step.to; at++) {
          const segment: Segment = { along: 'rows', line: row + step.row, at };
          cut(segment);
          bench.slits.set(keyOf(segment), segment);
        }
      }
      return;
    case 'push':
      each((pile) => noted(push(pile, step, lines, new Set(bench.cuts.keys()))));
      return;
    case 'fold':
    case 'gate':
    case 'fan':
      each((pile) => foldsOf(step, pile).reduce((now, one) => noted(fold(now, one)), pile));
      return;
    default: // crease, open, bind, join: what lies where stays as it is
  }
}

/** Each pile in the middle of the one before: first the lower halves from the outermost in, then the upper ones back out. */
function nested(piles: readonly Pile[]): Pile {
  const lower = piles.flatMap((pile) => pile.slice(0, pile.length / 2));
  const upper = [...piles].reverse().flatMap((pile) => pile.slice(pile.length / 2));
  return [...lower, ...upper];
}

/** Every pile cut into parts: all of them belong to the same thing, or each to a copy of its own. */
function apart(
  gatherings: Gatherings,
  step: Extract<Step, { do: 'part' }>,
  cut: (segment: Segment) => void,
): Gatherings[] {
  const parted = gatherings.map((units) =>
    units.map(({ pile }) => {
      const { parts, cuts } = part(pile, step);
      cuts.forEach(cut);
      return parts.map((one) => fresh(one));
    }),
  );
  if (!step.copies) return [parted.map((units) => units.flat())];
  return Array.from({ length: step.columns * step.rows }, (_, copy) =>
    parted.map((units) => units.map((parts) => parts[copy]!)),
  );
}

function measureDepths(bench: Bench, depths: Map<Piece, number>): void {
  for (const { pile } of unitsOn(bench))
    pile.forEach((piece, layer) => void depths.set(piece, Math.min(layer, pile.length - 1 - layer)));
}

type Seen = readonly [piece: Piece, up: boolean];

function readingOf(unit: Unit, work: Work, depths: ReadonlyMap<Piece, number>): Face[] {
  const how = { leaves: leafing, unfolding, flat: flatReading }[work.reads];
  const faces = how(unit, work).map(([piece, up]): Face => {
    return { piece, up, side: outerUp(piece) === up ? 'outer' : 'inner', depth: depths.get(piece) ?? 0 };
  });
  // What a push turned inwards stays shut in between the two panels of a leaf.
  if (work.steps.some((step) => step.do === 'push')) return faces.filter(({ side }) => side === faces[0]!.side);
  return work.sides === 2 ? faces : faces.filter(({ side }) => side === 'outer');
}

/** Leaves turned from the top: each its upper, then its lower side. */
function leafing({ pile }: Unit): Seen[] {
  const [first] = pile;
  for (const { left, right, top, bottom } of pile)
    if (Math.hypot(left - first!.left, right - first!.right, top - first!.top, bottom - first!.bottom) > 1e-3)
      throw new Error('the leaves do not lie on one another');
  return [...pile].reverse().flatMap((piece): Seen[] => [
    [piece, true],
    [piece, false],
  ]);
}

/** Row by row, from the side where reading begins. */
const inLines = (pieces: readonly Piece[], { spine }: Work): Piece[] =>
  [...pieces].sort((a, b) => a.top - b.top || (spine === 'left' ? a.left - b.left : b.left - a.left));

/** The whole sheet as it lies before it is folded, then its back. */
function flatReading({ pile, past: [open = pile] }: Unit, work: Work): Seen[] {
  const back = inLines(turn(open), work).map((piece): Seen => [sameIn(open, piece), false]);
  return [...inLines(open, work).map((piece): Seen => [piece, true]), ...back];
}

const sameIn = (pile: Pile, { sheet, row, column }: Piece): Piece =>
  pile.find((piece) => piece.sheet === sheet && piece.row === row && piece.column === column)!;

/** Panels in the order in which they come to light: shut, then each fold undone, and at last the back of the sheet. */
function unfolding({ pile, past }: Unit, work: Work): Seen[] {
  const open = past[0] ?? pile;
  const seen = new Map<string, Seen>();
  const note = (found: Piece, up: boolean): void => {
    const piece = sameIn(open, found);
    const key = `${piece.row} ${piece.column} ${up}`;
    if (!seen.has(key)) seen.set(key, [piece, up]);
  };
  for (const state of [pile, ...[...past].reverse()])
    for (const piece of inLines(uncovered(state), work)) note(piece, outerUp(piece) === outerUp(sameIn(open, piece)));
  for (const piece of inLines(turn(open), work)) note(piece, false);
  return [...seen.values()];
}

/** Pieces with nothing at all on them. */
function uncovered(pile: Pile): Piece[] {
  const over = (a: Piece, b: Piece): boolean =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1e-3 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1e-3;
  return pile.filter((piece, layer) => !pile.slice(layer + 1).some((other) => over(piece, other)));
}
