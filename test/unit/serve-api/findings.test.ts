import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../functions/serve-api/app.js';
import { changeAccount } from '../../../shared/domain/registry/account.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { FindingId } from '../../../shared/domain/ids.js';
import { minus, plus } from '../../../shared/domain/time.js';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { accountIdOf, aToken, aWorld, somebody } from './world.js';

const chief = somebody('chief', { name: 'Kepala Dinas', roles: ['supervisor'] });
const acting = somebody('acting');
const holder = somebody('person', { supervisor: chief.id });
const first = somebody('first', { roles: ['analyst'] });
const second = somebody('second', { roles: ['analyst'] });
const third = somebody('third', { roles: ['analyst'] });
const everyone = [chief, acting, holder, first, second, third];

const Listed = z.object({ items: z.array(z.object({ foundAt: z.string() })), next: z.string().nullable() });

const finding = aFinding();
const one = `/findings/${finding.id}`;
const missing = `/findings/${opaqueId('nowhere')}`;
const pursue = (kind: string) => ({ kind, reason: 'call-to-vote', words: 'Ajakan memilih yang jelas.' });
const drop = (kind: string) => ({ kind, reason: 'accidental', words: 'Tidak disengaja, sudah dihapus.' });

const aCase = async () => {
  const world = await aWorld();
  await world.onRecord(...everyone);
  await world.accounts.save(anAccount());
  await world.findings.create(finding);
  const decide = (as: Person, body: unknown, headers = {}) =>
    world.call(`POST ${one}/decisions`, { as, body, headers });
  const clarified = () => decide(first, pursue('clarify'));
  const answered = async () => {
    await clarified();
    return world.call(`POST /me${one}/answers`, {
      as: holder,
      body: { answer: 'deleted', words: 'Sudah saya hapus.' },
    });
  };
  const referred = async () => {
    await answered();
    return decide(second, pursue('refer'));
  };
  return { ...world, decide, clarified, answered, referred };
};

describe('before the first decision', () => {
  it('an analyst gets the words and nothing of whose they are', async () => {
    const { call } = await aCase();
    const answer = await call(`GET ${one}`, { as: first });
    const text = await answer.text();
    expect(answer.headers.get('etag')).toBe('"0"');
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(text))).sort()).toEqual([
      'context',
      'desk',
      'golden',
      'id',
      'indication',
      'parts',
      'people',
      'postedAt',
      'revision',
      'state',
      'submitted',
      'view',
    ]);
    const account = anAccount();
    for (const hidden of [
      account.id,
      account.identity?.host ?? '',
      holder.id,
      holder.name,
      holder.unit,
      holder.employeeNumber,
      finding.uri,
    ])
      expect(text).not.toContain(hidden);
  });

  it('a list says no word of the post', async () => {
    const { call } = await aCase();
    const text = await (await call('GET /findings', { as: first })).text();
    expect(text).toContain(finding.id);
    expect(text).not.toContain('coblos');
    expect(text).not.toContain(anAccount().id);
    expect(text).not.toContain('blog.sukamaju');
  });

  it.each([
    ['the holder', holder],
    ['their superior', chief],
    ['a colleague', acting],
  ])('for %s it is as if it did not exist, byte for byte', async (_who, reader) => {
    const { call } = await aCase();
    const [there, nowhere] = [
      await call(`GET ${one}`, { as: reader }),
      await call(`GET ${missing}`, { as: reader }),
    ];
    expect(there.status).toBe(404);
    expect(await there.text()).toBe(await nowhere.text());
    expect([...there.headers]).toEqual([...nowhere.headers]);
  });

  it('a dismissed finding stays blind: nobody needs to know where the post is', async () => {
    const { call, decide } = await aCase();
    await decide(first, drop('dismiss'));
    expect(await (await call(`GET ${one}`, { as: second })).json()).toMatchObject({ view: 'blind' });
  });
});

