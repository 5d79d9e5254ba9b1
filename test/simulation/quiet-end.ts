import { UNFILTERED } from '../../shared/ports.js';
import type { Telling } from '../../shared/domain/review/finding.js';
import { milliseconds, minus, type Instant } from '../../shared/domain/time.js';
import { POISON } from './queue.js';
import type { World } from './world.js';

/** So long after it was posted, or after the weather cleared, everything that is still there was looked at. */
const LOOKED_AT_WITHIN = milliseconds({ hours: 14 });
/** The contest of the sample agency is over then, and nobody looks any more. */
const CONTEST_ENDS = Date.parse('2026-12-24T17:00:00.000Z');
/** What was handed over later may still be on its way. */
const SCREENED_WITHIN = milliseconds({ hours: 1 });
/** So long after a window ended it is closed, and whoever is to be told by mail was told. */
const DONE_WITHIN = { hours: 2 } as const;

/**
 * What must have come true once the weather was good for long enough: nothing was lost, nothing was parked but what nobody
 * can read, nobody waits for a mail.
 */
export const checkQuietEnd = async (world: World): Promise<void> => {
  const { witness, scheduler, posts, stores, weather, startedAt, endsAt, queues, cast } = world;
  const now = scheduler.now();
  const { handed, found } = witness.facts();

  for (const queue of Object.values(queues)) {
    const healthy = queue.parked().filter((body) => !POISON.some((poison) => poison === body));
    if (healthy.length > 0)
      witness.broke('R11', `${healthy.length} messages that could be read are parked in ${queue.name}`);
  }

  const accountOf = new Map<string, Awaited<ReturnType<typeof stores.accounts.ofHolder>>[number]>();
  for (const { name } of cast) {
    const person = await stores.people.bySubject(name);
    const [account] = person === null ? [] : await stores.accounts.ofHolder(person.id);
    if (account !== undefined) accountOf.set(name, account);
  }

  const settledFrom = Math.max(startedAt + weather.healsAfter, endsAt - LOOKED_AT_WITHIN - 1);
  for (const post of posts.all()) {
    const account = accountOf.get(post.author);
    const isRead = account?.state === 'active' && account.cohort !== null;
    const fellInPause = account?.lapses.some(
      ({ from, to }) => post.postedAt >= from && (to === null || post.postedAt < to),
    );
    for (const version of post.versions) {
      const handedAt = handed.get(version.serial)?.at ?? Infinity;
      if (version.flagged && handedAt < endsAt - SCREENED_WITHIN && !found.has(version.serial))
        witness.broke('R01', `version ${version.serial} was handed over and made no finding`);
      const shownFrom = Math.max(version.from, startedAt + weather.healsAfter);
      const wasLong = Math.min(version.to, endsAt, CONTEST_ENDS) - shownFrom > LOOKED_AT_WITHIN;
      const resumed = account?.lapses.at(-1)?.to ?? null;
      const wasOpen = resumed === null || Date.parse(resumed) + LOOKED_AT_WITHIN < endsAt;
      if (isRead && wasOpen && fellInPause !== true && wasLong && !handed.has(version.serial))
        witness.broke(
          'R19',
          `version ${version.serial} of ${post.author} was there for hours and nobody looked`,
        );
    }
  }
  if (settledFrom >= endsAt) return;

  await world.leftovers.check(witness, now);

  const overdue: Instant = minus(now, DONE_WITHIN);
  const lastDigest = minus(now, { hours: 27 });
  for (const stored of (
    await stores.findings.list({
      ...UNFILTERED,
      limit: 10_000,
      cursor: null,
    })
  ).items) {
    const { id, state, stateSince, replyBy, untold } = stored;
    const mails = await stores.mailings.about(id);
    if (state === 'clarifying' && replyBy !== null && replyBy < overdue)
      witness.broke('R08', `the window of finding ${id} ended and nobody closed it`);
    // What came back is owed until there is another address; a question that went out, until it was delivered.
    const isTried = (telling: Telling): boolean =>
      mails.some(
        ({ state: end, kind, items }) =>
          (end === 'undeliverable' || (end === 'sent' && kind === 'clarification')) &&
          items.some((item) => item.finding === id && item.telling === telling),
      );
    if (untold.holder !== null && !isTried(untold.holder) && stateSince < overdue)
      witness.broke('R07', `the holder of finding ${id} was never told of ${untold.holder}`);
    if (untold.supervisor !== null && !isTried(untold.supervisor) && stateSince < lastDigest)
      witness.broke('R07', `no superior was told of finding ${id}, ${untold.supervisor}`);
  }
};
