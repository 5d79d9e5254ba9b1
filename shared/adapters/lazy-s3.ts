import type { FileStore, SealStore } from '../ports.js';

/** What is made by `load` once it is asked for, and then kept. */
const once = <Value>(load: () => Promise<Value>): (() => Promise<Value>) => {
  let loading: Promise<Value> | undefined;
  return () => (loading ??= load());
};

const client = once(async () => new (await import('@aws-sdk/client-s3')).S3Client());

/** Files in a bucket. S3's client is loaded with the first: most runs of a function come without one. */
export const lazyS3Files = (bucket: string): FileStore => {
  const files = once(async () => (await import('./s3-file-store.js')).s3FileStore(await client(), bucket));
  return {
    put: async (...given) => (await files()).put(...given),
    read: async (...given) => (await files()).read(...given),
    copy: async (...given) => (await files()).copy(...given),
    remove: async (...given) => (await files()).remove(...given),
    link: async (...given) => (await files()).link(...given),
    uploadLink: async (...given) => (await files()).uploadLink(...given),
    origin: async () => (await files()).origin(),
    list: async (...given) => (await files()).list(...given),
    erase: async (...given) => (await files()).erase(...given),
    eraseOld: async (...given) => (await files()).eraseOld(...given),
  };
};

/** Seals in a bucket, likewise. */
export const lazyS3Seals = (bucket: string): SealStore => {
  const seals = once(async () => (await import('./s3-seal-store.js')).s3SealStore(await client(), bucket));
  return {
    byDay: async (...given) => (await seals()).byDay(...given),
    put: async (...given) => (await seals()).put(...given),
    days: async () => (await seals()).days(),
  };
};
