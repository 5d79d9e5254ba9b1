import * as z from 'zod';
import { Count, Text } from '../fields.js';
import { hashIn } from '../file-kinds.js';
import { KeptFile } from '../files.js';
import { type FindingId, Opaque, PersonId, Sha256, sha256 } from '../ids.js';
import { Instant } from '../time.js';

/** Who acted: a person, or one of the jobs that only move clocks. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), person: PersonId }),
  z.strictObject({
    kind: z.literal('job'),
    job: z.enum(['classify-posts', 'notify-holders', 'note-deliveries', 'keep-time']),
  }),
]);
export type Actor = z.infer<typeof Actor>;

export const ActKind = z.enum([
  'indicate',
  'dismiss',
  'clarify',
  'notify',
  'bounce',
  'answer',
  'close-window',
  'refer',
  'object',
  'confirm',
  'withdraw',
  'acknowledge',
  'note',
  'hold',
  'recuse',
  'reassign',
  'legal-hold',
  'end-legal-hold',
  'second-look',
]);
export type ActKind = z.infer<typeof ActKind>;

/** What concerns the team's work alone: it is in the chain, and nobody outside the team is shown it. */
export const TEAM_ACTS: readonly ActKind[] = ['note', 'hold', 'recuse', 'reassign', 'second-look'];

/** Personal words and files behind an entry, with the salt that keeps short ones from being guessed from the commitment. */
export const HistoryContent = z.strictObject({
  salt: Opaque,
  text: z.string().max(10_000),
  /** Files that came with the words. */
  files: z.array(KeptFile).default([]),
});
export type HistoryContent = z.infer<typeof HistoryContent>;

/** One act in a finding's life. The chain holds no content, only a salted commitment of it. */
export const HistoryEntry = z.strictObject({
  sequence: Count,
  at: Instant,
  actor: Actor,
  act: ActKind,
  /** A reason or kind of answer from the fixed lists; never free words. */
  code: Text.max(64).nullable(),
  commitment: Sha256.nullable(),
  previous: Sha256.nullable(),
  hash: Sha256,
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const commitmentTo = ({ salt, text, files }: HistoryContent): string =>
  sha256('content', salt, text, ...files.flatMap(({ file, name }) => [hashIn(file), name]));

const actorText = (actor: Actor): string =>
  actor.kind === 'person' ? `person:${actor.person}` : `job:${actor.job}`;

/** What a chain is checked with: its entries, and the finding that each of them is bound to. */
interface Chain {
  readonly id: FindingId;
  readonly history: readonly HistoryEntry[];
}

const hashOf = (finding: FindingId, entry: Omit<HistoryEntry, 'hash'>): string =>
  sha256(
    'history',
    finding,
    String(entry.sequence),
    entry.at,
    actorText(entry.actor),
    entry.act,
    entry.code ?? '',
    entry.commitment ?? '',
    entry.previous ?? '',
  );

/** The history with one more entry, chained to the last. */
export const appended = (
  { id, history }: Chain,
  act: Pick<HistoryEntry, 'at' | 'actor' | 'act' | 'code'>,
  content: HistoryContent | null,
): HistoryEntry[] => {
  const entry = {
    ...act,
    sequence: history.length,
    commitment: content === null ? null : commitmentTo(content),
    previous: history.at(-1)?.hash ?? null,
  };
  return [...history, { ...entry, hash: hashOf(id, entry) }];
};

/**
 * The first entry that does not follow from the one before it, or `null` when the chain holds. Entries cut off the end
 * leave a chain that holds: only an anchor kept elsewhere shows that.
 */
export const firstBreak = ({ id, history }: Chain): number | null => {
  const broken = history.findIndex(
    (entry, index) =>
      entry.sequence !== index ||
      entry.previous !== (history[index - 1]?.hash ?? null) ||
      entry.hash !== hashOf(id, entry),
  );
  return broken === -1 ? null : broken;
};
