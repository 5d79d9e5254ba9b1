import { describe, expect, it } from 'vitest';
import { planScans } from '../../../functions/plan-scans/plan-scans.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../../shared/adapters/memory-cohort-store.js';
import { memoryQueue } from '../../../shared/adapters/memory-queue.js';
import { AccountId } from '../../../shared/domain/ids.js';
import type { Agency } from '../../../shared/domain/registry/agency.js';
import type { ScanOrder } from '../../../shared/domain/scanning/scan-order.js';
import { Instant, plus } from '../../../shared/domain/time.js';
import { NETWORK_IDS, type NetworkId } from '../../../shared/networks.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';

const scene = async (
  agency: Agency | null = anAgency(),
  accounts = [anAccount()],
  read: readonly NetworkId[] = NETWORK_IDS,
) => {
  const agencies = memoryAgencyStore();
  if (agency !== null) await agencies.save(agency);
  const registry = memoryAccountStore();
  for (const account of accounts) await registry.save(account);
  const cohorts = memoryCohortStore();
  const orders = memoryQueue<ScanOrder>();
  let at = NOW;
  let refuses = false;
  const plan = planScans({
    agency: agencies,
    packs: { active: () => Promise.resolve(somePacks()) },
    accounts: registry,
    cohorts,
    scans: Object.fromEntries(
      read.map((network) => [
        network,
        {
          send: (messages: readonly ScanOrder[]) =>
            refuses ? Promise.reject(new Error('throttled')) : orders.send(messages),
        },
      ]),
    ),
    now: () => at,
    report: () => undefined,
  });
  return {
    agencies,
    registry,
    cohorts,
    orders,
    plan: (moment: Instant = NOW) => {
      at = moment;
      return plan();
    },
    pass: (seconds: number) => {
      at = plus(at, { seconds });
    },
    refuse: (value: boolean) => {
      refuses = value;
    },
  };
};

