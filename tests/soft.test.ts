// Soft pictures, from the command: one advice a picture, in `check` and in `build`, and what it advises is enough.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPng } from './pictures/crops.ts';
import { book, pamphleteer, temporary } from './workshop.ts';

const grey = (width: number, height: number): Buffer =>
  toPng({ width, height, pixels: Uint8Array.from({ length: width * height }, (_, at) => (at * 7) % 251) });

/** Of every advice that gives dots an inch: its place, and how wide the picture should be. */
const adviceIn = (text: string): [string, number][] =>
  [...text.matchAll(/^(\S+?):? (?:advice: )?.*an inch.*\n.*save it (\d+) dots/gm)].map(([, place, wide]) => [
    place!,
    Number(wide),
  ]);

test('one picture, one advice, whatever reckons or measures it; a picture saved as wide as that has none', async () => {
  const yaml = [
    ...['title: T', 'slug: t', 'author: A', 'cover: cover.png', 'editions:'],
    ...['  long: {manuscript: long.md, outputs: [epub, pamphlet], pamphlet: {paper: a4}}'],
    ...['  large: {manuscript: long.md, outputs: [pamphlet], pamphlet: {paper: a4, size: 12pt, leading: 15pt}}', ''],
  ].join('\n');
  const text =
    '# T\n\nWords.\n\n![A blur.](own.png)\n\nMore.\n\n![A haze.](wide.png)\n\nAnd ![a sign](sign.png) within.\n';
  const told = async (command: 'build' | 'check', widths: readonly [number, number, number, number]) => {
    const [cover, own, wide, sign] = widths;
    const files = {
      ...{ 'cover.png': grey(cover, Math.round(1.6 * cover)), 'own.png': grey(own, Math.round(0.6 * own)) },
      ...{ 'wide.png': grey(wide, Math.round(0.4 * wide)), 'sign.png': grey(sign, sign) },
    };
    const folder = book({ 'book.yaml': yaml, 'long.md': text, ...files });
    const out = command === 'build' ? ['--out', temporary()] : [];
    const { code, stderr, stdout } = await pamphleteer([command, '--book', folder, ...out]);
    assert.equal(code, 0, stderr);
    return adviceIn(`${stderr}\n${stdout}`);
  };
  const reckoned = await told('check', [300, 150, 600, 30]);
  assert.deepEqual(
    reckoned.map(([place]) => place),
    ['long.md:5:1', 'long.md:9:1', 'long.md:11:5'],
  );
  const measured = await told('build', [300, 150, 600, 30]);
  assert.deepEqual(
    measured.map(([place]) => place),
    ['book.yaml:4:8', 'long.md:5:1', 'long.md:9:1', 'long.md:11:5'],
  );
  const widths = measured.map(([, wide]) => wide) as [number, number, number, number];
  assert.deepEqual(await told('build', widths), []);
});
