import * as z from 'zod';
import { fromSeconds, partsOf, recordOf, type ArchiveRecord, type Period } from './archive-post.js';
import { publicIn, type ArchiveFormat, type ArchiveOwner } from './format.js';
import { jsonValues } from './json-values.js';
import { firstOf, MetaText } from './meta.js';

const FacebookPost = z.object({
  timestamp: z.number(),
  data: z.array(z.object({ post: MetaText.optional() })).default([]),
  attachments: z
    .array(
      z.object({
        data: z
          .array(
            z.object({
              external_context: z.object({ name: MetaText.optional() }).optional(),
              media: z.object({ description: MetaText.optional() }).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

const Profile = z.object({
  name: z.object({ full_name: MetaText }).optional(),
  username: z.string().optional(),
});

const record = (value: unknown, owner: ArchiveOwner, period: Period): ArchiveRecord => {
  const read = FacebookPost.safeParse(value);
  if (!read.success) return { kind: 'unreadable' };
  const { timestamp, data, attachments } = read.data;
  const body = data.map(({ post }) => post ?? '').join('\n');
  const attached = attachments.flatMap((attachment) => attachment.data);
  // A photo's description repeats the post's words where they are the same.
  const captions = new Set(
    attached.map(({ media }) => media?.description ?? '').filter((text) => text !== body),
  );
  return recordOf(
    {
      network: 'facebook',
      id: null,
      url: null,
      kind: 'post',
      postedAt: fromSeconds(timestamp),
      parts: partsOf([
        { field: 'body', text: body },
        ...[...captions].map((text) => ({ field: 'body', text }) as const),
        ...attached.map((one) => ({ field: 'link-card', text: one.external_context?.name }) as const),
      ]),
      isPublic: publicIn(owner),
    },
    period,
  );
};

/** Facebook's “Download your information”, JSON. It says of no post who may see it, so the holder is asked. */
export const facebookArchive: ArchiveFormat = {
  network: 'facebook',
  postFiles:
    /^([^/]+\/)?(?:your_facebook_activity\/)?posts\/your_posts(?:__check_ins__photos_and_videos)?(?:_\d+)?\.json$/,
  ownerFiles: /^([^/]+\/)?(?:personal_information\/)?profile_information\/profile_information\.json$/,
  otherFormat:
    /^([^/]+\/)?(?:your_facebook_activity\/)?posts\/your_posts(?:__check_ins__photos_and_videos)?(?:_\d+)?\.html$/,
  owner: async (archive, files) => {
    const profile = await firstOf(archive, files, ['profile_v2'], Profile);
    return { handle: profile?.username ?? profile?.name?.full_name ?? null, isPrivate: null };
  },
  async *posts(archive, { files, owner, period }) {
    for (const file of files)
      for await (const { value } of jsonValues(archive.read(file), [['*']]))
        yield record(value, owner, period);
  },
};
