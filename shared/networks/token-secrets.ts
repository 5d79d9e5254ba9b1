import * as z from 'zod';
import { Text } from '../domain/fields.js';

const Arn = Text.optional();

/** The secrets that hold tokens, by ARN: what a function that may use the network finds in its environment. */
export const TokenSecrets = z.object({
  TOKENS_SECRET_MASTODON: Arn,
  TOKENS_SECRET_YOUTUBE: Arn,
});
