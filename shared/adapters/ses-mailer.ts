import {
  BadRequestException,
  SESv2Client,
  SendEmailCommand,
  SESv2ServiceException,
  type SESv2ClientConfig,
} from '@aws-sdk/client-sesv2';
import { tagOf, type MailingName } from '../domain/digest/mail.js';
import type { Mailer } from '../ports.js';

/** A client that asks once: a repeat after a lost answer would send a second mail. */
export const sesClient = (config: SESv2ClientConfig = {}): SESv2Client =>
  new SESv2Client({ ...config, maxAttempts: 1 });

/** Line breaks could begin another header; direction marks could make an address read as another. */
const withoutControls = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim();

const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });

/** What SES's events call a mailing. Tags may hold letters, digits, `_` and `-` only, and nothing of a person. */
const tagsOf = (name: MailingName) => [
  { Name: 'kind', Value: name.kind },
  { Name: 'mailing', Value: tagOf(name) },
];

/** By it whoever keeps a mailbox can say which mail is meant, and the local stack what became of it. */
const HEADER = 'X-Netral-Mailing';

/** SES read the request and said no, as it does when asked too fast. A server's error may come after a mail went out. */
const isRefusal = (error: unknown): error is SESv2ServiceException => {
  if (!(error instanceof SESv2ServiceException)) return false;
  const { httpStatusCode = 0 } = error.$metadata;
  return httpStatusCode >= 400 && httpStatusCode < 500;
};

/**
 * Mail by SES, from `sender`. `rejected` means that SES can make no mail of this; `unsent` that it took none. What says
 * neither, such as a lost answer, throws.
 */
export const sesMailer = (client: SESv2Client, sender: string): Mailer => ({
  send: async ({ to, subject, html, text }, name) => {
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: sender,
          Destination: { ToAddresses: [withoutControls(to)] },
          Content: {
            Simple: {
              Subject: utf8(withoutControls(subject)),
              Body: { Html: utf8(html), Text: utf8(text) },
              Headers: [{ Name: HEADER, Value: tagOf(name) }],
            },
          },
          EmailTags: tagsOf(name),
        }),
      );
      if (MessageId === undefined) throw new Error('SES took a mail and named no message');
      return { kind: 'accepted', messageId: MessageId };
    } catch (error) {
      // Not `MessageRejected`: SES says that of an unverified sender too, and then no mail at all would be owed any more.
      if (error instanceof BadRequestException) return { kind: 'rejected' };
      if (isRefusal(error)) return { kind: 'unsent', because: error };
      throw error;
    }
  },
});
