import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from '../servers-in-process/listen.js';

/** One request of a function to AWS, and what AWS answered. */
export interface Recorded {
  readonly caller: string;
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  /** The operation, where the protocol names it in a header. */
  readonly target: string;
  /** What an object is copied from, `''` where nothing is. */
  readonly copied: string;
  readonly sent: Buffer;
  readonly status: number;
  readonly received: Buffer;
}

export const SERVICES = ['dynamodb', 'sqs', 's3', 'ses', 'secrets'] as const;
export type Service = (typeof SERVICES)[number];

type Answer = (
  incoming: IncomingMessage,
  sent: Buffer,
) => Promise<
  Pick<Recorded, 'status' | 'received'> & {
    readonly headers: NodeJS.Dict<string | string[]>;
  }
>;

/** Hands everything on to where the service really stands, as it came: whoever checks a signature finds it whole. */
const passingTo =
  (origin: string): Answer =>
  (incoming, sent) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const { method, url: path, headers } = incoming;
      const outgoing = ask({ hostname, port, method, path, headers }, (response) => {
        buffer(response).then((received) => {
          resolve({ status: response.statusCode ?? 0, received, headers: response.headers });
        }, reject);
      });
      outgoing.on('error', reject);
      outgoing.end(sent);
    });

/** An error that the SDK does not try to get over by itself. */
const REFUSED = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  received: Buffer.from(JSON.stringify({ __type: 'ValidationException', message: 'refused by the test' })),
};

/** Whether a request is to fail, as it may at any time. */
export type Refuses = (request: Pick<Recorded, 'caller' | 'target' | 'sent'>) => boolean;

/** Stands before a service for one function and writes down what it asks. */
export const startRecorder = async (
  {
    caller,
    service,
    origin,
    refuses,
  }: {
    readonly caller: string;
    readonly service: Service;
    readonly origin: string | Answer;
    readonly refuses: Refuses;
  },
  note: (recorded: Recorded) => void | Promise<void>,
): Promise<Server> => {
  const answer = typeof origin === 'string' ? passingTo(origin) : origin;
  const handle = async (incoming: IncomingMessage) => {
    const sent = await buffer(incoming);
    const { method = '', url: path = '', headers } = incoming;
    const target =
      String(headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? '';
    const answered = refuses({ caller, target, sent }) ? REFUSED : await answer(incoming, sent);
    await note({
      caller,
      service,
      method,
      path,
      target,
      copied: String(headers['x-amz-copy-source'] ?? ''),
      sent,
      status: answered.status,
      received: answered.received,
    });
    return answered;
  };
  const server = createServer((incoming, response) => {
    handle(incoming).then(
      ({ status, headers, received }) => {
        response.writeHead(status, headers).end(received);
      },
      () => {
        response.destroy();
      },
    );
  });
  await listen(server);
  return server;
};

/** The secrets of a new deployment: made, and not filled yet. */
export const emptySecrets: Answer = () =>
  Promise.resolve({
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    received: Buffer.from(JSON.stringify({ __type: 'ResourceNotFoundException', message: 'no value' })),
  });
