import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { FileKey, type FileFolder } from '../domain/files.js';
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

/** Files in a bucket. */
export const s3FileStore = (client: S3Client, bucket: string): FileStore => {
  const keysIn = async (folder: FileFolder): Promise<FileKey[]> => {
    const keys: FileKey[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: folder },
    ))
      keys.push(...Contents.map(({ Key }) => FileKey.parse(Key)));
    return keys.sort();
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
    link: (key, { seconds, name }) =>
      getSignedUrl(
        client,
        new GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition: saveAs(name) }),
        { expiresIn: seconds },
      ),
    list: keysIn,
    erase: async (folder) => {
      const keys = await keysIn(folder);
      await inParallel(keys, (key) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
      return keys.length;
    },
  };
};
