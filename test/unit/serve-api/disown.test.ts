import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../functions/serve-api/app.js';
import { FindingId } from '../../../shared/domain/ids.js';
import { minus } from '../../../shared/domain/time.js';
import { aFindingIn } from '../../fixtures/review.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { aToken, aWorld, somebody } from './world.js';

const holder = somebody('person');
const other = somebody('other');
const second = somebody('second', { roles: ['analyst'] });
const foundAt = minus(NOW, { days: 1 });
const finding = aFindingIn('clarifying', { foundAt });
const path = `/me/findings/${finding.id}/answers`;
const body = { answer: 'not-my-account', words: 'Saya tidak punya blog.' };

const aCase = async () => {
  const world = await aWorld();
  await world.onRecord(holder, other, second);
  await world.accounts.save(anAccount());
  await world.findings.create(finding);
  const answer = (said: object = body, as = holder) => world.call(`POST ${path}`, { as, body: said });
  const state = async () => (await world.accounts.byIds([anAccount().id]))[0]?.state;
  const requests = () => world.requests.open(10);
  return { ...world, answer, state, asked: requests };
};

const Analysts = z.object({
  lowering: z.object({ reason: z.string(), words: z.string().nullable() }).nullable(),
});

describe('an answer that the account is not theirs', () => {
  it('pauses the account and asks the officer to correct its registration, who learns nothing of the finding', async () => {
    const { answer, state, asked, record } = await aCase();
    expect((await answer()).status).toBe(200);
    expect(await state()).toBe('paused');
    const [request, ...more] = await asked();
    expect(more).toEqual([]);
    expect(request).toMatchObject({ person: holder.id, kind: 'correction', receivedAt: NOW, answer: null });
    expect(request?.words).toContain(anAccount().handle);
    expect(JSON.stringify(request)).not.toContain(finding.id);
    expect(request?.words).not.toContain(body.words);
    expect(record.entries.filter((entry) => entry.kind === 'act')).toMatchObject([
      { person: holder.id, act: 'request-registered' },
    ]);
  });

  it('leaves the finding there for whoever decides, who reads that answer first', async () => {
    const { answer, call } = await aCase();
    await answer();
    await answer({ answer: 'explanation', words: 'Blog itu milik orang lain yang senama.' });
    const view = Analysts.parse(await (await call(`GET /findings/${finding.id}`, { as: second })).json());
    expect(view.lowering).toMatchObject({ reason: 'not-my-account', words: body.words });
  });

  it('asks once for one account, whatever else is answered', async () => {
    const { answer, asked, findings, call } = await aCase();
    const another = aFindingIn('clarifying', { foundAt, id: FindingId.parse(opaqueId('another')) });
    await findings.create(another);
    for (let time = 0; time < 3; time += 1) await answer();
    await call(`POST /me/findings/${another.id}/answers`, { as: holder, body });
    expect(await asked()).toHaveLength(1);
  });

  it('does nothing of the kind for other answers, nor for anybody else', async () => {
    const { answer, state, asked } = await aCase();
    await answer({ answer: 'accident', words: '' });
    expect((await answer(body, other)).status).toBe(404);
    expect((await answer(body, second)).status).toBe(404);
    expect(await state()).toBe('active');
    expect(await asked()).toEqual([]);
  });

  it('leaves an account alone that its holder has resumed since', async () => {
    const { answer, state, asked, call } = await aCase();
    const headers = { 'idempotency-key': 'jawaban-pertama-saya' };
    const again = () => call(`POST ${path}`, { as: holder, body, headers });
    expect((await again()).status).toBe(200);
    await call(`POST /accounts/${anAccount().id}/resume`, { as: holder });
    expect((await again()).status).toBe(200);
    expect(await state()).toBe('active');
    expect(await asked()).toHaveLength(1);
    expect((await answer({ answer: 'accident', words: '' })).status).toBe(200);
  });

  it.each(['accounts', 'requests'] as const)(
    'is finished by the same answer again when the write to the %s failed, also once the matter is decided',
    async (store) => {
      const world = await aCase();
      const broken = {
        ...world.deps,
        [store]: { ...world[store], save: () => Promise.reject(new Error('The table is away')) },
      };
      const failed = await buildApp(broken).request(path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await aToken({ sub: 'person' })}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      expect(failed.status).toBe(500);
      expect(await world.asked()).toEqual([]);
      const decision = { kind: 'dismiss', reason: 'not-own-act', words: 'Bukan akun yang bersangkutan.' };
      const decided = await world.call(`POST /findings/${finding.id}/decisions`, {
        as: second,
        body: decision,
      });
      expect(decided.status).toBe(200);
      expect((await world.answer()).status).toBe(409);
      expect(await world.state()).toBe('paused');
      expect(await world.asked()).toHaveLength(1);
    },
  );
});
