import * as z from 'zod';
import { Count } from '../fields.js';
import { ITEM } from '../limits.js';
import { FindingId } from '../ids.js';
import { HistoryEntry } from '../review/history.js';
import { Instant, LocalDate } from '../time.js';
import { RecordLine } from './entry.js';
import { Seal } from './seal.js';

/** The history of a finding that exists. */
export const OpenHistory = z.strictObject({
  finding: FindingId,
  entries: z.array(HistoryEntry).min(1).max(ITEM),
});
export type OpenHistory = z.infer<typeof OpenHistory>;

/**
 * A row of an exported record, in this order: one header; the seals of the days asked for; the histories of all findings
 * that exist; the lines of those days, and without an end of the days those since the last seal; one end.
 */
export const ExportRow = z.discriminatedUnion('row', [
  z.strictObject({
    row: z.literal('header'),
    format: z.literal('netral-record'),
    version: z.literal(1),
    exportedAt: Instant,
    /** The first and the last day asked for; `null` for the very first, and for up to now. */
    from: LocalDate.nullable(),
    to: LocalDate.nullable(),
  }),
  z.strictObject({ row: z.literal('seal'), seal: Seal }),
  z.strictObject({ row: z.literal('history'), history: OpenHistory }),
  z.strictObject({ row: z.literal('line'), line: RecordLine }),
  z.strictObject({
    row: z.literal('end'),
    seals: Count,
    histories: Count,
    lines: Count,
  }),
]);
export type ExportRow = z.infer<typeof ExportRow>;
