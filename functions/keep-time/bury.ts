import { filesOf } from '../../shared/domain/files.js';
import type { EndRule } from '../../shared/domain/record/entry.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { Clock, FileStore, FindingStore, RecordStore } from '../../shared/ports.js';

export interface BuryDeps {
  readonly findings: Pick<FindingStore, 'lock' | 'remove'>;
  readonly files: Pick<FileStore, 'erase'>;
  readonly record: Pick<RecordStore, 'appendOnce'>;
  readonly now: Clock;
}

/**
 * Deletes a finding and its files, once its history is on record. A run that died in between is repeated with the same
 * end: the receipt stands as it was first written, and what is gone already is not missed. It may be before people at this moment, by an erasure or
 * because the rules have just been lengthened, so it is locked first: a legal hold comes before that, and the finding stays whole, or is refused.
 */
export const bury =
  ({ findings, files, record, now }: BuryDeps) =>
  async (finding: Finding, rule: EndRule): Promise<'ended' | 'stale'> => {
    if ((await findings.lock(finding)) === 'stale') return 'stale';
    await record.appendOnce(`finding-ended#${finding.id}#${finding.history.at(-1)?.hash ?? ''}`, {
      kind: 'finding-ended',
      at: now(),
      rule,
      finding: finding.id,
      state: finding.state,
      network: finding.network,
      contest: finding.indication.contest,
      stage: finding.indication.stage,
      provisions: finding.indication.provisions,
      history: finding.history,
    });
    await files.erase(filesOf({ finding: finding.id }));
    return (await findings.remove(finding, now())) === 'removed' ? 'ended' : 'stale';
  };
