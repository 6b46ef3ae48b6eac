// The stone: the flat place where type is laid out and locked up. Here it is a browser's page, seen as a few verbs,
// so that the typesetter itself knows no browser (io/browser.ts has the real one).

export interface Stone {
  /** Lays the document out, fonts loaded. `name` is the file it is kept as, for those who want to look. */
  readonly lay: (name: string, html: string) => Promise<void>;
  /** Runs a self-contained function where the type lies; argument and result are JSON. */
  readonly work: <A, R>(task: (argument: A) => R, argument: A) => Promise<R>;
  /** The pages as they stand, in the sizes that the document's `@page` gives. */
  readonly pull: () => Promise<Uint8Array>;
  /** A picture of the first element that the selector finds, at so many device pixels a CSS pixel: PNG, or JPEG in a quality (of 100). */
  readonly proof: (selector: string, scale: number, quality?: number) => Promise<Uint8Array>;
  /** It may be given to somebody else: what lies on it is not needed any more. */
  readonly clear: () => Promise<void>;
}

/** Where stones come from, for work on several at a time. */
export interface Stones {
  readonly next: () => Promise<Stone>;
  /** So many can be worked on at once. */
  readonly hands: number;
}
