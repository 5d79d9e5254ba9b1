import { describe, expect, it } from 'vitest';
import type { Tally } from '../../../shared/domain/screening/shadow.js';
import { LocalDate } from '../../../shared/domain/time.js';
import type { ShadowStore } from '../../../shared/ports.js';

const trial = { active: 'a'.repeat(64), candidate: 'c'.repeat(64) };
const monday = LocalDate.parse('2026-11-23');
const tuesday = LocalDate.parse('2026-11-24');
const one: Tally = { posts: 2, same: 1, 'none>none': 1, 'none>indicated': 1, 'DIS-2:onlyCandidate': 1 };

export const shadowStoreContract = (open: () => Promise<ShadowStore>): void => {
  describe('a shadow store', () => {
    it('adds up the counts of a day, whoever adds beside it', async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 8 }, () => store.add(trial, monday, one)));
      await store.add(trial, monday, { posts: 1, same: 1, 'undecided>undecided': 1 });
      expect(await store.days(trial)).toEqual([
        {
          day: monday,
          tally: {
            posts: 17,
            same: 9,
            'none>none': 8,
            'none>indicated': 8,
            'DIS-2:onlyCandidate': 8,
            'undecided>undecided': 1,
          },
        },
      ]);
    });

    it('keeps days apart, first day first', async () => {
      const store = await open();
      await store.add(trial, tuesday, one);
      await store.add(trial, monday, one);
      expect((await store.days(trial)).map(({ day }) => day)).toEqual([monday, tuesday]);
    });

    it('keeps trials apart, whichever of their two sets differs', async () => {
      const store = await open();
      await store.add(trial, monday, one);
      expect(await store.days({ ...trial, active: 'b'.repeat(64) })).toEqual([]);
      expect(await store.days({ ...trial, candidate: 'b'.repeat(64) })).toEqual([]);
    });

    it('keeps nothing of no counts', async () => {
      const store = await open();
      await store.add(trial, monday, {});
      expect(await store.days(trial)).toEqual([]);
    });
  });
};
