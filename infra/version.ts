import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What this version is called. Every stack says it, so that whoever deploys the next one sees what is there. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))).version;

export const DESCRIPTION = `Netral ${VERSION}`;
