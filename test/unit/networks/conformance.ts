import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedFetch } from '../../../shared/adapters/guarded-fetch.js';
import { sha256 } from '../../../shared/domain/ids.js';
import type { Account } from '../../../shared/domain/registry/account.js';
import type { FetchPermit } from '../../../shared/domain/registry/permit.js';
import { knownIn, withHandedOver, type WindowEntry } from '../../../shared/domain/scanning/account-scan.js';
import { Post } from '../../../shared/domain/scanning/post.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import type { Connector, Reading } from '../../../shared/networks/connector.js';
import { isWithinReach } from '../../../shared/networks/reach.js';
import { aPermit } from '../../fixtures/permit.js';
import { anAgency, NOW } from '../../fixtures/registry.js';
import { document, endlessBody, silence, status, type Play } from '../../servers-in-process/feed-server.js';
import { noCredential, unmetered } from '../../fixtures/no-credential.js';

/** A network as its documents describe it, and how an account on it is brought into each state. */
export interface NetworkScene {
  readonly connector: Connector;
  readonly account: Account;
  /** Publishes a text as the account's own at a moment, and names the post. */
  readonly publish: (text: string, at: string) => string;
  /** Gives the post other words. */
  readonly edit: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  /** The network says that the account is no longer there. */
  readonly lose: () => void;
  /** Answers every request for posts so, until it is told `null`. */
  readonly answer: (play: Play | null) => void;
  /** A page of posts that is followed by itself, or by pages without end. */
  readonly endless: () => void;
  /** How this network asks for peace. */
  readonly throttled: Play;
  /** What a reader must not have asked, by the network's documents. */
  readonly faults: () => readonly string[];
  readonly close: () => Promise<void>;
}

interface Network {
  readonly name: string;
  readonly open: () => Promise<NetworkScene>;
  /** Calls of a look that finds nothing new. */
  readonly emptyLook: number;
  /** Whether the network lets anybody see that a post was deleted. */
  readonly showsDeletions: boolean;
}

const KEY = 'a key for tests';
const LIMITS = { pages: 5, posts: 60 } as const;
/** Far above what any walk needs. */
const MANY_CALLS = 60;

const minute = (ordinal: number): string => plus(NOW, { minutes: ordinal - 600 });

/** A scene, and a collector that keeps between two looks what the real one keeps. */
const reading = async (open: Network['open']) => {
  const scene = await open();
  const { connector, account } = scene;
  const agency = anAgency({
    networks: { mastodonHosts: [account.identity?.host ?? ''], respectOptOuts: false },
  });
  let now = NOW;
  let cursor: string | null = null;
  let window: readonly WindowEntry[] = [];
  let deadline = new AbortController();
  const asked: { readonly permit: FetchPermit; readonly url: string }[] = [];
  const guarded = guardedFetch({
    credential: noCredential,
    meter: unmetered,
    now: () => now,
    guard: 'loopback',
    reach: () => connector.reach,
    userAgent: 'Netral/1 (+https://sukamaju.example/netral)',
    deadline: () => deadline.signal,
  });
  const read = (): Promise<Reading> =>
    connector.read(
      aPermit({ agency, account, at: now }),
      { cursor, known: knownIn(window, KEY) },
      {
        fetch: (permit, request) => {
          asked.push({ permit, url: request.url });
          return guarded(permit, request);
        },
        now: () => now,
        digest: sha256,
        limits: LIMITS,
      },
    );
  return {
    ...scene,
    asked,
    wait: (duration: Duration) => {
      now = plus(now, duration);
    },
    /** The network stops answering within the time that there is. */
    runOutOfTime: () => {
      deadline.abort();
    },
    haveTime: () => {
      deadline = new AbortController();
    },
    cursor: () => cursor,
    /** A look that is killed before anything of it is stored. */
    lookInVain: read,
    look: async (): Promise<Reading> => {
      const result = await read();
      cursor = result.cursor;
      window = withHandedOver([...window], result.posts, KEY, now);
      return result;
    },
  };
};

