import { Rules } from '../domain/screening/rules.js';
import type { CandidateStore, Clock, PackStore, PublishedStore } from '../ports.js';
import { publishedSets } from './published-sets.js';
import type { ReadObject } from './s3-reader.js';

/** The packs that were published to a bucket. What is not asked for is not read. */
export const s3PackStore = (read: ReadObject, now: Clock): PackStore & CandidateStore & PublishedStore => {
  const sets = publishedSets(read, now, Rules);
  return {
    published: (set) => sets[set](),
    active: async () => (await sets.inUse()).rules(),
    whole: async () => (await sets.inUse()).packs(),
    candidate: async () => (await sets.candidate())?.packs() ?? null,
  };
};
