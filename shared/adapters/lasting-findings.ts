import type { Finding } from '../domain/review/finding.js';
import { hasEnded } from '../domain/review/retention.js';
import type { AgencyStore, Clock, FindingStore } from '../ports.js';

interface Around {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly now: Clock;
}

/**
 * Findings as everybody reads them: what has ended by the agency's rules of this moment is not there, whether or not the
 * job that deletes it has come round.
 */
export const lastingFindings = (rows: FindingStore, { agency, now }: Around): FindingStore => {
  const lasting = async (): Promise<(finding: Finding) => boolean> => {
    const rules = (await agency.read())?.gates.retention ?? null;
    const at = now();
    return (finding) => !hasEnded(finding, rules, at);
  };

  /** Reads on until there is a full page of what lasts, or nothing more. */
  const filled = async (
    page: (limit: number, after?: Finding) => Promise<readonly Finding[]>,
    limit: number,
    first?: Finding,
  ): Promise<readonly Finding[]> => {
    const isLasting = await lasting();
    const found: Finding[] = [];
    let after = first;
    for (;;) {
      const items = await page(limit, after);
      found.push(...items.filter(isLasting));
      after = items.at(-1);
      if (items.length < limit || found.length >= limit || after === undefined) return found.slice(0, limit);
    }
  };

  return {
    ...rows,
    byId: async (id) => {
      const finding = await rows.byId(id);
      return finding !== null && (await lasting())(finding) ? finding : null;
    },
    list: async (query) => {
      const isLasting = await lasting();
      let page = await rows.list(query);
      const items = page.items.filter(isLasting);
      while (items.length < query.limit && page.next !== null) {
        page = await rows.list({ ...query, limit: query.limit - items.length, cursor: page.next });
        items.push(...page.items.filter(isLasting));
      }
      return { items, next: page.next };
    },
    ofAccount: async (account) => (await rows.ofAccount(account)).filter(await lasting()),
    untold: (audience, limit, first) =>
      filled((size, after) => rows.untold(audience, size, after), limit, first),
    inState: (state, limit, first) => filled((size, after) => rows.inState(state, size, after), limit, first),
    windowEndedBy: async (at, limit) => (await rows.windowEndedBy(at, limit)).filter(await lasting()),
    concludedBy: (state, at, limit, first) =>
      filled((size, after) => rows.concludedBy(state, at, size, after), limit, first),
  };
};
