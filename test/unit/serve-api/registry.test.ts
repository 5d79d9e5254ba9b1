import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../functions/serve-api/app.js';
import { changeAccount } from '../../../shared/domain/registry/account.js';
import { EmployeeNumber } from '../../../shared/domain/registry/employee-number.js';
import { personId } from '../../../shared/domain/registry/imported.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import { firstScan } from '../../../shared/domain/scanning/account-scan.js';
import { confirmToken } from '../../../shared/domain/registry/confirm-link.js';
import { minus, plus, type Instant } from '../../../shared/domain/time.js';
import { dateText } from '../../../shared/mail/dates.js';
import { anAccount, anAgency, NOW } from '../../fixtures/registry.js';
import { aRow } from '../../fixtures/registry-row.js';
import { accountIdOf, aToken, aWorld, readTokens, somebody } from './world.js';

const admin = somebody('admin', { roles: ['administrator'] });
const officer = somebody('officer', { roles: ['officer'] });
const holder = somebody('person');

const anOffice = async (agency: Parameters<typeof aWorld>[0] = {}) => {
  const world = await aWorld(agency);
  await world.onRecord(admin, officer, holder);
  const send = async (...rows: readonly ReturnType<typeof aRow>[]) =>
    (await world.call('POST /registry/rows', { as: admin, body: { rows } })).json();
  const listed = async () => (await world.accounts.list({ limit: 100, cursor: null })).items;
  return { ...world, send, listed };
};

const chief = aRow({
  employeeNumber: '197501012000031001',
  name: 'Kepala Dinas',
  email: '',
  network: '',
  handle: '',
});
const staff = aRow({ supervisorEmployeeNumber: '19750101 200003 1 001' });
const signed = { declarationRef: 'SP-1/2026', declaredOn: '2026-09-01', noticeVersion: '1' };
/** A change that rests on a version. */
const onVersion = (revision: number) => ({ 'if-match': `"${revision}"` });
const nothing = { created: 0, updated: 0, unchanged: 0 };

