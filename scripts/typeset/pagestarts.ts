// Where each page begins in the text: what the ebook marks, so that both can be cited alike. The function is sent to the
// browser whole (see compositor.ts), when the pages are made up.

export interface PageStart {
  /** The pamphlet's front is 1. */
  readonly page: number;
  /** Id of the part whose words stand first on it. */
  readonly part: string;
  /**
   * Letters, figures and pictures of that part that stand on earlier pages: not its title's, its captions', its notes'.
   * Absent where the part itself begins on the page's head.
   */
  readonly after?: number;
}

/** Of each page with text, in order; `before`: pages of the pamphlet before these. A picture that has moved to a later page counts where it was called. */
export function readStarts(before: number): PageStart[] {
  const APART = '.opening, .again, .page-reference, .note-call, .back-notes, figcaption, .moved';
  const countIn = (section: Element): number => {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    let count = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node instanceof Text) count += node.data.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
      else if (node instanceof HTMLImageElement) count++;
    }
    return count;
  };
  const starts: PageStart[] = [];
  let [part, after] = ['', 0];
  const pages = [...document.querySelectorAll('.page')];
  for (const [index, page] of pages.entries()) {
    const flow = page.querySelector(':scope > .text > .flow:not(.contents, .end-notes)');
    if (!flow) continue;
    const sections = [...flow.querySelectorAll(':scope > .chapter')];
    const goesOn = sections[0]?.matches('.cont') ?? true;
    starts.push({ page: before + index + 1, ...(goesOn ? { part, after } : { part: sections[0]!.id }) });
    for (const section of sections) {
      if (!section.matches('.cont')) [part, after] = [section.id, 0];
      after += countIn(section);
    }
    after += pages[index + 1]?.querySelectorAll('.text .moved img').length ?? 0;
  }
  return starts;
}
