import { once } from 'node:events';
import type { Server } from 'node:http';
import {
  BadRequestException,
  InternalServiceErrorException,
  MessageRejected,
  TooManyRequestsException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startMailbox } from '../../local/mailbox-server.js';
import { memoryMailer } from '../../shared/adapters/memory-mailer.js';
import { sesClient, sesMailer } from '../../shared/adapters/ses-mailer.js';
import type { Mail } from '../../shared/domain/digest/mail.js';
import type { Mailer } from '../../shared/ports.js';
import { opaqueId } from '../fixtures/registry.js';
import { portOf } from './databases.js';

const SENDER = 'netral@sukamaju.example';
const name = { kind: 'digest', recipient: opaqueId('supervisor'), occasion: '2026-11-23' } as const;
const aMail = (overrides: Partial<Mail> = {}): Mail => ({
  to: 'atasan@sukamaju.example',
  subject: 'Ringkasan 23 November – 1 temuan',
  html: '<p>Ada 1 temuan 🙏</p>',
  text: 'Ada 1 temuan 🙏',
  ...overrides,
});

interface OpenedMailer {
  readonly mailer: Mailer;
  readonly received: () => Promise<readonly Mail[]>;
}

const mailerContract = (open: () => OpenedMailer): void => {
  it('hands over a mail and says by which id it went', async () => {
    const { mailer, received } = open();
    const outcomes = [await mailer.send(aMail(), name), await mailer.send(aMail({ text: 'Kedua' }), name)];
    const ids = outcomes.map((outcome) => (outcome.kind === 'accepted' ? outcome.messageId : null));
    expect(ids).not.toContain(null);
    expect(new Set(ids).size).toBe(2);
    expect(await received()).toEqual([aMail(), aMail({ text: 'Kedua' })]);
  });
};

describe('a mailer in memory', () => {
  mailerContract(() => {
    const mailer = memoryMailer();
    return { mailer, received: () => Promise.resolve(mailer.sent.map(({ mail }) => mail)) };
  });

  it('turns away what it is told to', async () => {
    const mailer = memoryMailer({ rejecting: [aMail().to] });
    expect(await mailer.send(aMail(), name)).toEqual({ kind: 'rejected' });
    expect(mailer.sent).toEqual([]);
  });
});

const Store = z.object({
  emails: z.array(
    z.object({
      from: z.literal(SENDER),
      destination: z.object({ to: z.tuple([z.string()]) }),
      subject: z.string(),
      body: z.object({ html: z.string(), text: z.string() }),
    }),
  ),
});

describe('a mailer on SES', () => {
  let server: Server;
  let client: SESv2Client;
  let origin = '';

  beforeAll(async () => {
    server = await startMailbox({ host: '127.0.0.1', port: 0 });
    origin = `http://127.0.0.1:${portOf(server.address())}`;
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });
  afterEach(async () => {
    client.destroy();
    await fetch(`${origin}/clear-store`, { method: 'POST' });
  });

  const received = async (): Promise<Mail[]> => {
    const { emails } = Store.parse(await (await fetch(`${origin}/store`)).json());
    return emails.map(({ destination, subject, body }) => ({ to: destination.to[0], subject, ...body }));
  };
  const open = (): OpenedMailer => {
    client = sesClient({
      endpoint: origin,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    return { mailer: sesMailer(client, SENDER), received };
  };
  mailerContract(open);

  it('lets no line break or direction mark into a header', async () => {
    const { mailer } = open();
    const subject = 'Satu\r\nBcc: lain@sukamaju.example\u2028\u202edua\u2066';
    await mailer.send(aMail({ subject, to: 'atasan@sukamaju.example\u200f\n' }), name);
    expect(await received()).toEqual([aMail({ subject: 'Satu Bcc: lain@sukamaju.example dua' })]);
  });

  it('names the mailing in tags that SES allows and that name nobody', async () => {
    const { mailer } = open();
    let tags: unknown;
    client.middlewareStack.add(
      (next) => (request) => {
        tags = 'EmailTags' in request.input ? request.input.EmailTags : undefined;
        return next(request);
      },
      { step: 'initialize' },
    );
    await mailer.send(aMail(), name);
    const Tags = z.array(z.object({ Name: z.string(), Value: z.string().regex(/^[A-Za-z0-9_-]+$/) }));
    expect(Tags.parse(tags).map(({ Name }) => Name)).toEqual(['kind', 'mailing']);
    expect(JSON.stringify(tags)).not.toContain(name.recipient);
  });

  it('asks once when the answer is lost, and throws', async () => {
    const { mailer } = open();
    client.middlewareStack.add(
      (next) => async (request) => {
        await next(request);
        throw Object.assign(new Error('The answer was lost'), { name: 'TimeoutError' });
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await expect(mailer.send(aMail(), name)).rejects.toThrow('The answer was lost');
    expect(await received()).toHaveLength(1);
  });

  const failingWith = async (error: Error) => {
    const { mailer } = open();
    client.middlewareStack.add(() => () => Promise.reject(error), {
      step: 'finalizeRequest',
      priority: 'low',
    });
    return mailer.send(aMail(), name);
  };
  const fault = { $metadata: { httpStatusCode: 400 }, message: 'fault' };

  it('says `rejected` of a mail that SES cannot read', async () => {
    expect(await failingWith(new BadRequestException(fault))).toEqual({ kind: 'rejected' });
  });

  it.each([new MessageRejected(fault), new TooManyRequestsException(fault)])(
    'says `unsent` where SES refuses, for it took nothing and the mail stays owed',
    async (because) => {
      expect(await failingWith(because)).toEqual({ kind: 'unsent', because });
    },
  );

  it('throws what may come after a mail went out', async () => {
    const failure = new InternalServiceErrorException({
      $metadata: { httpStatusCode: 500 },
      message: 'fault',
    });
    await expect(failingWith(failure)).rejects.toThrow(InternalServiceErrorException);
    await expect(failingWith(new Error('socket hang up'))).rejects.toThrow('socket hang up');
  });
});
