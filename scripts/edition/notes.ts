// Notes: bodies taken out of the text, numbered, and tied to their calls.
import type { Element, ElementContent } from 'hast';
import { visit } from 'unist-util-visit';
import type { Note, Part } from './edition.ts';
import { text } from './markup.ts';

/** A note's body before it has its number, by a key that is unique in the edition. */
export type Bodies = ReadonlyMap<string, { readonly label: string; readonly content: readonly ElementContent[] }>;

/** Takes the `div[data-note]` out of one file's blocks; marks its calls with the same unique keys. */
export function takeNotes(
  blocks: readonly ElementContent[],
  file: number,
): { blocks: ElementContent[]; bodies: Bodies } {
  const bodies = new Map<string, { label: string; content: ElementContent[] }>();
  const take = (nodes: readonly ElementContent[]): ElementContent[] =>
    nodes.flatMap((node): ElementContent[] => {
      if (node.type !== 'element') return [node];
      const identifier = node.properties['dataNote'];
      const key = typeof identifier === 'string' ? `${file}:${identifier.toLowerCase()}` : undefined;
      if (key) node.properties['dataNote'] = key;
      const isBody = key !== undefined && node.tagName === 'div';
      // The first body of a label counts, as everywhere in Markdown.
      const body = { label: String(node.properties['dataLabel']), content: node.children };
      if (isBody && !bodies.has(key)) bodies.set(key, body);
      node.children = take(node.children);
      body.content = node.children;
      return isBody ? [] : [node];
    });
  return { blocks: take(blocks), bodies };
}

/**
 * Numbers the calls in the parts (in place) and gives the notes in order of their first calls, as they are read: what a
 * note calls itself comes right after it. The author's labels are kept where all of them are numbers, each its own;
 * otherwise notes are numbered from 1.
 */
export function numberNotes(parts: readonly Part[], bodies: Bodies): Note[] {
  const order: { key: string; part: string; calls: Element[] }[] = [];
  const byKey = new Map<string, { key: string; part: string; calls: Element[] }>();
  const collect = (tree: readonly ElementContent[], part: string): void => {
    const holder = { type: 'root' as const, children: [...tree] };
    visit(holder, 'element', (node) => {
      const key = node.properties['dataNote'];
      if (typeof key !== 'string' || !bodies.has(key)) return;
      let entry = byKey.get(key);
      if (!entry) {
        entry = { key, part, calls: [] };
        byKey.set(key, entry);
        order.push(entry);
        entry.calls.push(node);
        collect(bodies.get(key)!.content, part);
      } else entry.calls.push(node);
    });
  };
  for (const part of parts) {
    collect(part.title?.content ?? [], part.id);
    collect(part.content, part.id);
  }
  const typed = order.map(({ key }) => bodies.get(key)!.label);
  const kept = typed.every((label) => /^\d{1,4}$/.test(label)) && new Set(typed).size === typed.length;
  return order.map(({ key, part, calls }, index) => {
    const label = kept ? typed[index]! : String(index + 1);
    const ids = calls.map((call, nth) => {
      const id = nth === 0 ? `call-${label}` : `call-${label}-${nth + 1}`;
      const { className } = call.properties;
      call.properties = { className, id, href: `#note-${label}` };
      call.children = [text(label)];
      return id;
    });
    return { id: `note-${label}`, label, part, calls: ids, content: bodies.get(key)!.content };
  });
}
