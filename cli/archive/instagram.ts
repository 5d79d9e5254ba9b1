import * as z from 'zod';
import {
  fromSeconds,
  partsOf,
  recordOf,
  type ArchiveNetwork,
  type ArchiveRecord,
  type Period,
} from './archive-post.js';
import { publicIn, type ArchiveFormat, type ArchiveOwner } from './format.js';
import { jsonValues, type JsonPath } from './json-values.js';
import { firstOf, MetaText } from './meta.js';

const MetaPost = z.object({
  title: MetaText.optional(),
  creation_timestamp: z.number().optional(),
  media: z
    .array(
      z.object({
        title: MetaText.optional(),
        creation_timestamp: z.number().optional(),
        text_app_post: z.object({ is_reply: z.boolean().optional() }).optional(),
      }),
    )
    .default([]),
});

/** A post of several pictures bears its words itself, one of a single picture on the picture. */
const record = (
  network: ArchiveNetwork,
  value: unknown,
  owner: ArchiveOwner,
  period: Period,
): ArchiveRecord => {
  const read = MetaPost.safeParse(value);
  if (!read.success) return { kind: 'unreadable' };
  const { title, creation_timestamp: seconds, media } = read.data;
  const [first] = media;
  const at = seconds ?? first?.creation_timestamp;
  const words = new Set([title, ...media.map((one) => one.title)]);
  return recordOf(
    {
      network,
      id: null,
      url: null,
      kind: media.some(({ text_app_post: text }) => text?.is_reply === true) ? 'reply' : 'post',
      postedAt: at === undefined ? null : fromSeconds(at),
      parts: partsOf([...words].map((text) => ({ field: 'body', text }))),
      isPublic: publicIn(owner),
    },
    period,
  );
};

const Personal = z.object({
  string_map_data: z.object({
    Username: z.object({ value: z.string() }).optional(),
    'Private Account': z.object({ value: z.string() }).optional(),
  }),
});

/** Under the English names of its fields; in a download of another language the holder is asked. */
const owner: ArchiveFormat['owner'] = async (archive, files) => {
  const personal = (await firstOf(archive, files, ['profile_user', '*'], Personal))?.string_map_data;
  const isPrivate = personal?.['Private Account']?.value.toLowerCase();
  return {
    handle: personal?.Username?.value ?? null,
    isPrivate: isPrivate === 'true' ? true : isPrivate === 'false' ? false : null,
  };
};

const OWNER_FILES = /^([^/]+\/)?personal_information\/(?:personal_information\/)?personal_information\.json$/;

const reader = (network: ArchiveNetwork, paths: readonly JsonPath[]): ArchiveFormat['posts'] =>
  async function* (archive, { files, owner: whose, period }) {
    for (const file of files)
      for await (const { value } of jsonValues(archive.read(file), paths))
        yield record(network, value, whose, period);
  };

/** Instagram's “Download your information”, JSON: posts and reels. Stories are gone after a day and are not read. */
export const instagramArchive: ArchiveFormat = {
  network: 'instagram',
  postFiles:
    /^([^/]+\/)?(?:your_instagram_activity\/)?(?:content|media)\/(?:posts(?:_\d+)?|reels(?:_\d+)?)\.json$/,
  ownerFiles: OWNER_FILES,
  otherFormat:
    /^([^/]+\/)?(?:your_instagram_activity\/)?(?:content|media)\/(?:posts(?:_\d+)?|reels(?:_\d+)?)\.html$/,
  owner,
  posts: reader('instagram', [['*'], ['ig_reels_media', '*']]),
};

/** Threads comes with the download of the Instagram account that it belongs to. */
export const threadsArchive: ArchiveFormat = {
  network: 'threads',
  postFiles:
    /^([^/]+\/)?(?:(?:your_instagram_activity|your_threads_activity)\/)?(?:threads\/)?threads_and_replies\.json$/,
  ownerFiles: OWNER_FILES,
  otherFormat:
    /^([^/]+\/)?(?:(?:your_instagram_activity|your_threads_activity)\/)?(?:threads\/)?threads_and_replies\.html$/,
  owner,
  posts: reader('threads', [['text_post_app_text_posts', '*']]),
};
