import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Mailing, type MailingName } from '../domain/digest/mail.js';
import { epochSeconds, minus, plus } from '../domain/time.js';
import type { MailingStore } from '../ports.js';
import { dynamoDocs } from './dynamo-docs.js';
import { CLAIM_MINUTES } from './mailing-claim.js';

const partition = (kind: Mailing['kind'], recipient: string) => `MAILING#${kind}#${recipient}`;
const key = ({ kind, recipient, occasion }: MailingName) => ({
  pk: partition(kind, recipient),
  sk: occasion,
});

/** Later than any job deletes a mailing: this only bounds what a job that never ran would leave. */
const EXPIRES_AFTER = { days: 400 };

/** Intended mails in the table `mailings`. */
export const dynamoMailingStore = (client: DynamoDBDocumentClient, table: string): MailingStore => {
  const mailings = dynamoDocs(client, table, Mailing);
  return {
    claim: async ({ kind, recipient, occasion, items }, at) => {
      const mailing: Mailing = {
        kind,
        recipient,
        occasion,
        items,
        state: 'claimed',
        claimedAt: at,
        messageId: null,
      };
      const claimed = await mailings.put(
        key(mailing),
        mailing,
        { expiresAt: epochSeconds(plus(at, EXPIRES_AFTER)) },
        {
          condition: 'attribute_not_exists(pk) OR (doc.#state = :claimed AND doc.claimedAt <= :old)',
          names: { '#state': 'state' },
          values: { ':claimed': 'claimed', ':old': minus(at, { minutes: CLAIM_MINUTES }) },
        },
      );
      if (claimed) return 'claimed';
      const stored = await mailings.read(key(mailing));
      return stored === null || stored.state === 'claimed' ? 'busy' : stored.state;
    },
    settle: async (name, { state, messageId }) => {
      const settled = await mailings.update(key(name), {
        set: 'doc.#state = :state, doc.messageId = :messageId',
        condition: 'attribute_exists(pk)',
        names: { '#state': 'state' },
        values: { ':state': state, ':messageId': messageId },
      });
      if (!settled) throw new Error(`No claim on the ${name.kind} of ${name.occasion} to settle`);
    },
    last: async (kind, recipient) => {
      const [last] = await mailings.query(
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': partition(kind, recipient) },
          ScanIndexForward: false,
          ConsistentRead: true,
        },
        1,
      );
      return last ?? null;
    },
  };
};
