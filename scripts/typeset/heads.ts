// Running heads: what stands over the made-up pages. The function is sent to the browser whole (see compositor.ts); it
// takes what the book says of them, and finds the rest on the pages.
export interface Heads {
  /** Of the book. */
  readonly title: string;
  /** Whether any chapter has sections: then heads say chapter and section, otherwise book and chapter. */
  readonly sections: boolean;
}

/**
 * Fills in the heads, left | right: chapter | the section that is current where the page ends, the chapter before its
 * first one. One that is too long ends after a word.
 */
export function setHeads({ title, sections }: Heads): void {
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  const range = document.createRange();
  const wordsOf = (heading: Element): string => {
    const copy = heading.cloneNode(true) as Element;
    for (const call of copy.querySelectorAll('.note-call')) call.remove();
    return (copy.textContent ?? '').trim();
  };
  let [chapter, section] = ['', ''];
  for (const page of document.querySelectorAll('.page.of-text')) {
    for (const one of page.querySelectorAll<HTMLElement>('.text section:not(.cont), .text section > h2[id]'))
      if (one.matches('h2')) section = wordsOf(one);
      else [chapter, section] = [one.dataset['head'] ?? '', ''];
    const head = page.querySelector('.running-head');
    if (!head) continue;
    const left = page.matches('.verso');
    const heads = sections ? (left ? [chapter, title] : [section, chapter]) : [left ? title : chapter];
    // What the page itself says at its top is not said twice.
    const first = page.querySelector(`.text :is(${SLUG})`);
    const said = first?.matches('h2, h3, h4, h5, h6') ? wordsOf(first) : '';
    head.textContent = heads.find((words) => words !== '' && words !== said) ?? '';
  }
  const shortened = new Map<string, string>();
  for (const head of document.querySelectorAll('.running-head')) {
    const whole = head.textContent ?? '';
    const room = head.getBoundingClientRect().width;
    const fits = (words: string): boolean => {
      head.textContent = words;
      range.selectNodeContents(head);
      return range.getBoundingClientRect().width <= room;
    };
    const known = shortened.get(whole);
    if (known !== undefined) head.textContent = known;
    else if (!fits(whole)) {
      // Where not even one word has room, after a letter.
      const ends = (['word', 'grapheme'] as const).flatMap((granularity) => {
        const pieces = new Intl.Segmenter(document.documentElement.lang, { granularity }).segment(whole);
        return [...pieces].map(({ index }) => index).reverse();
      });
      ends.some((end) => end > 0 && fits(`${whole.slice(0, end).replace(/[\p{P}\p{Z}]+$/u, '')}…`));
      shortened.set(whole, head.textContent ?? '');
    }
  }
}
