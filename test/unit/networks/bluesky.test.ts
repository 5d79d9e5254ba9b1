import { blueskyConnector } from '../../../shared/networks/bluesky/bluesky-connector.js';
import { anAccount } from '../../fixtures/registry.js';
import { status } from '../../servers-in-process/feed-server.js';
import { startAtprotoServer, tid } from '../../servers-in-process/atproto-server.js';
import { conformance } from './conformance.js';

const DID = 'did:plc:sarilestari2345677222222';
const POSTS = 'app.bsky.feed.post';
const LIST = 'com.atproto.repo.listRecords';

conformance({
  name: 'Bluesky',
  emptyLook: 1,
  showsDeletions: true,
  open: async () => {
    const server = await startAtprotoServer();
    server.enrol(DID, 'sari.sukamaju.example');
    const put = (rkey: string, text: string, createdAt: string): string => {
      server.put(DID, POSTS, rkey, { text, createdAt, langs: ['id'] });
      return rkey;
    };
    const times = new Map<string, string>();
    return {
      connector: blueskyConnector({ guard: 'loopback', plcDirectory: server.origin, appView: server.origin }),
      account: anAccount({
        network: 'bluesky',
        handle: 'sari.sukamaju.example',
        identity: { id: DID, host: server.host },
      }),
      publish: (text, at) => {
        const rkey = tid(Date.parse(at));
        times.set(rkey, at);
        return put(rkey, text, at);
      },
      edit: (rkey, text) => {
        put(rkey, text, times.get(rkey)!);
      },
      remove: (rkey) => {
        server.remove(DID, POSTS, rkey);
      },
      lose: () => {
        server.setStatus(DID, 'deleted');
      },
      answer: (play) => {
        server.on('*', play);
      },
      endless: () => {
        let ordinal = 0;
        server.on(LIST, (request, response) => {
          const collection = new URL(request.url!, server.origin).searchParams.get('collection')!;
          ordinal += 1;
          const records = Array.from({ length: 100 }, (_, index) => ({
            uri: `at://${DID}/${collection}/${tid(Date.parse('2026-11-23T04:00:00.000Z') + ordinal, index)}`,
            cid: 'bafyreiendless',
            value: { text: 'lagi', createdAt: '2026-11-23T04:00:00.000Z' },
          }));
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ records, cursor: 'x' }));
        });
      },
      throttled: status(429, {
        'ratelimit-limit': '3000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(Date.parse('2026-11-23T05:04:00.000Z') / 1000),
        'ratelimit-policy': '3000;w=300',
      }),
      faults: () => server.faults,
      close: server.close,
    };
  },
});