describe('an import', () => {
  it('makes people and invited accounts, and changes nothing the second time', async () => {
    const { send, listed, record } = await anOffice();
    expect(await send(staff, chief)).toEqual({
      people: { created: 2, updated: 0, unchanged: 0 },
      accounts: { created: 1, updated: 0, unchanged: 0, withdrawn: 0 },
      faults: [],
    });
    expect(await send(staff, chief)).toMatchObject({ people: { unchanged: 2 }, accounts: { unchanged: 1 } });
    expect(await listed()).toMatchObject([{ state: 'invited', effectiveFrom: '2026-11-23', revision: 0 }]);
    expect(record.entries).toHaveLength(2);
  });

  it('makes an account active only under a declaration of the notice that is in use', async () => {
    const { send, listed } = await anOffice();
    await send(
      aRow(signed),
      aRow({ ...signed, noticeVersion: '0', handle: 'https://dua.sukamaju.example/feed.xml' }),
    );
    const states = (await listed()).map(({ handle, state, confirmation }) => [
      handle,
      state,
      confirmation?.kind,
    ]);
    expect(states).toContainEqual(['https://satu.sukamaju.example/feed.xml', 'active', 'declaration']);
    expect(states).toContainEqual(['https://dua.sukamaju.example/feed.xml', 'invited', undefined]);
  });

  it.each(['pause', 'withdraw'] as const)('does not undo a %s', async (kind) => {
    const world = await anOffice();
    await world.send(aRow(signed));
    const [account] = await world.listed();
    const owner = await world.people.byId(account!.holder);
    await world.people.save({ ...owner!, subject: 'owner', revision: owner!.revision + 1 });
    const answer = await world.call(`POST /accounts/${account!.id}/${kind}`, {
      as: somebody('owner'),
    });
    expect(answer.status).toBe(200);
    const report = await world.send(aRow({ ...signed, effectiveTo: '2026-12-31' }));
    expect(await world.listed()).toMatchObject([
      kind === 'pause'
        ? { state: 'paused', epoch: 2, effectiveTo: '2026-12-31' }
        : { state: 'withdrawn', epoch: 2, effectiveTo: null },
    ]);
    expect(report).toMatchObject({ accounts: { withdrawn: kind === 'pause' ? 0 : 1 } });
  });

  it('brings a withdrawn account back under a declaration of a later day', async () => {
    const { send, listed, accounts } = await anOffice();
    await send(aRow(signed));
    const [account] = await listed();
    const gone = changeAccount(account!, { kind: 'withdraw' }, minus(NOW, { days: 1 }));
    if (gone.kind === 'changed') await accounts.save(gone.account);
    const again = { declarationRef: 'SP-9/2026', declaredOn: '2026-11-23', noticeVersion: '1' };
    expect(await send(aRow(again))).toMatchObject({ accounts: { updated: 1, withdrawn: 0 } });
    expect(await listed()).toMatchObject([{ state: 'active', epoch: 2, cohort: null }]);
  });

  it('asks the holder anew where a row goes beyond what they confirmed', async () => {
    const { send, listed } = await anOffice();
    await send(aRow({ ...signed, effectiveTo: '2026-12-31' }));
    await send(aRow({ ...signed, effectiveTo: '' }));
    expect(await listed()).toMatchObject([{ state: 'invited', epoch: 2, invitedAt: null }]);
  });

  it('that cannot be put on record changes nothing', async () => {
    const world = await anOffice();
    const record = { ...world.record, append: () => Promise.reject(new Error('throttled')) };
    const app = buildApp({ ...world.deps, record });
    const answer = await app.request('/registry/rows', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await aToken({ sub: 'admin', roles: ['administrator'] })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ rows: [aRow()] }),
    });
    expect(answer.status).toBe(500);
    expect(await world.listed()).toEqual([]);
  });

  it('keeps roles and sign-in of somebody whose row changes', async () => {
    const { send, people, agency } = await anOffice();
    await send(aRow());
    const key = await agency.hashKey();
    const id = personId(key, EmployeeNumber.parse(aRow().employeeNumber));
    const before = await people.byId(id);
    await people.save({ ...before!, roles: ['analyst'], subject: 'sari', revision: 1 });
    expect(await send(aRow({ unit: 'Inspektorat' }))).toMatchObject({
      people: { updated: 1 },
      accounts: { unchanged: 1 },
    });
    expect(await people.byId(id)).toMatchObject({ unit: 'Inspektorat', roles: ['analyst'], subject: 'sari' });
  });

  it('with any fault imports nothing, and names every fault', async () => {
    const { send, listed } = await anOffice();
    const report = await send(
      aRow(),
      aRow({ employeeNumber: '1,98609E+17', area: 'Sukamaju', email: 'sari' }),
      aRow({ name: 'Orang Lain', handle: 'http://tiga.sukamaju.example/feed.xml' }),
      aRow({ supervisorEmployeeNumber: '197501012000031009', handle: 'https://empat.sukamaju.example/' }),
      aRow(),
    );
    expect(report).toMatchObject({ people: nothing, accounts: nothing });
    expect(report).toMatchObject({
      faults: [
        { row: 2, column: 'employeeNumber' },
        { row: 2, column: 'email' },
        { row: 2, column: 'area' },
        { row: 3, column: 'handle', reason: 'must begin with https://' },
        {
          row: 4,
          column: 'supervisorEmployeeNumber',
          reason: 'differs from row 1, which has the same employee number',
        },
        { row: 4, column: 'supervisorEmployeeNumber', reason: 'is nobody on record' },
        { row: 5, column: 'handle', reason: 'is the same account as in row 1' },
      ],
    });
    expect(await listed()).toEqual([]);
  });

  it('takes no column that nobody knows', async () => {
    const { call } = await anOffice();
    const answer = await call('POST /registry/rows', {
      as: admin,
      body: { rows: [{ ...aRow(), party: 'x' }] },
    });
    expect(answer.status).toBe(400);
  });
});

