import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { identified } from '../../../shared/domain/registry/identify.js';
import { ScanPermit } from '../../../shared/domain/registry/permit.js';
import { accountId } from '../../../shared/domain/registry/imported.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import { minus } from '../../../shared/domain/time.js';
import type { Agency } from '../../../shared/domain/registry/agency.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import { accountIdOf, aWorld, somebody } from './world.js';

const holder = somebody('person');
const other = somebody('other');
const handle = 'https://satu.sukamaju.example/feed.xml';
const body = { network: 'feed', handle, noticeVersion: '1' };

const aCase = async (agency: Partial<Agency> = {}) => {
  const world = await aWorld(agency);
  await world.onRecord(holder, other);
  const register = (overrides: object = {}, as = holder) =>
    world.call('POST /me/accounts', { as, body: { ...body, ...overrides } });
  const listed = async () => (await world.accounts.list({ limit: 100, cursor: null })).items;
  return { ...world, register, listed };
};

const Own = z.object({ id: z.string(), proof: z.object({ kind: z.string(), code: z.string() }) });

describe('a holder who registers an account', () => {
  it('agrees to the notice by it and gets a code', async () => {
    const { register, listed, agency } = await aCase();
    const answer = await register();
    expect(answer.status).toBe(200);
    const own = Own.parse(await answer.json());
    expect(own.proof.code).toMatch(/^netral-/);
    expect(own.id).toBe(accountId(await agency.hashKey(), 'feed', handle, holder.id));
    expect(await listed()).toMatchObject([
      {
        id: own.id,
        holder: holder.id,
        area: holder.area,
        state: 'active',
        confirmation: { kind: 'self', at: NOW, noticeVersion: '1' },
        effectiveFrom: '2026-11-23',
        effectiveTo: null,
        proof: { kind: 'asked' },
      },
    ]);
  });

  it('changes nothing by the same again, and gets the same code', async () => {
    const { register, listed } = await aCase();
    const { id, proof } = Own.parse(await (await register()).json());
    const kept = await listed();
    expect(await (await register()).json()).toMatchObject({ id, proof: { code: proof.code } });
    expect(await listed()).toEqual(kept);
  });

  it('has nothing read before the account is shown to be theirs, whatever the agency asks of others', async () => {
    const { register, listed } = await aCase({ ownershipProof: 'optional' });
    await register();
    const [account] = await listed();
    if (account === undefined) throw new Error('It was not registered');
    const identity = { id: handle, host: 'satu.sukamaju.example' };
    const around = { agency: anAgency(), contests: [aContest()], at: NOW };
    const found = identified(account, { kind: 'found', identity, handle, proof: null }, NOW);
    expect(ScanPermit.request({ ...around, account: found })).toEqual({
      kind: 'refused',
      reason: 'not-proved',
    });
    const proved = identified(account, { kind: 'found', identity, handle, proof: 'profile' }, NOW);
    expect(ScanPermit.request({ ...around, account: proved }).kind).toBe('granted');
  });

  it.each(['0', '2'])('is told which notice is in force when they read version %s', async (noticeVersion) => {
    const { register, listed } = await aCase();
    const answer = await register({ noticeVersion });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('version 1;');
    expect(await listed()).toEqual([]);
  });

  it('cannot where there is no notice', async () => {
    const { register, listed } = await aCase({ gates: { ...anAgency().gates, notice: null } });
    expect((await register()).status).toBe(409);
    expect(await listed()).toEqual([]);
  });

  it.each([
    ['what is no address', { handle: 'blog saya' }, 'json.handle'],
    ['a host that nobody approved', { network: 'mastodon', handle: '@sari@lain.example' }, 'json.handle'],
    [
      'an end before its begin',
      { effectiveFrom: '2026-12-02', effectiveTo: '2026-12-01' },
      'json.effectiveTo',
    ],
    ['a day that is none', { effectiveFrom: '2026-02-30' }, 'json.effectiveFrom'],
  ])('is told what is wrong with %s', async (_what, wrong, at) => {
    const { register, listed } = await aCase();
    const answer = await register(wrong);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ at }] });
    expect(await listed()).toEqual([]);
  });

  it.each([
    ['bluesky', 'sari.example'],
    ['facebook', 'saridewi'],
  ])('cannot on %s, where nobody looks for a code, and is told what to do', async (network, handle) => {
    const { register, listed } = await aCase();
    const answer = await register({ network, handle });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('sign a declaration');
    expect(await listed()).toEqual([]);
  });

  it('cannot take what the registry has of somebody else', async () => {
    const { register, listed, accounts } = await aCase();
    const theirs = anAccount({ handle, holder: holder.id });
    await accounts.save(theirs);
    await accounts.claimPlace(placeId(theirs), { account: theirs.id, claimedAt: NOW }, null);
    const answer = await register({}, other);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain(holder.id);
    expect(await listed()).toEqual([theirs]);
  });

  it('keeps it from nobody before they have proved it: others get a code of their own', async () => {
    const { register, listed, accounts } = await aCase();
    const mine = Own.parse(await (await register()).json());
    expect(await accounts.placeOwner(placeId({ network: 'feed', handle }))).toBeNull();
    const theirs = Own.parse(await (await register({}, other)).json());
    expect(theirs.proof.code).not.toBe(mine.proof.code);
    expect(await listed()).toHaveLength(2);
  });

  it('loses it to who proved it first', async () => {
    const { register, listed, accounts } = await aCase();
    await register();
    const [mine] = await listed();
    if (mine === undefined) throw new Error('It was not registered');
    const proof = { kind: 'proved', at: NOW, how: 'profile' } as const;
    await accounts.save({ ...mine, proof, revision: mine.revision + 1 });
    await accounts.claimPlace(placeId(mine), { account: mine.id, claimedAt: NOW }, null);
    expect((await register({}, other)).status).toBe(400);
  });

  it('loses it to a row of the registry, also where a proof had claimed the place and was lost', async () => {
    const { register, listed, accounts, call, onRecord } = await aCase();
    const administrator = somebody('administrator', { roles: ['administrator'] });
    await onRecord(administrator);
    await register();
    const [mine] = await listed();
    if (mine === undefined) throw new Error('It was not registered');
    const claimedAt = minus(NOW, { minutes: 16 });
    await accounts.claimPlace(placeId(mine), { account: mine.id, claimedAt }, null);
    const { name, employeeNumber, employmentType, unit, area } = other;
    const row = {
      ...{ name, employeeNumber, employmentType, unit, area, network: 'feed', handle, email: '' },
      ...{ supervisorEmployeeNumber: '', effectiveFrom: '', effectiveTo: '' },
      ...{ declarationRef: 'S-1', declaredOn: '2026-11-20', noticeVersion: '1' },
    };
    const answer = await call('POST /registry/rows', {
      as: administrator,
      body: { rows: [row] },
    });
    expect(await answer.json()).toMatchObject({ faults: [], accounts: { created: 1 } });
    const theirs = (await listed()).find(({ id }) => id !== mine.id);
    expect(theirs).toMatchObject({ state: 'active', confirmation: { kind: 'declaration' } });
    expect((await accounts.placeOwner(placeId(mine)))?.account).toBe(theirs?.id);
  });

  it('has at most 20 of them at a time', async () => {
    const { register, call, accounts } = await aCase();
    for (let each = 0; each < 19; each += 1)
      await accounts.save(anAccount({ id: accountIdOf(`${each}`), handle: `https://b.example/${each}` }));
    const { id } = Own.parse(await (await register()).json());
    const another = { handle: 'https://dua.sukamaju.example/feed.xml' };
    expect((await register(another)).status).toBe(409);
    expect((await register()).status).toBe(200);
    await call(`POST /accounts/${id}/withdraw`, { as: holder });
    expect((await register(another)).status).toBe(200);
  });

  it('brings back what they withdrew, and a pause stays', async () => {
    const { register, listed, call } = await aCase();
    const { id } = Own.parse(await (await register()).json());
    await call(`POST /accounts/${id}/pause`, { as: holder });
    expect((await register()).status).toBe(200);
    expect(await listed()).toMatchObject([{ state: 'paused' }]);
    await call(`POST /accounts/${id}/withdraw`, { as: holder });
    expect((await register()).status).toBe(200);
    expect(await listed()).toMatchObject([
      { state: 'active', lapses: [{ to: NOW }, { to: NOW }], proof: { kind: 'asked' } },
    ]);
  });
});
