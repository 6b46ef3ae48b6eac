// The command line: what it takes, what it answers, and the exit codes that scripts rely on.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { before, test } from 'node:test';
import { landscape, PAPERS } from '../scripts/book/measure.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { boxesOf, letters, pageCount, pagesOf } from './reader.ts';
import { needs, run } from './tools.ts';
import { book, type Done, lines, pamphleteer, ROOT, STACK, startProgram, temporary, tree, write } from './workshop.ts';

const YAML = `title: Small
author: Jo Example
language: en
editions:
  long: {manuscript: long.md, outputs: [pages]}
`;
const SMALL = { 'book.yaml': YAML, 'long.md': '## One\n\nSome words.\n\n## Two\n\nMore words.\n' };
const small = book(SMALL);
before(async () => {
  const done = await pamphleteer(['build', '--book', small]);
  assert.equal(done.code, 0, done.stderr);
});

const USAGE = /^ {2}pamphleteer build .*--book DIR.*--out DIR.*--json/m;
const IMPOSE_USAGE = /^--fold FOLD .*\n--paper PAPER [\s\S]*^ {2}saddle {2,}\S/m;

function assertRefused(done: Done, code: number, says: RegExp): void {
  assert.equal(done.code, code, done.stderr);
  assert.match(done.stderr, says);
  assert.doesNotMatch(done.stderr, STACK);
  assert.equal(done.stdout, '');
}

test('help is told on stdout, and is no failure', async () => {
  for (const args of [['--help'], ['-h'], ['help'], ['build', '--help'], ['check', '-h']]) {
    const done = await pamphleteer(args);
    assert.equal(done.code, 0, args.join(' '));
    assert.match(done.stdout, USAGE);
    assert.equal(done.stderr, '');
  }
});

test('impose tells its folds, a line each', async () => {
  const done = await pamphleteer(['impose', '--help']);
  assert.deepEqual([done.code, done.stderr], [0, '']);
  for (const fold of Object.keys(FORMATS)) assert.match(done.stdout, new RegExp(`^ {2}${fold} +\\S.*$`, 'm'), fold);
  assert.ok(lines(done.stdout).every((line) => line.length <= 120));
});

test('wrong use is told with the usage: exit code 2', async () => {
  const nowhere = join(temporary(), 'nowhere');
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^\S/],
    [['bind'], /no command `bind`/],
    [['build', '--frobnicate'], /^There is no option `--frobnicate`$/m],
    [['build', '--prooofs'], /^There is no option `--prooofs`\. Did you mean `--proofs`\?$/m],
    [['build', '--book'], /^`--book` wants a value after it$/m],
    [['build', '--json=yes'], /^`--json` takes no value$/m],
    [['check', '--out', 'x'], /^There is no option `--out`$/m],
    [['build', '--book', nowhere], /no folder `.*nowhere`/],
    [['check', '--book', nowhere], /no folder `.*nowhere`/],
    [['check', '--book', join(small, 'book.yaml')], /no folder/],
    [['impose'], /one PDF/],
    [['impose', 'a.pdf', 'b.pdf'], /one PDF/],
    [['impose', 'a.pdf', '--foo'], /^There is no option `--foo`$/m],
    [['impose', 'a.pdf', '--flod', 'saddle'], /^There is no option `--flod`\. Did you mean `--fold`\?$/m],
    [['impose', 'a.pdf', '--fold'], /^`--fold` wants a value after it$/m],
    [['impose', 'a.pdf', '--fold', '--paper', 'a4'], /^`--fold` wants a value after it$/m],
    [['impose', 'a.pdf', '-o'], /^`-o` wants a value after it$/m],
  ];
  const all = await Promise.all(wrong.map(([args]) => pamphleteer(args)));
  for (const [index, done] of all.entries()) {
    assertRefused(done, 2, wrong[index]![1]);
    assert.match(done.stderr, wrong[index]![0][0] === 'impose' ? IMPOSE_USAGE : USAGE);
    assert.doesNotMatch(done.stderr, /argument missing|ambiguous|positional/);
  }
  assert.ok(!existsSync(nowhere));
});

test('an --out that can be no folder is wrong use', async () => {
  const before = tree(small);
  assertRefused(await pamphleteer(['build', '--book', small, '--out', join(small, 'long.md')]), 2, /long\.md/);
  assert.deepEqual(tree(small), before);
});

test('a folder without book.yaml, and an edition that the book has not: exit code 1', async () => {
  const [none, nosuch] = await Promise.all([
    pamphleteer(['build', '--book', temporary()]),
    pamphleteer(['build', 'longer', '--book', small]),
  ]);
  assertRefused(none, 1, /^book\.yaml: There is no book\.yaml in .*\n {4}.*--book FOLDER/m);
  assertRefused(nosuch, 1, /^book\.yaml:5:3: No edition is called `longer`\n {4}.*`long`/m);
});

