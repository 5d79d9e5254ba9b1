import type { ScanPermit } from '../../shared/domain/registry/permit.js';
import { bundleOf } from '../../shared/domain/scanning/bundle-of.js';
import type { PostBundle, PostMessage } from '../../shared/domain/scanning/messages.js';
import type { DeletedPost, Post } from '../../shared/domain/scanning/post.js';

/** SQS bills by 64 KB, so a message is packed up to that. */
const MESSAGE_BYTES = 64 * 1024;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** What a look brought for the classifier, oldest posts first. */
export const bundled = (
  permit: ScanPermit,
  { posts, deleted }: { readonly posts: readonly Post[]; readonly deleted: readonly DeletedPost[] },
): PostBundle =>
  bundleOf(permit, {
    posts: [...posts].reverse(),
    deleted: [...deleted],
    submittedBy: null,
    capture: null,
  });

/** The bundles as messages. One that does not fit goes on in the next message; a post that alone is larger travels alone. */
export const inMessages = (bundles: readonly PostBundle[]): PostMessage[] => {
  const messages: (PostMessage & { readonly version: 3 })[] = [];
  let room = 0;
  for (const bundle of bundles) {
    let part: PostBundle | null = null;
    const partFor = (bytes: number): PostBundle => {
      room -= bytes;
      if (part !== null && room >= 0) return part;
      part = { ...bundle, posts: [], deleted: [] };
      room -= bytesOf(part);
      const last = messages.at(-1);
      if (last !== undefined && room >= 0) last.bundles.push(part);
      else {
        const message = { kind: 'posts' as const, version: 3 as const, bundles: [part] };
        messages.push(message);
        room = MESSAGE_BYTES - bytesOf(message) - bytes;
      }
      return part;
    };
    for (const post of bundle.posts) partFor(bytesOf(post)).posts.push(post);
    for (const gone of bundle.deleted) partFor(bytesOf(gone)).deleted.push(gone);
  }
  return messages;
};
