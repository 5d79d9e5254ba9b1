import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Fate, Mailing, MailingName, MailKind, tagOf, type MailTag } from '../domain/digest/mail.js';
import { epochSeconds, minus, plus } from '../domain/time.js';
import type { MailingStore } from '../ports.js';
import { dynamoDocs } from './dynamo-docs.js';
import { CLAIM_MINUTES, heldClaim } from './mailing-claim.js';

const partition = (kind: Mailing['kind'], recipient: string) => `MAILING#${kind}#${recipient}`;
const key = ({ kind, recipient, occasion }: MailingName) => ({
  pk: partition(kind, recipient),
  sk: occasion,
});
const tagKey = (tag: MailTag) => ({ pk: `TAG#${tag}`, sk: 'TAG' });
const LISTING = 'MAILINGS';
const KINDS = MailKind.options;
const aboutKey = (finding: string) => `ABOUT#${finding}`;

/** Later than any job deletes a mailing: this only bounds what a job that never ran would leave. */
const EXPIRES_AFTER = { days: 400 };

/** The fates that do not weigh more than this one, by the names of their values. */
const lighter = (fate: Fate): ReadonlyMap<string, Fate> =>
  new Map(
    Fate.options
      .slice(0, Fate.options.indexOf(fate) + 1)
      .map((each, index) => [`:fate${index}`, each] as const),
  );

/** Intended mails in the table `mailings`. */
export const dynamoMailingStore = (client: DynamoDBDocumentClient, table: string): MailingStore => {
  const mailings = dynamoDocs(client, table, Mailing);
  const names = dynamoDocs(client, table, MailingName);
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
        fate: null,
      };
      const expiry = { expiresAt: epochSeconds(plus(at, EXPIRES_AFTER)) };
      // Each finding points to the mails on it before one of them can go out; a pointer too many does no harm.
      const name = { kind, recipient, occasion };
      for (const { finding } of items)
        await names.create({ pk: aboutKey(finding), sk: `${kind}#${recipient}#${occasion}` }, name, expiry);
      await names.create(tagKey(tagOf(name)), name, expiry);
      const claimed = await mailings.put(
        key(mailing),
        mailing,
        { ...expiry, listing: LISTING, claimedAt: at },
        {
          condition:
            'attribute_not_exists(pk) OR doc.#state = :unsent OR (doc.#state = :claimed AND doc.claimedAt <= :old)',
          names: { '#state': 'state' },
          values: {
            ':claimed': 'claimed',
            ':unsent': 'unsent',
            ':old': minus(at, { minutes: CLAIM_MINUTES }),
          },
        },
      );
      if (claimed) return 'claimed';
      const stored = await mailings.read(key(mailing));
      switch (stored?.state) {
        case undefined:
        case 'unsent':
          return 'busy';
        case 'claimed':
          return heldClaim(stored.claimedAt, at);
        case 'sent':
        case 'undeliverable':
          return stored.state;
      }
    },
    release: async (name) => {
      const released = await mailings.update(key(name), {
        set: 'doc.#state = :unsent',
        condition: 'doc.#state = :claimed',
        names: { '#state': 'state' },
        values: { ':unsent': 'unsent', ':claimed': 'claimed' },
      });
      if (!released) throw new Error(`No claim on the ${name.kind} of ${name.occasion} to release`);
    },
    settle: async (name, { state, messageId }) => {
      const settled = await mailings.update(key(name), {
        set: 'doc.#state = :state, doc.messageId = :messageId',
        // An event may be faster than the answer to the hand-over that it is about.
        condition: 'attribute_exists(pk) AND (attribute_not_exists(doc.fate) OR doc.fate <> :bounced)',
        names: { '#state': 'state' },
        values: { ':state': state, ':messageId': messageId, ':bounced': 'bounced' },
      });
      if (!settled && (await mailings.read(key(name)))?.fate !== 'bounced')
        throw new Error(`No claim on the ${name.kind} of ${name.occasion} to settle`);
    },
    byTag: async (tag) => {
      const name = await names.read(tagKey(tag));
      return name === null ? null : mailings.read(key(name));
    },
    noteFate: (name, { fate, messageId }) =>
      mailings.update(key(name), {
        set: 'doc.#state = :state, doc.messageId = :messageId, doc.fate = :fate',
        condition: `attribute_exists(pk) AND (attribute_not_exists(doc.fate) OR doc.fate IN (${[':none', ...lighter(fate).keys()].join(', ')}))`,
        names: { '#state': 'state' },
        values: {
          ':state': fate === 'bounced' ? 'undeliverable' : 'sent',
          ':messageId': messageId,
          ':fate': fate,
          ':none': null,
          ...Object.fromEntries(lighter(fate)),
        },
      }),
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
    to: async (recipient) => {
      const found = await Promise.all(
        KINDS.map((kind) =>
          mailings.query({
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': partition(kind, recipient) },
            ConsistentRead: true,
          }),
        ),
      );
      return found.flat();
    },
    claimedBy: (at, limit) =>
      mailings.query(
        {
          IndexName: 'age',
          KeyConditionExpression: 'listing = :listing AND claimedAt <= :at',
          ExpressionAttributeValues: { ':listing': LISTING, ':at': at },
        },
        limit,
      ),
    remove: async ({ kind, recipient, occasion, items }) => {
      for (const { finding } of items)
        await names.remove({ pk: aboutKey(finding), sk: `${kind}#${recipient}#${occasion}` });
      await names.remove(tagKey(tagOf({ kind, recipient, occasion })));
      await mailings.remove(key({ kind, recipient, occasion }));
    },
    about: async (finding) => {
      const named = await names.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': aboutKey(finding) },
        ConsistentRead: true,
      });
      const stored = await Promise.all(named.map((name) => mailings.read(key(name))));
      return stored
        .filter((mailing) => mailing !== null)
        .filter(({ items }) => items.some((item) => item.finding === finding));
    },
  };
};
