import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency, Notice } from '../../shared/domain/registry/agency.js';
import { confirmToken } from '../../shared/domain/registry/confirm-link.js';
import { nextInvitation } from '../../shared/domain/registry/invite.js';
import { deliverOnce, type DeliverDeps, type IntendedMail } from '../../shared/mail/deliver-once.js';
import type { AccountStore, PersonStore, Report } from '../../shared/ports.js';
import { invitation } from './invitation.js';

export interface InviteHolderDeps extends DeliverDeps {
  readonly accounts: Pick<AccountStore, 'byIds' | 'save'>;
  readonly people: Pick<PersonStore, 'byId'>;
  readonly publicUrl: string;
  readonly report: Report;
}

interface Around {
  readonly agency: Agency;
  readonly notice: Notice;
  /** The agency's secret, with which the link is signed. */
  readonly hashKey: string;
}

/** `unanswered`: the last reminder has expired too, and operators are told. */
export type Invited = 'invited' | 'busy' | 'not-invited' | 'unanswered' | 'moved-on';

/**
 * Sends the holder of an account the signed link, and again when it has expired or another notice is in use. Where
 * nobody can be reached the mailing says so, and the account waits for its next turn all the same.
 */
export const inviteHolder =
  (deps: InviteHolderDeps, { agency, notice, hashKey }: Around) =>
  async (listed: Pick<Account, 'id'>): Promise<Invited> => {
    const { accounts, people, publicUrl, report, now } = deps;
    const [account] = await accounts.byIds([listed.id]);
    const at = now();
    if (account === undefined) return 'moved-on';
    const next = nextInvitation(account, notice.version, at);
    const revision = account.revision + 1;
    if (next.kind === 'wait') return 'moved-on';
    if (next.kind === 'stand-aside') {
      const saved = await accounts.save({ ...account, invitations: account.invitations + 1, revision });
      if (saved === 'stale') return 'moved-on';
      report('invitation-unanswered', { account: account.id });
      return 'unanswered';
    }
    const holder = await people.byId(account.holder);
    if (holder === null) throw new Error(`The holder of account ${account.id} is not on record`);

    const confirmable = { account: account.id, epoch: account.epoch, noticeVersion: notice.version };
    const link = `${publicUrl}/invitations/${confirmToken(hashKey, confirmable, at)}`;
    const mailing: IntendedMail = {
      kind: 'invitation',
      recipient: holder.id,
      occasion: `${account.id}#${account.epoch}#${notice.version}#${next.number}`,
      items: [],
    };
    const letter = invitation({ agency, notice, holder, account, link });
    const delivery = await deliverOnce(deps, mailing, holder.email, letter);
    if (delivery === 'busy') return 'busy';
    // `stale` means that the account changed meanwhile: it is listed again and the next run finds the mail sent.
    const asked = { invitedAt: at, invitedNotice: notice.version, invitations: next.number };
    await accounts.save({ ...account, ...asked, revision });
    if (delivery === 'sent' || delivery === 'sent-before') return 'invited';
    report('holder-unreachable', { account: account.id, telling: 'invitation' });
    return 'not-invited';
  };
