import type { PersonId } from '../ids.js';
import type { Person } from '../registry/person.js';

/** Who is told of a finding, or why nobody can be. */
export type Superior =
  | { readonly kind: 'superior'; readonly person: Person }
  | { readonly kind: 'none'; readonly reason: 'nobody-above' | 'not-on-record' | 'circle' };

/**
 * The superior of a holder as the registry has it now, or whoever acts for them. It is never the holder: where they act
 * for their own superior, it is the next one up. `byId` looks a person up.
 */
export const superiorOf = async (
  holder: Pick<Person, 'id' | 'supervisor'>,
  byId: (id: PersonId) => Promise<Person | null>,
): Promise<Superior> => {
  const passed = new Set<PersonId>([holder.id]);
  let next = holder.supervisor;
  while (next !== null) {
    if (passed.has(next)) return { kind: 'none', reason: 'circle' };
    passed.add(next);
    const person = await byId(next);
    if (person === null) return { kind: 'none', reason: 'not-on-record' };
    if (person.actedBy === null) return { kind: 'superior', person };
    next = person.actedBy === holder.id ? person.supervisor : person.actedBy;
  }
  return { kind: 'none', reason: 'nobody-above' };
};
