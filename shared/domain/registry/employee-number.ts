import * as z from 'zod';

/** What a civil servant is employed as; it selects the discipline rules at review (PP 94/2021, PP 49/2018). */
export const EmploymentType = z.enum(['PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU']);
export type EmploymentType = z.infer<typeof EmploymentType>;

/** Eighteen digits, spaces removed. It reveals birth date and sex, so it never leaves the registry unmasked. */
export const EmployeeNumber = z
  .string()
  .regex(/^\d{18}$/)
  .brand<'EmployeeNumber'>();
export type EmployeeNumber = z.infer<typeof EmployeeNumber>;

/** An employee number as people write it, with spaces, dots or dashes between its groups, without them. */
export const ungrouped = (written: string): string => written.replace(/[\s.-]/g, '');

/** Nobody enters the service younger than this; the law's own limit has been higher for long. */
const YOUNGEST_ENTRY = 16;

const isDay = (digits: string): boolean => {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  return digits.slice(0, 4) >= '1900' && z.iso.date().safeParse(iso).success;
};

/** A PNS number: digits 9–14 are the year and month in which the candidate's service began (BKN 22/2007). */
const entryFault = (digits: string): string | null => {
  const month = Number(digits.slice(12, 14));
  if (month < 1 || month > 12) return 'digits 13–14 must be the month of entry, 01–12';
  const youngest = `${Number(digits.slice(0, 4)) + YOUNGEST_ENTRY}${digits.slice(4, 6)}`;
  return digits.slice(8, 14) < youngest ? `entry must be ${YOUNGEST_ENTRY} years after birth or later` : null;
};

/** A PPPK number: digits 9–12 are the year of the first appointment, 13–14 the number of the agreement, of any size. */
const appointmentFault = (digits: string): string | null =>
  Number(digits.slice(8, 12)) < Number(digits.slice(0, 4)) + YOUNGEST_ENTRY
    ? `appointment must be ${YOUNGEST_ENTRY} years after birth or later`
    : null;

const lengthFault = (digits: string): string | null => {
  if (digits.length === 18) return null;
  if (digits.length === 9) return 'is an old number of 9 digits; write the one of 18 digits';
  const lost = digits.length === 17 ? '; a leading digit may have been lost in a spreadsheet' : '';
  return `must have 18 digits, has ${digits.length}${lost}`;
};

/** What is wrong with a number as it was written, in words that do not repeat it, or `null`. It has no check digit. */
export const employeeNumberFault = (written: string, employment: EmploymentType): string | null => {
  if (/^\d([.,]\d+)?e\+?\d+$/i.test(written.trim()))
    return 'was changed by a spreadsheet (…E+17), its last digits are lost: format the column as text and copy it anew';
  const digits = ungrouped(written);
  if (!/^\d*$/.test(digits)) return 'must have nothing but 18 digits';
  const length = lengthFault(digits);
  if (length !== null) return length;
  if (!isDay(digits)) return 'digits 1–8 must be the date of birth, YYYYMMDD';
  const middle =
    employment === 'PNS' || employment === 'CPNS' ? entryFault(digits) : appointmentFault(digits);
  if (middle !== null) return middle;
  if (!/[12]/.test(digits.charAt(14))) return 'digit 15 must be 1 or 2';
  return digits.endsWith('000') ? 'ends in 000: a spreadsheet has rounded it, copy it anew as text' : null;
};

/** What may be shown of a number: the year and the sequence, `1986•••• •••••• • 001`. */
export const masked = (number: EmployeeNumber): string =>
  `${number.slice(0, 4)}•••• •••••• • ${number.slice(15)}`;
