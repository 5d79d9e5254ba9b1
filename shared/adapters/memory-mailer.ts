import type { Mail, MailingName } from '../domain/digest/mail.js';
import type { Mailer } from '../ports.js';
import { promised } from './memory-rows.js';

interface SentMail {
  readonly mail: Mail;
  readonly name: MailingName;
}

/** A mailbox for one process. Mail to the addresses `rejecting` is turned away. */
export const memoryMailer = ({ rejecting = [] }: { readonly rejecting?: readonly string[] } = {}): Mailer & {
  readonly sent: readonly SentMail[];
} => {
  const sent: SentMail[] = [];
  return {
    sent,
    send: (mail, name) =>
      promised(() => {
        if (rejecting.includes(mail.to)) return { kind: 'rejected' };
        sent.push(structuredClone({ mail, name }));
        return { kind: 'accepted', messageId: `memory-${sent.length}` };
      }),
  };
};
