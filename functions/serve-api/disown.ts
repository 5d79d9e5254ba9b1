import { sha256, type AccountId, type FindingId, type PersonId } from '../../shared/domain/ids.js';
import { changeAccount, type Account } from '../../shared/domain/registry/account.js';
import type { Language, Person } from '../../shared/domain/registry/person.js';
import { newRequest } from '../../shared/domain/requests/holder-request.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { HistoryEntry } from '../../shared/domain/review/history.js';
import type { ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

/** Nothing of the finding: the register is there for longer, and for others. */
const WORDS = {
  id: ({ network, handle }: Account) =>
    `Akun ${network} ${handle} terdaftar atas nama saya, tetapi bukan akun saya. Mohon pendaftarannya dikoreksi.`,
  en: ({ network, handle }: Account) =>
    `The ${network} account ${handle} is registered in my name but is not mine. Please correct the registration.`,
} as const satisfies Record<Language, (account: Account) => string>;

export type DisownDeps = Pick<ApiDeps, 'accounts' | 'findings' | 'requests' | 'record' | 'now'>;

const MOST_TRIES = 3;

/** The last time that a person said of a finding that its account is not theirs. */
const disowning = ({ history }: Finding, person: PersonId): HistoryEntry | undefined =>
  history.findLast(
    ({ act, code, actor }) =>
      act === 'answer' && code === 'not-my-account' && actor.kind === 'person' && actor.person === person,
  );

/** The account, paused since the answer unless nothing is read under it anyway. */
const paused = async (
  id: AccountId,
  { at }: HistoryEntry,
  { accounts, now }: Pick<DisownDeps, 'accounts' | 'now'>,
): Promise<Account | null> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [account] = await accounts.byIds([id]);
    if (account === undefined) return null;
    // Paused since then, and perhaps resumed by the holder, which is theirs to decide.
    if (account.lapses.some(({ from }) => from >= at)) return account;
    const outcome = changeAccount(account, { kind: 'pause' }, now());
    if (outcome.kind !== 'changed' || (await accounts.save(outcome.account)) === 'saved') return account;
  }
  throw new ProblemError('changed-meanwhile');
};

/**
 * What follows from a holder's "not my account" on a finding: the account is paused by that act of theirs, and the officer
 * is asked to correct the registration. It rests on the answer that is kept, so whatever is missing is done when the answer
 * is given again, and what was done is not done twice.
 */
export const followDisowning =
  ({ accounts, findings, requests, record, now }: DisownDeps) =>
  async (person: Person, id: FindingId): Promise<void> => {
    const finding = await findings.byId(id);
    const said = finding === null ? undefined : disowning(finding, person.id);
    if (finding === null || said === undefined) return;
    const account = await paused(finding.account, said, { accounts, now });
    if (account === null) return;

    const words = WORDS[person.language](account);
    const asked = await requests.ofPerson(person.id);
    // One request for one account, however many of its posts they are asked about.
    if (
      asked.some(
        ({ words: other, answer, receivedAt }) =>
          other === words && (answer === null || receivedAt >= said.at),
      )
    )
      return;
    const request = newRequest({
      person: person.id,
      kind: 'correction',
      words,
      via: 'electronic',
      receivedAt: said.at,
      at: said.at,
      chance: sha256('disowned', id, String(said.sequence)),
    });
    await record.append({ kind: 'act', at: now(), person: person.id, act: 'request-registered' });
    // Stale: the same answer's request was saved at this moment.
    await requests.save(request);
  };
