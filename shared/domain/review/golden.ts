import * as z from 'zod';
import { Count } from '../fields.js';
import { AccountId, ContestId, PersonId, sha256 } from '../ids.js';
import type { Indication, ScreenInput } from '../screening/verdict.js';
import { Instant, minus } from '../time.js';
import { Finding } from './finding.js';
import { newFinding } from './new-finding.js';
import { FirstVerdict } from './first-verdict.js';
import type { GoldenResult } from './views.js';

/** A text that nobody has posted, and what whoever looks first at it should do. */
export const GoldenItem = z.strictObject({
  /** It is shown only while this contest is on. */
  contest: ContestId,
  text: z.string().trim().min(1).max(1_000),
  expected: FirstVerdict,
  /** Told to whoever has answered. */
  because: z.string().trim().min(10).max(500),
});
export type GoldenItem = z.infer<typeof GoldenItem>;

export const GoldenId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'GoldenId'>();
export type GoldenId = z.infer<typeof GoldenId>;

/** Another text is another item. */
export const goldenId = ({ contest, text }: Pick<GoldenItem, 'contest' | 'text'>): GoldenId =>
  GoldenId.parse(sha256('golden', contest, text).slice(0, 16));

/** All items of an agency in one stored item of bounded size. */
const MOST_ITEMS = 60;

export const GoldenItems = z
  .array(GoldenItem)
  .max(MOST_ITEMS)
  .refine((items) => new Set(items.map(goldenId)).size === items.length, 'no text may be there twice');

export const GoldenSet = z.strictObject({
  items: GoldenItems,
  at: Instant,
  /** Whoever last wrote the answers is not asked for them; `null` once they were erased. */
  by: PersonId.nullable(),
  revision: Count,
});
export type GoldenSet = z.infer<typeof GoldenSet>;

/**
 * What an analyst was shown of the set. It says which items, so that none comes twice, and of the last one how they
 * answered, for themself alone; how they answered the others is kept nowhere.
 */
export const Drills = z.strictObject({
  analyst: PersonId,
  /** The last one, dressed as a finding. It stands in no table of findings and has no holder. */
  current: z.strictObject({ item: GoldenItem, finding: Finding }).nullable(),
  shown: z.array(z.strictObject({ item: GoldenId, at: Instant, answered: z.boolean() })),
  revision: z.int(),
});
export type Drills = z.infer<typeof Drills>;

/** For how long it is known what somebody was shown, and for how long an item waits for them. */
const SHOWN = { days: 365 } as const;
const WAITS = { days: 30 } as const;

/** What is left of it by now. */
export const lastingDrills = (drills: Drills, at: Instant): Drills => {
  const { current, shown } = drills;
  const isBefore = ({ item }: NonNullable<Drills['current']>): boolean =>
    shown.some((one) => one.item === goldenId(item) && one.at > minus(at, WAITS));
  return {
    ...drills,
    current: current !== null && isBefore(current) ? current : null,
    shown: shown.filter((one) => one.at > minus(at, SHOWN)),
  };
};

/** Whether nothing is left of it. */
export const areOver = ({ current, shown }: Drills): boolean => current === null && shown.length === 0;

/** An item that waits for its answer. */
export const waitingIn = (drills: Drills | null): Finding | null => {
  const finding = drills?.current?.finding ?? null;
  return finding?.state === 'indicated' ? finding : null;
};

const isInTurn = ({ shown, analyst }: Drills, { by }: GoldenSet, item: GoldenItem): boolean =>
  by !== analyst && shown.every((one) => one.item !== goldenId(item));

/** A number from 0 to 1 out of eight hex digits of chance. */
const fractionOf = (chance: string, nth: number): number =>
  parseInt(chance.slice(8 * nth, 8 * nth + 8), 16) / 0x1_0000_0000;

/** Whether an item comes before the next real one; `chance` is 32 hex digits. */
export const isDue = (percent: number, chance: string): boolean => 100 * fractionOf(chance, 0) < percent;

