// Text poured into a zine's panels, in the browser: how much stands on each, what is left over, and what fills the rest. The
// functions are sent there whole; they take and give CSS px.

/** Sizes of text in px: of the panels, and of the last one, which holds more than text. */
export interface Sizes {
  readonly size: number;
  readonly back: number;
}

/** Sent to the browser: sets the text in these sizes and gives for each panel the words that stand below its foot. */
export function tryPanels({ size: most, back }: Sizes): number[] {
  const range = document.createRange();
  const panels = [...document.querySelectorAll<HTMLElement>('.panel')];
  return panels.map((panel, index) => {
    const size = index === panels.length - 1 ? back : most;
    panel.style.setProperty('--size', `${size}px`);
    const body = panel.querySelector<HTMLElement>('.body');
    if (!body) return 0;
    const inside = panel.querySelector('.inside')!.getBoundingClientRect();
    // What stands at the foot keeps a line's distance.
    const under = panel.querySelector('.foot')?.getBoundingClientRect();
    const foot = under ? inside.bottom - under.height - size * 0.8 : inside.bottom;
    const content = body.getBoundingClientRect();
    if (Math.max(content.bottom, content.top + body.scrollHeight) <= foot + 0.5) return 0;
    let words = 0;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const found of (node as Text).data.matchAll(/\S+/g)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        if (range.getBoundingClientRect().bottom > foot + 0.5) words++;
      }
    return Math.max(1, words);
  });
}

/** In which size to pour, and how much of each panel's height to use (0 to 1). */
export interface Pour {
  readonly size: number;
  readonly share: number;
}

/** Sent to the browser: what was put into the first panel to be measured there is taken off, to be poured. */
export function lift(): void {
  const source = document.createElement('template');
  source.content.append(...document.querySelector('.flow')!.childNodes);
  document.body.append(source);
}

/**
 * Sent to the browser: pours what stands in the `template` into the panels' bodies, headings kept with their text, never one
 * line of a paragraph alone; gives how many words are left over.
 */
export function pour({ size, share }: Pour): number {
  for (const panel of document.querySelectorAll<HTMLElement>('.panel')) panel.style.setProperty('--size', `${size}px`);
  const source = document.querySelector('template')!.content.cloneNode(true) as DocumentFragment;
  const queue = [...source.children] as HTMLElement[];
  const range = document.createRange();

  /** Each word of what can be divided, with its line's top. */
  const wordsOf = (block: HTMLElement): { node: Text; at: number; top: number; bottom: number }[] => {
    const words = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const found of (node as Text).data.matchAll(/\S+/g)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const { top, bottom } = range.getClientRects()[0] ?? range.getBoundingClientRect();
        words.push({ node: node as Text, at: found.index, top, bottom });
      }
    return words;
  };

  /** What does not stand above the foot, taken off the block; undefined where it cannot be divided there. */
  const divide = (block: HTMLElement, foot: number): HTMLElement | undefined => {
    if (!block.matches('p, ul, ol, blockquote:not(.epigraph), .notes')) return undefined;
    const words = wordsOf(block);
    const lines: number[] = [];
    words.forEach(({ top }, index) => {
      if (index === 0 || top > words[lines.at(-1)!]!.top + size * 0.6) lines.push(index);
    });
    let keep = lines.filter((at) => words[at]!.bottom <= foot + 0.5).length;
    const begins = (line: number): boolean => {
      const { node, at } = words[lines[line]!]!;
      const item = node.parentElement!.closest('li, p, .note');
      return at === 0 && item !== null && item !== block && (item.textContent ?? '').startsWith(node.data);
    };
    // Of an item or paragraph no line stands alone on either side.
    const ends = (line: number): boolean => line >= lines.length || begins(line);
    if (keep < lines.length && !begins(keep) && ends(keep + 1)) keep--;
    if (keep > 0 && keep < lines.length && !begins(keep) && (keep === 1 || begins(keep - 1))) keep--;
    if (keep < 1 || keep >= lines.length) return undefined;
    const { node, at } = words[lines[keep]!]!;
    const whole = begins(keep);
    range.setStart(node, at);
    range.setEndAfter(block.lastChild!);
    const rest = block.cloneNode(false) as HTMLElement;
    rest.append(range.extractContents());
    for (const empty of block.querySelectorAll('li, p, .note')) if (!empty.textContent?.trim()) empty.remove();
    if (!whole) {
      rest.classList.add('cont');
      rest.querySelector('li, .note, p')?.classList.add('cont');
    }
    rest.removeAttribute('id');
    if (rest.localName === 'ol') {
      const items = [...block.children].filter(({ localName }) => localName === 'li').length;
      (rest as HTMLOListElement).start = (block as HTMLOListElement).start + items - (whole ? 0 : 1);
    }
    return rest;
  };

  for (const body of document.querySelectorAll<HTMLElement>('.flow')) {
    body.replaceChildren();
    const inside = body.closest('.inside')!.getBoundingClientRect();
    const foot = inside.top + inside.height * share;
    while (queue.length > 0) {
      const next = queue[0]!;
      if (next.matches('hr.page-break')) {
        queue.shift();
        if (body.childElementCount > 0) break;
        continue;
      }
      body.append(next);
      if (next.getBoundingClientRect().bottom <= foot + 0.5) {
        queue.shift();
        continue;
      }
      const rest = divide(next, foot);
      if (rest) queue[0] = rest;
      else next.remove();
      // No heading stands at the foot, and its text over the fold.
      while (body.lastElementChild?.matches('header, h2, h3, h4, h5, h6')) {
        const heading = body.lastElementChild as HTMLElement;
        heading.remove();
        queue.unshift(heading);
      }
      break;
    }
  }
  // A picture has no words, and yet must stand somewhere.
  return queue.reduce(
    (sum, { textContent }) => sum + Math.max(1, (textContent ?? '').split(/\s+/).filter(Boolean).length),
    0,
  );
}

/** Sent to the browser: what is too low for its ornament stays white. */
export function settleFields(): void {
  const mm = 96 / 25.4;
  for (const field of document.querySelectorAll<HTMLElement>('.field')) {
    const drawn = field.querySelector('svg');
    if (!drawn || drawn.getBoundingClientRect().height < Number(drawn.dataset['least'] ?? 3) * mm) field.remove();
  }
}

/** Sent to the browser: of the front and the back how many words there are, where they have not the room for them; else 0. */
export function crowded(): number[] {
  const wordsIn = (one: Element | null): number => (one?.textContent ?? '').split(/\s+/).filter(Boolean).length;
  return [...document.querySelectorAll<HTMLElement>('.panel')].map((panel) => {
    const [block, foot] = [panel.querySelector('.front .block'), panel.querySelector('.inside .foot')];
    if (block && block.scrollHeight > block.clientHeight + 1) return wordsIn(panel.querySelector('.promise')) || 1;
    const end = panel.querySelector('.inside')?.getBoundingClientRect().bottom ?? 0;
    return foot && foot.getBoundingClientRect().bottom > end + 1 ? wordsIn(foot) : 0;
  });
}

/** Sent to the browser: what is drawn for the sheet alone. */
export function forSheet(): void {
  document.documentElement.classList.add('for-sheet');
}

/** Sent to the browser: the back goes without its drawings. */
export function withoutDrawings(): void {
  for (const drawn of document.querySelectorAll('.how')) drawn.remove();
}
