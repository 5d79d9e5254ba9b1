import * as z from 'zod';
import { Positive } from '../fields.js';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import { Capture } from '../files.js';
import { AccountId, ContestId, Opaque, PersonId } from '../ids.js';
import { DeletedPost, Post } from './post.js';

/** What every version of the message to the classifier holds. */
const Bundle = z.strictObject({
  kind: z.literal('posts'),
  network: z.enum(ACCOUNT_NETWORKS),
  account: AccountId,
  epoch: Positive,
  contests: z.array(ContestId).min(1),
  /** Who gave these posts in, where nobody collected them; whoever knows the author may not judge. */
  submittedBy: PersonId.nullable().default(null),
  /** A picture that was given in with it, which waits under the name of the submission until the words were screened. */
  capture: Capture.extend({
    submission: Opaque,
  })
    .nullable()
    .default(null),
});

const BundleVersion2 = Bundle.extend({
  version: z.literal(2),
  posts: z.array(Post),
  /** What was handed over before and is no longer there. */
  deleted: z.array(DeletedPost),
});

/** Before deletions were told. */
const BundleVersion1 = Bundle.extend({ version: z.literal(1), posts: z.array(Post).min(1) });

/** What one account brought, or what somebody gave in. */
export const PostBundle = z.union([
  BundleVersion2,
  BundleVersion1.transform((bundle) => ({ ...bundle, version: 2 as const, deleted: [] })),
]);
export type PostBundle = z.infer<typeof BundleVersion2>;

/**
 * To the classifier: screen these posts. People and accounts go by opaque ids. The addresses of the posts travel along
 * because a finding needs them (docs/adr/07); the screening itself is given words and a date only. Accounts that were
 * looked at together share a message (docs/adr/27); a bundle alone is one too.
 */
export const PostMessage = z.union([
  z.strictObject({
    kind: z.literal('posts'),
    version: z.literal(3),
    bundles: z.array(BundleVersion2).min(1),
  }),
  PostBundle,
]);
export type PostMessage = z.infer<typeof PostMessage>;

export const bundlesOf = (message: PostMessage): readonly PostBundle[] =>
  message.version === 3 ? message.bundles : [message];
