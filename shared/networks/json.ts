import * as z from 'zod';

/**
 * More values than an answer ever has. A check of what is in the wrong form takes some hundred bytes for each of them: 5 MB
 * of empty objects took 2.7 GB.
 */
const MOST_VALUES = 100_000;
const [QUOTE, ESCAPE, SEPARATORS] = [0x22, 0x5c, [0x2c, 0x5b, 0x7b]];

const hasTooManyValues = (text: string): boolean => {
  if (text.length <= MOST_VALUES) return false;
  let values = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted && code === ESCAPE) index += 1;
    else if (!isQuoted && SEPARATORS.includes(code)) values += 1;
  }
  return values > MOST_VALUES;
};

/** A text that is to be JSON, and no more of it than an answer may have. */
export const Json = z.string().transform((text, context): unknown => {
  try {
    if (!hasTooManyValues(text)) return JSON.parse(text);
  } catch {
    // Said below.
  }
  context.addIssue({ code: 'custom', message: 'not JSON' });
  return z.NEVER;
});
