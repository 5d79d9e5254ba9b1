import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Connector, GuardedFetch } from '../networks/connector.js';
import { FixedHosts } from '../networks/fixed-hosts.js';
import { TokenSecrets } from '../networks/token-secrets.js';
import type { NetworkId } from '../networks.js';
import type { Clock } from '../ports.js';

/** What a function that uses the network finds in its environment. */
export const NetworkEnv = z.object({
  /** Quotas are counted here. */
  SCANS_TABLE: z.string().min(1),
  /** Where the owner of a source finds out who reads it; sent with every request. */
  CONTACT_URL: z.url(),
  /** `loopback` is for tests and the local stack, where the networks are this machine's own. */
  NETWORK_GUARD: z.enum(['public', 'loopback']).default('public'),
  ...FixedHosts.shape,
  ...TokenSecrets.shape,
});

interface Around {
  readonly documents: DynamoDBDocumentClient;
  readonly now: Clock;
}

const load = async (
  env: z.output<typeof NetworkEnv>,
  connectors: Readonly<Partial<Record<NetworkId, Pick<Connector, 'reach'>>>>,
  { documents, now }: Around,
): Promise<GuardedFetch> => {
  const [{ guardedFetch }, { networkTokens }, { secretReader }, { quotaMeter }, { dynamoQuotaStore }] =
    await Promise.all([
      import('./guarded-fetch.js'),
      import('./network-tokens.js'),
      import('./secret-reader.js'),
      import('./quota-meter.js'),
      import('./dynamo-quota-store.js'),
    ]);
  return guardedFetch({
    now,
    guard: env.NETWORK_GUARD,
    reach: (network) => connectors[network]?.reach ?? [],
    userAgent: `Netral/1 (+${env.CONTACT_URL})`,
    credential: networkTokens(
      secretReader(),
      { mastodon: env.TOKENS_SECRET_MASTODON, youtube: env.TOKENS_SECRET_YOUTUBE },
      now,
    ),
    meter: quotaMeter(dynamoQuotaStore(documents, env.SCANS_TABLE), now),
  });
};

/** The guarded fetch of a function, for these connectors and no other. It is loaded with the first request. */
export const networkFetch = (...made: Parameters<typeof load>): GuardedFetch => {
  let loading: Promise<GuardedFetch> | undefined;
  return async (...asked) => (await (loading ??= load(...made)))(...asked);
};
