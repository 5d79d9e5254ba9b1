import type { Capture } from '../files.js';
import { findingId } from '../ids.js';
import type { PostBundle } from '../scanning/messages.js';
import type { Post } from '../scanning/post.js';
import type { Indication } from '../screening/verdict.js';
import type { Instant } from '../time.js';
import { EMPTY_DESK } from './desk.js';
import { postKey, type Finding } from './finding.js';
import { appended } from './history.js';

/** All that a post says, however its parts and its lines are cut. */
const wordsOf = ({ parts, context }: Post): string =>
  [...parts.map(({ text }) => text), ...(context === null ? [] : [context.relation, context.text])]
    .join(' ')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();

const captureIn = ({ kept, at, by, as }: Capture): Capture => ({ kept, at, by, as });

/** The finding that one indicated version of a post makes; the same again for every delivery of it but for `foundAt`. */
export const newFinding = (
  origin: Pick<PostBundle, 'network' | 'account' | 'epoch' | 'submittedBy' | 'capture'>,
  post: Post,
  indication: Indication,
  at: Instant,
): Finding => {
  const key = postKey(origin, post);
  const id = findingId(key, wordsOf(post));
  return {
    id,
    post: key,
    account: origin.account,
    epoch: origin.epoch,
    network: origin.network,
    uri: post.uri,
    url: post.url,
    kind: post.kind,
    edited: post.edited,
    postedAt: post.postedAt,
    capturedAt: post.capturedAt,
    foundAt: at,
    parts: post.parts,
    context: post.context,
    indication,
    state: 'indicated',
    stateSince: at,
    replyBy: null,
    untold: { holder: null, supervisor: null },
    legalHold: null,
    history: appended(
      { id, history: [] },
      { at, actor: { kind: 'job', job: 'classify-posts' }, act: 'indicate', code: null },
      null,
    ),
    contents: {},
    submitted: origin.submittedBy !== null,
    capture: origin.capture === null ? null : captureIn(origin.capture),
    // Whoever gave a post in knows whose it is: for them there is no such finding.
    desk: origin.submittedBy === null ? EMPTY_DESK : { ...EMPTY_DESK, away: [origin.submittedBy] },
    requests: [],
    goneAt: null,
    revision: 0,
  };
};
