/** What Indonesian feeds write, and what a parser of dates understands. */
const ZONES = [
  { written: / WIB$/, offset: ' +0700' },
  { written: / WITA$/, offset: ' +0800' },
  { written: / WIT$/, offset: ' +0900' },
] as const;

const ZONED = /(?:\dz|[+-]\d{2}:?\d{2}| [a-z]{1,4})$/i;
/** The shortest is `1 Nov 26`; anything shorter is a number that a parser would guess a date from. */
const MIN_LENGTH = 8;

/**
 * A feed's date (RFC 822, RFC 3339 and what people make of them) in milliseconds, `null` when nobody can tell. Without a
 * zone it is read as UTC, so that it does not depend on the machine.
 */
export const feedDate = (text: string): number | null => {
  const trimmed = text.trim();
  const zone = ZONES.find(({ written }) => written.test(trimmed));
  const date = zone === undefined ? trimmed : trimmed.replace(zone.written, zone.offset);
  const time = date.length < MIN_LENGTH ? NaN : Date.parse(ZONED.test(date) ? date : `${date}Z`);
  return Number.isNaN(time) ? null : time;
};
