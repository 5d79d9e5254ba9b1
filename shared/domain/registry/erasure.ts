import * as z from 'zod';
import { PersonId } from '../ids.js';
import type { Finding } from '../review/finding.js';
import { Instant } from '../time.js';
import type { Person } from './person.js';

/** An officer's order that all that is kept of a person be deleted (UU 27/2022 articles 8 and 43). */
export const ErasureOrder = z.strictObject({ subject: PersonId, by: PersonId, at: Instant });
export type ErasureOrder = z.infer<typeof ErasureOrder>;

/**
 * What stands in the way, and stays until it is over: a role in which others rely on the person; a question that people
 * have opened and not concluded; a referral, which is kept by the archive schedule; a legal hold.
 */
export type Obstacle =
  | { readonly kind: 'has-role' }
  | { readonly kind: 'open-matter' | 'referred-matter' | 'legal-hold'; readonly finding: Finding['id'] };

const obstacleIn = (finding: Finding, at: Instant): Obstacle[] => {
  if (finding.legalHold !== null && finding.legalHold.until > at)
    return [{ kind: 'legal-hold', finding: finding.id }];
  switch (finding.state) {
    case 'clarifying':
    case 'deciding':
    case 'objected':
      return [{ kind: 'open-matter', finding: finding.id }];
    case 'referred':
    case 'confirmed':
      return [{ kind: 'referred-matter', finding: finding.id }];
    case 'indicated':
    case 'dismissed':
    case 'withdrawn':
      return [];
  }
};

export const obstaclesTo = (
  person: Pick<Person, 'roles'> | null,
  findings: readonly Finding[],
  at: Instant,
): Obstacle[] => [
  ...(person === null || person.roles.length === 0 ? [] : [{ kind: 'has-role' } as const]),
  ...findings.flatMap((finding) => obstacleIn(finding, at)),
];
