import { startRun, type Tally } from '../../shared/job-run.js';
import type { AccountStore, AgencyStore, FindingStore, PackStore } from '../../shared/ports.js';
import { inviteHolder, type InviteHolderDeps } from './invite-holder.js';
import { tellHolder, type TellHolderDeps } from './tell-holder.js';

export interface NotifyHoldersDeps extends InviteHolderDeps, TellHolderDeps {
  readonly agency: Pick<AgencyStore, 'read' | 'hashKey'>;
  readonly packs: PackStore;
  readonly accounts: Pick<AccountStore, 'byIds' | 'save' | 'uninvited'>;
  readonly findings: Pick<FindingStore, 'byId' | 'save' | 'told' | 'untold'>;
}

/** Of each kind; at ten mails a second a run stays well within its time. */
const MAILS_PER_RUN = 300;

/** Tells holders what waits for them: questions and outcomes first, then invitations. */
export const notifyHolders = (deps: NotifyHoldersDeps) => async (): Promise<Tally> => {
  const agency = await deps.agency.read();
  if (agency === null) return {};
  const { code } = await deps.packs.active();
  const run = startRun();

  const tell = tellHolder(deps, { agency, code });
  for (const finding of await deps.findings.untold('holder', MAILS_PER_RUN))
    await run.attempt(() => tell(finding));

  // Nobody is asked to confirm before there is a notice to read and an officer to ask.
  const { notice, officer } = agency.gates;
  if (notice !== null && officer !== null) {
    const invite = inviteHolder(deps, { agency, notice, hashKey: await deps.agency.hashKey() });
    for (const account of await deps.accounts.uninvited(MAILS_PER_RUN))
      await run.attempt(() => invite(account));
  }
  return run.end('holders-notified', deps.report);
};
