// Imposing what we did not make: odd PDFs come out right, bad ones are told in a sentence with what would work, and nothing is left behind.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { degrees, PDFDict, PDFDocument, PDFName, type PDFPage, StandardFonts } from '@pdfme/pdf-lib';
import { MM } from '../scripts/book/measure.ts';
import { FOLDS, type Imposing, imposeFile } from '../scripts/io/imposing.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { wordsOf } from './oversize.ts';
import { needs, run } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

function kept(pdf: Uint8Array | string): string {
  const path = join(folder, `${++files}.pdf`);
  writeFileSync(path, pdf);
  return path;
}

type Change = (page: PDFPage, index: number, doc: PDFDocument) => void;

/** Pages of 300 × 400 pt with their numbers at head and foot. */
async function pagesOf(count: number, change: Change = () => {}, plain = false): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const font = await doc.embedFont(StandardFonts.Helvetica);
  for (let index = 0; index < count; index++) {
    const page = doc.addPage([300, 400]);
    page.drawText(`head${index + 1}`, { x: 40, y: 350, size: 20, font });
    page.drawText(`foot${index + 1}`, { x: 40, y: 30, size: 20, font });
    change(page, index, doc);
  }
  return doc.save({ useObjectStreams: !plain });
}

const job = (file: string, more: Partial<Imposing> = {}): Imposing => ({
  ...{ file, fold: 'saddle', paper: 'a4', output: join(folder, `out-${files}.pdf`), epoch: undefined },
  ...more,
});

async function fine(
  file: string,
  more: Partial<Imposing> = {},
): Promise<{ outputs: readonly string[]; notes: readonly string[] }> {
  const done = await imposeFile(job(file, more));
  assert.ok('outputs' in done, 'problem' in done ? done.problem : '');
  for (const path of done.outputs) run('qpdf', ['--check', path]);
  return done;
}

const words = (path: string) => wordsOf(run('pdftotext', ['-bbox', path, '-']));

/** Of each side of a sheet its words, those further left first. */
const sides = (path: string): string[] => {
  const found = words(path).sort((a, b) => a.left - b.left || a.top - b.top);
  const last = Math.max(...found.map(({ page }) => page));
  return Array.from({ length: last + 1 }, (_, page) =>
    found.flatMap((word) => (word.page === page ? [word.text] : [])).join(' '),
  );
};

const TOOLS = needs('qpdf', 'pdftotext');
const FOUR = ['head4 foot4 head1 foot1', 'head2 foot2 head3 foot3'];

test(
  'turned pages, crop boxes, units, mixed sizes, boxes from above in the tree: all stand upright in their places',
  TOOLS,
  async () => {
    const turned: Change = (page, index) => {
      // What is drawn sideways and turned by the viewer.
      page.setRotation(degrees([0, 90, 180, 270][index]!));
    };
    const path = kept(await pagesOf(4, turned));
    const { outputs } = await fine(path);
    const found = words(outputs[0]!);
    const at = (text: string) => found.find((word) => word.text === text)!;
    // Unturned: head over foot. Turned by 180°: under it, and at the right. By 90°, clockwise: the head is further right.
    assert.ok(at('head1').top < at('foot1').top);
    assert.ok(at('head3').top > at('foot3').top);
    assert.ok(at('head2').left > at('foot2').left);
    assert.ok(at('head4').left < at('foot4').left);

    const cropped = await fine(kept(await pagesOf(4, (page) => page.setCropBox(30, 20, 250, 370))));
    assert.deepEqual(sides(cropped.outputs[0]!), FOUR);
    // The crop's left edge stands at the fold: 10 pt from it begins the word.
    const first = words(cropped.outputs[0]!).find(({ text }) => text === 'head1')!;
    assert.ok(Math.abs(first.left - (297 * MM) / 2 - 10) < 0.7, `${first.left}`);

    const doubled = await fine(
      kept(await pagesOf(4, (page) => page.node.set(PDFName.of('UserUnit'), page.doc.context.obj(0.5)))),
    );
    const [whole, half] = [await fine(kept(await pagesOf(4))), doubled].map(
      ({ outputs: [output] }) => words(output!).find(({ text }) => text === 'head1')!,
    );
    assert.ok(Math.abs((half!.right - half!.left) * 2 - (whole!.right - whole!.left)) < 0.01);

    const mixed = await fine(kept(await pagesOf(4, (page, index) => page.setSize(300 + index * 60, 400 + index * 50))));
    assert.deepEqual(sides(mixed.outputs[0]!), FOUR);
    const widths = [1, 2, 3, 4].map((number) => {
      const word = words(mixed.outputs[0]!).find(({ text }) => text === `head${number}`)!;
      return word.right - word.left;
    });
    assert.ok(Math.max(...widths) - Math.min(...widths) < 0.01, 'one scale for all');

    const odd: Change = (page, index, doc) => {
      const root = doc.catalog.lookup(PDFName.of('Pages'), PDFDict);
      root.set(PDFName.of('MediaBox'), doc.context.obj([300, 400, 0, 0]));
      root.set(PDFName.of('Rotate'), doc.context.obj(0));
      page.node.delete(PDFName.of('MediaBox'));
      if (index === 1) page.node.set(PDFName.of('Rotate'), doc.context.obj(44));
      if (index === 2) page.node.set(PDFName.of('CropBox'), doc.context.obj([900, 900, 950, 950]));
      if (index === 3) page.node.set(PDFName.of('TrimBox'), doc.context.obj([0, 0, 0, 0]));
    };
    assert.deepEqual(sides((await fine(kept(await pagesOf(4, odd)))).outputs[0]!), FOUR);
  },
);

