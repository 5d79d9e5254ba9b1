import * as z from 'zod';
import { Instant } from '../time.js';

/** A mail as a value: built by pure functions, sent by somebody else. */
export interface Mail {
  /** A bare address. */
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What a mail is for. Together with `recipient` and `occasion` it names one intended mail. */
export const MailKind = z.enum(['invitation', 'clarification', 'outcome', 'digest', 'work-list']);
export type MailKind = z.infer<typeof MailKind>;

/** One intended mail; however often a job runs, it is sent under this name once. */
export const Mailing = z.strictObject({
  kind: MailKind,
  recipient: z.string().min(1),
  /** What this mail is about: a period's first day, or a finding and what is told of it. */
  occasion: z.string().min(1),
  /** Findings it speaks of, and what it tells of each. */
  items: z.array(z.strictObject({ finding: z.string(), telling: z.string() })),
  /** `claimed` without an end: nobody knows whether it went out. `unsent`: it certainly did not, and is still owed. */
  state: z.enum(['claimed', 'unsent', 'sent', 'undeliverable']),
  claimedAt: Instant,
  messageId: z.string().nullable(),
});
export type Mailing = z.infer<typeof Mailing>;

export const MailingName = Mailing.pick({ kind: true, recipient: true, occasion: true });
export type MailingName = z.infer<typeof MailingName>;
