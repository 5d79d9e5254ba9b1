import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyAccounts } from '../../../functions/identify-accounts/identify-accounts.js';
import { memoryAccountScanStore } from '../../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../../shared/adapters/memory-account-store.js';
import { memoryCohortStore } from '../../../shared/adapters/memory-cohort-store.js';
import { memoryAgencyStore } from '../../../shared/adapters/memory-agency-store.js';
import { proofPages } from '../../../shared/adapters/proof-pages.js';
import { AccountId, CohortId } from '../../../shared/domain/ids.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import type { Agency } from '../../../shared/domain/registry/agency.js';
import type { IdentityLookup } from '../../../shared/domain/registry/permit.js';
import { identityPlace, placesOf } from '../../../shared/domain/registry/place.js';
import { askForProof, askedProof, proofCode } from '../../../shared/domain/registry/proof.js';
import { minus, plus, type Instant } from '../../../shared/domain/time.js';
import type { IdentityAnswer } from '../../../shared/networks/connector.js';
import { NETWORK_IDS, perNetwork, type NetworkId } from '../../../shared/networks.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { anAccountScan } from '../../fixtures/scanning.js';

const PUBLIC_URL = 'https://netral.sukamaju.example';
const idOf = (name: string): AccountId => AccountId.parse(opaqueId(name));

/** An account whose network has to be asked who its handle is. */
const declared = (name: string, overrides: Partial<Account> = {}): Account =>
  anAccount({ id: idOf(name), handle: `https://${name}.example/`, identity: null, ...overrides });

const found = (id: string, overrides: object = {}): IdentityAnswer => ({
  kind: 'found',
  identity: { id, host: 'pds.example' },
  handle: 'sari.example',
  declares: [],
  links: [],
  ...overrides,
});

const scene = async (
  accounts: readonly Account[],
  answer: (lookup: IdentityLookup) => IdentityAnswer | Promise<IdentityAnswer>,
  agency: Agency = anAgency(),
  networks: readonly NetworkId[] = NETWORK_IDS,
) => {
  const agencies = memoryAgencyStore();
  await agencies.save(agency);
  const registry = memoryAccountStore();
  for (const account of accounts) await registry.save(account);
  const scans = memoryAccountScanStore();
  const cohorts = memoryCohortStore();
  const asked: string[] = [];
  let at = NOW;
  const identify = identifyAccounts({
    agency: agencies,
    packs: { active: () => Promise.resolve(somePacks()) },
    accounts: registry,
    scans,
    cohorts,
    connectors: perNetwork(() => ({
      identify: async (lookup: IdentityLookup) => {
        asked.push(lookup.handle);
        return answer(lookup);
      },
    })),
    networks,
    proofPages: (key) => proofPages(key, PUBLIC_URL),
    fetch: () => Promise.reject(new Error('The connectors of this test ask nobody')),
    guard: 'public',
    now: () => at,
    report: () => undefined,
  });
  return {
    registry,
    scans,
    cohorts,
    asked,
    key: await agencies.hashKey(),
    run: (moment: Instant = NOW) => {
      at = moment;
      return identify();
    },
    account: async (name: string): Promise<Account> => (await registry.byIds([idOf(name)]))[0]!,
  };
};

