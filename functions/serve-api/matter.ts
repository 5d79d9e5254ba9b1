import type { Finding } from '../../shared/domain/review/finding.js';
import type { FindingView } from '../../shared/domain/review/views.js';
import type { SaveOutcome } from '../../shared/ports.js';
import type { Seen } from './sightings.js';

/** What somebody acts on: a finding, or what an analyst cannot tell from one. */
export interface Matter extends Seen {
  /** What the caller sees of it once it has changed; `null` for nothing. */
  readonly viewAfter: (changed: Finding) => FindingView | null;
  /** Puts a look on record, before it is answered. */
  readonly handOut: (view: FindingView) => Promise<FindingView>;
  readonly keep: (changed: Finding) => Promise<SaveOutcome>;
}
