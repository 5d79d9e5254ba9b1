import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  FINDINGS_TABLE: Text,
  MAILINGS_TABLE: Text,
  DEAD_LETTERS_URL: z.url(),
});