describe('accounts whose identity is unknown', () => {
  it('get it from their network, once', async () => {
    const { run, account, asked, registry } = await scene([declared('sari')], () => found('did:plc:sari'));
    expect(await run()).toEqual({ found: 1 });
    expect(await account('sari')).toMatchObject({
      identity: { id: 'did:plc:sari', host: 'pds.example' },
      handle: 'sari.example',
      renames: [],
      lookup: { end: 'found', failures: 0, dueAt: plus(NOW, { days: 30 }) },
    });
    await run(plus(NOW, { minutes: 5 }));
    expect(asked).toHaveLength(1);
    expect((await registry.unenrolled(10)).map(({ id }) => id)).toEqual([idOf('sari')]);
  });

  it('are asked of nobody where their network is not read here, and again once it may be', async () => {
    const { run, account, asked } = await scene([declared('sari')], () => found('did:plc:sari'), anAgency(), [
      'youtube',
    ]);
    expect(await run()).toEqual({ 'not-read': 1 });
    expect(asked).toEqual([]);
    expect(await account('sari')).toMatchObject({
      identity: null,
      lookup: { end: 'not-read', dueAt: plus(NOW, { days: 1 }) },
    });
  });

  it('are one account of one place: two handles of one identity never become two accounts', async () => {
    const { run, account, registry } = await scene([declared('sari'), declared('budi')], () =>
      found('did:plc:sari'),
    );
    await run();
    const ends = [await account('sari'), await account('budi')];
    expect(ends.map(({ lookup }) => lookup?.end).sort()).toEqual(['found', 'taken']);
    expect(ends.filter(({ identity }) => identity !== null)).toHaveLength(1);
    const owner = await registry.placeOwner(
      identityPlace('feed', { id: 'did:plc:sari', host: 'pds.example' }),
    );
    expect(owner?.account).toBe(ends.find(({ identity }) => identity !== null)?.id);
  });

  it('of one place belong to whose code is found; who has only their own word keeps it from nobody', async () => {
    const self = { kind: 'self', at: NOW, noticeVersion: '1' } as const;
    const byThemself = (name: string): Account => ({
      ...askForProof(declared(name, { handle: 'sari.example', confirmation: self }), NOW),
      revision: 0,
    });
    const codes = new Map<string, string>();
    let shown = 'nothing yet';
    const { run, account, registry, key } = await scene([byThemself('false'), byThemself('true')], () =>
      found('did:plc:sari', { declares: [{ where: 'profile', text: shown }] }),
    );
    for (const name of ['false', 'true']) {
      const one = await account(name);
      codes.set(name, proofCode(key, one, askedProof(one)!));
    }
    await run();
    expect(await account('false')).toMatchObject({
      identity: { id: 'did:plc:sari' },
      proof: { kind: 'asked' },
    });
    const places = placesOf(await account('true'));
    expect(places).toHaveLength(2);
    for (const place of places) expect(await registry.placeOwner(place)).toBeNull();

    shown = codes.get('true')!;
    await run(plus(NOW, { minutes: 6 }));
    expect((await account('true')).proof?.kind).toBe('proved');
    for (const place of places) expect((await registry.placeOwner(place))?.account).toBe(idOf('true'));
    // Whoever comes later with their own code, after the account was sold or broken into, does not get it.
    shown = codes.get('false')!;
    await run(plus(NOW, { days: 1 }));
    expect(await account('false')).toMatchObject({ proof: { kind: 'asked' }, lookup: { end: 'taken' } });
    for (const place of places) expect((await registry.placeOwner(place))?.account).toBe(idOf('true'));
  });

  it('are not kept by one that was never proved from one that was declared', async () => {
    const self = { kind: 'self', at: NOW, noticeVersion: '1' } as const;
    const held = declared('false', {
      confirmation: self,
      identity: { id: 'did:plc:sari', host: 'pds.example' },
    });
    const { run, account, registry } = await scene([held, declared('true')], () => found('did:plc:sari'));
    for (const place of placesOf(held))
      await registry.claimPlace(place, { account: held.id, claimedAt: minus(NOW, { days: 1 }) }, null);
    await run();
    expect(await account('true')).toMatchObject({ lookup: { end: 'found' } });
  });

  it('may have a place that was let go by a withdrawal', async () => {
    const { run, account, registry } = await scene([declared('sari'), declared('budi')], () =>
      found('did:plc:sari'),
    );
    await run();
    const holding = [await account('sari'), await account('budi')].find(({ identity }) => identity !== null)!;
    const other = holding.id === idOf('sari') ? 'budi' : 'sari';
    await registry.save({
      ...holding,
      state: 'withdrawn',
      epoch: 2,
      lapses: [{ from: plus(NOW, { hours: 1 }), to: null }],
      revision: holding.revision + 1,
    });
    await run(plus(NOW, { days: 1 }));
    expect(await account(other)).toMatchObject({
      lookup: { end: 'found' },
      identity: { id: 'did:plc:sari' },
    });
  });

  it.each<[IdentityAnswer, object]>([
    [{ kind: 'not-found' }, { hours: 1 }],
    [{ kind: 'moved' }, { hours: 6 }],
    [{ kind: 'opted-out' }, { hours: 6 }],
    [{ kind: 'needs-token' }, { hours: 1 }],
    [{ kind: 'unreachable' }, { minutes: 15 }],
    [{ kind: 'malformed' }, { minutes: 15 }],
    [{ kind: 'throttled', retryAt: plus(NOW, { minutes: 40 }) }, { minutes: 40 }],
    [{ kind: 'throttled', retryAt: plus(NOW, { days: 400 }) }, { days: 1 }],
    [{ kind: 'throttled', retryAt: NOW }, { minutes: 5 }],
  ])('are asked for again after %o, in %o', async (answer, wait) => {
    const { run, account } = await scene([declared('sari')], () => answer);
    await run();
    expect(await account('sari')).toMatchObject({
      identity: null,
      lookup: { end: answer.kind, failures: 1, dueAt: plus(NOW, wait) },
    });
  });

  it('wait twice as long each time, a week at most', async () => {
    const { run, account } = await scene([declared('sari')], () => ({ kind: 'not-found' }));
    await run();
    await run(plus(NOW, { hours: 1 }));
    expect((await account('sari')).lookup?.dueAt).toBe(plus(NOW, { hours: 3 }));
    for (let day = 1; day < 40; day += 1) await run(plus(NOW, { days: day }));
    const { lookup } = await account('sari');
    expect(lookup?.dueAt).toBe(plus(lookup!.at, { days: 7 }));
  });

  it('leave a host alone that asked for peace, all of them', async () => {
    const accounts = Array.from({ length: 20 }, (_, index) => declared(`sari${index}`));
    const throttled = { kind: 'throttled', retryAt: plus(NOW, { hours: 1 }) } as const;
    const byHost = accounts.map((account, index) => ({
      ...account,
      handle: `https://warga.example/${index}`,
    }));
    const { run, asked } = await scene(byHost, () => throttled);
    expect(await run()).toEqual({ throttled: 20 });
    expect(asked).toHaveLength(8);
    await run(plus(NOW, { minutes: 59 }));
    expect(asked).toHaveLength(8);
  });

  it('keep nobody else waiting when one fails, and the run fails', async () => {
    const { run, account } = await scene([declared('sari'), declared('budi')], ({ handle }) =>
      handle.includes('sari') ? Promise.reject(new Error('a fault of ours')) : found('did:plc:budi'),
    );
    await expect(run()).rejects.toThrow('accounts-identified: 1 failed');
    expect((await account('budi')).identity?.id).toBe('did:plc:budi');
    expect((await account('sari')).lookup).toBeNull();
  });
});

