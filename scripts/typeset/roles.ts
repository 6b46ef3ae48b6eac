// Roles: what the pages' elements are to someone who hears them, said where the browser's tags can carry it. The function is
// sent to the browser whole (see compositor.ts), when nothing is moved any more; no line changes by it.

/**
 * Gives paragraphs their role, which they lose when their lines become boxes, and marks what has no tag of its own by a
 * private subtag of its language (RFC 5646, 2.2.7): `x-note`, `x-toci`, `x-tocj` (a section's line), `x-code`, `x-span`;
 * with `cont` and how deep it lies, what goes on from the page before.
 */
export function setRoles(): void {
  const root = document.documentElement.lang;
  const mark = (one: HTMLElement, ...kinds: string[]): void => {
    const own = one.closest<HTMLElement>('[lang]')?.lang ?? root;
    one.lang = [own.replace(/-x-(?:note|toci|tocj|code|span|cont).*$/, ''), 'x', ...kinds].join('-');
  };
  // The browser writes a language only where it is another than around: how deep it lies makes each its own.
  const depth = (one: Element | null): number => (one ? depth(one.parentElement) + (one.matches('.cont') ? 1 : 0) : 0);
  const goesOn = (one: HTMLElement): string[] => (one.matches('.cont') ? [`cont${depth(one)}`] : []);
  const kinds: Readonly<Record<string, string>> = { '.note': 'note', '.contents-line': 'toci', pre: 'code' };
  for (const one of document.querySelectorAll<HTMLElement>('.sheet [lang]')) {
    if (one.localName === 'span') {
      one.setAttribute('role', 'group');
      mark(one, 'span');
    }
  }
  for (const one of document.querySelectorAll<HTMLElement>('p')) one.setAttribute('role', 'paragraph');
  for (const [selector, kind] of Object.entries(kinds))
    for (const one of document.querySelectorAll<HTMLElement>(selector)) {
      one.setAttribute('role', 'group');
      mark(one, one.matches('.deep') ? 'tocj' : kind, ...goesOn(one));
    }
  for (const one of document.querySelectorAll<HTMLElement>(':is(p, ul, ol, li, table, blockquote).cont'))
    mark(one, ...goesOn(one));
  for (const one of document.querySelectorAll('.note-call')) one.setAttribute('role', 'doc-noteref');
  // What styles put there has no tag, and copied text would have a space instead of it.
  for (const one of document.querySelectorAll('.note-call.next')) {
    one.classList.remove('next');
    one.prepend(',');
  }
  for (const one of document.querySelectorAll('.note-number')) one.setAttribute('role', 'doc-backlink');
}
