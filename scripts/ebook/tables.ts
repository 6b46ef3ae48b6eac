// Tables that no telephone has room for: takes a table, tells whether it has to be moved under the finger.
import type { Element } from 'hast';
import { rowsOf } from '../edition/heads.ts';
import { element } from '../edition/markup.ts';
import { plainText } from '../edition/words.ts';

/** Letters on a line of a small telephone, in small type, and what a column's gap takes of it. */
const LINE = 56;
const GAP = 2;

/**
 * The table, in a box of its own where its longest words do not stand side by side. The box can be reached by keyboard,
 * and has a name to be told by there. `names`: those that the document has given to its boxes already.
 */
export function boxed(table: Element, names: Set<string>): Element {
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
  if (width <= LINE) return table;
  const ariaLabel = another(nameOf(table), names);
  return element('div', { className: ['wide'], role: 'region', ariaLabel, tabIndex: 0 }, [table]);
}

/** Heard in one breath. */
const MOST_HEADS = 6;

/** The words of its heads; where it has none, those of its first row that has any. */
function nameOf(table: Element): string {
  const rows = rowsOf(table).map((cells) =>
    cells.map((cell) => plainText([cell]).replace(/\s+/g, ' ').trim()).filter(Boolean),
  );
  const heads = rows.find((words) => words.length > 0) ?? [];
  return heads.slice(0, MOST_HEADS).join(', ') + (heads.length > MOST_HEADS ? ' …' : '');
}

/** Two places of one name could not be told apart: `Name, Number (2)`. */
function another(name: string, names: Set<string>): string {
  let own = name;
  for (let copy = 2; names.has(own); copy++) own = `${name} (${copy})`;
  names.add(own);
  return own;
}
