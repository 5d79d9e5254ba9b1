import * as z from 'zod';
import { Count, Positive } from '../fields.js';
import { ANSWER } from '../limits.js';
import { FindingId, sha256, Sha256 } from '../ids.js';
import type { Finding } from '../review/finding.js';
import { addDays, Instant, LocalDate, startOfDay, TimeZone } from '../time.js';
import { canonicalJson } from './canonical.js';
import type { RecordLine } from './entry.js';
import { merkleRoot } from './merkle.js';

export const Hash = Sha256;

/** How far a finding's history had come when it was sealed: so many entries, and the hash of the last. */
export const SealedHead = z.strictObject({ finding: FindingId, entries: Positive, hash: Sha256 });
export type SealedHead = z.infer<typeof SealedHead>;

/** One day of the record under one hash, linked to the day before. */
export const Seal = z.strictObject({
  version: z.literal(1),
  day: LocalDate,
  zone: TimeZone,
  /** The lines from here on, included; `null` in the first seal, which takes in whatever was before. */
  from: Instant.nullable(),
  /** Up to here, excluded. */
  to: Instant,
  lines: Count,
  /** Histories that have changed since the day began, by the id of their finding. */
  heads: z.array(SealedHead).max(ANSWER),
  /** The Merkle root over the lines and then the heads. */
  root: Sha256,
  /** The hash of the seal of the day before; `null` in the first. */
  previous: Sha256.nullable(),
});
export type Seal = z.infer<typeof Seal>;

export const sealHash = (seal: Seal): string => sha256('seal', canonicalJson(seal));

/** The leaves of a day's tree: its lines in their order, then the heads. */
export const leavesOf = (lines: readonly RecordLine[], heads: readonly SealedHead[]): string[] => [
  ...lines.map((line) => canonicalJson(line)),
  ...heads.map((head) => canonicalJson(head)),
];

/** The head of a history that has changed since `from`; `null` of one that has not. */
export const headSince = (
  { id, history }: Pick<Finding, 'id' | 'history'>,
  from: Instant | null,
): SealedHead | null => {
  const last = history.at(-1);
  if (last === undefined || (from !== null && last.at < from)) return null;
  return { finding: id, entries: history.length, hash: last.hash };
};

/** Where a day begins and ends, as its seal has it. */
export const spanOf = (day: LocalDate, zone: TimeZone, previous: Seal | null) => ({
  from: previous === null ? null : previous.to,
  to: startOfDay(addDays(day, 1), zone),
});

interface Day {
  readonly day: LocalDate;
  readonly zone: TimeZone;
  readonly lines: readonly RecordLine[];
  readonly heads: readonly SealedHead[];
  readonly previous: Seal | null;
}

/** The seal of a day; its lines are in their order, its heads in the order of their findings. */
export const sealDay = ({ day, zone, lines, heads, previous }: Day): Seal => ({
  version: 1,
  day,
  zone,
  ...spanOf(day, zone, previous),
  lines: lines.length,
  heads: [...heads],
  root: merkleRoot(leavesOf(lines, heads)),
  previous: previous === null ? null : sealHash(previous),
});
