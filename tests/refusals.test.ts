// What impose refuses, and what it tells: every refusal is a sentence and one that says what would work, and that does work.
import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { PDFDocument, PDFName } from '@pdfme/pdf-lib';
import { MM } from '../scripts/book/measure.ts';
import { put } from '../scripts/io/handling.ts';
import { imposeFile } from '../scripts/io/imposing.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { FOUR, fine, folder, job, kept, pagesOf, refused, sides, TOOLS } from './foreign.ts';
import { run } from './tools.ts';

test('what cannot be folded is told, with what can', TOOLS, async () => {
  const [two, nine, large] = [
    kept(await pagesOf(2)),
    kept(await pagesOf(9)),
    kept(await pagesOf(2, (page) => page.setSize(297 * MM, 420 * MM))),
  ];
  await refused(job(nine, { fold: 'one-sheet-8' }), false, /at most 8 pages .* found 9/, /`saddle`/);
  await refused(job(two, { fold: 'poster' }), false, /at most 1 page .* found 2/);
  await refused(job(two, { fold: 'one-sheet-16', paper: 'a6' }), false, /too small to read/, /`a4`|`a3`/);
  await refused(
    job(nine, { fold: 'accordion', columns: '12' }),
    false,
    /too small to read/,
    /`\d+mm x \d+mm`, or the fold `saddle`/,
  );
  assert.match((await fine(large)).notes.join('\n'), /printed at 50 % of their size/);
  await refused(job(kept(await pagesOf(400))), false, /100 sheets .* too thick/, /`signatures`/);
  const none = await PDFDocument.create();
  await refused(job(kept(await none.save({ addDefaultPage: false }))), false, /at least one page/);
});

