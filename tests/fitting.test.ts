// What fits a paper, a hand and a staple, what is said where it does not, and that what a message names does work.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MM, PAPERS, parseSize, type Size } from '../scripts/book/measure.ts';
import { fits, laid, papersFor } from '../scripts/print/fitting.ts';
import { holds, schemeFor } from '../scripts/print/folds.ts';
import * as formats from '../scripts/print/formats.ts';
import { FORMATS, type Format } from '../scripts/print/formats.ts';
import { formatsFor, saidOf, usualOf } from '../scripts/print/saying.ts';
import { foldFor, layersOf, staplingOf, tooThick } from '../scripts/print/thickness.ts';
import { made } from './schemes.ts';

const told = (found: unknown): { ruleId: string; reason: string; note: string } => {
  assert.ok(typeof found === 'object' && found !== null && 'reason' in found);
  return found as { ruleId: string; reason: string; note: string };
};

test('does it fit? panels and scale', () => {
  const a4 = PAPERS.a4!;
  const fit = (format: Format, paper: Size, trim?: Size) => {
    const found = fits(format, paper, trim);
    assert.ok('panel' in found);
    return found;
  };
  const zine = fit(formats.oneSheet8Fold, a4, { width: 74.25 * MM, height: 105 * MM });
  assert.deepEqual(
    [zine.panel.width, zine.panel.height, zine.scale].map((one) => Math.round(one * 100) / 100),
    [210.47, 297.64, 1],
  );
  const letter = fit(formats.letterFold6, a4);
  assert.equal((letter.panel.width / MM).toFixed(2), ((297 + 1.5) / 3 - 1.5).toFixed(2));
  // Any page is made to fit: twice as high, half as large; and as most programs round A4, as good as whole.
  assert.equal(fit(formats.saddleStitch, a4, PAPERS.a3!).scale.toFixed(3), '0.500');
  assert.ok(fit(formats.singles, a4, { width: 595, height: 842 }).scale > 0.999);
  assert.equal(fit(formats.poster(2, 2), a4, PAPERS.a3!).scale, 1);
  // A poster's sheets lie as the whole poster comes out larger.
  const whole = (columns: number, rows: number, trim: Size): boolean => {
    const { width, height } = fit(formats.poster(columns, rows), a4, trim).sheet;
    return width > height;
  };
  assert.deepEqual([whole(2, 2, PAPERS.a5!), whole(1, 2, PAPERS.a5!), whole(3, 1, PAPERS.a5!)], [false, true, false]);
  assert.throws(() => schemeFor(formats.saddleStitch, 0), { ruleId: 'page-count' });
  assert.throws(() => schemeFor(formats.letterFold6, 7), { ruleId: 'page-count' });
});

