// ARCHITECTURE.md says who may import whom; this reads its tables and the code, and holds one against the other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
const scripts = join(root, 'scripts');
const files = readdirSync(scripts, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

const ABOVE: Readonly<Record<string, readonly string[]>> = {
  'check.ts': ['book', 'edition', 'io', 'preflight', 'typeset', 'site', 'print', 'ebook'],
  'outputs.ts': ['book', 'edition', 'ebook', 'preflight', 'typeset', 'print', 'site', 'imposed.ts'],
  'zine.ts': ['book', 'edition', 'preflight', 'typeset', 'print', 'imposed.ts', 'outputs.ts'],
  'imposed.ts': ['book', 'edition', 'typeset', 'print', 'site'],
  'proofs.ts': ['book', 'edition', 'typeset', 'print'],
  'webpage.ts': ['book', 'edition', 'io', 'site', 'imposed.ts'],
  'build.ts': [
    ...['book', 'edition', 'ebook', 'typeset', 'print', 'site', 'preflight', 'io'],
    ...['check.ts', 'outputs.ts', 'imposed.ts', 'proofs.ts', 'webpage.ts', 'zine.ts'],
  ],
  'cli.ts': ['build.ts', 'check.ts', 'io'],
};

function table(): Map<string, string[]> {
  const rows = page.split('\n').filter((line) => /^\| `\w+` \|/.test(line) && line.split('|').length === 5);
  return new Map(
    rows.map((row) => {
      const [, room = '', , may = ''] = row.split('|');
      return [room.replaceAll(/[` ]/g, ''), [...may.matchAll(/`(\w+)`/g)].map((found) => found[1]!)];
    }),
  );
}

const roomOf = (file: string): string => file.split('/')[0]!;

test('the table names every room, and no other', () => {
  const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
  assert.deepEqual([...table().keys()].sort(), [...rooms].sort());
});

test('every import is one that the table allows', () => {
  const rooms = table();
  let seen = 0;
  for (const file of files) {
    const source = readFileSync(join(scripts, file), 'utf8');
    for (const [, path = ''] of source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = relative(scripts, join(scripts, dirname(file), path)).replaceAll('\\', '/');
      seen++;
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to) continue;
      const may = file.includes('/') ? (rooms.get(from) ?? []) : (ABOVE[file] ?? []);
      assert.ok(may.includes(to), `${file} imports ${target}`);
    }
  }
  assert.ok(seen > 50);
});

test('only io and cli.ts touch the world', () => {
  const WORLD =
    /from 'node:(?!zlib|crypto)|import\('node:|\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|from 'puppeteer|import\('puppeteer/;
  for (const file of files) {
    if (file.startsWith('io/') || file === 'cli.ts') continue;
    const source = readFileSync(join(scripts, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const found = WORLD.exec(source);
    assert.equal(found?.[0], undefined, `${file} uses ${found?.[0]}`);
  }
});

test('every dependency that ships is in the table of libraries', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies))
    if (!name.startsWith('@expo-google-fonts/'))
      assert.ok(page.includes(`\`${name}\``), `${name} is not in ARCHITECTURE.md`);
});

test('no file has outgrown one idea', () => {
  for (const file of files) {
    const lines = readFileSync(join(scripts, file), 'utf8').split('\n').length;
    assert.ok(lines <= 320, `${file} has ${lines} lines`);
  }
});
