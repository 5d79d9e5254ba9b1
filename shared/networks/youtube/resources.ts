import * as z from 'zod';
import { lenient, Moment } from '../moment.js';

/** These become parts of addresses, so they may hold nothing else. */
export const VideoId = z.string().regex(/^[\w-]{1,32}$/);
export const PlaylistId = z.string().regex(/^[\w-]{1,64}$/);
export const PageToken = z.string().regex(/^[\w=-]{1,256}$/);

export const PUBLIC = 'public';

/** A list without anything in it may leave `items` out; its kind tells it from other JSON. */
const listOf = <Kind extends string, Item extends z.ZodType>(kind: Kind, item: Item) =>
  z.object({ kind: z.literal(kind), items: z.array(item).default([]) });

/** See developers.google.com/youtube/v3/docs/channels. */
export const ChannelList = listOf(
  'youtube#channelListResponse',
  z.object({
    id: z.string().min(1).max(64),
    snippet: z.object({
      description: lenient(z.string()),
      /** The handle. */
      customUrl: lenient(z.string()),
    }),
    contentDetails: z.object({ relatedPlaylists: z.object({ uploads: PlaylistId }) }),
  }),
);

/** See developers.google.com/youtube/v3/docs/playlistItems. Title and description are the video's own. */
export const Upload = z.object({
  snippet: z.object({
    title: z.string(),
    description: z.string(),
    videoOwnerChannelId: lenient(z.string()),
  }),
  /** A video that is private or deleted has no moment. */
  contentDetails: z.object({ videoId: VideoId, videoPublishedAt: lenient(Moment) }),
  status: z.object({ privacyStatus: z.string() }),
});
export type Upload = z.infer<typeof Upload>;

/** Each item is read by itself, so that one of a shape that nobody knows does not hide the others. */
export const UploadList = listOf('youtube#playlistItemListResponse', z.unknown()).extend({
  nextPageToken: lenient(PageToken),
});

/** See developers.google.com/youtube/v3/docs/videos. */
const Video = z.object({
  id: VideoId,
  snippet: z.object({
    channelId: z.string(),
    title: z.string(),
    description: z.string(),
    tags: lenient(z.array(z.string())),
  }),
  status: z.object({ privacyStatus: z.string() }),
});
export type Video = z.infer<typeof Video>;
export const VideoList = listOf('youtube#videoListResponse', Video);
