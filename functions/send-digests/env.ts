import * as z from 'zod';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  FINDINGS_TABLE: z.string().min(1),
  MAILINGS_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  PACKS_BUCKET: z.string().min(1),
  /** The verified address that mails come from. */
  MAIL_SENDER: z.email(),
  /** Where people reach the API, without a slash at its end. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
});
