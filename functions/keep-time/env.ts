import * as z from 'zod';

export const Env = z.object({
  REGISTRY_TABLE: z.string().min(1),
  FINDINGS_TABLE: z.string().min(1),
  MAILINGS_TABLE: z.string().min(1),
  RECORD_TABLE: z.string().min(1),
  SCANS_TABLE: z.string().min(1),
  FILES_BUCKET: z.string().min(1),
  SEALS_BUCKET: z.string().min(1),
});
