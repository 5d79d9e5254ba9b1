import * as z from 'zod';
import { instant, Instant } from '../../domain/time.js';
import { Json } from '../json.js';
import { Id } from './status.js';

/** As many as a page holds: those are compared at every look, what is behind them is not seen again. */
export const WATCHED = 40;
/** A status with a longer name is not watched for deletion, so that a cursor stays under the 16 KB that are kept of it. */
const MAX_URI = 256;

const Time = z.string().regex(/^[0-9a-z]{1,11}$/);

/** A status that was handed over. No text: its id and name, by which the server can be asked whether it is still there. */
const Watched = z.tuple([
  Id,
  /** Its `uri`, empty when that is too long. */
  z.string().max(MAX_URI),
  /** When it was posted, and its version: moments as milliseconds to the base 36. */
  Time,
  Time,
  /** Looks in a row that missed it; `SETTLED` when the server, asked for it, has it all the same. */
  z.int().min(0).max(3),
]);

/** What the connector keeps of an account between two looks. */
export const MastodonCursor = z.strictObject({
  /** Newest first. */
  watched: z.array(Watched).max(WATCHED),
  /** What was posted until this moment and since `readSince` was handed over before, though it is no longer watched. */
  forgotten: Instant.nullable(),
  /** The newest status that was listed; a page that ends here or below holds nothing new behind it. */
  readTo: Instant.nullable(),
  /** How far back everything was read once. */
  readSince: Instant.nullable(),
  /** The status below which an unfinished walk goes on. */
  backlog: Id.nullable(),
  /** Times in a row that the host asked us to slow down. */
  throttles: z.int().nonnegative(),
});
export type MastodonCursor = z.infer<typeof MastodonCursor>;

export const FIRST_LOOK: MastodonCursor = {
  watched: [],
  forgotten: null,
  readTo: null,
  readSince: null,
  backlog: null,
  throttles: 0,
};

/** A text that is no cursor of ours starts the look anew: at worst something is read twice. */
export const parseCursor = (text: string | null): MastodonCursor =>
  text === null ? FIRST_LOOK : (Json.pipe(MastodonCursor).safeParse(text).data ?? FIRST_LOOK);

/** A status that was handed over, as the connector works with it. */
export interface Handed {
  readonly id: string;
  readonly uri: string;
  readonly createdAt: Instant;
  readonly version: Instant;
  readonly missed: number;
}

/** There though it is not listed; it is not asked for again until it is listed. */
export const SETTLED = 3;

const packed = (at: Instant): string => Date.parse(at).toString(36);
const unpacked = (text: string): Instant => instant(new Date(parseInt(text, 36)));

export const watchedIn = ({ watched }: MastodonCursor): Handed[] =>
  watched.map(([id, uri, createdAt, version, missed]) => ({
    id,
    uri,
    createdAt: unpacked(createdAt),
    version: unpacked(version),
    missed,
  }));

/** The newest of these statuses in a cursor; once everything was read, the older ones are known by when they were posted. */
export const watching = (
  handed: readonly Handed[],
  { forgotten, isFinished }: { readonly forgotten: Instant | null; readonly isFinished: boolean },
): Pick<MastodonCursor, 'watched' | 'forgotten'> => {
  const kept = handed
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
    .slice(0, WATCHED);
  return {
    watched: kept.map(({ id, uri, createdAt, version, missed }) => [
      id,
      uri.length > MAX_URI ? '' : uri,
      packed(createdAt),
      packed(version),
      missed,
    ]),
    forgotten: isFinished && kept.length === WATCHED ? (kept.at(-1)?.createdAt ?? null) : forgotten,
  };
};
