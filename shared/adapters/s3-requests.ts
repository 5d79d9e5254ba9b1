import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Sha256 } from '@smithy/core/checksum';
import { escapeUriPath } from '@smithy/core/protocols';
import { HttpRequest, type HttpResponse } from '@smithy/core/transport';
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

export type Environment = Readonly<Record<string, string | undefined>>;

interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** Of an object; of the bucket itself it is empty. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What S3 answers with; whatever it refuses is an `S3Error`. */
export type AskS3 = (request: S3Request) => Promise<Uint8Array>;

const RETRIES = 3;
const TIMEOUTS = {
  connectionTimeout: 3_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
  // The request's own ends with the headers of its answer.
  socketTimeout: 10_000,
};
const MAX_BYTES = 16 * 1024 * 1024;

const addressOf = (
  { AWS_ENDPOINT_URL_S3: endpoint, AWS_REGION: region }: Aws,
  bucket: string,
  key: string,
): URL => {
  // As S3 reads it before it checks what was signed.
  const path = escapeUriPath(key);
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

/** What S3 refused, under the name that S3 gives it. */
export class S3Error extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(asked: string, { statusCode, headers }: HttpResponse, body: Buffer) {
    const code = /<Code>(\w+)<\/Code>/.exec(body.toString())?.[1] ?? 'S3Error';
    const request = headers['x-amz-request-id'] ?? 'without an id';
    super(`S3 answered ${statusCode} ${code} for ${asked} (request ${request})`);
    this.name = code;
    this.status = statusCode;
  }
}

/** As the SDK's clients have it: what S3 had no time for, and what broke off on the way. */
const passes = (error: unknown): boolean => {
  if (error instanceof S3Error)
    return error.status >= 500 || error.status === 429 || error.name === 'RequestTimeout';
  return error instanceof Error && ('code' in error || error.name === 'TimeoutError');
};

/**
 * Asks S3 by the SDK's own signer and connections, without its client of S3: that is 145 kB and a third of a cold start,
 * and most functions only ever read packs.
 */
export const s3Requests = (bucket: string, environment: Environment): AskS3 => {
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

  const ask: AskS3 = async ({ method, key, query = {}, headers = {}, body }) => {
    const { protocol, hostname, host, port, pathname } = addressOf(aws, bucket, key);
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = new HttpRequest({
      method,
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: pathname,
      query: { ...query },
      headers: { host, ...length, ...headers },
      body,
    });
    const signed = await signer.sign(request);
    const { response } = await connections.handle(new HttpRequest(signed));
    const answer = await bytesOf(Stream.parse(response.body));
    if (response.statusCode === 200 || response.statusCode === 204) return answer;
    throw new S3Error(`${bucket}/${key}`, response, answer);
  };

  return async (request) => {
    for (let retry = 0; ; retry += 1) {
      try {
        return await ask(request);
      } catch (error) {
        if (!passes(error) || retry === RETRIES) throw error;
        await setTimeout(Math.random() * 100 * 2 ** retry);
      }
    }
  };
};
