import * as z from 'zod';
import type { Instant } from '../../shared/domain/time.js';
import { fromText, partsOf, recordOf, type ArchiveRecord, type Period } from './archive-post.js';
import { publicIn, type ArchiveFormat, type ArchiveOwner, type Reading } from './format.js';
import { jsonValues } from './json-values.js';
import { firstOf } from './meta.js';
import type { Archive } from './open-archive.js';

const Link = z.object({ url: z.string(), expanded_url: z.string() });
const Tweet = z.object({
  tweet: z.object({
    id_str: z.string().regex(/^\d{1,25}$/),
    created_at: z.string(),
    full_text: z.string(),
    in_reply_to_status_id_str: z.string().optional(),
    entities: z.object({ urls: z.array(Link).default([]) }).optional(),
    extended_entities: z
      .object({ media: z.array(z.object({ ext_alt_text: z.string().optional() })).default([]) })
      .optional(),
  }),
});
type Tweet = z.infer<typeof Tweet>['tweet'];

const Note = z.object({
  noteTweet: z.object({ createdAt: z.string(), core: z.object({ text: z.string() }) }),
});
type Note = z.infer<typeof Note>['noteTweet'];

const Account = z.object({ account: z.object({ username: z.string().regex(/^\w{1,50}$/) }) });
const Protection = z.object({
  protectedHistory: z.object({ protectedAt: z.string(), action: z.string() }),
});

const NOTES = /note-tweet(?:-part\d+)?\.js$/;
const PROTECTION = /protected-history\.js$/;

/** The three signs that X writes as HTML would. */
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const withLinks = (text: string, links: readonly z.infer<typeof Link>[]): string =>
  links.reduce((all, { url, expanded_url: whole }) => all.replaceAll(url, whole), text);

/** What somebody else wrote, shared as it is. */
const SHARED = /^RT @\w{1,50}: /;

/** How much of a long post its short form is sure to show. */
const SHOWN = 100;

/** The words of long posts stand in a file of their own; second and beginning tell which post each belongs to. */
const longTexts = async ({ read }: Archive, files: readonly string[], period: Period) => {
  const bySecond = new Map<string, Note[]>();
  const second = (at: Instant): string => at.slice(0, 19);
  for (const file of files)
    for await (const { value } of jsonValues(read(file), [['*']])) {
      const note = Note.safeParse(value).data?.noteTweet;
      const at = note === undefined ? null : fromText(note.createdAt);
      if (note === undefined || at === null || at < period.from || at >= period.before) continue;
      bySecond.set(second(at), [...(bySecond.get(second(at)) ?? []), note]);
    }
  return (at: Instant | null, text: string): string =>
    (at === null ? [] : (bySecond.get(second(at)) ?? [])).find(({ core }) =>
      plain(core.text).startsWith(plain(text).slice(0, SHOWN)),
    )?.core.text ?? text;
};

const whole = (
  { id_str: id, created_at: date, full_text: text, ...tweet }: Tweet,
  owner: ArchiveOwner,
  textOf: (at: Instant | null, text: string) => string,
) => {
  const postedAt = fromText(date);
  const words = plain(withLinks(textOf(postedAt, text), tweet.entities?.urls ?? []));
  const shared = SHARED.test(text);
  return {
    network: 'x',
    id,
    url: owner.handle === null ? null : `https://x.com/${owner.handle}/status/${id}`,
    kind: shared ? 'share' : tweet.in_reply_to_status_id_str === undefined ? 'post' : 'reply',
    postedAt,
    parts: shared
      ? []
      : partsOf([
          { field: 'body', text: words },
          ...(tweet.extended_entities?.media ?? []).map(
            ({ ext_alt_text: alt }) => ({ field: 'alt-text', text: alt }) as const,
          ),
        ]),
    context: shared ? ({ relation: 'share', text: words.replace(SHARED, '') } as const) : null,
    isPublic: publicIn(owner),
  } as const;
};

async function* posts(archive: Archive, { files, owner, period }: Reading): AsyncGenerator<ArchiveRecord> {
  const notes = files.filter((name) => NOTES.test(name));
  const textOf = await longTexts(archive, notes, period);
  for (const file of files.filter((name) => !NOTES.test(name)))
    for await (const { value } of jsonValues(archive.read(file), [['*']])) {
      const read = Tweet.safeParse(value);
      yield read.success ? recordOf(whole(read.data.tweet, owner, textOf), period) : { kind: 'unreadable' };
    }
}

/** The last change of “protect your posts” within the half year that X keeps; `null` where there was none. */
const protectedNow = async ({ read }: Archive, files: readonly string[]): Promise<boolean | null> => {
  let last: { readonly at: Instant; readonly isProtected: boolean } | null = null;
  for (const file of files)
    for await (const { value } of jsonValues(read(file), [['*']])) {
      const change = Protection.safeParse(value).data?.protectedHistory;
      const at = change === undefined ? null : fromText(change.protectedAt);
      if (change !== undefined && at !== null && (last === null || at > last.at))
        last = { at, isProtected: /^protect/i.test(change.action) };
    }
  return last?.isProtected ?? null;
};

/**
 * X's “Download an archive of your data”: scripts that each assign a list. What is deleted, drafted or shown to a circle
 * stands in other files, which are not read.
 */
export const xArchive: ArchiveFormat = {
  network: 'x',
  postFiles: /^([^/]+\/)?data\/(?:tweets?|note-tweet)(?:-part\d+)?\.js$/,
  ownerFiles: /^([^/]+\/)?data\/(?:account|protected-history)\.js$/,
  otherFormat: /^([^/]+\/)?(?:tweets\.csv|data\/js\/tweets\/\d{4}_\d{2}\.js)$/,
  owner: async (archive, files) => {
    const account = await firstOf(
      archive,
      files.filter((name) => !PROTECTION.test(name)),
      ['*'],
      Account,
    );
    return {
      handle: account?.account.username ?? null,
      isPrivate: await protectedNow(
        archive,
        files.filter((name) => PROTECTION.test(name)),
      ),
    };
  },
  posts,
};
