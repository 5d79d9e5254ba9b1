import { describe, expect, it } from 'vitest';
import { shadowPosts, type Screened } from '../../../functions/classify-posts/shadow-posts.js';
import { memoryShadowStore } from '../../../shared/adapters/memory-shadow-store.js';
import type { ShadowScreener } from '../../../shared/domain/screening/shadow.js';
import type { Screener } from '../../../shared/domain/screening/verdict.js';
import type { ShadowStore } from '../../../shared/ports.js';
import { anIndication } from '../../fixtures/finding.js';
import { aContest, NOW } from '../../fixtures/registry.js';
import { aPost } from '../../fixtures/scanning.js';

const trial = { active: 'a'.repeat(64), candidate: 'c'.repeat(64) };
const SECRET = 'Rahasia dapur, coblos nomor 2';

const screened = (text: string, verdict: Screened['verdict'] = { kind: 'none' }): Screened => ({
  input: { parts: [{ field: 'body', text }], context: null, postedAt: NOW, contests: [aContest().id] },
  verdict,
});

const scene = ({
  screen = () => ({ kind: 'none' }),
  screener = () => Promise.resolve({ trial, screen }),
  counts = memoryShadowStore(),
}: {
  screen?: Screener;
  screener?: () => Promise<ShadowScreener | null>;
  counts?: ShadowStore;
} = {}) => {
  const reports: unknown[] = [];
  const shadow = shadowPosts({
    screener,
    counts,
    now: () => NOW,
    report: (event, facts) => reports.push({ event, ...facts }),
  });
  return { shadow, reports, days: () => counts.days(trial) };
};

describe('a trial of candidate packs', () => {
  it('counts how the verdicts relate, and holds nothing of a post', async () => {
    const { shadow, days } = scene({
      screen: ({ parts }) => (parts[0]?.text === SECRET ? anIndication() : { kind: 'none' }),
    });
    await shadow([screened(SECRET), screened('pagi'), screened('siang', anIndication())]);
    const kept = await days();
    expect(kept).toEqual([
      {
        day: NOW.slice(0, 10),
        tally: {
          posts: 3,
          same: 1,
          'none>indicated': 1,
          'none>none': 1,
          'indicated>none': 1,
          'DIS-2:onlyCandidate': 1,
          'DIS-2:onlyActive': 1,
        },
      },
    ]);
    for (const word of [SECRET, 'Rahasia', aPost().uri, aContest().id])
      expect(JSON.stringify(kept)).not.toContain(word);
  });

  it('counts a post on which the candidate fails, and goes on', async () => {
    const { shadow, days, reports } = scene({
      screen: ({ parts }) => {
        if (parts[0]?.text === SECRET) throw new Error(SECRET);
        return { kind: 'none' };
      },
    });
    await shadow([screened(SECRET), screened('pagi')]);
    expect((await days())[0]?.tally).toMatchObject({ posts: 2, 'none>failed': 1, 'none>none': 1 });
    expect(reports).toEqual([]);
  });

  it.each([
    ['the candidate cannot be read', { screener: () => Promise.reject(new Error(SECRET)) }],
    [
      'the counts cannot be written',
      { counts: { ...memoryShadowStore(), add: () => Promise.reject(new Error(SECRET)) } },
    ],
  ])('fails for nobody else when %s', async (_what, broken) => {
    const { shadow, reports } = scene(broken);
    await expect(shadow([screened(SECRET)])).resolves.toBeUndefined();
    expect(reports).toEqual([{ event: 'shadow-failed', posts: 1, error: 'Error' }]);
  });

  it('writes nothing while no candidate is there', async () => {
    const { shadow, days } = scene({ screener: () => Promise.resolve(null) });
    await shadow([screened(SECRET)]);
    expect(await days()).toEqual([]);
  });
});
