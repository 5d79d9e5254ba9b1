import { mastodonConnector } from '../../../shared/networks/mastodon/mastodon-connector.js';
import { Instant, millisecondsBetween } from '../../../shared/domain/time.js';
import { anActor, aStatus } from '../../fixtures/mastodon.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { status } from '../../servers-in-process/feed-server.js';
import { startMastodonServer, type Entity } from '../../servers-in-process/mastodon-server.js';
import { conformance } from './conformance.js';

const ID = '109';
const LATE = '9'.repeat(18);

/** Ids grow with the time of posting, as Mastodon's do. */
const idAt = (at: string, ordinal: number): string => `${Date.parse(at)}${String(ordinal).padStart(5, '0')}`;

const statusAt = (id: string, text: string, at: string): Entity =>
  aStatus(id, text, { ago: { seconds: millisecondsBetween(Instant.parse(at), NOW) / 1000 } });

conformance({
  name: 'Mastodon',
  emptyLook: 1,
  showsDeletions: true,
  open: async () => {
    const server = await startMastodonServer();
    let posts: readonly Entity[] = [];
    let ordinal = 0;
    const list = (next: readonly Entity[]): void => {
      posts = next.toSorted((one, other) => other.id.localeCompare(one.id));
      server.lists(ID, posts);
    };
    server.account(anActor());
    list([]);
    return {
      connector: mastodonConnector,
      account: anAccount({
        network: 'mastodon',
        handle: `sari@${server.host}`,
        identity: { id: ID, host: server.host },
      }),
      publish: (text, at) => {
        ordinal += 1;
        const id = idAt(at, ordinal);
        list([...posts, statusAt(id, text, at)]);
        return id;
      },
      edit: (name, text) => {
        ordinal += 1;
        const edited_at = new Date(Date.parse(NOW) - 60_000 + ordinal).toISOString();
        list(
          posts.map((post) => (post.id === name ? { ...post, content: `<p>${text}</p>`, edited_at } : post)),
        );
      },
      remove: (name) => {
        list(posts.filter(({ id }) => id !== name));
      },
      lose: () => {
        server.always(status(404, {}, '{"error":"Record not found"}'));
      },
      answer: server.always,
      endless: () => {
        let page = 0;
        server.always((_, response) => {
          page += 1;
          const many = Array.from({ length: 40 }, (_unused, index) =>
            statusAt(String(BigInt(LATE) - BigInt(page * 40 + index)), 'lagi', '2026-11-23T04:00:00.000Z'),
          );
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(many));
        });
      },
      throttled: status(
        429,
        { 'x-ratelimit-reset': '2026-11-23T05:04:00.000000Z' },
        '{"error":"Too many requests"}',
      ),
      // In these scenes an endless list gives ids that the server itself does not know.
      faults: () => server.faults.filter((fault) => !fault.startsWith('an id never given')),
      close: server.close,
    };
  },
});
