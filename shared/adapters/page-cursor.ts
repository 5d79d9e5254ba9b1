import * as z from 'zod';
import { AccountId, FindingId } from '../domain/ids.js';
import { Instant } from '../domain/time.js';
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
export const pageCursor = <Place>(schema: z.ZodType<Place>) => {
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
