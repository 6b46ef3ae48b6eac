// Make-up: the galley cut into pages where the plan says. The function is sent to the browser whole (see compositor.ts)
// and finds the slugs in `window` (see slugs.ts).
import type { Page } from './pages.ts';

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
  /** Folios of pages whose text runs into the notes, over the foot or off the side. */
  readonly overfull: readonly number[];
}

/** Cuts the galley where the plan says, moves the notes, sets heads and folios. The document then is the pages. */
export function makeUp(plan: MakeUp): MadeUp {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
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
        if (one.matches(SLUG)) break;
      }
      const notes = takeNotes(sheet.flow, sheet.page.notesFrom, sheet.page.notesTo);
      // No head over the opening of a part, with a title or without.
      const first = wrapper.querySelector(SLUG);
      const opens = first?.closest('.opening, .untitled:not(.cont)') != null;
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
    const last = [...(one.querySelector('.text')?.querySelectorAll(SLUG) ?? [])].at(-1);
    const low = last && last.getBoundingClientRect().bottom > foot + 0.5;
    // And what is wider than the page would be cut off by the knife.
    const page = one.querySelector('.page.of-text');
    const wide = page && page.scrollWidth > page.clientWidth + 1;
    return low || wide ? [index + 1] : [];
  });
  return { folios, lost: before - after, overfull };
}
