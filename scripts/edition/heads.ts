// Heads of tables: takes a table with all of its first row as heads, marks which cells are heads and of what. An empty cell
// heads nothing (Ace by DAISY, "empty-table-header"): where it is the corner, the first column heads the rows.
import type { Element, ElementContent } from 'hast';

/** Changes the table: `th[scope=col]` in its head, `th[scope=row]` under an empty corner, `td` for all else. */
export function markHeads(table: Element): void {
  const [head, ...body] = rowsOf(table);
  if (!head) return;
  for (const cell of head) mark(cell, isEmpty(cell) ? undefined : 'col');
  const [corner, ...heads] = head;
  if (corner?.tagName !== 'td' || !heads.some(({ tagName }) => tagName === 'th')) return;
  for (const [first] of body) if (first && !isEmpty(first)) mark(first, 'row');
}

/** The cells of each row. */
export function rowsOf(node: Element): Element[][] {
  const elements = node.children.filter((child): child is Element => child.type === 'element');
  return node.tagName === 'tr' ? [elements] : elements.flatMap(rowsOf);
}

function mark(cell: Element, scope: 'col' | 'row' | undefined): void {
  cell.tagName = scope ? 'th' : 'td';
  if (scope) cell.properties['scope'] = scope;
}

/** A picture says something, and so does a link, whose words may not be known yet. */
const isEmpty = ({ children }: Element): boolean =>
  children.every((child: ElementContent) =>
    child.type === 'element'
      ? child.tagName !== 'img' && child.tagName !== 'a' && isEmpty(child)
      : child.type !== 'text' || child.value.trim() === '',
  );