describe('accounts that are known', () => {
  const known = declared('sari', {
    identity: { id: 'did:plc:sari', host: 'pds.example' },
    handle: 'sari.example',
    lookup: { at: NOW, end: 'found', failures: 0, dueAt: plus(NOW, { days: 30 }) },
  });
  const later = plus(NOW, { days: 30 });

  it('are followed by their identity when they are renamed', async () => {
    const { run, account } = await scene([known], () => found('did:plc:sari', { handle: 'lestari.example' }));
    await run(later);
    expect(await account('sari')).toMatchObject({
      handle: 'lestari.example',
      renames: [{ from: 'sari.example', to: 'lestari.example', at: later }],
    });
  });

  it('leave their cohort when another host serves them', async () => {
    const cohort = CohortId.parse(opaqueId('cohort'));
    const moved = { identity: { id: 'did:plc:sari', host: 'other.example' } };
    const { run, account, registry } = await scene([{ ...known, cohort }], () =>
      found('did:plc:sari', moved),
    );
    await run(later);
    expect(await account('sari')).toMatchObject({ cohort: null, identity: { host: 'other.example' } });
    expect(await registry.unenrolled(10)).toHaveLength(1);
  });

  it('never become somebody else who has their handle now', async () => {
    const { run, account } = await scene([known], () => found('did:plc:budi'));
    await run(later);
    expect(await account('sari')).toMatchObject({
      identity: { id: 'did:plc:sari' },
      lookup: { end: 'not-found', failures: 1 },
    });
  });

  it('are asked about at once, and once, when a look found them renamed', async () => {
    const { run, asked, scans } = await scene(
      [{ ...known, lookup: { ...known.lookup!, at: plus(NOW, { days: -5 }) } }],
      () => found('did:plc:sari'),
    );
    await scans.save(
      anAccountScan({ account: known.id, coverage: [{ reason: 'renamed', since: NOW, until: null }] }),
    );
    await run(plus(NOW, { minutes: 5 }));
    await run(plus(NOW, { minutes: 10 }));
    expect(asked).toHaveLength(1);
  });
});

