import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { compilePacks } from '../domain/screening/compiled-file.js';
import { millisecondsBetween, type Instant } from '../domain/time.js';
import { BadPackError } from '../errors.js';
import type { CandidateStore, Clock, PackStore, PublishedPacks, PublishedStore } from '../ports.js';
import { parsePackFiles, type PackText } from './pack-files.js';

const PackFile = z.strictObject({ name: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
type PackFile = z.infer<typeof PackFile>;

/**
 * A set of packs. Their texts lie beside it under their hash, so that old ones stay and none is ever overwritten; so
 * does the form they were compiled to, which sets of earlier versions do not have.
 */
const PackList = z.strictObject({ files: z.array(PackFile), compiled: PackFile.nullable().default(null) });
type PackList = z.infer<typeof PackList>;

const COMPILED = 'packs.bin';

/** Which set is in use, and which is tried beside it. */
const LISTS = { active: 'active.json', candidate: 'candidate.json' } as const;

const keyOf = ({ name, sha256 }: PackFile) => `${sha256}/${name}`;
const hashOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

const textOf = (content: Uint8Array): string => Buffer.from(content).toString();

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

/** Remembers what `work` has answered, and runs it again only if it failed. */
const once = <Result>(work: () => Promise<Result>): (() => Promise<Result>) => {
  let result: Promise<Result> | null = null;
  return () =>
    (result ??= work().catch((error: unknown) => {
      result = null;
      throw error;
    }));
};

/** The packs that were published to a bucket; the very same values until others are. */
export const s3PackStore = (
  client: S3Client,
  bucket: string,
  now: Clock,
): PackStore & CandidateStore & PublishedStore => {
  const read = async (key: string): Promise<Uint8Array | null> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  };

  const readPublished = async (file: PackFile): Promise<Uint8Array> => {
    const content = await read(keyOf(file));
    if (content === null) throw new BadPackError([`${keyOf(file)}: not in the bucket of packs`]);
    if (hashOf(content) !== file.sha256)
      throw new BadPackError([`${file.name}: not the content that was published`]);
    return content;
  };

  const setFrom = ({ files, compiled }: PackList): PublishedPacks => ({
    packs: once(async () =>
      parsePackFiles(
        await Promise.all(
          files.map(async (file) => ({ name: file.name, text: textOf(await readPublished(file)) })),
        ),
      ),
    ),
    compiled: once(async () => (compiled === null ? null : await readPublished(compiled))),
  });

  const isFresh = (checkedAt: Instant, at: Instant): boolean => {
    const age = millisecondsBetween(checkedAt, at);
    return age >= 0 && age < REREAD_AFTER_MILLISECONDS;
  };

  /** The set that a list names, asked for again after a minute, once for all who ask meanwhile; `null` without a list. */
  const setOf = (name: string): (() => Promise<PublishedPacks | null>) => {
    let cached: {
      readonly checkedAt: Instant;
      readonly list: string | null;
      readonly set: PublishedPacks | null;
    } | null = null;
    let reading: Promise<PublishedPacks | null> | null = null;
    const reread = async (): Promise<PublishedPacks | null> => {
      const checkedAt = now();
      const content = await read(name);
      const list = content === null ? null : textOf(content);
      const set = cached?.list === list ? cached.set : list === null ? null : setFrom(listFrom(name, list));
      cached = { checkedAt, list, set };
      return set;
    };
    return async () => {
      if (cached !== null && isFresh(cached.checkedAt, now())) return cached.set;
      reading ??= reread().finally(() => {
        reading = null;
      });
      return reading;
    };
  };

  const sets = { active: setOf(LISTS.active), candidate: setOf(LISTS.candidate) };
  return {
    published: (set) => sets[set](),
    active: async () => {
      const set = await sets.active();
      if (set === null) throw new BadPackError([`${LISTS.active}: not in the bucket of packs`]);
      return set.packs();
    },
    candidate: async () => (await sets.candidate())?.packs() ?? null,
  };
};

/**
 * Puts packs to use, or beside those in use as the candidate, all at once: their texts and what they compile to first,
 * then the list of them.
 * Packs that do not hold are refused.
 */
export const publishPacks = async (
  client: S3Client,
  bucket: string,
  texts: readonly PackText[],
  as: keyof typeof LISTS = 'active',
): Promise<void> => {
  const bytes = compilePacks(parsePackFiles(texts));
  const put = async (name: string, body: string | Uint8Array, type: string): Promise<PackFile> => {
    const file = { name, sha256: hashOf(body) };
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: keyOf(file), Body: body, ContentType: type }),
    );
    return file;
  };
  const files: PackFile[] = [];
  for (const { name, text } of texts) files.push(await put(name, text, 'application/yaml'));
  const list: PackList = { files, compiled: await put(COMPILED, bytes, 'application/octet-stream') };
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: LISTS[as],
      Body: JSON.stringify(list),
      ContentType: 'application/json',
    }),
  );
};

/** Ends the trial of the candidate, if there is one. Its texts stay, as those of every set do. */
export const removeCandidate = async (client: S3Client, bucket: string): Promise<void> => {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: LISTS.candidate }));
};
