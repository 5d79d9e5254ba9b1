import { keyedHash } from '../../shared/domain/ids.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { jobActs } from '../../shared/domain/review/transition.js';
import type { CodePack } from '../../shared/domain/screening/code-pack.js';
import type { Instant } from '../../shared/domain/time.js';
import { deliverOnce, type DeliverDeps, type IntendedMail } from '../../shared/mail/deliver-once.js';
import type { Letter } from '../../shared/mail/letter.js';
import type { AccountStore, FindingStore, PersonStore, Report } from '../../shared/ports.js';
import { clarification } from './clarification.js';
import type { HolderMatter } from './holder-matter.js';
import { outcome } from './outcome.js';

export interface TellHolderDeps extends DeliverDeps {
  readonly findings: Pick<FindingStore, 'byId' | 'told'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly people: Pick<PersonStore, 'byId'>;
  readonly publicUrl: string;
  readonly report: Report;
}

interface Around {
  readonly agency: Agency;
  readonly code: Pick<CodePack, 'provisions'>;
  /** The agency's secret for keyed hashes. */
  readonly hashKey: string;
}

/**
 * How it ended. `waiting`: a question that went to this address before, and was not delivered yet or came back. `moved-on`:
 * there is nothing to tell any more. `void`: the post was found only after its registration had ended, so it counts for
 * nothing.
 */
export type Told = 'told' | 'waiting' | 'busy' | 'unreachable' | 'void' | 'moved-on';

/** Tells a holder what a finding has to tell them. `listed` may be behind; the finding itself is read anew. */
export const tellHolder =
  (deps: TellHolderDeps, { agency, code, hashKey }: Around) =>
  async (listed: Pick<Finding, 'id'>): Promise<Told> => {
    const { findings, accounts, people, publicUrl, report } = deps;
    const finding = await findings.byId(listed.id);
    const telling = finding?.untold.holder ?? null;
    if (finding === null || telling === null) return 'moved-on';
    const leave = () => findings.told(finding.id, 'holder', telling);

    const [account] = await accounts.byIds([finding.account]);
    if (account === undefined || isVoid(account, finding)) {
      await leave();
      return 'void';
    }
    const holder = await people.byId(account.holder);
    if (holder === null) throw new Error(`The holder of account ${account.id} is not on record`);

    const matter = { agency, code, publicUrl, holder, account, finding };
    const isQuestion = telling === 'clarification';
    const letter = isQuestion ? question(matter, deps.now()) : outcome(matter, telling);
    if (letter === null) {
      await leave();
      return 'moved-on';
    }
    const mailing: IntendedMail = {
      kind: isQuestion ? 'clarification' : 'outcome',
      recipient: holder.id,
      // One question for each address, so that a corrected one gets it and no address gets it twice.
      occasion: `${finding.id}#${telling}${isQuestion ? `#${addressMark(hashKey, holder.email)}` : ''}`,
      items: [{ finding: finding.id, telling }],
    };
    switch (await deliverOnce(deps, mailing, holder.email, letter)) {
      case 'busy':
        return 'busy';
      case 'undeliverable':
        report('holder-unreachable', { finding: finding.id, telling });
        if (!isQuestion) await leave();
        return 'unreachable';
      case 'undeliverable-before':
        if (isQuestion) return 'waiting';
        await leave();
        return 'unreachable';
      case 'sent':
        if (!isQuestion) await leave();
        return 'told';
      case 'sent-before':
        if (isQuestion) return 'waiting';
        await leave();
        return 'told';
    }
  };

/** Tells one address of a person from another without saying which it is. */
const addressMark = (key: string, email: string | null): string =>
  email === null ? 'none' : keyedHash(key, 'mail-address', email.toLowerCase()).slice(0, 16);

/** The window begins when the mail is delivered; if that is at once, its end is the one that stands in the mail. */
const question = (matter: HolderMatter, at: Instant): Letter | null => {
  const { agency, finding } = matter;
  const around = { at, settings: agency.review, timeZone: agency.timeZone };
  const started = jobActs(finding, { kind: 'notify', job: 'note-deliveries' }, around);
  if (started.kind === 'refused' || started.finding.replyBy === null) return null;
  return clarification(matter, started.finding.replyBy);
};
