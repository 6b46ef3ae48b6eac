// References to pages: what `[](#heading)` says in the galley, before any page is known. Takes an edition; gives, for a
// heading's id, words with a box in them for the number, which make-up fills in.
import type { ElementContent } from 'hast';
import type { PamphletSettings } from '../book/config.ts';
import type { Edition, Part } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { element, text } from '../edition/markup.ts';
import { wordsOf } from '../edition/words.ts';

type Folios = PamphletSettings['folios'];

/**
 * Which of the parts begins the text. With roman folios what stands before the first chapter belongs to the front; where
 * there is no chapter, only what the author put there does.
 */
export function firstOfText(parts: readonly Part[], folios: Folios): number {
  if (folios === 'arabic') return 0;
  const chapter = parts.findIndex(({ kind }) => kind === 'chapter');
  return Math.max(0, chapter < 0 ? parts.findIndex(({ kind }) => kind !== 'frontmatter') : chapter);
}

/** What a reference to a page says, with figures in the place of the number: about as wide as it will be. */
export function seePage(edition: Edition, folios: Folios): (id: string) => ElementContent[] {
  const [before = '', after = ''] = labelsFor(edition.book.language).seePage.replaceAll(' ', '\u00a0').split('{page}');
  let widths: ReadonlyMap<string, string> | undefined;
  return (id) => {
    widths ??= placeholders(edition, folios);
    const number = element('span', { dataPageOf: id }, [text(widths.get(id) ?? '00')]);
    return [text(before), number, text(after)].filter((node) => node.type !== 'text' || node.value !== '');
  };
}

/** The matter at the front, and some blanks. */
const PAGES_BEFORE = 12;

/** Of every heading, as many figures as its page number will have; in doubt one too many: a line stretches, but cannot shrink. */
function placeholders(edition: Edition, folios: Folios): ReadonlyMap<string, string> {
  const { trim, size, leading } = edition.config.pamphlet;
  const wordsAPage = (trim.size.width * trim.size.height) / (6 * size * leading);
  const widths = new Map<string, string>();
  let words = 0;
  const begin = firstOfText(edition.parts, folios);
  let front = false;
  const put = (id: unknown): void => {
    if (typeof id !== 'string') return;
    const digits = String(Math.floor(PAGES_BEFORE + words / wordsAPage)).length;
    widths.set(id, front ? 'viii' : '0'.repeat(digits));
  };
  const collect = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      if (/^h[2-6]$/.test(node.tagName)) put(node.properties['id']);
      else collect(node.children);
    }
  };
  for (const [at, part] of edition.parts.entries()) {
    front = at < begin;
    put(part.id);
    for (const node of part.content) {
      collect([node]);
      words += wordsOf([node]);
    }
  }
  for (const note of edition.notes) collect(note.content);
  return widths;
}
