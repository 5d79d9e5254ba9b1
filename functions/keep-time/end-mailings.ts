import { sha256 } from '../../shared/domain/ids.js';
import type { EndRule } from '../../shared/domain/record/entry.js';
import type { Mailing, MailingName } from '../../shared/domain/digest/mail.js';
import { minus } from '../../shared/domain/time.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { Clock, MailingStore, RecordStore, Report } from '../../shared/ports.js';

export interface EndMailingDeps {
  readonly mailings: Pick<MailingStore, 'remove'>;
  readonly record: Pick<RecordStore, 'appendOnce'>;
  readonly now: Clock;
}

const opaqueName = ({ kind, recipient, occasion }: MailingName): string =>
  sha256('mailing', kind, recipient, occasion).slice(0, 32);

/** Deletes the note of a mail, once there is a receipt. */
export const endMailing =
  ({ mailings, record, now }: EndMailingDeps) =>
  async (mailing: Mailing, rule: EndRule): Promise<'ended'> => {
    const name = opaqueName(mailing);
    await record.appendOnce(`mailing-ended#${name}#${mailing.claimedAt}`, {
      kind: 'ended',
      at: now(),
      rule,
      what: 'mailing',
      name,
    });
    await mailings.remove(mailing);
    return 'ended';
  };

export interface EndMailingsDeps extends EndMailingDeps {
  readonly mailings: Pick<MailingStore, 'claimedBy' | 'remove'>;
  readonly report: Report;
}

/** That a mail went out is known for a year. The address it went to is never kept. */
const MAILING_DAYS = 365;
const PER_RUN = 1_000;

export const endMailings = (deps: EndMailingsDeps) => async (): Promise<Tally> => {
  const oldest = minus(deps.now(), { days: MAILING_DAYS });
  const end = endMailing(deps);
  const run = startRun();
  for (const mailing of await deps.mailings.claimedBy(oldest, PER_RUN))
    await run.attempt(() => end(mailing, 'retention'));
  return run.end('mailings-ended', deps.report);
};
