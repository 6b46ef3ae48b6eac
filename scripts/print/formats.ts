// Every format that we can fold, as data: the cells of a sheet, how many sheets hang together, and what the hands do.
// All are written for a spine at the left; for one at the right they are done in the mirror.
import { MM } from '../book/measure.ts';
import type { Step } from './paper.ts';

/** A column or row of a sheet: its share of it, but so much narrower than that, in points. */
export interface Track {
  readonly share: number;
  readonly less: number;
}

export interface Format {
  readonly name: string;
  readonly across: readonly Track[];
  readonly down: readonly Track[];
  /** How a sheet must lie; `either`: as the pages fit better. */
  readonly lies: 'landscape' | 'portrait' | 'either';
  readonly sides: 1 | 2;
  /** At most so many sheets to a gathering, and so many gatherings. */
  readonly sheets: number;
  readonly gatherings: number;
  /**
   * `leaves`: like a book; `unfolding`: panels as they come to light when the folds are undone;
   * `flat`: the whole sheet, then its back; `tiles`: one page in parts.
   */
  readonly reads: 'leaves' | 'unfolding' | 'flat' | 'tiles';
  /** A page that is smaller than its cell stands against the spine (books) or in the middle (panels). */
  readonly hold: 'spine' | 'centre';
  /** Blanks stand before the last page, which is the back cover; false: after it. */
  readonly back: boolean;
  readonly steps: readonly Step[];
}

const equal = (count: number): Track[] => Array.from({ length: count }, () => ({ share: 1, less: 0 }));
const tracks = (...widths: readonly (readonly [share: number, less: number])[]): Track[] =>
  widths.map(([share, less]) => ({ share, less: less * MM }));

const ANY = Number.POSITIVE_INFINITY;
const TURN: Step = { do: 'turn' };
const STACK: Step = { do: 'stack' };
const leftOver: Step = { do: 'fold', over: 'left-to-right' };
const rightOver: Step = { do: 'fold', over: 'right-to-left' };
const topOver: Step = { do: 'fold', over: 'top-to-bottom' };
const bind = (thing: 'staple' | 'thread' | 'glue'): Step => ({ do: 'bind', with: thing });

const book = (name: string, columns: number, rows: number, more: Partial<Format>, ...steps: Step[]): Format => ({
  ...{ name, across: equal(columns), down: equal(rows), steps, sides: 2, sheets: 1, gatherings: 1, reads: 'leaves' },
  ...{ lies: columns === rows ? 'portrait' : 'landscape', hold: 'spine', back: true },
  ...more,
});

const leaflet = (name: string, across: readonly Track[], more: Partial<Format>, ...steps: Step[]): Format => ({
  ...book(name, 1, 1, { lies: 'landscape', hold: 'centre', back: false, reads: 'unfolding' }, ...steps),
  ...{ across, ...more },
});

/** Sheets folded once as one pile, stapled through the fold. */
export const saddleStitch = book('saddle', 2, 1, { sheets: ANY }, STACK, TURN, leftOver, bind('staple'));

/** Gatherings of at most so many sheets, sewn through their folds. */
export const signatures = (sheets = 4): Format =>
  book('signatures', 2, 1, { sheets, gatherings: ANY }, STACK, TURN, leftOver, { do: 'gather' }, bind('thread'));

/** Sheets cut in the middle; the parts laid on one another and glued at the spine. */
export const perfectBound = book(
  'perfect-bound',
  ...([2, 1, { sheets: ANY, back: false }] as const),
  ...[STACK, { do: 'part', columns: 2, rows: 1, from: 'left' } as const, { do: 'pile' } as const, bind('glue')],
);

/** A page a side, glued at the spine. */
export const singles = book('singles', 1, 1, { lies: 'either', sheets: ANY, back: false }, STACK, bind('glue'));

/** Eight pages a sheet, folded twice; the sheets gathered, sewn, the heads slit. */
export const quarto = book(
  ...(['quarto', 2, 2, { gatherings: ANY }] as const),
  ...[TURN, topOver, leftOver, { do: 'gather' } as const, bind('thread'), { do: 'open' } as const],
);

/** The same, but each sheet inside the one before, and stapled. */
export const quarterFold = book(
  ...(['quarter-fold', 2, 2, { sheets: ANY }] as const),
  ...[TURN, topOver, leftOver, { do: 'nest' } as const, bind('staple'), { do: 'open' } as const],
);

/** Sixteen pages a sheet, folded three times. */
export const octavo = book(
  ...(['octavo', 4, 2, { gatherings: ANY }] as const),
  ...[TURN, rightOver, topOver, leftOver, { do: 'gather' } as const, bind('thread'), { do: 'open' } as const],
);

const PUSH: readonly Step[] = [{ do: 'push', front: { row: 1, column: 1 }, spine: 'left' }];
const SLIT: readonly Step[] = [{ do: 'crease' }, { do: 'slit', row: 1, from: 1, to: 3 }];

/** A zine of eight panels on one side of one sheet: slit in the middle, folded without glue or staple. */
export const oneSheet8Fold = book('one-sheet-8', 4, 2, { sides: 1, hold: 'centre', back: false }, ...SLIT, ...PUSH);

