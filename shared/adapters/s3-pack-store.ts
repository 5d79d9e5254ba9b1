import { createHash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Packs } from '../domain/screening/packs.js';
import { millisecondsBetween, type Instant } from '../domain/time.js';
import { BadPackError } from '../errors.js';
import type { Clock, PackStore } from '../ports.js';
import { parsePackFiles, type PackText } from './pack-files.js';

/** The packs in use. Their texts lie beside it under their hash, so that old ones stay and none is ever overwritten. */
const Active = z.strictObject({
  files: z.array(z.strictObject({ name: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
type Active = z.infer<typeof Active>;

const ACTIVE = 'active.json';
const keyOf = ({ name, sha256 }: Active['files'][number]) => `${sha256}/${name}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A published change is in use everywhere after this time. */
const REREAD_AFTER_MILLISECONDS = 60_000;

const activeFrom = (text: string): Active => {
  try {
    return Active.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadPackError([`${ACTIVE}: ${error.message}`]);
    if (error instanceof z.ZodError) throw new BadPackError([`${ACTIVE}: ${z.prettifyError(error)}`]);
    throw error;
  }
};

/** The packs that were published to a bucket; the very same value until others are. */
export const s3PackStore = (client: S3Client, bucket: string, now: Clock): PackStore => {
  let cached: { readonly checkedAt: Instant; readonly active: string; readonly packs: Packs } | null = null;

  const read = async (key: string): Promise<string> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      if (error instanceof NoSuchKey) throw new BadPackError([`${key}: not in the bucket of packs`]);
      throw error;
    }
  };

  const load = async ({ files }: Active): Promise<Packs> => {
    const texts = await Promise.all(files.map(async (file) => ({ ...file, text: await read(keyOf(file)) })));
    const altered = texts.filter(({ text, sha256 }) => hashOf(text) !== sha256);
    if (altered.length > 0)
      throw new BadPackError(altered.map(({ name }) => `${name}: not the content that was published`));
    return parsePackFiles(texts);
  };

  const isFresh = (checkedAt: Instant, at: Instant): boolean => {
    const age = millisecondsBetween(checkedAt, at);
    return age >= 0 && age < REREAD_AFTER_MILLISECONDS;
  };

  return {
    active: async () => {
      const at = now();
      if (cached !== null && isFresh(cached.checkedAt, at)) return cached.packs;
      const active = await read(ACTIVE);
      const packs = cached?.active === active ? cached.packs : await load(activeFrom(active));
      cached = { checkedAt: at, active, packs };
      return packs;
    },
  };
};

/** Puts packs to use, all at once: their texts first, then the list of them. Packs that do not hold are refused. */
export const publishPacks = async (
  client: S3Client,
  bucket: string,
  texts: readonly PackText[],
): Promise<void> => {
  parsePackFiles(texts);
  const files = texts.map(({ name, text }) => ({ name, sha256: hashOf(text), text }));
  const put = (key: string, body: string, type: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }));
  for (const file of files) await put(keyOf(file), file.text, 'application/yaml');
  const active: Active = { files: files.map(({ name, sha256 }) => ({ name, sha256 })) };
  await put(ACTIVE, JSON.stringify(active), 'application/json');
};
