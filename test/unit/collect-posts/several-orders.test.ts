import { describe, expect, it } from 'vitest';
import { collectPosts } from '../../../functions/collect-posts/collect-posts.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../../shared/adapters/memory-cohort-store.js';
import { memoryQueue } from '../../../shared/adapters/memory-queue.js';
import { AccountId } from '../../../shared/domain/ids.js';
import { COHORT_ACCOUNTS } from '../../../shared/domain/scanning/cohort.js';
import type { PostMessage } from '../../../shared/domain/scanning/messages.js';
import type { ScanOrder } from '../../../shared/domain/scanning/scan-order.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import type { Reading } from '../../../shared/networks/connector.js';
import { perNetwork } from '../../../shared/networks.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aReading } from '../../fixtures/scanning.js';

/** Orders of hosts with so many accounts each, one collector, and a network that answers when it is told to. */
const scene = async (hosts: Readonly<Record<string, number>>, before = { emptyRuns: 0, failedRuns: 0 }) => {
  const [agency, registry, cohorts] = [memoryAgencyStore(), memoryAccountStore(), memoryCohortStore()];
  await agency.save(anAgency());
  for (const [host, count] of Object.entries(hosts))
    for (let index = 0; index < count; index += 1) {
      const id = AccountId.parse(opaqueId(`${host} ${index}`));
      const cohort = await cohorts.enrol({ network: 'feed', host, dueAt: NOW }, id);
      await registry.save(anAccount({ id, identity: { id: `https://${host}/${index}`, host }, cohort }));
    }
  let at = NOW;
  const asked = new Map<string, ((answer: Reading) => void)[]>();
  const waitingFor = (host: string) => asked.get(host) ?? [];
  const collect = collectPosts({
    agency,
    packs: { active: () => Promise.resolve(somePacks()) },
    accounts: registry,
    scans: memoryAccountScanStore(),
    cohorts,
    connectors: perNetwork(() => ({
      reach: [],
      identify: () => Promise.resolve({ kind: 'not-found' as const }),
      read: ({ identity: { host } }) =>
        new Promise<Reading>((resolve) => {
          asked.set(host, [...waitingFor(host), resolve]);
        }),
    })),
    posts: memoryQueue<PostMessage>(),
    fetch: () => Promise.resolve({ kind: 'unreachable', reason: 'connection' }),
    now: () => at,
    chance: () => 0,
    report: () => undefined,
  });
  const orders: ScanOrder[] = [];
  for (const cohort of await cohorts.dueBy(NOW, 100)) {
    if (before.failedRuns > 0) {
      await cohorts.lease(cohort, NOW, plus(NOW, { minutes: 30 }));
      await cohorts.finish(cohort.id, NOW, { ...before, dueAt: NOW, lastRunAt: null, leaving: [] });
    }
    await cohorts.lease({ ...cohort, dueAt: NOW }, NOW, plus(NOW, { minutes: 30 }));
    const { network, id, accounts } = cohort;
    orders.push({ kind: 'scan', version: 1, network, cohort: id, lease: NOW, accounts });
  }
  /** Lets everything go on that waits for nothing but its turn. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  return {
    orders,
    collect,
    cohorts,
    settled,
    waitingFor,
    pass: (duration: Duration) => {
      at = plus(at, duration);
    },
    /** A host answers all that it was asked. */
    answer: async (host: string, answer = aReading()): Promise<number> => {
      const waiting = waitingFor(host);
      asked.delete(host);
      for (const one of waiting) one(answer);
      await settled();
      return waiting.length;
    },
  };
};

describe('several orders of a batch', () => {
  it('are worked on beside one another, and a slow host holds up nobody else’s', async () => {
    const { orders, collect, cohorts, settled, waitingFor, answer } = await scene({
      'slow.example': 9,
      'quick.example': 9,
    });
    const slow = orders.findIndex(({ accounts }) =>
      accounts.includes(AccountId.parse(opaqueId('slow.example 0'))),
    );
    const quick = 1 - slow;
    const done = orders.map((order) => collect(order));
    await settled();
    expect([waitingFor('slow.example').length, waitingFor('quick.example').length]).toEqual([8, 8]);
    expect([await answer('quick.example'), await answer('quick.example')]).toEqual([8, 1]);
    await done[quick];
    expect(await cohorts.turnOf(orders[quick]!.cohort)).toMatchObject({ lease: null, lastRunAt: NOW });
    expect(await cohorts.turnOf(orders[slow]!.cohort)).toMatchObject({ lease: NOW, lastRunAt: null });
    expect([await answer('slow.example'), await answer('slow.example')]).toEqual([8, 1]);
    await Promise.all(done);
    expect(await cohorts.turnOf(orders[slow]!.cohort)).toMatchObject({ lease: null, lastRunAt: NOW });
  });

  it('ask one host for eight accounts at a time, however many of them are its', async () => {
    const { orders, collect, settled, answer } = await scene({ 'big.example': 2 * COHORT_ACCOUNTS });
    expect(orders).toHaveLength(2);
    const done = orders.map((order) => collect(order));
    await settled();
    const asked: number[] = [];
    for (let more = await answer('big.example'); more > 0; more = await answer('big.example'))
      asked.push(more);
    await Promise.all(done);
    expect(Math.max(...asked)).toBe(8);
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(2 * COHORT_ACCOUNTS);
  });

  it('of one host end one after another: those with time left are whole, and the others say nothing of the host', async () => {
    const before = { emptyRuns: 2, failedRuns: 3 };
    const { orders, collect, cohorts, settled, pass, answer } = await scene(
      { 'big.example': 2 * COHORT_ACCOUNTS },
      before,
    );
    const done = orders.map((order) => collect(order));
    await settled();
    for (let group = 0; group < 7; group += 1) {
      pass({ seconds: 6.5 });
      await answer('big.example');
    }
    await Promise.all(done);
    const turns = await Promise.all(orders.map(({ cohort }) => cohorts.turnOf(cohort)));
    expect(turns).toMatchObject([
      { lease: null, lastRunAt: plus(NOW, { seconds: 45.5 }), emptyRuns: 3, failedRuns: 0 },
      { lease: null, lastRunAt: null, ...before },
    ]);
  });

  it('leave a host in peace that one of them was told to', async () => {
    const { orders, collect, cohorts, settled, answer } = await scene({ 'big.example': 2 * COHORT_ACCOUNTS });
    const done = orders.map((order) => collect(order));
    await settled();
    const retryAt = plus(NOW, { hours: 30 });
    const throttle = { scope: 'host' as const, retryAt };
    expect(await answer('big.example', aReading({ reason: 'throttled', throttle }))).toBe(8);
    expect(await answer('big.example')).toBe(0);
    await Promise.all(done);
    for (const { cohort } of orders) {
      const turn = await cohorts.turnOf(cohort);
      expect(turn).toMatchObject({ lease: null, failedRuns: 1 });
      expect((turn?.dueAt ?? NOW) >= retryAt).toBe(true);
    }
  });
});
