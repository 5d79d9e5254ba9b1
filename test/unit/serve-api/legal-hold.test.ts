import { describe, expect, it } from 'vitest';
import { FindingView } from '../../../shared/domain/review/views.js';
import { firstBreak } from '../../../shared/domain/review/history.js';
import { anAccount, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld, somebody } from './world.js';

const officer = somebody('officer', { roles: ['officer'] });
const holder = somebody('person');
const dismissed = aFindingIn('dismissed');
const path = `/findings/${dismissed.id}/legal-hold`;
const words = 'Diminta oleh inspektorat untuk pemeriksaan.';

const aCase = async () => {
  const world = await aWorld();
  await world.onRecord(officer, holder);
  await world.accounts.save(anAccount());
  await world.findings.create(dismissed);
  return world;
};

describe('a legal hold', () => {
  it('is set to the end of a day, is read by the holder with its reason, and ended again', async () => {
    const world = await aCase();
    const body = { until: '2027-03-31', words };
    const answer = await world.call(`PUT ${path}`, { as: officer, body });
    expect(await answer.json()).toEqual({
      finding: dismissed.id,
      legalHold: { by: officer.id, since: world.deps.now(), until: '2027-03-31T17:00:00.000Z' },
    });
    const view = FindingView.parse(
      await (await world.call(`GET /findings/${dismissed.id}`, { as: holder })).json(),
    );
    expect(view).toMatchObject({ view: 'holder', state: 'dismissed' });
    expect('history' in view ? view.history.at(-1) : null).toMatchObject({
      act: 'legal-hold',
      by: 'officer',
      words,
    });

    const ended = await world.call(`POST ${path}/end`, { as: officer, body: { words } });
    expect(await ended.json()).toEqual({ finding: dismissed.id, legalHold: null });
    const stored = await world.findings.byId(dismissed.id);
    expect(stored?.history.slice(-2).map(({ act }) => act)).toEqual(['legal-hold', 'end-legal-hold']);
    expect(stored === null ? null : firstBreak(stored)).toBeNull();
    expect((await world.call(`POST ${path}/end`, { as: officer, body: { words } })).status).toBe(409);
  });

  it('is refused in words of its own once the finding is being deleted', async () => {
    const world = await aCase();
    await world.findings.lock(dismissed);
    const answer = await world.call(`PUT ${path}`, { as: officer, body: { until: '2027-03-31', words } });
    expect(await answer.json()).toMatchObject({
      type: 'urn:netral:problem:not-now',
      status: 409,
      detail: 'The deletion of this finding has begun; nothing of it can be held any more.',
    });
    expect(await world.findings.byId(dismissed.id)).toEqual(dismissed);
  });

  it('is not for the officer’s own finding, not for a past day, not without a reason, and not for nothing', async () => {
    const world = await aCase();
    const own = somebody('person', { roles: ['officer'], revision: 1 });
    const put = async (body: unknown, as = officer, to = path) =>
      (await world.call(`PUT ${to}`, { as, body })).status;
    expect(await put({ until: '2026-11-22', words })).toBe(400);
    expect(await put({ until: '2027-03-31', words: 'kurang' })).toBe(400);
    expect(
      await put({ until: '2027-03-31', words }, officer, `/findings/${opaqueId('none')}/legal-hold`),
    ).toBe(404);
    await world.people.save(own);
    expect(await put({ until: '2027-03-31', words }, own)).toBe(404);
    expect(await world.findings.byId(dismissed.id)).toEqual(dismissed);
  });
});
