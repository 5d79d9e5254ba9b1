import type { PersonId } from '../ids.js';
import type { Instant } from '../time.js';
import type { Finding } from './finding.js';
import { appended, type ActKind } from './history.js';
import type { Party } from './transition.js';

/** What an officer does to the end of a finding; why is said in words that its holder reads. */
export type HoldAct =
  | { readonly kind: 'legal-hold'; readonly until: Instant; readonly words: string }
  | { readonly kind: 'end-legal-hold'; readonly words: string };

export type HoldRefusal = 'role-missing' | 'own-finding' | 'not-in-the-future' | 'not-held';

export type HoldOutcome =
  | { readonly kind: 'changed'; readonly finding: Finding }
  | { readonly kind: 'refused'; readonly reason: HoldRefusal };

interface Around {
  readonly at: Instant;
  readonly salt: string;
}

const withEntry = (
  finding: Finding,
  act: ActKind,
  person: PersonId,
  words: string,
  around: Around,
): Finding => {
  const content = { salt: around.salt, text: words, files: [] };
  const entry = { at: around.at, actor: { kind: 'person', person } as const, act, code: null };
  return {
    ...finding,
    history: appended(finding, entry, content),
    contents: { ...finding.contents, [String(finding.history.length)]: content },
    revision: finding.revision + 1,
  };
};

/** A legal hold is set, moved or ended. It decides nothing and touches no state: it only puts off the deletion. */
export const changeHold = (
  finding: Finding,
  act: HoldAct,
  { person, roles, isHolder }: Pick<Party, 'person' | 'roles' | 'isHolder'>,
  around: Around,
): HoldOutcome => {
  const refused = (reason: HoldRefusal): HoldOutcome => ({ kind: 'refused', reason });
  if (!roles.includes('officer')) return refused('role-missing');
  if (isHolder) return refused('own-finding');
  switch (act.kind) {
    case 'legal-hold': {
      if (act.until <= around.at) return refused('not-in-the-future');
      const legalHold = { by: person, since: around.at, until: act.until };
      return {
        kind: 'changed',
        finding: { ...withEntry(finding, 'legal-hold', person, act.words, around), legalHold },
      };
    }
    case 'end-legal-hold':
      if (finding.legalHold === null) return refused('not-held');
      return {
        kind: 'changed',
        finding: { ...withEntry(finding, 'end-legal-hold', person, act.words, around), legalHold: null },
      };
  }
};
