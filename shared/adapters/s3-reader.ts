import { S3Error, s3Requests, type AskS3, type Environment } from './s3-requests.js';

/** The content of an object, `null` when there is none. */
export type ReadObject = (key: string) => Promise<Uint8Array | null>;

export const readerBy =
  (ask: AskS3): ReadObject =>
  async (key) => {
    try {
      return await ask({ method: 'GET', key });
    } catch (error) {
      if (error instanceof S3Error && error.name === 'NoSuchKey') return null;
      throw error;
    }
  };

/** Reads objects of a bucket. */
export const s3Reader = (bucket: string, environment: Environment): ReadObject =>
  readerBy(s3Requests(bucket, environment));