describe('an analyst', () => {
  it('never sees a finding on themself or their own staff', async () => {
    const world = await aWorld();
    const self = somebody('person', { roles: ['analyst'], supervisor: chief.id });
    const boss = { ...chief, roles: ['analyst' as const] };
    await world.onRecord(self, boss);
    await world.accounts.save(anAccount());
    await world.findings.create(finding);
    for (const as of [self, boss]) {
      expect((await world.call(`GET ${one}`, { as })).status).toBe(404);
      expect(await (await world.call('GET /findings', { as })).json()).toEqual({ items: [], next: null });
      expect((await world.call(`POST ${one}/decisions`, { as, body: drop('dismiss') })).status).toBe(404);
    }
    expect(await world.findings.byId(finding.id)).toEqual(finding);
  });

  it('who acts for a superior does not see that superior’s staff either', async () => {
    const world = await aWorld();
    const deputy = somebody('deputy', { roles: ['analyst'] });
    await world.onRecord(holder, { ...chief, actedBy: deputy.id }, deputy);
    await world.accounts.save(anAccount());
    await world.findings.create(finding);
    expect((await world.call(`GET ${one}`, { as: deputy })).status).toBe(404);
  });

  it('sees the link and the answer once the holder was asked, and still no name', async () => {
    const { call, answered } = await aCase();
    await answered();
    const text = await (await call(`GET ${one}`, { as: second })).text();
    expect(JSON.parse(text)).toMatchObject({ view: 'analyst', url: finding.url, state: 'deciding' });
    expect(text).toContain('Sudah saya hapus.');
    expect(text).not.toContain(holder.name);
    expect(text).not.toContain(holder.unit);
    expect(text).not.toContain(first.id);
  });

  it('cannot conclude what they opened', async () => {
    const { decide, answered } = await aCase();
    await answered();
    const refusal = await decide(first, pursue('refer'));
    expect(refusal.status).toBe(409);
    expect(await refusal.json()).toMatchObject({ type: 'urn:netral:problem:not-now' });
  });

  it('cannot decide on a version that has changed since', async () => {
    const { decide, clarified, findings } = await aCase();
    await clarified();
    const refusal = await decide(second, drop('dismiss'), { 'if-match': '"0"' });
    expect(refusal.status).toBe(412);
    expect((await findings.byId(finding.id))?.state).toBe('clarifying');
    expect((await decide(second, drop('dismiss'), { 'if-match': '"1"' })).status).toBe(200);
  });

  it('cannot win against another who decides at the same moment', async () => {
    const { decide, findings } = await aCase();
    const seen = { 'if-match': '"0"' };
    const answers = await Promise.all([
      decide(first, pursue('clarify'), seen),
      decide(second, drop('dismiss'), seen),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await findings.byId(finding.id))?.history).toHaveLength(2);
  });

  it('cannot answer in the holder’s place', async () => {
    const { call, clarified } = await aCase();
    await clarified();
    const body = { answer: 'accident', words: '' };
    expect((await call(`POST /me${one}/answers`, { as: second, body })).status).toBe(404);
  });

  it.each(['0', '"x"', 'W/"0"', '*', ''])('is told that If-Match %s is no version', async (header) => {
    const { decide } = await aCase();
    expect((await decide(first, drop('dismiss'), { 'if-match': header })).status).toBe(400);
  });
});

describe('the holder', () => {
  it('sees what was found and what was decided, but not who the analysts are', async () => {
    const { call, clarified } = await aCase();
    await clarified();
    const me = await (await call('GET /me', { as: holder })).json();
    expect(me).toMatchObject({
      findings: [{ id: finding.id, state: 'clarifying' }],
      accounts: [{ state: 'active' }],
    });
    const text = await (await call(`GET ${one}`, { as: holder })).text();
    expect(JSON.parse(text)).toMatchObject({
      view: 'holder',
      history: [{ by: 'netral' }, { by: 'analyst-1', act: 'clarify', words: 'Ajakan memilih yang jelas.' }],
    });
    expect(text).not.toContain(first.id);
  });

  it('objects, and a third analyst judges it', async () => {
    const { call, decide, referred } = await aCase();
    await referred();
    const body = { words: 'Saya hanya membagikan jadwal.' };
    expect((await call(`POST /me${one}/objections`, { as: holder, body })).status).toBe(200);
    expect((await decide(second, drop('withdraw'))).status).toBe(409);
    expect(await (await decide(third, drop('withdraw'))).json()).toMatchObject({ state: 'withdrawn' });
  });
});