test('as other programs write them: linearized, with and without object streams, in pieces', TOOLS, async () => {
  for (const options of [
    ['--linearize'],
    ['--object-streams=disable'],
    ['--object-streams=generate', '--stream-data=uncompress'],
    ['--qdf'],
    ['--coalesce-contents'],
    ['--force-version=1.3'],
  ]) {
    const path = kept('');
    run('qpdf', [...options, kept(await pagesOf(4)), path]);
    assert.deepEqual(sides((await fine(path)).outputs[0]!), FOUR, options.join());
  }
  const empty = await fine(
    kept(await pagesOf(4, (page, index) => index === 1 && page.node.delete(PDFName.of('Contents')))),
  );
  assert.deepEqual(sides(empty.outputs[0]!), ['head4 foot4 head1 foot1', 'head3 foot3']);
});

test('stamps and filled-in fields are printed; fields without a picture are told', TOOLS, async () => {
  const stamped: Change = (page, index, doc) => {
    const { context } = doc;
    const font = context.obj({ F: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' } });
    const form = (text: string) =>
      context.register(
        context.flateStream(`BT /F 10 Tf 2 2 Td (${text}) Tj ET`, {
          ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 20] },
          Resources: { Font: font },
        }),
      );
    const place = { Type: 'Annot', Rect: [50, 200, 150, 220] };
    const note = (more: object, text?: string) =>
      context.register(context.obj({ ...place, ...more, ...(text ? { AP: { N: form(text) } } : {}) }));
    page.node.set(
      PDFName.of('Annots'),
      context.obj([
        note({ Subtype: 'Stamp', F: 4 }, `stamp${index + 1}`),
        note({ Subtype: 'Stamp', F: 2 }, 'hidden'),
        note({ Subtype: 'Popup', F: 4 }, 'popup'),
        note({ Subtype: 'Widget', FT: 'Btn', F: 0 }, 'button'),
        note({ Subtype: 'Widget', FT: 'Tx', F: 4, V: 'unseen', T: `field${index}` }),
        context.register(
          context.obj({
            ...place,
            Subtype: 'Widget',
            F: 4,
            AS: 'On',
            AP: { N: { On: form('ticked'), Off: form('open') } },
          }),
        ),
      ]),
    );
  };
  const { outputs, notes } = await fine(kept(await pagesOf(2, stamped)));
  const found = words(outputs[0]!).map(({ text }) => text);
  for (const text of ['stamp1', 'stamp2', 'ticked', 'head1', 'foot2']) assert.ok(found.includes(text), text);
  for (const text of ['hidden', 'popup', 'button', 'unseen', 'open']) assert.ok(!found.includes(text), text);
  assert.ok(
    notes.some((note) => /fields .* empty now \(2\)/.test(note)),
    notes.join('\n'),
  );
  // Where the rectangle says: its left edge is 50 pt from the page's, which stands at the fold.
  const stamp = words(outputs[0]!).find(({ text }) => text === 'stamp1')!;
  assert.ok(Math.abs(stamp.left - (297 * MM) / 2 - 52) < 0.7);
});

