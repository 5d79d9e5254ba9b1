import * as z from 'zod';
import { FindingId, Opaque, PersonId, Sha256 } from '../ids.js';
import { Finding } from '../review/finding.js';
import { Instant } from '../time.js';

/**
 * Why something personal was deleted: its time was over by the agency's rules or by its network's terms, its registration had
 * lapsed before it was found, or an officer's act.
 */
export const EndRule = z.enum(['retention', 'network-terms', 'void', 'erasure']);
export type EndRule = z.infer<typeof EndRule>;

/** What a deletion receipt is of, besides findings. */
export const EndedKind = z.enum(['mailing', 'account', 'request', 'drills', 'coverage']);
export type EndedKind = z.infer<typeof EndedKind>;

/**
 * One line of the record: somebody looked at a finding, changed what others rely on, or something was deleted. Append
 * only, and nothing of a person but opaque ids.
 */
export const RecordEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), at: Instant, person: PersonId, finding: FindingId }),
  /** Somebody had the evidence pack of a finding made; `hash` is its SHA-256. */
  z.strictObject({
    kind: z.literal('evidence'),
    at: Instant,
    person: PersonId,
    finding: FindingId,
    hash: Sha256,
  }),
  z.strictObject({
    kind: z.literal('act'),
    at: Instant,
    person: PersonId,
    act: z.enum([
      'agency-created',
      'gates-changed',
      'ownership-changed',
      'networks-changed',
      'post-submitted',
      'review-changed',
      'golden-changed',
      'roles-changed',
      'acting-changed',
      'registry-imported',
      'scan-requested',
      'data-exported',
      'request-registered',
      'request-answered',
      'record-read',
    ]),
  }),
  /** The receipt of a finding that was deleted, with its history: who decided what and when, and no content. */
  z.strictObject({
    kind: z.literal('finding-ended'),
    at: Instant,
    rule: EndRule,
    finding: FindingId,
    state: Finding.shape.state,
    network: Finding.shape.network,
    contest: Finding.shape.indication.shape.contest,
    stage: Finding.shape.indication.shape.stage,
    provisions: Finding.shape.indication.shape.provisions,
    history: Finding.shape.history,
  }),
  /** The receipt of anything else; `name` is opaque. */
  z.strictObject({
    kind: z.literal('ended'),
    at: Instant,
    rule: EndRule,
    what: EndedKind,
    name: Opaque,
  }),
  /** An officer ordered that all that is kept of a person be deleted, and that it was done. */
  z.strictObject({
    kind: z.literal('erasure'),
    at: Instant,
    step: z.enum(['ordered', 'done']),
    /** The officer. */
    person: PersonId,
    subject: PersonId,
  }),
]);
export type RecordEntry = z.infer<typeof RecordEntry>;

/** An entry in its place. Lines are in the order of time and id, and no two are alike. */
export const RecordLine = z.strictObject({
  id: Opaque,
  entry: RecordEntry,
});
export type RecordLine = z.infer<typeof RecordLine>;

/** Where a line stands among the others. */
export interface LinePlace {
  readonly id: RecordLine['id'];
  readonly entry: Pick<RecordEntry, 'at'>;
}

/** The text by which lines are ordered. */
export const lineOrder = ({ id, entry }: LinePlace): string => `${entry.at}#${id}`;
