import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/record/canonical.js';
import { Seal } from '../domain/record/seal.js';
import { LocalDate } from '../domain/time.js';
import type { SealStore } from '../ports.js';
import { listObjects } from './s3-listing.js';
import { readerBy } from './s3-reader.js';
import { S3Error, s3Requests, type Environment } from './s3-requests.js';

const FOLDER = 'days/';
const keyOf = (day: LocalDate) => `${FOLDER}${day}.json`;

/** Seals as files in a bucket whose objects are locked. */
export const s3SealStore = (bucket: string, environment: Environment): SealStore => {
  const ask = s3Requests(bucket, environment);
  const read = readerBy(ask);
  return {
    byDay: async (day) => {
      const seal = await read(keyOf(day));
      return seal === null ? null : Seal.parse(JSON.parse(Buffer.from(seal).toString()));
    },
    put: async (seal) => {
      const body = `${canonicalJson(seal)}\n`;
      const headers = {
        'content-type': 'application/json',
        'if-none-match': '*',
        // Nothing is locked without one.
        'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64'),
      };
      try {
        await ask({ method: 'PUT', key: keyOf(seal.day), headers, body });
        return 'sealed';
      } catch (error) {
        // 409: another write of this seal is under way at this moment.
        if (error instanceof S3Error && (error.status === 412 || error.status === 409)) return 'there';
        throw error;
      }
    },
    days: async () => {
      const seals = await listObjects(ask, FOLDER);
      return seals.map(({ Key }) => LocalDate.parse(Key.slice(FOLDER.length, -'.json'.length))).sort();
    },
  };
};