test('every fold of the list can be asked for, on both sides of the world', TOOLS, async () => {
  assert.deepEqual(Object.keys(FOLDS), Object.keys(FORMATS), 'the help tells every fold there is');
  const paths = new Map<number, string>();
  for (const fold of Object.keys(FOLDS))
    for (const spine of ['left', 'right']) {
      const pages = [16, 8, 6, 4, 2, 1].find((count) => FORMATS[fold]!(count) && holdsPages(fold, count))!;
      const path = paths.get(pages) ?? kept(await pagesOf(pages));
      paths.set(pages, path);
      const { outputs } = await fine(path, { fold, spine, paper: 'a3' });
      const seen = new Set(words(outputs[0]!).map(({ text }) => text));
      for (let page = 1; page <= pages; page++) assert.ok(seen.has(`head${page}`), `${fold}: page ${page}`);
    }
});

const MOST: Readonly<Record<string, number>> = {
  ...{ 'one-sheet-8': 8, 'french-fold': 4, 'letter-fold-6': 6, 'letter-fold-8': 8, 'gatefold-6': 6, 'gatefold-8': 8 },
  ...{ 'leaflets-4-up': 2, poster: 1, accordion: 8 },
};
const holdsPages = (fold: string, pages: number): boolean => pages <= (MOST[fold] ?? 16);

test('by hand: fronts and backs are a file each, named after the one asked for', TOOLS, async () => {
  const path = kept(await pagesOf(8));
  const { outputs, notes } = await fine(path, { duplex: 'manual', output: join(folder, 'mine.pdf') });
  assert.deepEqual(outputs, [join(folder, 'mine-fronts.pdf'), join(folder, 'mine-backs.pdf')]);
  assert.deepEqual(outputs.map(sides), [
    ['head8 foot8 head1 foot1', 'head6 foot6 head3 foot3'],
    ['head4 foot4 head5 foot5', 'head2 foot2 head7 foot7'],
  ]);
  assert.match(notes.join('\n'), /Print mine-fronts\.pdf on one side[\s\S]*Print mine-backs\.pdf/);
  const alone = await fine(kept(await pagesOf(8)), {
    duplex: 'manual',
    fold: 'one-sheet-8',
    output: join(folder, 'zine.pdf'),
  });
  assert.deepEqual(alone.outputs, [join(folder, 'zine.pdf')]);
});

