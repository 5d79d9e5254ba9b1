import type { Language } from '../shared/domain/registry/person.js';

/** Something said in both languages. */
export type Said = Readonly<Record<Language, string>>;

const KEPT_AS = 'netral.language';

/** Indonesian, unless whoever reads has chosen English on this device. */
export const language = (): Language => (localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'id');

export const chooseLanguage = (chosen: Language): void => {
  localStorage.setItem(KEPT_AS, chosen);
  location.reload();
};

export const say = (said: Said): string => said[language()];

const LOCALE = { id: 'id-ID', en: 'en-GB' } as const satisfies Record<Language, string>;

/** *WIB*: the zone's own abbreviation, which English does not know. */
const zoneText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('id-ID', { timeZoneName: 'short', timeZone })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** *23 November 2026 pukul 12.00 WIB*, in the agency's time zone. */
export const momentText = (at: string, timeZone: string): string => {
  const moment = new Date(at);
  const written = new Intl.DateTimeFormat(LOCALE[language()], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(moment);
  return `${written} ${zoneText(moment, timeZone)}`;
};

/** The last minute before an end that is midnight, as mails say it: nobody has to ask which of two days is meant. */
export const deadlineText = (end: string, timeZone: string): string =>
  momentText(new Date(Date.parse(end) - 60_000).toISOString(), timeZone);
