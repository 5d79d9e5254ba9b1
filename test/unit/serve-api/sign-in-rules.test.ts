import { describe, expect, it } from 'vitest';
import { callerOf, claimsOf } from '../../../functions/serve-api/sign-in.js';
import { memoryPersonStore } from '../../../shared/adapters/memory-person-store.js';
import type { Claims } from '../../../shared/domain/registry/claims.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { aPerson } from '../../fixtures/registry.js';

const EMAIL = 'sari.lestari@sukamaju.example';
const claims: Claims = { subject: 'sari', roles: ['analyst'], email: EMAIL };

describe('the token of a request', () => {
  const tokens = (token: string) => Promise.resolve({ ...claims, subject: token });

  it.each([
    ['Bearer abc.def', 'abc.def'],
    ['bearer abc=', 'abc='],
  ])('is read from %s', async (header, token) => {
    expect((await claimsOf(header, { tokens }))?.subject).toBe(token);
  });

  it.each([undefined, '', 'abc', 'Basic abc', 'xBearer abc', 'Bearer abc def', 'Bearer '])(
    'is not there in %s',
    async (header) => {
      expect(await claimsOf(header, { tokens })).toBeNull();
    },
  );
});

describe('the first sign-in', () => {
  const found = async (person: Person, whileSaving?: (before: Person) => Person) => {
    const people = memoryPersonStore();
    await people.save(person);
    return callerOf(claims, {
      people: {
        ...people,
        // An index that does not show yet who is linked.
        bySubject: () => Promise.resolve(null),
        save: async (linked) => {
          const [before] = await people.byEmail(EMAIL);
          if (whileSaving !== undefined && before !== undefined) await people.save(whileSaving(before));
          return people.save(linked);
        },
      },
    });
  };

  it('links the one person with that address', async () => {
    const caller = await found(aPerson({ roles: ['analyst', 'officer'] }));
    expect(caller).toMatchObject({ person: { subject: 'sari' }, roles: ['analyst'] });
  });

  it('finds who was linked before, and nobody who is linked to another', async () => {
    expect((await found(aPerson({ subject: 'sari' })))?.person.subject).toBe('sari');
    expect(await found(aPerson({ subject: 'budi' }))).toBeNull();
  });

  it('of somebody who is taken off the record at the same moment is nobody’s', async () => {
    const people = memoryPersonStore();
    await people.save(aPerson());
    const lost = {
      ...people,
      bySubject: () => Promise.resolve(null),
      byId: () => Promise.resolve(null),
      save: () => Promise.resolve('stale' as const),
    };
    expect(await callerOf(claims, { people: lost })).toBeNull();
  });

  it('lost against another at the same moment is theirs, unless it was the same person', async () => {
    const linkedTo = (subject: string | null) => (before: Person) => ({
      ...before,
      subject,
      revision: before.revision + 1,
    });
    expect((await found(aPerson(), linkedTo('sari')))?.person.subject).toBe('sari');
    expect(await found(aPerson(), linkedTo('budi'))).toBeNull();
    expect(await found(aPerson(), linkedTo(null))).toBeNull();
  });

  it('needs an address that the issuer has verified', async () => {
    const people = memoryPersonStore();
    await people.save(aPerson());
    expect(await callerOf({ ...claims, email: null }, { people })).toBeNull();
  });
});