/** One sentence, and one that says what would work; no file. */
async function refused(given: Imposing, usage: boolean, problem: RegExp, note?: RegExp): Promise<void> {
  const before = readdirSync(folder);
  const done = await imposeFile(given);
  assert.ok('problem' in done, `${given.fold} of ${given.file}`);
  const [first = '', second, ...more] = done.problem.split('\n');
  assert.match(first, problem);
  assert.equal(done.usage, usage, first);
  if (note) assert.match(second ?? '', note);
  assert.equal(more.length, 0, done.problem);
  assert.doesNotMatch(done.problem, /undefined|\bat .*:\d+:\d+|\[object/);
  assert.deepEqual(readdirSync(folder), before, 'nothing is left behind');
}

test('what cannot be folded is told, with what can', TOOLS, async () => {
  const [two, nine, large] = [
    kept(await pagesOf(2)),
    kept(await pagesOf(9)),
    kept(await pagesOf(2, (page) => page.setSize(297 * MM, 420 * MM))),
  ];
  await refused(job(nine, { fold: 'one-sheet-8' }), false, /at most 8 pages .* found 9/, /`saddle`/);
  await refused(job(two, { fold: 'poster' }), false, /at most 1 page .* found 2/);
  await refused(job(two, { fold: 'one-sheet-16', paper: 'a6' }), false, /too small to read/, /`a4`|`a3`/);
  await refused(job(nine, { fold: 'accordion', columns: '12' }), false, /too small to read/, /fewer panels/);
  await refused(job(large), false, /larger than a whole sheet/, /`a3`.* `poster`/);
  await refused(job(kept(await pagesOf(400))), false, /100 sheets .* too thick/, /`signatures`/);
  const none = await PDFDocument.create();
  await refused(job(kept(await none.save({ addDefaultPage: false }))), false, /at least one page/);
});

test('what is no whole PDF is told', TOOLS, async () => {
  const whole = await pagesOf(4, undefined, true);
  const path = kept(whole);
  for (const [name, given] of Object.entries({
    words: 'no PDF',
    nothing: '',
    half: whole.subarray(0, whole.length / 2),
  })) {
    await refused(job(kept(given)), false, name === 'half' ? /damaged/ : /could not be read/, /save/);
  }
  for (const [user, owner] of [
    ['secret', 'owner'],
    ['', 'owner'],
  ] as const) {
    const locked = kept('');
    run('qpdf', ['--encrypt', user, owner, '256', '--', path, locked]);
    await refused(job(locked), false, /locked with a password/, /Unlock it/);
  }
  mkdirSync(join(folder, 'folder.pdf'), { recursive: true });
  await refused(job(join(folder, 'folder.pdf')), false, /cannot be read \(EISDIR\)/);
  await refused(job(join(folder, 'missing.pdf')), false, /cannot be read \(ENOENT\)/);
});

test('damaged anywhere, a PDF is imposed or refused, and never half', async () => {
  const whole = Buffer.from(await pagesOf(4, undefined, true));
  let told = 0;
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  for (let round = 0; round < 150; round++) {
    const bytes = Buffer.from(whole);
    if (round % 3 === 0) {
      for (let hits = 0; hits < 4; hits++) bytes[random(bytes.length)] = random(256);
    } else if (round % 3 === 1) {
      // Names and references that lead elsewhere.
      const text = bytes.toString('latin1');
      const names = [
        ...text.matchAll(/\/(?:Kids|Contents|MediaBox|Resources|Parent|Count|Pages|Type|Filter)|\d+ 0 R/g),
      ];
      const { index, 0: word } = names[random(names.length)]!;
      bytes.write((word.startsWith('/') ? '/Xxxx' : `${random(9)} 0 R`).slice(0, word.length), index, 'latin1');
    }
    const path = kept(round % 3 === 2 ? bytes.subarray(0, random(bytes.length)) : bytes);
    const before = new Set(readdirSync(folder));
    const done = await imposeFile(job(path));
    const fresh = readdirSync(folder).filter((name) => !before.has(name));
    if ('problem' in done) {
      told++;
      assert.equal(done.usage, false);
      assert.deepEqual(fresh, []);
      assert.doesNotMatch(done.problem, /\n.*\n/);
    } else {
      assert.equal(fresh.length, 1);
      assert.match(readFileSync(done.outputs[0]!, 'latin1').slice(-8), /%%EOF/);
    }
  }
  assert.ok(told > 40, `${told} refused`);
});

test('wrong use is told as such', async () => {
  const path = kept(await pagesOf(4));
  for (const [more, problem] of [
    [{ fold: 'origami' }, /`origami`: saddle, signatures/],
    [{ fold: 'constructor' }, /No fold is called/],
    [{ paper: 'a99' }, /No paper is called `a99`: a3, a4/],
    [{ duplex: 'both' }, /`--duplex both` is not known: `short-edge`, `long-edge`, `manual`/],
    [{ delivers: 'up' }, /`--delivers up`/],
    [{ margin: '5' }, /`--margin 5`/],
    [{ margin: '-5mm' }, /`--margin -5mm`/],
    [{ margin: '40mm' }, /up to 30 mm/],
    [{ shift: '1mm' }, /to the right and down/],
    [{ spine: 'top' }, /`left`, `right`/],
    [{ columns: '3' }, /`--columns` is not for the fold `saddle`: only for `accordion`/],
    [{ fold: 'poster', rows: '0' }, /from 1 to 20/],
    [{ fold: 'signatures', signatureSheets: 'four' }, /`--signature-sheets four`/],
    [{ output: path }, /name another/],
    [{ output: join(folder, 'nowhere', 'out.pdf') }, /cannot be written \(ENOENT\)/],
    [{ output: folder }, /cannot be written/],
  ] as const)
    await refused(job(path, more), true, problem);
});
