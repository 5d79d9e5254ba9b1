import { superiorOf } from '../../shared/domain/digest/recipient.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { AccountStore, FindingStore, PersonStore, Report } from '../../shared/ports.js';
import type { DigestItem } from '../../shared/mail/digest.js';

export interface AddressFindingDeps {
  readonly findings: Pick<FindingStore, 'byId' | 'told'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly people: Pick<PersonStore, 'byId'>;
  readonly report: Report;
}

/**
 * Whom a finding goes to at this moment, or why nobody. `void`: it was found only after its registration had ended;
 * `moved-on`: somebody else told it meanwhile; `no-superior`: the registry has nobody, so it waits.
 */
export type Addressed =
  | { readonly kind: 'addressed'; readonly supervisor: Person; readonly item: DigestItem }
  | { readonly kind: 'void' | 'moved-on' | 'no-superior' };

/** `listed` may be behind; the finding itself is read anew. */
export const addressFinding =
  ({ findings, accounts, people, report }: AddressFindingDeps) =>
  async (listed: Pick<Finding, 'id'>): Promise<Addressed> => {
    const finding = await findings.byId(listed.id);
    const telling = finding?.untold.supervisor ?? null;
    if (finding === null || telling === null) return { kind: 'moved-on' };
    if (telling === 'clarification' || telling === 'dismissed')
      throw new Error(`Finding ${finding.id} has nothing for a supervisor in state ${telling}`);

    const [account] = await accounts.byIds([finding.account]);
    if (account === undefined || isVoid(account, finding)) {
      await findings.told(finding.id, 'supervisor', telling);
      return { kind: 'void' };
    }
    const holder = await people.byId(account.holder);
    if (holder === null) throw new Error(`The holder of account ${account.id} is not on record`);
    const superior = await superiorOf(holder, people.byId);
    switch (superior.kind) {
      case 'superior':
        return { kind: 'addressed', supervisor: superior.person, item: { finding, telling, holder } };
      case 'none':
        report('no-superior', { finding: finding.id, reason: superior.reason });
        return { kind: 'no-superior' };
    }
  };
