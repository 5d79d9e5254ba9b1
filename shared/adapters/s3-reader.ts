import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/transport';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';

/** What Lambda tells every function; an endpoint only where S3 is another than AWS's. */
const Aws = z.object({
  AWS_REGION: z.string().min(1),
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});
type Aws = z.infer<typeof Aws>;

/** The content of an object, `null` when there is none. */
export type ReadObject = (key: string) => Promise<Uint8Array | null>;

const RETRIES = 3;
const TIMEOUTS = { connectionTimeout: 3_000, requestTimeout: 10_000 };
const MAX_BYTES = 16 * 1024 * 1024;

const addressOf = (
  { AWS_ENDPOINT_URL_S3: endpoint, AWS_REGION: region }: Aws,
  bucket: string,
  key: string,
): URL => {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return endpoint === undefined
    ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/${path}`)
    : new URL(`${endpoint}/${bucket}/${path}`);
};

/** The SDK leaves open what a body is; its connections of Node give Node's streams. */
const Stream = z.instanceof(Readable);

const bytesOf = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error('The object is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
};

class BusyError extends Error {
  override readonly name = 'BusyError';
}

/**
 * Reads objects of a bucket by the SDK's own signer and connections, without its client of S3: that is 145 kB and a
 * third of a cold start, and most functions only ever read packs.
 */
export const s3Reader = (
  bucket: string,
  environment: Readonly<Record<string, string | undefined>>,
): ReadObject => {
  const aws = Aws.parse(environment);
  const signer = new SignatureV4({
    service: 's3',
    region: aws.AWS_REGION,
    credentials: {
      accessKeyId: aws.AWS_ACCESS_KEY_ID,
      secretAccessKey: aws.AWS_SECRET_ACCESS_KEY,
      ...(aws.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: aws.AWS_SESSION_TOKEN }),
    },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const connections = new NodeHttpHandler(TIMEOUTS);

  const ask = async (key: string): Promise<Uint8Array | null> => {
    const { protocol, hostname, host, port, pathname } = addressOf(aws, bucket, key);
    const request = new HttpRequest({
      method: 'GET',
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: pathname,
      headers: { host },
    });
    const signed = await signer.sign(request);
    const { response } = await connections.handle(new HttpRequest(signed));
    const body = await bytesOf(Stream.parse(response.body));
    if (response.statusCode === 200) return body;
    const fault = /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1] ?? '';
    if (fault === 'NoSuchKey') return null;
    const said = `S3 answered ${response.statusCode} ${fault} for ${key}`;
    throw response.statusCode >= 500 ? new BusyError(said) : new Error(said);
  };

  return async (key) => {
    for (let retry = 0; ; retry += 1) {
      try {
        return await ask(key);
      } catch (error) {
        const passes = error instanceof BusyError || (error instanceof Error && 'code' in error);
        if (!passes || retry === RETRIES) throw error;
        await setTimeout(Math.random() * 100 * 2 ** retry);
      }
    }
  };
};
