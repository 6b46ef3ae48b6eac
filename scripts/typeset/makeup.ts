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
  /** Pages of the pamphlet before these. */
  readonly before: number;
  readonly title: string;
  /** Of each sheet, as it is printed. */
  readonly folios: readonly string[];
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly leading: number;
}

export interface MadeUp {
  /** Number of the page that holds each id, the front being 1, whatever is printed on it. */
  readonly folios: Readonly<Record<string, number>>;
  /** Letters that the galley had and the pages have not: anything but 0 is our bug. */
  readonly lost: number;
  /** Numbers of pages whose text runs into the notes, over the foot or off the side. */
  readonly overfull: readonly number[];
  /** Ids whose pages must be known to fill these pages' references; those of other documents among them. */
  readonly wants: readonly string[];
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
  // Some paragraphs may have been set anew since they were measured.
  for (const flow of window.flows) flow.slugs = window.collectSlugs(flow.element);
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
          part.classList.add('goes-on');
          taken.push(part);
        }
      }
      start += note.lines.length;
    }
    return taken;
  };

  const folios: Record<string, number> = {};
  const pages: HTMLElement[] = [];
  let moved: HTMLElement | undefined;
  plan.sheets.forEach((sheet, index) => {
    const folio = plan.before + index + 1;
    const side = folio % 2 === 1 ? 'recto' : 'verso';
    const page = make(`page ${side} of-${sheet.kind}`);
    page.style.left = `${plan.offset}px`;
    page.style.top = `${plan.offset}px`;
    if (sheet.kind === 'matter') page.innerHTML = sheet.html;
    if (sheet.kind === 'text') {
      const flow = window.flows[sheet.flow]!;
      const wrapper = flow.element.cloneNode(false) as HTMLElement;
      // What moves to the next page's head must not be taken with this one.
      const next = plan.sheets[index + 1];
      const moves = next?.kind === 'text' && next.flow === sheet.flow ? next.page.figure : undefined;
      const waits = moves === undefined ? undefined : flow.slugs[moves];
      waits?.remove();
      waits?.classList.add('moved');
      wrapper.append(takeText(sheet.flow, sheet.page));
      if (moved) (wrapper.firstElementChild ?? wrapper).prepend(moved);
      moved = waits;
      page.style.setProperty('--deeper', `${sheet.page.d * plan.leading}px`);
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
      number.textContent = plan.folios[index]!;
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
  const after =
    counted(document.querySelectorAll('.page > .text, .page > .notes')) - counted(document.querySelectorAll('.again'));
  const overfull = pages.flatMap((one, index) => {
    const text = one.querySelector('.text')?.getBoundingClientRect();
    const notes = one.querySelector('.notes')?.getBoundingClientRect();
    const depth = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--depth'));
    const sheet = plan.sheets[index]!;
    const deeper = sheet.kind === 'text' ? sheet.page.d * plan.leading : 0;
    const foot = notes ? notes.top : (text?.top ?? 0) + depth + deeper;
    // The last slug, not the column: a margin below it may hang over the foot.
    const last = [...(one.querySelector('.text')?.querySelectorAll(SLUG) ?? [])].at(-1);
    const low = last && last.getBoundingClientRect().bottom > foot + 0.5;
    // And what is wider than the page would be cut off by the knife.
    const page = one.querySelector('.page.of-text');
    const wide = page && page.scrollWidth > page.clientWidth + 1;
    return low || wide ? [plan.before + index + 1] : [];
  });
  const wants = [...document.querySelectorAll<HTMLElement>('[data-page-of], .page [data-called-at]')].map(
    ({ dataset }) => dataset['pageOf'] ?? dataset['calledAt'] ?? '',
  );
  return { folios, lost: before - after, overfull, wants };
}

export interface Filling {
  /** Folio of every page of the pamphlet, as it is printed. */
  readonly names: readonly string[];
  /** Number of the page that holds each id. */
  readonly folios: Readonly<Record<string, number>>;
  /** With {pages}. */
  readonly notesToPage: string;
  readonly notesToPages: string;
}

/** Sent to the browser once every page is known: page numbers in contents and text, heads over notes, leaders. */
export function fillFolios({ names, folios, notesToPage, notesToPages }: Filling): void {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  for (const box of document.querySelectorAll<HTMLElement>('[data-page-of]'))
    box.textContent = names[(folios[box.dataset['pageOf'] ?? ''] ?? 0) - 1] ?? '';

  for (const page of document.querySelectorAll<HTMLElement>('.page.of-text:has(.back-notes)')) {
    const head = page.querySelector('.running-head');
    if (!head || !page.querySelector(`.text :is(${SLUG})`)?.closest('.back-notes')) continue;
    const calls = [...page.querySelectorAll<HTMLElement>('.back-notes .note')]
      .map((note) => folios[note.dataset['calledAt'] ?? ''])
      .filter((folio) => folio !== undefined);
    if (calls.length === 0) continue;
    const [from, to] = [Math.min(...calls), Math.max(...calls)];
    head.textContent =
      from === to
        ? notesToPage.replace('{pages}', names[from - 1]!)
        : notesToPages.replace('{pages}', `${names[from - 1]}–${names[to - 1]}`);
  }

  // Leaders are drawn, not written: nobody should have to hear a row of full stops.
  const range = document.createRange();
  const boxesOf = (node: Node): DOMRect[] => {
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  };
  const rightToLeft = getComputedStyle(document.documentElement).direction === 'rtl';
  const entries = [...document.querySelectorAll<HTMLElement>('.contents-line')].map((line) => {
    const number = line.querySelector<HTMLElement>('.page-of')!;
    const words = boxesOf(line.querySelector('.name')!);
    const low = Math.max(...words.map(({ bottom }) => bottom));
    const last = words.filter(({ bottom }) => bottom > low - 4);
    const column = number.getBoundingClientRect();
    return {
      number,
      size: Number.parseFloat(getComputedStyle(line).fontSize),
      own: Math.max(0, ...boxesOf(number).map(({ width }) => width)),
      room: rightToLeft
        ? Math.min(...last.map(({ left }) => left)) - column.left
        : column.right - Math.max(...last.map(({ right }) => right)),
    };
  });
  const widest = Math.max(0, ...entries.map(({ own }) => own));
  for (const { number, size, own, room } of entries) {
    // All dots of the contents stand on one grid, which ends where the widest number begins.
    const [pitch, dot, gap] = [size * 0.5, size * 0.075, size * 0.5];
    const dots = Math.floor((room - widest - 2 * gap) / pitch);
    if (!(dots > 1)) continue;
    const width = dots * pitch;
    const leader = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    leader.setAttribute('class', 'leader');
    leader.setAttribute('aria-hidden', 'true');
    leader.setAttribute('width', `${width}`);
    leader.setAttribute('height', `${dot}`);
    const row = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    const [start, end] = [pitch / 2, width];
    row.setAttribute('x1', `${rightToLeft ? start : width - start}`);
    row.setAttribute('x2', `${rightToLeft ? end : 0}`);
    for (const at of ['y1', 'y2']) row.setAttribute(at, `${dot / 2}`);
    row.setAttribute('stroke', '#000');
    row.setAttribute('stroke-width', `${dot}`);
    row.setAttribute('stroke-linecap', 'round');
    row.setAttribute('stroke-dasharray', `0 ${pitch}`);
    leader.append(row);
    leader.style.marginInlineStart = `${-width}px`;
    leader.style.marginInlineEnd = `${widest - own + gap}px`;
    number.prepend(leader);
  }
}
