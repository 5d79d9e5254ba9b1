import * as z from 'zod';
import { by } from '../shared/adapters/by.js';
import { plusWorkingDays } from '../shared/domain/calendar/working-days.js';
import { addDays, localDate, minus, plus, startOfDay } from '../shared/domain/time.js';
import { ApiError, type ApiClient } from './api-client.js';
import type { Functions } from './functions.js';
import { mails } from './mailbox.js';
import type { SampleClock } from './sample-clock.js';
import type { SampleWorld } from './sample/world.js';
import { holding, usernameOf } from './seed.js';

const Summaries = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });
const Mine = z.object({ findings: z.array(z.object({ id: z.string(), state: z.string() })) });
const ConfirmLink = z.string().regex(/\/invitations\/\S+/);

interface Stage {
  readonly client: ApiClient;
  readonly functions: Functions;
  readonly clock: SampleClock;
  readonly world: SampleWorld;
  /** Where the API listens. */
  readonly api: string;
  /** Waits until the queues are empty. */
  readonly drained: () => Promise<void>;
  readonly say: (line: string) => void;
  /** Asks to end between two steps, by its reason. */
  readonly signal: AbortSignal;
}

/** How many indications are taken the whole way. */
const TAKEN = 4;

/**
 * Plays what people do, through the public API: holders confirm by their link; an analyst looks blind and asks; holders
 * answer, or do not; their windows end; a second analyst concludes; the supervisors get their digest in the morning.
 */
export const playWalkthrough = async (stage: Stage): Promise<void> => {
  const { functions, clock, drained, say, signal } = stage;
  await functions.run('notify-holders', clock.now());
  const confirmed = await confirmInvitations(stage);
  say(`${confirmed} invited holders read the notice and confirm by the link in their mail`);
  await functions.run('identify-accounts', clock.now());
  await functions.run('plan-scans', clock.now());
  await drained();
  signal.throwIfAborted();

  const taken = await firstLook(stage);
  await functions.run('notify-holders', clock.now());
  // A window begins once the question was delivered.
  await drained();
  await holdersAnswer(stage, taken);
  signal.throwIfAborted();

  const { timeZone, review } = stage.world.agency;
  clock.set(plus(plusWorkingDays(clock.now(), review.replyWorkingDays, timeZone), { minutes: 1 }));
  await functions.run('keep-time', clock.now());
  say(`${review.replyWorkingDays} working days later the windows have ended`);
  // One look misses what was deleted meanwhile, the next one asks for it.
  await lookAgain(stage);

  signal.throwIfAborted();
  await secondLook(stage, taken);
  const morning = plus(startOfDay(addDays(localDate(clock.now(), timeZone), 1), timeZone), { hours: 7 });
  clock.set(morning);
  await functions.run('notify-holders', morning);
  await functions.run('send-digests', morning);
  say('the next morning at seven the digests go out');
  await lookAgain(stage);
  say('an edited post has made a second finding beside its first; a deleted one is noted as gone');
  await giveIn(stage);
};

const lookAgain = async ({ functions, clock, drained }: Stage): Promise<void> => {
  await functions.run('plan-scans', clock.now());
  await drained();
};

/** As `netral archive read` does, once its reader has chosen. */
const giveIn = async ({ client, world, drained, say }: Stage): Promise<void> => {
  const { holder, network, handle } = world.byHand;
  await client.post(usernameOf(holder), '/submissions', {
    network,
    author: handle,
    url: null,
    text: 'Ayo coblos nomor 2, Candra–Dewi!',
    postedAt: minus(world.startsAt, { days: 2 }),
  });
  await drained();
  say(
    `${holder.name} (holder) gives in a post of their own on ${network}, which nobody reads: it is screened like any other`,
  );
};

