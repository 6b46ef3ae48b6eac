// The parser that is spared looks gives the tree that it gives without.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { spared } from '../scripts/book/spared.ts';
import * as drafts from './drafts.ts';

const parser = () => unified().use(remarkParse).use(remarkGfm).use(remarkDirective);
const whole = parser();

function same(source: string): void {
  assert.deepEqual(parser().use(spared(source)).parse(source), whole.parse(source), JSON.stringify(source));
}

const scrap = fc.constantFrom(
  ...[
    'a',
    'h',
    'w',
    'word ',
    '9',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\n> ',
    '\n- ',
    '\n    ',
    '\n1. ',
    '\n:::note\n',
    '\n:::\n',
  ],
  ...[
    '|',
    '| a | b |',
    '-',
    '--',
    ':-',
    '-:',
    ' | ',
    '\n| - | - |\n',
    '\n|-|\n',
    '\na|b\n-|-\nc|d\n',
    '\n> a|b\n> -|:-\n> c',
  ],
  ...[
    '\n- a|b\n  -|-\n  c',
    '\n---\n',
    '\\',
    '`',
    '*',
    '_',
    '[',
    ']',
    '(',
    ')',
    '[^1]',
    '\n[^1]: a|b\n    -|-\n',
    '\u00a0',
    '\n \n',
  ],
  ...[
    '@',
    '.',
    'x@y.org',
    'a.b+c_d@e-f.com',
    'www.',
    'WWW.x.org',
    'http://',
    'https://a.org',
    '://',
    ':',
    '/',
    'mailto:a@b.de',
    'é',
  ],
);

test('generated lines of tables, addresses and blocks', () => {
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 25 }), (scraps) => same(scraps.join(''))),
    { numRuns: 2000 },
  );
});

test('generated manuscripts', () => {
  fc.assert(
    fc.property(drafts.manuscript, ([files]) => {
      for (const pieces of files) same(drafts.written(pieces, 'w').markdown);
    }),
    { numRuns: 50 },
  );
});

test('every Markdown file of this repository', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  let seen = 0;
  for (const folder of ['manuscripts', 'docs', 'tests'])
    for (const name of readdirSync(join(root, folder), { recursive: true }).map(String)) {
      if (!name.endsWith('.md')) continue;
      // What the guard would refuse, the parser may never come back from.
      const source = readFileSync(join(root, folder, name), 'utf8').replace(/\r\n?/g, '\n');
      if (source.length > 200_000) continue;
      same(source);
      seen++;
    }
  assert.ok(seen > 20);
});
