import { FileKey } from '../domain/files.js';
import { instant } from '../domain/time.js';
import { inParallel } from '../in-parallel.js';
import type { FileStore } from '../ports.js';
import { listObjects } from './s3-listing.js';
import { s3Requests, type Environment } from './s3-requests.js';

/** Finds files in a bucket and deletes them, which takes no client of S3. */
export const s3FileEraser = (
  bucket: string,
  environment: Environment,
): Pick<FileStore, 'list' | 'remove' | 'erase' | 'eraseOld'> => {
  const ask = s3Requests(bucket, environment);
  const filesUnder = async (prefix: string) =>
    (await listObjects(ask, prefix)).map(({ Key, Size, LastModified }) => ({
      key: FileKey.parse(Key),
      bytes: Size,
      at: instant(LastModified),
    }));
  const remove = async (key: FileKey): Promise<void> => {
    await ask({ method: 'DELETE', key });
  };
  const erased = async (files: readonly { readonly key: FileKey }[]): Promise<number> => {
    await inParallel(files, ({ key }) => remove(key));
    return files.length;
  };
  return {
    list: async (folder) => (await filesUnder(folder)).map(({ key, bytes }) => ({ key, bytes })),
    remove,
    erase: async (folder) => erased(await filesUnder(folder)),
    eraseOld: async (folder, since) =>
      erased((await filesUnder(`${folder}/`)).filter(({ at }) => at <= since)),
  };
};
