// Lengths and sizes as authors write them, and as they do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { landscape, MM, PAPERS, parseLength, parseSize, pt } from '../scripts/book/measure.ts';

const near = (actual: number | undefined, expected: number): void => {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);
};

test('lengths come back in points', () => {
  near(parseLength('72pt'), 72);
  near(parseLength('0.5in'), 36);
  near(parseLength('.5in'), 36);
  near(parseLength('25.4mm'), 72);
  near(parseLength('2.54cm'), 72);
  near(parseLength('96px'), 72);
  near(parseLength('  3 mm '), 3 * MM);
  near(parseLength('0mm'), 0);
});

test('a unit is a unit, however much of it there is', () => {
  const units = fc.constantFrom<[string, number]>(
    ['mm', 72 / 25.4],
    ['cm', 720 / 25.4],
    ['in', 72],
    ['pt', 1],
    ['px', 0.75],
  );
  fc.assert(
    fc.property(units, fc.integer({ min: 0, max: 99_999 }), ([unit, points], hundredths) => {
      const length = parseLength(`${hundredths / 100}${unit}`);
      const expected = (hundredths / 100) * points;
      assert.ok(Math.abs(length! - expected) <= 1e-9 * Math.max(1, expected), `${length}, not ${expected}`);
    }),
  );
});

test('what is no length is none', () => {
  const nonsense = [
    '',
    '12',
    'mm',
    '-3mm',
    '+3mm',
    '1e3mm',
    '1,5mm',
    '3.mm',
    '3 em',
    '3mm 4mm',
    '3mmm',
    '０mm',
    'NaNmm',
    '3%',
    'Infinitypt',
  ];
  for (const text of nonsense) assert.equal(parseLength(text), undefined, `\`${text}\``);
});

test('papers are known by name, in any case, upright', () => {
  for (const [name, size] of Object.entries(PAPERS)) {
    assert.deepEqual(parseSize(name), size);
    assert.deepEqual(parseSize(` ${name.toUpperCase()} `), size);
    assert.ok(size.width < size.height, `${name} stands upright`);
  }
  near(PAPERS.a4!.width, 210 * MM);
  near(PAPERS.letter!.height, 792);
  // Two of the smaller side by side are the larger.
  near(PAPERS['half-letter']!.width * 2, PAPERS.letter!.height);
  near(PAPERS.a5!.height, PAPERS.a4!.width);
});

test('sizes are two lengths', () => {
  const size = { width: 148 * MM, height: 210 * MM };
  for (const text of ['148mm x 210mm', '148mm × 210mm', '148mmx210mm', '14.8cm x 210mm'])
    for (const side of ['width', 'height'] as const) near(parseSize(text)?.[side], size[side]);
  const lying = parseSize('210mm x 148mm');
  near(lying?.width, size.height);
});

test('what is no size is none', () => {
  const nonsense = [
    '',
    'a99',
    'x',
    '148mm',
    '148mm x',
    'x 210mm',
    '148 x 210',
    '148mm x 210mm x 3mm',
    '0mm x 210mm',
    '148mm by 210mm',
  ];
  for (const text of [...nonsense, '__proto__', 'constructor', 'toString'])
    assert.equal(parseSize(text), undefined, `\`${text}\``);
});

test('points are written for CSS with four decimals at the most, and read back', () => {
  assert.equal(pt(12), '12pt');
  assert.equal(pt(1 / 3), '0.3333pt');
  assert.equal(pt(419.52755905511), '419.5276pt');
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20_000, noNaN: true }), (points) => {
      const read = parseLength(pt(points));
      assert.ok(read !== undefined && Math.abs(read - points) <= 5.1e-5, `${pt(points)} for ${points}`);
    }),
  );
});

test('landscape lies on the long side, whichever way it came', () => {
  const { a4 } = PAPERS;
  const lying = { width: a4!.height, height: a4!.width };
  assert.deepEqual(landscape(a4!), lying);
  assert.deepEqual(landscape(lying), lying);
});
