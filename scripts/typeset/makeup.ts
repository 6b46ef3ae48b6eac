// Make-up: the galley read as slugs, and cut into pages. Done where the type lies (see compositor.ts): each exported
// function is sent to the browser whole; between the two, the slugs' places wait in `window`.
import type { Chapter, Page } from './pages.ts';

/** One page to be made, in reading order. */
export type Sheet =
  | { readonly kind: 'blank' }
  | { readonly kind: 'matter'; readonly html: string }
  | { readonly kind: 'text'; readonly flow: number; readonly page: Page };

export interface MakeUp {
  readonly sheets: readonly Sheet[];
  readonly title: string;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
}

export interface MadeUp {
  /** Folio of the page that holds each id. */
  readonly folios: Readonly<Record<string, number>>;
  /** Letters that the galley had and the pages have not: anything but 0 is our bug. */
  readonly lost: number;
  /** Folios of pages whose text runs into the notes or over the foot. */
  readonly overfull: readonly number[];
}

interface SetNote {
  readonly element: HTMLElement;
  readonly lines: readonly HTMLElement[];
}

declare global {
  interface Window {
    flows: { element: HTMLElement; slugs: HTMLElement[]; notes: SetNote[] }[];
  }
}

/** The flows' slugs and notes, in px, and before which slugs the author wants a new page. */
export function measureSlugs(): (Chapter & { readonly breaks: readonly number[] })[] {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  const collect = (element: Element, into: HTMLElement[]): void => {
    for (const child of element.children) {
      if (child.matches(SLUG) || child.matches('hr.page-break')) into.push(child as HTMLElement);
      else collect(child, into);
    }
  };
  const noteOf = new Map<string, SetNote>();
  for (const element of document.querySelectorAll<HTMLElement>('#notes > .note')) {
    const lines: HTMLElement[] = [];
    collect(element, lines);
    noteOf.set(element.id, { element, lines });
  }
  /** The notes that a piece calls for the first time, each followed by those that it calls itself. */
  const called = (piece: Element): SetNote[] =>
    [...piece.querySelectorAll('a.note-call')].flatMap((call) => {
      const id = (call.getAttribute('href') ?? '').slice(1);
      const note = noteOf.get(id);
      if (!note) return [];
      noteOf.delete(id);
      return [note, ...called(note.element)];
    });
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
  window.flows = [];
  return [...document.querySelectorAll<HTMLElement>('#galley > .flow')].map((element) => {
    const all: HTMLElement[] = [];
    collect(element, all);
    const breaks: number[] = [];
    const slugs: HTMLElement[] = [];
    for (const slug of all) {
      if (slug.matches('hr.page-break')) breaks.push(slugs.length);
      else slugs.push(slug);
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
      const heads = slug.matches('tbody tr') ? slug.closest('table')?.tHead : undefined;
      const first = slug.matches('tbody tr:first-child');
      const own = called(slug);
      notes.push(...own);
      return {
        height: box.height,
        space: before ? box.top - before.bottom : 0,
        head: heads && !first ? heads.getBoundingClientRect().height : 0,
        index: group.indexOf(slug),
        of: group.length,
        keep: slug.matches('h2, h3, h4, h5, h6, .opening, thead tr'),
        hyphen: slug.matches('.hyphen'),
        calls: own.length,
      };
    });
    window.flows.push({ element, slugs, notes });
    return { slugs: measured, notes: notes.map(heightsOf), breaks };
  });
}

/** Rounds what stands off the grid (figures, quotations, tables in one piece) up to whole lines. */
export function fitToGrid(leading: number): void {
  for (const whole of document.querySelectorAll<HTMLElement>('#galley .whole:not(tr):not(.contents-line)')) {
    const { height } = whole.getBoundingClientRect();
    const lack = Math.ceil(height / leading - 0.02) * leading - height;
    if (lack > 0.1) whole.style.paddingBottom = `${Number.parseFloat(getComputedStyle(whole).paddingBottom) + lack}px`;
  }
  // A table that is divided must keep its columns: their widths are fixed as they are now.
  for (const table of document.querySelectorAll<HTMLTableElement>('#galley table')) {
    const widths = [...(table.rows[0]?.cells ?? [])].map((cell) => cell.getBoundingClientRect().width);
    for (const row of table.rows)
      for (const [index, cell] of [...row.cells].entries()) {
        cell.style.boxSizing = 'border-box';
        cell.style.width = `${widths[index]}px`;
      }
    table.style.tableLayout = 'fixed';
  }
  for (const row of document.querySelectorAll<HTMLElement>('#galley tr')) {
    const { height } = row.getBoundingClientRect();
    const lack = Math.ceil(height / leading - 0.02) * leading - height;
    if (lack > 0.1) row.style.height = `${height + lack}px`;
  }
}

