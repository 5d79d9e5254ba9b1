import { superiorOf } from '../digest/recipient.js';
import type { PersonId } from '../ids.js';
import type { Party } from '../review/transition.js';
import type { Person, Role } from './person.js';

/** Somebody who signed in, with the roles that both the token and the registry give them. */
export interface Caller {
  readonly person: Person;
  readonly roles: readonly Role[];
}

/**
 * How a caller stands to findings on a holder. Superior is whoever is on record as such, and whoever would be told in
 * their place: both are kept from deciding, and both may see what was referred.
 */
export const partyTo = async (
  { person, roles }: Caller,
  holder: Pick<Person, 'id' | 'supervisor'>,
  byId: (id: PersonId) => Promise<Person | null>,
): Promise<Party> => {
  const told = await superiorOf(holder, byId);
  return {
    person: person.id,
    roles,
    isHolder: person.id === holder.id,
    isSupervisor:
      person.id === holder.supervisor || (told.kind === 'superior' && told.person.id === person.id),
  };
};
