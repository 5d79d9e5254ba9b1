import * as z from 'zod';
import { ITEM, LINE } from '../limits.js';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import { Capture, KeptFile } from '../files.js';
import { AccountId } from '../ids.js';
import type { Person } from '../registry/person.js';
import { Instant, type TimeZone } from '../time.js';
import { isLowering } from './acts.js';
import { clocksOf, RunningClock } from './clocks.js';
import { isOnHold, leaseAt } from './desk.js';
import { Finding, type FindingState } from './finding.js';
import { ActKind, TEAM_ACTS, type HistoryEntry } from './history.js';
import { peopleIn, PersonSpan } from './people-in-text.js';
import { FirstVerdict } from './first-verdict.js';
import { judgeRefusal, type Party } from './transition.js';

/** Who did something, without saying who: analysts by the order in which they came to the finding. */
const By = z
  .string()
  .max(LINE)
  .regex(/^(netral|holder|supervisor|officer|analyst-\d+)$/);

export const HistoryView = z.strictObject({
  at: Finding.shape.foundAt,
  act: ActKind,
  by: By,
  /** Whether the reader did it. */
  you: z.boolean(),
  /** The reason from the fixed list. */
  reason: z.string().max(LINE).nullable(),
  words: z.string().max(ITEM).nullable(),
  /** Files that came with the words; each is handed out at `/findings/{id}/files/{file}`. */
  files: z.array(KeptFile).max(ITEM),
  /** An answer that came when the holder's window was over. It counts like any other. */
  late: z.boolean(),
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

/** How an item stands on the team's desk. Nobody outside the team gets any of it. */
const Desk = z.strictObject({
  /** Until when the reader has it; `null` when they do not. */
  yoursUntil: Instant.nullable(),
  /** Another analyst has it now. */
  taken: z.boolean(),
  holdUntil: Instant.nullable(),
  /** What the team did around it: notes, holds, who stood aside. */
  notes: z.array(HistoryView).max(ITEM),
});

/** What an item with a known answer was, for whoever has answered it. */
export const GoldenResult = z.strictObject({
  expected: FirstVerdict,
  agreed: z.boolean(),
  because: z.string().max(ITEM),
});
export type GoldenResult = z.infer<typeof GoldenResult>;

/** What an analyst gets before the first decision: the words, and nothing of whose they are. */
export const BlindFinding = z.strictObject({
  view: z.literal('blind'),
  id: Finding.shape.id,
  /** The number of the last act that the reader may know of; also the ETag. */
  revision: Finding.shape.revision,
  state: Finding.shape.state,
  postedAt: Finding.shape.postedAt,
  /** Given in by a person, so its words are theirs to answer for until they are compared with the post. */
  submitted: Finding.shape.submitted.unwrap(),
  parts: Finding.shape.parts,
  context: Finding.shape.context,
  indication: Finding.shape.indication,
  /** Where the text itself names or points to people who do not stand for election, whoever they are. */
  people: z.array(PersonSpan).max(ITEM),
  desk: Desk,
  /** Set once the reader has answered an invented item; `null` for every real one. */
  golden: GoldenResult.nullable(),
});
export type BlindFinding = z.infer<typeof BlindFinding>;

const CaptureView = KeptFile.extend({ at: Instant, by: Capture.shape.as });

const opened = {
  ...BlindFinding.omit({ people: true, desk: true, golden: true }).shape,
  stateSince: Finding.shape.stateSince,
  foundAt: Finding.shape.foundAt,
  edited: Finding.shape.edited,
  replyBy: Finding.shape.replyBy,
  clocks: z.array(RunningClock).max(ITEM),
  goneAt: Finding.shape.goneAt.unwrap(),
  network: z.enum(ACCOUNT_NETWORKS),
  url: Finding.shape.url,
  /** The picture that came with a post that was given in, and as what it was given. */
  capture: CaptureView.nullable(),
  history: z.array(HistoryView).max(ITEM),
};

/** What an analyst gets once the holder was asked: the link and the history too, still no name and no unit. */
export const AnalystFinding = z.strictObject({
  ...opened,
  view: z.literal('analyst'),
  /** The holder's last answer that lowers the matter, to be read before all else: not their account, an accident, deleted. */
  lowering: HistoryView.nullable(),
  people: z.array(PersonSpan).max(ITEM),
  desk: Desk,
});
export type AnalystFinding = z.infer<typeof AnalystFinding>;

/** What the holder gets once anybody has decided anything: everything but who the analysts are. */
export const HolderFinding = z.strictObject({ ...opened, view: z.literal('holder'), account: AccountId });
export type HolderFinding = z.infer<typeof HolderFinding>;

/** What the superior gets of a referral: whose it is, what was concluded, and the holder's own words. */
export const SupervisorFinding = z.strictObject({
  ...opened,
  view: z.literal('supervisor'),
  holder: z.strictObject({ name: z.string().max(LINE), unit: z.string().max(LINE) }),
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
  readonly holder: Pick<Person, 'name' | 'unit' | 'roles'>;
  /** Where days begin and end. */
  readonly timeZone: TimeZone;
  readonly at: Instant;
  /** Names of those who stand in the finding's contest. */
  readonly contestants: readonly string[];
}

const CONCLUDED: readonly FindingState[] = ['referred', 'objected', 'confirmed', 'withdrawn'];

/** The steps inside the team are not the superior's business, only what came of them. */
const SUPERVISORS: readonly ActKind[] = ['answer', 'refer', 'object', 'confirm', 'withdraw', 'acknowledge'];

const roleIn = (act: ActKind): 'netral' | 'holder' | 'supervisor' | 'officer' | 'analyst' => {
  switch (act) {
    case 'indicate':
    case 'notify':
    case 'bounce':
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
    case 'note':
    case 'hold':
    case 'recuse':
    case 'second-look':
      return 'analyst';
    case 'reassign':
    case 'legal-hold':
    case 'end-legal-hold':
      return 'officer';
  }
};

const personIn = ({ actor }: HistoryEntry): string | null => (actor.kind === 'person' ? actor.person : null);

/** Whether the holder was asked: only then does anybody need to know where the post is. */
const wasAsked = ({ history }: Finding): boolean => history.some(({ act }) => act === 'clarify');

type View = FindingView['view'];

/** As whom somebody may see a finding; `null` when there is nothing for them, as if it did not exist. */
const kindOf = (finding: Finding, party: Party): View | null => {
  if (party.isHolder) return finding.state === 'indicated' ? null : 'holder';
  if (party.isSupervisor) return CONCLUDED.includes(finding.state) ? 'supervisor' : null;
  if (judgeRefusal(finding, party) !== null) return null;
  return wasAsked(finding) ? 'analyst' : 'blind';
};

const isFor = (view: View, act: ActKind): boolean => {
  switch (view) {
    case 'blind':
    case 'analyst':
      return true;
    case 'holder':
      return !TEAM_ACTS.includes(act);
    case 'supervisor':
      return SUPERVISORS.includes(act);
  }
};

/** The entries that a reader may know of, as they read them. */
const historyFor = (
  { history, contents, replyBy }: Finding,
  view: View,
  reader: string,
): { readonly sequence: number; readonly line: HistoryView }[] => {
  const isTeam = view === 'blind' || view === 'analyst';
  // Outside the team nobody may count those who only left a note.
  const analysts = history.filter(
    ({ act }) => roleIn(act) === 'analyst' && (isTeam || !TEAM_ACTS.includes(act)),
  );
  const numbers = [...new Set(analysts.map((entry) => personIn(entry)))];
  return history
    .filter(({ act }) => isFor(view, act))
    .map((entry) => {
      const role = roleIn(entry.act);
      const person = personIn(entry);
      const line = {
        at: entry.at,
        act: entry.act,
        by: role === 'analyst' ? `analyst-${numbers.indexOf(person) + 1}` : role,
        you: person === reader,
        reason: entry.code,
        words: contents[String(entry.sequence)]?.text ?? null,
        files: contents[String(entry.sequence)]?.files ?? [],
        late: entry.act === 'answer' && replyBy !== null && entry.at >= replyBy,
      };
      return { sequence: entry.sequence, line };
    });
};

/** What this reader may see of a finding; `null` when there is nothing for them, as if it did not exist. */
export const viewOf = ({
  finding,
  party,
  holder,
  at,
  timeZone,
  contestants,
}: Sighting): FindingView | null => {
  const view = kindOf(finding, party);
  if (view === null) return null;
  const numbered = historyFor(finding, view, party.person);
  const history = numbered.map(({ line }) => line);
  const text = {
    id: finding.id,
    revision: numbered.at(-1)?.sequence ?? 0,
    state: finding.state,
    postedAt: finding.postedAt,
    submitted: finding.submitted,
    parts: finding.parts,
    context: finding.context,
    indication: finding.indication,
  };
  const opened = {
    ...text,
    stateSince: finding.stateSince,
    foundAt: finding.foundAt,
    edited: finding.edited,
    replyBy: finding.replyBy,
    clocks: clocksOf(finding, timeZone),
    goneAt: finding.goneAt,
    network: finding.network,
    url: finding.url,
    capture:
      finding.capture === null
        ? null
        : { ...finding.capture.kept, at: finding.capture.at, by: finding.capture.as },
    history,
  };
  const forTheTeam = () => {
    const lease = leaseAt(finding.desk, at);
    const mine = lease?.analyst === party.person;
    return {
      people: peopleIn(finding, contestants),
      desk: {
        yoursUntil: mine ? lease.until : null,
        taken: lease !== null && !mine,
        holdUntil: isOnHold(finding.desk, at) ? finding.desk.holdUntil : null,
        notes: history.filter(({ act }) => TEAM_ACTS.includes(act)),
      },
    };
  };
  switch (view) {
    case 'blind':
      return { ...text, view, ...forTheTeam(), golden: null };
    case 'analyst':
      return {
        ...opened,
        view,
        lowering: history.findLast(({ act, reason }) => act === 'answer' && isLowering(reason)) ?? null,
        ...forTheTeam(),
      };
    case 'holder':
      return { ...opened, view, account: finding.account };
    case 'supervisor':
      return { ...opened, view, holder: { name: holder.name, unit: holder.unit } };
  }
};

/**
 * What happened since a version that this reader saw, as far as they may know of it. Who reads blind learns that
 * something happened, and no reason.
 */
export const changesSince = (
  { finding, party }: Pick<Sighting, 'finding' | 'party'>,
  revision: number,
): HistoryView[] => {
  const view = kindOf(finding, party);
  if (view === null) return [];
  return historyFor(finding, view, party.person)
    .filter(({ sequence }) => sequence > revision)
    .map(({ line }) =>
      view === 'blind' && !TEAM_ACTS.includes(line.act)
        ? { ...line, reason: null, words: null, files: [] }
        : line,
    );
};

/** The files of a finding that whoever has this view of it may save. */
export const filesIn = (view: FindingView): KeptFile[] => {
  if (view.view === 'blind') return [];
  const captured = view.capture === null ? [] : [view.capture];
  return [...captured, ...view.history.flatMap(({ files }) => files)].map(({ file, bytes, name }) => ({
    file,
    bytes,
    name,
  }));
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
