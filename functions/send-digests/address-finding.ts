import { superiorOf } from '../../shared/domain/digest/recipient.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { AccountStore, FindingStore, Report } from '../../shared/ports.js';
import { owedTo, type OwedToDeps } from './owed-to.js';
import type { DigestItem } from '../../shared/mail/digest.js';

export interface AddressFindingDeps extends OwedToDeps {
  readonly findings: Pick<FindingStore, 'byId' | 'told'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly report: Report;
}

/**
 * Whom a finding goes to at this moment, or why nobody. `void`: it was found only after its registration had ended;
 * `moved-on`: somebody else told it meanwhile; `never-told`: it is withdrawn, and no superior ever heard of it;
 * `no-superior`: the registry has nobody, so it waits.
 */
export type Addressed =
  | { readonly kind: 'addressed'; readonly supervisors: readonly Person[]; readonly item: DigestItem }
  | { readonly kind: 'void' | 'moved-on' | 'never-told' | 'no-superior' };

/** `listed` may be behind; the finding itself is read anew. */
export const addressFinding =
  (deps: AddressFindingDeps) =>
  async (listed: Pick<Finding, 'id'>): Promise<Addressed> => {
    const { findings, accounts, people, report } = deps;
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
    const item = { finding, telling, holder };

    if (telling === 'withdrawn') {
      const owed = await owedTo(deps)(item);
      if (owed.length === 0) {
        await findings.told(finding.id, 'supervisor', telling);
        return { kind: 'never-told' };
      }
      const found = await Promise.all(owed.map((id) => people.byId(id)));
      const supervisors = found.filter((person) => person !== null);
      if (supervisors.length > 0) return { kind: 'addressed', supervisors, item };
      report('no-superior', { finding: finding.id, reason: 'not-on-record' });
      return { kind: 'no-superior' };
    }
    const superior = await superiorOf(holder, people.byId);
    switch (superior.kind) {
      case 'superior':
        return { kind: 'addressed', supervisors: [superior.person], item };
      case 'none':
        report('no-superior', { finding: finding.id, reason: superior.reason });
        return { kind: 'no-superior' };
    }
  };