describe('the proof that an account is its holder’s', () => {
  const asking = askForProof(anAccount({ id: idOf('sari'), revision: 0 }), NOW);
  const account = { ...asking, revision: 0 };
  const codeOf = (key: string): string => proofCode(key, account, askedProof(account)!);
  const feed = (shown: object): IdentityAnswer =>
    found(account.handle, { identity: account.identity, handle: account.handle, ...shown });

  it.each(['profile', 'post'] as const)('is a code in a %s', async (where) => {
    let key = '';
    const world = await scene([account], () =>
      feed({ declares: [{ where, text: `Guru SD. ${codeOf(key).toUpperCase()}!` }] }),
    );
    ({ key } = world);
    await world.run();
    expect((await world.account('sari')).proof).toEqual({ kind: 'proved', at: NOW, how: where });
    expect((await world.account('sari')).lookup?.dueAt).toBeNull();
  });

  it('is a link to the page made for it, if it says that this is the same person', async () => {
    let links: readonly object[] = [];
    const world = await scene([account], () => feed({ links }));
    const href = proofPages(world.key, PUBLIC_URL).addressFor(account)!;
    links = [{ href, isMe: false }];
    await world.run();
    expect((await world.account('sari')).proof?.kind).toBe('asked');
    links = [{ href, isMe: true }];
    await world.run(plus(NOW, { minutes: 5 }));
    expect((await world.account('sari')).proof).toMatchObject({ kind: 'proved', how: 'link' });
  });

  it('is no code of another account, of another asking, or of a registration that has lapsed', async () => {
    let codes: readonly string[] = [];
    const world = await scene([account], () =>
      feed({ declares: codes.map((text) => ({ where: 'profile', text })) }),
    );
    const asked = askedProof(account)!;
    codes = [
      proofCode(world.key, anAccount({ id: idOf('budi') }), asked),
      proofCode(world.key, account, { ...asked, at: plus(NOW, { minutes: -1 }) }),
      proofCode(world.key, { ...account, epoch: 2 }, asked),
      proofCode('another key', account, asked),
    ];
    await world.run();
    expect((await world.account('sari')).proof).toMatchObject({ kind: 'asked', missedAt: NOW });
  });

  it('fails with its reason when the code never came', async () => {
    const world = await scene([account], () => feed({}));
    for (let hour = 0; hour <= 7 * 24; hour += 1) await world.run(plus(NOW, { hours: hour }));
    const { proof } = await world.account('sari');
    expect(proof).toMatchObject({ kind: 'failed', reason: 'code-not-found' });
    expect(world.asked.length).toBeGreaterThan(20);
    expect(world.asked.length).toBeLessThan(60);
  });
});

describe('whatever state accounts are in', () => {
  it('nobody is asked about an account whose holder has not confirmed or has withdrawn it, or behind a closed gate', async () => {
    const state = fc.constantFrom('invited', 'active', 'paused', 'withdrawn');
    await fc.assert(
      fc.asyncProperty(fc.array(state, { maxLength: 6 }), fc.boolean(), async (states, open) => {
        const accounts = states.map((each, index) =>
          declared(`a${index}`, {
            state: each,
            confirmation: each === 'invited' ? null : anAccount().confirmation,
          }),
        );
        const { gates } = anAgency();
        const agency = anAgency({ gates: open ? gates : { ...gates, officer: null } });
        const { run, asked } = await scene(accounts, ({ handle }) => found(handle), agency);
        await run();
        const allowed = accounts.filter((account) => open && account.state === 'active');
        expect([...asked].sort()).toEqual(allowed.map(({ handle }) => handle).sort());
      }),
      { numRuns: 200 },
    );
  });
});

