import * as z from 'zod';

/**
 * What is used of the records and answers of AT Protocol. The lexicons ask for more; a record that is written by hand need
 * not keep to them, so a field that does not hold is left out and the rest is read.
 */
const listOf = <Item>(item: z.ZodType<Item>, most: number) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((values) =>
      values.slice(0, most).flatMap((value) => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const Text = z.string().catch('');
const Cid = z.string().regex(/^[a-zA-Z0-9+=]{8,128}$/);

export const StrongRef = z.object({ uri: z.string().max(2048), cid: Cid });
export type StrongRef = z.infer<typeof StrongRef>;

const SelfLabels = z
  .object({ values: listOf(z.object({ val: z.string().max(128) }), 10) })
  .catch({ values: [] })
  .transform(({ values }) => values.map(({ val }) => val));

const Facet = z.object({
  index: z.object({ byteStart: z.int().nonnegative(), byteEnd: z.int().nonnegative() }),
  features: listOf(
    z.discriminatedUnion('$type', [
      z.object({ $type: z.literal('app.bsky.richtext.facet#link'), uri: z.string() }),
      z.object({ $type: z.literal('app.bsky.richtext.facet#tag'), tag: z.string() }),
    ]),
    10,
  ),
});
export type Facet = z.infer<typeof Facet>;

const Media = z.discriminatedUnion('$type', [
  z.object({ $type: z.literal('app.bsky.embed.images'), images: listOf(z.object({ alt: Text }), 20) }),
  z.object({ $type: z.literal('app.bsky.embed.video'), alt: Text }),
  z.object({
    $type: z.literal('app.bsky.embed.external'),
    external: z.object({ title: Text, description: Text }),
  }),
]);
export type Media = z.infer<typeof Media>;

const Quote = z.object({ $type: z.literal('app.bsky.embed.record'), record: StrongRef });

const Embed = z.discriminatedUnion('$type', [
  ...Media.options,
  Quote,
  z.object({
    $type: z.literal('app.bsky.embed.recordWithMedia'),
    record: z.object({ record: StrongRef }).nullable().catch(null),
    media: Media.nullable().catch(null),
  }),
]);

export const PostRecord = z.object({
  text: Text,
  createdAt: z.string().nullable().catch(null),
  facets: listOf(Facet, 500),
  tags: listOf(z.string(), 20),
  labels: SelfLabels,
  reply: z.object({ parent: StrongRef }).nullable().catch(null),
  embed: Embed.nullable().catch(null),
});
export type PostRecord = z.infer<typeof PostRecord>;

export const RepostRecord = z.object({
  createdAt: z.string().nullable().catch(null),
  subject: StrongRef.nullable().catch(null),
});

export const ProfileRecord = z.object({
  description: Text,
  website: z.string().nullable().catch(null),
  labels: SelfLabels,
  pinnedPost: StrongRef.nullable().catch(null),
});
export type ProfileRecord = z.infer<typeof ProfileRecord>;

export const LatestCommit = z.object({ rev: z.string().min(1).max(64) });

export const RepoStatus = z.object({ active: z.boolean(), status: z.string().nullable().catch(null) });

const Listed = z.object({ uri: z.string(), cid: Cid, value: z.unknown() });
export type Listed = z.infer<typeof Listed>;

export const RecordAnswer = z.object({ cid: Cid.nullable().catch(null), value: z.unknown() });

/** Never trusted to be as long as it was asked to be, and read no further than this. */
export const RecordPage = z.object({
  records: z.array(Listed).transform((records) => records.slice(0, 1000)),
});

export const XrpcError = z.object({ error: z.string() });

/** Asks not to be shown to readers who have not signed in; the API shows it all the same. */
export const NOT_TO_STRANGERS = '!no-unauthenticated';
