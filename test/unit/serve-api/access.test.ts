import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Role } from '../../../shared/domain/registry/person.js';
import { opaqueId } from '../../fixtures/registry.js';
import { aToken, aWorld, somebody } from './world.js';

/** Who may call what, said a second time. An operation that is missing here fails the test. */
const EXPECTED: Readonly<Record<string, 'everybody' | 'person' | 'token' | readonly Role[]>> = {
  'GET /packs/code': 'everybody',
  'GET /open/findings/{id}': 'everybody',
  'GET /open/mine': 'everybody',
  'GET /open/review': 'everybody',
  'GET /open/signed-in': 'everybody',
  'GET /open/me/{token}': 'everybody',
  'GET /open/self-check': 'everybody',
  'POST /open/self-check': 'everybody',
  'GET /packs/shadow': ['auditor', 'administrator'],
  'GET /packs/health': ['analyst', 'auditor', 'administrator'],
  'GET /invitations/{token}': 'everybody',
  'POST /invitations/{token}': 'everybody',
  'POST /agency': 'token',
  'GET /agency': 'person',
  'PATCH /agency/gates': ['officer'],
  'PATCH /agency/ownership': ['officer'],
  'GET /networks': 'person',
  'PATCH /networks': ['administrator'],
  'PUT /people/{id}/roles': ['administrator'],
  'PUT /people/{id}/acting': ['administrator'],
  'POST /people/lookup': ['administrator'],
  'POST /registry/rows': ['administrator'],
  'GET /accounts': ['officer', 'administrator'],
  'POST /me/accounts': 'person',
  'POST /accounts/{id}/proof': 'person',
  'POST /accounts/{id}/pause': 'person',
  'POST /accounts/{id}/resume': 'person',
  'POST /accounts/{id}/withdraw': 'person',
  'POST /submissions': 'person',
  'POST /uploads': 'person',
  'GET /findings/{id}/files/{file}': 'person',
  'POST /scans': ['administrator'],
  'GET /networks/status': ['administrator', 'officer', 'auditor'],
  'GET /coverage': ['officer', 'auditor', 'administrator'],
  'GET /findings': ['analyst'],
  'POST /findings/exports': ['analyst'],
  'GET /findings/{id}': 'person',
  'POST /findings/{id}/decisions': ['analyst'],
  'POST /findings/{id}/acknowledgement': 'person',
  'POST /findings/{id}/evidence': 'person',
  'POST /findings/next': ['analyst'],
  'PUT /findings/{id}/lease': ['analyst'],
  'DELETE /findings/{id}/lease': ['analyst'],
  'POST /findings/{id}/holds': ['analyst'],
  'POST /findings/{id}/notes': ['analyst'],
  'POST /findings/{id}/recusals': ['analyst'],
  'POST /findings/{id}/reassignment': ['officer'],
  'GET /review/desk': ['officer'],
  'GET /record/seals': ['officer', 'auditor'],
  'GET /record/histories': ['officer', 'auditor'],
  'GET /record/lines': ['officer', 'auditor'],
  'POST /record/exports': ['officer', 'auditor'],
  'POST /people/{id}/erasure': ['officer'],
  'GET /erasures': ['officer'],
  'PUT /findings/{id}/legal-hold': ['officer'],
  'POST /findings/{id}/legal-hold/end': ['officer'],
  'GET /review/second-look': ['analyst'],
  'POST /findings/{id}/second-look': ['analyst'],
  'GET /golden': ['officer', 'administrator'],
  'PUT /golden': ['officer', 'administrator'],
  'GET /quality': ['analyst', 'officer', 'auditor'],
  'PATCH /agency/review': ['officer'],
  'GET /statistics': ['analyst', 'officer', 'auditor', 'administrator'],
  'GET /even-handedness': ['analyst', 'officer', 'auditor'],
  'GET /me': 'person',
  'GET /me/digest': 'person',
  'POST /me/self-check': 'person',
  'POST /me/exports': 'person',
  'POST /me/requests': 'person',
  'GET /me/requests': 'person',
  'GET /requests': ['officer'],
  'POST /requests': ['officer'],
  'GET /requests/{id}': ['officer'],
  'POST /requests/{id}/answer': ['officer'],
  'POST /me/findings/{id}/answers': 'person',
  'POST /me/findings/{id}/objections': 'person',
};

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()).optional() }))),
});

const world = await aWorld();
const document = Document.parse(await (await world.call('GET /openapi.json')).json());
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    security,
  })),
);
const person = somebody('sari');
await world.onRecord(person, ...Role.options.map((role) => somebody(role, { roles: [role] })));

/** Somewhere that does not exist: what is asked here is only whether the door opens. */
const asked = (name: string): string =>
  name.replace('{id}', opaqueId('nowhere')).replace('{token}', 'nothing');

const isRefused = async (name: string, options: Parameters<typeof world.call>[1]): Promise<boolean> => {
  const body = name.startsWith('GET') ? {} : { body: { unknown: true } };
  const { status } = await world.call(asked(name), { ...options, ...body });
  return status === 401 || status === 403;
};

describe('access', () => {
  it('covers every operation of the description, and no other', () => {
    expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it('is described as it is', () => {
    for (const { name, security } of operations)
      expect(security === undefined ? 'closed' : 'open', name).toBe(
        EXPECTED[name] === 'everybody' ? 'open' : 'closed',
      );
  });

  describe.each(operations)('to $name', ({ name }) => {
    const expected = EXPECTED[name] ?? [];

    it('needs a sign-in unless it is for everybody', async () => {
      expect(await isRefused(name, {})).toBe(expected !== 'everybody');
    });

    it('is refused to a sign-in that belongs to nobody on record', async () => {
      const token = await aToken({ sub: 'nobody' });
      expect(await isRefused(name, { token })).toBe(expected !== 'everybody');
    });

    it.each(Role.options)('is as the table says for the role %s', async (role) => {
      const may =
        expected === 'everybody' ||
        expected === 'person' ||
        (expected === 'token' ? role === 'administrator' : expected.includes(role));
      expect(await isRefused(name, { as: somebody(role, { roles: [role] }) })).toBe(!may);
    });

    it('is as the table says for somebody without a role', async () => {
      const may = expected === 'everybody' || expected === 'person';
      expect(await isRefused(name, { as: person })).toBe(!may);
    });
  });

  it('to the list of accounts is refused to an analyst who has other roles besides', async () => {
    const both = somebody('both', { roles: ['administrator', 'analyst'] });
    await world.onRecord(both);
    expect((await world.call('GET /accounts', { as: both })).status).toBe(403);
  });
});
