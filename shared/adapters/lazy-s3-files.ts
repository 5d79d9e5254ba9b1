import { once } from '../once.js';
import type { FileStore } from '../ports.js';
import { s3FileEraser } from './s3-file-eraser.js';
import type { Environment } from './s3-requests.js';

/** Files in a bucket. S3's client is loaded with the first that is kept, read or handed out: most runs come without one. */
export const lazyS3Files = (bucket: string, environment: Environment): FileStore => {
  const files = once(async () => {
    const { s3Client, s3FileStore } = await import('./s3-file-store.js');
    return s3FileStore(s3Client(), bucket);
  });
  return {
    ...s3FileEraser(bucket, environment),
    put: async (...given) => (await files()).put(...given),
    read: async (...given) => (await files()).read(...given),
    copy: async (...given) => (await files()).copy(...given),
    link: async (...given) => (await files()).link(...given),
    uploadLink: async (...given) => (await files()).uploadLink(...given),
    origin: async () => (await files()).origin(),
  };
};
