import type { Mailing, MailingName } from '../domain/digest/mail.js';
import type { Clock, Mailer, MailingStore } from '../ports.js';
import type { Letter } from './letter.js';

export interface DeliverDeps {
  readonly mailings: Pick<MailingStore, 'claim' | 'release' | 'settle'>;
  readonly mailer: Mailer;
  readonly now: Clock;
}

/** A mail by its name, and the findings it speaks of. */
export type IntendedMail = MailingName & Pick<Mailing, 'items'>;

/** `sent-before`, `undeliverable-before` and `busy`: another run has done this, or is doing it. */
export type Delivery = 'sent' | 'sent-before' | 'busy' | 'undeliverable' | 'undeliverable-before';

/**
 * Sends one intended mail: claimed, handed over, settled. A run that dies in between leaves its claim, which is given
 * again later: the mail goes out at least once. Nobody's address (`null`) and a refused one end the same way. Throws
 * where the mail is still owed: it was not taken, and then the claim is free again; or nobody knows whether it was.
 */
export const deliverOnce = async (
  { mailings, mailer, now }: DeliverDeps,
  { kind, recipient, occasion, items }: IntendedMail,
  to: string | null,
  letter: Letter,
): Promise<Delivery> => {
  const name = { kind, recipient, occasion };
  const claim = await mailings.claim({ ...name, items }, now());
  switch (claim) {
    case 'busy':
      return claim;
    case 'undeliverable':
      return 'undeliverable-before';
    case 'in-doubt':
      throw new Error(`Whether the ${kind} of ${occasion} went out is not known`);
    case 'sent':
      return 'sent-before';
    case 'claimed': {
      const answer = to === null ? null : await mailer.send({ to, ...letter }, name);
      if (answer?.kind === 'accepted') {
        await mailings.settle(name, { state: 'sent', messageId: answer.messageId });
        return 'sent';
      }
      if (answer?.kind === 'unsent') {
        await mailings.release(name);
        throw answer.because;
      }
      await mailings.settle(name, { state: 'undeliverable', messageId: null });
      return 'undeliverable';
    }
  }
};
