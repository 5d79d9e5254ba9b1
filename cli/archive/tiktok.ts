import * as z from 'zod';
import { fromText, partsOf, recordOf, type ArchiveRecord, type Period } from './archive-post.js';
import type { ArchiveFormat, ArchiveOwner } from './format.js';
import { jsonValues, type JsonPath } from './json-values.js';

const Video = z.object({
  Date: z.string(),
  Link: z.string().optional(),
  Title: z.string().optional(),
  WhoCanView: z.string().optional(),
});

/** The same list under the names that it has had over the years. */
const VIDEOS: readonly JsonPath[] = [
  ['Post', 'Posts', 'VideoList', '*'],
  ['Video', 'Videos', 'VideoList', '*'],
];

const OWNER: readonly JsonPath[] = [
  ['Profile', 'Profile Info', 'ProfileMap', 'userName'],
  ['Profile', 'Profile Information', 'ProfileMap', 'userName'],
  ['App Settings', 'Settings', 'SettingsMap', 'Private Account'],
];

/** `2026-11-20 04:30:00`, in UTC. */
const DATE = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?: UTC)?$/;
const EVERYBODY = /^(?:public|everyone)\b/i;
const ON = /^(?:enabled?|on|true|yes)$/i;

/** Some links of the download lead to a file that lapses; only one that names the video is an address. */
const VIDEO_ADDRESS = /^https:\/\/(?:www\.)?tiktokv?\.com\/(?:@[^/?#]+|share)\/video\/(\d{5,25})\/?$/;

const visibility = (said: string | undefined, { isPrivate }: ArchiveOwner): boolean | null => {
  if (isPrivate === true) return false;
  return said === undefined || said === '' ? null : EVERYBODY.test(said);
};

const record = (value: unknown, owner: ArchiveOwner, period: Period): ArchiveRecord => {
  const read = Video.safeParse(value);
  if (!read.success) return { kind: 'unreadable' };
  const { Date: date, Link: link = '', Title: title, WhoCanView: seenBy } = read.data;
  const [, day, time] = DATE.exec(date) ?? [];
  const [url, id] = VIDEO_ADDRESS.exec(link) ?? [];
  return recordOf(
    {
      network: 'tiktok',
      id: id ?? null,
      url: url ?? null,
      kind: 'post',
      postedAt: day === undefined || time === undefined ? null : fromText(`${day}T${time}Z`),
      parts: partsOf([{ field: 'body', text: title }]),
      isPublic: visibility(seenBy, owner),
    },
    period,
  );
};

/** TikTok's “Download your data”, JSON: one file that holds everything. Only the list of the own videos is made into words. */
export const tiktokArchive: ArchiveFormat = {
  network: 'tiktok',
  postFiles: /^([^/]+\/)?user_data(?:_tiktok)?\.json$/,
  ownerFiles: /^([^/]+\/)?user_data(?:_tiktok)?\.json$/,
  otherFormat: /^([^/]+\/)?(?:Post|Posts|Video|Videos|TikTok)\/[^/]+\.txt$/,
  owner: async (archive, files) => {
    let handle: string | null = null;
    let isPrivate: boolean | null = null;
    for (const file of files)
      for await (const { path, value } of jsonValues(archive.read(file), OWNER)) {
        if (typeof value !== 'string') continue;
        if (path === 2) isPrivate = ON.test(value);
        else handle = value;
      }
    return { handle, isPrivate };
  },
  async *posts(archive, { files, owner, period }) {
    for (const file of files)
      for await (const { value } of jsonValues(archive.read(file), VIDEOS))
        yield record(value, owner, period);
  },
};