describe('one feed', () => {
  const mine = aRow(signed);
  const theirs = aRow({
    ...signed,
    employeeNumber: '199003122015032002',
    name: 'Budi Santoso',
    email: '',
    handle: mine.handle.replace('satu', 'SATU'),
  });
  const refusal = {
    people: nothing,
    faults: [
      {
        row: 1,
        column: 'handle',
        reason: 'is registered for somebody else, and free once they have withdrawn it',
      },
    ],
  };

  it('is not registered for two people, and nobody is named', async () => {
    const { send, listed } = await anOffice();
    await send(mine);
    expect(await send(theirs)).toMatchObject(refusal);
    expect(await send(mine)).toMatchObject({ accounts: { unchanged: 1 }, faults: [] });
    expect(await listed()).toHaveLength(1);
  });

  const withdrawn = async (at: Instant) => {
    const office = await anOffice();
    await office.send(mine);
    const [account] = await office.listed();
    const gone = changeAccount(account!, { kind: 'withdraw' }, at);
    if (gone.kind === 'changed') await office.accounts.save(gone.account);
    return office;
  };

  it('goes over to another as soon as it is withdrawn', async () => {
    const { send } = await withdrawn(NOW);
    expect(await send(theirs)).toMatchObject({ accounts: { created: 1 }, faults: [] });
  });

  it('does not come back while another has it', async () => {
    const { deps, listed } = await withdrawn(plus(NOW, { minutes: 1 }));
    const later = buildApp({ ...deps, now: () => plus(NOW, { days: 2 }), tokens: readTokens() });
    const send = async (row: typeof mine) => {
      const answer = await later.request('/registry/rows', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await aToken({ sub: 'admin', roles: ['administrator'] })}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ rows: [row] }),
      });
      return answer.json();
    };
    expect(await send(theirs)).toMatchObject({ accounts: { created: 1 } });
    const again = { declarationRef: 'SP-9/2026', declaredOn: '2026-11-25' };
    expect(await send({ ...mine, ...again })).toMatchObject(refusal);
    expect((await listed()).filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it('registered for two at the same moment is registered for one', async () => {
    const { send, listed } = await anOffice();
    await Promise.all([send(mine), send(theirs)]);
    expect(await listed()).toHaveLength(1);
  });

  it('that an import claimed and never made an account of is free after a quarter of an hour', async () => {
    for (const [minutes, count] of [
      [15, 0],
      [16, 1],
    ] as const) {
      const { send, listed, accounts } = await anOffice();
      const claim = { account: accountIdOf('lost'), claimedAt: minus(NOW, { minutes }) };
      await accounts.claimPlace(placeId({ network: 'feed', handle: mine.handle }), claim, null);
      await send(mine);
      expect(await listed()).toHaveLength(count);
    }
  });
});

describe('the list of accounts', () => {
  it('shows holders masked, and comes in pages', async () => {
    const { call, send } = await anOffice();
    await send(
      aRow(),
      aRow({ handle: 'https://dua.sukamaju.example/' }),
      aRow({ handle: 'https://tiga.sukamaju.example/' }),
    );
    const page = await (await call('GET /accounts?limit=2', { as: admin })).json();
    expect(page).toMatchObject({ items: [{ holder: '1990•••• •••••• • 001' }, {}] });
    const { next } = z.object({ next: z.string() }).parse(page);
    const rest = await (await call(`GET /accounts?limit=2&cursor=${next}`, { as: officer })).json();
    expect(rest).toMatchObject({ items: { length: 1 }, next: null });
  });

  it.each(['x', 'e30', 'bnVsbA'])('refuses the cursor %s, which no page gave', async (cursor) => {
    const { call } = await anOffice();
    const answer = await call(`GET /accounts?cursor=${cursor}`, { as: admin });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: 'urn:netral:problem:bad-cursor' });
  });
});

