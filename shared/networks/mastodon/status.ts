import * as z from 'zod';
import { lenient, Moment } from '../moment.js';

/** Some servers write ids as numbers. It becomes part of an address, so it may hold nothing else. */
export const Id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^[\w-]{1,64}$/));

/** Where the words of a status stand. */
const Words = z.object({
  /** HTML. */
  content: lenient(z.string()),
  spoiler_text: lenient(z.string()),
  media_attachments: lenient(z.array(z.object({ description: lenient(z.string()) }))),
  poll: lenient(z.object({ options: z.array(z.object({ title: lenient(z.string()) })) })),
  card: lenient(z.object({ title: lenient(z.string()), description: lenient(z.string()) })),
});
export type Words = z.infer<typeof Words>;

/** A status of anybody to which one of the account's own points. Who wrote it is not read. */
export const Shown = Words.extend({ id: Id, visibility: z.string() });
export type Shown = z.infer<typeof Shown>;

/** Mastodon says whether the quoted author agreed, and gives the status or its id; others give the status itself. */
const Quote = z.union([
  z.object({ state: z.string(), quoted_status: Shown }),
  z.object({ state: z.string(), quoted_status_id: Id }),
  Shown,
]);

/** The account as it stands in its own statuses and by itself. */
export const MastodonAccount = z.object({
  id: Id,
  suspended: lenient(z.boolean()),
  /** The account to which its holder has moved. */
  moved: z
    .unknown()
    .optional()
    .transform((account) => account !== null && account !== undefined),
  noindex: lenient(z.boolean()),
  discoverable: lenient(z.boolean()),
});
export type MastodonAccount = z.infer<typeof MastodonAccount>;

/** The account by itself, with what its holder says there. */
export const MastodonProfile = MastodonAccount.extend({
  /** Without a host when the account lives on the server that is asked. */
  acct: z.string().min(1).max(256),
  /** HTML. */
  note: lenient(z.string()),
  fields: lenient(z.array(z.object({ name: lenient(z.string()), value: lenient(z.string()) }))),
});

/** What is used of a status; see docs.joinmastodon.org/entities/Status. */
export const Status = Words.extend({
  id: Id,
  uri: z.string().min(1).max(2048),
  url: lenient(z.string()),
  created_at: Moment,
  edited_at: lenient(Moment),
  visibility: z.string(),
  account: MastodonAccount,
  in_reply_to_id: lenient(Id),
  /** Not lenient: a boost that could not be read as one would count as the account's own words. */
  reblog: Shown.nullish(),
  quote: lenient(Quote),
  pleroma: lenient(z.object({ quote: lenient(Shown) })),
});
export type Status = z.infer<typeof Status>;

/** Each is read by itself, so that one of a shape that nobody knows does not hide the others. */
export const StatusList = z.array(z.unknown());
