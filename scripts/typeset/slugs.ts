// The slugs: the set galley read as the pieces that pages are made of. Each exported function is sent to the browser
// whole (see compositor.ts); what they found waits in `window` for the make-up.
import type { Chapter, Slug } from './pages.ts';

export interface SetNote {
  readonly element: HTMLElement;
  readonly lines: readonly HTMLElement[];
}

declare global {
  interface Window {
    flows: { element: HTMLElement; slugs: HTMLElement[]; notes: SetNote[] }[];
    collectSlugs: (element: Element) => HTMLElement[];
  }
}

export interface MeasuredSlug extends Slug {
  /** The first line of a paragraph that could be set otherwise: which, as the compositor counts them. */
  readonly paragraph?: number;
  /** For each note call in it, how many notes it brings with it: none where the note has been called before. */
  readonly brings: readonly number[];
}

export interface MeasuredChapter extends Chapter {
  readonly slugs: readonly MeasuredSlug[];
}

/** The flows' slugs and notes, in px, and before which slugs the author wants a new page. */
export function measureSlugs(): MeasuredChapter[] {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  const collect = (element: Element): HTMLElement[] =>
    [...element.children].flatMap((child) =>
      child.matches(SLUG) || child.matches('hr.page-break') ? [child as HTMLElement] : collect(child),
    );
  window.collectSlugs = collect;
  const noteOf = new Map<string, SetNote>();
  for (const element of document.querySelectorAll<HTMLElement>('#notes > .note')) {
    noteOf.set(element.id, { element, lines: collect(element) });
  }
  /** For each call in a piece the notes that it calls for the first time, each followed by those that it calls itself. */
  const called = (piece: Element): SetNote[][] =>
    [...piece.querySelectorAll('a.note-call')].map((call) => {
      const id = (call.getAttribute('href') ?? '').slice(1);
      const note = noteOf.get(id);
      if (!note) return [];
      noteOf.delete(id);
      return [note, ...called(note.element).flat()];
    });
  const paragraphs = new Map(window.kept.map(({ block }, index) => [block, index]));
  /** The margin that it shows: its own, or that of what it begins or ends with. */
  const margin = (element: Element | null | undefined, side: 'marginTop' | 'marginBottom'): number => {
    if (!element || element.matches('.ln')) return 0;
    const within = side === 'marginTop' ? element.firstElementChild : element.lastElementChild;
    return Math.max(Number.parseFloat(getComputedStyle(element)[side]) || 0, margin(within, side));
  };
  /** A figure of the chapter itself may move; then its neighbours stand as far apart as they would without it. */
  const floatOf = (slug: Element): Pick<MeasuredSlug, 'float'> => {
    const next = slug.nextElementSibling;
    if (!slug.matches('figure.whole') || !slug.parentElement?.matches('.chapter') || !next) return {};
    const gap = Math.max(margin(slug.previousElementSibling, 'marginBottom'), margin(next, 'marginTop'));
    return { float: { gap, below: Math.max(margin(slug, 'marginBottom'), margin(next, 'marginTop')) } };
  };
  /** In the contents no chapter is left by its first two sections, and no section stands alone overleaf. */
  const companion = (all: readonly Element[], at: number): boolean => {
    const deep = (index: number): boolean => all[index]?.matches('.contents-line.deep') === true;
    return deep(at + 1) && (!deep(at) || !deep(at - 1) || !deep(at + 2));
  };
  const heightsOf = (note: SetNote): number[] => {
    let above = note.element.getBoundingClientRect().top;
    return note.lines.map((line, index) => {
      const bottom =
        index === note.lines.length - 1
          ? note.element.getBoundingClientRect().bottom
          : line.getBoundingClientRect().bottom;
      const height = bottom - above;
      above = bottom;
      return height;
    });
  };
  /** What a flow's first slug has above it that belongs to its page: the sink of a part without a title. */
  const sinkOf = (slug: Element, flow: Element): number => {
    let sink = 0;
    for (let one = slug.parentElement; one && one !== flow; one = one.parentElement)
      sink += Number.parseFloat(getComputedStyle(one).paddingTop);
    return sink;
  };
  window.flows = [];
  return [...document.querySelectorAll<HTMLElement>('#galley > .flow')].map((element) => {
    const breaks: number[] = [];
    const slugs: HTMLElement[] = [];
    for (const slug of collect(element)) {
      if (slug.matches('hr.page-break')) {
        breaks.push(slugs.length);
        // It has done its work; left where it is, it would keep what follows from being the first on its page.
        slug.remove();
      } else slugs.push(slug);
    }
    const groups = new Map<Element, HTMLElement[]>();
    for (const slug of slugs) {
      const group = slug.matches('.ln, .verse-line, .code-line') ? slug.parentElement! : slug;
      groups.set(group, [...(groups.get(group) ?? []), slug]);
    }
    const notes: SetNote[] = [];
    const measured = slugs.map((slug, at) => {
      const box = slug.getBoundingClientRect();
      const before = slugs[at - 1]?.getBoundingClientRect();
      const group = groups.get(slug.matches('.ln, .verse-line, .code-line') ? slug.parentElement! : slug)!;
      const heads = slug.matches('tbody tr') ? slug.closest('table')?.querySelector('thead:not(.once)') : undefined;
      const first = slug.matches('tbody tr:first-child');
      const own = called(slug);
      notes.push(...own.flat());
      const paragraph = paragraphs.get(slug.parentElement!);
      const brings = own.map(({ length }) => length);
      return {
        ...(paragraph !== undefined &&
        group[0] === slug &&
        !slug.closest('.note') &&
        !slug.parentElement!.querySelector('img')
          ? { paragraph }
          : {}),
        ...(own.length === 0 && at > 0 ? floatOf(slug) : {}),
        brings,
        height: box.height + (before ? 0 : sinkOf(slug, element)),
        space: before ? box.top - before.bottom : 0,
        head: heads && !first ? heads.getBoundingClientRect().height : 0,
        index: group.indexOf(slug),
        of: group.length,
        // An epigraph belongs to the heading above it, and both to the text below.
        keep:
          slug.matches('h2, h3, h4, h5, h6, .opening, thead tr, figure > img, hr.break') ||
          companion(slugs, at) ||
          (slug.matches('.epigraph') && slugs[at - 1]?.matches('h2, h3, h4, h5, h6, .opening') === true),
        hyphen: slug.matches('.hyphen'),
        calls: brings.reduce((sum, many) => sum + many, 0),
      };
    });
    window.flows.push({ element, slugs, notes });
    return { slugs: measured, notes: notes.map(heightsOf), breaks };
  });
}

