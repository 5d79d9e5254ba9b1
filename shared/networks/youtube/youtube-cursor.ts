import * as z from 'zod';
import { instant, Instant } from '../../domain/time.js';
import { Json } from '../json.js';
import { PageToken, PlaylistId, VideoId } from './resources.js';

/** As many as a page holds: those are compared at every look, what is behind them is not seen again. */
export const WATCHED = 50;

/** A video that was handed over. No text: its id, by which the interface can be asked whether it is still there. */
const Watched = z.tuple([
  VideoId,
  /** When it was published, as milliseconds to the base 36. */
  z.string().regex(/^[0-9a-z]{1,11}$/),
  z.string().max(64),
  /** Looks in a row that missed it; `SETTLED` when it is public all the same. */
  z.int().min(0).max(2),
]);

/** What the connector keeps of a channel between two looks. */
export const YoutubeCursor = z.strictObject({
  /** The playlist of everything that the channel has uploaded. */
  uploads: PlaylistId.nullable(),
  /** Newest first. */
  watched: z.array(Watched).max(WATCHED),
  /** What was published until this moment and since `readSince` was handed over before, though it is no longer watched. */
  forgotten: Instant.nullable(),
  /** The newest video that was listed; a page that ends here or below holds nothing new behind it. */
  readTo: Instant.nullable(),
  /** How far back everything was read once. */
  readSince: Instant.nullable(),
  /** The page on which an unfinished walk goes on. */
  backlog: PageToken.nullable(),
  /** Times in a row that we were asked to slow down. */
  throttles: z.int().nonnegative(),
});
export type YoutubeCursor = z.infer<typeof YoutubeCursor>;

const FIRST_LOOK: YoutubeCursor = {
  uploads: null,
  watched: [],
  forgotten: null,
  readTo: null,
  readSince: null,
  backlog: null,
  throttles: 0,
};

/** A text that is no cursor of ours starts the look anew: at worst something is read twice. */
export const parseCursor = (text: string | null): YoutubeCursor =>
  text === null ? FIRST_LOOK : (Json.pipe(YoutubeCursor).safeParse(text).data ?? FIRST_LOOK);

/** A video that was handed over, as the connector works with it. */
export interface Handed {
  readonly id: string;
  readonly publishedAt: Instant;
  readonly version: string;
  readonly missed: number;
}

/** Public though it is not listed; it is not asked for again until it is listed. */
export const SETTLED = 2;

export const watchedIn = ({ watched }: YoutubeCursor): Handed[] =>
  watched.map(([id, publishedAt, version, missed]) => ({
    id,
    publishedAt: instant(new Date(parseInt(publishedAt, 36))),
    version,
    missed,
  }));

/** The newest of these videos in a cursor; once everything was read, the older ones are known by when they were published. */
export const watching = (
  handed: readonly Handed[],
  { forgotten, isFinished }: { readonly forgotten: Instant | null; readonly isFinished: boolean },
): Pick<YoutubeCursor, 'watched' | 'forgotten'> => {
  const kept = handed
    .toSorted((one, other) => other.publishedAt.localeCompare(one.publishedAt))
    .slice(0, WATCHED);
  return {
    watched: kept.map(({ id, publishedAt, version, missed }) => [
      id,
      Date.parse(publishedAt).toString(36),
      version,
      missed,
    ]),
    forgotten: isFinished && kept.length === WATCHED ? (kept.at(-1)?.publishedAt ?? null) : forgotten,
  };
};
