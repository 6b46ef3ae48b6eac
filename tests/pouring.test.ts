// Any text poured through a zine's panels, in a real browser: all of it stands there, in order, and inside its panels.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { PAPERS } from '../scripts/book/measure.ts';
import { openPressroom } from '../scripts/io/browser.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import { fontFaces } from '../scripts/typeset/fonts.ts';
import { setPanels } from '../scripts/typeset/zine.ts';
import { composed } from './composing.ts';
import { ROOT, temporary, write } from './workshop.ts';

const RUNS = 60;

const sentence = fc
  .array(fc.constantFrom('ab', 'worker', '*two words*', 'incomprehensibilities', '`code`', 'and', 'the', '**bold**'), {
    minLength: 1,
    maxLength: 60,
  })
  .map((words) => words.join(' '));
const item = fc.array(sentence, { minLength: 1, maxLength: 5 });
const block = fc.oneof(
  { arbitrary: sentence, weight: 5 },
  item.map((items) => items.map((one) => `- ${one}`).join('\n')),
  item.map((items) => items.map((one, index) => `${index + 3}. ${one}`).join('\n')),
  fc.tuple(sentence, sentence).map(([one, other]) => `- ${one}\n\n  ${other}\n- ${other}\n  - ${one}`),
  fc.tuple(sentence, sentence).map(([one, other]) => `> ${one}\n>\n> ${other}`),
  item.map((lines) => `:::verse\n${lines.map((line) => line.slice(0, 50).replace(/[*`]/g, '')).join('\n')}\n:::`),
  sentence.map((words) => `:::pullquote\n${words.slice(0, 60).replace(/[*`]/g, '')}\n:::`),
  fc.constant('::panel'),
  fc.constant('| a | b |\n| - | - |\n| one | two |'),
  sentence.map((words) => `## ${words.replace(/[*`]/g, '').slice(0, 30)}`),
);

/** What each panel's text says, in which of them something stands out, and which end with a heading. */
function readPoured() {
  return [...document.querySelectorAll<HTMLElement>('.flow')].map((body) => {
    const inside = body.closest('.inside')!.getBoundingClientRect();
    const out: string[] = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!(node as Text).data.trim()) continue;
      range.selectNode(node);
      for (const box of range.getClientRects())
        if (box.width > 0 && (box.bottom > inside.bottom + 2 || box.right > inside.right + 2))
          out.push((node as Text).data);
    }
    const last = body.lastElementChild;
    return { text: body.textContent ?? '', out, headed: last?.localName === 'header' };
  });
}

const bare = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

test('nothing is lost, doubled, exchanged or cut off by pouring', async () => {
  const folder = temporary();
  const typecase = await openTypecase('');
  const faces = fontFaces(
    typecase.faces.map(({ face }) => face),
    ({ name }) => `fonts/${name}`,
  );
  for (const { face, bytes } of typecase.faces) write(folder, { [`fonts/${face.name}`]: bytes });
  const template = (name: string): string => readFileSync(join(ROOT, 'templates', name), 'utf8');
  const css = [faces, template('shared/type.css'), template('zine/zine.css')].join('\n');
  const quiet = (): void => {};
  const pressroom = await openPressroom(quiet, quiet);
  try {
    const stone = await pressroom.stone(folder);
    let poured: ReturnType<typeof readPoured> = [];
    const pull = async () => {
      poured = await stone.work(readPoured, undefined as never);
      return new Uint8Array();
    };
    const forms = { css, front: () => '<div class="front"></div>', back: () => '', fields: [], picture: () => '' };
    const edges = Array.from({ length: 8 }, () => ({ left: false, right: true, head: false, foot: true, slit: false }));
    const panel = { width: PAPERS['a4']!.height / 4, height: PAPERS['a4']!.width / 2 };
    const shape = { panel, sheet: PAPERS['a4']!, edges, drawings: [], drawn: 1 };
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 2, maxLength: 26 }), async (blocks) => {
        const source = `A line.\n\n## First\n\nText.\n\n${blocks.join('\n\n')}\n\nEnd[^1] of it.\n\n[^1]: The note.`;
        const plain = composed(source);
        const { config } = plain;
        const edition = { ...plain, config: { ...config, zine: { ...config.zine, flow: true } } };
        const zine = await setPanels(edition, shape, 'zine.html', forms, { ...stone, pull });
        if (zine.overfull.length > 0) return;
        filled++;
        const whole = bare(poured.map(({ text }) => text).join(' '));
        const wanted = source
          .replace(/^A line\.\n/, '')
          .replace(/^(:::.*|::panel|\d+\.)/gm, '')
          .replace('[^1] of', '1 of')
          .replace('[^1]:', '1.');
        assert.equal(whole, bare(wanted));
        assert.deepEqual(
          poured.flatMap(({ out }) => out),
          [],
        );
        assert.ok(
          !poured.some(({ headed }, index) => headed && index < poured.length - 1),
          'a heading without its text',
        );
      }),
      { numRuns: RUNS, seed: 6 },
    );
    assert.ok(filled > RUNS / 2, `${filled} of ${RUNS} had room`);
  } finally {
    await pressroom.close();
  }
});