/**
 * Ends the endless lines, and sees to what is too large for a page: a table wider than its column gets smaller type, and
 * words divided anywhere where even that is not enough. Of what is taller than `depth` (px) a figure's picture shrinks; a
 * quotation, or a figure whose caption alone is too long, is no longer one piece.
 */
export function fitToPage(depth: number): void {
  document.getElementById('endless')?.remove();
  const tables = [...document.querySelectorAll<HTMLTableElement>('#galley table, #notes table')];
  /** Lets cells divide their words anywhere that have one of more letters than this. */
  const divideCells = (table: Element, most: number): void => {
    for (const cell of table.querySelectorAll('td, th'))
      if ((cell.textContent ?? '').split(/[\s\u00ad-]/).some((word) => word.length > most))
        cell.classList.add('anywhere');
  };
  for (const table of tables) {
    const isWide = (): boolean =>
      table.getBoundingClientRect().width > table.parentElement!.getBoundingClientRect().width + 0.5;
    // An address must not take the room of the other columns' words.
    divideCells(table, 20);
    if (isWide()) table.classList.add('small');
    if (isWide()) divideCells(table, 14);
    if (isWide()) divideCells(table, 0);
  }
  // A table that is divided must keep its columns: their widths are fixed as they are now.
  const columns = tables.map((table) => [...table.rows[0]!.cells].map((cell) => cell.getBoundingClientRect().width));
  for (const [index, table] of tables.entries()) {
    for (const row of table.rows)
      for (const [column, cell] of [...row.cells].entries()) {
        cell.style.boxSizing = 'border-box';
        cell.style.width = `${columns[index]![column]}px`;
      }
    table.style.tableLayout = 'fixed';
  }
  const LEAST_PICTURE = 0.3;
  const TALL_HEAD = 0.3;
  // A table's head that is itself half a page is not said again on every page.
  for (const { tHead } of tables)
    if (tHead && tHead.getBoundingClientRect().height > depth * TALL_HEAD) tHead.classList.add('once');
  const LONG_QUOTATION = 0.6;
  const wholes = [...document.querySelectorAll<HTMLElement>('#galley .whole, #notes .whole')];
  const heights = wholes.map((whole) => whole.getBoundingClientRect().height);
  for (const [index, whole] of wholes.entries()) {
    const height = heights[index]!;
    let divide = whole.matches('.epigraph, .pull-quote') && height > depth * LONG_QUOTATION;
    if (whole.matches('figure') && height > depth) {
      const picture = whole.querySelector('img')!;
      const own = picture.getBoundingClientRect().height;
      const left = Math.floor(depth - (height - own));
      divide = left < Math.min(own, depth * LEAST_PICTURE);
      if (divide) picture.classList.add('whole');
      else picture.style.maxHeight = `${left}px`;
    }
    if (!divide) continue;
    whole.classList.remove('whole');
    whole.classList.add('divided');
  }
}