test('check: words to people on stderr, JSON to programs on stdout', async () => {
  const fine = await pamphleteer(['check', '--book', small]);
  assert.deepEqual([fine.code, fine.stdout], [0, '']);
  assert.match(fine.stderr, /^long: 6 words/m);
  const json = await pamphleteer(['check', '--book', small, '--json']);
  assert.deepEqual([json.code, JSON.parse(json.stdout), json.stderr], [0, { messages: [] }, '']);

  const broken = book({ ...SMALL, 'long.md': '## One\n\nA [link](#nowhere).[^1]\n' });
  const bad = await pamphleteer(['check', '--book', broken]);
  assertRefused(bad, 1, /^long\.md:3:\d+: /m);
  const told = await pamphleteer(['check', '--book', broken, '--json']);
  assert.equal(told.code, 1);
  assert.equal(told.stderr, '');
  const { messages } = JSON.parse(told.stdout) as { messages: Record<string, unknown>[] };
  assert.equal(messages.length, 2);
  for (const { file, line, column, rule, fatal, reason, hint } of messages) {
    assert.deepEqual([file, line, fatal], ['long.md', 3, true]);
    assert.ok(Number(column) > 0 && [rule, reason, hint].every((text) => typeof text === 'string' && text !== ''));
  }
  assert.ok(!existsSync(join(broken, 'dist')), 'check writes nothing');
});

test('without any browser: exit code 3, and the one command that helps', async () => {
  const empty = temporary();
  const env = {
    ...{ PATH: empty, PUPPETEER_EXECUTABLE_PATH: join(empty, 'no-browser'), PUPPETEER_CACHE_DIR: join(empty, 'none') },
    // A file stands where the cache would have to be made.
    XDG_CACHE_HOME: join(small, 'book.yaml'),
  };
  const before = tree(small);
  const done = await pamphleteer(['build', '--book', small], { env });
  assertRefused(done, 3, /^Run `npx puppeteer browsers install \S+`/m);
  assert.match(done.stderr, /no-browser/, 'what was tried is told');
  assert.deepEqual(tree(small), before);
});

test('what only a program could have got wrong: exit code 70, and a stack to report', async () => {
  // The author cannot do this: a template of the house that has lost its display type.
  const folder = book({ ...SMALL, 'templates/pamphlet/pamphlet.css/broken': '' });
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 70, done.stderr);
  assert.match(done.stderr, STACK);
  assert.ok(!existsSync(join(folder, 'dist')));
});

/** Six pages that we did not make. */
function foreign(folder: string): string {
  const path = join(folder, 'foreign.pdf');
  const pages =
    '/Helvetica 20 selectfont 1 1 6 { /n exch def 60 340 moveto (head) show n 9 string cvs show ' +
    '60 60 moveto (foot) show n 9 string cvs show showpage } for';
  const size = ['-dDEVICEWIDTHPOINTS=300', '-dDEVICEHEIGHTPOINTS=400'];
  run('gs', ['-q', '-o', path, '-sDEVICE=pdfwrite', ...size, '-c', pages]);
  return path;
}
/** The words of each half of a sheet's side. */
const halves = (path: string): string[][] => {
  const width = boxesOf(path, 'MediaBox')[0]![2];
  return pagesOf(path).map((words) =>
    [0, 1].map((half) =>
      words.flatMap(({ left, text }) => (Number(left > width / 2) === half ? [text] : [])).join(' '),
    ),
  );
};

test('impose: a length may begin with a minus, and a size with spaces is told to want quotes', async () => {
  const [margin, paper] = await Promise.all([
    pamphleteer(['impose', 'a.pdf', '--margin', '-5mm']),
    pamphleteer(['impose', 'a.pdf', '--paper', '210mm', 'x', '297mm']),
  ]);
  assertRefused(margin, 2, /^`--margin -5mm`: one length, such as `5mm`, will do, from 0 mm to 30 mm$/m);
  assertRefused(paper, 2, /^Name one PDF to impose, not 3: put into quotes .* "210mm x 297mm"$/m);
});

test('impose: a PDF that is not ours becomes a booklet', needs('gs', 'pdftotext', 'pdfinfo', 'qpdf'), async () => {
  const folder = join(temporary(), 'mes épreuves');
  mkdirSync(folder);
  const file = foreign(folder);
  const source = readFileSync(file);
  const done = await pamphleteer(['impose', 'foreign.pdf', '--fold', 'saddle', '--paper', 'a4'], { cwd: folder });
  assert.deepEqual([done.code, done.stdout], [0, 'foreign-saddle-a4.pdf\n'], done.stderr);
  const output = join(folder, 'foreign-saddle-a4.pdf');
  run('qpdf', ['--check', output]);
  const [, , width, height] = boxesOf(output, 'MediaBox')[0]!;
  const sheet = landscape(PAPERS['a4']!);
  assert.ok(Math.abs(width - sheet.width) < 0.02 && Math.abs(height - sheet.height) < 0.02);
  const page = (number: number): string => `head${number} foot${number}`;
  // Eight places: two empty pages inside the back cover.
  assert.deepEqual(halves(output), [
    [page(6), page(1)],
    [page(2), ''],
    ['', page(3)],
    [page(4), page(5)],
  ]);
  assert.deepEqual(readFileSync(file), source, 'the source is not touched');

  const zine = ['impose', file, '--fold', 'one-sheet-8', '--paper', '200mm x 300mm', '-o', join(folder, 'zine.pdf')];
  const [one, two] = [await pamphleteer(zine), readFileSync(join(folder, 'zine.pdf'))];
  assert.equal(one.code, 0, one.stderr);
  assert.deepEqual(lines(one.stdout), [join(folder, 'zine.pdf')]);
  assert.equal(pageCount(join(folder, 'zine.pdf')), 1);
  assert.equal((await pamphleteer(zine)).code, 0);
  assert.deepEqual(readFileSync(join(folder, 'zine.pdf')), two, 'the same input, the same bytes');
});