describe('coverage', () => {
  it('says of every account what was not seen and why', async () => {
    const { call, accounts, scans } = await anOffice();
    await accounts.save(anAccount());
    await accounts.save(anAccount({ id: accountIdOf('invited'), state: 'invited', confirmation: null }));
    await accounts.save(anAccount({ id: accountIdOf('new') }));
    await scans.save({
      ...firstScan(anAccount().id, 1),
      revision: 0,
      posts: 3,
      coverage: [{ reason: 'unreachable', since: NOW, until: null }],
    });
    const answer = await (await call('GET /coverage', { as: officer })).text();
    expect(JSON.parse(answer)).toMatchObject({
      counts: { unreachable: 1, 'not-confirmed': 1, 'not-yet-looked-at': 1 },
    });
    expect(answer).not.toContain('blog.sukamaju');
    expect(answer).not.toContain(anAccount().holder);
  });
});

describe('an account', () => {
  it('is paused, resumed and withdrawn by its holder alone', async () => {
    const { call, accounts } = await anOffice();
    await accounts.save(anAccount());
    const { id } = anAccount();
    expect((await call(`POST /accounts/${id}/pause`, { as: admin })).status).toBe(404);
    for (const [act, state] of [
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['resume', 'active'],
      ['withdraw', 'withdrawn'],
    ])
      expect(await (await call(`POST /accounts/${id}/${act}`, { as: holder })).json()).toMatchObject({
        state,
      });
    expect((await call(`POST /accounts/${id}/resume`, { as: holder })).status).toBe(409);
  });
});

describe('an invitation', () => {
  const invited = anAccount({ state: 'invited', confirmation: null });
  const form = (noticeVersion: string) => ({
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ noticeVersion }).toString(),
  });
  const aLink = async (at = NOW, overrides = {}) => {
    const world = await anOffice();
    await world.accounts.save(invited);
    const confirmable = { account: invited.id, epoch: 1, noticeVersion: '1', ...overrides };
    const token = confirmToken(await world.agency.hashKey(), confirmable, at);
    const state = async () => (await world.accounts.byIds([invited.id]))[0]?.state;
    return { ...world, path: `/invitations/${token}`, state };
  };

  it('opened by a mail scanner confirms nothing', async () => {
    const { app, path, state } = await aLink();
    for (const method of ['GET', 'HEAD']) expect((await app.request(path, { method })).status).toBe(200);
    expect(await state()).toBe('invited');
  });

  it('shows what is registered and the notice, with nothing that runs', async () => {
    const { app, path } = await aLink();
    const answer = await app.request(path);
    const page = await answer.text();
    expect(page).toContain(invited.handle);
    expect(page).toContain('Blog atau situs');
    expect(page).toContain(`mulai ${dateText(invited.effectiveFrom, 'id')}`);
    expect(page).toContain('Pemberitahuan');
    expect(page).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('confirms by its button, once, under the notice that was shown', async () => {
    const { app, path, accounts } = await aLink();
    const thanks = await app.request(path, form('1'));
    expect(thanks.status).toBe(200);
    expect(await thanks.text()).toContain('<a href="/open/mine">');
    expect((await app.request(path, form('1'))).status).toBe(200);
    expect((await accounts.byIds([invited.id]))[0]).toMatchObject({
      state: 'active',
      revision: 1,
      confirmation: { kind: 'link', at: NOW, noticeVersion: '1' },
    });
  });

  it.each([
    ['is 14 days old', minus(NOW, { days: 14 }), {}, 410],
    ['was for another registration', NOW, { epoch: 2 }, 410],
    ['was for another notice', NOW, { noticeVersion: '0' }, 410],
    ['is of an account that is not there', NOW, { account: somebody('nobody').id }, 404],
  ])('that %s confirms nothing', async (_why, at, overrides, status) => {
    const { app, path, state } = await aLink(at, overrides);
    expect((await app.request(path)).status).toBe(status);
    expect((await app.request(path, form('1'))).status).toBe(status);
    expect(await state()).toBe('invited');
  });

  it('that was changed on the way confirms nothing', async () => {
    const { app, path, state } = await aLink();
    expect((await app.request(`${path}x`, form('1'))).status).toBe(404);
    expect(await state()).toBe('invited');
  });

  it('of an account that was withdrawn does not bring it back', async () => {
    const { app, path, accounts, state } = await aLink();
    await accounts.save({ ...invited, state: 'withdrawn', revision: 1 });
    expect((await app.request(path, form('1'))).status).toBe(410);
    expect(await state()).toBe('withdrawn');
  });

  it('escapes what others wrote', async () => {
    const world = await anOffice({ name: '<b>Sukamaju</b>' });
    await world.accounts.save(invited);
    const token = confirmToken(
      await world.agency.hashKey(),
      { account: invited.id, epoch: 1, noticeVersion: '1' },
      NOW,
    );
    expect(await (await world.app.request(`/invitations/${token}`)).text()).not.toContain('<b>');
  });
});

