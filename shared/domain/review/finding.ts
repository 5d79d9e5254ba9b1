import * as z from 'zod';
import { Count, Positive } from '../fields.js';
import { ITEM } from '../limits.js';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import { Capture } from '../files.js';
import { AccountId, FindingId, Opaque, PersonId, Sha256, sha256 } from '../ids.js';
import { Post, PostContext, TextPart } from '../scanning/post.js';
import { Indication } from '../screening/verdict.js';
import { Instant } from '../time.js';
import { Desk, EMPTY_DESK } from './desk.js';
import { HistoryEntry, HistoryContent } from './history.js';

/**
 * Where a finding stands:
 *
 *     indicated ──> clarifying ──> deciding ──> referred ──> objected ──> confirmed
 *         │             │             │                          └──────> withdrawn
 *         └─────────────┴─────────────┴──> dismissed
 */
export const FindingState = z.enum([
  'indicated',
  'clarifying',
  'deciding',
  'referred',
  'objected',
  'confirmed',
  'withdrawn',
  'dismissed',
]);
export type FindingState = z.infer<typeof FindingState>;

/** States in which somebody still has to act before the matter is at its end. */
export const OpenState = FindingState.extract(['indicated', 'clarifying', 'deciding', 'objected']);
export type OpenState = z.infer<typeof OpenState>;

/** What somebody outside the screening team is still to be told by mail. */
export const Telling = z.enum([
  'clarification',
  'dismissed',
  'referred',
  'objected',
  'confirmed',
  'withdrawn',
]);
export type Telling = z.infer<typeof Telling>;

/** Until when a finding is kept whatever its end, because a proceeding or a court needs it. */
export const LegalHold = z.strictObject({ by: PersonId, since: Instant, until: Instant });
export type LegalHold = z.infer<typeof LegalHold>;

/** An indication and all that people made of it. One item, one version: a decision and its record are one write. */
export const Finding = z.strictObject({
  id: FindingId,
  /** The same for all versions of one post: an edit makes a new finding beside the old one. */
  post: Opaque,
  account: AccountId,
  epoch: Positive,
  network: z.enum(ACCOUNT_NETWORKS),
  uri: Post.shape.uri,
  url: Post.shape.url,
  kind: Post.shape.kind,
  edited: z.boolean(),
  /** Given in by a person: nobody but them has seen it on its network. */
  submitted: z.boolean().default(false),
  /** What whoever gave it in saw, as a picture. It may show the author, so nobody gets it before the first decision. */
  capture: Capture.nullable().default(null),
  postedAt: Instant,
  capturedAt: Instant,
  foundAt: Instant,
  parts: z.array(TextPart).max(ITEM),
  context: PostContext.nullable(),
  indication: Indication,
  state: FindingState,
  stateSince: Instant,
  /** End of the holder's window to answer; it begins when they were told. */
  replyBy: Instant.nullable(),
  untold: z.strictObject({ holder: Telling.nullable(), supervisor: Telling.nullable() }),
  /** An officer's order to keep it beyond its end: who gave it, why (in `contents`), and until when. */
  legalHold: LegalHold.nullable().default(null),
  history: z.array(HistoryEntry).max(ITEM),
  /** Words behind the commitments of the history, by entry number; erased with the finding. */
  contents: z.record(z.string(), HistoryContent),
  desk: Desk.default(EMPTY_DESK),
  /** Acts that came with an idempotency key, by hashes of who asked under which key, and of what was asked. */
  requests: z.array(z.strictObject({ key: Sha256, body: Sha256 })).default([]),
  /** Since when its network no longer has the post, as far as was seen; it decides nothing. */
  goneAt: Instant.nullable().default(null),
  /** Counts every write, leases too. What people see of a version is the number of its last act. */
  revision: Count,
});
export type Finding = z.infer<typeof Finding>;

/** Networks whose posts cannot be named by the page that people see, though whoever gives one in knows that alone. */
const KNOWN_BY_PAGE: readonly string[] = ['feed', 'mastodon'];

/** The name of a post over all its versions, the same whether it is collected or given in. */
export const postKey = (
  { network, account }: Pick<Finding, 'network' | 'account'>,
  { uri, url }: Pick<Post, 'uri' | 'url'>,
): string =>
  (KNOWN_BY_PAGE.includes(network) && url !== null
    ? sha256('page', network, account, url)
    : sha256('post', network, uri)
  ).slice(0, 32);
