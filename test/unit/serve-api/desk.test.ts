import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../functions/serve-api/app.js';
import { FindingId } from '../../../shared/domain/ids.js';
import { anAgency, anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { minus, plus, type Duration } from '../../../shared/domain/time.js';
import { aFinding } from '../../fixtures/finding.js';
import { aFindingIn } from '../../fixtures/review.js';
import { accountIdOf, aWorld, callerOf, readTokens, somebody } from './world.js';

const chief = somebody('chief', { roles: ['supervisor'] });
const holder = somebody('person', { supervisor: chief.id });
const first = somebody('first', { roles: ['analyst'], unit: 'BKPSDM' });
const second = somebody('second', { roles: ['analyst'], unit: 'BKPSDM' });
const colleague = somebody('colleague', { roles: ['analyst'], unit: holder.unit });
const officer = somebody('officer', { roles: ['officer'] });
const everyone = [chief, holder, first, second, colleague, officer];
const words = 'Alasan yang cukup panjang.';
const dismissal = { kind: 'dismiss', reason: 'neutral-information', words };
const question = { kind: 'clarify', reason: 'call-to-vote', words };

const named = (name: string, overrides: Partial<Finding> = {}): Finding =>
  aFinding({ id: FindingId.parse(opaqueId(name)), ...overrides });
const Next = z.object({ finding: z.object({ id: z.string(), revision: z.number() }).loose().nullable() });
const Problem = z.object({
  type: z.string(),
  changes: z.array(z.looseObject({ act: z.string() })).optional(),
});

const aTeam = async (...findings: readonly Finding[]) => {
  const world = await aWorld();
  await world.onRecord(...everyone);
  await world.accounts.save(anAccount());
  for (const finding of findings) await world.findings.create(finding);
  let at = NOW;
  const deps = { ...world.deps, now: () => at, tokens: readTokens() };
  const app = buildApp(deps);
  const ask = callerOf(app);
  const call = (
    operation: string,
    as: Person,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => ask(operation, { as, body, headers });
  const next = async (as: Person) => Next.parse(await (await call('POST /findings/next', as)).json()).finding;
  const pass = (time: Duration): void => {
    at = plus(at, time);
  };
  return { ...world, call, next, pass };
};

const one = named('one', { foundAt: minus(NOW, { days: 1 }), stateSince: minus(NOW, { days: 1 }) });
const two = named('two');
const at = (finding: Finding, rest = '') => `/findings/${finding.id}${rest}`;

describe('the next item', () => {
  it('is one analyst’s, and the same again for whoever asks twice', async () => {
    const { next } = await aTeam(one, two);
    expect((await next(first))?.id).toBe(one.id);
    expect((await next(first))?.id).toBe(one.id);
    expect((await next(second))?.id).toBe(two.id);
    expect(await next(colleague)).toBeNull();
  });

  it('is never given to two who ask at once', async () => {
    const { next } = await aTeam(one, two);
    const taken = await Promise.all([next(first), next(second), next(colleague)]);
    expect(
      taken
        .map((item) => item?.id)
        .filter((id) => id !== undefined)
        .sort(),
    ).toEqual([one.id, two.id].sort());
  });

  it('is blind, and says until when it is whose', async () => {
    const { call } = await aTeam(one);
    const answer = await call('POST /findings/next', first);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(await answer.json()).toMatchObject({
      finding: { view: 'blind', desk: { yoursUntil: plus(NOW, { minutes: 20 }), taken: false } },
    });
    const other = await call(`GET ${at(one)}`, second);
    expect(await other.json()).toMatchObject({ desk: { yoursUntil: null, taken: true } });
  });

  it('comes back to the queue when it was left for twenty minutes', async () => {
    const { next, pass } = await aTeam(one);
    await next(first);
    pass({ minutes: 19, seconds: 59 });
    expect(await next(second)).toBeNull();
    pass({ seconds: 1 });
    expect((await next(second))?.id).toBe(one.id);
  });

  it('is never on oneself, one’s staff, one’s superior, or what one decided', async () => {
    const { next, call, people } = await aTeam(one);
    await people.save({ ...holder, roles: ['analyst'], revision: 1 });
    await people.save({ ...chief, roles: ['analyst'], revision: 1 });
    expect(await next({ ...holder, roles: ['analyst'] })).toBeNull();
    expect(await next({ ...chief, roles: ['analyst'] })).toBeNull();
    await people.save({ ...second, supervisor: holder.id, revision: 1 });
    expect(await next(second)).toBeNull();
    expect((await call(`GET ${at(one)}`, second)).status).toBe(404);
    await call(`POST ${at(one, '/decisions')}`, first, question);
    expect(await next(first)).toBeNull();
  });

  it('is looked for past a hundred that are not to be had', async () => {
    const mine = Array.from({ length: 120 }, (_, index) =>
      named(`mine ${index}`, { account: accountIdOf('mine'), stateSince: minus(NOW, { days: 2 }) }),
    );
    const world = await aTeam(...mine, one);
    await world.accounts.save(anAccount({ id: accountIdOf('mine'), holder: first.id }));
    expect((await world.next(first))?.id).toBe(one.id);
  });

  it('is an item where somebody waits before one where nobody was asked yet', async () => {
    const asked = aFindingIn('deciding', { id: FindingId.parse(opaqueId('asked')) });
    const { next } = await aTeam(two, asked);
    expect((await next(colleague))?.id).toBe(asked.id);
  });
});

describe('a lease', () => {
  it('keeps others from deciding, and ends with the decision', async () => {
    const { next, call } = await aTeam(one);
    await next(first);
    const refusal = await call(`POST ${at(one, '/decisions')}`, second, question);
    expect(refusal.status).toBe(409);
    expect(await refusal.text()).toContain('Another analyst has this item');
    expect((await call(`POST ${at(one, '/decisions')}`, first, question)).status).toBe(200);
    expect((await call(`PUT ${at(one, '/lease')}`, second)).status).toBe(200);
  });

  it('that ran out and went to another is refused clearly', async () => {
    const { next, call, pass } = await aTeam(one);
    await next(first);
    pass({ minutes: 21 });
    await next(second);
    expect((await call(`POST ${at(one, '/decisions')}`, first, dismissal)).status).toBe(409);
    expect((await call(`PUT ${at(one, '/lease')}`, first)).status).toBe(409);
  });

  it('is renewed by taking it again, and given back', async () => {
    const { next, call, pass } = await aTeam(one);
    await next(first);
    pass({ minutes: 15 });
    expect((await call(`PUT ${at(one, '/lease')}`, first)).status).toBe(200);
    pass({ minutes: 15 });
    expect(await next(second)).toBeNull();
    expect((await call(`DELETE ${at(one, '/lease')}`, second)).status).toBe(409);
    expect((await call(`DELETE ${at(one, '/lease')}`, first)).status).toBe(200);
    expect((await next(second))?.id).toBe(one.id);
  });

  it('does not age what the holder sees: their tag stays', async () => {
    const { call, next } = await aTeam(aFindingIn('deciding'));
    const tag = async () => (await call(`GET /findings/${aFinding().id}`, holder)).headers.get('etag');
    const before = await tag();
    await next(second);
    await call(`POST /findings/${aFinding().id}/notes`, second, { words: 'Catatan tim.' });
    expect(await tag()).toBe(before);
    const answer = { answer: 'deleted', words: '' };
    const headers = { 'if-match': before ?? '' };
    expect((await call(`POST /me/findings/${aFinding().id}/answers`, holder, answer, headers)).status).toBe(
      200,
    );
  });

  it('is no use to somebody who has lost the role', async () => {
    const { next, call, people, pass } = await aTeam(one);
    await next(first);
    await people.save({ ...first, roles: [], revision: 1 });
    expect((await call(`POST ${at(one, '/decisions')}`, first, dismissal)).status).toBe(403);
    expect((await call(`PUT ${at(one, '/lease')}`, first)).status).toBe(403);
    pass({ minutes: 20 });
    expect((await next(second))?.id).toBe(one.id);
  });

  it('is taken away by the officer, who says why and not who is next', async () => {
    const { next, call, findings } = await aTeam(one);
    await next(first);
    const desk = await (await call('GET /review/desk', officer)).json();
    expect(desk).toEqual({
      items: [
        {
          id: one.id,
          state: 'indicated',
          foundAt: one.foundAt,
          takenUntil: plus(NOW, { minutes: 20 }),
          holdUntil: null,
        },
      ],
    });
    expect((await call(`POST ${at(one, '/reassignment')}`, officer, { words })).status).toBe(204);
    expect((await call(`POST ${at(one, '/reassignment')}`, officer, { words })).status).toBe(409);
    expect(await next(first)).toBeNull();
    expect((await next(second))?.id).toBe(one.id);
    const stored = await findings.byId(one.id);
    expect(stored?.history.at(-1)).toMatchObject({ act: 'reassign', actor: { person: officer.id } });
  });

  it('on a finding about the officer is not theirs to end', async () => {
    const { next, call, people } = await aTeam(one);
    await people.save({ ...holder, roles: ['officer'], revision: 1 });
    await next(first);
    const self = { ...holder, roles: ['officer' as const] };
    expect(await (await call('GET /review/desk', self)).json()).toEqual({ items: [] });
    expect((await call(`POST ${at(one, '/reassignment')}`, self, { words })).status).toBe(404);
  });
});

describe('an item', () => {
  it('that was put off waits, and comes back by itself', async () => {
    const { next, call, pass } = await aTeam(one);
    const hold = { reason: 'translation', workingDays: 1, words };
    expect((await call(`POST ${at(one, '/holds')}`, first, hold)).status).toBe(409);
    await next(first);
    const held = await call(`POST ${at(one, '/holds')}`, first, hold);
    expect(await held.json()).toMatchObject({
      desk: { holdUntil: '2026-11-24T17:00:00.000Z', yoursUntil: null },
    });
    expect(await next(second)).toBeNull();
    pass({ days: 2 });
    expect((await next(second))?.id).toBe(one.id);
  });

  it('that was put off may be taken by name', async () => {
    const { next, call } = await aTeam(one);
    await next(first);
    await call(`POST ${at(one, '/holds')}`, first, { reason: 'advice', workingDays: 1, words });
    expect(await (await call(`PUT ${at(one, '/lease')}`, second)).json()).toMatchObject({
      desk: { holdUntil: null, yoursUntil: plus(NOW, { minutes: 20 }) },
    });
  });

  it('carries notes for the team alone', async () => {
    const { call } = await aTeam(one);
    const text = 'Istilah ini dialek setempat.';
    await call(`POST ${at(one, '/notes')}`, second, { words: text });
    const blind = await (await call(`GET ${at(one)}`, first)).json();
    expect(blind).toMatchObject({ view: 'blind', desk: { notes: [{ by: 'analyst-1', words: text }] } });
    await call(`POST ${at(one, '/decisions')}`, first, question);
    const seen = await (await call(`GET ${at(one)}`, holder)).text();
    expect(JSON.parse(seen)).toMatchObject({
      history: [{ act: 'indicate' }, { act: 'clarify', by: 'analyst-1' }],
    });
    expect(seen).not.toContain(text);
    expect(seen).not.toContain('"note"');
    expect(seen).not.toContain('desk');
  });

  it('is gone for whoever stood aside, and their words stay with the team', async () => {
    const { next, call, findings } = await aTeam(one);
    await next(first);
    expect((await call(`POST ${at(one, '/recusals')}`, first, { words })).status).toBe(204);
    expect((await call(`GET ${at(one)}`, first)).status).toBe(404);
    expect((await call(`POST ${at(one, '/decisions')}`, first, dismissal)).status).toBe(404);
    expect((await findings.byId(one.id))?.history.at(-1)).toMatchObject({ act: 'recuse', code: null });
    expect(await next(second)).toMatchObject({ id: one.id, desk: { notes: [{ act: 'recuse', words }] } });
  });

  it('of one’s own unit is not there where the agency says so', async () => {
    const { next, call, agency } = await aTeam(one);
    expect((await call(`GET ${at(one)}`, colleague)).status).toBe(200);
    const { review } = anAgency();
    await agency.save(anAgency({ review: { ...review, excludeOwnUnit: true }, revision: 1 }));
    expect((await call(`GET ${at(one)}`, colleague)).status).toBe(404);
    expect((await call(`POST ${at(one, '/decisions')}`, colleague, dismissal)).status).toBe(404);
    expect((await call(`PUT ${at(one, '/lease')}`, colleague)).status).toBe(404);
    expect(await (await call('GET /findings', colleague)).json()).toEqual({ items: [], next: null });
    expect(await next(colleague)).toBeNull();
  });

  it('whose text names people says where, whoever they are', async () => {
    const parts = [{ field: 'body' as const, text: 'Kata Pak Wahyu dan @sari_l, ayo coblos Arga!' }];
    const { call } = await aTeam({ ...one, parts });
    const seen = z
      .object({ people: z.array(z.object({ start: z.number(), end: z.number() })) })
      .parse(await (await call(`GET ${at(one)}`, first)).json());
    expect(seen.people.map(({ start, end }) => parts[0]?.text.slice(start, end))).toEqual([
      'Pak Wahyu',
      '@sari_l',
    ]);
  });
});

describe('a decision on an outdated version', () => {
  it('is told what changed', async () => {
    const { call } = await aTeam(one);
    await call(`POST ${at(one, '/decisions')}`, first, question);
    const stale = await call(`POST ${at(one, '/decisions')}`, second, dismissal, { 'if-match': '"0"' });
    expect(stale.status).toBe(412);
    expect(Problem.parse(await stale.json()).changes).toMatchObject([
      { act: 'clarify', by: 'analyst-1', reason: 'call-to-vote', you: false },
    ]);
  });

  it('is told no reason of a matter that stays blind', async () => {
    const { call } = await aTeam(one);
    await call(`POST ${at(one, '/decisions')}`, first, dismissal);
    const stale = await call(`POST ${at(one, '/decisions')}`, second, question, { 'if-match': '"0"' });
    expect(Problem.parse(await stale.json()).changes).toMatchObject([
      { act: 'dismiss', reason: null, words: null },
    ]);
  });
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': '6f9c1f52-1d1e-4f57-9d3e-1f3e1c8e9a10' };

  it('makes a repeat safe: done once, answered alike', async () => {
    const { call, findings } = await aTeam(one);
    const answers = [];
    for (let times = 0; times < 3; times += 1)
      answers.push(await call(`POST ${at(one, '/decisions')}`, first, question, key));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect((await findings.byId(one.id))?.history).toHaveLength(2);
  });

  it('is safe also where the version that it came with has passed', async () => {
    const { call } = await aTeam(one);
    const headers = { ...key, 'if-match': '"0"' };
    await call(`POST ${at(one, '/notes')}`, first, { words: 'Satu.' }, headers);
    expect((await call(`POST ${at(one, '/notes')}`, first, { words: 'Satu.' }, headers)).status).toBe(200);
    expect((await call(`POST ${at(one, '/notes')}`, first, { words: 'Dua.' }, headers)).status).toBe(422);
  });

  it('is each person’s own', async () => {
    const { call, findings } = await aTeam(one);
    for (const as of [first, second]) await call(`POST ${at(one, '/notes')}`, as, { words: 'Sama.' }, key);
    expect((await findings.byId(one.id))?.history).toHaveLength(3);
  });

  it('that is none is refused', async () => {
    const { call } = await aTeam(one);
    for (const header of ['short', 'with a space in it', 'x'.repeat(129)]) {
      const answer = await call(`POST ${at(one, '/decisions')}`, first, question, {
        'idempotency-key': header,
      });
      expect(answer.status).toBe(400);
    }
  });
});
