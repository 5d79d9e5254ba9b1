import type { FindingId } from '../domain/ids.js';
import { Finding } from '../domain/review/finding.js';
import type { FindingStore } from '../ports.js';
import { by } from './by.js';
import { matches } from './finding-filter.js';
import { termEndOf } from '../domain/review/retention.js';
import { memoryRows, promised, saveRow } from './memory-rows.js';
import { findingCursor } from './page-cursor.js';

const foundOrder = ({ foundAt, id }: Pick<Finding, 'foundAt' | 'id'>) => `${foundAt}#${id}`;

const capturedOrder = ({ capturedAt, id }: Finding): string => `${capturedAt}#${id}`;
const stateOrder = ({ stateSince, id }: Pick<Finding, 'stateSince' | 'id'>) => `${stateSince}#${id}`;

/** Findings for one process. */
export const memoryFindingStore = (): FindingStore => {
  const findings = memoryRows(Finding);
  const gone = new Set<FindingId>();
  const locked = new Set<FindingId>();
  const longestWaiting = (
    isMeant: (finding: Finding) => boolean,
    limit: number,
    after: Finding | undefined,
  ): Finding[] =>
    findings
      .all()
      .filter(isMeant)
      .filter((finding) => after === undefined || stateOrder(finding) > stateOrder(after))
      .sort(by(stateOrder))
      .slice(0, limit);
  const newestFirst = (): Finding[] => findings.all().sort(by(foundOrder)).reverse();
  return {
    create: (finding) =>
      promised(() => {
        if (gone.has(finding.id) || findings.get(finding.id) !== null) return 'duplicate';
        findings.set(finding.id, finding);
        return 'created';
      }),
    byId: (id) => promised(() => findings.get(id)),
    save: (finding) =>
      promised(() => (locked.has(finding.id) ? 'stale' : saveRow(findings, finding.id, finding))),
    list: (query) =>
      promised(() => {
        const after = query.cursor === null ? null : foundOrder(findingCursor.read(query.cursor));
        const rest = newestFirst()
          .filter((finding) => after === null || foundOrder(finding) < after)
          .filter(matches(query));
        const items = rest.slice(0, query.limit);
        const last = items.at(-1);
        const more = rest.length > query.limit && last !== undefined;
        return { items, next: more ? findingCursor.write({ foundAt: last.foundAt, id: last.id }) : null };
      }),
    ofAccount: (account) => promised(() => newestFirst().filter((finding) => finding.account === account)),
    untold: (audience, limit, after) =>
      promised(() => longestWaiting(({ untold }) => untold[audience] !== null, limit, after)),
    inState: (asked, limit, after) =>
      promised(() => longestWaiting(({ state }) => state === asked, limit, after)),
    told: (id, audience, telling) =>
      promised(() => {
        const stored = findings.get(id);
        if (stored?.untold[audience] !== telling) return;
        findings.set(id, { ...stored, untold: { ...stored.untold, [audience]: null } });
      }),
    concludedBy: (asked, at, limit, after) =>
      promised(() =>
        longestWaiting(({ state, stateSince }) => state === asked && stateSince <= at, limit, after),
      ),
    lentBy: (asked, at, limit, after) =>
      promised(() =>
        findings
          .all()
          .filter((finding) => finding.network === asked && termEndOf(finding) !== null)
          .filter(({ capturedAt }) => capturedAt <= at)
          .filter((finding) => after === undefined || capturedOrder(finding) > capturedOrder(after))
          .sort(by(capturedOrder))
          .slice(0, limit),
      ),
    lock: ({ id, revision }) =>
      promised(() => {
        if (findings.get(id)?.revision !== revision) return 'stale';
        locked.add(id);
        return 'locked';
      }),
    lockedOf: (account) =>
      promised(() =>
        newestFirst().filter((finding) => finding.account === account && locked.has(finding.id)),
      ),
    remove: ({ id, revision }) =>
      promised(() => {
        if (findings.get(id)?.revision !== revision) return 'stale';
        findings.delete(id);
        gone.add(id);
        return 'removed';
      }),
    noteGone: (id, at) =>
      promised(() => {
        const stored = findings.get(id);
        if (stored === null || stored.goneAt !== null) return;
        findings.set(id, { ...stored, goneAt: at, revision: stored.revision + 1 });
      }),
    windowEndedBy: (at, limit) =>
      promised(() =>
        findings
          .all()
          .filter(({ state, replyBy }) => state === 'clarifying' && replyBy !== null && replyBy <= at)
          .sort(by(({ replyBy }) => replyBy ?? ''))
          .slice(0, limit),
      ),
  };
};
