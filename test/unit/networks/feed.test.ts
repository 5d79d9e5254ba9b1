import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { anEntry, jsonFeed, type Entry } from '../../fixtures/feeds.js';
import { anAccount } from '../../fixtures/registry.js';
import { document, startFeedServer, status, type Play } from '../../servers-in-process/feed-server.js';
import { conformance } from './conformance.js';

const PAGE = 40;
const PAGES = 10;
const JSON_FEED = { 'content-type': 'application/feed+json' };

conformance({
  name: 'feeds',
  emptyLook: 1,
  showsDeletions: false,
  open: async () => {
    const server = await startFeedServer();
    const handle = `${server.origin}/feed`;
    const entries: Entry[] = [];
    let instead: Play | null = null;
    const pathOf = (page: number): string => (page === 0 ? '/feed' : `/feed?page=${page}`);
    const serve = (): void => {
      for (let page = 0; page < PAGES; page += 1) {
        const rest = entries.slice(page * PAGE);
        const next = rest.length > PAGE ? pathOf(page + 1) : undefined;
        server.on(pathOf(page), instead ?? document(jsonFeed(rest.slice(0, PAGE), next), JSON_FEED));
      }
    };
    serve();
    return {
      connector: feedConnector,
      account: anAccount({ handle, identity: { id: handle, host: server.host } }),
      publish: (text, at) => {
        const id = `tulisan-${at}`;
        entries.unshift(anEntry({ id, html: `<p>${text}</p>`, published: at }));
        serve();
        return id;
      },
      edit: (id, text) => {
        const index = entries.findIndex((entry) => entry.id === id);
        entries[index] = { ...entries[index]!, html: `<p>${text}</p>` };
        serve();
      },
      remove: (id) => {
        entries.splice(
          entries.findIndex((entry) => entry.id === id),
          1,
        );
        serve();
      },
      lose: () => {
        instead = status(410);
        serve();
      },
      answer: (play) => {
        instead = play;
        serve();
      },
      endless: () => {
        instead = (request, response) => {
          const page = Number(new URL(request.url!, server.origin).searchParams.get('page') ?? 0);
          server.on(pathOf(page + 1), instead!);
          const items = Array.from({ length: PAGE }, (_, index) => anEntry({ id: `lagi-${page}-${index}` }));
          document(jsonFeed(items, pathOf(page + 1)), JSON_FEED)(request, response);
        };
        serve();
      },
      throttled: status(429, { 'retry-after': '600' }),
      faults: () => server.faults,
      close: server.close,
    };
  },
});
