/** A global secondary index; all attributes are projected. A row without its key attributes is not in it. */
interface IndexKeys {
  readonly partition: string;
  readonly sort?: { readonly name: string; readonly type: 'S' };
}

interface TableKeys {
  /** Every table is keyed by `pk` and `sk`, both text. */
  readonly indexes: Readonly<Record<string, IndexKeys>>;
  readonly timeToLive: 'expiresAt' | null;
}

/**
 * Names of keys and indexes: one table per life cycle and permission. The adapters write them, `infra/` and the local
 * stack make them.
 */
export const TABLES = {
  registry: {
    indexes: {
      // Accounts by id over 16 shards; people who hold a role, requests to the officer, and what analysts were shown of
      // items with known answers, under one key each.
      listing: { partition: 'listing', sort: { name: 'sk', type: 'S' } },
      holder: { partition: 'holder', sort: { name: 'pk', type: 'S' } },
      subject: { partition: 'subject' },
      email: { partition: 'email' },
      // Requests that wait for an answer, by when they are due, and answered ones by when. Withdrawn accounts with coverage, by when. Accounts that wait: invited ones by the notice they were last asked under and when they are to be asked again;
      // those that need a cohort by id, which spreads an import.
      waiting: { partition: 'waiting', sort: { name: 'waitingOrder', type: 'S' } },
      // Accounts by the first cohort that they were in; who reads them here has to know which entries are true (`account-homes.ts`).
      home: { partition: 'home' },
      // Accounts about whom their network is to be asked, by when, over 16 shards.
      lookups: { partition: 'lookupShard', sort: { name: 'lookupAt', type: 'S' } },
    },
    timeToLive: null,
  },
  scans: {
    // Cohorts by when they are due; accounts that were found renamed or gone by since when.
    indexes: { due: { partition: 'dueShard', sort: { name: 'dueAt', type: 'S' } } },
    timeToLive: 'expiresAt',
  },
  findings: {
    indexes: {
      // All findings, by time and id. One key bears it: a partition takes 1,000 writes a second, indications are rare,
      // and partitions by month would be no cooler, since what is new falls in the same month.
      listing: { partition: 'listing', sort: { name: 'foundOrder', type: 'S' } },
      account: { partition: 'account', sort: { name: 'foundOrder', type: 'S' } },
      // By the time of the last change of state and id, so that a page goes on where the one before ended.
      untoldHolder: { partition: 'untoldHolder', sort: { name: 'stateOrder', type: 'S' } },
      untoldSupervisor: { partition: 'untoldSupervisor', sort: { name: 'stateOrder', type: 'S' } },
      // Only findings that somebody in the team has to act on, under one key for each state.
      open: { partition: 'openState', sort: { name: 'stateOrder', type: 'S' } },
      openWindow: { partition: 'openWindow', sort: { name: 'replyBy', type: 'S' } },
      // What people have concluded, under one key for each state: it ends by the time it has been there.
      concluded: { partition: 'concludedState', sort: { name: 'stateOrder', type: 'S' } },
      // What a network's terms lend for some days only, by when it was captured.
      lent: { partition: 'lentBy', sort: { name: 'capturedOrder', type: 'S' } },
    },
    timeToLive: 'expiresAt',
  },
  mailings: {
    indexes: { age: { partition: 'listing', sort: { name: 'claimedAt', type: 'S' } } },
    timeToLive: 'expiresAt',
  },
  record: {
    indexes: {
      // All lines by time and id, under one key: they come as often as people look at findings.
      lines: { partition: 'listing', sort: { name: 'lineOrder', type: 'S' } },
      // Who looked at one finding, for its holder and for whoever owes a correction to all who saw it.
      looks: { partition: 'finding', sort: { name: 'lineOrder', type: 'S' } },
    },
    timeToLive: null,
  },
} as const satisfies Record<string, TableKeys>;

/** How keys in `registry` begin: what collectors read there, and nobody's name. */
export const REGISTRY_KEYS = {
  agency: 'AGENCY',
  hashKey: 'HASH-KEY',
  account: 'ACCOUNT#',
  /** Which revisions of a cohort's accounts are the last. */
  home: 'HOME#',
} as const;
/** In `findings`, the keys under which the counts of trials stand. */
export const SHADOW_KEYS = 'SHADOW#';
/** Likewise, the keys under which counts of what happened stand. */
export const COUNT_KEYS = 'COUNTS#';

export type TableName = keyof typeof TABLES;
