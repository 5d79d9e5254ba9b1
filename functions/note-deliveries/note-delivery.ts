import { fateOf, type DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import type { Mailing } from '../../shared/domain/digest/mail.js';
import { FindingId } from '../../shared/domain/ids.js';
import { Telling } from '../../shared/domain/review/finding.js';
import { jobActs } from '../../shared/domain/review/transition.js';
import type { AgencyStore, Clock, FindingStore, MailingStore, Report } from '../../shared/ports.js';

export interface NoteDeliveryDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly findings: Pick<FindingStore, 'byId' | 'save'>;
  readonly mailings: Pick<MailingStore, 'about' | 'byTag' | 'noteFate'>;
  readonly now: Clock;
  readonly report: Report;
}

/** Somebody changed the finding at the same moment; the event comes again. */
const kept = (outcome: 'saved' | 'stale'): void => {
  if (outcome === 'stale') throw new Error('The finding changed meanwhile');
};

/**
 * Notes what became of a mail, and what follows: a holder's time to answer begins when the question was delivered and stops
 * when it came back; then the question is owed again, as a digest that came back is. Events may come twice, late and in any order.
 */
export const noteDelivery =
  ({ agency: agencies, findings, mailings, now, report }: NoteDeliveryDeps) =>
  async (event: DeliveryEvent): Promise<void> => {
    const mailing = await mailings.byTag(event.mailing);
    if (mailing === null) {
      report('delivery-of-unknown-mail', { events: 1, event: event.event });
      return;
    }
    const fate = fateOf(event);
    if (fate !== 'unsure' && !(await mailings.noteFate(mailing, { fate, messageId: event.messageId })))
      return;

    const window = async (act: 'notify' | 'bounce'): Promise<void> => {
      const agency = await agencies.read();
      if (agency === null) throw new Error('There are mails but no agency');
      const around = { at: now(), settings: agency.review, timeZone: agency.timeZone };
      for (const { finding: id } of mailing.items) {
        const finding = await findings.byId(FindingId.parse(id));
        if (finding === null || (await isSuperseded(mailings, mailing, finding.id))) continue;
        const outcome = jobActs(finding, { kind: act, job: 'note-deliveries' }, around);
        if (outcome.kind === 'moved') kept(await findings.save(outcome.finding));
      }
    };

    switch (fate) {
      case 'delivered':
        if (mailing.kind === 'clarification') await window('notify');
        return;
      case 'complained':
        report('mail-complained', { mails: 1, kind: mailing.kind });
        return;
      case 'unsure':
      case 'bounced':
        if (mailing.kind === 'clarification') await window('bounce');
        if (mailing.kind === 'digest' && fate === 'bounced') await oweAgain({ findings, mailings }, mailing);
        report('mail-came-back', { mails: 1, kind: mailing.kind, fate, recipient: mailing.recipient });
    }
  };

/** Whether the same was asked again at another address: what becomes of the earlier mail moves no window any more. */
const isSuperseded = async (
  { about }: Pick<MailingStore, 'about'>,
  { kind, claimedAt }: Mailing,
  finding: FindingId,
): Promise<boolean> =>
  (await about(finding)).some(
    (other) => other.kind === kind && other.state === 'sent' && other.claimedAt > claimedAt,
  );

/** What a digest that came back has told nobody is told by the next one, unless another has told it by now. */
const oweAgain = async (
  { findings, mailings }: Pick<NoteDeliveryDeps, 'findings' | 'mailings'>,
  { items, recipient }: Mailing,
): Promise<void> => {
  for (const { finding: id, telling } of items) {
    const finding = await findings.byId(FindingId.parse(id));
    if (finding === null || finding.state !== telling || finding.untold.supervisor !== null) continue;
    const tells = (mailing: Mailing): boolean =>
      mailing.kind === 'digest' &&
      mailing.recipient === recipient &&
      mailing.state === 'sent' &&
      mailing.items.some((item) => item.finding === id && item.telling === telling);
    if ((await mailings.about(finding.id)).some(tells)) continue;
    const untold = { ...finding.untold, supervisor: Telling.parse(telling) };
    kept(await findings.save({ ...finding, untold, revision: finding.revision + 1 }));
  }
};
