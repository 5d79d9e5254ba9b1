import type { ScanPermit } from '../../shared/domain/registry/permit.js';
import type { PostBundle } from '../../shared/domain/scanning/messages.js';
import type { Post } from '../../shared/domain/scanning/post.js';

/** SQS bills by 64 KB, so a message is packed up to that. */
const BUNDLE_BYTES = 64 * 1024;

/** Posts as messages for the classifier, oldest first. A post that alone is larger travels alone. */
export const bundled = (permit: ScanPermit, posts: readonly Post[]): PostBundle[] => {
  const empty: Omit<PostBundle, 'posts'> = {
    kind: 'posts',
    version: 1,
    network: permit.network,
    account: permit.account,
    epoch: permit.epoch,
    contests: [...permit.contests],
  };
  const envelope = Buffer.byteLength(JSON.stringify({ ...empty, posts: [] }));
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
  return bundles.map((bundle) => ({ ...empty, posts: bundle }));
};
