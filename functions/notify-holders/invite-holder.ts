import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency, Notice } from '../../shared/domain/registry/agency.js';
import { confirmToken } from '../../shared/domain/registry/confirm-link.js';
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

export type Invited = 'invited' | 'busy' | 'not-invited' | 'moved-on';

/**
 * Sends the holder of an account the signed link. Once, also where nobody can be reached: the mailing then says so, and
 * the account stands aside, because the list of those who wait is short and read from its head.
 */
export const inviteHolder =
  (deps: InviteHolderDeps, { agency, notice, hashKey }: Around) =>
  async (listed: Pick<Account, 'id'>): Promise<Invited> => {
    const { accounts, people, publicUrl, report, now } = deps;
    const [account] = await accounts.byIds([listed.id]);
    if (account?.state !== 'invited' || account.invitedAt !== null) return 'moved-on';
    const holder = await people.byId(account.holder);
    if (holder === null) throw new Error(`The holder of account ${account.id} is not on record`);

    const at = now();
    const confirmable = { account: account.id, epoch: account.epoch, noticeVersion: notice.version };
    const link = `${publicUrl}/invitations/${confirmToken(hashKey, confirmable, at)}`;
    const mailing: IntendedMail = {
      kind: 'invitation',
      recipient: holder.id,
      occasion: `${account.id}#${account.epoch}#${notice.version}`,
      items: [],
    };
    const letter = invitation({ agency, notice, holder, account, link });
    const delivery = await deliverOnce(deps, mailing, holder.email, letter);
    if (delivery === 'busy') return 'busy';
    // `stale` means that the account changed meanwhile: it is listed again and the next run finds the mail sent.
    await accounts.save({ ...account, invitedAt: at, revision: account.revision + 1 });
    if (delivery !== 'undeliverable') return 'invited';
    report('holder-unreachable', { account: account.id, telling: 'invitation' });
    return 'not-invited';
  };