const bodies = ({ posts }: Reading): string[] =>
  posts.map(({ parts }) => parts.find(({ field }) => field === 'body')?.text ?? '');

/** What every connector does, whatever its network: against a server that is written from the network's documents. */
export const conformance = ({ name, open, emptyLook, showsDeletions }: Network): void => {
  describe(`the connector of ${name}`, () => {
    let network: Awaited<ReturnType<typeof reading>>;
    beforeEach(async () => {
      network = await reading(open);
    });
    afterEach(async () => {
      const faults = network.faults();
      await network.close();
      expect(faults).toEqual([]);
      for (const { permit, url } of network.asked)
        expect([url, isWithinReach(network.connector.reach, permit, new URL(url))]).toEqual([url, true]);
    });

    it('says that there is nothing where nothing is', async () => {
      expect(await network.look()).toMatchObject({
        posts: [],
        deleted: [],
        reason: 'nothing-new',
        stop: false,
      });
    });

    it('reads what is there, newest first, as the next stages can take it', async () => {
      for (const [ordinal, text] of ['satu', 'dua', 'tiga'].entries()) network.publish(text, minute(ordinal));
      const look = await network.look();
      expect(look).toMatchObject({ reason: 'seen', throttle: null, stop: false });
      expect(bodies(look)).toEqual(['tiga', 'dua', 'satu']);
      expect(look.posts.map((post) => Post.parse(post))).toEqual(look.posts);
      expect(look.posts.map(({ postedAt }) => postedAt)).toEqual([2, 1, 0].map(minute));
    });

    it('reads many in as many looks as it takes, each once', async () => {
      const texts = Array.from({ length: 250 }, (_, ordinal) => `tulisan ${ordinal}`);
      for (const [ordinal, text] of texts.entries()) network.publish(text, minute(ordinal));
      const read: string[] = [];
      const reasons: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        const look = await network.look();
        read.push(...bodies(look));
        reasons.push(look.reason);
        network.wait({ hours: 1 });
      }
      expect(read.sort()).toEqual(texts.sort());
      expect([reasons[0], reasons.at(-1)]).toEqual(['page-cap', 'nothing-new']);
    });

    it('then reads only what is new', async () => {
      network.publish('lama', minute(0));
      await network.look();
      network.publish('baru', minute(1));
      network.wait({ hours: 1 });
      expect(bodies(await network.look())).toEqual(['baru']);
    });

    it(`asks ${emptyLook} time when nothing is new`, async () => {
      for (let ordinal = 0; ordinal < 5; ordinal += 1) network.publish(`tulisan ${ordinal}`, minute(ordinal));
      await network.look();
      network.wait({ hours: 1 });
      network.asked.length = 0;
      expect(await network.look()).toMatchObject({ posts: [], reason: 'nothing-new' });
      expect(network.asked).toHaveLength(emptyLook);
    });

    it('hands an edited post over as another version of the same', async () => {
      const post = network.publish('Selamat pagi', minute(0));
      const [first] = (await network.look()).posts;
      network.edit(post, 'Selamat siang');
      network.wait({ hours: 1 });
      const look = await network.look();
      expect(bodies(look)).toEqual(['Selamat siang']);
      expect(look.posts).toMatchObject([{ uri: first!.uri, edited: true }]);
      expect(look.posts[0]!.version).not.toBe(first!.version);
      expect((await network.look()).posts).toEqual([]);
    });

    it(`${showsDeletions ? 'says' : 'does not claim'} that a post was deleted, after it was missed twice`, async () => {
      network.publish('tetap', minute(0));
      const post = network.publish('hapus saja', minute(1));
      const { uri, version } = (await network.look()).posts[0]!;
      network.remove(post);
      const deleted: Reading['deleted'][] = [];
      for (let round = 0; round < 3; round += 1) {
        network.wait({ hours: 1 });
        deleted.push((await network.look()).deleted);
      }
      expect(deleted).toEqual(showsDeletions ? [[], [{ uri, version }], []] : [[], [], []]);
    });

    it('does not call a post deleted that was missed once', async () => {
      network.publish('tetap', minute(0));
      await network.look();
      network.answer(status(500));
      network.wait({ hours: 1 });
      expect((await network.look()).deleted).toEqual([]);
      network.answer(null);
      network.wait({ hours: 1 });
      expect(await network.look()).toMatchObject({ posts: [], deleted: [], reason: 'nothing-new' });
    });

    it('says when the account is gone', async () => {
      network.publish('tetap', minute(0));
      await network.look();
      network.lose();
      network.wait({ hours: 1 });
      expect(await network.look()).toMatchObject({ posts: [], deleted: [], reason: 'gone' });
    });

    it.each<[string, Play, readonly string[]]>([
      ['401', status(401), ['private', 'needs-token']],
      ['403', status(403), ['private', 'needs-token']],
      ['500', status(500), ['unreachable']],
      ['502', status(502), ['unreachable']],
      ['an empty answer', status(200), ['malformed']],
      [
        'a web page',
        document('<!doctype html><title>Masuk</title>', { 'content-type': 'text/html' }),
        ['malformed'],
      ],
      [
        'JSON of something else',
        document('{"ok":true}', { 'content-type': 'application/json' }),
        ['malformed'],
      ],
      ['an answer without an end', endlessBody, ['malformed']],
    ])('calls %s by its name and keeps what it knew', async (_, play, reasons) => {
      network.publish('satu', minute(0));
      await network.look();
      const kept = network.cursor();
      network.publish('dua', minute(1));
      network.answer(play);
      network.wait({ hours: 1 });
      const failed = await network.look();
      expect(failed).toMatchObject({ posts: [], deleted: [], throttle: null, stop: false, cursor: kept });
      expect(reasons).toContain(failed.reason);
      network.answer(null);
      network.wait({ hours: 1 });
      expect(bodies(await network.look())).toEqual(['dua']);
    });

    it('leaves a host in peace that asks for it', async () => {
      network.publish('satu', minute(0));
      network.answer(network.throttled);
      const look = await network.look();
      expect(look).toMatchObject({ posts: [], reason: 'throttled' });
      expect(look.throttle!.retryAt > NOW).toBe(true);
      expect(look.throttle!.retryAt <= plus(NOW, { days: 1 })).toBe(true);
    });

    it('does not wait for ever', async () => {
      network.publish('satu', minute(0));
      network.answer(silence(network.runOutOfTime));
      expect(await network.look()).toMatchObject({ posts: [], reason: 'unreachable', stop: false });
      network.answer(null);
      network.haveTime();
      network.wait({ hours: 1 });
      expect(bodies(await network.look())).toEqual(['satu']);
    });

    it('comes to an end where pages have none', async () => {
      network.publish('satu', minute(0));
      network.endless();
      for (let round = 0; round < 3; round += 1) {
        network.asked.length = 0;
        const look = await network.look();
        expect(new Set(look.posts.map(({ uri }) => uri)).size).toBe(look.posts.length);
        expect(network.asked.length).toBeLessThanOrEqual(MANY_CALLS);
        network.wait({ hours: 1 });
      }
    });

    it('does not go where a host sends it that is not public', async () => {
      network.publish('satu', minute(0));
      network.answer(status(302, { location: 'http://10.0.0.1/' }));
      expect(await network.look()).toMatchObject({ posts: [], reason: 'unreachable' });
    });

    it('hands over again what a killed look had read, and nothing is lost', async () => {
      network.publish('satu', minute(0));
      const killed = await network.lookInVain();
      network.publish('dua', minute(1));
      expect(bodies(killed)).toEqual(['satu']);
      expect(bodies(await network.look())).toEqual(['dua', 'satu']);
    });
  });
};
