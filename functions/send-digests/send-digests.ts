import type { PersonId } from '../../shared/domain/ids.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { localDate, type Instant } from '../../shared/domain/time.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { AccountStore, AgencyStore, FindingStore, PackStore, PersonStore } from '../../shared/ports.js';
import { addressFinding, type AddressFindingDeps } from './address-finding.js';
import type { DigestItem } from '../../shared/mail/digest.js';
import { sendDigest, type SendDigestDeps } from './send-digest.js';
import { sendWorkList } from './send-work-list.js';
import { countWaiting } from './waiting.js';

export interface SendDigestsDeps extends AddressFindingDeps, SendDigestDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly packs: PackStore;
  readonly people: Pick<PersonStore, 'byId' | 'withRoles'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly findings: Pick<FindingStore, 'byId' | 'list' | 'told' | 'untold'>;
}

const FINDINGS_PER_RUN = 1_000;

/**
 * One mail to each supervisor of whose staff something was concluded, then the team's work lists. `scheduledAt` is what
 * the run was meant for: its day in the agency's zone names the mails, however late or often the run comes.
 */
export const sendDigests =
  (deps: SendDigestsDeps) =>
  async (scheduledAt: Instant): Promise<Tally> => {
    const agency = await deps.agency.read();
    if (agency === null) return {};
    const { code } = await deps.packs.active();
    const period = localDate(scheduledAt, agency.timeZone);
    const run = startRun();

    const parcels = new Map<PersonId, { readonly supervisor: Person; readonly items: DigestItem[] }>();
    const address = addressFinding(deps);
    for (const finding of await deps.findings.untold('supervisor', FINDINGS_PER_RUN))
      await run.attempt(async () => {
        const addressed = await address(finding);
        if (addressed.kind !== 'addressed') return addressed.kind;
        const { supervisor, item } = addressed;
        const parcel = parcels.get(supervisor.id) ?? { supervisor, items: [] };
        parcel.items.push(item);
        parcels.set(supervisor.id, parcel);
        return null;
      });

    const send = sendDigest(deps, { agency, code, period });
    for (const { supervisor, items } of parcels.values()) await run.attempt(() => send(supervisor, items));

    await run.attempt(async () => {
      const counts = await countWaiting(deps);
      const sendList = sendWorkList(deps, { agency, period, counts, at: deps.now() });
      for (const reader of await deps.people.withRoles()) await run.attempt(() => sendList(reader));
      return null;
    });
    return run.end('digests-sent', deps.report);
  };
