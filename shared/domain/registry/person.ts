import * as z from 'zod';
import { Count, Line, MailAddress, Text } from '../fields.js';
import { AreaCode } from '../calendar/contest.js';
import { PersonId } from '../ids.js';
import { EmployeeNumber, EmploymentType } from './employee-number.js';

/** Everybody on record is a holder too, so that is not a role. */
export const Role = z.enum(['analyst', 'supervisor', 'officer', 'auditor', 'administrator']);
export type Role = z.infer<typeof Role>;

export const Language = z.enum(['id', 'en']);
export type Language = z.infer<typeof Language>;

/** A civil servant on record. */
export const Person = z.strictObject({
  id: PersonId,
  name: Line,
  email: MailAddress.nullable(),
  employeeNumber: EmployeeNumber,
  employmentType: EmploymentType,
  unit: Line,
  area: AreaCode,
  supervisor: PersonId.nullable(),
  /** Who acts for this person while they are away or their post is vacant (Plt/Plh). */
  actedBy: PersonId.nullable(),
  /** The `sub` of their sign-in, linked at the first sign-in. */
  subject: Text.max(255).nullable(),
  roles: z.array(Role).max(Role.options.length),
  language: Language,
  revision: Count,
});
export type Person = z.infer<typeof Person>;
