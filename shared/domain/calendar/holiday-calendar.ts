import * as z from 'zod';
import { Text } from '../fields.js';
import { LocalDate } from '../time.js';

const Bilingual = z.strictObject({ id: Text, en: Text });

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
    sources: z.array(Text).min(1),
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
