import * as z from 'zod';
import { ACCOUNT_NETWORKS } from '../../networks.js';
import type { Account } from '../registry/account.js';
import { Confirmation } from '../registry/account.js';
import { FileName } from '../file-kinds.js';
import { TimeZone } from '../time.js';
import { Finding, FindingState } from './finding.js';
import { HistoryContent, HistoryEntry } from './history.js';
import { HistoryView, SupervisorFinding } from './views.js';

/** States in which there is something that a person could bring before an authority. */
const REFERRED: readonly FindingState[] = ['referred', 'objected', 'confirmed'];

/** Whether a pack of evidence is made of a finding in this state; a dismissed or withdrawn one is nobody's evidence. */
export const hasEvidence = ({ state }: { readonly state: FindingState }): boolean => REFERRED.includes(state);

/** A referred finding as one file for whoever examines it: what, where, when, by whom it was captured, and what was said. */
export const Evidence = z.strictObject({
  format: z.literal('netral-evidence-1'),
  agency: z.string(),
  timeZone: TimeZone,
  finding: z.strictObject({
    id: Finding.shape.id,
    state: FindingState,
    holder: z.strictObject({ name: z.string(), unit: z.string() }),
    account: z.strictObject({
      network: z.enum(ACCOUNT_NETWORKS),
      handle: z.string(),
      /** How the holder confirmed that the account is theirs. */
      confirmation: Confirmation.nullable(),
    }),
    uri: Finding.shape.uri,
    url: Finding.shape.url,
    postedAt: Finding.shape.postedAt,
    capturedAt: Finding.shape.capturedAt,
    foundAt: Finding.shape.foundAt,
    edited: Finding.shape.edited,
    parts: Finding.shape.parts,
    context: Finding.shape.context,
    /** Its words were given in by a person. */
    submitted: Finding.shape.submitted.unwrap(),
    /** The picture of it that somebody gave in. */
    capture: SupervisorFinding.shape.capture,
    indication: Finding.shape.indication,
    provisions: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  }),
  /** What people concluded and what the holder said. */
  conclusions: z.array(HistoryView.omit({ you: true })),
  /** Every act by its hash. The words of steps inside the team are left out; the commitments to them stay. */
  chain: z.array(HistoryEntry),
  /** Files that were given with the finding and are no longer there; the commitments to them stay. */
  missing: z.array(FileName),
  /** The salted words behind the commitments of the acts that are told, by the number of the entry. */
  contents: z.record(z.string(), HistoryContent),
});
export type Evidence = z.infer<typeof Evidence>;

interface EvidenceFacts {
  readonly agency: string;
  readonly timeZone: TimeZone;
  readonly finding: Finding;
  /** As the superior may see it. */
  readonly view: SupervisorFinding;
  readonly account: Account;
  readonly provisions: Evidence['finding']['provisions'];
  readonly missing: Evidence['missing'];
}

export const evidenceOf = ({
  agency,
  timeZone,
  finding,
  view,
  account,
  provisions,
  missing,
}: EvidenceFacts): Evidence => {
  const told = new Set(view.history.map(({ act }) => act));
  const contents = finding.history
    .filter(({ act }) => told.has(act))
    .flatMap(({ sequence }) => {
      const content = finding.contents[String(sequence)];
      return content === undefined ? [] : [[String(sequence), content] as const];
    });
  return Evidence.parse({
    format: 'netral-evidence-1',
    agency,
    timeZone,
    finding: {
      id: finding.id,
      state: finding.state,
      holder: view.holder,
      account: { network: finding.network, handle: account.handle, confirmation: account.confirmation },
      uri: finding.uri,
      url: finding.url,
      postedAt: finding.postedAt,
      capturedAt: finding.capturedAt,
      foundAt: finding.foundAt,
      edited: finding.edited,
      parts: finding.parts,
      context: finding.context,
      submitted: finding.submitted,
      capture: view.capture,
      indication: finding.indication,
      provisions,
    },
    conclusions: view.history.map(({ at, act, by, reason, words, files, late }) => ({
      at,
      act,
      by,
      reason,
      words,
      files,
      late,
    })),
    chain: finding.history,
    missing,
    contents: Object.fromEntries(contents),
  });
};
