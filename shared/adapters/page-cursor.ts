import * as z from 'zod';
import { AccountId, FindingId } from '../domain/ids.js';
import { RecordLine } from '../domain/record/entry.js';
import { RequestId } from '../domain/requests/holder-request.js';
import { Instant, LocalDate } from '../domain/time.js';
import { BadCursorError } from '../errors.js';

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** An opaque text for the place after which a page goes on. Only the very text that was written is read back. */
const pageCursor = <Place>(schema: z.ZodType<Place>) => {
  const write = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');
  const read = (cursor: string): Place => {
    const parsed = schema.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString()));
    // Node skips what is not base64url, so a damaged text could pass for another.
    if (!parsed.success || write(parsed.data) !== cursor)
      throw new BadCursorError('The cursor is none that a page gave.');
    return parsed.data;
  };
  return { write, read };
};

/** Accounts are listed by id. */
export const accountCursor = pageCursor(z.strictObject({ id: AccountId }));

/** Findings are listed by the time of their indication, then by id. */
export const findingCursor = pageCursor(z.strictObject({ foundAt: Instant, id: FindingId }));

/** Requests to the officer are listed by id, which begins with the time. */
export const requestCursor = pageCursor(z.strictObject({ id: RequestId }));

/** Lines of the record are listed by time, then by id. */
export const lineCursor = pageCursor(z.strictObject({ at: Instant, id: RecordLine.shape.id }));

/** Seals are listed by day. */
export const sealCursor = pageCursor(z.strictObject({ day: LocalDate }));
