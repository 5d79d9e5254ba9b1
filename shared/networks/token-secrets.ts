import * as z from 'zod';

/** The secrets that hold tokens, by ARN: what a function that may use the network finds in its environment. */
export const TokenSecrets = z.object({
  TOKENS_SECRET_MASTODON: z.string().min(1).optional(),
  TOKENS_SECRET_YOUTUBE: z.string().min(1).optional(),
});
