import { describe, expect, it } from 'vitest';
import { AccountId, type CohortId } from '../../../shared/domain/ids.js';
import { COHORT_ACCOUNTS, cohortId, turnOf } from '../../../shared/domain/scanning/cohort.js';
import { plus } from '../../../shared/domain/time.js';
import type { CohortStore } from '../../../shared/ports.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { aCohort, storedCohort } from '../../fixtures/scanning.js';

const idOf = (name: string): AccountId => AccountId.parse(opaqueId(name));
const place = { network: 'feed', host: 'blog.sukamaju.example', dueAt: NOW } as const;
const LATER = plus(NOW, { minutes: 30 });
const MUCH_LATER = plus(NOW, { days: 1 });
const after = { dueAt: MUCH_LATER, lastRunAt: LATER, emptyRuns: 2, failedRuns: 1 };

export const cohortStoreContract = (open: () => Promise<CohortStore>): void => {
  describe('a cohort store', () => {
    it('makes a cohort for the first account of a host', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      expect(await storedCohort(store, id)).toEqual(aCohort({ id, accounts: [idOf('one')] }));
      expect(await store.turnOf(id)).toEqual(turnOf(aCohort({ id })));
      expect(await store.turnOf(cohortId('feed', 'other.example', 0))).toBeNull();
    });

    it('puts the next accounts beside the first, and one that is there already nowhere', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      expect(await store.enrol({ ...place, dueAt: LATER }, idOf('two'))).toBe(id);
      expect(await store.enrol(place, idOf('one'))).toBe(id);
      expect(await storedCohort(store, id)).toEqual(aCohort({ id, accounts: [idOf('one'), idOf('two')] }));
    });

    it('makes the next cohort when one is full', async () => {
      const store = await open();
      const names = Array.from({ length: 2 * COHORT_ACCOUNTS + 1 }, (_, index) => idOf(`account ${index}`));
      const ids: CohortId[] = [];
      for (const name of names) ids.push(await store.enrol(place, name));
      const distinct = [...new Set(ids)];
      const sizes = await Promise.all(
        distinct.map(async (id) => (await storedCohort(store, id)).accounts.length),
      );
      expect(sizes).toEqual([COHORT_ACCOUNTS, COHORT_ACCOUNTS, 1]);
    });

    it('counts the cohorts of a host', async () => {
      const store = await open();
      const names = Array.from({ length: COHORT_ACCOUNTS + 1 }, (_, index) => idOf(`counted ${index}`));
      const host = { ...place, host: 'counted.sukamaju.example' };
      for (const name of names) await store.enrol(host, name);
      expect(await store.countOf(host)).toBe(2);
    });

    it('loses nobody of those who are enrolled at once', async () => {
      const store = await open();
      const names = ['one', 'two', 'three', 'four'].map(idOf);
      const ids = await Promise.all(names.map((name) => store.enrol(place, name)));
      expect(new Set(ids).size).toBe(1);
      expect((await storedCohort(store, ids[0]!)).accounts.toSorted()).toEqual(names.toSorted());
    });

    it('keeps hosts apart', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      expect(await store.enrol({ ...place, host: 'other.example' }, idOf('two'))).not.toBe(id);
    });

    it('names those that are due, earliest first, at most as many as asked for', async () => {
      const store = await open();
      const hosts = Array.from({ length: 20 }, (_, index) => `host-${index}.example`);
      for (const [index, host] of hosts.entries())
        await store.enrol({ ...place, host, dueAt: plus(NOW, { minutes: 19 - index }) }, idOf(host));
      const hostsDue = async (minutes: number, limit: number) =>
        (await store.dueBy(plus(NOW, { minutes }), limit)).map(({ host }) => host);
      expect(await hostsDue(-1, 10)).toEqual([]);
      expect(await hostsDue(2, 10)).toEqual(['host-19.example', 'host-18.example', 'host-17.example']);
      expect(await hostsDue(19, 100)).toEqual(hosts.toReversed());
      expect(await hostsDue(19, 4)).toHaveLength(4);
    });

    it('leases a cohort to one run, and again when the lease is over', async () => {
      const store = await open();
      const cohort = await storedCohort(store, await store.enrol(place, idOf('one')));
      expect(await store.lease(cohort, NOW, LATER)).toBe('leased');
      expect(await store.lease(cohort, plus(NOW, { minutes: 1 }), LATER)).toBe('taken');
      expect(await store.dueBy(NOW, 10)).toEqual([]);
      const [overdue] = await store.dueBy(LATER, 10);
      expect(overdue).toEqual({ ...cohort, lease: NOW, dueAt: LATER });
      expect(await store.turnOf(cohort.id)).toEqual(turnOf({ ...cohort, lease: NOW, dueAt: LATER }));
      expect(await store.lease(overdue!, LATER, MUCH_LATER)).toBe('leased');
    });

    it('ends a run, and lets accounts leave', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      await store.enrol(place, idOf('two'));
      await store.enrol(place, idOf('three'));
      await store.lease(await storedCohort(store, id), NOW, LATER);
      const leaving = [idOf('one'), idOf('three'), idOf('never here')];
      expect(await store.finish(id, NOW, { ...after, leaving })).toBe('finished');
      expect(await storedCohort(store, id)).toEqual(aCohort({ id, accounts: [idOf('two')], ...after }));
      expect(await store.dueBy(LATER, 10)).toEqual([]);
      expect(await store.dueBy(MUCH_LATER, 10)).toHaveLength(1);
    });

    it('changes nothing for a run that lost its lease', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      await store.lease(await storedCohort(store, id), NOW, LATER);
      await store.lease(await storedCohort(store, id), LATER, MUCH_LATER);
      const before = await storedCohort(store, id);
      expect(await store.finish(id, NOW, { ...after, leaving: [idOf('one')] })).toBe('lost');
      expect(await storedCohort(store, id)).toEqual(before);
    });

    it('takes newcomers into a cohort that has had its turns, and names it with them when it is due', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      for (const [lease, dueAt] of [
        [NOW, LATER],
        [LATER, MUCH_LATER],
      ] as const) {
        await store.lease(await storedCohort(store, id), lease, plus(lease, { minutes: 30 }));
        expect(await store.finish(id, lease, { ...after, dueAt, leaving: [] })).toBe('finished');
      }
      expect(await store.enrol(place, idOf('two'))).toBe(id);
      expect(await store.dueBy(MUCH_LATER, 10)).toEqual([
        aCohort({ id, accounts: [idOf('one'), idOf('two')], ...after }),
      ]);
    });

    it('keeps an account that joins while others leave', async () => {
      const store = await open();
      const id = await store.enrol(place, idOf('one'));
      await store.lease(await storedCohort(store, id), NOW, LATER);
      await Promise.all([
        store.finish(id, NOW, { ...after, leaving: [idOf('one')] }),
        store.enrol(place, idOf('two')),
        store.enrol(place, idOf('three')),
      ]);
      expect((await storedCohort(store, id)).accounts.toSorted()).toEqual(
        [idOf('two'), idOf('three')].toSorted(),
      );
    });
  });
};
