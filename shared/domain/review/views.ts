import * as z from 'zod';
import { NETWORK_IDS } from '../../networks.js';
import { AccountId } from '../ids.js';
import type { TimeZone } from '../time.js';
import { clocksOf, RunningClock } from './clocks.js';
import type { Party } from './transition.js';
import { Finding, type FindingState } from './finding.js';
import { ActKind, type HistoryEntry } from './history.js';

/** Who did something, without saying who: analysts by the order in which they came to the finding. */
const By = z.string().regex(/^(netral|holder|supervisor|analyst-\d+)$/);

export const HistoryView = z.strictObject({
  at: Finding.shape.foundAt,
  act: ActKind,
  by: By,
  /** Whether the reader did it. */
  you: z.boolean(),
  /** The reason from the fixed list. */
  reason: z.string().nullable(),
  words: z.string().nullable(),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** A line of a list: no text, no link, nothing of a person. The text is read by opening the finding. */
export const FindingSummary = z.strictObject({
  id: Finding.shape.id,
  state: Finding.shape.state,
  stateSince: Finding.shape.stateSince,
  foundAt: Finding.shape.foundAt,
  postedAt: Finding.shape.postedAt,
  replyBy: Finding.shape.replyBy,
  contest: Finding.shape.indication.shape.contest,
  stage: Finding.shape.indication.shape.stage,
  provisions: Finding.shape.indication.shape.provisions,
});
export type FindingSummary = z.infer<typeof FindingSummary>;

/** What an analyst gets before the first decision: the words, and nothing of whose they are. */
export const BlindFinding = z.strictObject({
  view: z.literal('blind'),
  id: Finding.shape.id,
  revision: Finding.shape.revision,
  state: Finding.shape.state,
  postedAt: Finding.shape.postedAt,
  parts: Finding.shape.parts,
  context: Finding.shape.context,
  indication: Finding.shape.indication,
});
export type BlindFinding = z.infer<typeof BlindFinding>;

const opened = {
  ...BlindFinding.shape,
  stateSince: Finding.shape.stateSince,
  foundAt: Finding.shape.foundAt,
  edited: Finding.shape.edited,
  replyBy: Finding.shape.replyBy,
  clocks: z.array(RunningClock),
  network: z.enum(NETWORK_IDS),
  url: Finding.shape.url,
  history: z.array(HistoryView),
};

/** What an analyst gets once the holder was asked: the link and the history too, still no name and no unit. */
export const AnalystFinding = z.strictObject({ ...opened, view: z.literal('analyst') });
export type AnalystFinding = z.infer<typeof AnalystFinding>;

/** What the holder gets once anybody has decided anything: everything but who the analysts are. */
export const HolderFinding = z.strictObject({ ...opened, view: z.literal('holder'), account: AccountId });
export type HolderFinding = z.infer<typeof HolderFinding>;

/** What the superior gets of a referral: whose it is, what was concluded, and the holder's own words. */
export const SupervisorFinding = z.strictObject({
  ...opened,
  view: z.literal('supervisor'),
  holder: z.strictObject({ name: z.string(), unit: z.string() }),
});
export type SupervisorFinding = z.infer<typeof SupervisorFinding>;

export const FindingView = z.discriminatedUnion('view', [
  BlindFinding,
  AnalystFinding,
  HolderFinding,
  SupervisorFinding,
]);
export type FindingView = z.infer<typeof FindingView>;

/** A finding, how the reader stands to it, and its holder. */
export interface Sighting {
  readonly finding: Finding;
  readonly party: Party;
  readonly holder: { readonly name: string; readonly unit: string };
  /** Where days begin and end. */
  readonly timeZone: TimeZone;
}

const CONCLUDED: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];

/** The steps inside the team are not the superior's business, only what came of them. */
const SUPERVISORS: readonly ActKind[] = ['answer', 'refer', 'object', 'confirm', 'withdraw', 'acknowledge'];

const roleIn = (act: ActKind): 'netral' | 'holder' | 'supervisor' | 'analyst' => {
  switch (act) {
    case 'indicate':
    case 'notify':
    case 'close-window':
      return 'netral';
    case 'answer':
    case 'object':
      return 'holder';
    case 'acknowledge':
      return 'supervisor';
    case 'dismiss':
    case 'clarify':
    case 'refer':
    case 'confirm':
    case 'withdraw':
      return 'analyst';
  }
};

const personIn = ({ actor }: HistoryEntry): string | null => (actor.kind === 'person' ? actor.person : null);

const historyView = ({ history, contents }: Finding, reader: string): HistoryView[] => {
  const analysts = [
    ...new Set(history.filter(({ act }) => roleIn(act) === 'analyst').map((entry) => personIn(entry))),
  ];
  return history.map((entry) => {
    const role = roleIn(entry.act);
    const person = personIn(entry);
    return {
      at: entry.at,
      act: entry.act,
      by: role === 'analyst' ? `analyst-${analysts.indexOf(person) + 1}` : role,
      you: person === reader,
      reason: entry.code,
      words: contents[String(entry.sequence)]?.text ?? null,
    };
  });
};

/** Whether the holder was asked: only then does anybody need to know where the post is. */
const wasAsked = ({ history }: Finding): boolean => history.some(({ act }) => act === 'clarify');

const blind = (finding: Finding): BlindFinding => ({
  view: 'blind',
  id: finding.id,
  revision: finding.revision,
  state: finding.state,
  postedAt: finding.postedAt,
  parts: finding.parts,
  context: finding.context,
  indication: finding.indication,
});

/** What this reader may see of a finding; `null` when there is nothing for them, as if it did not exist. */
export const viewOf = ({ finding, party, holder, timeZone }: Sighting): FindingView | null => {
  const common = {
    ...blind(finding),
    stateSince: finding.stateSince,
    foundAt: finding.foundAt,
    edited: finding.edited,
    replyBy: finding.replyBy,
    clocks: clocksOf(finding, timeZone),
    network: finding.network,
    url: finding.url,
    history: historyView(finding, party.person),
  };
  if (party.isHolder)
    return finding.state === 'indicated' ? null : { ...common, view: 'holder', account: finding.account };
  if (party.isSupervisor)
    return CONCLUDED.includes(finding.state)
      ? {
          ...common,
          view: 'supervisor',
          history: common.history.filter(({ act }) => SUPERVISORS.includes(act)),
          holder: { name: holder.name, unit: holder.unit },
        }
      : null;
  if (!party.roles.includes('analyst')) return null;
  return wasAsked(finding) ? { ...common, view: 'analyst' } : blind(finding);
};

/** Its line in a list, for whoever may see it. */
export const summaryOf = (finding: Finding): FindingSummary => ({
  id: finding.id,
  state: finding.state,
  stateSince: finding.stateSince,
  foundAt: finding.foundAt,
  postedAt: finding.postedAt,
  replyBy: finding.replyBy,
  contest: finding.indication.contest,
  stage: finding.indication.stage,
  provisions: finding.indication.provisions,
});
