/** What starts a function. */
type Trigger =
  | { readonly kind: 'schedule'; readonly every: { readonly minutes: number } }
  | { readonly kind: 'daily'; readonly at: `${number}:${number}` }
  | {
      readonly kind: 'queue';
      readonly queue: 'scans' | 'posts' | 'deliveries';
      readonly batchSize: number;
      readonly batchingWindowSeconds: number;
    }
  | { readonly kind: 'http' };

interface FunctionConfig {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly trigger: Trigger;
  /** What people notice when it stands still; it goes into alarms. */
  readonly impact: string;
}

/** The deployed functions; `infra/` deploys them and the local stack runs them from this one table. */
export const FUNCTIONS = {
  'plan-scans': {
    timeoutSeconds: 60,
    memoryMb: 512,
    trigger: { kind: 'schedule', every: { minutes: 2 } },
    impact: 'No account is looked at; the coverage ledger stops.',
  },
  'identify-accounts': {
    timeoutSeconds: 240,
    memoryMb: 512,
    trigger: { kind: 'schedule', every: { minutes: 5 } },
    impact: 'Newly declared accounts wait to be found on their networks; codes of proof are not looked for.',
  },
  'collect-posts': {
    timeoutSeconds: 120,
    // The worst that hosts were made to show took 559 MB (`npm run bench -- memory`, 2026-11-26).
    memoryMb: 768,
    trigger: { kind: 'queue', queue: 'scans', batchSize: 10, batchingWindowSeconds: 5 },
    impact: 'Posts of one network are not read.',
  },
  'classify-posts': {
    timeoutSeconds: 60,
    memoryMb: 1024,
    trigger: { kind: 'queue', queue: 'posts', batchSize: 10, batchingWindowSeconds: 5 },
    impact: 'Collected posts wait unscreened; analysts get no new indications.',
  },
  'serve-api': {
    timeoutSeconds: 29,
    memoryMb: 1024,
    trigger: { kind: 'http' },
    impact: 'Nobody can sign in, answer, review or query.',
  },
  'notify-holders': {
    timeoutSeconds: 120,
    memoryMb: 512,
    trigger: { kind: 'schedule', every: { minutes: 5 } },
    impact: 'Holders are not told of questions and outcomes; their windows do not begin.',
  },
  'note-deliveries': {
    timeoutSeconds: 30,
    memoryMb: 512,
    trigger: { kind: 'queue', queue: 'deliveries', batchSize: 10, batchingWindowSeconds: 5 },
    impact: 'Nobody knows which mails arrived; holders’ windows do not begin.',
  },
  'send-digests': {
    timeoutSeconds: 300,
    memoryMb: 512,
    trigger: { kind: 'daily', at: '07:00' },
    impact: 'Supervisors and analysts get no mail in the morning.',
  },
  'keep-time': {
    timeoutSeconds: 300,
    memoryMb: 512,
    trigger: { kind: 'schedule', every: { minutes: 15 } },
    impact: 'Reply windows do not close.',
  },
} as const satisfies Record<string, FunctionConfig>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The functions that are started by a queue. */
export type QueueJob = {
  [Job in FunctionName]: (typeof FUNCTIONS)[Job]['trigger']['kind'] extends 'queue' ? Job : never;
}[FunctionName];

/** A dependency may be down this long, and nothing that waits for it is parked. */
const OUTAGE_SECONDS = 6 * 60 * 60;

/** How long a message stays hidden while it is worked on, and how often it is tried before it is parked. */
export const redelivery = (job: QueueJob): { readonly hiddenSeconds: number; readonly receives: number } => {
  const { timeoutSeconds, trigger } = FUNCTIONS[job];
  const hiddenSeconds = 6 * timeoutSeconds + trigger.batchingWindowSeconds;
  // The first try is at the begin of an outage, and one must be left for after its end.
  return { hiddenSeconds, receives: Math.max(5, Math.ceil(OUTAGE_SECONDS / hiddenSeconds) + 1) };
};
