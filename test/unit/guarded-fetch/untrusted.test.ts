import fc from 'fast-check';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import { listen } from '../../servers-in-process/listen.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

const HEADS = ['', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 301 Moved\r\nlocation: http://10.0.0.1/\r\n'];

const PIECES = [
  ...[
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 301 Moved\r\n',
    'HTTP/1.1 304 \r\n',
    'HTTP/9 2 \r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
  ],
  ...[
    'content-length: 3\r\n',
    'content-length: -1\r\n',
    'content-length: 9999999999\r\n',
    'transfer-encoding: chunked\r\n',
  ],
  ...[
    'content-encoding: gzip\r\n',
    'content-encoding: br\r\n',
    'content-type: text/xml; charset=utf-7\r\n',
    'x: \u20ac\u0001\r\n',
  ],
  ...[
    'location: /\r\n',
    'location: //\r\n',
    'location: http://[\r\n',
    'etag: \u00ff\r\n',
    'connection: close\r\n',
  ],
  ...[
    '\r\n',
    '\r\n',
    '\n',
    '3\r\nisi\r\n',
    '0\r\n\r\n',
    'zz\r\n',
    '<rss/>',
    '\u001f\u008b\u0008\u0000',
    '\u0000',
  ],
];

describe('whatever comes over a connection', () => {
  it('is an outcome, never a fault', async () => {
    let answer = '';
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.from(answer)));
    });
    const host = `127.0.0.1:${await listen(server)}`;
    const permit = aPermit({ account: anAccount({ identity: { id: `http://${host}/`, host } }) });
    const kinds = new Set<string>();
    const piece = fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...HEADS), fc.array(piece), async (head, pieces) => {
        answer = `${head}${pieces.join('')}\r\n\r\n`;
        const fetch = guardedFetch({
          credential: noCredential,
          meter: unmetered,
          now: () => NOW,
          guard: 'loopback',
          reach: () => feedConnector.reach,
          userAgent: 'Netral/0.1',
        });
        kinds.add((await fetch(permit, { url: `http://${host}/` })).kind);
      }),
      { numRuns: 500 },
    );
    server.close();
    expect(kinds).toEqual(new Set(['answered', 'forbidden', 'unreachable']));
  }, 60_000);
});
