import * as z from 'zod';
import { NETWORK_IDS } from '../../networks.js';
import { AccountId, CohortId } from '../ids.js';
import { Instant } from '../time.js';

/** To the collectors: look at these accounts now. Whether they may be is asked again, at the time of the call. */
export const ScanOrder = z.strictObject({
  kind: z.literal('scan'),
  version: z.literal(1),
  network: z.enum(NETWORK_IDS),
  cohort: CohortId,
  /** The run that holds the cohort's lease. */
  lease: Instant,
  accounts: z.array(AccountId).min(1),
});
export type ScanOrder = z.infer<typeof ScanOrder>;