const quoted = (note: string): string[] => [...note.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

test('every paper and every fold that a message names does work', () => {
  const side = fc.integer({ min: 60, max: 1200 }).map((length) => length * MM);
  const size = fc.oneof(fc.constantFrom(...Object.values(PAPERS)), fc.record({ width: side, height: side }));
  const choice = fc.record(
    { columns: fc.integer({ min: 1, max: 20 }), rows: fc.integer({ min: 1, max: 20 }) },
    { requiredKeys: [] },
  );
  let refused = 0;
  fc.assert(
    fc.property(
      ...[fc.constantFrom(...Object.keys(FORMATS)), fc.constantFrom(1, 2, 6, 8, 16, 60, 257, 1000), size, size, choice],
      (name, pages, paper, trim, chosen) => {
        const format = FORMATS[name]!(pages, chosen);
        const scheme = holds(format, pages) ? schemeFor(format, pages) : undefined;
        if (!scheme) {
          const { note } = told(thrown(() => schemeFor(format, pages)));
          refused++;
          for (const fold of quoted(note))
            assert.equal(tooThick(made(fold, pages)), undefined, `${name}, ${pages}: ${note}`);
          return;
        }
        const found = fits(format, paper, trim, () => formatsFor(pages));
        if (!('panel' in found)) {
          refused++;
          const { note } = told(found);
          assert.ok(quoted(note).length > 0);
          for (const other of quoted(note)) {
            const size = parseSize(other);
            if (size) assert.ok(withinA0(size), other);
            const then = size ? fits(format, size, trim) : fits(FORMATS[other]!(pages), paper, trim);
            assert.ok('panel' in then, `${name}: ${note}: ${(then as Error).message}`);
          }
        }
        const thick = tooThick(scheme);
        for (const other of quoted(thick?.note ?? '')) assert.equal(tooThick(made(other, pages)), undefined);
        const larger = quoted(papersFor(format, trim, 0.4) ?? '').map((one) => parseSize(one)!);
        for (const one of larger) {
          assert.ok(withinA0(one));
          const then = fits(format, one, trim);
          if ('panel' in then && scheme.reads !== 'tiles') assert.ok(then.scale >= 0.399, `${name} ${then.scale}`);
        }
      },
    ),
    { numRuns: 1000 },
  );
  assert.ok(refused > 100, `${refused} refused`);
});

const withinA0 = ({ width, height }: Size): boolean =>
  Math.min(width, height) < 841.01 * MM && Math.max(width, height) < 1189.01 * MM;

function thrown(task: () => unknown): unknown {
  try {
    task();
  } catch (cause) {
    return cause;
  }
  return undefined;
}

test('what is folded at once, and what only lies together', () => {
  const layers = (name: string, pages: number): number => layersOf(made(name, pages));
  // By hand: of 400 pages 100 sheets in one another, or four; a quarto's sheet alone, or fifty sheets in one another.
  assert.equal(layers('saddle', 400), 200);
  assert.equal(layers('signatures', 400), 8);
  assert.equal(layers('quarto', 400), 4);
  assert.equal(layers('octavo', 400), 8);
  assert.equal(layers('quarter-fold', 400), 200);
  assert.equal(layers('perfect-bound', 400), 0);
  assert.equal(layers('cut-and-stack', 400), 0);
  assert.equal(layersOf(schemeFor(formats.nUp(formats.saddleStitch, 2, 2), 40)), 20);
  assert.equal(layersOf(schemeFor(formats.signatures(50), 1000)), 100);
  for (const name of ['saddle', 'quarter-fold']) {
    assert.equal(tooThick(made(name, 200)), undefined);
    assert.equal(told(tooThick(made(name, 201))).ruleId, 'fold-too-thick');
  }
  for (const name of ['signatures', 'quarto', 'octavo', 'perfect-bound', 'cut-and-stack', 'singles'])
    assert.equal(tooThick(made(name, 2000)), undefined, name);
});

test('staples: what a common one holds, what needs longer legs, and what must be sewn', () => {
  const leaf = 0.1 * MM;
  const by = (name: string, pages: number, thick = leaf) => staplingOf(made(name, pages), thick)?.by;
  assert.deepEqual(
    [8, 80, 84, 160, 164].map((pages) => by('saddle', pages)),
    ['common', 'common', 'heavy', 'heavy', 'thread'],
  );
  // Each sheet of a quarter-fold is two leaves at the fold: as many as its pages would be in a booklet.
  assert.deepEqual(
    [16, 80, 88, 160, 168].map((pages) => by('quarter-fold', pages)),
    ['common', 'common', 'heavy', 'heavy', 'thread'],
  );
  assert.equal(by('saddle', 80, 2 * leaf), 'heavy');
  assert.equal(by('saddle', 4), undefined);
  // One sheet, but slit open it is two leaves that nothing else holds.
  assert.equal(by('quarter-fold', 8), 'common');
  assert.equal(by('signatures', 400), undefined);
  // What is chosen can always be made.
  for (const pages of [...Array.from({ length: 70 }, (_, index) => 4 * index + 1), 400, 1000])
    for (const thick of [leaf / 2, leaf, 2.5 * leaf]) {
      const scheme = made(foldFor(pages, thick), pages);
      assert.equal(tooThick(scheme), undefined);
      assert.notEqual(staplingOf(scheme, thick)?.by, 'thread');
    }
});

test('what is said of pages on their sheets', () => {
  const said = (format: Format, trims: readonly Size[], paper: Size = PAPERS.a4!): string => {
    const scheme = schemeFor(format, trims.length);
    return saidOf({ scheme, trims, sheet: laid(scheme, paper, usualOf(trims)), margin: 0 }).join(' ');
  };
  const [a5, a4] = [PAPERS.a5!, PAPERS.a4!];
  const lying = { width: a5.height, height: a5.width };
  assert.equal(said(formats.saddleStitch, Array(8).fill(a5)), '');
  assert.match(said(formats.saddleStitch, Array(8).fill(a4)), /^The pages are printed at 71 % of their size\.$/);
  assert.match(said(formats.oneSheet8Fold, Array(8).fill(a4)), /35 % .* too small to read: the paper `a3`/);
  // One that lies is turned and makes no other smaller; where most lie, none is turned.
  assert.equal(
    said(formats.saddleStitch, [a5, a5, lying, a5]),
    'Page 3 is turned by a quarter to fit, the head to the left.',
  );
  assert.equal(said(formats.saddleStitch, [lying, lying, lying, a5]).includes('turned'), false);
  assert.equal(said(formats.saddleStitch, [a5, a4, a4, a5, a5, a5, a5, a4]), 'Pages 2, 3 and 8 are printed at 71 %.');
  assert.equal(said(formats.saddleStitch, [a4, a4, a5, a5, a5, a5, a5, a5]), 'Pages 1 and 2 are printed at 71 %.');
  assert.equal(said(formats.saddleStitch, [a4, a4, a4, a5, a5, a5, a5, a5]), 'Pages 1 to 3 are printed at 71 %.');
  const eight = Array(8).fill({ width: 74 * MM, height: 105 * MM });
  assert.match(said(formats.oneSheet16Fold, eight), /8 of the 16 pages .* `one-sheet-8` holds the 8 pages on one side/);
  assert.doesNotMatch(said(formats.oneSheet16Fold, [...eight, ...eight]), /one side/);
  // A fold that makes another thing is no advice.
  for (const format of [formats.leaflets(2, 2), formats.cutAndStack(2, 2), formats.quarto, formats.quarterFold])
    for (const pages of [1, 2]) assert.doesNotMatch(said(format, eight.slice(0, pages)), /fold `/, format.name);
  assert.doesNotMatch(said(formats.octavo, eight), /fold `/);
  // No paper is so large.
  assert.match(said(formats.saddleStitch, Array(4).fill({ width: 3000 * MM, height: 4200 * MM })), / small to read\.$/);
});
