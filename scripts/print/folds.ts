// Folding schemes as data: which page stands where on which side of which sheet, and how the paper is turned, folded and
// slit. Takes a count of pages; gives numbers and words, no ink. A new fold is a new function here that gives a Scheme.

/** A page's number, from 1, or an empty page. */
export type Folio = number | 'blank';

/** A page on a sheet. */
export interface Placement {
  readonly folio: Folio;
  /** Stands on its head (turned by 180°). */
  readonly turned: boolean;
  /** Where the reader, holding the page upright, has the spine. */
  readonly spine: 'left' | 'right';
}

/** One side of a sheet: rows from the top, each from left to right, as seen when looking at that side. */
export type Forme = readonly (readonly Placement[])[];

/**
 * A sheet of paper, printed on one side or both. To see the inner forme, the sheet is turned like the page of a book,
 * about its vertical axis: on a sheet that lies, a printer's "flip on short edge".
 */
export interface Sheet {
  readonly outer: Forme;
  readonly inner: Forme | 'blank';
  /** How many sheets lie around this one when folded: 0 is the cover. */
  readonly depth: number;
}

/** What the hands do next with the pile; sides as seen from above, the first sheet's outer forme up to begin with. */
export type Step =
  | { readonly do: 'turn' }
  | { readonly do: 'fold'; readonly over: 'left-to-right' | 'right-to-left' | 'top-to-bottom' | 'bottom-to-top' }
  /** Folded and laid flat again: only the crease stays. */
  | { readonly do: 'crease'; readonly along: 'columns' | 'rows' }
  /** A cut under row `row` (from 1, from the top), from grid line `from` to `to` (0 is the left edge). */
  | { readonly do: 'slit'; readonly row: number; readonly from: number; readonly to: number }
  /** The two ends are pushed together until the slit opens and the panels fold up behind one another. */
  | { readonly do: 'push' }
  | { readonly do: 'staple' };

export interface Scheme {
  readonly name: 'saddle' | 'one-sheet-8';
  readonly columns: number;
  readonly rows: number;
  /** Pages of the folded thing, empty ones counted. */
  readonly pages: number;
  /** In the order in which they are printed, the outermost first. */
  readonly sheets: readonly Sheet[];
  readonly steps: readonly Step[];
  /** A page that is smaller than its cell stands against the fold (books) or in the middle (panels). */
  readonly hold: 'spine' | 'centre';
  /** What to do, in plain words, one step each. */
  readonly instructions: readonly string[];
}

const page = (folio: Folio, place: number, turned = false): Placement => ({
  folio,
  turned,
  spine: place % 2 === 1 ? 'left' : 'right',
});

/** Where a closed book, its front up, has its spine: at the right where it is read from right to left. */
export type Spine = 'left' | 'right';

/** A forme for the other spine: its mirror image, heads as they were. */
const mirrored = (forme: Forme): Forme =>
  forme.map((row) =>
    [...row].reverse().map((one): Placement => ({ ...one, spine: one.spine === 'left' ? 'right' : 'left' })),
  );

const mirroredSheet = (sheet: Sheet): Sheet => ({
  ...sheet,
  outer: mirrored(sheet.outer),
  inner: sheet.inner === 'blank' ? 'blank' : mirrored(sheet.inner),
});

/**
 * A booklet, stapled through the fold: sheet i (from 0) of N places carries N−2i and 2i+1 outside, 2i+2 and N−2i−1 inside.
 * A count that is no multiple of 4 is filled up with empty pages before the last one, so that the back cover stays outside.
 */
export function saddle(pages: number, spine: Spine = 'left'): Scheme {
  if (!Number.isInteger(pages) || pages < 1) throw new Error(`saddle: ${pages} pages`);
  const places = Math.ceil(pages / 4) * 4;
  const folioAt = (place: number): Folio => {
    if (place === places && pages > 1) return pages;
    return place < Math.max(pages, 2) ? place : 'blank';
  };
  const at = (place: number): Placement => page(folioAt(place), place);
  const sheets = Array.from(
    { length: places / 4 },
    (_, i): Sheet => ({
      depth: i,
      outer: [[at(places - 2 * i), at(2 * i + 1)]],
      inner: [[at(2 * i + 2), at(places - 2 * i - 1)]],
    }),
  );
  const count = sheets.length;
  const pile = count === 1 ? 'the sheet' : `the ${count} sheets, in the order they were printed,`;
  return {
    name: 'saddle',
    columns: 2,
    rows: 1,
    pages: places,
    sheets: spine === 'left' ? sheets : sheets.map(mirroredSheet),
    steps: [
      { do: 'turn' },
      { do: 'fold', over: spine === 'left' ? 'left-to-right' : 'right-to-left' },
      { do: 'staple' },
    ],
    hold: 'spine',
    instructions: [
      'Print on both sides, flipped on the short edge, at actual size (100 %, not “fit to page”).',
      `Lay ${pile} on the table with the front cover face down.`,
      `Fold the ${spine} half over onto the ${spine === 'left' ? 'right' : 'left'} and press the fold flat with a ruler or a spoon.`,
      count === 1
        ? 'That is all: one sheet needs no staple.'
        : 'Open it in the middle and staple twice through the fold, from the outside.',
    ],
  };
}

/** A zine of eight panels on one side of one sheet: slit in the middle, folded without glue or staple. */
export function oneSheet8(spine: Spine = 'left'): Scheme {
  const sheet: Sheet = {
    depth: 0,
    outer: [[7, 6, 5, 4].map((folio) => page(folio, folio, true)), [8, 1, 2, 3].map((folio) => page(folio, folio))],
    inner: 'blank',
  };
  return {
    name: 'one-sheet-8',
    columns: 4,
    rows: 2,
    pages: 8,
    sheets: [spine === 'left' ? sheet : mirroredSheet(sheet)],
    steps: [
      { do: 'crease', along: 'rows' },
      { do: 'crease', along: 'columns' },
      { do: 'slit', row: 1, from: 1, to: 3 },
      { do: 'push' },
    ],
    hold: 'centre',
    instructions: [
      'Print on one side, at actual size (100 %, not “fit to page”).',
      'Fold along every line and unfold again: eight panels.',
      'Cut along the dashed line in the middle, and no further.',
      'Fold lengthwise with the print outside, hold both ends and push them together until the slit opens to a cross.',
      'Fold the panels around so that the front lies on top, and press flat.',
    ],
  };
}
