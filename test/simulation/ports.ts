import { memoryAccountScanStore } from '../../shared/adapters/memory-account-scan-store.js';
import { memoryAccountStore } from '../../shared/adapters/memory-account-store.js';
import { memoryAgencyStore } from '../../shared/adapters/memory-agency-store.js';
import { memoryCohortStore } from '../../shared/adapters/memory-cohort-store.js';
import { memoryCountStore } from '../../shared/adapters/memory-count-store.js';
import { memoryErasureStore } from '../../shared/adapters/memory-erasure-store.js';
import { memoryFileStore } from '../../shared/adapters/memory-file-store.js';
import { memoryFindingStore } from '../../shared/adapters/memory-finding-store.js';
import { memoryGoldenStore } from '../../shared/adapters/memory-golden-store.js';
import { memoryMailingStore } from '../../shared/adapters/memory-mailing-store.js';
import { memoryPersonStore } from '../../shared/adapters/memory-person-store.js';
import { memoryRecordStore } from '../../shared/adapters/memory-record-store.js';
import { memoryRequestStore } from '../../shared/adapters/memory-request-store.js';
import { memorySealStore } from '../../shared/adapters/memory-seal-store.js';
import type { permittedFetch } from '../../shared/adapters/permitted-fetch.js';
import type { PostMessage } from '../../shared/domain/scanning/messages.js';
import type { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import type { Packs } from '../../shared/domain/screening/packs.js';
import type { Clock, Mailer, PackStore, Queue } from '../../shared/ports.js';
import type { FunctionName } from '../../shared/functions.js';
import type { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import type { Network } from './network.js';
import type { Scheduler } from './scheduler.js';

/** The stores of a world, empty. */
export const emptyStores = (now: Clock) => ({
  agency: memoryAgencyStore(),
  people: memoryPersonStore(),
  accounts: memoryAccountStore(),
  requests: memoryRequestStore(),
  erasures: memoryErasureStore(),
  scans: memoryAccountScanStore(),
  cohorts: memoryCohortStore(),
  findings: memoryFindingStore(),
  counts: memoryCountStore(),
  golden: memoryGoldenStore(),
  mailings: memoryMailingStore(),
  record: memoryRecordStore(),
  files: memoryFileStore(now),
  seals: memorySealStore(),
});
export type Stores = ReturnType<typeof emptyStores>;

/** Everything that processes reach, before anything goes wrong on the way; a knock-out weakens some of it. */
export interface Ports extends Stores {
  readonly packs: PackStore;
  readonly orders: Readonly<Record<'feed' | 'mastodon', Queue<ScanOrder>>>;
  readonly posts: Queue<PostMessage>;
  readonly mailer: Mailer;
  readonly network: Pick<Network, 'ask'>;
  /** Between a connector and the network. */
  readonly wall: typeof permittedFetch;
  /** What turns the failures of single messages into an answer to the queue. */
  readonly batch: typeof sqsBatch;
}

/** Weakens what the processes of a job stand on; made anew for each world, and asked at each cold start. */
export type KnockOut = (ports: Ports, job: FunctionName, scheduler: Scheduler) => Ports;

export const untouched: KnockOut = (ports) => ports;

/** The packs that are in use, always the same. */
export const fixedPacks = (packs: Packs): PackStore => ({
  active: () => Promise.resolve(packs),
  whole: () => Promise.resolve(packs),
});
