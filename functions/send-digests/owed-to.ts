import { owedCorrection } from '../../shared/domain/digest/correction.js';
import type { PersonId } from '../../shared/domain/ids.js';
import { onlookersOf } from '../../shared/domain/registry/onlookers.js';
import type { DigestItem } from '../../shared/mail/digest.js';
import type { MailingStore, PersonStore, RecordStore } from '../../shared/ports.js';

export interface OwedToDeps {
  readonly mailings: Pick<MailingStore, 'about'>;
  readonly record: Pick<RecordStore, 'looksAt'>;
  readonly people: Pick<PersonStore, 'byId'>;
}

/** Whom the correction of a withdrawn finding is still owed to, by what was sent, acknowledged and opened. */
export const owedTo =
  ({ mailings, record, people }: OwedToDeps) =>
  async ({ finding, holder }: Pick<DigestItem, 'finding' | 'holder'>): Promise<readonly PersonId[]> => {
    const [sent, looks] = [await mailings.about(finding.id), await record.looksAt(finding.id)];
    return owedCorrection(finding, sent, looks, await onlookersOf(holder, looks, people.byId));
  };
