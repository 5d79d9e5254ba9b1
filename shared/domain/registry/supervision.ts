import { superiorOf } from '../digest/recipient.js';
import type { PersonId } from '../ids.js';
import type { Conflict, Party } from '../review/transition.js';
import type { ReviewSettings } from './agency.js';
import type { Person, Role } from './person.js';

/** Somebody who signed in, with the roles that both the token and the registry give them. */
export interface Caller {
  readonly person: Person;
  readonly roles: readonly Role[];
}

/**
 * How a caller stands to findings on a holder. Superior is whoever is on record as such, and whoever would be told in
 * their place: both are kept from deciding, and both may see what was referred. Nor does anybody judge their own superior.
 */
export const partyTo = async (
  { person, roles }: Caller,
  holder: Pick<Person, 'id' | 'supervisor' | 'unit'>,
  byId: (id: PersonId) => Promise<Person | null>,
  settings: Pick<ReviewSettings, 'excludeOwnUnit'>,
): Promise<Party> => {
  const told = await superiorOf(holder, byId);
  const above = await superiorOf(person, byId);
  const isAbove =
    holder.id === person.supervisor || (above.kind === 'superior' && above.person.id === holder.id);
  const conflict = (): Conflict | null => {
    if (isAbove) return 'own-superior';
    return settings.excludeOwnUnit && holder.unit === person.unit ? 'own-unit' : null;
  };
  return {
    person: person.id,
    roles,
    isHolder: person.id === holder.id,
    isSupervisor:
      person.id === holder.supervisor || (told.kind === 'superior' && told.person.id === person.id),
    conflict: conflict(),
  };
};
