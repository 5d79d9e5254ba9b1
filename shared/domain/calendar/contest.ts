import * as z from 'zod';
import { Label, Text } from '../fields.js';
import { ContestId } from '../ids.js';
import { localDate, LocalDate, TimeZone, type Instant } from '../time.js';

/** The stages of a contest in their order. */
export const STAGES = [
  'pre-nomination',
  'prospective',
  'designation',
  'campaign',
  'quiet',
  'voting',
  'aftermath',
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** A dated stage; both days belong to it, in the contest's own zone. */
export const StagePeriod = z.strictObject({
  stage: Stage,
  from: LocalDate,
  to: LocalDate,
  source: Text,
});

/**
 * An area as dotted codes from the province down, `99` or `99.01`; `00` is the whole country.
 */
export const AreaCode = z
  .string()
  .max(11)
  .regex(/^\d{2}(\.\d{2}){0,3}$/)
  .brand<'AreaCode'>();
export type AreaCode = z.infer<typeof AreaCode>;

/** When and where a contest is on: all that the gates and the clocks need to know of it. */
export const ContestCalendar = z.strictObject({
  id: ContestId,
  title: z.strictObject({ id: Label, en: Label }),
  area: AreaCode,
  timeZone: TimeZone,
  stages: z
    .array(StagePeriod)
    .min(1)
    .superRefine((periods, context) => {
      periods.forEach((period, index) => {
        if (period.to < period.from)
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `${period.stage} ends before it begins`,
          });
        const previous = periods[index - 1];
        if (previous === undefined) return;
        if (period.from <= previous.to)
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `${period.stage} overlaps ${previous.stage}`,
          });
        if (STAGES.indexOf(period.stage) <= STAGES.indexOf(previous.stage))
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `${period.stage} cannot follow ${previous.stage}`,
          });
      });
    }),
});
export type ContestCalendar = z.infer<typeof ContestCalendar>;

/** The stage of a contest at a moment, or `null` when the calendar does not say. */
export const stageAt = (contest: Pick<ContestCalendar, 'stages' | 'timeZone'>, at: Instant): Stage | null => {
  const day = localDate(at, contest.timeZone);
  return contest.stages.find((period) => period.from <= day && day <= period.to)?.stage ?? null;
};

/** Before designation an act touches the code of ethics, after it discipline (SKB Lampiran II.A and II.B). */
export const tierOf = (stage: Stage): 'ethics' | 'discipline' =>
  stage === 'pre-nomination' || stage === 'prospective' ? 'ethics' : 'discipline';

/** A contest is active from the first dated stage to the last day of the last one, gaps excepted. */
export const isActive = (contest: Pick<ContestCalendar, 'stages' | 'timeZone'>, at: Instant): boolean =>
  stageAt(contest, at) !== null;

/** Whether a contest in `contest` is held where somebody of `area` lives and works. */
export const covers = (contest: AreaCode, area: AreaCode): boolean =>
  contest === '00' || area === contest || area.startsWith(`${contest}.`);

/** The periods in which an agency looks more often. */
export const isHeated = (contest: Pick<ContestCalendar, 'stages' | 'timeZone'>, at: Instant): boolean => {
  const stage = stageAt(contest, at);
  return stage === 'campaign' || stage === 'quiet';
};
