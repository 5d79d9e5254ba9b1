import * as z from 'zod';
import { Line, MailAddress } from '../fields.js';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import { AreaCode } from '../calendar/contest.js';
import { LocalDate } from '../time.js';
import { EmployeeNumber, EmploymentType } from './employee-number.js';

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** The columns of registry.csv, in the order in which they are written. */
export const REGISTRY_COLUMNS = [
  'employeeNumber',
  'employmentType',
  'name',
  'email',
  'unit',
  'supervisorEmployeeNumber',
  'area',
  'network',
  'handle',
  'declarationRef',
  'declaredOn',
  'noticeVersion',
  'effectiveFrom',
  'effectiveTo',
] as const;
export type RegistryColumn = (typeof REGISTRY_COLUMNS)[number];

/** An employee number as people write it, with spaces, dots or dashes between its groups. */
const writtenEmployeeNumber = z
  .string()
  .transform((text) => text.replace(/[\s.-]/g, ''))
  .pipe(EmployeeNumber);

/**
 * One row: a person, and an account of theirs unless `network` and `handle` are empty.
 * A row with a signed declaration carries its reference, its date and the version of the notice that was signed.
 */
export const RegistryRow = z.strictObject({
  employeeNumber: writtenEmployeeNumber,
  employmentType: EmploymentType,
  name: Line,
  email: optional(MailAddress.toLowerCase()),
  unit: Line,
  supervisorEmployeeNumber: optional(writtenEmployeeNumber),
  area: AreaCode,
  network: optional(z.enum(ACCOUNT_NETWORKS)),
  handle: optional(z.string().trim().min(1).max(2048)),
  declarationRef: optional(Line),
  declaredOn: optional(LocalDate),
  noticeVersion: optional(z.string().trim().min(1).max(100)),
  effectiveFrom: optional(LocalDate),
  effectiveTo: optional(LocalDate),
}) satisfies z.ZodType<Record<RegistryColumn, unknown>>;
export type RegistryRow = z.infer<typeof RegistryRow>;
