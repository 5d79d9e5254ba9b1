import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { changeAccount } from '../../../shared/domain/registry/account.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { aWorld, somebody } from './world.js';

const sari = somebody('person');
const prove = `POST /accounts/${anAccount().id}/proof`;
const Asked = z.object({ proof: z.object({ kind: z.literal('asked'), code: z.string(), link: z.url() }) });

const asked = async () => {
  const world = await aWorld();
  await world.onRecord(sari);
  await world.accounts.save(anAccount());
  const { proof } = Asked.parse(await (await world.call(prove, { as: sari, body: {} })).json());
  const page = async (link: string): Promise<string> =>
    (await world.call(`GET ${link.replace('https://netral.sukamaju.example', '')}`)).text();
  return { world, proof, page };
};

describe('the proof that an account is its holder’s', () => {
  it('is asked for by its holder alone', async () => {
    const { world } = await asked();
    const other = somebody('budi', { roles: ['administrator'] });
    await world.onRecord(other);
    expect((await world.call(prove, { as: other, body: {} })).status).toBe(404);
  });

  it.each([{ state: 'invited', confirmation: null }, { state: 'withdrawn' }] as const)(
    'is not asked for of an account that is %o',
    async (state) => {
      const world = await aWorld();
      await world.onRecord(sari);
      await world.accounts.save(anAccount(state));
      expect((await world.call(prove, { as: sari, body: {} })).status).toBe(409);
    },
  );

  it('has a page that points back at the profile and names nobody', async () => {
    const { proof, page } = await asked();
    const text = await page(proof.link);
    expect(text).toContain(`rel="me" href="${anAccount().handle}"`);
    expect(text).not.toContain(sari.name);
    expect(proof.link).not.toContain(anAccount().id);
  });

  it('has a page that is like any other once a pause has voided it, or with a token that nobody gave', async () => {
    const { world, proof, page } = await asked();
    const [account] = await world.accounts.byIds([anAccount().id]);
    const paused = changeAccount(account!, { kind: 'pause' }, NOW);
    if (paused.kind === 'changed') await world.accounts.save(paused.account);
    const text = await page(proof.link);
    expect(text).not.toContain('rel="me"');
    expect(await page('/open/me/nothing')).toBe(text);
    const Me = z.object({ accounts: z.array(z.object({ proof: z.unknown() })) });
    const mine = Me.parse(await (await world.call('GET /me', { as: sari })).json());
    expect(mine.accounts[0]?.proof).toMatchObject({ kind: 'failed', reason: 'lapsed' });
  });

  it('is asked of everybody where the officer says so, and the act is on record', async () => {
    const world = await aWorld();
    const officer = somebody('officer', { roles: ['officer'] });
    await world.onRecord(officer);
    const answer = await world.call('PATCH /agency/ownership', { as: officer, body: { proof: 'required' } });
    expect(await answer.json()).toMatchObject({ ownershipProof: 'required' });
    expect((await world.agency.read())?.ownershipProof).toBe('required');
  });
});
