import * as z from 'zod';
import type { Archive } from './open-archive.js';
import { jsonValues, type JsonPath } from './json-values.js';

const LATIN = /^[\u0000-\u00ff]*$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Meta's downloads write each byte of UTF-8 as a character of its own, `\u00c3\u00a9` for é. Text that is not of that kind,
 * as in newer downloads, stays as it is.
 */
export const unspoilt = (text: string): string => {
  if (!LATIN.test(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch (error) {
    if (error instanceof TypeError) return text;
    throw error;
  }
};

export const MetaText = z.string().transform(unspoilt);

/** The first value at a path in the first of these files that has one, by its schema; `null` without. */
export const firstOf = async <Value>(
  archive: Archive,
  files: readonly string[],
  path: JsonPath,
  schema: z.ZodType<Value>,
): Promise<Value | null> => {
  for (const file of files)
    for await (const { value } of jsonValues(archive.read(file), [path])) {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
    }
  return null;
};
