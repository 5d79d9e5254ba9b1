import type { Finding, FindingState } from '../../shared/domain/review/finding.js';
import { isVoid } from '../../shared/domain/registry/account.js';
import type { Instant } from '../../shared/domain/time.js';
import type { AccountStore, FindingStore } from '../../shared/ports.js';

/** What waits for somebody in the team: a first look, a conclusion, an objection, or a holder whom no mail reaches. */
export type WaitingFor = 'first-look' | 'conclusion' | 'objection' | 'holder-unreachable';

export interface Waiting {
  readonly count: number;
  readonly oldest: Instant;
}

export type WaitingCounts = Readonly<Partial<Record<WaitingFor, Waiting>>>;

export interface CountWaitingDeps {
  readonly findings: Pick<FindingStore, 'list'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
}

const STATES: readonly FindingState[] = ['indicated', 'clarifying', 'deciding', 'objected'];
const PAGE = 100;

const waitsFor = ({ state, replyBy, untold }: Finding): WaitingFor | null => {
  switch (state) {
    case 'indicated':
      return 'first-look';
    case 'clarifying':
      // Nothing left to send and no window running: the question came back.
      return replyBy === null && untold.holder === null ? 'holder-unreachable' : null;
    case 'deciding':
      return 'conclusion';
    case 'objected':
      return 'objection';
    case 'referred':
    case 'confirmed':
    case 'withdrawn':
    case 'dismissed':
      return null;
  }
};

/** Counts what waits, and since when the oldest of it does. What was found after its registration had ended is no work. */
export const countWaiting = async ({ findings, accounts }: CountWaitingDeps): Promise<WaitingCounts> => {
  const counts: Partial<Record<WaitingFor, Waiting>> = {};
  let cursor: string | null = null;
  do {
    const page = await findings.list({
      states: STATES,
      provision: null,
      network: null,
      from: null,
      to: null,
      limit: PAGE,
      cursor,
    });
    const known = await accounts.byIds([...new Set(page.items.map(({ account }) => account))]);
    for (const finding of page.items) {
      const account = known.find(({ id }) => id === finding.account);
      const queue = waitsFor(finding);
      if (queue === null || account === undefined || isVoid(account, finding)) continue;
      const { count, oldest } = counts[queue] ?? { count: 0, oldest: finding.stateSince };
      counts[queue] = {
        count: count + 1,
        oldest: finding.stateSince < oldest ? finding.stateSince : oldest,
      };
    }
    cursor = page.next;
  } while (cursor !== null);
  return counts;
};