/** One that this analyst has not had yet; `null` where there is none. */
export const drawn = (
  set: GoldenSet,
  drills: Drills,
  contests: readonly ContestId[],
  chance: string,
): GoldenItem | null => {
  const left = set.items.filter((item) => contests.includes(item.contest) && isInTurn(drills, set, item));
  return left[Math.floor(fractionOf(chance, 1) * left.length)] ?? null;
};

/**
 * It was found up to five minutes before the real item, which puts it next to that in the order of work; and posted up to
 * half a day before, since two posts of one minute would catch the eye.
 */
const FOUND_WITHIN = 300;
const POSTED_WITHIN = 43_200;

const before = (at: Instant, seconds: number, chance: number): Instant =>
  minus(at, { seconds: 1 + Math.floor(seconds * chance) });

/** What the screening is asked of an item that is to stand beside a real one. */
export const inputOf = (item: GoldenItem, like: Pick<Finding, 'postedAt'>, chance: string): ScreenInput => ({
  parts: [{ field: 'body', text: item.text }],
  context: null,
  postedAt: before(like.postedAt, POSTED_WITHIN, fractionOf(chance, 3)),
  contests: [item.contest],
});

/** An item as it would be found, beside a real one that it is like in all that does not come from its text. */
export const dressed = (
  { parts, context, postedAt }: ScreenInput,
  indication: Indication,
  like: Finding,
  chance: string,
): Finding => {
  const name = sha256('golden', chance);
  const post = {
    uri: `golden:${name}`,
    url: null,
    version: '1',
    edited: false,
    kind: 'post' as const,
    postedAt,
    capturedAt: before(like.capturedAt, FOUND_WITHIN, fractionOf(chance, 2)),
    parts: [...parts],
    context,
  };
  // Nobody's: an id of chance that no registration has.
  const account = AccountId.parse(name.slice(0, 32));
  const origin = { network: like.network, account, epoch: 1, submittedBy: null, capture: null };
  return newFinding(origin, post, indication, before(like.foundAt, FOUND_WITHIN, fractionOf(chance, 2)));
};

/**
 * With another item before them. The one before is forgotten, with the answer to it: an analyst takes another only after having
 * been told that answer, and what is kept of answers would be a figure of a person (ADR 21).
 */
export const withDrill = (drills: Drills, item: GoldenItem, finding: Finding, at: Instant): Drills => ({
  ...drills,
  current: { item, finding },
  shown: [...drills.shown, { item: goldenId(item), at, answered: false }],
});

/** Before anything was shown; it was never saved. */
export const noDrills = (analyst: PersonId): Drills => ({ analyst, current: null, shown: [], revision: -1 });

/** After an act on the item that is before them: its words are for nobody, and it ends for whoever stands aside. */
export const afterAct = (drills: Drills, finding: Finding): Drills => {
  const { current, shown, analyst } = drills;
  if (current === null) return drills;
  if (finding.desk.away.includes(analyst)) return { ...drills, current: null };
  if (finding.state === 'indicated') return { ...drills, current: { ...current, finding } };
  const id = goldenId(current.item);
  return {
    ...drills,
    current: { ...current, finding: { ...finding, contents: {} } },
    shown: shown.map((one) => (one.item === id ? { ...one, answered: true } : one)),
  };
};

/** What was answered at the first look, and whether that is what was expected; `null` before it was. */
export const resultOf = ({ item, finding }: NonNullable<Drills['current']>): GoldenResult | null => {
  if (finding.state === 'indicated') return null;
  const answer: FirstVerdict = finding.state === 'dismissed' ? 'dismiss' : 'pursue';
  return { expected: item.expected, agreed: answer === item.expected, because: item.because };
};

/** How many of the team have answered any that they were shown since then. */
export const peopleWhoAnswered = (drills: readonly Drills[], since: Instant): number =>
  drills.filter(({ shown }) => shown.some(({ answered, at }) => answered && at >= since)).length;
