import type { CodeOnly } from '../../shared/domain/screening/code-pack.js';
import type { PersonId } from '../../shared/domain/ids.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { localDate, type Instant } from '../../shared/domain/time.js';
import { FUNCTIONS } from '../../shared/functions.js';
import { inPages } from '../../shared/in-pages.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type {
  AccountStore,
  AgencyStore,
  FindingStore,
  MailingStore,
  RulesStore,
  PersonStore,
  RequestStore,
} from '../../shared/ports.js';
import { timeLimit } from '../../shared/time-limit.js';
import { addressFinding, type AddressFindingDeps } from './address-finding.js';
import type { DigestItem } from '../../shared/mail/digest.js';
import { sendDigest, type SendDigestDeps } from './send-digest.js';
import { sendWorkList } from './send-work-list.js';
import { waitingRequests } from './waiting-requests.js';
import { waitingMatters } from './waiting.js';

export interface SendDigestsDeps extends AddressFindingDeps, SendDigestDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly packs: RulesStore<CodeOnly>;
  readonly people: Pick<PersonStore, 'byId' | 'withRoles'>;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly findings: Pick<FindingStore, 'byId' | 'inState' | 'told' | 'untold'>;
  readonly mailings: Pick<MailingStore, 'about' | 'claim' | 'last' | 'release' | 'settle'>;
  readonly requests: Pick<RequestStore, 'open'>;
}

/** Gathering what is to be told gets half of a run, so that what it found can still be sent. */
const GATHERING_SECONDS = FUNCTIONS['send-digests'].timeoutSeconds / 2;

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
    const isOver = timeLimit(deps.now, GATHERING_SECONDS);
    for await (const finding of inPages((limit, after?: Finding) =>
      deps.findings.untold('supervisor', limit, after),
    )) {
      if (isOver()) {
        await run.attempt(() =>
          Promise.reject(new Error('There was no time to read all that is to be told')),
        );
        break;
      }
      await run.attempt(async () => {
        const addressed = await address(finding);
        if (addressed.kind !== 'addressed') return addressed.kind;
        for (const supervisor of addressed.supervisors) {
          const parcel = parcels.get(supervisor.id) ?? { supervisor, items: [] };
          parcel.items.push(addressed.item);
          parcels.set(supervisor.id, parcel);
        }
        return null;
      });
    }

    const send = sendDigest(deps, { agency, code, period });
    for (const { supervisor, items } of parcels.values()) await run.attempt(() => send(supervisor, items));

    await run.attempt(async () => {
      const at = deps.now();
      const [matters, requests] = [
        await waitingMatters(deps, agency.review, at),
        await waitingRequests(deps.requests, at),
      ];
      const countFor = async (reader: Person) => ({ ...(await matters(reader)), ...requests(reader) });
      const sendList = sendWorkList(deps, { agency, period, countFor, at });
      for (const reader of await deps.people.withRoles()) await run.attempt(() => sendList(reader));
      return null;
    });
    return run.end('digests-sent', deps.report);
  };
