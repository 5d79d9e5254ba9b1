import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMessages } from '../../../functions/collect-posts/bundle.js';
import { collectPosts } from '../../../functions/collect-posts/collect-posts.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../../shared/adapters/memory-cohort-store.js';
import { memoryQueue } from '../../../shared/adapters/memory-queue.js';
import { cohortId } from '../../../shared/domain/scanning/cohort.js';
import { bundlesOf, type PostBundle, type PostMessage } from '../../../shared/domain/scanning/messages.js';
import type { ScanOrder } from '../../../shared/domain/scanning/scan-order.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import type { Agency } from '../../../shared/domain/registry/agency.js';
import type { ScanPermit } from '../../../shared/domain/registry/permit.js';
import { plus, type Duration, type Instant } from '../../../shared/domain/time.js';
import type { Connector, GuardedFetch, Mark, Reading } from '../../../shared/networks/connector.js';
import { unanswered } from '../../../shared/networks/failure.js';
import { perNetwork } from '../../../shared/networks.js';
import { somePacks } from '../../fixtures/packs.js';
import { aContest, anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aPost, aReading, storedCohort } from '../../fixtures/scanning.js';
import { AccountId } from '../../../shared/domain/ids.js';

/** Takes in as many bytes as the address says. */
const bodyOfItsLength: GuardedFetch = async (_, { url }, takeIn) => {
  await takeIn?.(Number(new URL(url).pathname.slice(1)));
  return { kind: 'answered', status: 200, headers: new Headers(), body: '', url, movedTo: null };
};

const numbered = (count: number): Account[] =>
  Array.from({ length: count }, (_, index) =>
    anAccount({ id: AccountId.parse(opaqueId(`account ${index}`)) }),
  );

interface Scene {
  readonly accounts?: readonly Account[];
  readonly agency?: Agency;
  readonly read?: (account: string, mark: Mark, call: number) => Reading | Promise<Reading>;
  /** Each look asks for bodies of so many bytes. */
  readonly bodies?: readonly number[];
  readonly refusesPosts?: boolean;
  /** How often the function dies before it stores an account's item. */
  readonly killsBeforeMark?: number;
}

const scene = async ({
  accounts = [anAccount()],
  agency = anAgency(),
  read = () => aReading(),
  bodies = [],
  refusesPosts = false,
  killsBeforeMark = 0,
}: Scene) => {
  const agencies = memoryAgencyStore();
  await agencies.save(agency);
  const registry = memoryAccountStore();
  const cohorts = memoryCohortStore();
  const enrolled: Account[] = [];
  for (const account of accounts) {
    const place = { network: 'feed' as const, host: account.identity?.host ?? '', dueAt: NOW };
    enrolled.push({ ...account, cohort: await cohorts.enrol(place, account.id) });
  }
  for (const account of enrolled) await registry.save(account);
  const id = cohortId('feed', 'blog.sukamaju.example', 0);
  const scans = memoryAccountScanStore();
  const posts = memoryQueue<PostMessage>();
  let at: Instant = NOW;
  let kills = killsBeforeMark;
  let refusesRosters = false;
  const reads: string[] = [];
  const permits: ScanPermit[] = [];
  const rosters: number[] = [];
  const handOvers: number[] = [];
  const connector: Connector = {
    reach: [],
    identify: () => Promise.resolve({ kind: 'not-found' }),
    read: async (permit, mark, { fetch }) => {
      reads.push(permit.account);
      permits.push(permit);
      const call = reads.filter((account) => account === permit.account).length;
      for (const bytes of bodies) {
        const outcome = await fetch(permit, { url: `https://blog.sukamaju.example/${bytes}` });
        if (outcome.kind !== 'answered') return aReading({ reason: unanswered(outcome).reason });
      }
      return read(permit.account, mark, call);
    },
  };
  const collect = collectPosts({
    agency: agencies,
    packs: { active: () => Promise.resolve(somePacks()) },
    accounts: {
      inCohort: (cohort, ids) => {
        rosters.push(ids.length);
        if (refusesRosters) return Promise.reject(new Error('throttled'));
        return registry.inCohort(cohort, ids);
      },
    },
    scans: {
      ...scans,
      save: (scan) => {
        kills -= 1;
        return kills >= 0 ? Promise.reject(new Error('killed')) : scans.save(scan);
      },
    },
    cohorts,
    connectors: perNetwork(() => connector),
    posts: {
      send: async (messages) => {
        if (refusesPosts) throw new Error('throttled');
        handOvers.push(messages.length);
        await posts.send(messages);
      },
    },
    fetch: bodyOfItsLength,
    now: () => at,
    chance: () => 0,
    report: () => undefined,
  });
  return {
    collect,
    pass: (duration: Duration) => {
      at = plus(at, duration);
    },
    refuseRosters: (value: boolean) => {
      refusesRosters = value;
    },
    agencies,
    registry,
    accounts: enrolled,
    scans,
    posts,
    bundles: () => posts.messages.flatMap(bundlesOf),
    reads,
    permits,
    rosters,
    handOvers,
    cohort: () => storedCohort(cohorts, id),
    scanOf: async (account: Account) => (await scans.byAccounts([account.id]))[0],
    run: async (hours = 0): Promise<void> => {
      at = plus(NOW, { hours });
      const cohort = await storedCohort(cohorts, id);
      await cohorts.lease(cohort, at, plus(at, { minutes: 30 }));
      const order: ScanOrder = {
        kind: 'scan',
        version: 1,
        network: 'feed',
        cohort: id,
        lease: at,
        accounts: cohort.accounts,
      };
      await collect(order);
    },
  };
};

