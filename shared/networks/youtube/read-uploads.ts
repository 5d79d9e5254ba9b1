import type { Post } from '../../domain/scanning/post.js';
import type { ScanPermit } from '../../domain/registry/permit.js';
import { Instant } from '../../domain/time.js';
import type { Handed } from './youtube-cursor.js';
import { postOf, versionOf } from './video-post.js';
import { PUBLIC, type Upload, type Video } from './resources.js';
import type { Answer, FailedAnswer } from './youtube-answer.js';

/** One page of a channel's uploads, newest first. */
export interface UploadPage {
  readonly uploads: readonly Upload[];
  /** Some of the page could not be read. */
  readonly damaged: boolean;
  readonly next: string | null;
}

interface UploadsRequest {
  readonly permit: ScanPermit;
  readonly first: UploadPage;
  readonly askPage: (token: string) => Promise<Answer<UploadPage>>;
  readonly askVideos: (ids: readonly string[]) => Promise<Answer<ReadonlyMap<string, Video>>>;
  /** Whether this version of this video was handed over before. */
  readonly known: (listed: Handed) => 'new' | 'edited' | 'same';
  readonly limits: { readonly pages: number; readonly posts: number };
  /** A page that ends with a video of this moment or an earlier one was read before; `null` when everything is to be read. */
  readonly readTo: Instant | null;
  /** The page on which the last look had to leave off. */
  readonly backlog: string | null;
  readonly at: Instant;
}

export interface Uploads {
  readonly posts: readonly Post[];
  /** The channel's own public videos that were listed and are now handed over. */
  readonly listed: ReadonlyMap<string, Handed>;
  /** The page on which the next look has to go on; `null` when everything was read, or it has to begin as this one did. */
  readonly backlog: string | null;
  /** How far the next look may rely on this one. */
  readonly progress: 'finished' | 'unread' | 'stuck' | 'lost';
  readonly damaged: boolean;
  readonly failure: FailedAnswer | null;
  /** What was published after this moment and is still listed was met; `null` when that is not known of any moment. */
  readonly listedAfter: Instant | null;
}

const ALWAYS = Instant.parse('0001-01-01T00:00:00.000Z');

/**
 * From the newest page towards older ones, to where an earlier look was or the permit begins; then on with what an earlier
 * look had left. A walk goes on with the page that it left off on, not behind it: pages move up when videos are deleted.
 */
export const readUploads = async (request: UploadsRequest): Promise<Uploads> => {
  const { permit, first, askPage, askVideos, known, limits, readTo, backlog, at } = request;
  const posts: Post[] = [];
  const listed = new Map<string, Handed>();
  const met = new Set<string>();
  const asked = new Set<string>();
  let damaged = false;
  let listedAfter: Instant | null = null;

  const ownActs = ({ uploads }: UploadPage): Handed[] =>
    uploads.flatMap((upload) => {
      const { videoId: id, videoPublishedAt: publishedAt } = upload.contentDetails;
      const owner = upload.snippet.videoOwnerChannelId;
      const isOwnAct =
        upload.status.privacyStatus === PUBLIC && (owner == null || owner === permit.identity.id);
      return isOwnAct && publishedAt != null && publishedAt >= permit.since
        ? [{ id, publishedAt, version: versionOf(upload), missed: 0 }]
        : [];
    });

  /** Takes from a page what is new; whether it had to leave some of it. */
  const take = async (page: UploadPage): Promise<'all' | 'some' | FailedAnswer> => {
    const own = ownActs(page).filter(({ id }) => !listed.has(id));
    const news = own.filter((video) => known(video) !== 'same');
    const taken = news.slice(0, limits.posts - posts.length);
    for (const video of own) if (!news.includes(video)) listed.set(video.id, video);
    if (taken.length > 0) {
      const answer = await askVideos(taken.map(({ id }) => id));
      if (answer.kind === 'failed') return answer;
      for (const video of taken) {
        const full = answer.value.get(video.id);
        // It may have been taken back since it was listed.
        if (full === undefined) continue;
        posts.push({ ...postOf(full, video, at), edited: known(video) === 'edited' });
        listed.set(video.id, video);
      }
    }
    return taken.length < news.length ? 'some' : 'all';
  };

  const end = (facts: Partial<Uploads>): Uploads => ({
    posts: posts.toSorted((one, other) => other.postedAt.localeCompare(one.postedAt)),
    listed,
    backlog: null,
    progress: 'finished',
    failure: null,
    damaged,
    listedAfter,
    ...facts,
  });

  let page = first;
  let token: string | null = null;
  let resuming = false;
  for (let pages = 1; ; pages += 1) {
    damaged ||= page.damaged;
    const outcome = await take(page);
    if (outcome !== 'all') {
      const failure = outcome === 'some' ? null : outcome;
      return token === null
        ? end({ backlog, progress: 'stuck', failure })
        : end({ backlog: token, progress: 'unread', failure });
    }
    const ids = page.uploads.map(({ contentDetails }) => contentDetails.videoId);
    const addsNone = ids.every((id) => met.has(id));
    for (const id of ids) met.add(id);
    const last = page.uploads.findLast(({ contentDetails }) => contentDetails.videoPublishedAt != null)
      ?.contentDetails.videoPublishedAt;
    const isOld = last != null && last < permit.since;
    const wasRead = !resuming && last != null && readTo !== null && last <= readTo;
    let next = addsNone || isOld || wasRead ? null : page.next;
    if (next === null && !resuming) {
      listedAfter = page.next === null || addsNone ? ALWAYS : (last ?? null);
      // A walk to the bottom has passed by what was left there.
      next = backlog === null || asked.has(backlog) ? null : backlog;
      resuming = true;
    }
    if (next === null) return end({});
    // Nothing would be gained by going on with the very page that this look went on with.
    const here = token === null || token === backlog ? next : token;
    if (pages === limits.pages || asked.has(next)) return end({ backlog: here, progress: 'unread' });
    asked.add(next);
    const answer = await askPage(next);
    if (answer.kind === 'failed') {
      if (answer.reason === 'gone') return end({});
      // Names of pages do not last for ever; then everything is walked again.
      const isLost = answer.reason === 'malformed' && next === backlog;
      return isLost ? end({ progress: 'lost' }) : end({ backlog: next, progress: 'unread', failure: answer });
    }
    token = next;
    page = answer.value;
  }
};
