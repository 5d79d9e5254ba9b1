import type { SamplePost } from './posts.js';

const GUID = /sukamaju-[0-9a-f]{16}/;

/** The hidden label of a sample post, by its guid or any address that carries it; `null` for what is no sample post. */
export const truthOf = (
  posts: readonly SamplePost[],
): ((uriOrGuid: string) => SamplePost['truth'] | null) => {
  const labels = new Map(posts.map(({ guid, truth }) => [guid, truth]));
  return (uriOrGuid) => {
    const [guid] = GUID.exec(uriOrGuid) ?? [];
    return guid === undefined ? null : (labels.get(guid) ?? null);
  };
};