describe('what YouTube said of an account', () => {
  const channel = (name: string, overrides: Partial<Account> = {}) =>
    declared(name, { network: 'youtube', handle: `@${name}`, ...overrides });
  const asYoutube = (id: string): IdentityAnswer => found(id, { handle: '@sari' });
  const days = (count: number) => plus(NOW, { days: count });
  const watching = async ({ scans }: Awaited<ReturnType<typeof scene>>) =>
    scans.save(
      anAccountScan({
        account: idOf('sari'),
        cursor: '{"watched":[]}',
        window: [{ post: '0123456789abcdef', version: 'fedcba9876543210', handedAt: NOW }],
        coverage: [{ reason: 'seen', since: NOW, until: null }],
      }),
    );

  it('is asked for again in time, and kept as long as it is', async () => {
    const around = await scene([channel('sari')], () => asYoutube('UC1'));
    await around.run();
    for (const day of [24, 25, 50, 75]) await around.run(days(day));
    expect(around.asked).toHaveLength(4);
    expect(await around.account('sari')).toMatchObject({ identity: { id: 'UC1' }, identifiedAt: days(75) });
  });

  it.each([
    ['it is paused', 'paused' as const, undefined],
    ['it is withdrawn', 'withdrawn' as const, undefined],
    ['YouTube does not answer', 'active' as const, { kind: 'unreachable' } as const],
  ])(
    'is gone within 30 days while %s, with what a look kept, and the ledger stays',
    async (_why, state, later) => {
      let answer: IdentityAnswer = asYoutube('UC1');
      const around = await scene([channel('sari')], () => answer);
      await around.run();
      await watching(around);
      const known = await around.account('sari');
      await around.registry.save({ ...known, state, revision: known.revision + 1 });
      answer = later ?? answer;
      for (let day = 1; day <= 28; day += 1) await around.run(days(day));
      expect((await around.account('sari')).identity).not.toBeNull();
      await around.run(days(29));
      expect(await around.account('sari')).toMatchObject({ identity: null, handle: '@sari', cohort: null });
      expect(JSON.stringify(await around.account('sari'))).not.toContain('UC1');
      expect(await around.scans.byAccounts([idOf('sari')])).toMatchObject([
        { cursor: null, coverage: [{ reason: 'seen' }], window: [{ handedAt: NOW }] },
      ]);
    },
  );

  it('is gone also while a gate is closed, and nobody is asked', async () => {
    const around = await scene(
      [channel('sari', { identity: { id: 'UC1', host: 'api.example' }, identifiedAt: NOW })],
      () => asYoutube('UC1'),
      anAgency({ gates: { ...anAgency().gates, notice: null } }),
    );
    expect(await around.run(days(29))).toEqual({ forgotten: 1 });
    expect(around.asked).toEqual([]);
  });

  it('comes back for the same channel alone: a handle that is somebody else’s by then stays unread', async () => {
    let answer = asYoutube('UC1');
    const around = await scene([channel('sari')], () => answer);
    await around.run();
    const known = await around.account('sari');
    await around.registry.save({ ...known, state: 'paused', revision: known.revision + 1 });
    await around.run(days(29));
    const gone = await around.account('sari');
    await around.registry.save({ ...gone, state: 'active', revision: gone.revision + 1 });
    answer = asYoutube('UC2');
    expect(await around.run(days(30))).toEqual({ found: 1 });
    expect(await around.account('sari')).toMatchObject({ identity: null, lookup: { end: 'not-found' } });
    answer = asYoutube('UC1');
    await around.run(days(40));
    expect(await around.account('sari')).toMatchObject({ identity: { id: 'UC1' }, formerPlace: null });
  });

  it('in a cursor is dropped when it is asked for again and nobody has looked for days', async () => {
    const around = await scene([channel('sari')], () => asYoutube('UC1'));
    await around.run();
    await watching(around);
    await around.run(days(25));
    expect(await around.scans.byAccounts([idOf('sari')])).toMatchObject([{ cursor: null }]);
  });
});