describe('the gates', () => {
  it('are changed by the officer, one by one, and are on record', async () => {
    const { call, record } = await anOffice({ gates: { ...anAgency().gates, officer: null } });
    const contact = { name: 'Pejabat PDP', email: 'pdp@sukamaju.example' };
    const changed = await call('PATCH /agency/gates', { as: officer, body: { officer: contact } });
    expect(await changed.json()).toMatchObject({
      gates: { officer: contact, notice: { version: '1' } },
      closedGates: [],
    });
    const closed = await call('PATCH /agency/gates', { as: officer, body: { officer: null } });
    expect(await closed.json()).toMatchObject({ closedGates: [{ gate: 'officer', problem: 'missing' }] });
    expect(record.entries).toMatchObject([{ act: 'gates-changed' }, { act: 'gates-changed' }]);
  });

  it('do not let a notice change under the version that holders confirmed', async () => {
    const { call } = await anOffice();
    const text = { id: 'Lain', en: 'Other' };
    const same = await call('PATCH /agency/gates', { as: officer, body: { notice: { version: '1', text } } });
    const next = await call('PATCH /agency/gates', { as: officer, body: { notice: { version: '2', text } } });
    expect([same.status, next.status]).toEqual([409, 200]);
  });

  it('do not let a notice change under its version after it was taken back or followed by another', async () => {
    const { call, agency } = await anOffice();
    const { notice } = anAgency().gates;
    const text = { id: 'Lain', en: 'Other' };
    const publish = async (body: unknown) =>
      (await call('PATCH /agency/gates', { as: officer, body: { notice: body } })).status;
    expect(await publish(null)).toBe(200);
    expect(await publish({ version: '1', text })).toBe(409);
    expect(await publish({ version: '2', text })).toBe(200);
    expect(await publish({ version: '1', text })).toBe(409);
    expect(await publish(notice)).toBe(200);
    expect(await publish({ version: '2', text: notice!.text })).toBe(409);
    expect((await agency.read())?.publishedNotices.map(({ version }) => version)).toEqual(['1', '2']);
  });

  it('that are closed keep anybody from asking for a scan, with where each is opened', async () => {
    const { call, agency } = await anOffice({ gates: { ...anAgency().gates, impactAssessment: null } });
    const refused = await call('POST /scans', { as: admin });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      type: 'urn:netral:problem:gates-closed',
      errors: [
        {
          at: 'impactAssessment',
          detail:
            'missing: The officer records the impact assessment (DPIA): PATCH /agency/gates {"impactAssessment": …}.',
        },
      ],
    });
    expect((await agency.read())?.scanRequestedAt).toBeNull();
  });

  it('that are open let everything be due', async () => {
    const { call, agency } = await anOffice();
    expect((await call('POST /scans', { as: admin })).status).toBe(202);
    expect((await agency.read())?.scanRequestedAt).toBe(NOW);
  });
});

