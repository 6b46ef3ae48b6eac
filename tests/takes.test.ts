// The copy divided into takes: pure first, then a long book set with takes that are slow in turn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Element, ElementContent } from 'hast';
import { openPressroom, type Pressroom } from '../scripts/io/browser.ts';
import { openTypecase } from '../scripts/io/typecase.ts';
import type { Flow } from '../scripts/typeset/galley.ts';
import { ELSEWHERE, takesOf } from '../scripts/typeset/takes.ts';
import { composed } from './composing.ts';
import { faultsOf, proofOn } from './proof.ts';
import { temporary } from './workshop.ts';

const element = (tagName: string, properties: Element['properties'], children: ElementContent[] = []): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
});
const text = (value: string): ElementContent => ({ type: 'text', value });

/** A chapter of so many letters, which leads to others. */
const flow = (id: string, letters: number, leads: readonly string[] = [], kind: Flow['kind'] = 'text'): Flow => ({
  element: element('div', { className: ['flow'] }, [
    element('section', { id }, [
      text('x'.repeat(letters)),
      ...leads.map((to) => element('a', { href: `#${to}` }, [text(to)])),
    ]),
  ]),
  notes: [],
  opens: 'page',
  kind,
  front: false,
});

test('a short text is one take, whose links stay inner ones', () => {
  const takes = takesOf([flow('one', 900, ['two']), flow('two', 900, ['one'])]);
  assert.deepEqual(
    takes.map((take) => take.flows),
    [[0, 1]],
  );
  assert.ok(!takes[0]!.html.includes(ELSEWHERE) && takes[0]!.html.includes('href="#two"'));
  assert.equal(takes[0]!.offers, '');
  assert.deepEqual(takesOf([]).length, 1, 'nothing at all is a take, too: the covers stand in it');
});

test('a long text is divided between chapters into takes of about one length, in order', () => {
  const chapters = Array.from({ length: 40 }, (_, nth) => flow(`ch-${nth}`, 2000 + (nth % 7) * 1000));
  const takes = takesOf(chapters);
  assert.deepEqual(
    takes.flatMap((take) => take.flows),
    chapters.map((_, nth) => nth),
  );
  const lengths = takes.map(({ html }) => html.length);
  assert.ok(takes.length > 3, `${takes.length} takes`);
  assert.ok(Math.max(...lengths) - Math.min(...lengths) < 10_000, `${lengths}`);
});

test('what leads to another take is marked, and offered there', () => {
  const chapters = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, nth, all) =>
    flow(id, 60_000, [all[(nth + 1) % all.length]!, id]),
  );
  const takes = takesOf(chapters);
  assert.equal(takes.length, 6);
  for (const [nth, { html, offers }] of takes.entries()) {
    const [own, next] = ['a', 'b', 'c', 'd', 'e', 'f', 'a'].slice(nth);
    assert.ok(html.includes(`href="${ELSEWHERE}${next}"`), 'the way out is marked');
    assert.ok(html.includes(`href="#${own}"`), 'the way back is not');
    assert.equal(offers, `<a hidden href="#${own}"></a>`);
  }
});

let pressroom: Pressroom;
before(async () => {
  pressroom = await openPressroom(
    () => {},
    () => {},
  );
});
after(() => pressroom?.close());

test('whichever take is ready first, pages are numbered in order', async () => {
  const paragraph = `${'The compositor who is given a long take grumbles, and the one with a short take is told to wait. '.repeat(9)}\n\n`;
  const chapters = Array.from(
    { length: 9 },
    (_, nth) =>
      `## Chapter ${nth + 1}\n\nSee [another](#chapter-${((nth + 4) % 9) + 1}).[^${nth}]\n\n${paragraph.repeat(14)}[^${nth}]: Note ${nth}.\n`,
  );
  const edition = composed(chapters.join('\n'), { yaml: 'pamphlet: {frontMatter: full, folios: arabic}' });
  const typecase = await openTypecase('');
  const seen: string[][] = [];
  for (const slow of [0, 1]) {
    let given = 0;
    const lamed: Pressroom = {
      ...pressroom,
      stone: async (folder) => {
        const stone = await pressroom.stone(folder);
        const waits = given++ === slow;
        return {
          ...stone,
          lay: async (name, html) => {
            if (waits) await new Promise((resolve) => setTimeout(resolve, 600));
            await stone.lay(name, html);
          },
        };
      },
    };
    const done = await proofOn(lamed, edition, { folder: temporary(), typecase, print: false });
    assert.ok(done.set.parts.length > 1, 'more than one take');
    assert.deepEqual(faultsOf(edition, done), []);
    seen.push(done.proof.pages.map(({ text }) => text));
  }
  assert.deepEqual(seen[0], seen[1]);
});
