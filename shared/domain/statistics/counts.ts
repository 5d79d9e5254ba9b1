import * as z from 'zod';
import { Text } from '../fields.js';
import type { ContestId } from '../ids.js';
import type { Person } from '../registry/person.js';
import type { Finding } from '../review/finding.js';
import type { ActKind, HistoryEntry } from '../review/history.js';
import { languageOf } from '../screening/language-of.js';
import { millisecondsBetween, milliseconds, type Instant } from '../time.js';

/** A month in UTC, `2026-11`. What became of a finding is counted in the month of its indication, so that shares add up. */
export const Month = z
  .string()
  .length(7)
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .brand<'Month'>();
export type Month = z.infer<typeof Month>;

export const monthOf = (at: Instant): Month => Month.parse(at.slice(0, 7));

/** What is counted: a post that names one side, an indication, and what people made of it. */
export const CountEvent = z.enum([
  'post',
  'indicate',
  'first-dismiss',
  'clarify',
  'dismiss',
  'refer',
  'object',
  'confirm',
  'withdraw',
  'second-look',
  'golden-agreed',
  'golden-differed',
]);
export type CountEvent = z.infer<typeof CountEvent>;

/** By what it is counted. A side is a contestant of a contest, `pilbup-sukamaju/arga`, or `several`, or `none`. */
export const Dimension = z.enum([
  'all',
  'provision',
  'network',
  'language',
  'stage',
  'side',
  'unit',
  'position',
  'days',
  'agreement',
  'golden',
]);
export type Dimension = z.infer<typeof Dimension>;

/** One more of something in a contest. It names no person, no finding and no account. */
export interface Count {
  readonly contest: ContestId;
  readonly dimension: Dimension;
  readonly value: string;
  readonly event: CountEvent;
}

export const Events = z.partialRecord(CountEvent, z.int().nonnegative());
export type Events = z.infer<typeof Events>;

export const CountRow = z.strictObject({ dimension: Dimension, value: Text, events: Events });
export type CountRow = z.infer<typeof CountRow>;

/** The same counts with one row for each value. */
export const summed = (rows: readonly CountRow[]): CountRow[] => {
  const sums = new Map<string, CountRow>();
  for (const { dimension, value, events } of rows) {
    const name = `${dimension}=${value}`;
    const before: Events = sums.get(name)?.events ?? {};
    const after: Events = { ...before };
    for (const event of CountEvent.options)
      if (events[event] !== undefined) after[event] = (before[event] ?? 0) + events[event];
    sums.set(name, { dimension, value, events: after });
  }
  return [...sums.values()];
};

export const rowsOf = (counts: readonly Omit<Count, 'contest'>[]): CountRow[] =>
  summed(counts.map(({ dimension, value, event }) => ({ dimension, value, events: { [event]: 1 } })));

/** Days that something took, in steps that say enough. */
const STEPS = [1, 2, 3, 5, 7, 14, 30] as const;

const daysText = (from: Instant, to: Instant): string => {
  const days = millisecondsBetween(from, to) / milliseconds({ days: 1 });
  const step = STEPS.find((most) => days < most);
  return step === undefined ? '30 or more' : `less than ${step}`;
};

const common = (
  { indication, network }: Pick<Finding, 'indication' | 'network'>,
  side: string,
  event: CountEvent,
): Count[] => {
  const { contest, provisions, stage } = indication;
  return [
    { contest, dimension: 'all', value: 'all', event },
    ...provisions.map((value) => ({ contest, dimension: 'provision' as const, value, event })),
    { contest, dimension: 'network', value: network, event },
    { contest, dimension: 'language', value: languageOf(indication), event },
    { contest, dimension: 'stage', value: stage ?? 'unknown', event },
    { contest, dimension: 'side', value: side, event },
  ];
};

/** What is counted of an indication. The screening knows no holder, so nothing of them is. */
export const countsOfIndication = (finding: Finding, side: string): Count[] =>
  common(finding, side, 'indicate');

const eventOf = (act: ActKind | undefined, { state }: Pick<Finding, 'state'>): CountEvent | null => {
  if (act === 'dismiss') return state === 'indicated' ? 'first-dismiss' : 'dismiss';
  const event = CountEvent.exclude([
    'post',
    'indicate',
    'first-dismiss',
    'second-look',
    'golden-agreed',
    'golden-differed',
  ]).safeParse(act);
  return event.success ? event.data : null;
};

/** What each of the two would have done, in the order in which they looked. */
const countsOfSecondLook = (
  { history, indication: { contest } }: Finding,
  { code }: Pick<HistoryEntry, 'code'>,
): Count[] => {
  const first = history.some(({ act }) => act === 'clarify') ? 'pursue' : 'dismiss';
  return [{ contest, dimension: 'agreement', value: `${first}/${code ?? 'unknown'}`, event: 'second-look' }];
};

/** What is counted of an act that led from one version of a finding to the next; nothing for acts that decide nothing. */
export const countsOfAct = (
  before: Finding,
  after: Finding,
  { holder, side }: { readonly holder: Pick<Person, 'unit' | 'roles'>; readonly side: string },
): Count[] => {
  if (after.history.length === before.history.length) return [];
  const last = after.history.at(-1);
  if (last?.act === 'second-look') return countsOfSecondLook(before, last);
  const event = eventOf(last?.act, before);
  if (event === null || last === undefined) return [];
  const { contest } = after.indication;
  return [
    ...common(after, side, event),
    { contest, dimension: 'unit', value: holder.unit, event },
    {
      contest,
      dimension: 'position',
      value: holder.roles.includes('supervisor') ? 'leads others' : 'leads nobody',
      event,
    },
    { contest, dimension: 'days', value: daysText(before.stateSince, last.at), event },
  ];
};

/** All answers together, where those to invented items are counted. */
export const TEAM = 'team';

/** All months from one to another, both included; none where the first is later. */
export const monthsBetween = (from: Month, to: Month): Month[] => {
  const months: Month[] = [];
  for (let month = from; month <= to; month = next(month)) months.push(month);
  return months;
};

const next = (month: Month): Month => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Month.parse(number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`);
};
