import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { FileKey } from '../domain/files.js';
import { instant } from '../domain/time.js';
import { inParallel } from '../in-parallel.js';
import type { FileStore } from '../ports.js';

/** RFC 6266: a name for old readers and the whole name for the others (RFC 8187, which escapes more than a URI needs). */
const saveAs = (name: string): string => {
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"; filename*=UTF-8''${whole}`;
};

/** Whatever a file is said to be: no browser takes this for a page. */
const BYTES = 'application/octet-stream';

interface Listed {
  readonly key: FileKey;
  readonly bytes: number;
  readonly at: Date | undefined;
}

/** Files in a bucket. */
export const s3FileStore = (client: S3Client, bucket: string): FileStore => {
  const filesUnder = async (prefix: string): Promise<Listed[]> => {
    const files: Listed[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: prefix },
    ))
      files.push(
        ...Contents.map(({ Key, Size = 0, LastModified }) => ({
          key: FileKey.parse(Key),
          bytes: Size,
          at: LastModified,
        })),
      );
    return files;
  };
  const remove = async (key: FileKey): Promise<void> => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  };
  const erased = async (files: readonly { readonly key: FileKey }[]): Promise<number> => {
    await inParallel(files, ({ key }) => remove(key));
    return files.length;
  };
  return {
    put: async (key, { bytes, type }) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: type }));
    },
    read: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    copy: async (from, to) => {
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: `${bucket}/${from}` }));
    },
    remove,
    link: (key, { seconds, name }) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ResponseContentDisposition: saveAs(name),
          ResponseContentType: BYTES,
        }),
        { expiresIn: seconds },
      ),
    uploadLink: async (key, { bytes, sha256, type, seconds }) => {
      const checksum = Buffer.from(sha256, 'hex').toString('base64');
      const link = await getSignedUrl(
        client,
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          ContentType: type,
          ContentLength: bytes,
          ChecksumSHA256: checksum,
        }),
        {
          expiresIn: seconds,
          // Signed as headers, so that the bucket compares them with the bytes that come.
          signableHeaders: new Set(['content-type', 'content-length']),
          unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        },
      );
      return { link, headers: { 'content-type': type, 'x-amz-checksum-sha256': checksum } };
    },
    origin: async () => {
      const anywhere = new GetObjectCommand({ Bucket: bucket, Key: 'any' });
      return new URL(await getSignedUrl(client, anywhere, { expiresIn: 1 })).origin;
    },
    list: async (folder) => (await filesUnder(folder)).map(({ key, bytes }) => ({ key, bytes })),
    erase: async (folder) => erased(await filesUnder(folder)),
    eraseOld: async (folder, since) =>
      erased((await filesUnder(`${folder}/`)).filter(({ at }) => at !== undefined && instant(at) <= since)),
  };
};