/** Confirms for everybody but the last who was invited: one is left for you. */
const confirmInvitations = async ({ api }: Stage): Promise<number> => {
  // By whom they went to, so that it is the same one in every run.
  const links = mails()
    .toSorted(by(({ destination }) => destination.to.join()))
    .flatMap(({ body }) => (ConfirmLink.safeParse(body.text).success ? [linkIn(body.text ?? '')] : []));
  for (const link of links.slice(0, -1)) {
    const page = await fetch(`${api}${link}`);
    const version = /name="noticeVersion" value="([^"]*)"/.exec(await page.text())?.[1];
    await fetch(`${api}${link}`, {
      method: 'POST',
      body: new URLSearchParams({ noticeVersion: version ?? '' }),
    });
  }
  return Math.max(0, links.length - 1);
};

const linkIn = (text: string): string => /\/invitations\/[\w.~-]+/.exec(text)?.[0] ?? '';

const firstLook = async ({ client, world, say }: Stage): Promise<readonly string[]> => {
  const analyst = holding(world, 'analyst');
  const username = usernameOf(analyst);
  const { items } = Summaries.parse(await client.get(username, '/findings?state=indicated&limit=100'));
  const ids = items.slice(0, TAKEN).map(({ id }) => id);
  for (const id of ids) {
    await client.get(username, `/findings/${id}`);
    await client.post(username, `/findings/${id}/decisions`, {
      kind: 'clarify',
      reason: 'expressed-support',
      words: 'Unggahan menyebut peserta pemilihan dan mengajak memilih; perlu penjelasan pemilik akun.',
    });
  }
  say(
    `${analyst.name} (analyst) reads ${ids.length} of ${items.length} indications without knowing whose they are, and asks the holders`,
  );
  return ids;
};

const ANSWERS = [
  {
    answer: 'explanation',
    words: 'Benar saya yang menulis, saya tidak tahu bahwa itu tidak boleh di masa kampanye.',
  },
  { answer: 'deleted', words: 'Sudah saya hapus pada hari yang sama setelah diingatkan rekan kerja.' },
] as const;

/** The first holders answer in their own way; the others let the window end. */
const holdersAnswer = async ({ client, world, say }: Stage, taken: readonly string[]): Promise<void> => {
  let answered = 0;
  for (const person of world.people) {
    const answer = ANSWERS[answered];
    if (answer === undefined) break;
    const username = usernameOf(person);
    const { findings } = Mine.parse(await client.get(username, '/me'));
    const open = findings.find(({ id, state }) => state === 'clarifying' && taken.includes(id));
    if (open === undefined) continue;
    await client.post(username, `/me/findings/${open.id}/answers`, answer);
    answered += 1;
    say(`${person.name} (holder) reads the mail and answers: ${answer.answer}`);
  }
};

const secondLook = async ({ client, world, say }: Stage, taken: readonly string[]): Promise<void> => {
  const [first, second] = [holding(world, 'analyst', 0), holding(world, 'analyst', 1)];
  const refer = {
    kind: 'refer',
    reason: 'expressed-support',
    words: 'Ajakan jelas dan terbuka untuk umum pada masa kampanye; penjelasan sudah dipertimbangkan.',
  };
  const dismiss = {
    kind: 'dismiss',
    reason: 'accidental',
    words: 'Sudah dihapus pada hari yang sama; cukup pembinaan, tidak perlu diteruskan.',
  };
  const [attempt] = taken;
  if (
    attempt !== undefined &&
    (await isRefused(client.post(usernameOf(first), `/findings/${attempt}/decisions`, refer)))
  )
    say(`${first.name} tries to conclude too and is refused: it takes a second, different analyst`);
  for (const [index, id] of taken.entries())
    await client.post(usernameOf(second), `/findings/${id}/decisions`, index === 1 ? dismiss : refer);
  say(`${second.name} (second analyst) refers ${taken.length - 1} and dismisses 1`);
};

const isRefused = async (attempt: Promise<unknown>): Promise<boolean> => {
  try {
    await attempt;
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) return true;
    throw error;
  }
};
