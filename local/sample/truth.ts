import { recordKey, statusId } from './public-ids.js';
import type { SamplePost } from './posts.js';

const GUID = /sukamaju-[0-9a-f]{16}/;

/** The hidden label of a sample post, by its guid, any address that carries it, or the address that its network gave it; `null` for what is no sample post. */
export const truthOf = (
  posts: readonly SamplePost[],
): ((uriOrGuid: string) => SamplePost['truth'] | null) => {
  const labels = new Map(
    posts.flatMap((post) =>
      [post.guid, recordKey(post), statusId(post)].map((name) => [name, post.truth] as const),
    ),
  );
  return (uriOrGuid) => {
    const [name] = GUID.exec(uriOrGuid) ?? [uriOrGuid.slice(uriOrGuid.lastIndexOf('/') + 1)];
    return labels.get(name) ?? null;
  };
};
