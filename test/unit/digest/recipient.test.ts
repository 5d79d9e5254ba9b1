import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { superiorOf } from '../../../shared/domain/digest/recipient.js';
import { PersonId } from '../../../shared/domain/ids.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { aPerson, opaqueId } from '../../fixtures/registry.js';

const id = (name: string) => PersonId.parse(opaqueId(name));

interface Post {
  readonly supervisor?: string;
  readonly actedBy?: string;
}

/** The superior of `holder` among people by name, by their name. */
const superior = async (people: Readonly<Record<string, Post>>): Promise<string> => {
  const byId = new Map(
    Object.entries(people).map(([name, { supervisor, actedBy }]): [string, Person] => [
      id(name),
      aPerson({
        id: id(name),
        name,
        supervisor: supervisor === undefined ? null : id(supervisor),
        actedBy: actedBy === undefined ? null : id(actedBy),
      }),
    ]),
  );
  const found = await superiorOf(byId.get(id('holder'))!, (one) => Promise.resolve(byId.get(one) ?? null));
  return found.kind === 'superior' ? found.person.name : found.reason;
};

describe('who is told of a finding', () => {
  it('is the superior', async () => {
    expect(await superior({ holder: { supervisor: 'chief' }, chief: { supervisor: 'head' }, head: {} })).toBe(
      'chief',
    );
  });

  it('is whoever acts for the superior, and for them in turn', async () => {
    const people = { holder: { supervisor: 'chief' }, deputy: {}, other: {} };
    expect(await superior({ ...people, chief: { actedBy: 'deputy' } })).toBe('deputy');
    expect(await superior({ ...people, chief: { actedBy: 'deputy' }, deputy: { actedBy: 'other' } })).toBe(
      'other',
    );
  });

  it('is the next one up where the holder acts for their own superior', async () => {
    const people = { holder: { supervisor: 'chief' }, chief: { supervisor: 'head', actedBy: 'holder' } };
    expect(await superior({ ...people, head: {} })).toBe('head');
    expect(await superior({ ...people, head: { actedBy: 'holder', supervisor: 'top' }, top: {} })).toBe(
      'top',
    );
  });

  it('is nobody, with the reason', async () => {
    expect(await superior({ holder: {} })).toBe('nobody-above');
    expect(await superior({ holder: { supervisor: 'gone' } })).toBe('not-on-record');
    expect(await superior({ holder: { supervisor: 'holder' } })).toBe('circle');
    expect(await superior({ holder: { supervisor: 'a' }, a: { actedBy: 'b' }, b: { actedBy: 'a' } })).toBe(
      'circle',
    );
    expect(await superior({ holder: { supervisor: 'a' }, a: { actedBy: 'holder' } })).toBe('nobody-above');
    expect(await superior({ holder: { supervisor: 'a' }, a: { actedBy: 'a' } })).toBe('circle');
  });

  it('is never the holder and always found in the end, however the registry is tangled', async () => {
    const names = ['holder', 'a', 'b', 'c', 'd'];
    const post = fc.record(
      { supervisor: fc.constantFrom(...names), actedBy: fc.constantFrom(...names) },
      { requiredKeys: [] },
    );
    const registry = fc.tuple(post, post, post, post, post);
    await fc.assert(
      fc.asyncProperty(registry, async (posts) => {
        const people = Object.fromEntries(names.map((name, index) => [name, posts[index] ?? {}]));
        expect(['a', 'b', 'c', 'd', 'nobody-above', 'circle']).toContain(await superior(people));
      }),
    );
  });
});
