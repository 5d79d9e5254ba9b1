import * as z from 'zod';
import written from '../../../packs/calendar/indonesia.json' with { type: 'json' };
import { daysBetween, LocalDate } from '../time.js';

const Bilingual = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });

/** `joint-leave` is *cuti bersama*: offices are closed, and it is announced apart from the national holidays. */
const Holiday = z.strictObject({
  date: LocalDate,
  kind: z.enum(['national', 'joint-leave']),
  name: Bilingual,
});

const Year = z
  .strictObject({
    year: z.int().min(2020).max(2100),
    /** The decrees that say so. */
    sources: z.array(z.string().min(1)).min(1),
    days: z.array(Holiday).min(1),
  })
  .refine(({ year, days }) => days.every(({ date }) => date.startsWith(`${year}-`)), {
    path: ['days'],
    error: 'must all lie in the year',
  })
  .refine(({ days }) => new Set(days.map(({ date }) => date)).size === days.length, {
    path: ['days'],
    error: 'must all be different',
  });

/** The holidays of Indonesia as data: those on the same date each year, and those that are decreed year by year. */
export const HolidayCalendar = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** What is not sure, and who has to check what. */
  reservation: Bilingual,
  fixed: z.array(z.strictObject({ day: z.string().regex(/^\d{2}-\d{2}$/), name: Bilingual })).min(1),
  years: z.array(Year).min(1),
});

const calendar = HolidayCalendar.parse(written);

const FIXED = new Set(calendar.fixed.map(({ day }) => day));
const DECREED = new Set(calendar.years.flatMap(({ days }) => days.map(({ date }) => date)));
const KNOWN = new Set(calendar.years.map(({ year }) => String(year)));

/** The last year whose movable holidays are on file. */
export const LAST_KNOWN_YEAR = Math.max(...calendar.years.map(({ year }) => year));

/** Windows and clocks run into the next year well before it begins, and its decree is known in autumn. */
const NOTICE_DAYS = 60;

/** Whether the last year whose holidays are on file ends within 60 days of this one, or has ended. */
export const areHolidaysEnding = (today: LocalDate, lastYear: number = LAST_KNOWN_YEAR): boolean =>
  daysBetween(today, LocalDate.parse(`${lastYear}-12-31`)) < NOTICE_DAYS;

/** Whether the decree on that year's holidays is on file. Without it only weekends and fixed dates are known. */
export const areHolidaysKnown = (date: LocalDate): boolean => KNOWN.has(date.slice(0, 4));

export const isHoliday = (date: LocalDate): boolean => FIXED.has(date.slice(5)) || DECREED.has(date);
