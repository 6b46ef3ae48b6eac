// penalties: what pages cost, one table for the search and for whoever reckons with it. Costs have no unit: they are compared.

/** What pages cost; a dearer fault is made only where nothing else is possible. */
export const PENALTY = {
  /** For each line that a page is short of, squared; and for any page that is, so that holes do not spread. */
  short: 60,
  hole: 180,
  /** For each line by which the white on facing pages differs, squared, `UNEVEN_MOST` lines at the most. */
  uneven: 120,
  /** A page that is a line deeper or less deep than the others. */
  depth: 100,
  hyphen: { verso: 80, recto: 300 },
  /** A figure set at the head of the page after its own, and one that passes a heading by it. */
  moved: 300,
  past: 6_000,
  splitNote: 400,
  /** A chapter's last page with fewer than four lines. */
  shortEnd: 15_000,
  /** A page of notes alone. */
  notesOnly: 50_000,
  widow: 200_000,
  orphan: 200_000,
  keep: 2_000_000,
  /** A note that begins on a later page than its call. */
  late: 50_000_000,
  overfull: 5_000_000_000,
} as const;

export const UNEVEN_MOST = 4;

export const uneven = (lines: number): number => PENALTY.uneven * Math.min(Math.abs(lines), UNEVEN_MOST) ** 2;
export const shortness = (white: number): number => (white > 0 ? PENALTY.short * white ** 2 + PENALTY.hole : 0);
