import type { DeletedPost } from '../../domain/scanning/post.js';
import type { Throttle } from '../connector.js';
import type { Uploads } from './read-uploads.js';
import type { Video } from './resources.js';
import { watchAddress } from './watch-address.js';
import type { Answer } from './youtube-answer.js';
import { SETTLED, type Handed } from './youtube-cursor.js';

interface Found {
  readonly deleted: readonly DeletedPost[];
  readonly left: readonly Handed[];
  /** We were asked to slow down meanwhile. */
  readonly throttle: Throttle | null;
}

/**
 * A missing video is not a deleted one: it takes two looks in a row that miss it, and the interface's own word when asked
 * for all that are missed, in one call. What its holder has made private or unlisted counts as deleted.
 */
export const findDeleted = async (
  handed: readonly Handed[],
  { listed, listedAfter }: Pick<Uploads, 'listed' | 'listedAfter'>,
  askVideos: (ids: readonly string[]) => Promise<Answer<ReadonlyMap<string, Video>>>,
): Promise<Found> => {
  const isMissed = ({ id, publishedAt, missed }: Handed): boolean =>
    listedAfter !== null && publishedAt > listedAfter && !listed.has(id) && missed !== SETTLED;
  const again = handed.filter((video) => isMissed(video) && video.missed > 0);
  const answer = again.length === 0 ? null : await askVideos(again.map(({ id }) => id));
  const deleted: DeletedPost[] = [];
  const left: Handed[] = [];
  for (const video of handed) {
    const { id, version } = video;
    if (!isMissed(video)) left.push(video);
    else if (video.missed === 0 || answer?.kind !== 'good') left.push({ ...video, missed: 1 });
    else if (answer.value.has(id)) left.push({ ...video, missed: SETTLED });
    else deleted.push({ uri: watchAddress(id), version });
  }
  return { deleted, left, throttle: answer?.kind === 'failed' ? answer.throttle : null };
};
