import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Connector, GuardedFetch } from '../networks/connector.js';
import { FixedHosts } from '../networks/fixed-hosts.js';
import { TokenSecrets } from '../networks/token-secrets.js';
import type { NetworkId } from '../networks.js';
import type { Clock } from '../ports.js';
import { dynamoQuotaStore } from './dynamo-quota-store.js';
import { guardedFetch } from './guarded-fetch.js';
import { networkTokens } from './network-tokens.js';
import { quotaMeter } from './quota-meter.js';
import { secretReader } from './secret-reader.js';

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

/** The guarded fetch of a function, for these connectors and no other. */
export const networkFetch = (
  env: z.output<typeof NetworkEnv>,
  connectors: Readonly<Partial<Record<NetworkId, Pick<Connector, 'reach'>>>>,
  { documents, now }: { readonly documents: DynamoDBDocumentClient; readonly now: Clock },
): GuardedFetch =>
  guardedFetch({
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