describe('the superior', () => {
  it('sees nothing before two people have concluded', async () => {
    const { call, answered } = await aCase();
    await answered();
    expect((await call(`GET ${one}`, { as: chief })).status).toBe(404);
  });

  it('sees whose it is and what was concluded, not the steps inside the team', async () => {
    const { call, referred } = await aCase();
    await referred();
    const seen = await (await call(`GET ${one}`, { as: chief })).json();
    expect(seen).toMatchObject({
      view: 'supervisor',
      holder: { name: holder.name, unit: holder.unit },
      history: [{ act: 'answer' }, { act: 'refer', by: 'analyst-2' }],
    });
  });

  it('previews the digest, and acknowledges', async () => {
    const { call, referred, record } = await aCase();
    expect(await (await call('GET /me/digest', { as: chief })).json()).toEqual({ waiting: 0, letter: null });
    await referred();
    const readsOf = () =>
      record.entries.filter((entry) => entry.kind === 'read' && entry.person === chief.id).length;
    const before = readsOf();
    const digest = await (await call('GET /me/digest', { as: chief })).text();
    expect(digest).toContain(holder.name);
    expect(readsOf()).toBe(before + 1);
    expect(digest).not.toContain('coblos');
    expect(await (await call('GET /me/digest', { as: holder })).json()).toEqual({ waiting: 0, letter: null });
    expect((await call(`POST ${one}/acknowledgement`, { as: chief })).status).toBe(200);
    expect((await call(`POST ${one}/acknowledgement`, { as: chief })).status).toBe(409);
    expect((await call(`POST ${one}/acknowledgement`, { as: holder })).status).toBe(404);
  });

  it('of somebody else sees nothing', async () => {
    const { call, referred, onRecord } = await aCase();
    const other = somebody('other-chief', { roles: ['supervisor'] });
    await onRecord(other);
    await referred();
    expect((await call(`GET ${one}`, { as: other })).status).toBe(404);
  });
});

describe('a registration that ended', () => {
  it.each(['pause', 'withdraw'] as const)(
    'by %s leaves nothing that was found after it, for nobody',
    async (kind) => {
      const world = await aWorld();
      await world.onRecord(...everyone);
      const account = anAccount();
      await world.accounts.save(account);
      const outcome = changeAccount(account, { kind }, minus(NOW, { seconds: 1 }));
      if (outcome.kind === 'changed') await world.accounts.save(outcome.account);
      await world.findings.create(finding);
      for (const as of everyone) expect((await world.call(`GET ${one}`, { as })).status).toBe(404);
      expect(await (await world.call('GET /findings', { as: first })).json()).toEqual({
        items: [],
        next: null,
      });
      expect(await (await world.call('GET /me', { as: holder })).json()).toMatchObject({ findings: [] });
    },
  );
});

