import * as z from 'zod';
import { LINE } from './limits.js';
import { createHash, createHmac } from 'node:crypto';

/** An opaque id: 32 hex digits, nothing of a person in them. */
export const Opaque = z
  .string()
  .length(32)
  .regex(/^[0-9a-f]{32}$/);

export const PersonId = Opaque.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const AccountId = Opaque.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
export const CohortId = Opaque.brand<'CohortId'>();
export type CohortId = z.infer<typeof CohortId>;
export const FindingId = Opaque.brand<'FindingId'>();
export type FindingId = z.infer<typeof FindingId>;

/** A name in a pack, `vote-call`. */
export const Slug = z
  .string()
  .max(LINE)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** A contest's name in its pack, `pilbup-sukamaju`. */
export const ContestId = Slug.brand<'ContestId'>();
export type ContestId = z.infer<typeof ContestId>;

/** A provision of the neutrality code: KE-1…7 before designation, DIS-1…13 after it. */
export const ProvisionId = z
  .string()
  .max(6)
  .regex(/^(KE-[1-7]|DIS-(1[0-3]|[1-9]))$/)
  .brand<'ProvisionId'>();
export type ProvisionId = z.infer<typeof ProvisionId>;

/**
 * Joins parts so that no two different lists give the same text (each part is preceded by its length).
 */
const joined = (parts: readonly string[]): string => parts.map((part) => `${part.length}:${part}`).join('');

/** A SHA-256 in hex. */
export const Sha256 = z
  .string()
  .length(64)
  .regex(/^[0-9a-f]{64}$/);

/** SHA-256 of a list of texts, in hex. */
export const sha256 = (...parts: readonly string[]): string =>
  createHash('sha256').update(joined(parts)).digest('hex');

/** HMAC-SHA-256 of a list of texts, in hex. */
export const keyedHash = (key: string, ...parts: readonly string[]): string =>
  createHmac('sha256', key).update(joined(parts)).digest('hex');

/** One finding for one version of one post: what it says, however often and by whichever way it comes. */
export const findingId = (post: string, words: string): FindingId =>
  FindingId.parse(sha256('finding', post, words).slice(0, 32));
