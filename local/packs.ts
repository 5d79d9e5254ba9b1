import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { parseDocument } from 'yaml';
import { readPackFolder } from '../shared/adapters/pack-files.js';
import { publishPacks } from '../shared/adapters/s3-pack-store.js';
import type { ContestCalendar } from '../shared/domain/calendar/contest.js';
import { PACKS_BUCKET } from './services.js';

/** Puts the project's packs to use, the sample contest with the dates of this sample. */
export const publishSamplePacks = async (s3: S3Client, contest: ContestCalendar): Promise<void> => {
  const texts = await readPackFolder(join(import.meta.dirname, '../packs'));
  const dated = texts.map((file) => {
    if (file.name !== `contests/${contest.id}.yaml`) return file;
    const document = parseDocument(file.text);
    document.set('stages', contest.stages);
    return { ...file, text: String(document) };
  });
  await publishPacks(s3, PACKS_BUCKET, dated);
};