/** Rounds what stands off the grid (figures, rows, lines with pictures in them) up to whole lines of so many px. */
export function fitToGrid(leading: number): void {
  for (const whole of document.querySelectorAll<HTMLElement>('#galley .whole:not(tr):not(.contents-line)')) {
    const { height } = whole.getBoundingClientRect();
    const lack = Math.ceil(height / leading - 0.02) * leading - height;
    if (lack <= 0.1) continue;
    const style = getComputedStyle(whole);
    // A pull quote stands in the middle, and so does a figure, seen from the letters: their lines have more white above them
    // than below. Anything else stands on what is above it.
    const lower = whole.matches('figure') ? leading * 0.15 : 0;
    const above = whole.matches('.pull-quote, figure') ? Math.min(lack, lack / 2 + lower) : 0;
    whole.style.paddingTop = `${Number.parseFloat(style.paddingTop) + above}px`;
    whole.style.paddingBottom = `${Number.parseFloat(style.paddingBottom) + lack - above}px`;
  }
  const illustrated = [...document.querySelectorAll('#galley img')].flatMap(
    (picture) => picture.closest<HTMLElement>('.ln, .verse-line') ?? [],
  );
  for (const line of new Set(illustrated)) {
    // The browser sets words on whole px, whatever stands beside them.
    for (const picture of line.querySelectorAll('img')) {
      const { height } = picture.getBoundingClientRect();
      picture.style.marginTop = `${Math.ceil(height - 0.01) - height}px`;
    }
    const { height } = line.getBoundingClientRect();
    const lines = Math.max(1, Math.ceil(height / leading - 0.15));
    // Above, so that its words stand on the grid with those of the next.
    if (lines * leading > height) line.style.paddingTop = `${lines * leading - height}px`;
    else {
      const pictures = [...line.querySelectorAll('img')];
      const tallest = Math.max(...pictures.map((picture) => picture.getBoundingClientRect().height));
      for (const picture of pictures) picture.style.maxHeight = `${tallest - (height - lines * leading)}px`;
    }
  }
  for (const row of document.querySelectorAll<HTMLElement>('#galley tr')) {
    const { height } = row.getBoundingClientRect();
    const lack = Math.ceil(height / leading - 0.02) * leading - height;
    // A head that is said again has no calls of notes any more, and may have a line less: its height stays.
    if (lack > 0.1 || row.closest('thead')) row.style.height = `${height + Math.max(0, lack)}px`;
  }
}
