import type { CoverageReason } from '../../domain/scanning/coverage.js';
import type { ScanPermit } from '../../domain/registry/permit.js';
import type { Instant } from '../../domain/time.js';
import type { Connector, Mark, Reading } from '../connector.js';
import { askChannel, askUploads, askVideos } from './ask-lists.js';
import { findDeleted } from './find-deleted.js';
import { readUploads, type UploadPage, type Uploads } from './read-uploads.js';
import { watchAddress } from './watch-address.js';
import { asking, type Answer, type Ask, type FailedAnswer } from './youtube-answer.js';
import {
  parseCursor,
  WATCHED,
  watchedIn,
  watching,
  type Handed,
  type YoutubeCursor,
} from './youtube-cursor.js';

/** Looks at a channel: its newest uploads, what the last look left unread, and whether what it handed over is still there. */
export const readYoutube =
  (api: string): Connector['read'] =>
  async (permit, mark, tools) => {
    const cursor = parseCursor(mark.cursor);
    const at = tools.now();
    const ask = asking(api, tools, { throttlesBefore: cursor.throttles, at });
    const channel = permit.identity.id;
    const start = await startOf(ask, permit, cursor.uploads);
    if (start.kind === 'failed') return failedReading(start, cursor, mark);
    const { playlist, first } = start.value;
    const videos = (ids: readonly string[]) => askVideos(ask, permit, { channel, ids });

    const readBefore = cursor.readSince !== null && cursor.readSince <= permit.since;
    const uploads = await readUploads({
      permit,
      first,
      askPage: (token) => askUploads(ask, permit, { playlist, token, size: WATCHED }),
      askVideos: videos,
      known: knownBy(cursor, mark),
      limits: tools.limits,
      readTo: readBefore || cursor.backlog !== null ? cursor.readTo : null,
      backlog: cursor.backlog,
      at,
    });
    const handed = [
      ...uploads.listed.values(),
      ...watchedIn(cursor).filter(({ id }) => !uploads.listed.has(id)),
    ];
    const { deleted, left, throttle } = await findDeleted(handed, uploads, videos);
    const asksForPeace = uploads.failure?.throttle ?? throttle;
    return {
      posts: uploads.posts,
      deleted,
      cursor: JSON.stringify({
        uploads: playlist,
        ...progressOf(uploads, { cursor, permit, first, left, at }),
        throttles: asksForPeace === null ? 0 : cursor.throttles + 1,
      } satisfies YoutubeCursor),
      reason: reasonOf(uploads),
      throttle: asksForPeace,
      notBefore: null,
      stop: false,
    };
  };

interface Start {
  readonly playlist: string;
  readonly first: UploadPage;
}

/** The newest page. There is no list of uploads where there is no upload, nor where there is no channel. */
const startOf = async (ask: Ask, permit: ScanPermit, known: string | null): Promise<Answer<Start>> => {
  const newest = (playlist: string) => askUploads(ask, permit, { playlist, token: null, size: WATCHED });
  if (known !== null) {
    const page = await newest(known);
    if (page.kind === 'good') return { kind: 'good', value: { playlist: known, first: page.value } };
    if (page.reason !== 'gone') return page;
  }
  const channel = await askChannel(ask, permit, { id: permit.identity.id });
  if (channel.kind === 'failed') return channel;
  const playlist = channel.value.contentDetails.relatedPlaylists.uploads;
  const page: Answer<UploadPage> = playlist === known ? NO_LIST : await newest(playlist);
  if (page.kind === 'good') return { kind: 'good', value: { playlist, first: page.value } };
  return page.reason === 'gone' ? { kind: 'good', value: { playlist, first: EMPTY } } : page;
};

const NO_LIST: FailedAnswer = { kind: 'failed', reason: 'gone', throttle: null };
const EMPTY: UploadPage = { uploads: [], damaged: false, next: null };

const knownBy = (cursor: YoutubeCursor, mark: Mark) => {
  const before = new Map(watchedIn(cursor).map((video) => [video.id, video]));
  const { forgotten, readSince } = cursor;
  return ({ id, version, publishedAt }: Handed): 'new' | 'edited' | 'same' => {
    const watched = before.get(id);
    if (watched !== undefined) return watched.version === version ? 'same' : 'edited';
    const inWindow = mark.known(watchAddress(id), version);
    const isForgotten =
      forgotten !== null && readSince !== null && publishedAt <= forgotten && publishedAt >= readSince;
    return inWindow === 'new' && isForgotten ? 'same' : inWindow;
  };
};

const failedReading = (failure: FailedAnswer, cursor: YoutubeCursor, mark: Mark): Reading => ({
  posts: [],
  deleted: [],
  cursor:
    failure.throttle === null
      ? mark.cursor
      : JSON.stringify({ ...cursor, throttles: cursor.throttles + 1 } satisfies YoutubeCursor),
  reason: failure.reason,
  throttle: failure.throttle,
  notBefore: null,
  stop: false,
});

interface Look {
  readonly cursor: YoutubeCursor;
  readonly permit: ScanPermit;
  readonly first: UploadPage;
  readonly left: readonly Handed[];
  readonly at: Instant;
}

const progressOf = (
  { progress, backlog }: Uploads,
  { cursor, permit, first, left, at }: Look,
): Pick<YoutubeCursor, 'watched' | 'forgotten' | 'readTo' | 'readSince' | 'backlog'> => {
  const isFinished = progress === 'finished';
  const seen = watching(left, { forgotten: cursor.forgotten, isFinished });
  if (progress === 'lost') return { ...seen, readTo: null, readSince: null, backlog: null };
  return {
    ...seen,
    readTo: progress === 'stuck' ? cursor.readTo : newest(first, cursor.readTo, at),
    readSince: isFinished ? permit.since : cursor.readSince,
    backlog,
  };
};

/** A video from the future would hide everything that is published until then. */
const newest = ({ uploads }: UploadPage, before: Instant | null, at: Instant): Instant | null =>
  [before, ...uploads.map(({ contentDetails }) => contentDetails.videoPublishedAt ?? null)]
    .filter((moment) => moment !== null)
    .map((moment) => (moment > at ? at : moment))
    .sort()
    .at(-1) ?? null;

const reasonOf = ({ failure, progress, damaged, posts }: Uploads): CoverageReason => {
  if (failure !== null) return failure.reason;
  if (progress !== 'finished') return 'page-cap';
  if (damaged) return 'malformed';
  return posts.length > 0 ? 'seen' : 'nothing-new';
};
