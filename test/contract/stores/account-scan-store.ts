import { describe, expect, it } from 'vitest';
import { AccountId } from '../../../shared/domain/ids.js';
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
  });
};