test('impose: our own pages, too', needs('pdftotext', 'pdfinfo'), async () => {
  const file = join(small, 'dist', 'small-long.pdf');
  const output = join(temporary(), 'booklet.pdf');
  const done = await pamphleteer(['impose', file, '--paper', 'letter', '-o', output]);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(pageCount(output), pageCount(file) / 2);
  const words = (path: string): string =>
    [
      ...letters(
        pagesOf(path)
          .flat()
          .map(({ text }) => text)
          .join(''),
      ),
    ]
      .sort()
      .join('');
  assert.equal(words(output), words(file));
});

test('impose: what cannot be imposed is told in words', needs('gs', 'qpdf'), async () => {
  const folder = temporary();
  const file = foreign(folder);
  const whole = readFileSync(file);
  run('qpdf', ['--encrypt', 'secret', 'owner', '256', '--', file, join(folder, 'locked.pdf')]);
  write(folder, { 'words.pdf': 'No PDF at all.', 'empty.pdf': '', 'cut.pdf': whole.subarray(0, 900) });
  mkdirSync(join(folder, 'folder.pdf'));
  const before = tree(folder);
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['words.pdf'], 1, /^words\.pdf: That is no PDF$/m],
    [['empty.pdf'], 1, /^empty\.pdf: That is no PDF$/m],
    [['cut.pdf'], 1, /^cut\.pdf: The PDF is (damaged|cut off).*\n {4}Open it in a viewer/m],
    [['folder.pdf'], 1, /^folder\.pdf: It is a folder$/m],
    [['missing.pdf'], 1, /^missing\.pdf: There is no such file$/m],
    [['locked.pdf'], 1, /^locked\.pdf: The PDF is locked\n.*password/],
    [['foreign.pdf', '--fold', 'origami'], 2, /`origami`\. There are saddle, .*one-sheet-8/],
    [['foreign.pdf', '--paper', 'a99'], 2, /`a99`\. There are a3, a4/],
    [['foreign.pdf', '--paper', '0mm x 5mm'], 2, /0mm x 5mm/],
    [['foreign.pdf', '-o', 'nowhere/out.pdf'], 2, /^nowhere\/out\.pdf: There is no folder `nowhere`/],
    [['foreign.pdf', '-o', 'folder.pdf'], 2, /^folder\.pdf: It is a folder/],
  ];
  const all = await Promise.all(cases.map(([args]) => pamphleteer(['impose', ...args], { cwd: folder })));
  for (const [index, done] of all.entries()) assertRefused(done, cases[index]![1], cases[index]![2]);
  assert.deepEqual(tree(folder), before, 'nothing is left behind');
});

/** The repository as `git clone` and npm's installing leave it, before `prepare` runs. */
function clone(): string {
  const folder = join(temporary(), 'clone');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of ['scripts', 'templates', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  const modules = join(ROOT, 'node_modules');
  for (const name of readdirSync(modules).filter((one) => !one.startsWith('.')))
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  return folder;
}

test(
  'in a clone, `pamphleteer` can be called by its name',
  process.platform === 'win32' ? { skip: 'links are made otherwise there' } : {},
  async () => {
    const cwd = clone();
    const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { scripts: { prepare: string } };
    const [program = '', ...args] = scripts.prepare.split(' ');
    const prepared = await startProgram(program, args, { cwd }).done;
    assert.equal(prepared.code, 0, prepared.stderr);
    const env = { npm_config_offline: 'true' };
    const link = join(cwd, 'node_modules', '.bin', 'pamphleteer');
    const byPath = await startProgram(link, ['check', '--book', small], { cwd }).done;
    const byName = await startProgram('npx', ['pamphleteer', 'check', '--book', small], { cwd, env }).done;
    for (const done of [byPath, byName]) {
      assert.equal(done.code, 0, done.stderr);
      assert.match(done.stderr, /^long: 6 words/m);
    }
    const out = join(cwd, 'out');
    const built = await startProgram(link, ['build', '--book', small, '--out', out], { cwd }).done;
    assert.equal(built.code, 0, built.stderr);
    assert.deepEqual(tree(out), tree(join(small, 'dist')), 'the same bytes, however it is called');
  },
);
