// Imposing what we did not make: odd PDFs come out right, bad ones are told in a sentence with what would work, and nothing is left behind.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { degrees, PDFDict, PDFName } from '@pdfme/pdf-lib';
import { MM } from '../scripts/book/measure.ts';
import { imposeFile } from '../scripts/io/imposing.ts';
import { FOLDS } from '../scripts/io/wishes.ts';
import { FORMATS } from '../scripts/print/formats.ts';
import { type Change, FOUR, fine, folder, job, kept, pagesOf, refused, sides, TOOLS, words } from './foreign.ts';
import { run } from './tools.ts';

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
    assert.ok(Math.abs(widths[0]! - widths[2]!) < 0.01, 'what fits keeps its size');
    assert.ok(
      Math.abs(widths[3]! / widths[0]! - (297 * MM) / 2 / 480) < 0.01,
      'what does not is made to fit for itself',
    );

    const odd: Change = (page, index, doc) => {
      const root = doc.catalog.lookup(PDFName.of('Pages'), PDFDict);
      root.set(PDFName.of('MediaBox'), doc.context.obj([300, 400, 0, 0]));
      root.set(PDFName.of('Rotate'), doc.context.obj(0));
      page.node.delete(PDFName.of('MediaBox'));
      if (index === 1) page.node.set(PDFName.of('Rotate'), doc.context.obj(45));
      if (index === 2) page.node.set(PDFName.of('CropBox'), doc.context.obj([900, 900, 950, 950]));
      if (index === 3) page.node.set(PDFName.of('TrimBox'), doc.context.obj([0, 0, 0, 0]));
    };
    const { outputs: upright } = await fine(kept(await pagesOf(4, odd)));
    assert.deepEqual(sides(upright[0]!), FOUR);
    // No viewer turns a page by half a quarter.
    const second = words(upright[0]!).filter(({ text }) => /^(head|foot)2$/.test(text));
    assert.equal(second.find(({ text }) => text === 'head2')!.left, second.find(({ text }) => text === 'foot2')!.left);
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

test('what annotations print is printed, and what a viewer shows beyond that is told', TOOLS, async () => {
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
    const field = context.register(context.obj({ FT: 'Btn', V: 'Yes' }));
    const states = (yes: string) => ({ AP: { N: { Yes: form(yes), Off: form('open') } } });
    page.node.set(
      PDFName.of('Annots'),
      context.obj([
        note({ Subtype: 'Stamp', F: 4 }, `stamp${index + 1}`),
        note({ Subtype: 'Stamp', F: 4 | 32 }, 'paper'),
        note({ Subtype: 'Stamp', F: 2 | 4 }, 'hidden'),
        note({ Subtype: 'Popup', F: 4 }, 'popup'),
        note({ Subtype: 'Widget', FT: 'Btn', F: 0 }, 'button'),
        note({ Subtype: 'Widget', F: 4, AS: 'Yes', ...states('ticked') }),
        note({ Subtype: 'Widget', F: 4, Parent: field, ...states('said') }),
        note({ Subtype: 'Widget', F: 4, ...states('neither') }),
        // Without an appearance: two that viewers draw by themselves, and four for which they draw nothing.
        note({ Subtype: 'Widget', FT: 'Tx', F: 4, V: context.obj('unseen'), T: `field${index}` }),
        ...(index === 0 ? [note({ Subtype: 'FreeText', F: 4, Contents: context.obj('free') })] : []),
        note({ Subtype: 'Widget', FT: 'Tx', F: 4 }),
        note({ Subtype: 'Widget', FT: 'Sig', F: 4, Rect: [0, 0, 0, 0], V: context.obj('signed') }),
        note({ Subtype: 'Link', F: 4, Border: [0, 0, 0] }),
        note({ Subtype: 'Link' }),
      ]),
    );
    doc.catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: [], NeedAppearances: true }));
  };
  const { outputs, notes } = await fine(kept(await pagesOf(2, stamped)));
  const found = words(outputs[0]!).map(({ text }) => text);
  for (const text of ['stamp1', 'stamp2', 'paper', 'ticked', 'said', 'open', 'head1', 'foot2'])
    assert.ok(found.includes(text), text);
  for (const text of ['hidden', 'popup', 'button', 'neither']) assert.ok(!found.includes(text), text);
  assert.match(notes.join('\n'), /without an appearance .* not printed: 2 on page 1, 1 on page 2\. .* print the PDF/);
  assert.match(notes.join('\n'), /for the screen only are not printed: 1 on page 1, 1 on page 2\./);
  assert.match(notes.join('\n'), /asks viewers to draw its form anew/);
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
  assert.match(notes.join('\n'), /Print all of mine-fronts\.pdf[\s\S]*Print mine-backs\.pdf/);
  const alone = await fine(kept(await pagesOf(8)), {
    duplex: 'manual',
    fold: 'one-sheet-8',
    output: join(folder, 'zine.pdf'),
  });
  assert.deepEqual(alone.outputs, [join(folder, 'zine.pdf')]);
});

test(
  'a page tree that goes in circles is told; nodes that do not say what they are are pages all the same',
  TOOLS,
  async () => {
    const text = Buffer.from(await pagesOf(4, undefined, true)).toString('latin1');
    const [, root = ''] = /\/Pages (\d+ 0 R)/.exec(text)!;
    const turned = text.replace(/\/Kids \[ \d+ 0 R/, `/Kids [ ${root}`);
    assert.notEqual(turned, text);
    await refused(job(kept(Buffer.from(turned, 'latin1'))), false, /damaged/, /new PDF/);
    // One whose parent is itself, and that has no resources to be found above it.
    const lone: Change = (page) => {
      page.node.delete(PDFName.of('Resources'));
      page.node.set(PDFName.of('Parent'), page.ref);
    };
    await fine(kept(await pagesOf(2, lone)));
    const nameless = kept(Buffer.from(text.replaceAll('/Type /Page\n', '/Typo /Page\n'), 'latin1'));
    assert.deepEqual(sides((await fine(nameless)).outputs[0]!), FOUR);
  },
);

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
