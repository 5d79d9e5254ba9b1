import type { Agency } from '../../shared/domain/registry/agency.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Mailing } from '../../shared/domain/digest/mail.js';
import type { CodePack } from '../../shared/domain/screening/code-pack.js';
import type { LocalDate } from '../../shared/domain/time.js';
import { deliverOnce, type DeliverDeps, type IntendedMail } from '../../shared/mail/deliver-once.js';
import type { FindingStore, MailingStore, Report } from '../../shared/ports.js';
import { owedTo, type OwedToDeps } from './owed-to.js';
import { digest, type DigestItem } from '../../shared/mail/digest.js';

export interface SendDigestDeps extends DeliverDeps, OwedToDeps {
  readonly mailings: Pick<MailingStore, 'about' | 'claim' | 'last' | 'release' | 'settle'>;
  readonly findings: Pick<FindingStore, 'told'>;
  readonly publicUrl: string;
  readonly report: Report;
}

interface Around {
  readonly agency: Agency;
  readonly code: Pick<CodePack, 'provisions'>;
  readonly period: LocalDate;
}

/** `next-time`: the mail of this period, or of a later one, is already out, and these items came after it. */
export type DigestEnd = 'sent' | 'sent-before' | 'next-time' | 'busy' | 'unreachable';

const speaksOf =
  (mailing: Pick<Mailing, 'items'>) =>
  ({ finding, telling }: DigestItem): boolean =>
    mailing.items.some((item) => item.finding === finding.id && item.telling === telling);

/**
 * Sends a supervisor the mail of a period. What the mail before it already told is only noted, so a run that died after
 * sending repeats nothing. A mail before it of which nobody knows whether it went out counts as not sent: its items
 * come again, and the doubt is reported.
 */
export const sendDigest =
  (deps: SendDigestDeps, { agency, code, period }: Around) =>
  async (supervisor: Person, items: readonly DigestItem[]): Promise<DigestEnd> => {
    const { mailings, findings, publicUrl, report } = deps;
    // A correction may be owed to more than one: the mark stays until the last of them has it.
    const isOwed = async (item: DigestItem): Promise<boolean> =>
      item.telling === 'withdrawn' && (await owedTo(deps)(item)).length > 0;
    const note = async (told: readonly DigestItem[]): Promise<void> => {
      for (const item of told)
        if (!(await isOwed(item))) await findings.told(item.finding.id, 'supervisor', item.telling);
    };

    const last = await mailings.last('digest', supervisor.id);
    const wasTold = last?.state === 'sent' ? speaksOf(last) : () => false;
    await note(items.filter(wasTold));
    const fresh = items.filter((item) => !wasTold(item));
    if (fresh.length === 0) return 'sent-before';
    if (last !== null && last.occasion > period) return 'next-time';

    const mailing: IntendedMail = {
      kind: 'digest',
      recipient: supervisor.id,
      occasion: period,
      items: fresh.map(({ finding, telling }) => ({ finding: finding.id, telling })),
    };
    const letter = digest({ agency, code, publicUrl, supervisor, period, items: fresh });
    switch (await deliverOnce(deps, mailing, supervisor.email, letter)) {
      case 'busy':
        return 'busy';
      case 'sent-before':
        return 'next-time';
      case 'undeliverable':
      case 'undeliverable-before':
        report('supervisor-unreachable', { person: supervisor.id, findings: fresh.length });
        return 'unreachable';
      case 'sent':
        if (last?.state === 'claimed' && fresh.some(speaksOf(last)))
          report('digest-perhaps-repeated', { person: supervisor.id, mails: 1, earlier: last.occasion });
        await note(fresh);
        return 'sent';
    }
  };
