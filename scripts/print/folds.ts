// Folding schemes: which page stands where on which side of which sheet. Takes a format and a count of pages, has the hands
// fold numbered cells, and gives the folios back to the cells in the order in which they are read then.
import { VFileMessage } from 'vfile-message';
import { type Format, oneSheet8Fold, saddleStitch, type Track } from './formats.ts';
import { type Face, perform } from './handwork.ts';
import { type Crease, keyOf, type Lines, type Segment, type Step } from './paper.ts';
import { foldFor, PLAIN_LEAF } from './thickness.ts';
import { linesOf } from './tracks.ts';

/** A page's number, from 1, or an empty page. */
export type Folio = number | 'blank';

/** What becomes of a page's edge: an inner fold is where it is joined to the page beside it; at an outer one it ends. */
export type Edge = 'inner-fold' | 'outer-fold' | 'cut' | 'sheet';

/** The four edges as the reader sees them, the page upright. */
export interface Edges {
  readonly left: Edge;
  readonly right: Edge;
  readonly head: Edge;
  readonly foot: Edge;
}

/** A page on a sheet. */
export interface Placement {
  readonly folio: Folio;
  /** Stands on its head (turned by 180°). */
  readonly turned: boolean;
  /** Where the reader, holding the page upright, has the spine. */
  readonly spine: 'left' | 'right';
  readonly edges: Edges;
  /** How many leaves of the same gathering lie around its own: creep. */
  readonly depth: number;
  /** The part of the page that this is, where a page is larger than a sheet. */
  readonly tile?: { readonly row: number; readonly column: number };
}

/** One side of a sheet: rows from the top, each from left to right, as seen when looking at that side. */
export type Forme = readonly (readonly Placement[])[];

/** A sheet of paper; to see the inner forme, the sheet is turned like the page of a book, about its vertical axis. */
export interface Sheet {
  readonly outer: Forme;
  readonly inner: Forme | 'blank';
  /** The gathering that it belongs to, from 0. */
  readonly gathering: number;
}

/** Where a closed book, its front up, has its spine: at the right where it is read from right to left. */
export type Spine = 'left' | 'right';

export interface Scheme {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly across: readonly Track[];
  readonly down: readonly Track[];
  readonly lies: Format['lies'];
  /** Pages of the finished thing, empty ones counted. */
  readonly pages: number;
  /** How many of the finished things there are on the sheets. */
  readonly copies: number;
  /** In the order in which they are printed, the outermost first. */
  readonly sheets: readonly Sheet[];
  readonly steps: readonly Step[];
  readonly reads: Format['reads'];
  readonly hold: Format['hold'];
  readonly spine: Spine;
  /** On the sheet's outer side, and the same on every sheet. */
  readonly creases: readonly Crease[];
  readonly cuts: readonly Segment[];
  /** Those of the cuts that do not go through. */
  readonly slits: readonly Segment[];
}

/** A unit sheet: only the order of the lines counts, and which panels are narrower. */
const NOMINAL = { width: 8000, height: 8000 };

