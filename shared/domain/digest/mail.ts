import * as z from 'zod';
import { Text } from '../fields.js';
import { Opaque, sha256 } from '../ids.js';
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

/** How a mail fared after it was handed over. A later fate weighs more: a mail that was delivered may still come back. */
export const Fate = z.enum(['delivered', 'complained', 'bounced']);
export type Fate = z.infer<typeof Fate>;

/** One intended mail; however often a job runs, it is sent under this name once. */
export const Mailing = z.strictObject({
  kind: MailKind,
  recipient: Text,
  /** What this mail is about: a period's first day, or a finding and what is told of it. */
  occasion: Text,
  /** Findings it speaks of, and what it tells of each. */
  items: z.array(z.strictObject({ finding: z.string(), telling: z.string() })),
  /** `claimed` without an end: nobody knows whether it went out. `unsent`: it certainly did not, and is still owed. */
  state: z.enum(['claimed', 'unsent', 'sent', 'undeliverable']),
  claimedAt: Instant,
  messageId: z.string().nullable(),
  /** What the mail service told of it since; `null` while it has told nothing. */
  fate: Fate.nullable().default(null),
});
export type Mailing = z.infer<typeof Mailing>;

export const MailingName = Mailing.pick({ kind: true, recipient: true, occasion: true });
export type MailingName = z.infer<typeof MailingName>;

/** What the mail service and its events call a mailing: nothing of a person. */
export const MailTag = Opaque.brand<'MailTag'>();
export type MailTag = z.infer<typeof MailTag>;

export const tagOf = ({ kind, recipient, occasion }: MailingName): MailTag =>
  MailTag.parse(sha256('mailing', kind, recipient, occasion).slice(0, 32));
