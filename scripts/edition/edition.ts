// An edition: one version of the book with everything settled that does not depend on paper or screen.
// Takes a manuscript and the book's description; gives the parts, notes and contents that ebook and print both set.
import type { ElementContent } from 'hast';
import type { BookConfig, EditionConfig } from '../book/config.ts';

/** A chapter or what stands in its place. Its heading is `title`; `content` holds what follows, sub-headings from h2 on. */
export interface Part {
  /** Unique in the edition, ASCII, an XML name: `ch-3`. */
  readonly id: string;
  /** `opening`: what stands before the first heading and so has no title. */
  readonly kind: 'opening' | 'chapter' | 'frontmatter' | 'backmatter';
  readonly title?: Heading;
  readonly content: readonly ElementContent[];
}

export interface Heading {
  /** `3` where chapters are numbered, by us or by the author. */
  readonly number?: string;
  readonly text: string;
  readonly content: readonly ElementContent[];
}

export interface Note {
  /** `note-7`; its first call is `call-7`, a further one `call-7-2`. */
  readonly id: string;
  /** What the author called it (`7`), or its place in order for a label that is no number. */
  readonly label: string;
  /** The part of its first call. */
  readonly part: string;
  /** Ids of the calls, at least one. */
  readonly calls: readonly string[];
  readonly content: readonly ElementContent[];
}

export interface ContentsEntry {
  /** Id of the part or heading it leads to. */
  readonly id: string;
  readonly number?: string;
  readonly text: string;
  readonly content: readonly ElementContent[];
  readonly children: readonly ContentsEntry[];
}

export interface Picture {
  /** `picture-1`; `img` elements name it in `data-picture`. */
  readonly id: string;
  /** Relative to the book's folder, forward slashes. */
  readonly path: string;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml';
  readonly bytes: Uint8Array;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * The hast that `content` holds, so that every setter can count on it:
 * - a note's call: `a.note-call[id=call-7][href=#note-7]` with the label as its text, never inside `sup`; `.next` where it
 *   stands right after another, from which setters part it by a comma;
 * - `figure.figure > img[src][alt][data-picture] + figcaption`, `blockquote.epigraph > … + footer`, `blockquote`,
 *   `aside.pull-quote`, `div.verse > p.stanza > span.verse-line`, `hr.break` (thematic), `hr.page-break`,
 *   `table.table > thead > th[scope=col]` (an empty one is `td`; under an empty corner `tbody th[scope=row]`), `pre > code`, `ol[start]`, `ul`, `li`, `span[lang]`, `a[href]`.
 * - every h2…h6 has an id; a link within the book is `a.reference[href=#id]`;
 * - one without words of its own is `a.reference.page-reference[href=#id]`: it holds the title of what it leads to, for
 *   screens; on paper it reads "page 12". Either way its words are ours and are not counted;
 * - `span.verse-line[data-indent]`: by how many em the author has indented the line, up to 8.
 */
export interface Edition {
  readonly book: BookConfig;
  readonly config: EditionConfig;
  readonly title: string;
  readonly subtitle?: string;
  readonly direction: 'ltr' | 'rtl';
  readonly parts: readonly Part[];
  /** In the order of their first calls. */
  readonly notes: readonly Note[];
  readonly contents: readonly ContentsEntry[];
  readonly pictures: readonly Picture[];
  readonly words: number;
  /** At 240 words a minute, at least 1. */
  readonly readingMinutes: number;
}
