import * as z from 'zod';
import { Count, Label } from '../fields.js';
import { ANSWER } from '../limits.js';
import { Share, share } from '../statistics/wilson.js';
import { Instant, minus } from '../time.js';
import type { DismissReason } from './acts.js';
import type { RetentionRules } from '../registry/agency.js';
import type { Finding } from './finding.js';
import type { HistoryEntry } from './history.js';

/** How people judged what one rule had a part in. No texts, no people. */
export const RuleHealth = z.strictObject({
  rule: Label,
  /** Findings that people concluded: dismissed or withdrawn, or referred and not withdrawn. */
  dismissed: Count,
  referred: Count,
  /** Of those concluded, the share that was dismissed. */
  dismissedShare: Share,
  /** Enough were concluded to say that most are dismissed. */
  ailing: z.boolean(),
});
export type RuleHealth = z.infer<typeof RuleHealth>;

/** How all rules do. */
export const PackHealth = z.strictObject({
  /** Conclusions since then were counted; of earlier ones some are deleted, the dismissed first. */
  since: Instant,
  /** Whether there were so many findings that the oldest were left out. */
  truncated: z.boolean(),
  rules: z.array(RuleHealth).max(ANSWER),
});
export type PackHealth = z.infer<typeof PackHealth>;

const ENOUGH = 10;
const MOST = 0.5;

/** Reasons that say nothing of the words: they were read rightly, but were not the holder's own. */
const ABOUT_THE_PERSON: readonly string[] = ['not-own-act', 'accidental'] satisfies DismissReason[];

const CONCLUSIONS: readonly HistoryEntry['act'][] = ['dismiss', 'refer', 'confirm', 'withdraw'];

const conclusionOf = ({ history }: Finding): HistoryEntry | undefined =>
  history.findLast(({ act }) => CONCLUSIONS.includes(act));

/** Before any retention rule is on record: the shortest that an agency may be left with. */
const DEFAULT_DAYS = 14;

/**
 * Since when conclusions are all still there. Dismissed findings are deleted sooner than referred ones; going further
 * back would make every rule look better than it is.
 */
export const wholeSince = (retention: RetentionRules | null, now: Instant): Instant => {
  const days =
    retention === null
      ? DEFAULT_DAYS
      : Math.min(retention.dismissedDays, retention.withdrawnDays, retention.referredDays);
  return minus(now, { days });
};

/** The health of each rule by what people concluded since then, those that ail first. */
export const rulesHealth = (findings: Iterable<Finding>, since: Instant): RuleHealth[] => {
  const rules = new Map<string, { dismissed: number; referred: number }>();
  for (const finding of findings) {
    const conclusion = conclusionOf(finding);
    if (conclusion === undefined || conclusion.at < since) continue;
    if (ABOUT_THE_PERSON.includes(conclusion.code ?? '')) continue;
    const outcome = conclusion.act === 'dismiss' || conclusion.act === 'withdraw' ? 'dismissed' : 'referred';
    for (const rule of new Set(finding.indication.rules)) {
      const counts = rules.get(rule) ?? { dismissed: 0, referred: 0 };
      counts[outcome] += 1;
      rules.set(rule, counts);
    }
  }
  return [...rules]
    .map(([rule, { dismissed, referred }]) => {
      const dismissedShare = share(dismissed, dismissed + referred);
      const ailing = dismissedShare.n >= ENOUGH && dismissedShare.low > MOST;
      return { rule, dismissed, referred, dismissedShare, ailing };
    })
    .sort(
      (left, right) =>
        Number(right.ailing) - Number(left.ailing) ||
        right.dismissedShare.low - left.dismissedShare.low ||
        (left.rule < right.rule ? -1 : 1),
    );
};
