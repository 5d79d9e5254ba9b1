import * as z from 'zod';
import { Count, Label, Positive } from '../fields.js';
import { ITEM } from '../limits.js';
import { Stage } from '../calendar/contest.js';
import { ContestId, ProvisionId, Sha256 } from '../ids.js';
import type { PostContext, TextPart } from '../scanning/post.js';
import type { Instant } from '../time.js';

/** What the screening sees of a post: its words and its date, and nothing of who wrote it. */
export interface ScreenInput {
  readonly parts: readonly TextPart[];
  readonly context: PostContext | null;
  readonly postedAt: Instant;
  /** The contests that were active for the account when the post was collected. */
  readonly contests: readonly ContestId[];
}

/** A pack as a finding names it. */
export const PackRef = z.strictObject({
  id: Label,
  version: Label,
  /** SHA-256 of the pack's canonical form, in hex. */
  hash: Sha256,
});
export type PackRef = z.infer<typeof PackRef>;

/** Exact evidence: UTF-16 offsets into the original text of a part, or of the context. */
export const Span = z.strictObject({
  /** Index into `parts`, or `context`. */
  part: z.union([Count, z.literal('context')]),
  start: Count,
  end: Positive,
  /** The act, target or suppressor that these words are, by the name of its rule. */
  rule: Label,
});
export type Span = z.infer<typeof Span>;

export const Indication = z.strictObject({
  kind: z.literal('indicated'),
  contest: ContestId,
  /** `null` when the contest's calendar does not cover the post's date: unknown is said to be unknown. */
  stage: Stage.nullable(),
  provisions: z.array(ProvisionId).min(1).max(ITEM),
  spans: z.array(Span).min(1).max(ITEM),
  /** Names of the rules that weighed for and against, those that led to the verdict first. */
  rules: z.array(Label).min(1).max(ITEM),
  packs: z.array(PackRef).min(1).max(ITEM),
});
export type Indication = z.infer<typeof Indication>;

export type Verdict =
  | { readonly kind: 'none' }
  | Indication
  | { readonly kind: 'undecided'; readonly reason: 'empty-text' | 'unsupported-language' | 'text-too-long' };

/** The wall around the screening: pure, in memory, ignorant of people. */
export type Screener = (input: ScreenInput) => Verdict;
