// Takes are set at the same time, and come out in order: judged by what happens when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Clicker, Hands } from '../scripts/typeset/companionship.ts';

/** Lets everything go on that can. */
const settle = async (): Promise<void> => {
  for (let round = 0; round < 20; round++) await Promise.resolve();
};

test('no more hands than there are, and who is urgent goes first', async () => {
  const hands = new Hands(2);
  let [busy, most] = [0, 0];
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string, urgent: boolean): Promise<void> =>
    hands.lend(async () => {
      order.push(name);
      most = Math.max(most, ++busy);
      await new Promise<void>((resolve) => ends.push(resolve));
      busy--;
    }, urgent);
  const all = [work('a', false), work('b', false), work('c', false), work('d', true), work('e', false)];
  for (let done = 0; done < 5; done++) {
    await settle();
    ends.shift()!();
  }
  await Promise.all(all);
  assert.equal(most, 2);
  assert.deepEqual(order, ['a', 'b', 'd', 'c', 'e']);
});

test('a hand is given back by work that fails, too', async () => {
  const hands = new Hands(1);
  await assert.rejects(
    hands.lend(() => Promise.reject(new Error('dropped'))),
    /dropped/,
  );
  assert.equal(await hands.lend(async () => 'set'), 'set');
});

test('takes are placed in their order, in whichever they are ready', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (ready) => {
      const clicker = new Clicker(6);
      const placed: number[] = [];
      const work: Promise<number>[] = [];
      for (const take of ready) {
        work.push(clicker.inTurn(take, () => placed.push(take)));
        await settle();
      }
      await Promise.all(work);
      assert.deepEqual(placed, [0, 1, 2, 3, 4, 5]);
    }),
  );
});

test('what is wanted is waited for, until all is known', async () => {
  const clicker = new Clicker(3);
  let known = '';
  const say = (what: string) => (): void => {
    known += what;
  };
  void clicker.known(['far']).then(say('far '));
  void clicker.known(['near']).then(say('near '));
  void clicker.known(['nowhere']).then(say('nowhere '));
  void clicker.known([]).then(say('nothing '));
  await settle();
  assert.equal(known, 'nothing ');
  clicker.enter({ near: 3 });
  await settle();
  assert.equal(known, 'nothing near ');
  clicker.enter({ near: 9, other: 5 });
  await settle();
  assert.equal(known, 'nothing near ', 'what is known already wakes nobody twice');
  clicker.enter({ far: 12 });
  await settle();
  assert.equal(known, 'nothing near far nowhere ', 'and nobody waits for what stands nowhere');
  assert.deepEqual(
    [...clicker.folios],
    [
      ['near', 3],
      ['other', 5],
      ['far', 12],
    ],
  );
});
