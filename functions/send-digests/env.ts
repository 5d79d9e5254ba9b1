import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  FINDINGS_TABLE: Text,
  MAILINGS_TABLE: Text,
  RECORD_TABLE: Text,
  PACKS_BUCKET: Text,
  /** The verified address that mails come from. */
  MAIL_SENDER: z.email(),
  /** Where people reach the API, without a slash at its end. */
  PUBLIC_URL: z.url().regex(/[^/]$/),
});
