// The zine's panels in a real browser: what a panel holds, and that nothing stands out of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PAPERS } from '../scripts/book/measure.ts';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Picture } from '../scripts/edition/edition.ts';
import { openPressroom } from '../scripts/io/browser.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import { fontFaces } from '../scripts/typeset/fonts.ts';
import { setPanels } from '../scripts/typeset/zine.ts';
import { composed } from './composing.ts';
import { ROOT, temporary, write } from './workshop.ts';

const TOWER: Picture = {
  id: 'picture-1',
  path: 'tower.svg',
  mediaType: 'image/svg+xml',
  bytes: readFileSync(join(ROOT, 'tests', 'books', 'torture', 'pictures', 'tower.svg')),
  width: 120,
  height: 160,
};

test('a zine of everything: notes stand on their panels, nothing stands out of one', async () => {
  const folder = temporary();
  const source = `One line.

## Notes

A claim.[^1] Its second.[^2] ${'aou'.repeat(40)}

## Code

\`\`\`
a line of code that is much longer than the panel is wide, ${'x'.repeat(60)}
\`\`\`

## Tables

| One | Two | Three | Four |
| - | - | - | - |
| unbelievably | compartmentalised | https://example.org/long/address | \`code\` |

## Lists and verse

- [x] done

1. counted

:::verse
A line that is rather longer than any panel of a zine that was ever folded,
and one that is not.
:::

## Picture and words

![x](a.png "Caption")

## Quotation

> Quoted.

:::pullquote
Shouted.[^3]
:::

## Back

Last.[^1]

[^1]: First note.

[^2]: Second note.

[^3]: Third note.
`;
  const edition = composed(source, { pictures: new Map([[pictureKey('1.md', 'a.png'), TOWER]]) });
  const typecase = await openTypecase('');
  const faces = fontFaces(
    typecase.faces.map(({ face }) => face),
    ({ name }) => `fonts/${name}`,
  );
  for (const { face, bytes } of typecase.faces) write(folder, { [`fonts/${face.name}`]: bytes });
  write(folder, { 'pictures/tower.svg': TOWER.bytes });
  const template = (name: string): string => readFileSync(join(ROOT, 'templates', name), 'utf8');
  let panels: readonly { text: string; out: readonly string[] }[] = [];
  const read = (): typeof panels =>
    [...document.querySelectorAll('.panel')].map((panel) => {
      const within = panel.getBoundingClientRect();
      const range = document.createRange();
      const out: string[] = [];
      const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === 1 ? (node as Element).tagName !== 'IMG' : !(node as Text).data.trim()) continue;
        range.selectNode(node);
        for (const box of range.getClientRects())
          if (
            box.width > 0 &&
            (box.right > within.right - 15 || box.left < within.left + 15 || box.bottom > within.bottom)
          )
            out.push(node.textContent ?? 'picture');
      }
      return { text: panel.textContent ?? '', out };
    });
  const pressroom = await openPressroom(
    () => {},
    () => {},
  );
  const stone = await pressroom.stone(folder);
  const zine = await setPanels(
    edition,
    {
      panel: { width: PAPERS['a4']!.height / 4, height: PAPERS['a4']!.width / 2 },
      sheet: PAPERS['a4']!,
      edges: Array.from({ length: 8 }, () => ({ left: false, right: true, head: false, foot: true, slit: false })),
      ...{ drawings: [], drawn: 1 },
    },
    'zine.html',
    {
      css: [faces, template('shared/type.css'), template('zine/zine.css')].join('\n'),
      front: (promise) => `<div class="front"><h1 class="fit">Zine</h1><p class="promise">${promise}</p></div>`,
      back: () => '',
      fields: [],
      picture: () => 'pictures/tower.svg',
    },
    {
      ...stone,
      pull: async () => {
        panels = await stone.work(read, undefined as never);
        return new Uint8Array();
      },
    },
  ).finally(pressroom.close);
  assert.deepEqual(zine.overfull, []);
  assert.deepEqual(
    panels.map(({ out }) => out),
    Array.from({ length: 8 }, () => []),
  );
  const holds = (panel: number, ...words: string[]): void => {
    for (const one of words) assert.ok(panels[panel - 1]!.text.includes(one), `panel ${panel}: ${one}`);
  };
  holds(2, 'First note.', 'Second note.');
  holds(5, '■');
  holds(7, 'Third note.');
  holds(8, 'First note.');
});
