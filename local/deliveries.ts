import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { DeliveryEvent } from '../shared/domain/digest/delivery.js';
import { MailTag } from '../shared/domain/digest/mail.js';
import { mailingOf, mails } from './mailbox.js';
import type { Services } from './services.js';

/**
 * What SES's events are to a deployment: whatever lies in the mailbox was delivered, and that is told once. Each call tells
 * what has come since the one before; what came before this start was told then, and is told again for what a stop cut off.
 */
export const deliveryTeller = ({ sqs, deliveries }: Pick<Services, 'sqs' | 'deliveries'>) => {
  const told = new Set<string>();
  return async (): Promise<void> => {
    for (const mail of mails()) {
      const mailing = mailingOf(mail);
      if (mailing === null || told.has(mail.messageId)) continue;
      told.add(mail.messageId);
      const event: DeliveryEvent = {
        event: 'Delivery',
        mailing: MailTag.parse(mailing),
        messageId: mail.messageId,
      };
      await sqs.send(
        new SendMessageCommand({ QueueUrl: deliveries.url, MessageBody: JSON.stringify(event) }),
      );
    }
  };
};
