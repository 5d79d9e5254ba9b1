import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Packs } from '../domain/screening/packs.js';
import { millisecondsBetween, type Instant } from '../domain/time.js';
import { BadPackError } from '../errors.js';
import type { CandidateStore, Clock, PackStore } from '../ports.js';
import { parsePackFiles, type PackText } from './pack-files.js';

/** A set of packs. Their texts lie beside it under their hash, so that old ones stay and none is ever overwritten. */
const PackList = z.strictObject({
  files: z.array(z.strictObject({ name: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
type PackList = z.infer<typeof PackList>;

/** Which set is in use, and which is tried beside it. */
const LISTS = { active: 'active.json', candidate: 'candidate.json' } as const;

const keyOf = ({ name, sha256 }: PackList['files'][number]) => `${sha256}/${name}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A published change is in use everywhere after this time. */
const REREAD_AFTER_MILLISECONDS = 60_000;

const listFrom = (name: string, text: string): PackList => {
  try {
    return PackList.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadPackError([`${name}: ${error.message}`]);
    if (error instanceof z.ZodError) throw new BadPackError([`${name}: ${z.prettifyError(error)}`]);
    throw error;
  }
};

/** The packs that were published to a bucket; the very same value until others are. */
export const s3PackStore = (client: S3Client, bucket: string, now: Clock): PackStore & CandidateStore => {
  const read = async (key: string): Promise<string | null> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  };

  const readPublished = async (key: string): Promise<string> => {
    const text = await read(key);
    if (text === null) throw new BadPackError([`${key}: not in the bucket of packs`]);
    return text;
  };

  const load = async ({ files }: PackList): Promise<Packs> => {
    const texts = await Promise.all(
      files.map(async (file) => ({ ...file, text: await readPublished(keyOf(file)) })),
    );
    const altered = texts.filter(({ text, sha256 }) => hashOf(text) !== sha256);
    if (altered.length > 0)
      throw new BadPackError(altered.map(({ name }) => `${name}: not the content that was published`));
    return parsePackFiles(texts);
  };

  const isFresh = (checkedAt: Instant, at: Instant): boolean => {
    const age = millisecondsBetween(checkedAt, at);
    return age >= 0 && age < REREAD_AFTER_MILLISECONDS;
  };

  /** The set that a list names, read again after a minute, once for all who ask meanwhile; `null` without a list. */
  const setOf = (name: string): (() => Promise<Packs | null>) => {
    let cached: {
      readonly checkedAt: Instant;
      readonly list: string | null;
      readonly packs: Packs | null;
    } | null = null;
    let reading: Promise<Packs | null> | null = null;
    const reread = async (): Promise<Packs | null> => {
      const checkedAt = now();
      const list = await read(name);
      const packs =
        cached?.list === list ? cached.packs : list === null ? null : await load(listFrom(name, list));
      cached = { checkedAt, list, packs };
      return packs;
    };
    return async () => {
      if (cached !== null && isFresh(cached.checkedAt, now())) return cached.packs;
      reading ??= reread().finally(() => {
        reading = null;
      });
      return reading;
    };
  };

  const active = setOf(LISTS.active);
  return {
    active: async () => {
      const packs = await active();
      if (packs === null) throw new BadPackError([`${LISTS.active}: not in the bucket of packs`]);
      return packs;
    },
    candidate: setOf(LISTS.candidate),
  };
};

/**
 * Puts packs to use, or beside those in use as the candidate, all at once: their texts first, then the list of them.
 * Packs that do not hold are refused.
 */
export const publishPacks = async (
  client: S3Client,
  bucket: string,
  texts: readonly PackText[],
  as: keyof typeof LISTS = 'active',
): Promise<void> => {
  parsePackFiles(texts);
  const files = texts.map(({ name, text }) => ({ name, sha256: hashOf(text), text }));
  const put = (key: string, body: string, type: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: type }));
  for (const file of files) await put(keyOf(file), file.text, 'application/yaml');
  const list: PackList = { files: files.map(({ name, sha256 }) => ({ name, sha256 })) };
  await put(LISTS[as], JSON.stringify(list), 'application/json');
};

/** Ends the trial of the candidate, if there is one. Its texts stay, as those of every set do. */
export const removeCandidate = async (client: S3Client, bucket: string): Promise<void> => {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: LISTS.candidate }));
};
