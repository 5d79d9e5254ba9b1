import { describe, expect, it } from 'vitest';
import { PersonId } from '../../../shared/domain/ids.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { PersonStore } from '../../../shared/ports.js';
import { aPerson, opaqueId } from '../../fixtures/registry.js';

const idOf = (name: string): PersonId => PersonId.parse(opaqueId(name));
const named = (name: string, overrides: Partial<Person> = {}): Person =>
  aPerson({ id: idOf(name), ...overrides });

export const personStoreContract = (open: () => Promise<PersonStore>): void => {
  describe('a person store', () => {
    it('finds a person by id, subject and address', async () => {
      const store = await open();
      const sari = named('sari', { subject: 'oidc|sari' });
      await store.save(sari);
      expect(await store.byId(sari.id)).toEqual(sari);
      expect(await store.bySubject('oidc|sari')).toEqual(sari);
      expect(await store.byEmail('sari.lestari@sukamaju.example')).toEqual([sari]);
    });

    it('finds nobody where nobody is', async () => {
      const store = await open();
      expect(await store.byId(idOf('sari'))).toBeNull();
      expect(await store.bySubject('oidc|sari')).toBeNull();
      expect(await store.byEmail('sari.lestari@sukamaju.example')).toEqual([]);
    });

    it('finds everybody who shares an address, however it is written', async () => {
      const store = await open();
      await store.save(named('sari', { email: 'Kantor@Sukamaju.example' }));
      await store.save(named('budi', { email: 'kantor@sukamaju.example' }));
      const found = await store.byEmail('kantor@sukamaju.example');
      expect(found.map(({ id }) => id).sort()).toEqual([idOf('sari'), idOf('budi')].sort());
    });

    it('forgets an old subject, address and role when they change', async () => {
      const store = await open();
      await store.save(named('sari', { subject: 'old', roles: ['analyst'] }));
      await store.save(named('sari', { revision: 1, subject: null, email: null, roles: [] }));
      expect(await store.bySubject('old')).toBeNull();
      expect(await store.byEmail('sari.lestari@sukamaju.example')).toEqual([]);
      expect(await store.withRoles()).toEqual([]);
    });

    it('lists those who hold a role', async () => {
      const store = await open();
      await store.save(named('sari'));
      await store.save(named('budi', { roles: ['analyst', 'officer'] }));
      expect((await store.withRoles()).map(({ id }) => id)).toEqual([idOf('budi')]);
    });

    it('keeps the first of two changes to one revision', async () => {
      const store = await open();
      await store.save(named('sari'));
      expect(await store.save(named('sari', { unit: 'Pertama', revision: 1 }))).toBe('saved');
      expect(await store.save(named('sari', { unit: 'Kedua', revision: 1 }))).toBe('stale');
      expect((await store.byId(idOf('sari')))?.unit).toBe('Pertama');
    });

    it('deletes a person, everywhere, and nobody twice', async () => {
      const store = await open();
      await store.save(named('sari', { subject: 'sub', roles: ['analyst'] }));
      await store.save(named('budi', { email: null }));
      for (let time = 0; time < 2; time += 1) await store.remove(idOf('sari'));
      expect(await store.byId(idOf('sari'))).toBeNull();
      expect(await store.bySubject('sub')).toBeNull();
      expect(await store.byEmail('sari.lestari@sukamaju.example')).toEqual([]);
      expect(await store.withRoles()).toEqual([]);
      expect(await store.byId(idOf('budi'))).not.toBeNull();
    });
  });
};
