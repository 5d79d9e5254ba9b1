import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { samplePeople } from '../local/sample/people.js';
import type { Role } from '../shared/domain/registry/person.js';
import { unreachable } from './api-client.js';
import { CliError } from './cli-error.js';

/** What the local stack leaves for this command. */
const Stack = z.object({ api: z.url(), issuer: z.url() });
type Stack = z.infer<typeof Stack>;

const FILE = join('.netral', 'stack.json');

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** The local stack whose `.netral` is in `folder` or above it, or `null`. */
export const findStack = (folder: string): Stack | null => {
  const file = join(folder, FILE);
  const text = readIfThere(file);
  const above = dirname(folder);
  if (text === null) return above === folder ? null : findStack(above);
  try {
    return Stack.parse(JSON.parse(text));
  } catch {
    throw new CliError(`${file} is damaged.`, 'Start the local stack anew with npm start -- --fresh.');
  }
};

/** The name with which a sample person of a role signs in, the first unless told which. */
export const samplePersonWith = (role: Role, nth = 0): string => {
  const person = samplePeople().filter(({ roles }) => roles.includes(role))[nth];
  if (person === undefined) throw new Error(`No sample person is ${role}`);
  return person.email.split('@')[0] ?? person.email;
};

const Token = z.object({ access_token: z.string() });

/** A token of a sample person from the local stack's own issuer. */
export const sampleToken = async (issuer: string, username: string, call: typeof fetch): Promise<string> => {
  let answer: Response;
  try {
    answer = await call(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:netral:sample-sign-in',
        client_id: 'netral',
        username,
      }),
    });
  } catch (cause) {
    throw unreachable(issuer, cause);
  }
  if (!answer.ok)
    throw new CliError(`There is no sample person "${username}".`, 'npm start names those who can sign in.');
  return Token.parse(await answer.json()).access_token;
};
