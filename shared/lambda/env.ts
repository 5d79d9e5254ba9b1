import * as z from 'zod';
import { NETWORK_IDS } from '../networks.js';

/** The networks that a deployment reads, as its functions are told them: `feed,bluesky`. */
export const NetworkList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(NETWORK_IDS)).min(1));

/** Reads a function's environment once per cold start. Faults name keys and rules, never values. */
export const parseEnv = <Schema extends z.ZodObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> => {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new Error(`Bad environment:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
