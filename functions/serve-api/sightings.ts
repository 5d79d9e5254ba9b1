import type { PersonId } from '../../shared/domain/ids.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { partyTo, type Caller } from '../../shared/domain/registry/supervision.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { viewOf, type FindingView, type Sighting } from '../../shared/domain/review/views.js';
import { contestantWords } from '../../shared/domain/screening/contestant-words.js';
import type { ApiDeps } from './api.js';

/** A finding that a reader may see, and how they see it. */
export interface Seen extends Sighting {
  readonly view: FindingView;
}

export type SightDeps = Pick<ApiDeps, 'agency' | 'packs' | 'accounts' | 'people' | 'now'>;

/** How the caller stands to each of `findings`, each person looked up once. What nobody may see is left out. */
export const standingsTo =
  ({ agency, packs, accounts, people, now }: SightDeps) =>
  async (caller: Caller, findings: readonly Finding[]): Promise<Sighting[]> => {
    if (findings.length === 0) return [];
    const [known, { contests }, registered] = await Promise.all([
      agency.read(),
      packs.active(),
      accounts.byIds([...new Set(findings.map(({ account }) => account))]),
    ]);
    if (known === null) throw new Error('There are findings but no agency');
    const wordsOf = new Map(contests.map((contest) => [contest.id, contestantWords(contest)]));
    const accountOf = new Map(registered.map((account) => [account.id, account]));
    const looked = new Map<PersonId, Promise<Person | null>>();
    const byId = (id: PersonId): Promise<Person | null> => {
      const person = looked.get(id) ?? people.byId(id);
      looked.set(id, person);
      return person;
    };
    const at = now();
    const standings = await Promise.all(
      findings.map(async (finding): Promise<Sighting | null> => {
        const account = accountOf.get(finding.account);
        // What was found under a registration that had ended is there for nobody.
        if (account === undefined || isVoid(account, finding)) return null;
        const holder = await byId(account.holder);
        if (holder === null) return null;
        const party = await partyTo(caller, holder, byId, known.review);
        const contestants = wordsOf.get(finding.indication.contest) ?? [];
        return { finding, holder, party, at, timeZone: known.timeZone, contestants };
      }),
    );
    return standings.filter((standing) => standing !== null);
  };

/** Those of `findings` that the caller may see at all. */
export const sightingsOf =
  (deps: SightDeps) =>
  async (caller: Caller, findings: readonly Finding[]): Promise<Seen[]> =>
    (await standingsTo(deps)(caller, findings)).flatMap((standing) => {
      const view = viewOf(standing);
      return view === null ? [] : [{ ...standing, view }];
    });
