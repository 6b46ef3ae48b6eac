// A build that goes on: what it makes after every change is what a build from nothing makes.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type Running, STACK, sample, start, tree } from './workshop.ts';

/** The files made and their checksums, but for the intermediates. */
const made = (folder: string): Record<string, string> =>
  Object.fromEntries(Object.entries(tree(folder)).filter(([path]) => !path.startsWith('.work')));

async function until(what: string, { child }: Running, reached: () => boolean, told: () => string): Promise<void> {
  for (let wait = 0; wait < 1500 && !reached(); wait++) {
    assert.equal(child.exitCode, null, `ended before ${what}`);
    await setTimeout(20);
  }
  assert.ok(reached(), `never ${what}: ${told()}`);
}

test('with --watch, a change of the text, of the book or of a picture is built, and a fault is told', async () => {
  const folder = sample('book', (yaml) =>
    yaml.replace(/\n {2}short:[\s\S]*$/, '\n').replace(/outputs: .*/g, 'outputs: [pages]'),
  );
  const dist = join(folder, 'dist');
  const running = start(['build', '--book', folder, '--watch']);
  let [said, told] = ['', ''];
  running.child.stdout!.on('data', (text: string) => {
    said += text;
  });
  running.child.stderr!.on('data', (text: string) => {
    told += text;
  });
  const built = (): number => said.split('index.html').length - 1;
  const fresh = async (): Promise<Record<string, string>> => {
    const out = join(folder, '..', `fresh-${built()}`);
    const { code, stderr } = await start(['build', '--book', folder, '--out', out]).done;
    assert.equal(code, 0, stderr);
    return made(out);
  };
  const edit = (name: string, change: (text: string) => string): void => {
    const path = join(folder, name);
    // As many editors do it: written aside, and put in its place.
    writeFileSync(`${path}.part`, change(readFileSync(path, 'utf8')));
    renameSync(`${path}.part`, path);
  };
  try {
    await until(
      'built',
      running,
      () => built() === 1,
      () => told,
    );
    const first = made(dist);
    /** Words at the end of a paragraph, as far through the text as told. */
    const say = (words: string, share: number) => (text: string) => {
      const blocks = text.split('\n\n');
      const plain = blocks.flatMap((block, at) => (/^[A-Z].{200}/s.test(block) ? [at] : []));
      blocks[plain[Math.floor(plain.length * share)]!] += ` ${words}`;
      return blocks.join('\n\n');
    };
    const changes: [string, (text: string) => string][] = [
      ['manuscripts/long.md', say('Something new is said here.', 0.8)],
      // So many that all later pages move.
      ['manuscripts/long.md', say('More is said here, too. '.repeat(150), 0.1)],
      ['manuscripts/pictures/press.svg', (svg) => svg.replaceAll('stroke-width="', 'stroke-width="1')],
      ['book.yaml', (yaml) => yaml.replace(/^title: .*/m, 'title: Their Machines?')],
    ];
    for (const [nth, [name, change]] of changes.entries()) {
      const before = made(dist);
      edit(name, change);
      await until(
        `built after change ${nth + 1}`,
        running,
        () => built() >= nth + 2,
        () => told,
      );
      await setTimeout(200);
      assert.notDeepEqual(made(dist), before, 'something is different');
      if (nth % 2 === 1) assert.deepEqual(made(dist), await fresh(), `after change ${nth + 1}`);
    }
    assert.notDeepEqual(made(dist), first);
    const good = made(dist);
    edit('manuscripts/long.md', (text) => `${text}\n\nA call.[^no-such-note]\n`);
    await until(
      'told',
      running,
      () => /no note/.test(told),
      () => told,
    );
    assert.deepEqual(made(dist), good, 'a fault leaves the last good results');
    assert.doesNotMatch(told, STACK);
  } finally {
    running.child.kill('SIGINT');
  }
  const { code, signal } = await running.done;
  assert.ok(code === 130 || signal === 'SIGINT');
});
