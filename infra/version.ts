import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What this version is called. Every stack says it as it is made or changed, so that whoever deploys the next one sees what is there. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))).version;

export const DESCRIPTION = `Netral ${VERSION}`;

/** All there were, in their order: a version reads what the one before it and the one after it write, and no other's (docs/adr/27). */
const VERSIONS = ['0.1.0', '0.2.0', '0.3.0'];

/** What a deployed stack says of its version; the first one said nothing yet. */
export const versionIn = (description = 'Netral 0.1.0'): string => description.replace(/^Netral /, '');

/** Why this version may not take the place of the one that is deployed; `null` when it may. */
export const versionFault = (deployed: string): string | null => {
  const [from, to] = [deployed, VERSION].map((version) => VERSIONS.indexOf(version));
  if (from === undefined || from < 0 || to === undefined || to < 0)
    return `${deployed} is deployed, of which ${VERSION} knows nothing. Deploy from the files of ${deployed} or of a later version.`;
  const between = VERSIONS.slice(Math.min(from, to) + 1, Math.max(from, to));
  if (between.length === 0) return null;
  return `${deployed} is deployed, and ${VERSION} does not read all that it writes. Deploy ${between.join(', then ')} first (docs/runbook.md, Upgrading).`;
};
