// The order of a pamphlet's pages, whatever its chapters' lengths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FlowLength, folioNames, gather, type Leaf, type Matter } from '../scripts/typeset/gathering.ts';

const flows = fc.array(
  fc.record({ pages: fc.integer({ min: 0, max: 9 }), opens: fc.constantFrom('recto' as const, 'page' as const) }),
  { maxLength: 12, size: 'max' },
);
const front = fc.constantFrom('full' as const, 'brief' as const);

/** Folios on which a matter stands: the front is 1. */
const foliosOf = (leaves: readonly Leaf[], matter: Matter): number[] =>
  leaves.flatMap((leaf, index) => (leaf.kind === 'matter' && leaf.matter === matter ? [index + 1] : []));

const shown = (leaves: readonly Leaf[]): string[] =>
  leaves.map((leaf) => {
    if (leaf.kind === 'matter') return leaf.matter;
    return leaf.kind === 'blank' ? '–' : `${leaf.flow}.${leaf.page}`;
  });

test('a full pamphlet, leaf by leaf', () => {
  const leaves = gather(
    [
      { pages: 1, opens: 'recto' },
      { pages: 3, opens: 'recto' },
      { pages: 1, opens: 'page' },
    ],
    'full',
  );
  assert.deepEqual(
    shown(leaves).join(' '),
    'cover – half-title – title-page imprint 0.0 – 1.0 1.1 1.2 2.0 colophon – – back-cover',
  );
});

test('a brief pamphlet, leaf by leaf', () => {
  assert.equal(
    shown(gather([{ pages: 5, opens: 'recto' }], 'brief')).join(' '),
    'cover imprint 0.0 0.1 0.2 0.3 0.4 back-cover',
  );
  assert.equal(shown(gather([], 'brief')).join(' '), 'cover imprint – back-cover');
});

test('pages come in fours, between front and back cover', () => {
  fc.assert(
    fc.property(flows, front, (lengths, how) => {
      const leaves = gather(lengths, how);
      assert.equal(leaves.length % 4, 0);
      assert.deepEqual(foliosOf(leaves, 'cover'), [1]);
      assert.deepEqual(foliosOf(leaves, 'back-cover'), [leaves.length]);
      assert.equal(foliosOf(leaves, 'imprint').length, 1);
      assert.equal(foliosOf(leaves, 'imprint')[0]! % 2, 0, 'the imprint is a verso');
      for (const matter of ['half-title', 'title-page', 'colophon'] as const)
        assert.equal(foliosOf(leaves, matter).length, how === 'full' ? 1 : 0);
      for (const matter of ['half-title', 'title-page'] as const)
        for (const folio of foliosOf(leaves, matter)) assert.equal(folio % 2, 1, `the ${matter} is a recto`);
      if (how === 'full')
        assert.equal(
          foliosOf(leaves, 'imprint')[0],
          foliosOf(leaves, 'title-page')[0]! + 1,
          'the imprint backs the title',
        );
    }),
  );
});

test('every page of every flow is there once, in order, and opens on the side it must', () => {
  fc.assert(
    fc.property(flows, front, (lengths, how) => {
      const leaves = gather(lengths, how);
      const set = leaves.filter((leaf) => leaf.kind === 'text').map(({ flow, page }) => `${flow}.${page}`);
      const all = lengths.flatMap(({ pages }, flow) => Array.from({ length: pages }, (_, page) => `${flow}.${page}`));
      assert.deepEqual(set, all);
      for (const [index, leaf] of leaves.entries())
        if (leaf.kind === 'text' && leaf.page === 0 && lengths[leaf.flow]!.opens === 'recto')
          assert.equal((index + 1) % 2, 1, `flow ${leaf.flow} opens on a recto`);
    }),
  );
});

test('a blank stands only behind the cover and the half-title, before a recto opening, or at the end, three at the most', () => {
  const opensRecto = (lengths: readonly FlowLength[], leaf: Leaf | undefined): boolean =>
    leaf?.kind === 'text' && leaf.page === 0 && lengths[leaf.flow]!.opens === 'recto';
  fc.assert(
    fc.property(flows, front, (lengths, how) => {
      const leaves = gather(lengths, how);
      let end = leaves.length - 1;
      while (leaves[end - 1]!.kind === 'blank') end--;
      assert.ok(leaves.length - 1 - end <= 3, 'too many blanks at the end');
      for (const [index, leaf] of leaves.slice(0, end).entries()) {
        if (leaf.kind !== 'blank') continue;
        const before = leaves[index - 1];
        const backs = before?.kind === 'matter' && (before.matter === 'cover' || before.matter === 'half-title');
        assert.ok(backs || opensRecto(lengths, leaves[index + 1]), `a blank at ${index + 1} of ${shown(leaves)}`);
      }
    }),
  );
});

test('folios: one after the other, or roman up to the text, which begins with 1 on a right-hand page', () => {
  const NUMERALS: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
  /** A sign before a greater one is taken away. */
  const numberOf = (roman: string): number =>
    [...roman].reduce((sum, sign, at) => {
      const value = NUMERALS[sign]!;
      return sum + (value < (NUMERALS[roman[at + 1] ?? ''] ?? 0) ? -value : value);
    }, 0);
  const WELL_FORMED = /^m*(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
  fc.assert(
    fc.property(flows, fc.integer({ min: 0, max: 12 }), front, (lengths, fronts, how) => {
      const text = lengths.findIndex(({ pages }, at) => at >= fronts && pages > 0);
      const set = lengths.map((flow, at) => ({
        ...flow,
        front: at < fronts,
        opens: at === text ? ('recto' as const) : flow.opens,
      }));
      const leaves = gather(set, how);
      assert.deepEqual(
        folioNames(leaves, 'arabic').map(Number),
        leaves.map((_, at) => at + 1),
      );
      const names = folioNames(leaves, 'roman');
      assert.equal(names.length, leaves.length);
      const begin = leaves.findIndex((leaf) => leaf.kind === 'text' && leaf.flow === text);
      const before = begin < 0 ? leaves.length : begin;
      for (const [at, name] of names.entries()) {
        if (at >= before) assert.equal(name, String(at - before + 1));
        else {
          assert.match(name, WELL_FORMED);
          assert.equal(numberOf(name), at + 1);
        }
      }
      if (begin >= 0) assert.equal(begin % 2, 0, 'page 1 is a right-hand page');
    }),
  );
});
