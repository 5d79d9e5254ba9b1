import { describe, expect, it } from 'vitest';
import type { Classified } from '../../../functions/classify-posts/classify-posts.js';
import { countSides } from '../../../functions/classify-posts/count-sides.js';
import { memoryCountStore } from '../../../shared/adapters/memory-count-store.js';
import type { SideReader } from '../../../shared/domain/screening/sides.js';
import { monthOf } from '../../../shared/domain/statistics/counts.js';
import { aFinding, anIndication } from '../../fixtures/finding.js';
import { aContest, NOW } from '../../fixtures/registry.js';

const contest = aContest().id;

/** What a text names is what it says. */
const sides: SideReader = ({ parts }) => parts[0]?.text ?? 'none';

const read = (text: string, created: Classified['created'] = null): Classified => ({
  input: { parts: [{ field: 'body', text }], context: null, postedAt: NOW, contests: [contest] },
  verdict: created === null ? { kind: 'none' } : anIndication(),
  created,
});

const scene = (reader: () => Promise<SideReader> = () => Promise.resolve(sides)) => {
  const counts = memoryCountStore();
  const reports: unknown[] = [];
  const adds: unknown[] = [];
  const { note, store } = countSides({
    sides: reader,
    counts: {
      add: async (month, counted) => {
        adds.push(counted.length);
        await counts.add(month, counted);
      },
    },
    now: () => NOW,
    report: (event, facts) => reports.push({ event, ...facts }),
  });
  const count = async (...noted: Parameters<typeof note>) => {
    await note(...noted);
    await store();
  };
  const posts = async () =>
    (await counts.read([monthOf(NOW)])).flatMap(({ dimension, value, events }) =>
      dimension === 'side' && events.post !== undefined ? [[value, events.post]] : [],
    );
  return { note, store, count, counts, adds, reports, posts };
};

describe('counting by side', () => {
  it('counts a post that names one side, and none that names several or nobody', async () => {
    const { count, posts } = scene();
    const one = `${contest}/arga`;
    await count([read(one), read(one), read('several'), read('none')]);
    expect(await posts()).toEqual([[one, 2]]);
  });

  it('counts an indication once, for whoever made the finding, under its side', async () => {
    const { count, counts } = scene();
    await count([read(`${contest}/arga`, aFinding())]);
    const rows = await counts.read([monthOf(NOW)]);
    expect(rows.find(({ dimension }) => dimension === 'all')?.events).toEqual({ indicate: 1 });
    expect(JSON.stringify(rows)).not.toContain(aFinding().id);
    expect(JSON.stringify(rows)).not.toContain(aFinding().account);
  });

  it('reports what goes wrong by its name, and stops nothing', async () => {
    const { count, reports, posts } = scene(() => Promise.reject(new RangeError('secret words')));
    await count([read('none')]);
    expect(reports).toEqual([{ event: 'count-failed', posts: 1, error: 'RangeError' }]);
    expect(await posts()).toEqual([]);
  });

  it('adds all of a batch at once, and nothing of an earlier one again', async () => {
    const { note, store, adds, posts } = scene();
    const one = `${contest}/arga`;
    await note([read(one)]);
    await note([read(one)]);
    await store();
    await store();
    expect(adds).toEqual([2]);
    expect(await posts()).toEqual([[one, 2]]);
  });

  it('reports a write of counts that fails, and stops nothing', async () => {
    const reports: unknown[] = [];
    const { note, store } = countSides({
      sides: () => Promise.resolve(sides),
      counts: { add: () => Promise.reject(new RangeError('throttled')) },
      now: () => NOW,
      report: (event, facts) => reports.push({ event, ...facts }),
    });
    await note([read(`${contest}/arga`)]);
    await store();
    expect(reports).toEqual([{ event: 'count-failed', counts: 1, error: 'RangeError' }]);
  });

  it('asks for nothing where nothing was screened', async () => {
    const { count, reports } = scene(() => Promise.reject(new Error('asked')));
    await count([]);
    expect(reports).toEqual([]);
  });
});
