import * as z from 'zod';
import { Text } from '../fields.js';
import { MailTag } from './mail.js';

/** What became of a mail after it was handed over, as the mail service tells it; nothing of whom it went to. */
export const DeliveryEvent = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.enum(['Delivery', 'Complaint', 'Reject']),
    mailing: MailTag,
    messageId: Text,
  }),
  z.strictObject({
    event: z.literal('Bounce'),
    mailing: MailTag,
    messageId: Text,
    bounce: z.enum(['Permanent', 'Transient', 'Undetermined']),
  }),
]);
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;

/**
 * `unsure`: for now it did not reach anybody, or an automatic reply came back. Whoever counts on it having been read must
 * not, and nobody may be sure either that it was not.
 */
export const fateOf = (event: DeliveryEvent): 'delivered' | 'complained' | 'bounced' | 'unsure' => {
  switch (event.event) {
    case 'Delivery':
      return 'delivered';
    case 'Complaint':
      return 'complained';
    case 'Reject':
      return 'bounced';
    case 'Bounce':
      return event.bounce === 'Transient' ? 'unsure' : 'bounced';
  }
};
