import type { FileStore } from '../ports.js';

/** Files in a bucket, whose client is loaded with the first: most messages of a worker come without one. */
export const lazyS3Files = (bucket: string): (() => Promise<FileStore>) => {
  let store: FileStore | undefined;
  return async () => {
    const [{ S3Client }, { s3FileStore }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('./s3-file-store.js'),
    ]);
    store ??= s3FileStore(new S3Client(), bucket);
    return store;
  };
};