/** Cuts the galley where the plan says, moves the notes, sets heads and folios. The document then is the pages. */
export function makeUp(plan: MakeUp): MadeUp {
  const range = document.createRange();
  const letters = (element: Element): string => (element.textContent ?? '').replace(/[\s-]/g, '');
  const counted = (elements: Iterable<Element>): number =>
    [...elements].reduce((sum, one) => sum + letters(one).length, 0);
  const galley = document.getElementById('galley')!;
  const bodies = document.getElementById('notes')!;
  const before = counted([galley, bodies]);
  const make = (className: string, ...children: Node[]): HTMLElement => {
    const made = document.createElement('div');
    made.className = className;
    made.append(...children);
    return made;
  };
  /** The highest element that begins with this slug: a cut before it leaves no empty shells behind. */
  const climb = (slug: Element, root: Element): Element => {
    let top = slug;
    while (top.parentElement !== root && !top.previousElementSibling) top = top.parentElement!;
    return top;
  };
  /** Marks what goes on as going on: no second number, no second indent, no second id. */
  const goOn = (from: Element, root: Element): void => {
    for (let one = from.parentElement; one && one !== root; one = one.parentElement) {
      one.classList.add('cont');
      one.removeAttribute('id');
      if (one.matches('li') && one.firstElementChild && !one.firstElementChild.matches('.cont'))
        one.classList.add('cont');
    }
  };
  const takeText = (flow: number, page: { from: number; to: number }): DocumentFragment => {
    const { element, slugs } = window.flows[flow]!;
    range.setStart(element, 0);
    const next = slugs[page.to];
    if (!next) {
      range.setEnd(element, element.childNodes.length);
      return range.extractContents();
    }
    const stop = climb(next, element);
    range.setEndBefore(stop);
    const taken = range.extractContents();
    goOn(stop, element);
    if (next.matches('tbody tr') && next.previousElementSibling === null && !next.matches('.cont')) {
      const table = next.closest('table')!;
      if (!table.tHead) {
        const heads = [...taken.querySelectorAll('thead')].at(-1);
        if (heads) {
          const again = heads.cloneNode(true) as HTMLElement;
          again.classList.add('again');
          again.setAttribute('aria-hidden', 'true');
          for (const call of again.querySelectorAll('.note-call')) call.removeAttribute('id');
          table.prepend(again);
        }
      }
    }
    return taken;
  };
  const takeNotes = (flow: number, from: number, to: number): HTMLElement[] => {
    const taken: HTMLElement[] = [];
    let start = 0;
    for (const note of window.flows[flow]!.notes) {
      const [first, end] = [Math.max(from, start), Math.min(to, start + note.lines.length)];
      if (first < end) {
        if (end === start + note.lines.length) taken.push(note.element);
        else {
          const stop = climb(note.lines[end - start]!, note.element);
          range.setStart(note.element, 0);
          range.setEndBefore(stop);
          const part = note.element.cloneNode(false) as HTMLElement;
          part.append(range.extractContents());
          goOn(stop, note.element);
          note.element.removeAttribute('id');
          note.element.classList.add('cont');
          taken.push(part);
        }
      }
      start += note.lines.length;
    }
    return taken;
  };

  const folios: Record<string, number> = {};
  const pages: HTMLElement[] = [];
  plan.sheets.forEach((sheet, index) => {
    const folio = index + 1;
    const side = folio % 2 === 1 ? 'recto' : 'verso';
    const page = make(`page ${side} of-${sheet.kind}`);
    page.style.left = `${plan.offset}px`;
    page.style.top = `${plan.offset}px`;
    if (sheet.kind === 'matter') page.innerHTML = sheet.html;
    if (sheet.kind === 'text') {
      const flow = window.flows[sheet.flow]!;
      const wrapper = flow.element.cloneNode(false) as HTMLElement;
      wrapper.append(takeText(sheet.flow, sheet.page));
      const text = make('text', wrapper);
      for (
        let one = wrapper.firstElementChild as HTMLElement | null;
        one;
        one = one.firstElementChild as HTMLElement | null
      ) {
        one.style.marginTop = '0';
        if (one.matches('.ln, .whole, tr')) break;
      }
      const notes = takeNotes(sheet.flow, sheet.page.notesFrom, sheet.page.notesTo);
      const opens = wrapper.querySelector('.opening') === wrapper.querySelector('.ln, .whole, tr, .verse-line');
      const head = [...wrapper.querySelectorAll<HTMLElement>('[data-head]')].at(-1)?.dataset['head'] ?? '';
      const running = make('running-head');
      running.setAttribute('aria-hidden', 'true');
      running.textContent = side === 'verso' ? plan.title : head;
      const number = make('folio');
      number.setAttribute('aria-hidden', 'true');
      number.textContent = String(folio);
      page.append(...(opens ? [] : [running]), text, ...(notes.length > 0 ? [make('notes', ...notes)] : []), number);
    }
    for (const one of page.querySelectorAll('[id]')) folios[one.id] ??= folio;
    const whole = make('sheet', page);
    whole.style.width = `${plan.width}px`;
    whole.style.height = `${plan.height}px`;
    pages.push(whole);
  });
  galley.remove();
  bodies.remove();
  document.body.append(...pages);
  for (const box of document.querySelectorAll<HTMLElement>('[data-page-of]'))
    box.dataset['folio'] = String(folios[box.dataset['pageOf'] ?? ''] ?? '');
  const after =
    counted(document.querySelectorAll('.page > .text, .page > .notes')) - counted(document.querySelectorAll('.again'));
  const overfull = pages.flatMap((one, index) => {
    const text = one.querySelector('.text')?.getBoundingClientRect();
    const notes = one.querySelector('.notes')?.getBoundingClientRect();
    const depth = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--depth'));
    const foot = notes ? notes.top : (text?.top ?? 0) + depth;
    // The last slug, not the column: a margin below it may hang over the foot.
    const last = [...one.querySelectorAll('.text :is(.ln, .whole, tr, .verse-line, .code-line)')].at(-1);
    return last && last.getBoundingClientRect().bottom > foot + 0.5 ? [index + 1] : [];
  });
  return { folios, lost: before - after, overfull };
}
