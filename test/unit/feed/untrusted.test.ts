import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/domain/ids.js';
import { CoverageReason } from '../../../shared/domain/scanning/coverage.js';
import { Post } from '../../../shared/domain/scanning/post.js';
import type { FetchOutcome, GuardedRequest } from '../../../shared/networks/connector.js';
import { FeedCursor } from '../../../shared/networks/feed/feed-cursor.js';
import { parseFeed } from '../../../shared/networks/feed/parse-feed.js';
import { feedConnector } from '../../../shared/networks/feed/feed-connector.js';
import { anEntry, atom, entries, jsonFeed, rdf, rss } from '../../fixtures/feeds.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';

const RUNS = 2000;

const WHOLE = [
  rss([anEntry({ title: 'Kabar <b>kantor</b>' }), ...entries(3)], '<ttl>60</ttl>'),
  rdf(entries(2)),
  atom([anEntry({ title: 'Kabar', updated: '2026-11-23T04:30:00Z' })], '<link rel="next" href="?page=2"/>'),
  jsonFeed([anEntry({ title: 'Kabar' }), ...entries(3)], '?page=2'),
];

const SPLINTERS = [
  ...[
    '<',
    '>',
    '</',
    '&',
    '&#x110000;',
    ']]>',
    '<![CDATA[',
    '<!--',
    '<!DOCTYPE x [<!ENTITY a "&a;">]>',
    '"',
    "'",
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    'null',
    '-1',
    '1e999',
    '"__proto__":',
    '\\ud800',
    '\u0000',
    '\uffff',
    '\ud800',
    '\u202e',
  ],
  ...[
    '<item>',
    '</item>',
    '<entry/>',
    '<item/>',
    '<guid/>',
    '<content type="',
    'xmlns:atom=""',
    '0000-00-00T99:99:99Z',
  ],
  ...[
    '+275760-09-13T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    'href="//"',
    'href="javascript:x"',
    'x'.repeat(3000),
  ],
];

/** A feed with a few places cut out, doubled or overwritten. */
const mutated = fc
  .tuple(
    fc.constantFrom(...WHOLE),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.constantFrom(...SPLINTERS), fc.string({ unit: 'binary' }))),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  )
  .map(([whole, cuts]) =>
    cuts.reduce((text, [place, length, splinter]) => {
      const from = place % (text.length + 1);
      return text.slice(0, from) + splinter + text.slice(from + length);
    }, whole),
  );

const headerValue = fc.oneof(
  fc.constantFrom('60', '-1', '9'.repeat(400), 'max-age=-1', 'max-age=1e9', 'Mon, 99 Foo', 'W/"x"', '"'),
  fc.string(),
);
const headers = fc
  .dictionary(
    fc.constantFrom('etag', 'last-modified', 'cache-control', 'expires', 'retry-after'),
    headerValue,
  )
  .map((record) => {
    const kept = new Headers();
    for (const [name, value] of Object.entries(record)) kept.set(name, encodeURI(value.toWellFormed()));
    return kept;
  });

const outcome: fc.Arbitrary<FetchOutcome> = fc.record({
  kind: fc.constant('answered'),
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 599 }) },
  ),
  headers,
  body: mutated,
  url: fc.constant('https://blog.sukamaju.example/feed.xml'),
  movedTo: fc.constantFrom(null, 'https://blog.sukamaju.example/new', 'https://elsewhere.example/'),
});

describe('whatever a server sends', () => {
  it('comes to a reading that the next stages can take, and asks no other host', async () => {
    const permit = aPermit({ account: anAccount() });
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 3 }), async (outcomes) => {
        const asked: GuardedRequest[] = [];
        let cursor: string | null = null;
        for (let look = 0; look < 2; look += 1) {
          const reading = await feedConnector.read(
            permit,
            { cursor, known: () => 'new' },
            {
              fetch: (_, request) => {
                asked.push(request);
                const answer = outcomes[asked.length % outcomes.length];
                return Promise.resolve(answer ?? { kind: 'unreachable', reason: 'name' });
              },
              now: () => NOW,
              digest: sha256,
              limits: { pages: 3, posts: 50 },
            },
          );
          ({ cursor } = reading);
          expect(reading.posts.map((post) => Post.parse(post))).toEqual(reading.posts);
          for (const { postedAt } of reading.posts)
            expect(postedAt >= permit.since && postedAt <= NOW).toBe(true);
          CoverageReason.parse(reading.reason);
          if (cursor !== null) {
            FeedCursor.parse(JSON.parse(cursor));
            expect(cursor.length).toBeLessThanOrEqual(16_384);
          }
        }
        expect(new Set(asked.map(({ url }) => new URL(url).host))).toEqual(new Set([permit.host]));
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  it.each([
    ['elements', '<rss version="2.0"><channel><title>a</title>', '<item/>', '</channel></rss>'],
    ['attributes', '<rss version="2.0"><channel><title>a</title><item ', 'a="" ', '/></channel></rss>'],
    ['objects', '{"version":"https://jsonfeed.org/version/1.1","title":"a","items":[', '{},', '{}]}'],
  ])('is no feed when it has more %s than anybody writes', (_, begin, part, end) => {
    const read = [1_000, 250_001].map((count) => parseFeed(begin + part.repeat(count) + end) !== null);
    expect(read).toEqual([true, false]);
  });
});
