import { superiorOf } from '../digest/recipient.js';
import type { PersonId } from '../ids.js';
import type { Onlookers, Reading } from '../review/looks.js';
import type { Person } from './person.js';

/** Who might have looked at findings on a holder, each reader looked up once. */
export const onlookersOf = async (
  holder: Pick<Person, 'id' | 'supervisor'>,
  readings: readonly Reading[],
  byId: (id: PersonId) => Promise<Person | null>,
): Promise<Onlookers> => {
  const readers = await Promise.all([...new Set(readings.map(({ person }) => person))].map(byId));
  const known = new Map(
    readers.flatMap((reader) => (reader === null ? [] : [[reader.id, reader.roles] as const])),
  );
  const told = await superiorOf(holder, byId);
  return {
    holder: holder.id,
    superiors: [
      ...(holder.supervisor === null ? [] : [holder.supervisor]),
      ...(told.kind === 'superior' ? [told.person.id] : []),
    ],
    rolesOf: (person) => known.get(person) ?? [],
  };
};
