import type { StandingReason } from '../shared/domain/scanning/account-standing.js';

/** What the ledger's reasons mean, for people. */
const WORDS: Readonly<Record<StandingReason, string>> = {
  seen: 'everything public was read',
  'nothing-new': 'everything public was read; nothing is new',
  throttled: 'the network or the quota asks to wait; what was posted meanwhile is read later',
  private: 'the profile asks not to be shown to strangers',
  gone: 'the account is not there any more',
  renamed: 'the account goes by another name; it is looked for',
  suspended: 'its network has suspended the account',
  'needs-token': 'the host answers only to those who have a token, and there is none or it is refused',
  malformed: 'the host answers with something else than posts',
  unreachable: 'the host does not answer',
  paused: 'its holder has paused it',
  'page-cap': 'there was more than one look reads; some of it was not seen',
  'not-proved': 'its holder has not shown that it is theirs',
  'not-in-force': 'the registration has not begun, or has ended',
  'no-active-contest': 'no contest is on in its area',
  'host-not-approved': 'no administrator has approved its host',
  'gates-closed': 'the agency has not recorded all that has to be there first',
  'not-confirmed': 'its holder has not confirmed the notice',
  'not-identified': 'its network has not said yet which account it is',
  withdrawn: 'its holder has ended the registration',
  'not-read': 'its network is not read here; its posts come only from whoever gives them in',
  'not-yet-looked-at': 'it was not looked at yet',
};

export const coverageWords = (reason: string): string =>
  Object.entries(WORDS).find(([known]) => known === reason)?.[1] ?? '';
