import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sqsBatch } from '../../../shared/lambda/sqs-batch.js';
import { FILES, ITEMS, MESSAGES, Version } from '../../fixtures/versions/kinds.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/versions');
const versions = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, ...Version.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))) }));
const SCHEMAS: Readonly<Record<string, z.ZodType>> = { ...ITEMS, ...MESSAGES, ...FILES };

const all = versions.flatMap(({ file, items, messages, files }) =>
  [...items, ...messages, ...files].map((one) => ({ ...one, file })),
);

/** A queue's handler of this version, given these bodies; what it has worked on and what it has parked. */
const delivered = async (schema: z.ZodType, bodies: readonly string[]) => {
  const [handled, parked]: [unknown[], { body: string; reason: string }[]] = [[], []];
  const batch = sqsBatch({
    schema,
    handle: (message) => Promise.resolve(void handled.push(message)),
    park: (body, reason) => Promise.resolve(void parked.push({ body, reason })),
    report: () => undefined,
  });
  const record = (body: string, index: number) => ({
    messageId: String(index),
    receiptHandle: '',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  });
  const { batchItemFailures } = await batch(
    { Records: bodies.map(record) },
    { getRemainingTimeInMillis: () => 60_000 },
  );
  return { handled, parked, again: batchItemFailures };
};

describe('what another version has left', () => {
  it('is of every kind', () => {
    for (const { items, messages, files } of versions) {
      expect(new Set(items.map(({ kind }) => kind))).toEqual(new Set(Object.keys(ITEMS)));
      expect(new Set(messages.map(({ kind }) => kind))).toEqual(new Set(Object.keys(MESSAGES)));
      expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(Object.keys(FILES)));
    }
  });

  it.each(all)('is read whole: $kind $as of $file', ({ kind, value }) => {
    const schema = SCHEMAS[kind];
    const read: unknown = schema?.parse(value);
    // Newer fields may have come; none of the old ones is lost.
    expect(read).toMatchObject(z.record(z.string(), z.unknown()).parse(value));
    expect(schema?.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});

describe('messages of a deployment in mid-flight', () => {
  it.each(Object.entries(MESSAGES))(
    '%s: those of this version and the one before are worked on; those of a later one are kept with their reason, whole, and nothing comes again and again',
    async (kind, schema) => {
      const [message] = all.filter((one) => one.kind === kind);
      const now = z.record(z.string(), z.unknown()).parse(message?.value);
      const later = JSON.stringify({ ...now, version: 99 });
      const { handled, parked, again } = await delivered(schema, [
        later,
        JSON.stringify(now),
        JSON.stringify({ ...now, added: 'later' }),
      ]);
      expect(handled).toEqual([schema.parse(now)]);
      expect(parked).toEqual([
        { body: later, reason: 'unknown-shape' },
        { body: JSON.stringify({ ...now, added: 'later' }), reason: 'unknown-shape' },
      ]);
      expect(again).toEqual([]);
    },
  );

  it('posts: the first version is read as the second, with nothing deleted', async () => {
    const [message] = all.filter(({ kind }) => kind === 'posts');
    const { deleted, ...first } = z.looseObject({ deleted: z.unknown() }).parse(message?.value);
    const { handled, parked } = await delivered(MESSAGES.posts, [JSON.stringify({ ...first, version: 1 })]);
    expect([deleted, parked]).toEqual([[], []]);
    // Fields that came after the golden was written have their defaults.
    expect(handled).toEqual([MESSAGES.posts.parse({ ...first, version: 2, deleted: [] })]);
  });
});
