import {
  CopyObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { FileStore } from '../ports.js';

export const s3Client = (): S3Client => new S3Client();

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

/** Files in a bucket, as far as it takes S3's client. */
export const s3FileStore = (
  client: S3Client,
  bucket: string,
): Pick<FileStore, 'put' | 'read' | 'copy' | 'link' | 'uploadLink' | 'origin'> => ({
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
});
