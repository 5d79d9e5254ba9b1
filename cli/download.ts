import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { unreachable } from './api-client.js';
import { CliError } from './cli-error.js';
import type { Surroundings } from './context.js';

const Handout = z.object({ bytes: z.number(), sha256: z.string(), link: z.url() });

/** Saves what a link hands out, readable by oneself alone, once it is what was promised. */
export const saveHandout = async (
  answer: unknown,
  out: string,
  { fetch, folder }: Pick<Surroundings, 'fetch' | 'folder'>,
): Promise<string> => {
  const { bytes, sha256, link } = Handout.parse(answer);
  let response: Response;
  try {
    response = await fetch(link);
  } catch (cause) {
    throw unreachable(new URL(link).origin, cause);
  }
  if (!response.ok)
    throw new CliError(`The link answered ${response.status}.`, 'It lasts five minutes; ask again.');
  const file = new Uint8Array(await response.arrayBuffer());
  if (createHash('sha256').update(file).digest('hex') !== sha256)
    throw new CliError('What came is not what was promised; nothing was saved.', 'Try again.');
  await writeFile(resolve(folder, out), file, { mode: 0o600 });
  return `${out}: ${bytes} bytes, SHA-256 ${sha256}`;
};
