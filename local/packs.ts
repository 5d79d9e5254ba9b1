import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { parseDocument } from 'yaml';
import { readPackFolder } from '../shared/adapters/pack-files.js';
import { publishPacks } from '../shared/adapters/s3-pack-publisher.js';
import type { ContestCalendar } from '../shared/domain/calendar/contest.js';
import { PACKS_BUCKET } from './services.js';

/** A regional language may indicate only after a native reader has signed; in the sample, an invented one has, for some. */
const SAMPLE_REVIEWED = ['jv', 'su', 'min', 'mly-east'];
const SAMPLE_REVIEW = { by: 'Pembaca contoh', on: '2026-01-01' };

/** Puts the project's packs to use: the sample contest with the dates of this sample, its languages as if reviewed. */
export const publishSamplePacks = async (s3: S3Client, contest: ContestCalendar): Promise<void> => {
  const texts = await readPackFolder(join(import.meta.dirname, '../packs'));
  const dated = texts.map((file) => {
    const document = parseDocument(file.text);
    if (file.name === `contests/${contest.id}.yaml`) document.set('stages', contest.stages);
    if (SAMPLE_REVIEWED.some((name) => file.name === `language/${name}.yaml`))
      document.set('review', SAMPLE_REVIEW);
    return { ...file, text: String(document) };
  });
  await publishPacks(s3, PACKS_BUCKET, dated);
};
