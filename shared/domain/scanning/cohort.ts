import * as z from 'zod';
import { Count, HostName } from '../fields.js';
import { NETWORK_IDS } from '../../networks.js';
import { AccountId, CohortId, sha256 } from '../ids.js';
import { Instant } from '../time.js';

export const COHORT_ACCOUNTS = 50;

/** What changes with each run of a cohort; the accounts of one host that it looks at together stand apart. */
export const Turn = z.strictObject({
  id: CohortId,
  network: z.enum(NETWORK_IDS),
  host: HostName,
  /** When it is next due; while it is leased, when the lease ends. */
  dueAt: Instant,
  /** The run that holds the lease. */
  lease: Instant.nullable(),
  lastRunAt: Instant.nullable(),
  /** Runs in a row that brought nothing new; they lengthen the interval. */
  emptyRuns: Count,
  /** Runs in a row in which the host could not be reached; they open the circuit. */
  failedRuns: Count,
});
export type Turn = z.infer<typeof Turn>;

/** Accounts of one host that are looked at together: one message, one lease. */
export const Cohort = Turn.extend({ accounts: z.array(AccountId).max(COHORT_ACCOUNTS) });
export type Cohort = z.infer<typeof Cohort>;

export const turnOf = ({
  id,
  network,
  host,
  dueAt,
  lease,
  lastRunAt,
  emptyRuns,
  failedRuns,
}: Cohort): Turn => ({ id, network, host, dueAt, lease, lastRunAt, emptyRuns, failedRuns });

/** The n-th cohort of a host; the name is the same for whoever enrols first. */
export const cohortId = (network: string, host: string, ordinal: number): CohortId =>
  CohortId.parse(sha256('cohort', network, host, String(ordinal)).slice(0, 32));
