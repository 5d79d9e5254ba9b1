import { createHash } from 'node:crypto';
import * as z from 'zod';
import { exportFolder, fileIn } from '../../shared/domain/files.js';
import { canonicalJson } from '../../shared/domain/record/canonical.js';
import { milliseconds, millisecondsBetween, plus } from '../../shared/domain/time.js';
import type { Page } from '../../shared/ports.js';
import { Cursor, Handout, type ApiDeps } from './api.js';

/** One file of an export that may be larger than an answer, and where the next one begins. */
export const Part = z.strictObject({
  /** One JSON object to a row; `null` where there is none. */
  file: Handout.nullable(),
  items: z.int().nonnegative(),
  next: Cursor.nullable(),
});
export type Part = z.infer<typeof Part>;

/** For a POST that makes a part. */
export const PartQuery = { cursor: Cursor.optional() };

export const PARTS =
  'A part is a file of at most about 20,000 rows, handed out by a link of five minutes and deleted after seven days; ' +
  '`next` is given back as `cursor` for the part after it.';

/** So much is held in memory at once, and an answer takes no longer: the gateway ends what lasts 30 seconds. */
const MOST_ITEMS = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST = milliseconds({ seconds: 12 });
const LINK_SECONDS = 300;

export type PartDeps = Pick<ApiDeps, 'files' | 'salt' | 'now'>;

/** Writes page after page of something into one file, until it is full, and hands it out. */
export const exportPart =
  ({ files, salt, now }: PartDeps) =>
  async (
    name: string,
    page: (cursor: string | null) => Promise<Page<unknown>>,
    from: string | null,
  ): Promise<Part> => {
    const begun = now();
    const rows: string[] = [];
    let [next, bytes]: [string | null, number] = [from, 0];
    do {
      const { items, next: after }: Page<unknown> = await page(next);
      for (const item of items) {
        const row = `${canonicalJson(item)}\n`;
        bytes += Buffer.byteLength(row);
        rows.push(row);
      }
      next = after;
    } while (
      next !== null &&
      rows.length < MOST_ITEMS &&
      bytes < MOST_BYTES &&
      millisecondsBetween(begun, now()) < LONGEST
    );
    if (rows.length === 0) return { file: null, items: 0, next };
    const content = Buffer.from(rows.join(''));
    const key = fileIn(exportFolder(salt()), name);
    await files.put(key, { bytes: content, type: 'application/x-ndjson' });
    const link = await files.link(key, { seconds: LINK_SECONDS, name });
    const file = {
      name,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      link,
      linkUntil: plus(now(), { seconds: LINK_SECONDS }),
    };
    return Part.parse({ file, items: rows.length, next });
  };
