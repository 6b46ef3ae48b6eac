// Rules about tables.
import { toString as words } from 'mdast-util-to-string';
import { shown } from '../book/suggest.ts';
import { everyNode, type Rule } from './finding.ts';

const cells: Rule = {
  id: 'table-cells',
  summary: 'No row of a table has more cells than its head.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const { node } of everyNode(root)) {
        if (node.type !== 'table') continue;
        const columns = node.children[0]?.children.length ?? 0;
        for (const row of node.children) {
          const extra = row.children[columns];
          if (!extra) continue;
          tell({
            file,
            at: extra,
            reason: `This row has ${row.children.length} cells and the table’s head has ${columns}: ${shown(words(extra))} would be lost`,
            note: 'Give the head a cell for each column; a stroke within a cell is written `\\|`.',
          });
        }
      }
  },
};

const head: Rule = {
  id: 'table-head',
  summary: 'The head of a table says what its columns hold.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const { node } of everyNode(root))
        if (node.type === 'table' && node.children[0] && words(node.children[0]).trim() === '')
          tell({
            file,
            at: node,
            reason: 'The table’s head has no words',
            note: 'Say in its first row what each column holds: it is read aloud with every cell.',
            advice: true,
          });
  },
};

/** On a telephone of 360 px each of seven columns has room for five letters. */
const MOST_COLUMNS = 6;

const width: Rule = {
  id: 'table-wide',
  summary: 'A table has no more columns than a telephone can show.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const { node } of everyNode(root)) {
        const columns = node.type === 'table' ? (node.children[0]?.children.length ?? 0) : 0;
        if (columns > MOST_COLUMNS)
          tell({
            file,
            at: node,
            reason: `The table has ${columns} columns, and a telephone or a small page has room for ${MOST_COLUMNS}`,
            note: 'Make two tables of it, or a list; or turn it, so that its columns become rows.',
            advice: true,
          });
      }
  },
};

export const tableRules: readonly Rule[] = [cells, head, width];