/** Throws a VFileMessage `page-count` where there are no pages, or more than the format holds. */
export function schemeFor(given: Format, pages: number, spine: Spine = 'left'): Scheme {
  if (!Number.isInteger(pages) || pages < 1) throw countMessage('Expected at least one page, found none', 'Add pages');
  const format = spine === 'left' ? given : inTheMirror(given);
  if (format.reads === 'tiles') return tiled(format, pages, spine);
  const lines = linesOf(format, NOMINAL);
  const work = { steps: format.steps, lines, sides: format.sides, reads: format.reads, spine };
  const single = perform({ ...work, gatherings: [1] });
  const held = single.readings[0]!.length;
  const gatherings = gatheringsFor(format, Math.ceil(pages / held));
  if (!gatherings) throw tooMany(format, pages, held);
  const done = pages > held ? perform({ ...work, gatherings }) : single;
  const places = done.readings[0]!.length;
  const cuts = new Set(done.cuts.map(keyOf));
  const formes = new Map<string, Placement>();
  for (const reading of done.readings)
    reading.forEach((face, index) => {
      const folio = folioAt(index + 1, places, pages, format.back);
      formes.set(
        placeOf(face, format),
        placementOf(face, folio, format, { lines, cuts, creases: done.creases, spine }),
      );
    });
  const sheets = gatherings.flatMap((count, gathering) => Array.from({ length: count }, () => gathering));
  const forme = (sheet: number, side: 'outer' | 'inner'): Forme =>
    format.down.map((_, row) =>
      format.across.map((__, column) => formes.get(`${sheet} ${side} ${row} ${column}`) as Placement),
    );
  const inner = sheets.map((_, sheet) => (format.sides === 1 ? 'blank' : forme(sheet, 'inner')));
  // Where no back has a page, nothing is printed on any.
  const unfolded = format.steps.findIndex((step) => step.do === 'unfold');
  const oneSided = inner.every((one) => one === 'blank' || one.flat().every(({ folio }) => folio === 'blank'));
  return {
    ...{ name: format.name, columns: format.across.length, rows: format.down.length },
    ...{ across: format.across, down: format.down, lies: format.lies, reads: format.reads, hold: format.hold, spine },
    ...{ pages: places, copies: done.readings.length, creases: done.creases },
    // What is unfolded is turned for the pages on the backs.
    steps: oneSided ? format.steps.slice(0, unfolded < 0 ? undefined : unfolded) : format.steps,
    ...{ cuts: done.cuts, slits: done.slits },
    sheets: sheets.map(
      (gathering, sheet): Sheet => ({
        ...{ gathering, outer: forme(sheet, 'outer') },
        inner: oneSided ? 'blank' : inner[sheet]!,
      }),
    ),
  };
}

/** Whether the format has room for so many pages. */
export function holds(format: Format, pages: number): boolean {
  if (format.reads === 'tiles') return pages === 1;
  const lines = linesOf(format, NOMINAL);
  const { readings } = perform({ ...format, lines, gatherings: [1], spine: 'left', reads: format.reads });
  return gatheringsFor(format, Math.ceil(pages / readings[0]!.length)) !== undefined;
}

/** A booklet, stapled through the fold. */
export const saddle = (pages: number, spine: Spine = 'left'): Scheme => schemeFor(saddleStitch, pages, spine);

/** A zine of eight panels on one side of one sheet. */
export const oneSheet8 = (spine: Spine = 'left'): Scheme => schemeFor(oneSheet8Fold, 8, spine);

/** As few gatherings as can be, the sheets shared out evenly, larger ones first; undefined where there are too many. */
function gatheringsFor({ sheets: most, gatherings }: Format, sheets: number): number[] | undefined {
  const count = Math.ceil(sheets / most) || 1;
  if (count > gatherings) return undefined;
  return Array.from({ length: count }, (_, index) => Math.floor(sheets / count) + (index < sheets % count ? 1 : 0));
}

function folioAt(place: number, places: number, pages: number, back: boolean): Folio {
  if (back && pages > 1) return place === places ? pages : place < pages ? place : 'blank';
  return place <= pages ? place : 'blank';
}

/** Seen from the side that it is on: the inner forme's columns count from the other edge. */
function placeOf({ piece: { sheet, row, column }, side }: Face, { across }: Format): string {
  return `${sheet} ${side} ${row} ${side === 'outer' ? column : across.length - 1 - column}`;
}

interface Around {
  readonly lines: Lines;
  readonly cuts: ReadonlySet<string>;
  readonly creases: readonly Crease[];
  readonly spine: Spine;
}

