import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../shared/domain/ids.js';
import { CoverageReason } from '../../../shared/domain/scanning/coverage.js';
import { Post } from '../../../shared/domain/scanning/post.js';
import type { FetchOutcome } from '../../../shared/networks/connector.js';
import { mastodonConnector } from '../../../shared/networks/mastodon/mastodon-connector.js';
import { MastodonCursor } from '../../../shared/networks/mastodon/mastodon-cursor.js';
import { isWithinReach } from '../../../shared/networks/reach.js';
import { anActor, anotherStatus, aStatus, statuses } from '../../fixtures/mastodon.js';
import { aPermit } from '../../fixtures/permit.js';
import { NOW, anAccount } from '../../fixtures/registry.js';

const BODIES = 10_000;
const BODIES_PER_RUN = 4;

const WHOLE = [
  JSON.stringify(statuses(3)),
  JSON.stringify([
    aStatus('900', 'Kabar', { in_reply_to_id: '700', poll: { options: [{ title: 'Ya' }] }, edited_at: NOW }),
    aStatus('899', '', { reblog: anotherStatus('800', 'Pasar') }),
    aStatus('898', 'Setuju', { quote: { state: 'accepted', quoted_status_id: '800' } }),
  ]),
  JSON.stringify(anActor()),
  JSON.stringify(anotherStatus('700', 'Hadir?', { media_attachments: [{ description: 'Balai' }] })),
  '[]',
];

const SPLINTERS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    'null',
    'true',
    '-1',
    '1e999',
    '"__proto__":',
    '\\ud800',
    '\u0000',
    '\ud800',
  ],
  ...[
    '"../../admin"',
    '"109/../777"',
    '"id":{}',
    '"account":null',
    '"visibility":"public"',
    '"reblog":{}',
    '\u202e',
  ],
  ...[
    '+275760-09-13T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    '9999-99-99',
    '<script>',
    '&#x110000;',
    'x'.repeat(3000),
  ],
];

/** A body with a few places cut out, doubled or overwritten. */
const mutated = fc
  .tuple(
    fc.constantFrom(...WHOLE),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.constantFrom(...SPLINTERS), fc.string({ unit: 'binary' }))),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([whole, cuts]) =>
    cuts.reduce((text, [place, length, splinter]) => {
      const from = place % (text.length + 1);
      return text.slice(0, from) + splinter + text.slice(from + length);
    }, whole),
  );

/** A body that is JSON still, of which some values are anything. */
const misshapen = fc
  .tuple(fc.constantFrom(...WHOLE), fc.nat(), fc.jsonValue({ maxDepth: 3 }))
  .map(([whole, place, value]) => {
    let seen = 0;
    return JSON.stringify(JSON.parse(whole), (_, part: unknown) => {
      seen += 1;
      return seen % 60 === place % 60 ? value : part;
    });
  });

const headers = fc
  .dictionary(
    fc.constantFrom('link', 'retry-after', 'x-ratelimit-reset'),
    fc.oneof(
      fc.constantFrom(
        '<https://e.example/?max_id=5>; rel="next"',
        '<?max_id=../1>; rel=next',
        '<<>',
        '9'.repeat(400),
      ),
      fc.string(),
    ),
  )
  .map((record) => {
    const kept = new Headers();
    for (const [name, value] of Object.entries(record)) kept.set(name, encodeURI(value.toWellFormed()));
    return kept;
  });

const outcome: fc.Arbitrary<FetchOutcome> = fc.record({
  kind: fc.constant('answered'),
  status: fc.oneof(
    { weight: 6, arbitrary: fc.constant(200) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 599 }) },
  ),
  headers,
  body: fc.oneof(mutated, misshapen),
  url: fc.constant('https://sosial.sukamaju.example/'),
  movedTo: fc.constant(null),
});

test('whatever a server sends comes to a reading that the next stages can take, and no call leaves the reach', async () => {
  const account = anAccount({
    network: 'mastodon',
    handle: 'sari@sosial.sukamaju.example',
    identity: { id: '109', host: 'sosial.sukamaju.example' },
  });
  const permit = aPermit({ account });
  let outside = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { minLength: BODIES_PER_RUN, maxLength: BODIES_PER_RUN }),
      async (outcomes) => {
        let cursor: string | null = null;
        let asked = 0;
        for (let look = 0; look < 2; look += 1) {
          const reading = await mastodonConnector.read(
            permit,
            { cursor, known: () => 'new' },
            {
              fetch: (by, { url }) => {
                if (!isWithinReach(mastodonConnector.reach, by, new URL(url))) outside += 1;
                asked += 1;
                const answer = outcomes[asked % BODIES_PER_RUN];
                return Promise.resolve(answer ?? { kind: 'unreachable', reason: 'name' });
              },
              now: () => NOW,
              digest: sha256,
              limits: { pages: 3, posts: 50 },
              respectOptOuts: false,
            },
          );
          ({ cursor } = reading);
          expect(reading.posts.map((post) => Post.parse(post))).toEqual(reading.posts);
          for (const { postedAt } of reading.posts)
            expect(postedAt >= permit.since && postedAt <= NOW).toBe(true);
          CoverageReason.parse(reading.reason);
          if (cursor !== null) {
            MastodonCursor.parse(JSON.parse(cursor));
            expect(cursor.length).toBeLessThanOrEqual(16_384);
          }
        }
      },
    ),
    { numRuns: BODIES / BODIES_PER_RUN },
  );
  expect(outside).toBe(0);
}, 60_000);
