import type { PersonId } from '../../shared/domain/ids.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { partyTo, type Caller } from '../../shared/domain/registry/supervision.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { viewOf, type FindingView, type Sighting } from '../../shared/domain/review/views.js';
import type { ApiDeps } from './api.js';

/** A finding that a reader may see, and how they see it. */
export interface Seen extends Sighting {
  readonly view: FindingView;
}

/** Those of `findings` that the caller may see at all, each person looked up once. */
export const sightingsOf =
  ({ agency: agencies, accounts, people }: Pick<ApiDeps, 'agency' | 'accounts' | 'people'>) =>
  async (caller: Caller, findings: readonly Finding[]): Promise<Seen[]> => {
    if (findings.length === 0) return [];
    const agency = await agencies.read();
    if (agency === null) throw new Error('There are findings but no agency');
    const registered = await accounts.byIds([...new Set(findings.map(({ account }) => account))]);
    const accountOf = new Map(registered.map((account) => [account.id, account]));
    const looked = new Map<PersonId, Promise<Person | null>>();
    const byId = (id: PersonId): Promise<Person | null> => {
      const person = looked.get(id) ?? people.byId(id);
      looked.set(id, person);
      return person;
    };
    const seen = await Promise.all(
      findings.map(async (finding): Promise<Seen | null> => {
        const account = accountOf.get(finding.account);
        // What was found under a registration that had ended is there for nobody.
        if (account === undefined || isVoid(account, finding)) return null;
        const holder = await byId(account.holder);
        if (holder === null) return null;
        const sighting = {
          finding,
          holder,
          party: await partyTo(caller, holder, byId),
          timeZone: agency.timeZone,
        };
        const view = viewOf(sighting);
        return view === null ? null : { ...sighting, view };
      }),
    );
    return seen.filter((sighting) => sighting !== null);
  };
