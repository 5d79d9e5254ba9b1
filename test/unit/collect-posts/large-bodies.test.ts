import { describe, expect, it } from 'vitest';
import { largeBodies } from '../../../functions/collect-posts/large-bodies.js';

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('large bodies', () => {
  it('are taken in by one group at a time, in the order in which they asked', async () => {
    const group = largeBodies();
    const [first, second, third] = [group(), group(), group()];
    const entered: string[] = [];
    for (const [name, { room }] of [
      ['second', second],
      ['first', first],
      ['second', second],
      ['third', third],
    ] as const)
      void room().then(() => entered.push(name));
    await settled();
    expect(entered).toEqual(['second', 'second']);
    second.leave();
    await settled();
    expect(entered).toEqual(['second', 'second', 'first']);
    first.leave();
    await settled();
    expect(entered).toEqual(['second', 'second', 'first', 'third']);
  });

  it('wait for nobody who had none, or who left while waiting', async () => {
    const group = largeBodies();
    const [none, holds, gaveUp, last] = [group(), group(), group(), group()];
    none.leave();
    await holds.room();
    expect([none.areHeld(), holds.areHeld()]).toEqual([false, true]);
    void gaveUp.room();
    gaveUp.leave();
    let entered = false;
    void last.room().then(() => (entered = true));
    await settled();
    expect(entered).toBe(false);
    holds.leave();
    await settled();
    expect(entered).toBe(true);
  });
});
