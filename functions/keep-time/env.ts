import * as z from 'zod';
import { Text } from '../../shared/domain/fields.js';

export const Env = z.object({
  REGISTRY_TABLE: Text,
  FINDINGS_TABLE: Text,
  MAILINGS_TABLE: Text,
  RECORD_TABLE: Text,
  SCANS_TABLE: Text,
  FILES_BUCKET: Text,
  SEALS_BUCKET: Text,
});