test('what is no whole PDF is told', TOOLS, async () => {
  const whole = await pagesOf(4, undefined, true);
  const plain = kept(whole);
  const packed = kept(await pagesOf(4));
  await refused(job(kept('no PDF')), false, /is no PDF/, /Name a PDF/);
  await refused(job(kept('')), false, /is no PDF/, /Name a PDF/);
  await refused(job(kept(whole.subarray(0, whole.length / 2))), false, /cut off/, /print it into a new PDF.*qpdf/);
  for (const [user, bits] of [
    ['secret', '256'],
    ['', '256'],
    ['', '128'],
  ] as const)
    for (const path of [plain, packed]) {
      const locked = kept('');
      run('qpdf', ['--allow-weak-crypto', '--encrypt', user, 'owner', bits, '--', path, locked]);
      await refused(job(locked), false, /The PDF is locked/, /without a password, `qpdf --decrypt/);
      if (user !== '') continue;
      const opened = kept('');
      run('qpdf', ['--decrypt', locked, opened]);
      assert.deepEqual(sides((await fine(opened)).outputs[0]!), FOUR, 'what the hint names works');
    }
});

test('wrong use is told as such', async () => {
  const path = kept(await pagesOf(4));
  for (const [more, problem] of [
    [{ fold: 'origami' }, /`origami`\. There are saddle, signatures/],
    [{ fold: 'sadle' }, /Did you mean `saddle`/],
    [{ fold: 'constructor' }, /No fold is called/],
    [{ paper: 'a99' }, /No paper is called `a99`\. There are a3, a4/],
    [{ paper: 'tabliod' }, /Did you mean `tabloid`/],
    [{ paper: '210 x 297' }, /Did you mean `210mm x 297mm`/],
    [{ paper: '8.5x11in' }, /Did you mean `8.5in x 11in`/],
    [{ paper: '6000mm x 100mm' }, /5080 mm a side at most/],
    [{ duplex: 'both' }, /`--duplex both` is not known: `short-edge`, `long-edge` or `manual`/],
    [{ duplex: 'manual', delivers: 'up' }, /`--delivers up`/],
    [{ delivers: 'face-up' }, /add `--duplex manual`/],
    [{ margin: '5' }, /`--margin 5`: one length, such as `5mm`/],
    [{ margin: '-5mm' }, /`--margin -5mm`: one length.*from 0 mm/],
    [{ margin: '5mm,5mm' }, /one length/],
    [{ margin: '40mm' }, /to 30 mm/],
    [{ margin: '30mm', paper: 'a6', fold: 'singles' }, /too much for panels of 105 × 148 mm: 26mm at most/],
    [{ shift: '1mm' }, /two lengths, to the right and down, such as `0.5mm,-1mm`/],
    [{ spine: 'top' }, /`left` or `right`/],
    [{ columns: '3' }, /`--columns` is not for the fold `saddle`: only for `accordion`/],
    [{ fold: 'poster', rows: '0' }, /from 1 to 20/],
    [{ signatureSheets: '3' }, /`--signature-sheets` is not for the fold `saddle`: only for `signatures`/],
    [{ fold: 'signatures', signatureSheets: 'four' }, /`--signature-sheets four`/],
  ] as const)
    await refused(job(path, more), true, problem);
});

test('a path that is no file to read is told', TOOLS, async () => {
  mkdirSync(join(folder, 'folder.pdf'), { recursive: true });
  await refused(job(join(folder, 'folder.pdf')), false, /It is a folder/, /one PDF in it/);
  await refused(job(join(folder, 'missing.pdf')), false, /There is no such file/, /its name/);
  const large = kept('');
  truncateSync(large, 2 ** 30 + 1);
  await refused(job(large), false, /larger than 1 GB/, /--split-pages/);
  truncateSync(large, 0);
  if (process.platform === 'win32') return;
  await refused(job('/dev/zero'), false, /a device or a pipe/, /into a file first/);
  const pipe = join(folder, 'pipe.pdf');
  run('mkfifo', [pipe]);
  await refused(job(pipe), false, /a device or a pipe/, /into a file first/);
  const own = kept(await pagesOf(4));
  chmodSync(own, 0);
  // Who may do everything may read this, too.
  if (process.getuid?.() !== 0) await refused(job(own), false, /You may not open it/, /folder of your own/);
});

test('nothing is put over the file that is imposed, over what is no PDF, or where nothing can be', TOOLS, async () => {
  const path = kept(await pagesOf(4));
  const before = readFileSync(path);
  const [hard, soft, words] = [join(folder, 'hard.pdf'), join(folder, 'soft.pdf'), join(folder, 'notes.txt')];
  linkSync(path, hard);
  symlinkSync(path, soft);
  writeFileSync(words, 'Dear diary');
  for (const output of [path, hard, soft])
    await refused(job(path, { output }), true, /to be imposed/, /another one with -o/);
  await refused(job(path, { output: words }), true, /already, and it is no PDF/, /another one with -o/);
  // What only speaks of PDFs is none; what is one, but is not called so, is not ours.
  const [notes, bare] = [join(folder, 'notes.pdf'), join(folder, 'scan.md')];
  writeFileSync(notes, 'A PDF begins with %PDF-1.7.\n');
  writeFileSync(bare, '%PDF-1.7\n');
  await refused(job(path, { output: notes }), true, /already, and it is no PDF/, /another one with -o/);
  await refused(job(path, { output: bare }), true, /already, .* does not end in `\.pdf`/, /another one with -o/);
  assert.deepEqual(
    [notes, bare].map((each) => readFileSync(each, 'utf8').length),
    [28, 9],
  );
  await refused(job(path, { output: folder }), true, /It is a folder/, /a file in it/);
  await refused(job(path, { output: join(folder, 'nowhere', 'out.pdf') }), true, /no folder `.*nowhere`/, /Make it/);
  if (process.platform !== 'win32') await refused(job(path, { output: '/dev/null' }), true, /a device or a pipe/, /-o/);
  assert.deepEqual(readFileSync(path), before);
  assert.equal(readFileSync(words, 'utf8'), 'Dear diary');
  // A PDF is renewed, also one that a link leads to, and an empty file is filled.
  const [old, link, empty] = [kept(await pagesOf(2)), join(folder, 'link.pdf'), kept('')];
  symlinkSync(old, link);
  const [marked, fresh] = [kept('\ufeff\r\n%PDF-1.4\n'), join(folder, 'fresh.out')];
  for (const output of [link, empty, marked, fresh]) await fine(path, { output });
  for (const output of [empty, marked, fresh]) assert.deepEqual(readFileSync(old), readFileSync(output));
});

test('several files are put whole or not at all', async () => {
  const [first, old] = [join(folder, 'first.pdf'), kept('%PDF- as it was')];
  const before = readdirSync(folder);
  const bytes = new TextEncoder().encode('new');
  const files = [first, old, join(folder, 'nowhere', 'last.pdf')].map((path) => [path, bytes] as const);
  await assert.rejects(put(files), { message: 'There is no such file' });
  assert.deepEqual(readdirSync(folder), before);
  assert.equal(readFileSync(old, 'utf8'), '%PDF- as it was');
  await put(files.slice(0, 2));
  assert.deepEqual(
    [first, old].map((path) => readFileSync(path, 'utf8')),
    ['new', 'new'],
  );
  assert.deepEqual(readdirSync(folder).sort(), [...before, 'first.pdf'].sort());
});

test(
  'so many copies that nothing is left to read: told by the name that was typed, with a count that works',
  TOOLS,
  async () => {
    const path = kept(await pagesOf(4));
    const done = await imposeFile(job(path, { copies: '37' }));
    assert.ok('problem' in done);
    assert.match(done.problem, /^.*: The panels of `saddle`, 37 copies on a sheet, would be .* too small to read\n/);
    assert.doesNotMatch(done.problem, /-up/);
    const [, most = ''] = /Take `--copies (\d+)`, the most that this paper holds/.exec(done.problem)!;
    await fine(path, { copies: most });
    for (let more = Number(most) + 1; more <= 64; more++)
      assert.ok('problem' in (await imposeFile(job(path, { copies: `${more}` }))), `${more}`);
    await refused(
      job(kept(await pagesOf(9)), { fold: 'one-sheet-8', copies: '2' }),
      false,
      /the fold `one-sheet-8`, found 9/,
    );
    const leaf = job(kept(await pagesOf(3)), { fold: 'leaflets-4-up', columns: '3' });
    await refused(leaf, false, /the fold `leaflets-4-up`, found 3/);
  },
);

test('pages so large that they would be specks are refused, with what works', TOOLS, async () => {
  const large = async (count: number, mm: number): Promise<string> =>
    kept(await pagesOf(count, (page) => page.setSize(mm * MM, mm * MM)));
  const one = await large(1, 5000);
  await refused(
    job(one),
    false,
    /Pages of 5000 × 5000 mm .* 3 % of their size/,
    /the fold `poster`, or the paper `354mm x 500mm`/,
  );
  await fine(one, { fold: 'poster' });
  await fine(one, { paper: '354mm x 500mm' });
  const several = await large(5, 5000);
  await refused(
    job(several, { fold: 'one-sheet-8' }),
    false,
    /1\.5 % of their size/,
    /^ {4}Take the paper `\d+mm x \d+mm`\.$/,
  );
  const [huge, hugest] = [
    kept(await pagesOf(8, (page) => page.node.set(PDFName.of('UserUnit'), page.doc.context.obj(300)))),
    kept(await pagesOf(1, (page) => page.node.set(PDFName.of('UserUnit'), page.doc.context.obj(1000)))),
  ];
  await refused(job(huge), false, /% of their size/, /^ {4}They are larger than any paper/);
  await refused(job(hugest, { fold: 'poster' }), false, /% of their size/, /^ {4}They are larger than any paper/);
});

test('where no back has a page, one side is printed: no empty pages, no file of backs', TOOLS, async () => {
  for (const [fold, pages] of [
    ['leaflets-4-up', 1],
    ['cut-and-stack', 1],
    ['singles', 1],
    ['saddle', 2],
    ['accordion', 1],
  ] as const) {
    const output = join(folder, `one-${fold}.pdf`);
    for (const duplex of [undefined, 'manual']) {
      const { outputs, notes } = await fine(kept(await pagesOf(pages)), { fold, duplex, output });
      assert.deepEqual(outputs, [output]);
      assert.match(run('pdfinfo', [output]), /^Pages: +1$/m, fold);
      assert.match(notes.join('\n'), /^Print one-.*\.pdf on one side/m);
      assert.doesNotMatch(notes.join('\n'), /both sides|backs|on one side of the sheet/);
    }
  }
});

test('an option that changes nothing is told', TOOLS, async () => {
  const path = kept(await pagesOf(8));
  const { notes } = await fine(path, { fold: 'one-sheet-8', duplex: 'manual', shift: '1mm,0mm', spine: 'right' });
  assert.equal(notes.filter((note) => /^`--(duplex|shift)` changes nothing/.test(note)).length, 2);
  const poster = await fine(kept(await pagesOf(1)), { fold: 'poster', spine: 'right' });
  assert.match(poster.notes.join('\n'), /`--spine` changes nothing/);
  const booklet = await fine(path, { duplex: 'short-edge', shift: '1mm,0mm', spine: 'right' });
  assert.doesNotMatch(booklet.notes.join('\n'), /changes nothing/);
});

const PAPERS = ['a3', 'a4', 'a5', 'letter', 'legal', 'tabloid', '200mm x 300mm'];

test('every fold on every paper with any number of pages: sheets, or a refusal whose every suggestion works', async () => {
  let [made, told] = [0, 0];
  for (const pages of [1, 7, 8, 16, 100, 257]) {
    const file = kept(await pagesOf(pages));
    for (const fold of Object.keys(FORMATS))
      for (const paper of PAPERS) {
        const done = await imposeFile(job(file, { fold, paper, output: join(folder, 'any.pdf') }));
        if ('outputs' in done) {
          made++;
          continue;
        }
        told++;
        const [first = '', hint = ''] = done.problem.split('\n');
        assert.ok(first && hint, `${fold} ${paper} ${pages}: ${done.problem}`);
        const meant = [...hint.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
        assert.ok(meant.length > 0, done.problem);
        for (const word of meant) {
          const other = Object.hasOwn(FORMATS, word) ? { fold: word, paper } : { fold, paper: word };
          const tried = await imposeFile(job(file, { ...other, output: join(folder, 'any.pdf') }));
          assert.ok('outputs' in tried, `${fold} on ${paper}, ${pages} pages: ${hint}: ${JSON.stringify(tried)}`);
        }
      }
  }
  assert.ok(made > 300 && told > 100, `${made} made, ${told} told`);
});
