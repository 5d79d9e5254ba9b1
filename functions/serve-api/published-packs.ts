import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import type { Clock } from '../../shared/ports.js';
import type { Env } from './env.js';

/** The packs that are in use. */
export const publishedPacks = (
  { PACKS_BUCKET }: Env,
  environment: Readonly<Record<string, string | undefined>>,
  now: Clock,
) => s3PackStore(s3Reader(PACKS_BUCKET, environment), now);
