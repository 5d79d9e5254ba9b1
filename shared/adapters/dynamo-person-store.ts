import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PersonId } from '../domain/ids.js';
import { Person } from '../domain/registry/person.js';
import type { PersonStore } from '../ports.js';
import { dynamoDocs, saveRevision } from './dynamo-docs.js';

const key = (id: PersonId) => ({ pk: `PERSON#${id}`, sk: id });
const WITH_ROLES = 'PEOPLE-WITH-ROLES';

const attributes = ({ subject, email, roles }: Person) => ({
  ...(subject === null ? {} : { subject }),
  ...(email === null ? {} : { email: email.toLowerCase() }),
  ...(roles.length === 0 ? {} : { listing: WITH_ROLES }),
});

/** People in the table `registry`. */
export const dynamoPersonStore = (client: DynamoDBDocumentClient, table: string): PersonStore => {
  const people = dynamoDocs(client, table, Person);
  const found = (index: 'subject' | 'email' | 'listing', value: string, limit?: number) =>
    people.query(
      {
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': index },
        ExpressionAttributeValues: { ':value': value },
      },
      limit,
    );
  return {
    byId: (id) => people.read(key(id)),
    bySubject: async (subject) => (await found('subject', subject, 1))[0] ?? null,
    byEmail: (email) => found('email', email.toLowerCase()),
    save: (person) => saveRevision(people, key(person.id), person, attributes(person)),
    remove: (id) => people.remove(key(id)),
    withRoles: () => found('listing', WITH_ROLES),
  };
};
