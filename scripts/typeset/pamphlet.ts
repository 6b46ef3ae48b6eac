// The pamphlet's pages, from edition to PDF: galley, measure, lines, pages, make-up.
import type { PamphletSettings } from '../book/config.ts';
import type { Edition } from '../edition/edition.ts';
import type { Hyphenate } from '../edition/hyphenation.ts';
import { measureParagraphs } from './compositor.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import { type Galley, galley } from './galley.ts';
import { gather, type Matter } from './gathering.ts';
import { type Geometry, geometryOf, properties } from './geometry.ts';
import { justify } from './justification.ts';
import { breakLines } from './lines.ts';
import { type MadeUp, makeUp, type Sheet } from './makeup.ts';
import { breakPages, type Chapter, type Page, type PageRoom } from './pages.ts';
import { fitToGrid, fitToPage, measureSlugs } from './slugs.ts';
import { setLines } from './stick.ts';
import type { Stone } from './stone.ts';

/** What the typesetter is given besides the text. */
export interface Forms {
  /** The templates' style sheets and the `@font-face` rules, in the order of the cascade. */
  readonly css: string;
  /** The matter's markup, filled in. */
  readonly matter: Readonly<Record<Matter, string>>;
  readonly picture: (id: string) => string;
  readonly hyphenate: Hyphenate;
}

export interface Pamphlet {
  /** As Chromium writes it: oversize pages (see geometry.ts). */
  readonly pdf: Uint8Array;
  readonly geometry: Geometry;
  readonly pages: number;
  /** Folio of the page that each id stands on. */
  readonly folios: Readonly<Record<string, number>>;
  /** Folios of pages on which something taller than a page stands. */
  readonly overfull: readonly number[];
}

/** Letters were lost between galley and pages. Never the author's fault. */
export class LettersLost extends Error {
  override name = 'LettersLost';
}

const TRACKING = 0.006;
/** From this many words on a pamphlet has a half-title, a contents and chapters on pages of their own. */
const FULL_FROM = 5000;

/** `auto` settled. */
export function frontMatterOf(edition: Edition): 'full' | 'brief' {
  const asked = edition.config.pamphlet.frontMatter;
  return asked === 'auto' ? (edition.words >= FULL_FROM ? 'full' : 'brief') : asked;
}

export async function setPamphlet(edition: Edition, forms: Forms, stone: Stone): Promise<Pamphlet> {
  const settings = edition.config.pamphlet;
  const front = frontMatterOf(edition);
  const geometry = geometryOf(settings);
  const set = galley(edition, {
    notes: settings.notes,
    chapters: chaptersOf(settings, front),
    contents: front === 'full',
    hyphenate: forms.hyphenate,
    picture: forms.picture,
  });
  await stone.lay(`${edition.config.slug}.html`, galleyDocument(edition, set, geometry, forms));

  const paragraphs = await stone.work(measureParagraphs, TRACKING);
  const lines = paragraphs.map((paragraph) => justify(paragraph, breakLines(paragraph), TRACKING));
  await stone.work(fitToPage, geometry.lines * geometry.leading);
  await stone.work(setLines, lines);
  await stone.work(fitToGrid, geometry.leading);

  const chapters = await stone.work(measureSlugs, null);
  const room = { depth: geometry.lines * geometry.leading, leading: geometry.leading, separator: geometry.separator };
  const pages = chapters.map((chapter) => breakChapter(chapter, room));
  const leaves = gather(
    set.flows.map(({ opens }, flow) => ({ pages: pages[flow]!.length, opens })),
    front,
  );
  const sheets = leaves.map((leaf): Sheet => {
    if (leaf.kind === 'matter') return { kind: 'matter', html: forms.matter[leaf.matter] };
    return leaf.kind === 'blank' ? leaf : { kind: 'text', flow: leaf.flow, page: pages[leaf.flow]![leaf.page]! };
  });
  const made = await stone.work(makeUp, {
    sheets,
    title: edition.title,
    offset: geometry.offset,
    width: geometry.sheet.width,
    height: geometry.sheet.height,
  });
  return { ...(await finish(made, stone)), geometry, pages: sheets.length };
}

async function finish(made: MadeUp, stone: Stone): Promise<Pick<Pamphlet, 'pdf' | 'folios' | 'overfull'>> {
  if (made.lost !== 0) throw new LettersLost(`${made.lost} letters of the galley are not on the pages`);
  // The covers came after the galley, so their display lines are set now.
  await stone.work(setDisplay, (await stone.work(measureDisplay, null)).map(fitDisplay));
  return { pdf: await stone.pull(), folios: made.folios, overfull: made.overfull };
}

/** `auto` settled: a short pamphlet has no pages to give away. */
function chaptersOf({ chapters }: PamphletSettings, front: 'full' | 'brief'): 'recto' | 'page' | 'run-on' {
  if (chapters !== 'auto') return chapters;
  return front === 'brief' ? 'run-on' : 'page';
}

/** A chapter is broken in pieces where the author wants a new page. */
function breakChapter(chapter: Chapter & { readonly breaks: readonly number[] }, room: PageRoom): Page[] {
  const ends = [...new Set([...chapter.breaks, chapter.slugs.length])].filter((end) => end > 0);
  const pages: Page[] = [];
  let from = 0;
  let note = 0;
  let line = 0;
  for (const end of ends) {
    const slugs = chapter.slugs.slice(from, end);
    const calls = slugs.reduce((sum, slug) => sum + slug.calls, 0);
    const notes = chapter.notes.slice(note, note + calls);
    for (const page of breakPages({ slugs, notes }, room))
      pages.push({
        from: page.from + from,
        to: page.to + from,
        notesFrom: page.notesFrom + line,
        notesTo: page.notesTo + line,
      });
    from = end;
    note += calls;
    line += notes.flat().length;
  }
  return pages;
}

/** The document that is laid on the stone. It has no script, and asks for nothing but our fonts and pictures. */
function galleyDocument(edition: Edition, set: Galley, geometry: Geometry, forms: Forms): string {
  const { width, height } = geometry.sheet;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src file: data:";
  return `<!doctype html>
<html lang="${edition.book.language}" dir="${edition.direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${edition.title.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))}</title>
<style>@page{size:${width}px ${height}px;margin:0}
${properties(geometry, edition.book.spot)}
${forms.css}</style>
<style id="endless">#galley p,#notes p{white-space:nowrap!important}#galley p br,#notes p br{display:none}</style></head>
<body><div id="galley">${set.flows.map(({ html }) => html).join('\n')}</div>
<div id="notes">${set.notes}</div></body></html>`;
}