function placementOf(face: Face, folio: Folio, format: Format, around: Around): Placement {
  const { piece, up, depth } = face;
  // In the finished pile the head of what looks up is at the top; the back of a leaf is read after turning it.
  const spine = up === (around.spine === 'left') ? 'left' : 'right';
  const bound = format.reads === 'leaves' && format.steps.some((step) => step.do === 'fold' || step.do === 'push');
  const edge = (segment: Segment, atSpine: boolean): Edge => {
    const last = segment.along === 'columns' ? format.across.length : format.down.length;
    if (segment.line === 0 || segment.line === last) return 'sheet';
    if (around.cuts.has(keyOf(segment))) return 'cut';
    if (format.reads === 'leaves') return atSpine ? 'inner-fold' : 'outer-fold';
    const crease = around.creases.find((one) => keyOf(one) === keyOf(segment));
    return (crease?.fold === 'valley') === (face.side === 'outer') ? 'inner-fold' : 'outer-fold';
  };
  const { row, column, toppled: turned } = piece;
  // From the cell as it stands on the outer side to the page upright before the reader.
  const swapped = (face.side === 'inner') !== turned;
  const side = (which: 'left' | 'right'): Edge => {
    const far = (which === 'right') !== swapped;
    return edge({ along: 'columns', line: column + (far ? 1 : 0), at: row }, which === spine);
  };
  const end = (which: 'head' | 'foot'): Edge =>
    edge({ along: 'rows', line: row + ((which === 'foot') !== turned ? 1 : 0), at: column }, false);
  return {
    ...{ folio, turned, spine, depth: bound && format.hold === 'spine' ? depth : 0 },
    edges: { left: side('left'), right: side('right'), head: end('head'), foot: end('foot') },
  };
}

/** One page over several sheets: the first sheet has its top left part. */
function tiled(format: Format, pages: number, spine: Spine): Scheme {
  if (pages > 1) throw tooMany(format, pages, 1);
  const join = format.steps.find((step) => step.do === 'join')!;
  const edges: Edges = { left: 'sheet', right: 'sheet', head: 'sheet', foot: 'sheet' };
  const sheets = Array.from({ length: join.rows * join.columns }, (_, index): Sheet => {
    const tile = { row: Math.floor(index / join.columns), column: index % join.columns };
    return { gathering: 0, inner: 'blank', outer: [[{ folio: 1, turned: false, spine, edges, depth: 0, tile }]] };
  });
  return {
    ...{ name: format.name, columns: 1, rows: 1, across: format.across, down: format.down, lies: format.lies, spine },
    ...{ pages: 1, copies: 1, sheets, steps: format.steps, reads: format.reads, hold: format.hold },
    ...{ creases: [], cuts: [], slits: [] },
  };
}

/** Left and right exchanged in everything. */
function inTheMirror(format: Format): Format {
  const copies = format.steps.find((step) => step.do === 'part' && step.copies);
  const columns = format.across.length / (copies?.do === 'part' ? copies.columns : 1);
  const OTHER = { left: 'right', right: 'left' } as const;
  const mirrored = (step: Step): Step => {
    if (step.do === 'fold' && step.over === 'left-to-right') return { ...step, over: 'right-to-left', ...lineOf(step) };
    if (step.do === 'fold' && step.over === 'right-to-left') return { ...step, over: 'left-to-right', ...lineOf(step) };
    if (step.do === 'fan' || (step.do === 'part' && !step.copies)) return { ...step, from: OTHER[step.from] };
    if (step.do === 'slit') return { ...step, from: columns - step.to, to: columns - step.from };
    if (step.do === 'push') {
      const front = { row: step.front.row, column: columns - 1 - step.front.column };
      return { ...step, front, spine: OTHER[step.spine] };
    }
    return step;
  };
  // Counted from the other end: -1 is the last line.
  const lineOf = ({ line }: { readonly line?: number }) => (line === undefined ? {} : { line: -line });
  return { ...format, across: [...format.across].reverse(), steps: format.steps.map(mirrored) };
}

function countMessage(reason: string, note: string): VFileMessage {
  const message = new VFileMessage(reason, { ruleId: 'page-count', source: 'print' });
  message.note = note;
  return message;
}

export function tooMany({ name }: { readonly name: string }, pages: number, held: number): VFileMessage {
  const reason = `Expected at most ${held} page${held === 1 ? '' : 's'} for the fold \`${name}\`, found ${pages}`;
  return countMessage(
    reason,
    `Take pages out, or choose the fold \`${foldFor(pages, PLAIN_LEAF)}\`, which holds them.`,
  );
}
