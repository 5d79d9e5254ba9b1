import type { ServerResponse } from 'node:http';
import { Instant } from '../../shared/domain/time.js';
import { serveOnLoopback, type LoopbackServer, type Served } from './loopback.js';
import { postsShown, wordsOf, type SamplePost } from './posts.js';
import { contentId, recordKey } from './public-ids.js';
import type { SampleProfile } from './world.js';

const POSTS = 'app.bsky.feed.post';
const PROFILES = 'app.bsky.actor.profile';
const PAGE = 50;
const MOST = 100;

interface StoredRecord {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const postRecord = (post: SamplePost): StoredRecord => ({
  key: recordKey(post),
  value: { $type: POSTS, text: wordsOf(post), langs: ['id'], createdAt: post.postedAt },
});

/** The directory of identities, the one who knows handles and the server of repositories, all in one: what a reader asks of each. */
export const startAtprotoServer = async ({
  accounts,
  later,
  now,
  port = 0,
}: Served<SampleProfile>): Promise<LoopbackServer> => {
  const byDid = new Map(accounts.map((account) => [account.id, account]));
  /** Taken down at the moment that somebody first wanted to read them. */
  const takenDown = new Set<string>();

  const recordsOf = (account: SampleProfile, collection: string, at: Instant): readonly StoredRecord[] => {
    if (collection === POSTS) return postsShown(account, later, at).map(postRecord);
    if (collection !== PROFILES) return [];
    return [{ key: 'self', value: { $type: PROFILES, displayName: account.holder.name } }];
  };

  /** When its holder last posted, edited or deleted something. */
  const lastWrite = ({ path, posts }: SampleProfile, at: Instant): Instant =>
    [...later.filter((post) => post.path === path), ...posts]
      .flatMap(({ postedAt, change }) => [postedAt, ...(change === undefined ? [] : [change.at])])
      .filter((moment) => moment <= at)
      .sort()
      .at(-1) ?? BEGAN;

  const answer = (method: string, asked: URLSearchParams, response: ServerResponse): void => {
    const account = byDid.get(asked.get('did') ?? asked.get('repo') ?? '');
    const collection = asked.get('collection') ?? '';
    const listed = (own: SampleProfile, { key, value }: StoredRecord) => ({
      uri: `at://${own.id}/${collection}/${key}`,
      cid: contentId(value),
      value,
    });
    if (method === 'com.atproto.identity.resolveHandle') {
      const named = accounts.find(({ name }) => name === asked.get('handle'));
      if (named === undefined) refuse(response, 'HandleNotFound');
      else send(response, 200, { did: named.id });
      return;
    }
    if (account === undefined) {
      refuse(response, 'RepoNotFound');
      return;
    }
    const { id: did } = account;
    if (method === 'com.atproto.sync.getRepoStatus') {
      const gone = takenDown.has(did);
      send(response, 200, { did, active: !gone, ...(gone ? { status: 'takendown' } : {}) });
      return;
    }
    if (account.behaviour === 'suspended' && method === 'com.atproto.sync.getLatestCommit')
      takenDown.add(did);
    if (takenDown.has(did)) {
      refuse(response, 'RepoTakendown');
      return;
    }
    switch (method) {
      case 'com.atproto.sync.getLatestCommit': {
        const rev = recordKey({ guid: did, postedAt: lastWrite(account, now()) });
        send(response, 200, { cid: contentId(rev), rev });
        return;
      }
      case 'com.atproto.repo.listRecords': {
        const below = asked.get('cursor');
        const limit = Math.min(Number(asked.get('limit') ?? PAGE), MOST);
        const page = recordsOf(account, collection, now())
          .filter(({ key }) => below === null || key < below)
          .slice(0, limit);
        const last = page.at(-1);
        send(response, 200, {
          records: page.map((record) => listed(account, record)),
          ...(last === undefined ? {} : { cursor: last.key }),
        });
        return;
      }
      case 'com.atproto.repo.getRecord': {
        const record = recordsOf(account, collection, now()).find(({ key }) => key === asked.get('rkey'));
        if (record === undefined) refuse(response, 'RecordNotFound');
        else send(response, 200, listed(account, record));
        return;
      }
      default:
        send(response, 501, { error: 'MethodNotImplemented', message: 'Method Not Implemented' });
    }
  };

  const describe = (did: string, response: ServerResponse): void => {
    const account = byDid.get(did);
    if (account === undefined) {
      send(response, 404, { message: `DID not registered: ${did}` });
      return;
    }
    send(response, 200, {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: did,
      alsoKnownAs: [`at://${account.name}`],
      service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: server.origin }],
    });
  };

  const server = await serveOnLoopback(port, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = /^\/xrpc\/([\w.]+)$/.exec(pathname)?.[1];
    if (method === undefined) describe(decodeURIComponent(pathname.slice(1)), response);
    else answer(method, searchParams, response);
  });
  return server;
};

/** When the repositories were made, before anything was posted. */
const BEGAN = Instant.parse('2023-01-01T00:00:00.000Z');

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
};
const refuse = (response: ServerResponse, error: string): void => {
  send(response, 400, { error, message: error });
};
