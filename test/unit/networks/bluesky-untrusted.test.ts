import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../shared/domain/ids.js';
import { CoverageReason } from '../../../shared/domain/scanning/coverage.js';
import { DeletedPost, Post } from '../../../shared/domain/scanning/post.js';
import { blueskyConnector } from '../../../shared/networks/bluesky/bluesky-connector.js';
import type { FetchOutcome } from '../../../shared/networks/connector.js';
import { isWithinReach } from '../../../shared/networks/reach.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';
import { tid } from '../../servers-in-process/atproto-server.js';

/** Each run mutates five bodies or more. */
const RUNS = 4_000;
const BODIES = 10_000;

const DID = 'did:plc:sarilestari2345677222222';
const OTHER = 'did:plc:ani345677222222222222222';
const HOST = 'pds.sukamaju.example';
const CID = 'bafyreihprvspl6w455qv65aat4s5n4vi7uadf5z6qoxjefiv4ucbkcxnei';
const REF = { uri: `at://${OTHER}/app.bsky.feed.post/3n36ar6x3uc2u`, cid: CID };
const createdAt = '2026-11-23T04:00:00.000Z';
const RECORDS = [
  { text: 'Selamat pagi #sukamaju', createdAt, tags: ['netral'] },
  { text: 'Setuju', createdAt, reply: { root: REF, parent: REF } },
  { text: 'Baca', createdAt, embed: { $type: 'app.bsky.embed.record', record: REF } },
  {
    text: 'Lihat tautan',
    createdAt,
    facets: [
      {
        index: { byteStart: 0, byteEnd: 5 },
        features: [
          { $type: 'app.bsky.richtext.facet#link', uri: 'https://sukamaju.example/' },
          { $type: 'app.bsky.richtext.facet#tag', tag: 'pilih' },
        ],
      },
    ],
    embed: { $type: 'app.bsky.embed.images', images: [{ alt: 'Foto rapat' }] },
    labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'graphic-media' }] },
  },
  { subject: REF, createdAt },
];
const pageOf = (collection: string): string =>
  JSON.stringify({
    records: RECORDS.map((value, index) => ({
      uri: `at://${DID}/${collection}/${tid(Date.parse(createdAt), index)}`,
      cid: CID,
      value,
    })),
    cursor: tid(Date.parse(createdAt)),
  });

/** What a good server says to each of our questions. */
const wholeOf = (url: URL): string => {
  const collection = url.searchParams.get('collection') ?? '';
  if (url.pathname.endsWith('getLatestCommit')) return JSON.stringify({ cid: CID, rev: '3n36ar6x3uc2u' });
  if (url.pathname.endsWith('getRepoStatus'))
    return JSON.stringify({ did: DID, active: false, status: 'deleted' });
  if (url.pathname.endsWith('listRecords')) return pageOf(collection);
  if (url.pathname.endsWith('getRecord'))
    return JSON.stringify({ uri: REF.uri, cid: CID, value: { text: 'Candra–Dewi', createdAt } });
  return JSON.stringify({
    id: OTHER,
    alsoKnownAs: ['at://ani.sukamaju.example'],
    service: [{ id: '#atproto_pds', serviceEndpoint: 'https://elsewhere.example' }],
  });
};

const SPLINTERS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    'null',
    'true',
    '-1',
    '1e999',
    '"__proto__":{},',
    '\\ud800',
    '\u0000',
  ],
  ...[
    '\ud800',
    '\u202e',
    'at://',
    'did:web:localhost',
    'https://127.0.0.1',
    '"records":{}',
    '"value":[]',
    '$type',
  ],
  ...['+275760-09-13T00:00:00Z', '9999999999999', '"byteEnd":-5', '/../', '%2e%2e', 'x'.repeat(3000)],
];

type Cut = readonly [number, number, string];
const cuts: fc.Arbitrary<readonly Cut[]> = fc.array(
  fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.constantFrom(...SPLINTERS), fc.string({ unit: 'binary' }))),
  { minLength: 1, maxLength: 4 },
);
const mutated = (whole: string, by: readonly Cut[]): string =>
  by.reduce((text, [place, length, splinter]) => {
    const from = place % (text.length + 1);
    return text.slice(0, from) + splinter + text.slice(from + length);
  }, whole);

const answers = fc.array(
  fc.record({
    cuts,
    whole: fc.boolean(),
    status: fc.oneof(
      { weight: 8, arbitrary: fc.constant(200) },
      { weight: 1, arbitrary: fc.constantFrom(400, 401, 404, 410, 429, 500, 503) },
    ),
    reset: fc.oneof(fc.constantFrom('', '-1', '1e99', '9'.repeat(30), '1795410000'), fc.nat().map(String)),
  }),
  { minLength: 6, maxLength: 12 },
);

describe('whatever a server of repositories sends', () => {
  it('comes to a reading that the next stages can take, within reach, and to an end', async () => {
    const connector = blueskyConnector({
      guard: 'public',
      plcDirectory: 'https://plc.directory',
      appView: 'https://public.api.bsky.app',
    });
    const account = anAccount({ network: 'bluesky', identity: { id: DID, host: HOST } });
    const permit = aPermit({ account });
    let bodies = 0;
    await fc.assert(
      fc.asyncProperty(answers, async (sent) => {
        let cursor: string | null = null;
        for (let look = 0; look < 3; look += 1) {
          let calls = 0;
          const reading = await connector.read(
            permit,
            { cursor, known: () => 'new' },
            {
              fetch: (by, { url: text }): Promise<FetchOutcome> => {
                const url = new URL(text);
                expect([text, isWithinReach(connector.reach, by, url)]).toEqual([text, true]);
                const answer = sent[(calls + look) % sent.length]!;
                calls += 1;
                const body = answer.whole ? wholeOf(url) : mutated(wholeOf(url), answer.cuts);
                bodies += answer.whole ? 0 : 1;
                return Promise.resolve({
                  kind: 'answered',
                  status: answer.status,
                  headers: new Headers({ 'ratelimit-reset': answer.reset }),
                  body,
                  url: text,
                  movedTo: null,
                });
              },
              now: () => NOW,
              digest: sha256,
              limits: { pages: 3, posts: 50 },
            },
          );
          ({ cursor } = reading);
          expect(calls).toBeLessThanOrEqual(80);
          expect(reading.posts.map((post) => Post.parse(post))).toEqual(reading.posts);
          expect(reading.deleted.map((post) => DeletedPost.parse(post))).toEqual(reading.deleted);
          for (const { postedAt } of reading.posts)
            expect(postedAt >= permit.since && postedAt <= NOW).toBe(true);
          CoverageReason.parse(reading.reason);
          expect(cursor === null || cursor.length <= 16_384).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
    expect(bodies).toBeGreaterThanOrEqual(BODIES);
  }, 60_000);
});
