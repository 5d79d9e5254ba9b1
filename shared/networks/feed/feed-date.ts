/** What Indonesian feeds write, and what a parser of dates understands. */
const ZONES = [
  { written: / WIB$/, offset: ' +0700' },
  { written: / WITA$/, offset: ' +0800' },
  { written: / WIT$/, offset: ' +0900' },
] as const;

const DAY =
  /^(?:senin|sen|selasa|sel|rabu|rab|kamis|kam|jum['’`]?at|jum|sabtu|sab|minggu|ming|min|ahad)\.?,?\s+/i;

/** The months whose first three letters are not the English ones, `Pebruari` and `Nopember` as they were once spelt. */
const MONTHS: ReadonlyMap<string, string> = new Map([
  ['peb', 'Feb'],
  ['mei', 'May'],
  ['agu', 'Aug'],
  ['agt', 'Aug'],
  ['ags', 'Aug'],
  ['okt', 'Oct'],
  ['nop', 'Nov'],
  ['des', 'Dec'],
]);
const WORD = /[a-z]{3,}/gi;
/** What stands between a day and an hour on a page for people. */
const BEFORE_HOUR = /\s+(?:\||-|pukul|jam)\s+(?=\d)/i;
/** `10.30`: the hour with a dot. */
const DOTTED_HOUR = /(?<=\s)(\d{1,2})\.(\d{2})(?!\d)/;

const inEnglish = (text: string): string =>
  text
    .replace(DAY, '')
    .replace(BEFORE_HOUR, ' ')
    .replace(DOTTED_HOUR, '$1:$2')
    .replace(WORD, (word) => MONTHS.get(word.slice(0, 3).toLowerCase()) ?? word);

const ZONED = /(?:\dz|[+-]\d{2}:?\d{2}| [a-z]{1,4})$/i;
/** The shortest is `1 Nov 26`; anything shorter is a number that a parser would guess a date from. */
const MIN_LENGTH = 8;
/** `05/08/2019` is in August to those who write here, and in May to a parser. */
const TWO_WAYS = /^\d{1,2}[./-]\d{1,2}[./-]\d/;

/**
 * A feed's date (RFC 822, RFC 3339 and what people make of them, in English or Indonesian) in milliseconds, `null` when
 * nobody can tell. Without a zone it is read as UTC, so that it does not depend on the machine.
 */
export const feedDate = (text: string): number | null => {
  const trimmed = text.trim();
  const zone = ZONES.find(({ written }) => written.test(trimmed));
  const date = inEnglish(zone === undefined ? trimmed : trimmed.replace(zone.written, zone.offset));
  if (date.length < MIN_LENGTH || TWO_WAYS.test(date)) return null;
  const time = Date.parse(ZONED.test(date) ? date : `${date}Z`);
  return Number.isNaN(time) ? null : time;
};
