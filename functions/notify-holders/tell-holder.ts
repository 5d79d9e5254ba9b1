import type { Agency } from '../../shared/domain/registry/agency.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { jobActs } from '../../shared/domain/review/transition.js';
import type { CodePack } from '../../shared/domain/screening/packs.js';
import { deliverOnce, type DeliverDeps, type IntendedMail } from '../../shared/mail/deliver-once.js';
import type { Letter } from '../../shared/mail/letter.js';
import type { AccountStore, FindingStore, PersonStore, Report } from '../../shared/ports.js';
import { clarification } from './clarification.js';
import type { HolderMatter } from './holder-matter.js';
import { outcome } from './outcome.js';

export interface TellHolderDeps extends DeliverDeps {
  readonly findings: Pick<FindingStore, 'byId' | 'save' | 'told'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly people: Pick<PersonStore, 'byId'>;
  readonly publicUrl: string;
  readonly report: Report;
}

interface Around {
  readonly agency: Agency;
  readonly code: Pick<CodePack, 'provisions'>;
}

/**
 * How it ended. `moved-on`: there is nothing to tell any more. `void`: the post was found only after its registration had
 * ended, so it counts for nothing.
 */
export type Told = 'told' | 'busy' | 'unreachable' | 'void' | 'moved-on';

/** A letter, and what is to be kept once it is out. */
interface Message {
  readonly letter: Letter;
  readonly keep: () => Promise<unknown>;
}

/** Tells a holder what a finding has to tell them. `listed` may be behind; the finding itself is read anew. */
export const tellHolder =
  (deps: TellHolderDeps, { agency, code }: Around) =>
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
    const message: Message | null =
      telling === 'clarification'
        ? question(deps, matter)
        : { letter: outcome(matter, telling), keep: leave };
    if (message === null) {
      await leave();
      return 'moved-on';
    }
    const mailing: IntendedMail = {
      kind: telling === 'clarification' ? 'clarification' : 'outcome',
      recipient: holder.id,
      occasion: `${finding.id}#${telling}`,
      items: [{ finding: finding.id, telling }],
    };
    switch (await deliverOnce(deps, mailing, holder.email, message.letter)) {
      case 'busy':
        return 'busy';
      case 'undeliverable':
        report('holder-unreachable', { finding: finding.id, telling });
        await leave();
        return 'unreachable';
      case 'sent':
      case 'sent-before':
        await message.keep();
        return 'told';
    }
  };

/**
 * The window begins with the mail: its end is worked out first, stands in the mail, and is saved once the mail is out.
 * A stale save needs nothing more: the finding is still listed, and the next run finds the mail sent.
 */
const question = (deps: Pick<TellHolderDeps, 'findings' | 'now'>, matter: HolderMatter): Message | null => {
  const { agency, finding } = matter;
  const around = { at: deps.now(), settings: agency.review, timeZone: agency.timeZone };
  const started = jobActs(finding, { kind: 'notify', job: 'notify-holders' }, around);
  if (started.kind === 'refused' || started.finding.replyBy === null) return null;
  return {
    letter: clarification(matter, started.finding.replyBy),
    keep: () => deps.findings.save(started.finding),
  };
};
