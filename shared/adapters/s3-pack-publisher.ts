import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { compilePacks } from '../domain/screening/compiled-file.js';
import type { Rules } from '../domain/screening/rules.js';
import { parsePackFiles, type PackText } from './pack-files.js';
import { COMPILED, hashOf, keyOf, LISTS, RULES, type PackFile, type PackList } from './published-packs.js';

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
  const packs = parsePackFiles(texts);
  const rules = JSON.stringify({ code: packs.code, contests: packs.contests } satisfies Rules);
  const put = async (name: string, body: string | Uint8Array, type: string): Promise<PackFile> => {
    const file = { name, sha256: hashOf(body) };
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: keyOf(file), Body: body, ContentType: type }),
    );
    return file;
  };
  const files: PackFile[] = [];
  for (const { name, text } of texts) files.push(await put(name, text, 'application/yaml'));
  const list: PackList = {
    files,
    compiled: await put(COMPILED, compilePacks(packs), 'application/octet-stream'),
    rules: await put(RULES, rules, 'application/json'),
  };
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
