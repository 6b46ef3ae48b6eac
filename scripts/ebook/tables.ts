// Tables that no telephone has room for: takes a table, tells whether it has to be moved under the finger.
import type { Element, ElementContent } from 'hast';
import { element } from '../edition/markup.ts';
import { plainText } from '../edition/words.ts';

/** Letters on a line of a small telephone, in small type, and what a column's gap takes of it. */
const LINE = 56;
const GAP = 2;

/** The table, in a box of its own where its longest words do not stand side by side. The box can be reached by keyboard. */
export function boxed(table: Element): Element {
  const columns: number[] = [];
  for (const row of rowsOf(table))
    row.forEach((cell, at) => {
      const longest = Math.max(
        0,
        ...plainText([cell])
          .split(/\s+/)
          .map((word) => word.length),
      );
      columns[at] = Math.max(columns[at] ?? 0, longest);
    });
  const width = columns.reduce((sum, letters) => sum + letters + GAP, 0);
  return width > LINE ? element('div', { className: ['wide'], tabIndex: 0 }, [table]) : table;
}

function rowsOf(node: Element): Element[][] {
  const elements = node.children.filter((child: ElementContent): child is Element => child.type === 'element');
  return node.tagName === 'tr' ? [elements] : elements.flatMap(rowsOf);
}
