import { Person } from '../domain/registry/person.js';
import type { PersonStore } from '../ports.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';

/** People for one process. */
export const memoryPersonStore = (): PersonStore => {
  const people = memoryRows(Person);
  return {
    byId: (id) => promised(() => people.get(id)),
    bySubject: (subject) => promised(() => people.all().find((person) => person.subject === subject) ?? null),
    byEmail: (email) =>
      promised(() => people.all().filter((person) => person.email?.toLowerCase() === email.toLowerCase())),
    save: (person) => promised(() => saveRow(people, person.id, person)),
    remove: (id) =>
      promised(() => {
        people.delete(id);
      }),
    withRoles: () => promised(() => people.all().filter(({ roles }) => roles.length > 0)),
  };
};
