// A build that is stopped half-way: no files, no folder, no browser are left behind.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { book, STACK, start, startProgram, tree } from './workshop.ts';

const BOOK = {
  'book.yaml': 'title: Small\nauthor: Jo Example\nlanguage: en\neditions:\n  long: {manuscript: long.md}\n',
  'long.md': '## One\n\nSome words stand here.\n\n## Two\n\nMore words.\n',
  'dist/notes.txt': 'mine',
};

/** Processes that were started with this in their surroundings. */
function survivors(mark: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });
}

test(
  'interrupted at any moment, a build leaves no trace',
  process.platform === 'linux' ? {} : { skip: 'looks for processes in /proc' },
  async () => {
    const folder = book(BOOK);
    const before = tree(folder);
    const moments = [120, 400, 'opened', 'laid'] as const;
    for (const moment of moments) {
      const mark = `PAMPHLETEER_TEST_MOMENT=${process.pid}-${moment}`;
      const [name, value] = mark.split('=') as [string, string];
      const { child, done } = start(['build', '--book', folder], { env: { [name]: value } });
      if (typeof moment === 'number') await setTimeout(moment);
      else {
        const reached = (): boolean =>
          Object.keys(tree(join(folder, 'dist'))).some((path) =>
            moment === 'opened' ? path.startsWith('.new-') : path.endsWith('small-long.html'),
          );
        while (child.exitCode === null && !reached()) await setTimeout(5);
      }
      child.kill('SIGINT');
      const { code, signal, stdout, stderr } = await done;
      assert.ok(code === 130 || signal === 'SIGINT', `${moment}: ${code} ${signal} ${stderr}`);
      assert.equal(stdout, '');
      assert.doesNotMatch(stderr, STACK);
      assert.deepEqual(tree(folder), before, String(moment));
      for (let wait = 0; wait < 100 && survivors(mark).length > 0; wait++) await setTimeout(20);
      assert.deepEqual(survivors(mark), [], `${moment}: the browser is still there`);
    }
  },
);

test('a browser that is closed while its pages open leaves nothing that would keep the command from ending', async () => {
  const script = `const { openPressroom } = await import('./scripts/io/browser.ts');
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    for (const ms of [0, 30, 50, 60, 70, 80, 100]) {
      const room = await openPressroom(() => {}, () => {});
      await pause(ms);
      await room.close();
    }
    await pause(300);
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')));
    process.exit(0);`;
  const options = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout, stderr, code } = await startProgram(process.execPath, options, {}).done;
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim(), '[]');
});
