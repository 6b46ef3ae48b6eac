// Make-up: the galley cut into pages where the plan says. The function is sent to the browser whole (see compositor.ts)
// and finds the slugs in `window` (see slugs.ts).
import type { Heads } from './heads.ts';
import type { Page } from './pages.ts';

/** One page to be made, in reading order. */
export type Sheet =
  | { readonly kind: 'blank' }
  | { readonly kind: 'matter'; readonly html: string }
  | { readonly kind: 'text'; readonly flow: number; readonly page: Page };

export interface MakeUp extends Heads {
  readonly sheets: readonly Sheet[];
  /** Pages of the pamphlet before these. */
  readonly before: number;
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

/** Cuts the galley where the plan says, moves the notes, sets folios and empty heads. The document then is the pages. */
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
  /** Marks what goes on as going on: no second number, no second indent, no second id; and in what is taken, that it does. */
  const goOn = (from: Element, root: Element, taken: ParentNode): void => {
    for (let one = from.parentElement; one && one !== root; one = one.parentElement) {
      one.classList.add('cont');
      one.removeAttribute('id');
      if (one.matches('table, .pull-quote'))
        [...taken.querySelectorAll(one.localName)].at(-1)?.classList.add('goes-on');
    }
  };
  // Some paragraphs may have been set anew since they were measured.
  for (const flow of window.flows) flow.slugs = window.collectSlugs(flow.element);
  const takeText = (flow: number, page: { from: number; to: number }): DocumentFragment => {
    const { element, slugs } = window.flows[flow]!;
    // A page of notes alone.
    if (page.from === page.to) return document.createDocumentFragment();
    range.setStart(element, 0);
    const next = slugs[page.to];
    if (!next) {
      range.setEnd(element, element.childNodes.length);
      return range.extractContents();
    }
    const stop = climb(next, element);
    range.setEndBefore(stop);
    const taken = range.extractContents();
    goOn(stop, element, taken);
    // Not where the heads themselves end the page before.
    if (next.matches('tbody.cont > tr')) {
      const table = next.closest('table')!;
      if (!table.tHead) {
        const heads = [...taken.querySelectorAll('thead')].at(-1);
        if (heads && !heads.matches('.once')) {
          const again = heads.cloneNode(true) as HTMLElement;
          again.classList.add('again');
          again.setAttribute('aria-hidden', 'true');
          for (const call of again.querySelectorAll('.note-call')) call.remove();
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
          goOn(stop, note.element, part);
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
      const running = make('running-head');
      running.setAttribute('aria-hidden', 'true');
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
  // A block of notes has lines of its own height: what follows it is raised to the text's grid.
  for (const after of document.querySelectorAll<HTMLElement>('.page .text .chapter:has(.back-notes) + .chapter')) {
    const off =
      (after.getBoundingClientRect().top - after.closest('.text')!.getBoundingClientRect().top) % plan.leading;
    if (off > 0.1) after.style.marginTop = `${-off}px`;
  }
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
  /** Of each id that is wanted: number of its page, and the folio as it is printed. */
  readonly pages: Readonly<Record<string, { readonly number: number; readonly folio: string }>>;
  /** With {pages}. */
  readonly notesToPage: string;
  readonly notesToPages: string;
}

/** Sent to the browser once every page is known: page numbers in contents and text, heads over notes, leaders. */
export function fillFolios({ pages, notesToPage, notesToPages }: Filling): void {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  for (const box of document.querySelectorAll<HTMLElement>('[data-page-of]'))
    box.textContent = pages[box.dataset['pageOf'] ?? '']?.folio ?? '';

  for (const page of document.querySelectorAll<HTMLElement>('.page.of-text:has(.back-notes)')) {
    const head = page.querySelector('.running-head');
    if (!head || !page.querySelector(`.text :is(${SLUG})`)?.closest('.back-notes')) continue;
    const calls = [...page.querySelectorAll<HTMLElement>('.back-notes .note')]
      .flatMap((note) => pages[note.dataset['calledAt'] ?? ''] ?? [])
      .sort((a, b) => a.number - b.number);
    const [from, to] = [calls[0], calls.at(-1)];
    if (!from || !to) continue;
    head.textContent =
      from.number === to.number
        ? notesToPage.replace('{pages}', from.folio)
        : notesToPages.replace('{pages}', `${from.folio}–${to.folio}`);
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
    const name = line.querySelector('.name')!;
    const { left, right, top } = name.getBoundingClientRect();
    const words = [new DOMRect(rightToLeft ? right : left, top), ...boxesOf(name)];
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
