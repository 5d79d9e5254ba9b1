import {
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3ServiceException,
  type S3Client,
} from '@aws-sdk/client-s3';
import { canonicalJson } from '../domain/record/canonical.js';
import { Seal } from '../domain/record/seal.js';
import { LocalDate } from '../domain/time.js';
import type { SealStore } from '../ports.js';

const FOLDER = 'days/';
const keyOf = (day: LocalDate) => `${FOLDER}${day}.json`;

/** Seals as files in a bucket whose objects are locked. */
export const s3SealStore = (client: S3Client, bucket: string): SealStore => ({
  byDay: async (day) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(day) }));
      return Seal.parse(JSON.parse((await Body?.transformToString()) ?? ''));
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  },
  put: async (seal) => {
    const object = { Bucket: bucket, Key: keyOf(seal.day), ContentType: 'application/json' };
    try {
      await client.send(
        new PutObjectCommand({ ...object, Body: `${canonicalJson(seal)}\n`, IfNoneMatch: '*' }),
      );
      return 'sealed';
    } catch (error) {
      // 409: another write of this seal is under way at this moment.
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 412 || status === 409) return 'there';
      throw error;
    }
  },
  days: async () => {
    const days: LocalDate[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: FOLDER },
    ))
      days.push(
        ...Contents.map(({ Key = '' }) => LocalDate.parse(Key.slice(FOLDER.length, -'.json'.length))),
      );
    return days.sort();
  },
});
