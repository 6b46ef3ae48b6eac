// The same ebook, byte for byte, from the whole command: in another folder, time zone, language of the machine, and year.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pamphleteer, sample, sha256, startProgram, temporary, write } from './workshop.ts';

/** Moves the clock that the program sees by ten years and some days, hours and minutes. */
const OTHER_YEAR = `const by = 10 * 366 * 86_400_000 + 100 * 3_600_000 + 61_000;
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Real.now() + by);
  }
  static now() { return Real.now() + by; }
};
`;

test('the command makes the same ebooks in another folder, zone, language and year', async () => {
  const clock = temporary();
  write(clock, { 'clock.mjs': OTHER_YEAR });
  const later = pathToFileURL(join(clock, 'clock.mjs')).href;
  const surroundings = [
    { TZ: 'Pacific/Kiritimati', LANG: 'C' },
    { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', NODE_OPTIONS: `--import=${later}` },
  ];
  const sums: Record<string, string>[] = [];
  for (const [at, env] of surroundings.entries()) {
    // What the ebook takes from its pamphlet, the pages, must be the same too.
    const book = sample(at === 0 ? 'book' : 'another place — with spaces');
    const done = await pamphleteer(['build', 'long', '--book', book], { env, cwd: book });
    assert.equal(done.code, 0, done.stderr);
    const { files } = JSON.parse(readFileSync(join(book, 'dist', 'manifest.json'), 'utf8')) as {
      files: { path: string; kind: string }[];
    };
    const ebooks = files.filter(({ kind }) => kind === 'epub').map(({ path }) => path);
    assert.equal(ebooks.length, 1);
    sums.push(Object.fromEntries(ebooks.map((path) => [path, sha256(readFileSync(join(book, 'dist', path)))])));
  }
  assert.deepEqual(sums[0], sums[1]);
});

test('the clock that is moved for that is moved', async () => {
  const clock = temporary();
  write(clock, { 'clock.mjs': OTHER_YEAR, 'now.mjs': 'console.log(new Date().getFullYear() - 0, Date.now());' });
  const { done } = startProgram(
    process.execPath,
    ['--import', pathToFileURL(join(clock, 'clock.mjs')).href, join(clock, 'now.mjs')],
    { env: {} },
  );
  const [year = 0] = (await done).stdout.split(' ').map(Number);
  assert.ok(year >= new Date().getFullYear() + 10, `${year}`);
});
