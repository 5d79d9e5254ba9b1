import { instant, type Instant } from '../../shared/domain/time.js';
import type { Chance } from './chance.js';
import type { Scheduler } from './scheduler.js';

/** One version of a post as it stands on its network, from one moment to another. */
export interface Version {
  /** Stands in its text and nowhere else, so that it is known wherever it turns up. */
  readonly serial: number;
  readonly text: string;
  /** Whether the screening is to indicate it. */
  readonly flagged: boolean;
  readonly from: number;
  /** Until it was edited or deleted. */
  to: number;
}

/** A post, by versions; the truth that nobody else knows. */
export interface TruePost {
  readonly author: string;
  readonly id: string;
  readonly postedAt: Instant;
  readonly versions: Version[];
  deleted: boolean;
}

export interface Posts {
  /** Of an author, newest first, without those that were deleted. */
  readonly shown: (author: string) => readonly TruePost[];
  readonly all: () => readonly TruePost[];
  readonly write: (author: string, flagged: boolean) => TruePost;
  readonly edit: (post: TruePost, flagged: boolean) => void;
  readonly remove: (post: TruePost) => void;
}

const FLAGGED = 'Jangan lupa, coblos nomor 2. Candra–Dewi pilihan kita!';
const NEUTRAL = 'Rapat koordinasi berjalan lancar, terima kasih semuanya.';
const FIRST = 1001;

/** The serial of the version that a text is of; `null` where it is of none. */
export const serialIn = (text: string): number | null => {
  const serial = /Catatan harian (\d+)\./.exec(text)?.[1];
  return serial === undefined ? null : Number(serial);
};

export const somePosts = (scheduler: Pick<Scheduler, 'time' | 'now'>): Posts => {
  const posts: TruePost[] = [];
  let serials = FIRST;
  const version = (flagged: boolean): Version => {
    serials += 1;
    return {
      serial: serials,
      text: `${flagged ? FLAGGED : NEUTRAL} Catatan harian ${serials}.`,
      flagged,
      from: scheduler.time(),
      to: Infinity,
    };
  };
  const end = (post: TruePost): void => {
    const last = post.versions.at(-1);
    if (last !== undefined) last.to = scheduler.time();
  };
  return {
    shown: (author) => posts.filter((post) => post.author === author && !post.deleted).reverse(),
    all: () => posts,
    write: (author, flagged) => {
      const first = version(flagged);
      const postedAt = instant(new Date(Math.floor(scheduler.time() / 1000) * 1000));
      const post = { author, id: String(first.serial), postedAt, versions: [first], deleted: false };
      posts.push(post);
      return post;
    },
    edit: (post, flagged) => {
      if (post.deleted) return;
      end(post);
      post.versions.push(version(flagged));
    },
    remove: (post) => {
      if (post.deleted) return;
      end(post);
      post.deleted = true;
    },
  };
};

/** Has somebody write now and then, change their mind about some of it, and take some of it down. */
export const keepWriting = (
  author: string,
  posts: Posts,
  scheduler: Scheduler,
  chance: Chance,
  { everyHours, until }: { readonly everyHours: number; readonly until: number },
): void => {
  const HOUR = 3_600_000;
  const next = (): void => {
    scheduler.after(chance.next() * 2 * everyHours * HOUR, () => {
      if (scheduler.time() > until) return;
      const post = posts.write(author, chance.happens(0.4));
      if (chance.happens(0.2))
        scheduler.after(chance.next() * 8 * HOUR, () => {
          posts.edit(post, chance.happens(0.5));
        });
      if (chance.happens(0.1))
        scheduler.after(chance.next() * 20 * HOUR, () => {
          posts.remove(post);
        });
      next();
    });
  };
  next();
};
