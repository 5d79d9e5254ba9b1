import type { CodeOnly } from '../../shared/domain/screening/code-pack.js';
import type { Account } from '../../shared/domain/registry/account.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { FUNCTIONS } from '../../shared/functions.js';
import { inPages } from '../../shared/in-pages.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { AccountStore, AgencyStore, FindingStore, RulesStore } from '../../shared/ports.js';
import { timeLimit } from '../../shared/time-limit.js';
import { inviteHolder, type InviteHolderDeps } from './invite-holder.js';
import { tellHolder, type TellHolderDeps } from './tell-holder.js';

export interface NotifyHoldersDeps extends InviteHolderDeps, TellHolderDeps {
  readonly agency: Pick<AgencyStore, 'read' | 'hashKey'>;
  readonly packs: RulesStore<CodeOnly>;
  readonly accounts: Pick<AccountStore, 'byIds' | 'save' | 'uninvited'>;
  readonly findings: Pick<FindingStore, 'byId' | 'told' | 'untold'>;
}

/** What a run leaves over when its time is up, the next one takes. */
const RUN_SECONDS = FUNCTIONS['notify-holders'].timeoutSeconds * 0.75;

/** Tells holders what waits for them: questions and outcomes first, then invitations. */
export const notifyHolders = (deps: NotifyHoldersDeps) => async (): Promise<Tally> => {
  const agency = await deps.agency.read();
  if (agency === null) return {};
  const { code } = await deps.packs.active();
  const run = startRun();
  const isOver = timeLimit(deps.now, RUN_SECONDS);

  const hashKey = await deps.agency.hashKey();
  const tell = tellHolder(deps, { agency, code, hashKey });
  for await (const finding of inPages((limit, after?: Finding) =>
    deps.findings.untold('holder', limit, after),
  )) {
    if (isOver()) break;
    await run.attempt(() => tell(finding));
  }

  // Nobody is asked to confirm before there is a notice to read and an officer to ask.
  const { notice, officer } = agency.gates;
  if (notice !== null && officer !== null) {
    const invite = inviteHolder(deps, { agency, notice, hashKey });
    const ask = { notice: notice.version, at: deps.now() };
    for await (const account of inPages((limit, after?: Account) =>
      deps.accounts.uninvited(ask, limit, after),
    )) {
      if (isOver()) break;
      await run.attempt(() => invite(account));
    }
  }
  return run.end('holders-notified', deps.report);
};
