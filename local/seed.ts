import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import { ApiError, type ApiClient } from './api-client.js';
import type { SampleUser } from './issuer.js';
import type { SamplePerson } from './sample/people.js';
import type { SampleWorld } from './sample/world.js';

export const usernameOf = ({ email }: Pick<SamplePerson, 'email'>): string => email.split('@')[0] ?? email;

export const sampleUsers = (people: readonly SamplePerson[]): readonly SampleUser[] =>
  people.map((person) => ({
    username: usernameOf(person),
    name: person.name,
    email: person.email,
    roles: person.roles,
  }));

/** The sample person who holds a role; several hold some, so the n-th. */
export const holding = (
  world: SampleWorld,
  role: SamplePerson['roles'][number],
  ordinal = 0,
): SamplePerson => {
  const person = world.people.filter(({ roles }) => roles.includes(role))[ordinal];
  if (person === undefined) throw new Error(`No sample person ${ordinal} holds the role ${role}`);
  return person;
};

const Report = z.object({ faults: z.array(z.object({ reason: z.string() })) });
const Lookup = z.object({ people: z.array(z.object({ id: z.string(), revision: z.number() }).nullable()) });
const Golden = z.object({ items: z.array(z.unknown()) });
const Rows = z.array(z.record(z.string(), z.string()));

const ROWS_PER_CALL = 500;

/**
 * Sets the sample agency up as a real one is: through the API, first the people, then the legal gates, then the accounts.
 * Every step may be done again, so a set-up that was cut off is simply begun anew.
 */
export const seedAgency = async (
  client: ApiClient,
  world: SampleWorld,
  origin: (host: string) => string,
): Promise<void> => {
  const { agency, people } = world;
  const administrator = holding(world, 'administrator');
  const officer = holding(world, 'officer');
  const admin = usernameOf(administrator);

  await foundAgency(client, admin, {
    name: agency.name,
    area: agency.area,
    timeZone: agency.timeZone,
    review: agency.review,
    administrator: {
      employeeNumber: administrator.employeeNumber,
      employmentType: administrator.employmentType,
      name: administrator.name,
      email: administrator.email,
      unit: administrator.unit,
    },
  });

  const servers = world.profiles.filter(({ network }) => network === 'mastodon').map(({ host }) => host);
  // Each is somebody's own, with terms that the administrator has read.
  await client.patch(admin, '/networks', { approve: servers.map((host) => new URL(origin(host)).host) });

  const rows = Rows.parse(parse(world.registryCsv(origin), { columns: true }));
  const noAccount = { network: '', handle: '', declarationRef: '', declaredOn: '', noticeVersion: '' };
  await importRows(
    client,
    admin,
    rows.map((row) => ({ ...row, ...noAccount })),
  );

  const staff = people.filter(({ roles }) => roles.length > 0);
  const known = Lookup.parse(
    await client.post(admin, '/people/lookup', {
      employeeNumbers: staff.map(({ employeeNumber }) => employeeNumber),
    }),
  );
  for (const [index, { roles }] of staff.entries()) {
    const person = known.people[index];
    if (person != null) await client.put(admin, `/people/${person.id}/roles`, { roles }, person.revision);
  }

  await client.patch(usernameOf(officer), '/agency/gates', agency.gates);
  await importRows(client, admin, rows);
  const { items } = Golden.parse(await client.get(usernameOf(officer), '/golden'));
  if (items.length === 0) await client.put(usernameOf(officer), '/golden', await sampleGolden(), 0);
  for (const feed of world.feeds.filter(({ paused }) => paused)) await pause(client, feed);
};

/** The shipped sample of items with known answers. */
const sampleGolden = async (): Promise<unknown> =>
  parseYaml(await readFile(join(import.meta.dirname, '../packs/golden/pilbup-sukamaju.yaml'), 'utf8'));

const Own = z.object({ accounts: z.array(z.object({ id: z.string(), handle: z.string() })) });

/** As its holder does, before anything of it was read. */
const pause = async (client: ApiClient, { holder, path }: SampleWorld['feeds'][number]): Promise<void> => {
  const username = usernameOf(holder);
  const { accounts } = Own.parse(await client.get(username, '/me'));
  for (const { id, handle } of accounts)
    if (handle.endsWith(path)) await client.post(username, `/accounts/${id}/pause`);
};

const CONFLICT = 409;

const foundAgency = async (client: ApiClient, admin: string, facts: unknown): Promise<void> => {
  try {
    await client.post(admin, '/agency', facts);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === CONFLICT)) throw error;
  }
};

const importRows = async (
  client: ApiClient,
  admin: string,
  rows: readonly Record<string, string>[],
): Promise<void> => {
  for (let start = 0; start < rows.length; start += ROWS_PER_CALL) {
    const report = Report.parse(
      await client.post(admin, '/registry/rows', { rows: rows.slice(start, start + ROWS_PER_CALL) }),
    );
    const [fault] = report.faults;
    if (fault !== undefined) throw new Error(`The sample registry was not taken: ${fault.reason}`);
  }
};
