import type { Language } from '../domain/registry/person.js';
import {
  localDate,
  localTime,
  minus,
  zoneAbbreviation,
  type Instant,
  type LocalDate,
  type TimeZone,
} from '../domain/time.js';

const LOCALE = { id: 'id-ID', en: 'en-GB' } as const satisfies Record<Language, string>;

/** *23 November 2026*. */
export const dateText = (date: LocalDate, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

/** *23 November 2026, 12.00 WIB*. */
export const momentText = (at: Instant, timeZone: TimeZone, language: Language): string => {
  const time = localTime(at, timeZone);
  const written = language === 'id' ? time.replace(':', '.') : time;
  return `${dateText(localDate(at, timeZone), language)}, ${written} ${zoneAbbreviation(timeZone)}`;
};

/** The last minute before an end that is midnight, so that nobody has to ask which of two days is meant. */
export const deadlineText = (end: Instant, timeZone: TimeZone, language: Language): string =>
  momentText(minus(end, { minutes: 1 }), timeZone, language);
