import { describe, expect, it } from 'vitest';
import { packScreeners } from '../../../shared/adapters/pack-screeners.js';
import { compilePacks } from '../../../shared/domain/screening/compiled-file.js';
import type { Packs } from '../../../shared/domain/screening/packs.js';
import { packRefs, trialOf } from '../../../shared/domain/screening/shadow.js';
import type { ScreenInput } from '../../../shared/domain/screening/verdict.js';
import type { PublishedPacks } from '../../../shared/ports.js';
import { somePacks } from '../../fixtures/packs.js';
import { aContest, NOW } from '../../fixtures/registry.js';

const packs = somePacks();
const bytes = compilePacks(packs);
const CALL: ScreenInput = {
  parts: [{ field: 'body', text: 'Ayo coblos nomor 2' }],
  context: null,
  postedAt: NOW,
  contests: [aContest().id],
};

/** A published set that counts how often each of its forms is read. */
const aSet = (of: Packs, compiled: Uint8Array | null) => {
  const read = { packs: 0, compiled: 0 };
  const set: PublishedPacks = {
    packs: () => {
      read.packs += 1;
      return Promise.resolve(of);
    },
    compiled: () => {
      read.compiled += 1;
      return Promise.resolve(compiled);
    },
  };
  return { set, read };
};

const scene = (sets: { active: PublishedPacks | null; candidate?: PublishedPacks | null }) => {
  const reports: unknown[] = [];
  const screeners = packScreeners(
    { published: (name) => Promise.resolve(sets[name] ?? null) },
    (event, facts) => reports.push({ event, ...facts }),
  );
  return { screeners, reports };
};

describe('the screener of published packs', () => {
  it('starts from the compiled form, once, and never reads what people wrote', async () => {
    const { set, read } = aSet(packs, bytes);
    const { screeners, reports } = scene({ active: set });
    const [screen, other] = await Promise.all([screeners.active(), screeners.active()]);
    expect(screen(CALL)).toMatchObject({ kind: 'indicated', provisions: ['DIS-2'] });
    expect(await screeners.active()).toBe(screen);
    expect(other).toBe(screen);
    expect(read).toEqual({ packs: 0, compiled: 1 });
    expect(reports).toEqual([]);
  });

  it.each([
    ['there is no compiled form', null, 'no-compiled-packs'],
    ['it is of another version', bytes.map((byte, at) => (at === 4 ? byte + 1 : byte)), 'other-format'],
    ['it is damaged', bytes.map((byte, at) => (at === 5_000 ? byte ^ 1 : byte)), 'damaged'],
  ])('compiles them itself and says so when %s', async (_when, compiled, why) => {
    const { set, read } = aSet(packs, compiled);
    const { screeners, reports } = scene({ active: set });
    const screen = await screeners.active();
    expect(screen(CALL)).toMatchObject({ kind: 'indicated', provisions: ['DIS-2'] });
    await screeners.active();
    expect(read).toEqual({ packs: 1, compiled: 1 });
    expect(reports).toEqual([{ event: 'packs-compiled-at-start', why }]);
  });

  it('is made anew when other packs are published', async () => {
    const sets = { active: aSet(packs, bytes).set };
    const { screeners } = scene(sets);
    const before = await screeners.active();
    const without = { ...packs, contests: [] };
    sets.active = aSet(without, compilePacks(without)).set;
    expect(await screeners.active()).not.toBe(before);
    expect((await screeners.active())(CALL)).toEqual({ kind: 'none' });
  });

  it('is asked for again after a reading that failed', async () => {
    const { set } = aSet(packs, bytes);
    let broken = true;
    const compiled = () => (broken ? Promise.reject(new Error('The line broke')) : set.compiled());
    const { screeners } = scene({ active: { ...set, compiled } });
    await expect(screeners.active()).rejects.toThrow('The line broke');
    broken = false;
    expect((await screeners.active())(CALL)).toMatchObject({ kind: 'indicated' });
  });

  it('is refused while nothing is published', async () => {
    await expect(scene({ active: null }).screeners.active()).rejects.toThrow('No packs are published.');
  });
});

describe('the screener of candidate packs', () => {
  const candidate: Packs = { ...packs, code: { ...packs.code, version: '9.9.9' } };
  const active = aSet(packs, bytes).set;

  it('is not there without a candidate, nor with one that is in use', async () => {
    expect(await scene({ active }).screeners.candidate()).toBeNull();
    expect(await scene({ active, candidate: aSet(packs, bytes).set }).screeners.candidate()).toBeNull();
  });

  it('comes with the two sets that are compared, and is made once', async () => {
    const { set, read } = aSet(candidate, compilePacks(candidate));
    const { screeners } = scene({ active, candidate: set });
    const shadow = await screeners.candidate();
    expect(shadow?.trial).toEqual(trialOf(packRefs(packs), packRefs(candidate)));
    expect(shadow?.screen(CALL)).toMatchObject({ kind: 'indicated' });
    expect((await screeners.candidate())?.screen).toBe(shadow?.screen);
    expect(read).toEqual({ packs: 0, compiled: 1 });
  });
});