describe('roles', () => {
  it('are given by an administrator, to others freely', async () => {
    const { call, people } = await anOffice();
    const answer = await call(`PUT /people/${holder.id}/roles`, {
      as: admin,
      body: { roles: ['officer', 'analyst'] },
      headers: onVersion(0),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect((await people.byId(holder.id))?.roles).toEqual(['analyst', 'officer']);
  });

  it.each(['analyst', 'officer'])('of %s are not given to oneself', async (role) => {
    const { call, people } = await anOffice();
    const body = { roles: ['administrator', role] };
    const request = { as: admin, body, headers: onVersion(0) };
    expect((await call(`PUT /people/${admin.id}/roles`, request)).status).toBe(403);
    expect((await people.byId(admin.id))?.roles).toEqual(['administrator']);
  });

  it('follow a look-up by employee number, which repeats no number', async () => {
    const { call, send } = await anOffice();
    await send(chief);
    const body = { employeeNumbers: ['197501012000031002', '19750101 200003 1 001'] };
    const answer = await (await call('POST /people/lookup', { as: admin, body })).text();
    expect(JSON.parse(answer)).toMatchObject({ people: [null, { name: 'Kepala Dinas' }] });
    expect(answer).not.toContain('19750101');
  });
});

describe('two administrators who change one person at once', () => {
  type Change = readonly [what: string, body: unknown];
  const both = async (first: Change, second: Change, version: number | null = 0) => {
    const world = await anOffice();
    const change = ([what, body]: Change, headers: Readonly<Record<string, string>>) =>
      world.call(`PUT /people/${holder.id}/${what}`, { as: admin, body, headers });
    expect((await change(first, onVersion(0))).status).toBe(200);
    const answer = await change(second, version === null ? {} : onVersion(version));
    const told: unknown = await answer.json();
    return { ...world, answer, told };
  };

  const RACES: readonly (readonly [Change, Change])[] = [
    [
      ['roles', { roles: ['officer'] }],
      ['roles', { roles: ['auditor'] }],
    ],
    [
      ['acting', { actedBy: officer.id }],
      ['roles', { roles: ['auditor'] }],
    ],
    [
      ['roles', { roles: ['officer'] }],
      ['acting', { actedBy: officer.id }],
    ],
  ];
  it.each(RACES)('%j, %j: the second is told how it is now', async (one, two) => {
    const { answer, told, people, record } = await both(one, two);
    expect(answer.status).toBe(412);
    const now = (await people.byId(holder.id))!;
    expect(told).toMatchObject({
      type: 'urn:netral:problem:stale',
      errors: [
        { at: 'roles', detail: `is now ${JSON.stringify(now.roles)}` },
        { at: 'actedBy', detail: `is now ${JSON.stringify(now.actedBy)}` },
      ],
    });
    expect(now.revision).toBe(1);
    expect(record.entries).toHaveLength(1);
  });

  it('may not leave out on which version they rest', async () => {
    const { answer } = await both(['roles', { roles: ['officer'] }], ['roles', { roles: [] }], null);
    expect(answer.status).toBe(428);
  });

  it('follow one another where the second has seen what the first did', async () => {
    const { answer } = await both(['roles', { roles: ['officer'] }], ['roles', { roles: ['auditor'] }], 1);
    expect(answer.status).toBe(200);
  });
});

describe('a setting that was changed meanwhile', () => {
  it.each([
    [
      'PATCH /agency/gates',
      officer,
      { officer: { name: 'Lain', email: 'lain@sukamaju.example' } },
      'officer',
    ],
    ['PATCH /agency/review', officer, { replyWorkingDays: 5 }, 'replyWorkingDays'],
    ['PATCH /agency/ownership', officer, { proof: 'required' }, 'proof'],
    ['PATCH /networks', admin, { respectOptOuts: true }, 'respectOptOuts'],
  ] as const)(
    '%s is refused on an older version, with what is there now',
    async (operation, as, body, at) => {
      const { call, agency } = await anOffice();
      expect((await call('PATCH /agency/review', { as: officer, body: { holdWorkingDays: 3 } })).status).toBe(
        200,
      );
      const before = await agency.read();
      const refused = await call(operation, { as, body, headers: onVersion(0) });
      expect(refused.status).toBe(412);
      expect(await refused.json()).toMatchObject({ errors: [{ at }] });
      expect(await agency.read()).toEqual(before);
      const done = await call(operation, { as, body, headers: onVersion(1) });
      expect([done.status, done.headers.get('etag')]).toEqual([200, '"2"']);
      // Whoever names no version changes no more than what they name.
      expect((await call(operation, { as, body })).status).toBe(200);
    },
  );
});

describe('who acts for somebody', () => {
  const set = async (actedBy: unknown, id: string = holder.id) => {
    const world = await anOffice();
    const answer = await world.call(`PUT /people/${id}/acting`, {
      as: admin,
      body: { actedBy },
      headers: onVersion(0),
    });
    return { ...world, answer };
  };

  it('is set by an administrator and ended again, and is on record', async () => {
    const { answer, people, record, call } = await set(officer.id);
    expect(await answer.json()).toMatchObject({ id: holder.id, actedBy: officer.id });
    expect((await people.byId(holder.id))?.actedBy).toBe(officer.id);
    await call(`PUT /people/${holder.id}/acting`, {
      as: admin,
      body: { actedBy: null },
      headers: onVersion(1),
    });
    expect((await people.byId(holder.id))?.actedBy).toBeNull();
    expect(record.entries).toMatchObject([{ act: 'acting-changed' }, { act: 'acting-changed' }]);
  });

  it.each([
    ['the person themself', holder.id, 400],
    ['nobody on record', accountIdOf('nobody'), 400],
    ['the administrator who asks', admin.id, 403],
    ['a name', 'Budi', 400],
  ])('is not %s', async (_who, actedBy, status) => {
    const { answer, people, record } = await set(actedBy);
    expect(answer.status).toBe(status);
    expect((await people.byId(holder.id))?.actedBy).toBeNull();
    expect(record.entries).toEqual([]);
  });

  it('is not set for nobody', async () => {
    expect((await set(officer.id, accountIdOf('nobody'))).answer.status).toBe(404);
  });
});

describe('what cannot be', () => {
  it.each([
    ['a body that is not JSON', 'POST', '{', 'application/json', 400],
    ['a body of another type', 'POST', 'a=b', 'text/plain', 415],
    ['a body over 1 MB', 'POST', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413],
    ['no body', 'POST', null, 'application/json', 400],
    ['another method', 'DELETE', null, 'application/json', 405],
  ])('%s is refused with a problem document', async (_what, method, body, type, status) => {
    const { app } = await anOffice();
    const authorization = `Bearer ${await aToken({ sub: 'admin', roles: ['administrator'] })}`;
    const headers = { authorization, 'content-type': type };
    const answer = await app.request('/people/lookup', { method, body, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status });
  });

  it('an address that is not there is refused before anybody signs in', async () => {
    const { call } = await anOffice();
    expect((await call('GET /nowhere')).status).toBe(404);
  });

  it('what a broken store says is said to nobody', async () => {
    const world = await anOffice();
    const list = () => Promise.reject(new Error('table netral-registry is on fire'));
    const app = buildApp({ ...world.deps, accounts: { ...world.accounts, list } });
    const authorization = `Bearer ${await aToken({ sub: 'admin', roles: ['administrator'] })}`;
    const answer = await app.request('/accounts', { headers: { authorization } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('fire');
    expect(world.reports).toMatchObject([{ event: 'request-failed', facts: { operation: 'GET /accounts' } }]);
  });

  it('a token of tomorrow does not open the door', async () => {
    const world = await anOffice();
    const app = buildApp({ ...world.deps, tokens: readTokens(plus(NOW, { days: 2 })) });
    const authorization = `Bearer ${await aToken({ sub: 'admin', roles: ['administrator'] })}`;
    expect((await app.request('/accounts', { headers: { authorization } })).status).toBe(401);
  });
});
