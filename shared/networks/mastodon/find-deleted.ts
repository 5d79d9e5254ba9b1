import * as z from 'zod';
import type { ScanPermit } from '../../domain/registry/permit.js';
import type { DeletedPost } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import type { Throttle } from '../connector.js';
import type { Ask } from './ask-mastodon.js';
import { SETTLED, type Handed } from './mastodon-cursor.js';

/** Statuses that are asked for in one look because they are missed. */
const LOOK_UPS = 5;

interface Watch {
  readonly permit: ScanPermit;
  readonly ask: Ask;
  readonly origin: string;
  /** What was posted after this moment and is still listed was met. */
  readonly listedAfter: Instant;
  readonly isListed: (id: string) => boolean;
}

interface Found {
  readonly deleted: readonly DeletedPost[];
  readonly left: readonly Handed[];
  /** The host asked for peace meanwhile. */
  readonly throttle: Throttle | null;
}

/**
 * A missing status is not a deleted one: it takes two looks in a row that miss it, and the server's own word when asked for
 * it. Some servers leave out what is there.
 */
export const findDeleted = async (
  handed: readonly Handed[],
  { permit, ask, origin, listedAfter, isListed }: Watch,
): Promise<Found> => {
  const deleted: DeletedPost[] = [];
  const left: Handed[] = [];
  let lookUps = 0;
  let throttle: Throttle | null = null;
  for (const entry of handed) {
    const { id, uri, version, createdAt, missed } = entry;
    if (isListed(id) || createdAt <= listedAfter || missed === SETTLED || uri === '') left.push(entry);
    else if (missed === 0 || lookUps === LOOK_UPS || throttle !== null) left.push({ ...entry, missed: 1 });
    else {
      lookUps += 1;
      const answer = await ask(permit, `${origin}/api/v1/statuses/${id}`, z.unknown());
      if (answer.kind === 'good') left.push({ ...entry, missed: SETTLED });
      else if (answer.reason === 'gone' || answer.reason === 'suspended') deleted.push({ uri, version });
      else {
        left.push({ ...entry, missed: 1 });
        ({ throttle } = answer);
      }
    }
  }
  return { deleted, left, throttle };
};
