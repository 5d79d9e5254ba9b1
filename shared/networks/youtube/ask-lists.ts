import type { FetchPermit } from '../../domain/registry/permit.js';
import type { UploadPage } from './read-uploads.js';
import { ChannelList, PUBLIC, Upload, UploadList, VideoList, type Video } from './resources.js';
import type * as z from 'zod';
import type { Answer, Ask } from './youtube-answer.js';

type Channel = z.infer<typeof ChannelList>['items'][number];

/** A channel by its id or its handle; `gone` when there is none. */
export const askChannel = async (
  ask: Ask,
  permit: FetchPermit,
  by: { readonly id: string } | { readonly forHandle: string },
): Promise<Answer<Channel>> => {
  const answer = await ask(permit, 'channels', { part: 'snippet,contentDetails', ...by }, ChannelList);
  if (answer.kind === 'failed') return answer;
  const [channel] = answer.value.items;
  if (channel === undefined) return { kind: 'failed', reason: 'gone', throttle: null };
  // Whom it was not asked for it may not answer with.
  return 'id' in by && channel.id !== by.id
    ? { kind: 'failed', reason: 'malformed', throttle: null }
    : { kind: 'good', value: channel };
};

/** A page of the playlist of a channel's uploads: the newest, or the one of this name. */
export const askUploads = async (
  ask: Ask,
  permit: FetchPermit,
  {
    playlist,
    token,
    size,
  }: { readonly playlist: string; readonly token: string | null; readonly size: number },
): Promise<Answer<UploadPage>> => {
  const parameters = {
    part: 'snippet,contentDetails,status',
    playlistId: playlist,
    maxResults: String(size),
    ...(token === null ? {} : { pageToken: token }),
  };
  const answer = await ask(permit, 'playlistItems', parameters, UploadList);
  if (answer.kind === 'failed') return answer;
  const { items, nextPageToken } = answer.value;
  const uploads = items.flatMap((item) => Upload.safeParse(item).data ?? []);
  const page = { uploads, damaged: uploads.length < items.length, next: nextPageToken ?? null };
  return { kind: 'good', value: page };
};

/** Those of these videos that are there, public, and the channel's own, by their ids. */
export const askVideos = async (
  ask: Ask,
  permit: FetchPermit,
  { channel, ids }: { readonly channel: string; readonly ids: readonly string[] },
): Promise<Answer<ReadonlyMap<string, Video>>> => {
  const answer = await ask(permit, 'videos', { part: 'snippet,status', id: ids.join(',') }, VideoList);
  if (answer.kind === 'failed') return answer;
  const open = answer.value.items.filter(
    ({ snippet, status }) => snippet.channelId === channel && status.privacyStatus === PUBLIC,
  );
  return { kind: 'good', value: new Map(open.map((video) => [video.id, video])) };
};
