import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../../shared/domain/time.js';
import type { QuotaStore } from '../../../shared/ports.js';

export const quotaStoreContract = (open: () => Promise<QuotaStore>): void => {
  describe('a quota store', () => {
    const today = { network: 'youtube', host: 'api.example', day: LocalDate.parse('2026-11-23') } as const;

    it('gives no more of a day than there is, and takes nothing where that is too little', async () => {
      const { take } = await open();
      expect(await take(today, 3, 5)).toBe('taken');
      expect(await take(today, 3, 5)).toBe('spent');
      expect(await take(today, 2, 5)).toBe('taken');
      expect(await take(today, 1, 5)).toBe('spent');
    });

    it('counts each host and each day by itself', async () => {
      const { take } = await open();
      await take(today, 1, 1);
      expect(await take({ ...today, host: 'other.example' }, 1, 1)).toBe('taken');
      expect(await take({ ...today, day: LocalDate.parse('2026-11-24') }, 1, 1)).toBe('taken');
      expect(await take(today, 1, 1)).toBe('spent');
    });

    it('gives each unit once, to however many ask at the same moment', async () => {
      const { take } = await open();
      const ends = await Promise.all(Array.from({ length: 20 }, () => take(today, 1, 7)));
      expect(ends.filter((end) => end === 'taken')).toHaveLength(7);
    });
  });
};
