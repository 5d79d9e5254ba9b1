import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Instant } from '../../shared/domain/time.js';
import type { LaterPost } from './posts.js';

export interface LoopbackServer {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** What a server of the sample network is to show. */
export interface Served<Account> {
  readonly accounts: readonly Account[];
  readonly later: readonly LaterPost[];
  /** The sample's clock: a post dated after it is not yet there. */
  readonly now: () => Instant;
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** A server of the sample network on this machine; port 0 takes a free one. */
export const serveOnLoopback = async (port: number, answer: RequestListener): Promise<LoopbackServer> => {
  const server = createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The sample network has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
