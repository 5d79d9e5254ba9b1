import * as z from 'zod';

/** A moment in UTC with milliseconds, `2026-11-23T06:00:00.000Z`; its text order is its time order. */
export const Instant = z.iso.datetime({ precision: 3 }).max(24).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A calendar day without a zone, `2026-11-23`. */
export const LocalDate = z.iso.date().max(10).brand<'LocalDate'>();
export type LocalDate = z.infer<typeof LocalDate>;

/** Indonesia's three zones, WIB, WITA and WIT. None has daylight saving time, so an offset is exact. */
export const TimeZone = z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']);
export type TimeZone = z.infer<typeof TimeZone>;

const OFFSET_HOURS = {
  'Asia/Jakarta': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
} as const satisfies Record<TimeZone, number>;

const ABBREVIATION = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
} as const satisfies Record<TimeZone, string>;

/** The name that Indonesians read after an hour: WIB, WITA or WIT. */
export const zoneAbbreviation = (zone: TimeZone): string => ABBREVIATION[zone];

const SECOND = 1000;
const UNIT = { seconds: SECOND, minutes: 60 * SECOND, hours: 3600 * SECOND, days: 86_400 * SECOND } as const;

/** A length of time in exact units (a day is 24 hours; working days are the calendar's business). */
export type Duration = Partial<Record<keyof typeof UNIT, number>>;

export const milliseconds = ({ seconds = 0, minutes = 0, hours = 0, days = 0 }: Duration): number =>
  seconds * UNIT.seconds + minutes * UNIT.minutes + hours * UNIT.hours + days * UNIT.days;

export const instant = (date: Date): Instant => Instant.parse(date.toISOString());

export const plus = (at: Instant, duration: Duration): Instant =>
  instant(new Date(Date.parse(at) + milliseconds(duration)));

export const minus = (at: Instant, duration: Duration): Instant =>
  instant(new Date(Date.parse(at) - milliseconds(duration)));

export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** Whole seconds since the epoch, as DynamoDB's TTL wants them. */
export const epochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

const shifted = (at: Instant, zone: TimeZone): string =>
  new Date(Date.parse(at) + OFFSET_HOURS[zone] * UNIT.hours).toISOString();

export const localDate = (at: Instant, zone: TimeZone): LocalDate =>
  LocalDate.parse(shifted(at, zone).slice(0, 10));

/** Hours and minutes on the wall in that zone, `07:30`. */
export const localTime = (at: Instant, zone: TimeZone): string => shifted(at, zone).slice(11, 16);

/** The first moment of a day in a zone. */
export const startOfDay = (date: LocalDate, zone: TimeZone): Instant =>
  instant(new Date(Date.parse(`${date}T00:00:00.000Z`) - OFFSET_HOURS[zone] * UNIT.hours));

/** How many days from one to another; negative where the other is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / UNIT.days;

export const addDays = (date: LocalDate, days: number): LocalDate =>
  LocalDate.parse(
    new Date(Date.parse(`${date}T00:00:00.000Z`) + days * UNIT.days).toISOString().slice(0, 10),
  );