/** The same printed on both sides: read, unfolded, turned, folded again inside out and read on (“turn-inside-out zine”). */
export const oneSheet16Fold = book(
  'one-sheet-16',
  ...([4, 2, { hold: 'centre', back: false }] as const),
  ...[...SLIT, ...PUSH, { do: 'unfold' } as const, TURN, ...PUSH],
);

/** Four pages on one side of a sheet folded twice, its white back inside. */
export const frenchFold = book('french-fold', 2, 2, { sides: 1, hold: 'centre' }, TURN, topOver, leftOver);

/** Three panels, the right one folded in first: it is narrower so that it lies flat. */
export const letterFold6 = leaflet(
  'letter-fold-6',
  tracks([1, 1.5], [1, 0], [1, 0]),
  {},
  ...[TURN, { do: 'fold', over: 'right-to-left', line: 2 } as const, leftOver],
);

/** Four panels rolled in from the right, each narrower than the one that it lies in. */
export const letterFold8 = leaflet(
  'letter-fold-8',
  tracks([1, 3], [1, 1.5], [1, 0], [1, 0]),
  {},
  TURN,
  ...([3, 2] as const).map((line): Step => ({ do: 'fold', over: 'right-to-left', line })),
  leftOver,
);

/** A panel with two wings of half its width that meet in the middle. */
export const gatefold6 = leaflet('gatefold-6', tracks([1, 1], [2, 0], [1, 1]), {}, TURN, { do: 'gate' });

/** The same with two panels in the middle, shut like a book. */
export const gatefold8 = leaflet(
  'gatefold-8',
  tracks([1, 1.5], [1, 0], [1, 0], [1, 1.5]),
  {},
  ...[TURN, { do: 'gate' } as const, leftOver],
);

/** So many panels, folded to and fro; read on one side, then on the other. */
export const accordion = (panels: number): Format =>
  leaflet('accordion', equal(panels), { reads: 'flat' }, { do: 'fan', from: 'left' });

/** Sheets of so many pages a side, cut as one pile; the parts laid on one another. */
export const cutAndStack = (columns: number, rows: number): Format =>
  book(
    ...(['cut-and-stack', columns, rows, { sheets: ANY, back: false, lies: 'either' }] as const),
    ...[STACK, { do: 'part', columns, rows, from: 'left' } as const, { do: 'pile' } as const, bind('glue')],
  );

const times = (given: readonly Track[], count: number): Track[] => Array.from({ length: count }, () => given).flat();

/** The same thing so many times on a sheet: cut apart first, then each made for itself. A poster fills its sheets alone. */
export const nUp = (format: Format, columns: number, rows: number): Format => {
  if (format.reads === 'tiles') return format;
  const stacked = format.steps[0]?.do === 'stack' ? [STACK] : [];
  const alone = format.steps.slice(stacked.length);
  return {
    ...{ ...format, name: `${format.name}-${columns * rows}-up`, lies: 'either' },
    ...{ across: times(format.across, columns), down: times(format.down, rows) },
    steps: [...stacked, { do: 'part', columns, rows, from: 'left', copies: true }, ...alone],
  };
};

/** A leaf of two pages, so many times on a sheet; called as it is asked for, whatever the count. */
export const leaflets = (columns: number, rows: number): Format => ({
  ...nUp(leaflet('leaflet', equal(1), { reads: 'flat' }), columns, rows),
  name: 'leaflets-4-up',
});

/** One page over several sheets, glued together; neighbours show the same over the `overlap`, in points. */
export const poster = (columns: number, rows: number, overlap = 10 * MM): Format => ({
  ...leaflet('poster', equal(1), { reads: 'tiles', lies: 'either', sides: 1, sheets: columns * rows }),
  steps: [{ do: 'join', columns, rows, overlap }],
});

/** What the hands can choose of a format: how many panels or parts, sheets to a gathering, strips to glue (in points). */
export interface Choice {
  readonly columns?: number;
  readonly rows?: number;
  readonly sheets?: number;
  readonly overlap?: number;
}

/** Every format by name; where one can have more panels, as many as the pages need. */
export const FORMATS: Readonly<Record<string, (pages: number, choice?: Choice) => Format>> = {
  saddle: () => saddleStitch,
  signatures: (_, { sheets } = {}) => signatures(sheets),
  'perfect-bound': () => perfectBound,
  singles: () => singles,
  quarto: () => quarto,
  'quarter-fold': () => quarterFold,
  octavo: () => octavo,
  'one-sheet-8': () => oneSheet8Fold,
  'one-sheet-16': () => oneSheet16Fold,
  'french-fold': () => frenchFold,
  'letter-fold-6': () => letterFold6,
  'letter-fold-8': () => letterFold8,
  'gatefold-6': () => gatefold6,
  'gatefold-8': () => gatefold8,
  accordion: (pages, { columns = Math.ceil(pages / 2) } = {}) => accordion(Math.max(2, columns)),
  'cut-and-stack': (_, { columns = 2, rows = 2 } = {}) => cutAndStack(columns, rows),
  'leaflets-4-up': (_, { columns = 2, rows = 2 } = {}) => leaflets(columns, rows),
  poster: (_, { columns = 2, rows = 2, overlap } = {}) => poster(columns, rows, overlap),
};
