import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { FindingState } from '../../../shared/domain/review/finding.js';
import { Quality } from '../../../shared/domain/statistics/quality.js';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld, somebody } from './world.js';

const chief = somebody('supervisor', { roles: ['supervisor', 'analyst'] });
const holder = somebody('person', { supervisor: chief.id, roles: ['analyst'] });
const [first, second, fifth] = ['first', 'second', 'fifth'].map((name) =>
  somebody(name, { roles: ['analyst'] }),
);
const officer = somebody('officer', { roles: ['officer'] });
const administrator = somebody('administrator', { roles: ['administrator'] });
const id = aFinding().id;
const words = 'Kata-katanya hanya mengutip berita.';

const aCase = async (state: FindingState = 'dismissed', secondLookPercent = 100) => {
  const { review } = anAgency();
  const world = await aWorld({ review: { ...review, secondLookPercent } });
  await world.onRecord(chief, holder, first!, second!, fifth!, officer, administrator);
  await world.accounts.save(anAccount());
  await world.findings.create(aFindingIn(state));
  const next = async (as: Person) => {
    const answer = await world.call('GET /review/second-look', { as });
    return z.object({ finding: z.record(z.string(), z.unknown()).nullable() }).parse(await answer.json())
      .finding;
  };
  const look = (as: Person, verdict: string, finding: string = id) =>
    world.call(`POST /findings/${finding}/second-look`, { as, body: { verdict, words } });
  const quality = async (query = '') => world.call(`GET /quality${query}`, { as: officer });
  return { ...world, next, look, quality };
};

describe('a second look', () => {
  it('is at an ended matter, without what became of it or whose it is, and on record', async () => {
    const { next, record } = await aCase();
    const view = await next(fifth!);
    expect(Object.keys(view ?? {}).sort()).toEqual([
      'context',
      'id',
      'indication',
      'parts',
      'people',
      'postedAt',
    ]);
    expect(record.entries).toEqual([{ kind: 'read', at: NOW, person: fifth!.id, finding: id }]);
  });

  it.each(['indicated', 'clarifying', 'deciding', 'referred', 'objected'] as const)(
    'is never at what is %s, since nobody may be used up who may have to judge',
    async (state) => {
      const { next, look, record } = await aCase(state);
      expect(await next(fifth!)).toBeNull();
      expect((await look(fifth!, 'pursue')).status).toBe(404);
      expect(record.entries).toEqual([]);
    },
  );

  it('is nothing for whoever decided before, the holder or their superior', async () => {
    const { next, look } = await aCase();
    for (const as of [first!, second!, holder, chief]) {
      expect(await next(as)).toBeNull();
      expect((await look(as, 'pursue')).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('moves nothing, is counted once, and is in the chain', async () => {
    const { next, look, findings, quality } = await aCase();
    const before = await findings.byId(id);
    expect((await look(fifth!, 'dismiss')).status).toBe(204);
    const after = await findings.byId(id);
    expect(after).toMatchObject({
      state: before!.state,
      stateSince: before!.stateSince,
      untold: before!.untold,
    });
    expect(after!.history.at(-1)).toMatchObject({ act: 'second-look', code: 'dismiss' });
    expect(await next(fifth!)).toBeNull();
    expect((await look(fifth!, 'pursue')).status).toBe(409);
    const { looks } = Quality.parse(await (await quality()).json());
    // Asked about first and dismissed later: the first look pursued it.
    expect(looks).toEqual({ bothDismiss: 0, bothPursue: 0, onlyFirstDismisses: 0, onlySecondDismisses: 1 });
  });

  it('outside the sample is as one at nothing', async () => {
    const { look } = await aCase();
    const nowhere = await (await look(fifth!, 'pursue', opaqueId('nowhere'))).text();
    const small = await aCase('dismissed', 5);
    const answer = await small.look(fifth!, 'pursue');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe(nowhere);
    expect(await small.next(fifth!)).toBeNull();
  });
});

describe('the quality report', () => {
  it('has no agreement to tell before there are looks, and refuses a period that is none', async () => {
    const { quality } = await aCase();
    const report = Quality.parse(await (await quality('?from=2026-01&to=2026-11')).json());
    expect(report).toMatchObject({ from: '2026-01', to: '2026-11', looks: { bothDismiss: 0 } });
    for (const query of ['?from=2026-13', '?from=2026-11&to=2026-01', '?from=2020-01&to=2026-11'])
      expect((await quality(query)).status, query).toBe(400);
  });
});

describe('the settings of the review', () => {
  it('are changed by the officer in part, on record, and nothing else changes', async () => {
    const { call, agency, record } = await aCase();
    const before = (await agency.read())!;
    const answer = await call('PATCH /agency/review', { as: officer, body: { secondLookPercent: 25 } });
    expect(answer.status).toBe(200);
    expect(await agency.read()).toEqual({
      ...before,
      review: { ...before.review, secondLookPercent: 25 },
      revision: before.revision + 1,
    });
    expect(record.entries).toEqual([{ kind: 'act', at: NOW, person: officer.id, act: 'review-changed' }]);
  });

  it.each([
    { replyWorkingDays: 0 },
    { replyWorkingDays: 15 },
    { secondLookPercent: 4 },
    { holdWorkingDays: 6 },
    { skipHolder: true },
    { oneAnalystIsEnough: true },
  ])('never skip a person or the holder: %j', async (body) => {
    const { call, agency, record } = await aCase();
    const before = await agency.read();
    expect((await call('PATCH /agency/review', { as: officer, body })).status).toBe(400);
    expect(await agency.read()).toEqual(before);
    expect(record.entries).toEqual([]);
  });

  it.each([administrator, fifth!])('are the officer’s alone', async (as) => {
    const { call } = await aCase();
    expect((await call('PATCH /agency/review', { as, body: { secondLookPercent: 25 } })).status).toBe(403);
  });
});
