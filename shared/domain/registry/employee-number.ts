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
