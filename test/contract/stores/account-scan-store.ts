import { describe, expect, it } from 'vitest';
import { AccountId } from '../../../shared/domain/ids.js';
import { plus, type Instant } from '../../../shared/domain/time.js';
import type { AccountScanStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { anAccountScan } from '../../fixtures/scanning.js';

export const accountScanStoreContract = (open: () => Promise<AccountScanStore>): void => {
  describe('an account scan store', () => {
    it('gives back what was kept of those accounts that were looked at', async () => {
      const store = await open();
      const scan = anAccountScan({
        cursor: '{"etag":"\\"a\\""}',
        window: [{ post: '0123456789abcdef', version: 'fedcba9876543210', handedAt: NOW }],
        coverage: [{ reason: 'seen', since: NOW, until: null }],
      });
      expect(await store.save(scan)).toBe('saved');
      const never = AccountId.parse(opaqueId('never looked at'));
      expect(await store.byAccounts([never, scan.account, scan.account])).toEqual([scan]);
      expect(await store.byAccounts([])).toEqual([]);
    });

    it('never lets a late run move a cursor back', async () => {
      const store = await open();
      await store.save(anAccountScan());
      expect(await store.save(anAccountScan({ cursor: 'new', revision: 1 }))).toBe('saved');
      expect(await store.save(anAccountScan({ cursor: 'old', revision: 1 }))).toBe('stale');
      expect(await store.save(anAccountScan({ cursor: 'first' }))).toBe('stale');
      expect((await store.byAccounts([anAccountScan().account]))[0]?.cursor).toBe('new');
    });

    it('tells which accounts were lost since then', async () => {
      const store = await open();
      const lost = (name: string, reason: 'renamed' | 'gone' | 'seen', since: Instant) =>
        anAccountScan({
          account: AccountId.parse(opaqueId(name)),
          coverage: [
            { reason: 'gone', since: NOW, until: since },
            { reason, since, until: null },
          ],
        });
      await store.save(lost('renamed', 'renamed', plus(NOW, { hours: 2 })));
      await store.save(lost('gone before', 'gone', plus(NOW, { minutes: 59 })));
      await store.save(lost('seen', 'seen', plus(NOW, { hours: 2 })));
      expect(await store.lostSince(plus(NOW, { hours: 1 }), 10)).toEqual([opaqueId('renamed')]);
      expect(await store.lostSince(NOW, 1)).toHaveLength(1);
      await store.save({ ...lost('renamed', 'seen', plus(NOW, { hours: 3 })), revision: 1 });
      expect(await store.lostSince(plus(NOW, { hours: 1 }), 10)).toEqual([]);
    });

    it('deletes what is kept of an account', async () => {
      const store = await open();
      await store.save(anAccountScan());
      for (let time = 0; time < 2; time += 1) await store.remove(anAccountScan().account);
      expect(await store.byAccounts([anAccountScan().account])).toEqual([]);
    });
  });
};
