import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { fromText, partsOf, recordOf, type ArchiveRecord, type Period } from './archive-post.js';
import type { ArchiveFormat } from './format.js';
import type { Archive } from './open-archive.js';
import { ArchiveRefusal } from './refusal.js';

/** The columns of a Takeout have changed between capitals and none. */
const Row = z.record(z.string(), z.string());
type Row = z.infer<typeof Row>;

/** More than a video's description and all that stands beside it. */
const LONGEST_ROW = 200_000;

async function* rows(archive: Archive, file: string): AsyncGenerator<Row> {
  const csv = parse({
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(archive.read(file), { objectMode: false });
  source.once('error', (error) => csv.destroy(error));
  try {
    for await (const row of source.pipe(csv)) yield Row.parse(row);
  } catch (error) {
    throw error instanceof CsvError ? new ArchiveRefusal('unreadable', file, { cause: error }) : error;
  } finally {
    source.destroy();
  }
}

const Segments = z.union([
  z.object({ takeoutSegments: z.array(z.object({ text: z.string().optional() })) }),
  z.object({ text: z.string() }),
]);

/** The words of a comment: plain in old downloads, later as pieces in JSON, of which there may be several one after another. */
const commentText = (written: string): string => {
  if (!written.startsWith('{')) return written;
  try {
    const pieces = z.array(Segments).parse(JSON.parse(`[${written}]`));
    return pieces
      .map((piece) =>
        'text' in piece ? piece.text : piece.takeoutSegments.map(({ text }) => text ?? '').join(''),
      )
      .join('');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return written;
    throw error;
  }
};

const VIDEO_ID = /^[\w-]{6,20}$/;
const POST_ID = /^[\w-]{10,80}$/;
const COMMENT_ID = /^[\w.-]{6,120}$/;

const video = (row: Row, period: Period): ArchiveRecord => {
  const id = row['video id'] ?? '';
  if (!VIDEO_ID.test(id)) return { kind: 'unreadable' };
  const privacy = row['privacy'] ?? '';
  return recordOf(
    {
      network: 'youtube',
      id,
      url: `https://www.youtube.com/watch?v=${id}`,
      kind: 'post',
      postedAt: fromText(row['video publish timestamp'] || row['video create timestamp'] || ''),
      parts: partsOf([
        { field: 'title', text: row['video title (original)'] },
        { field: 'body', text: row['video description (original)'] },
      ]),
      isPublic: privacy === '' ? null : privacy.toLowerCase() === 'public',
    },
    period,
  );
};

/** A comment stands under a video or a post that its reader could open; whether it was public, the archive does not say. */
const comment = (row: Row, period: Period): ArchiveRecord => {
  const [id = '', under = '', post = ''] = [row['comment id'], row['video id'], row['post id']];
  if (!COMMENT_ID.test(id)) return { kind: 'unreadable' };
  const url = VIDEO_ID.test(under)
    ? `https://www.youtube.com/watch?v=${under}&lc=${id}`
    : POST_ID.test(post)
      ? `https://www.youtube.com/post/${post}?lc=${id}`
      : null;
  return recordOf(
    {
      network: 'youtube',
      id,
      url,
      kind: 'reply',
      postedAt: fromText(row['comment create timestamp'] ?? ''),
      parts: partsOf([{ field: 'body', text: commentText(row['comment text'] ?? '') }]),
      isPublic: null,
    },
    period,
  );
};

const communityPost = (row: Row, period: Period): ArchiveRecord => {
  const id = row['post id'] ?? '';
  if (!POST_ID.test(id)) return { kind: 'unreadable' };
  return recordOf(
    {
      network: 'youtube',
      id,
      url: `https://www.youtube.com/post/${id}`,
      kind: 'post',
      postedAt: fromText(row['post create timestamp'] ?? ''),
      parts: partsOf([{ field: 'body', text: commentText(row['post text'] ?? '') }]),
      isPublic: null,
    },
    period,
  );
};

/** What a row is, by a column that only its kind of table has. */
const KINDS: readonly { readonly column: string; readonly of: typeof video }[] = [
  { column: 'video title (original)', of: video },
  { column: 'comment text', of: comment },
  { column: 'post text', of: communityPost },
];

/**
 * Google Takeout's “YouTube and YouTube Music” in English: videos, comments and community posts as tables. What was watched,
 * searched, liked or subscribed to stands in other files, which are not read.
 */
export const youtubeArchive: ArchiveFormat = {
  network: 'youtube',
  postFiles:
    /^(Takeout\/)?YouTube[^/]*\/(?:video metadata\/videos|comments\/comments|posts\/posts)(?:\(\d+\))?\.csv$/i,
  ownerFiles: /^(Takeout\/)?YouTube[^/]*\/channels\/channel\.csv$/i,
  otherFormat: /^(Takeout\/)?YouTube[^/]*\/(?:my-comments|comments)\/[^/]+\.html$/i,
  otherLanguage: /^(Takeout\/)?YouTube[^/]*\/[^/]+\/[^/]+\.(?:csv|json|html)$/i,
  owner: async (archive, files) => {
    for (const file of files)
      for await (const row of rows(archive, file)) {
        const id = row['channel id'];
        const seenBy = row['channel visibility'] ?? '';
        if (id !== undefined)
          return { handle: id, isPrivate: seenBy === '' ? null : seenBy.toLowerCase() === 'private' };
      }
    return { handle: null, isPrivate: null };
  },
  async *posts(archive, { files, period }) {
    for (const file of files)
      for await (const row of rows(archive, file)) {
        const kind = KINDS.find(({ column }) => column in row);
        if (kind === undefined) throw new ArchiveRefusal('other-language', file);
        yield kind.of(row, period);
      }
  },
};