describe('planning scans', () => {
  it('enrols a confirmed account and orders a look at it', async () => {
    const { plan, orders, registry } = await scene();
    expect(await plan()).toEqual({ kind: 'planned', enrolled: 1, ordered: 1 });
    expect(orders.messages).toMatchObject([
      { kind: 'scan', network: 'feed', lease: NOW, accounts: [anAccount().id] },
    ]);
    expect((await registry.byIds([anAccount().id]))[0]?.cohort).toBe(orders.messages[0]?.cohort);
  });

  it('puts off a cohort whose network is not read now, and orders it when it is', async () => {
    const off = await scene(anAgency(), [anAccount()], ['bluesky']);
    expect(await off.plan()).toMatchObject({ enrolled: 1, ordered: 0 });
    expect(off.orders.messages).toEqual([]);
    expect(await off.cohorts.dueBy(plus(NOW, { hours: 23 }), 10)).toEqual([]);
    expect(await off.cohorts.dueBy(plus(NOW, { hours: 25 }), 10)).toHaveLength(1);
  });

  it('orders each look once, however often it runs', async () => {
    const { plan, orders } = await scene();
    await plan();
    expect(await plan()).toMatchObject({ enrolled: 0, ordered: 0 });
    await Promise.all([plan(plus(NOW, { minutes: 2 })), plan(plus(NOW, { minutes: 2 }))]);
    expect(orders.messages).toHaveLength(1);
  });

  it('orders again when the lease of a lost order has ended', async () => {
    const { plan, orders, refuse } = await scene();
    refuse(true);
    await expect(plan()).rejects.toThrow('scans-planned: 1 failed');
    refuse(false);
    expect(await plan(plus(NOW, { minutes: 29 }))).toMatchObject({ ordered: 0 });
    expect(await plan(plus(NOW, { minutes: 30 }))).toMatchObject({ ordered: 1 });
    expect(orders.messages).toHaveLength(1);
  });

  it('puts accounts of one host together, fifty to an order', async () => {
    const accounts = Array.from({ length: 120 }, (_, index) =>
      anAccount({ id: AccountId.parse(opaqueId(`account ${index}`)) }),
    );
    const { plan, orders } = await scene(anAgency(), accounts);
    expect(await plan()).toEqual({ kind: 'planned', enrolled: 120, ordered: 3 });
    expect(orders.messages.map((order) => order.accounts.length)).toEqual([50, 50, 20]);
  });

  it('never orders a look at an account that is only invited', async () => {
    const { plan } = await scene(anAgency(), [anAccount({ state: 'invited', confirmation: null })]);
    expect(await plan()).toEqual({ kind: 'planned', enrolled: 0, ordered: 0 });
  });

  it('plans nothing while a gate is closed, and says which', async () => {
    const { plan, orders } = await scene(
      anAgency({ gates: { ...anAgency().gates, impactAssessment: null } }),
    );
    expect(await plan()).toMatchObject({
      kind: 'gates-closed',
      gates: [{ gate: 'impactAssessment', problem: 'missing' }],
    });
    expect(orders.messages).toEqual([]);
  });

  it('sleeps between contests, and before there is an agency', async () => {
    expect(await (await scene()).plan(Instant.parse('2027-03-01T00:00:00.000Z'))).toEqual({
      kind: 'dormant',
    });
    expect(await (await scene(null)).plan()).toEqual({ kind: 'no-agency' });
  });

  it('orders the others when one account cannot be enrolled, and fails in the end', async () => {
    const { plan, cohorts, orders, registry } = await scene();
    const enrol = cohorts.enrol.bind(cohorts);
    const bad = anAccount({ id: AccountId.parse(opaqueId('bad')) });
    await registry.save(bad);
    Object.assign(cohorts, {
      enrol: (place: Parameters<typeof enrol>[0], account: AccountId) =>
        account === bad.id ? Promise.reject(new Error('bug')) : enrol(place, account),
    });
    await expect(plan()).rejects.toThrow('scans-planned: 1 failed');
    expect(orders.messages).toMatchObject([{ accounts: [anAccount().id] }]);
  });

  it('orders in time while many are enrolled slowly, and goes on with them in the next run', async () => {
    const accounts = Array.from({ length: 50 }, (_, index) =>
      anAccount({ id: AccountId.parse(opaqueId(`account ${index}`)) }),
    );
    const { plan, cohorts, orders, pass } = await scene(anAgency(), accounts);
    const enrol = cohorts.enrol.bind(cohorts);
    Object.assign(cohorts, {
      enrol: (...asked: Parameters<typeof enrol>) => {
        pass(1);
        return enrol(...asked);
      },
    });
    expect(await plan()).toEqual({ kind: 'planned', enrolled: 21, ordered: 1 });
    expect(orders.messages[0]?.accounts).toHaveLength(21);
    expect(await plan(plus(NOW, { minutes: 2 }))).toMatchObject({ enrolled: 21 });
    expect(await plan(plus(NOW, { minutes: 4 }))).toMatchObject({ enrolled: 8 });
  });

  it('leaves a host in peace that failed, even when an administrator asks', async () => {
    const { plan, cohorts, orders, agencies } = await scene();
    await plan();
    const [order] = orders.messages;
    await cohorts.finish(order!.cohort, order!.lease, {
      dueAt: plus(NOW, { hours: 6 }),
      lastRunAt: plus(NOW, { minutes: 1 }),
      emptyRuns: 0,
      failedRuns: 1,
      leaving: [],
    });
    await agencies.save(anAgency({ revision: 1, scanRequestedAt: plus(NOW, { minutes: 5 }) }));
    expect(await plan(plus(NOW, { minutes: 6 }))).toMatchObject({ ordered: 0 });
  });

  it('looks at once when an administrator asks, and no more than once', async () => {
    const { plan, cohorts, orders, agencies } = await scene();
    await plan();
    const [order] = orders.messages;
    const lastRunAt = plus(NOW, { minutes: 1 });
    await cohorts.finish(order!.cohort, order!.lease, {
      dueAt: plus(NOW, { hours: 6 }),
      lastRunAt,
      emptyRuns: 0,
      failedRuns: 0,
      leaving: [],
    });
    expect(await plan(plus(NOW, { minutes: 4 }))).toMatchObject({ ordered: 0 });
    await agencies.save(anAgency({ revision: 1, scanRequestedAt: plus(NOW, { minutes: 5 }) }));
    expect(await plan(plus(NOW, { minutes: 6 }))).toMatchObject({ ordered: 1 });
    expect(await plan(plus(NOW, { minutes: 7 }))).toMatchObject({ ordered: 0 });
  });
});
