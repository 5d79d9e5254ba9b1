import type { Claims } from '../../shared/domain/registry/claims.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import type { PersonStore, TokenReader } from '../../shared/ports.js';

interface SignInDeps {
  readonly tokens: TokenReader;
  readonly people: Pick<PersonStore, 'byId' | 'bySubject' | 'byEmail' | 'save'>;
}

/** The claims of the token in an `Authorization` header; `null` without one that can be trusted. */
export const claimsOf = async (
  header: string | undefined,
  { tokens }: Pick<SignInDeps, 'tokens'>,
): Promise<Claims | null> => {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
  return token === undefined ? null : tokens(token);
};

/** At the first sign-in a verified address that one person alone carries links them, once and for good. */
const linked = async (
  { subject, email }: Claims,
  { people }: Pick<SignInDeps, 'people'>,
): Promise<Person | null> => {
  const [candidate, ...others] = email === null ? [] : await people.byEmail(email);
  if (candidate === undefined || others.length > 0) return null;
  // Linked before; an index may not show it yet.
  if (candidate.subject !== null) return candidate.subject === subject ? candidate : null;
  const person = { ...candidate, subject, revision: candidate.revision + 1 };
  if ((await people.save(person)) === 'saved') return person;
  const now = await people.byId(candidate.id);
  return now?.subject === subject ? now : null;
};

/** The person on record behind the claims, with the roles that both the token and the registry give them. */
export const callerOf = async (claims: Claims, deps: Pick<SignInDeps, 'people'>): Promise<Caller | null> => {
  const person = (await deps.people.bySubject(claims.subject)) ?? (await linked(claims, deps));
  return person === null
    ? null
    : { person, roles: person.roles.filter((role) => claims.roles.includes(role)) };
};