describe('the record', () => {
  it('has every look at a finding and every answer that shows one, and no list', async () => {
    const { call, decide, record } = await aCase();
    await call('GET /findings', { as: first });
    await call('GET /me', { as: holder });
    await call(`GET ${missing}`, { as: first });
    expect(record.entries).toEqual([]);
    await call(`GET ${one}`, { as: first });
    await decide(first, pursue('clarify'));
    await call(`GET ${one}`, { as: holder });
    expect(record.entries).toEqual(
      [first, first, holder].map(({ id }) => ({ kind: 'read', at: NOW, person: id, finding: finding.id })),
    );
  });

  it('that cannot be written keeps a decision from being made', async () => {
    const world = await aCase();
    const app = buildApp({
      ...world.deps,
      record: { ...world.record, append: () => Promise.reject(new Error('throttled')) },
    });
    const answer = await app.request(`${one}/decisions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await aToken({ sub: 'first', roles: ['analyst'] })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(drop('dismiss')),
    });
    expect(answer.status).toBe(500);
    expect(await world.findings.byId(finding.id)).toEqual(finding);
  });

  it('that cannot be written keeps the finding from being shown', async () => {
    const world = await aCase();
    const app = buildApp({
      ...world.deps,
      record: { ...world.record, append: () => Promise.reject(new Error('throttled')) },
    });
    const authorization = `Bearer ${await aToken({ sub: 'first', roles: ['analyst'] })}`;
    const answer = await app.request(one, { headers: { authorization } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('coblos');
  });
});

describe('a list of findings', () => {
  it('comes in pages, newest first, each finding once', async () => {
    const { call, findings } = await aCase();
    for (const hours of [1, 2, 3])
      await findings.create(
        aFinding({ id: FindingId.parse(opaqueId(`finding ${hours}`)), foundAt: plus(NOW, { hours }) }),
      );
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await call(`GET /findings?limit=3${cursor}`, { as: first });
      const page = Listed.parse(await answer.json());
      seen.push(...page.items.map(({ foundAt }) => foundAt));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(seen).toEqual([3, 2, 1, 0].map((hours) => plus(NOW, { hours })));
  });

  const among = async (names: readonly string[]) => {
    const world = await aWorld();
    const self = somebody('person', { roles: ['analyst'] });
    const colleague = somebody('colleague');
    await world.onRecord(self, colleague);
    const theirs = anAccount({ id: accountIdOf('theirs'), holder: colleague.id });
    for (const account of [anAccount(), theirs]) await world.accounts.save(account);
    for (const [index, name] of names.entries())
      await world.findings.create(
        aFinding({
          id: FindingId.parse(opaqueId(name)),
          foundAt: plus(NOW, { hours: Math.floor(index / 2) }),
          account: name.startsWith('own') ? anAccount().id : theirs.id,
        }),
      );
    const walked = async (limit: number) => {
      const pages: unknown[] = [];
      const cursors: string[] = [];
      let next: string | null = null;
      do {
        const cursor = next === null ? '' : `&cursor=${next}`;
        const answer = await world.call(`GET /findings?limit=${limit}${cursor}`, { as: self });
        const page = z.object({ items: z.unknown(), next: z.string().nullable() }).parse(await answer.json());
        ({ next } = page);
        // A seal is never twice the same; all that a cursor could show is its length.
        pages.push({ status: answer.status, items: page.items, next: next?.length ?? null });
        if (next !== null) cursors.push(next);
      } while (next !== null);
      return { pages, cursors };
    };
    return { ...world, walked };
  };

  it.each([1, 2, 100])('of an analyst is the same whatever is on themself, %i to a page', async (limit) => {
    // Two by two at one time, so that the times are the same without those on the analyst.
    const names = ['own 1', 'one', 'own 2', 'two', 'three', 'own 3', 'own 4', 'own 5'];
    const withOwn = await (await among(names)).walked(limit);
    const world = await among([]);
    for (const [index, name] of names.entries())
      if (!name.startsWith('own'))
        await world.findings.create(
          aFinding({
            id: FindingId.parse(opaqueId(name)),
            foundAt: plus(NOW, { hours: Math.floor(index / 2) }),
            account: accountIdOf('theirs'),
          }),
        );
    const without = await world.walked(limit);
    expect(withOwn.pages).toEqual(without.pages);
    expect(withOwn.pages).toHaveLength(limit === 1 ? 3 : limit === 2 ? 2 : 1);
  });

  it('has cursors that say nothing', async () => {
    const { cursors } = await (await among(['one', 'two', 'own 1', 'three'])).walked(1);
    expect(cursors).toHaveLength(2);
    for (const cursor of cursors) {
      const bytes = Buffer.from(cursor, 'base64url').toString('latin1');
      expect(bytes).not.toContain('foundAt');
      expect(bytes).not.toContain(NOW.slice(0, 10));
    }
  });

  it('refuses a cursor that was changed or made elsewhere', async () => {
    const { call } = await among(['one', 'two']);
    const page = Listed.parse(
      await (await call('GET /findings?limit=1', { as: somebody('person', { roles: ['analyst'] }) })).json(),
    );
    const changed = `${page.next!.startsWith('A') ? 'B' : 'A'}${page.next!.slice(1)}`;
    const plain = Buffer.from(JSON.stringify({ foundAt: NOW, id: opaqueId('one') })).toString('base64url');
    for (const cursor of [changed, plain, 'x', 'e30', page.next!.slice(0, -4)]) {
      const answer = await call(`GET /findings?limit=1&cursor=${cursor}`, {
        as: somebody('person', { roles: ['analyst'] }),
      });
      expect(answer.status, cursor).toBe(400);
      expect(await answer.json()).toMatchObject({ type: 'urn:netral:problem:bad-cursor' });
    }
  });

  it('looks past a few hundred findings that are not for the reader', async () => {
    const world = await among(['one']);
    for (let index = 0; index < 250; index += 1)
      await world.findings.create(
        aFinding({ id: FindingId.parse(opaqueId(`own ${index}`)), foundAt: plus(NOW, { days: 1 }) }),
      );
    const { pages } = await world.walked(1);
    expect(pages).toMatchObject([{ items: [{ id: opaqueId('one') }], next: null }]);
  });

  it('is filtered by state and by time', async () => {
    const { call } = await aCase();
    const count = async (query: string): Promise<number> => {
      const answer = await call(`GET /findings?${query}`, { as: first });
      return Listed.parse(await answer.json()).items.length;
    };
    expect(await count('state=indicated&state=clarifying')).toBe(1);
    expect(await count('state=referred')).toBe(0);
    expect(await count(`from=${NOW}&provision=DIS-2&network=feed`)).toBe(1);
    expect(await count(`to=${NOW}`)).toBe(0);
  });
});