describe('collecting posts', () => {
  it('hands new posts over before it moves the mark', async () => {
    const post = aPost();
    const { run, bundles, scanOf, cohort } = await scene({
      read: () => aReading({ posts: [post], cursor: 'next', reason: 'seen' }),
    });
    await run();
    expect(bundles()).toMatchObject([{ kind: 'posts', account: anAccount().id, epoch: 1, posts: [post] }]);
    expect(await scanOf(anAccount())).toMatchObject({
      cursor: 'next',
      posts: 1,
      coverage: [{ reason: 'seen' }],
    });
    expect(await cohort()).toMatchObject({ lease: null, lastRunAt: NOW, emptyRuns: 0 });
  });

  it('hands over what was deleted, also when nothing is new', async () => {
    const deleted = Array.from({ length: 21 }, (_, index) => ({ uri: `at://x/${index}`, version: '1' }));
    const { run, bundles } = await scene({ read: () => aReading({ deleted }) });
    await run();
    expect(bundles()).toMatchObject([{ posts: [], deleted }]);
  });

  it('hands over what the accounts of a cohort have in one message', async () => {
    const { run, handOvers, bundles } = await scene({
      accounts: numbered(20),
      read: (account) =>
        aReading({
          posts: [aPost({ uri: `https://x.example/#${account}` })],
          cursor: 'next',
          reason: 'seen',
        }),
    });
    await run();
    expect(
      bundles()
        .map(({ account, posts: [only] }) => [account, only?.uri])
        .sort(),
    ).toEqual(
      numbered(20)
        .map(({ id }) => [id, `https://x.example/#${id}`])
        .sort(),
    );
    expect(handOvers).toEqual([1]);
  });

  const oneEach = (account: string) =>
    aReading({ posts: [aPost({ uri: `https://x.example/#${account}` })], cursor: 'next', reason: 'seen' });

  it('hands over what it found once that came with more than a megabyte', async () => {
    const { run, handOvers, bundles } = await scene({
      accounts: numbered(12),
      read: oneEach,
      bodies: [100_000, 100_000],
    });
    await run();
    expect(bundles()).toHaveLength(12);
    expect(handOvers).toEqual([1, 1]);
  });

  it('waits with nothing for what brought nothing', async () => {
    const { run, handOvers } = await scene({
      accounts: numbered(20),
      read: (account) => (account === numbered(20)[0]?.id ? oneEach(account) : aReading()),
      bodies: [200_000],
    });
    await run();
    expect(handOvers).toEqual([1]);
  });

  it('hands over at once what a large body brought', async () => {
    const { run, handOvers } = await scene({ accounts: numbered(3), read: oneEach, bodies: [300_000] });
    await run();
    expect(handOvers).toEqual([1, 1, 1]);
  });

  it('lets a look that has taken in 5 MB ask for nothing more, and says that something is left', async () => {
    const { run, scanOf, accounts, cohort } = await scene({ read: oneEach, bodies: [5 * 1024 * 1024, 1] });
    await run();
    expect(await scanOf(accounts[0]!)).toMatchObject({ coverage: [{ reason: 'page-cap' }] });
    expect(await cohort()).toMatchObject({ failedRuns: 0 });
  });

  it('leaves the mark where it was when the hand-over fails', async () => {
    const { run, scanOf, cohort } = await scene({
      read: () => aReading({ posts: [aPost()], cursor: 'next', reason: 'seen' }),
      refusesPosts: true,
    });
    await expect(run()).rejects.toThrow('Some accounts');
    expect(await scanOf(anAccount())).toBeUndefined();
    expect(await cohort()).toMatchObject({ lease: NOW, lastRunAt: null });
  });

  it('hands over again and counts once when it is killed between the hand-over and the mark', async () => {
    const { run, posts, scanOf } = await scene({
      read: (_, mark) =>
        aReading({ posts: mark.cursor === null ? [aPost()] : [], cursor: 'next', reason: 'seen' }),
      killsBeforeMark: 1,
    });
    await expect(run()).rejects.toThrow('Some accounts');
    await run(1);
    await run(2);
    expect(posts.messages).toHaveLength(2);
    expect(await scanOf(anAccount())).toMatchObject({ cursor: 'next', posts: 1 });
  });

  it('tells the connector what was handed over before', async () => {
    const post = aPost();
    const seen: string[] = [];
    const { run } = await scene({
      read: (_, mark) => {
        seen.push(`${mark.cursor ?? 'none'} ${mark.known(post.uri, post.version)}`);
        return aReading({ posts: seen.length === 1 ? [post] : [], cursor: 'next', reason: 'seen' });
      },
    });
    await run();
    await run(1);
    expect(seen).toEqual(['none new', 'next same']);
  });

  it('writes nothing for an account with nothing new', async () => {
    const { run, scanOf } = await scene({});
    await run();
    const first = await scanOf(anAccount());
    await run(1);
    expect(await scanOf(anAccount())).toEqual(first);
  });

  it.each([
    ['invited', anAccount({ state: 'invited', confirmation: null })],
    ['paused', anAccount({ state: 'paused' })],
    ['withdrawn', anAccount({ state: 'withdrawn' })],
  ])('does not look at an account that is %s', async (_, account) => {
    const { run, reads } = await scene({ accounts: [account] });
    await run();
    expect(reads).toEqual([]);
  });

  it('says a pause in the ledger and takes a withdrawn account out of its cohort', async () => {
    const [paused, withdrawn] = numbered(2);
    const { run, scanOf, cohort } = await scene({
      accounts: [
        { ...paused!, state: 'paused' },
        { ...withdrawn!, state: 'withdrawn' },
      ],
    });
    await run();
    expect((await scanOf(paused!))?.coverage).toMatchObject([{ reason: 'paused', until: null }]);
    expect(await scanOf(withdrawn!)).toBeUndefined();
    expect((await cohort()).accounts).toEqual([paused!.id]);
  });

  it('leaves alone an account that belongs to another cohort, and takes it out of this one', async () => {
    const { run, registry, reads, cohort } = await scene({});
    await registry.save(anAccount({ cohort: cohortId('feed', 'blog.sukamaju.example', 7), revision: 1 }));
    await run();
    expect(reads).toEqual([]);
    expect((await cohort()).accounts).toEqual([]);
  });

  it('leaves an account in its place whose enrolment was cut off, since it is done again', async () => {
    const { run, registry, reads, cohort } = await scene({});
    await registry.save(anAccount({ cohort: null, revision: 1 }));
    await run();
    expect(reads).toEqual([]);
    expect((await cohort()).accounts).toEqual([anAccount().id]);
  });

  it('looks at nobody while a gate is closed', async () => {
    const { run, reads } = await scene({
      agency: anAgency({ gates: { ...anAgency().gates, impactAssessment: null } }),
    });
    await run();
    expect(reads).toEqual([]);
  });

  it('finishes the other accounts when one fails, and none twice for it', async () => {
    const accounts = numbered(3);
    const bad = accounts[1]!.id;
    const { run, bundles, scanOf } = await scene({
      accounts,
      read: (account, mark) => {
        if (account === bad) throw new Error('bug');
        return mark.cursor === null
          ? aReading({
              posts: [aPost({ uri: `https://x.example/#${account}` })],
              cursor: 'next',
              reason: 'seen',
            })
          : aReading({ cursor: 'next' });
      },
    });
    await expect(run()).rejects.toThrow('Some accounts');
    await expect(run(1)).rejects.toThrow('Some accounts');
    expect(bundles()).toHaveLength(2);
    expect(await scanOf(accounts[0]!)).toMatchObject({ posts: 1 });
  });

  it('leaves a host in peace that asked for it, and says so of every account', async () => {
    const accounts = numbered(10);
    const retryAt = plus(NOW, { hours: 9 });
    const { run, reads, scanOf, cohort } = await scene({
      accounts,
      read: () => aReading({ reason: 'throttled', throttle: { retryAt, scope: 'host' } }),
    });
    await run();
    expect(reads.length).toBeLessThan(accounts.length);
    expect((await scanOf(accounts[9]!))?.coverage).toMatchObject([{ reason: 'throttled' }]);
    expect(await cohort()).toMatchObject({ dueAt: retryAt, failedRuns: 1 });
  });

  it('does not ask again for a source that is gone for good', async () => {
    const { run, reads, scanOf } = await scene({ read: () => aReading({ reason: 'gone', stop: true }) });
    await run();
    await run(1);
    expect(reads).toHaveLength(1);
    expect((await scanOf(anAccount()))?.coverage).toMatchObject([{ reason: 'gone', until: null }]);
  });

  it('goes on after a pause: reads nothing twice, and nothing that was posted meanwhile', async () => {
    const before = aPost({ uri: 'https://x.example/#before', postedAt: plus(NOW, { hours: -1 }) });
    const during = aPost({ uri: 'https://x.example/#during', postedAt: plus(NOW, { minutes: 90 }) });
    const after = aPost({ uri: 'https://x.example/#after', postedAt: plus(NOW, { hours: 3 }) });
    const marks: (string | null)[] = [];
    const { run, registry, bundles, scanOf, cohort } = await scene({
      read: (_, mark) => {
        marks.push(mark.cursor);
        const all = marks.length === 1 ? [before] : [after, during, before];
        return aReading({
          posts: all.filter((post) => mark.known(post.uri, post.version) === 'new'),
          cursor: 'next',
          reason: 'seen',
        });
      },
    });
    await run();
    const lapses = [{ from: plus(NOW, { hours: 1 }), to: plus(NOW, { hours: 2 }) }];
    await registry.save(anAccount({ epoch: 2, lapses, revision: 1, cohort: (await cohort()).id }));
    await run(4);
    expect(marks).toEqual([null, 'next']);
    expect(bundles().map(({ epoch, posts: sent }) => [epoch, sent.map(({ uri }) => uri)])).toEqual([
      [1, [before.uri]],
      [2, [after.uri]],
    ]);
    expect(await scanOf(anAccount())).toMatchObject({
      epoch: 2,
      posts: 2,
      coverage: [{ since: NOW, until: null }],
    });
  });

  it('does nothing for an order whose lease has ended', async () => {
    const { collect, reads, cohort } = await scene({});
    const { id, accounts } = await cohort();
    await collect({ kind: 'scan', version: 1, network: 'feed', cohort: id, lease: NOW, accounts });
    expect(reads).toEqual([]);
  });

  it('stops in time, says that it was not a whole run, and begins elsewhere next time', async () => {
    const accounts = numbered(20);
    const { run, reads, cohort, pass } = await scene({
      accounts,
      read: () => {
        pass({ seconds: 10 });
        return aReading();
      },
    });
    await run();
    const first = [...reads];
    expect(first.length).toBeLessThan(20);
    expect(await cohort()).toMatchObject({ lease: null, lastRunAt: null });
    await run(1.05);
    expect(reads.slice(first.length)[0]).not.toBe(first[0]);
  });

  it('reads the accounts of an order together, and the rest anew once that is ten seconds old', async () => {
    const { run, rosters, pass } = await scene({
      accounts: numbered(24),
      read: () => {
        pass({ seconds: 1 });
        return aReading();
      },
    });
    await run();
    expect(rosters).toEqual([24, 8]);
  });

  const changes: readonly (readonly [
    string,
    (world: Awaited<ReturnType<typeof scene>>) => Promise<unknown>,
  ])[] = [
    [
      'a withdrawal',
      async ({ registry, accounts }) =>
        Promise.all(
          accounts.map((account) => registry.save({ ...account, state: 'withdrawn', epoch: 2, revision: 1 })),
        ),
    ],
    [
      'a gate that closes',
      ({ agencies }) =>
        agencies.save(anAgency({ gates: { ...anAgency().gates, impactAssessment: null }, revision: 1 })),
    ],
  ];
  it.each(changes)('lets nobody be asked a minute after %s in the middle of an order', async (_, change) => {
    const world = await scene({
      accounts: numbered(24),
      read: async () => {
        world.pass({ seconds: 1 });
        if (world.reads.length === 1) await change(world);
        return aReading();
      },
    });
    await world.run();
    // Two groups by the reading that was made a second before the change, and none by the next.
    expect(world.permits).toHaveLength(16);
    for (const permit of world.permits) {
      expect(permit.isFresh(plus(NOW, { seconds: 60 }))).toBe(true);
      expect(permit.isFresh(plus(NOW, { seconds: 61 }))).toBe(false);
    }
  });

  it('stores what was looked at before the registry could not be read any more, and comes again for the rest', async () => {
    const world = await scene({
      accounts: numbered(24),
      read: (account) => {
        world.pass({ seconds: 1 });
        if (world.reads.length === 16) world.refuseRosters(true);
        return aReading({ posts: [aPost({ uri: account })], cursor: 'next', reason: 'seen' });
      },
    });
    await expect(world.run()).rejects.toThrow('Some accounts of the cohort failed');
    expect(world.bundles()).toHaveLength(16);
    expect(await world.scans.byAccounts(world.reads.map((id) => AccountId.parse(id)))).toHaveLength(16);
  });

  it('says why nobody looked', async () => {
    const account = anAccount({ effectiveTo: aContest().stages[1]!.from });
    const { run, scanOf } = await scene({ accounts: [account] });
    await run();
    expect((await scanOf(account))?.coverage).toMatchObject([{ reason: 'not-in-force', until: null }]);
  });

  it('keeps to the time that a source asks for, also when it has nothing new', async () => {
    const { run, reads } = await scene({ read: () => aReading({ notBefore: plus(NOW, { hours: 5 }) }) });
    await run();
    await run(1);
    await run(4);
    expect(reads).toHaveLength(1);
    await run(6);
    expect(reads).toHaveLength(2);
  });

  it('packs posts into messages of at most 64 KB, oldest first', async () => {
    const accounts = numbered(3);
    const many = (account: string) =>
      Array.from({ length: 20 }, (_, index) =>
        aPost({
          uri: `https://x.example/#${account}-${index}`,
          parts: [{ field: 'body', text: 'x'.repeat(4_000) }],
        }),
      );
    const { run, posts, bundles } = await scene({
      accounts,
      read: (account) => aReading({ posts: many(account), reason: 'seen' }),
    });
    await run();
    const sizes = posts.messages.map((message) => Buffer.byteLength(JSON.stringify(message)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
    expect(sizes.length).toBeLessThanOrEqual(5);
    for (const { id } of accounts)
      expect(
        bundles()
          .filter(({ account }) => account === id)
          .flatMap((bundle) => bundle.posts.map(({ uri }) => uri)),
      ).toEqual(
        many(id)
          .map(({ uri }) => uri)
          .reverse(),
      );
  });
});

describe('messages to the classifier', () => {
  const Messages = fc.array(
    fc.record({
      posts: fc.array(fc.nat({ max: 40_000 }), { maxLength: 6 }),
      deleted: fc.nat({ max: 30 }),
    }),
    { maxLength: 8 },
  );
  it('hold every piece once, in its order and under its account, in no more bytes than are paid for at once', () => {
    fc.assert(
      fc.property(Messages, (looks) => {
        const bundles = looks.map(({ posts, deleted }, index): PostBundle => ({
          kind: 'posts',
          version: 2,
          network: 'feed',
          account: AccountId.parse(opaqueId(`account ${index}`)),
          epoch: 1,
          contests: [aContest().id],
          posts: posts.map((length, post) =>
            aPost({ version: String(post), parts: [{ field: 'body', text: 'é'.repeat(length) }] }),
          ),
          deleted: Array.from({ length: deleted }, (_, gone) => ({ uri: 'at://x', version: String(gone) })),
          submittedBy: null,
          capture: null,
        }));
        const messages = inMessages(bundles);
        const parts = messages.flatMap(bundlesOf);
        expect(
          [...Map.groupBy(parts, ({ account }) => account)].map(([account, of]) => ({
            account,
            posts: of.flatMap(({ posts }) => posts),
            deleted: of.flatMap(({ deleted }) => deleted),
          })),
        ).toEqual(
          bundles
            .filter(({ posts, deleted }) => posts.length + deleted.length > 0)
            .map(({ account, posts, deleted }) => ({ account, posts, deleted })),
        );
        for (const message of messages) {
          const pieces = bundlesOf(message).flatMap(({ posts, deleted }) => [...posts, ...deleted]);
          if (pieces.length > 1)
            expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(64 * 1024);
        }
      }),
      { numRuns: 200 },
    );
  });
});
