import { describe, expect, it } from 'vitest';
import { buildApp } from '../../../functions/serve-api/app.js';
import { anAgency } from '../../fixtures/registry.js';
import { aToken, aWorld, somebody } from './world.js';

const verified = { email: 'baru@sukamaju.example', email_verified: true };

describe('signing in', () => {
  it('links the one person who carries a verified address, for good', async () => {
    const world = await aWorld();
    const person = somebody('baru', { subject: null });
    await world.onRecord(person);
    const first = await world.call('GET /me', { token: await aToken({ sub: 'new-subject', ...verified }) });
    const later = await world.call('GET /me', { token: await aToken({ sub: 'new-subject' }) });
    expect([first.status, later.status]).toEqual([200, 200]);
    expect((await world.people.byId(person.id))?.subject).toBe('new-subject');
  });

  it('does not link an address that the issuer has not verified', async () => {
    const world = await aWorld();
    await world.onRecord(somebody('baru', { subject: null }));
    const token = await aToken({ sub: 'new-subject', email: verified.email });
    expect((await world.call('GET /me', { token })).status).toBe(403);
  });

  it('does not link an address that two people carry', async () => {
    const world = await aWorld();
    await world.onRecord(
      somebody('baru', { subject: null }),
      somebody('lama', { subject: null, email: verified.email }),
    );
    const token = await aToken({ sub: 'new-subject', ...verified });
    expect((await world.call('GET /me', { token })).status).toBe(403);
  });

  it('does not hand a person who is linked to another sign-in', async () => {
    const world = await aWorld();
    const person = somebody('baru');
    await world.onRecord(person);
    const token = await aToken({ sub: 'another-subject', ...verified });
    expect((await world.call('GET /me', { token })).status).toBe(403);
    expect((await world.people.byId(person.id))?.subject).toBe('baru');
  });

  it('survives two first sign-ins at once', async () => {
    const world = await aWorld();
    await world.onRecord(somebody('baru', { subject: null }));
    const token = await aToken({ sub: 'new-subject', ...verified });
    const answers = await Promise.all([1, 2, 3].map(() => world.call('GET /me', { token })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('refuses somebody who is not on record', async () => {
    const world = await aWorld();
    const answer = await world.call('GET /me', {
      token: await aToken({ sub: 'nobody', roles: ['administrator'] }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ type: 'urn:netral:problem:not-on-record' });
  });

  it.each([
    ['the token alone', [], ['analyst']],
    ['the registry alone', ['analyst'], []],
    ['the token under an unknown name', ['analyst'], ['Analyst', 'emperor']],
  ] as const)('gives no role that %s names', async (_where, onRecord, inToken) => {
    const world = await aWorld();
    await world.onRecord(somebody('ana', { roles: [...onRecord] }));
    const token = await aToken({ sub: 'ana', roles: [...inToken] });
    expect((await world.call('GET /findings', { token })).status).toBe(403);
    expect((await world.call('GET /me', { token })).status).toBe(200);
  });

  it.each(['', 'Bearer', 'Basic c2FyaTpzYXJp', 'Bearer a b', 'Bearer x, Bearer y'])(
    'asks for a bearer token when it gets "%s"',
    async (authorization) => {
      const world = await aWorld();
      const answer = await world.call('GET /me', { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );

  it('fails openly when the issuer cannot be asked, instead of calling tokens bad', async () => {
    const world = await aWorld();
    const app = buildApp({
      ...world.deps,
      tokens: () => Promise.reject(new Error('the issuer at https://rahasia.example is down')),
    });
    const answer = await app.request('/me', { headers: { authorization: 'Bearer x' } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('rahasia');
    expect(world.reports).toEqual([
      { event: 'request-failed', facts: { requests: 1, operation: 'GET /me', error: 'Error' } },
    ]);
  });
});

describe('changing the agency', () => {
  it.each([
    ['/agency/gates', { officer: { name: 'Pejabat lain', email: 'pdp@sukamaju.example' } }],
    ['/agency/review', { replyWorkingDays: 6 }],
    ['/agency/ownership', { proof: 'required' }],
  ] as const)('at %s keeps nothing where it cannot be answered', async (path, body) => {
    const world = await aWorld();
    await world.onRecord(somebody('officer', { roles: ['officer'] }));
    const app = buildApp({
      ...world.deps,
      packs: { ...world.deps.packs, active: () => Promise.reject(new Error('no packs')) },
    });
    const before = await world.agency.read();
    const answer = await app.request(path, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${await aToken({ sub: 'officer', roles: ['officer'] })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(500);
    expect(await world.agency.read()).toEqual(before);
    expect(world.record.entries).toEqual([]);
  });
});

describe('setting the agency up', () => {
  const { name, area, timeZone } = anAgency();
  const facts = {
    name,
    area,
    timeZone,
    administrator: {
      employeeNumber: '19900312 201503 2 001',
      employmentType: 'PNS',
      name: 'Sari Lestari',
      email: 'sari.lestari@sukamaju.example',
      unit: 'Sekretariat Daerah',
    },
  };

  it('puts the caller on record as administrator, once', async () => {
    const world = await aWorld(null);
    const token = await aToken({ sub: 'sari', roles: ['administrator'] });
    const first = await world.call('POST /agency', { token, body: facts });
    const second = await world.call('POST /agency', { token, body: facts });
    expect([first.status, second.status]).toEqual([201, 409]);
    expect(await first.json()).toMatchObject({ closedGates: { length: 5 } });
    const me = await world.call('GET /me', { token });
    expect(await me.json()).toMatchObject({
      person: { roles: ['administrator'], employeeNumber: '1990•••• •••••• • 001' },
    });
    expect(world.record.entries).toMatchObject([{ kind: 'act', act: 'agency-created' }]);
  });

  it('keeps nothing where the packs cannot be read, so that it can be done again', async () => {
    const world = await aWorld(null);
    const app = buildApp({
      ...world.deps,
      packs: { ...world.deps.packs, active: () => Promise.reject(new Error('no packs')) },
    });
    const answer = await app.request('/agency', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await aToken({ sub: 'sari', roles: ['administrator'] })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(facts),
    });
    expect(answer.status).toBe(500);
    expect(await world.agency.read()).toBeNull();
    expect(await world.people.bySubject('sari')).toBeNull();
    expect(world.record.entries).toEqual([]);
  });

  it('takes a token with the role of administrator and no other', async () => {
    const world = await aWorld(null);
    const token = await aToken({ sub: 'sari', roles: ['officer', 'analyst'] });
    expect((await world.call('POST /agency', { token, body: facts })).status).toBe(403);
  });

  it('names what is wrong with an employee number', async () => {
    const world = await aWorld(null);
    const administrator = { ...facts.administrator, employeeNumber: '1,98609E+17' };
    const token = await aToken({ sub: 'sari', roles: ['administrator'] });
    const answer = await world.call('POST /agency', { token, body: { ...facts, administrator } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('spreadsheet');
    expect(await world.agency.read()).toBeNull();
  });
});
