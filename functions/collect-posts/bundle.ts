import type { ScanPermit } from '../../shared/domain/registry/permit.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { DeletedPost, Post } from '../../shared/domain/scanning/post.js';

/** SQS bills by 64 KB, so a message is packed up to that. */
const BUNDLE_BYTES = 64 * 1024;

/** So many names of deleted posts are smaller than a message, whatever their length. */
const DELETED_IN_BUNDLE = 20;

/** What a look brought as messages for the classifier, oldest posts first. A post that alone is larger travels alone. */
export const bundled = (
  permit: ScanPermit,
  { posts, deleted }: { readonly posts: readonly Post[]; readonly deleted: readonly DeletedPost[] },
): PostBundle[] => {
  const empty: PostBundle = {
    kind: 'posts',
    version: 2,
    network: permit.network,
    account: permit.account,
    epoch: permit.epoch,
    contests: [...permit.contests],
    posts: [],
    deleted: [],
    submittedBy: null,
    capture: null,
  };
  const envelope = Buffer.byteLength(JSON.stringify(empty));
  const bundles: Post[][] = [];
  let room = 0;
  for (const post of [...posts].reverse()) {
    const size = Buffer.byteLength(JSON.stringify(post)) + 1;
    const last = bundles.at(-1);
    if (last === undefined || size > room) {
      bundles.push([post]);
      room = BUNDLE_BYTES - envelope - size;
    } else {
      last.push(post);
      room -= size;
    }
  }
  const gone = Array.from({ length: Math.ceil(deleted.length / DELETED_IN_BUNDLE) }, (_, index) =>
    deleted.slice(index * DELETED_IN_BUNDLE, (index + 1) * DELETED_IN_BUNDLE),
  );
  return [
    ...bundles.map((bundle) => ({ ...empty, posts: bundle })),
    ...gone.map((part) => ({ ...empty, deleted: part })),
  ];
};
