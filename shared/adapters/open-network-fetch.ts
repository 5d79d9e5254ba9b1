import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Connector, GuardedFetch } from '../networks/connector.js';
import type { NetworkId } from '../networks.js';
import type { Clock } from '../ports.js';
import { dynamoQuotaStore } from './dynamo-quota-store.js';
import { guardedFetch } from './guarded-fetch.js';
import type { NetworkEnv } from './network-env.js';
import { networkTokens } from './network-tokens.js';
import { quotaMeter } from './quota-meter.js';
import { secretReader } from './secret-reader.js';

interface Around {
  readonly documents: DynamoDBDocumentClient;
  readonly now: Clock;
}

/** The guarded fetch for these connectors and no other, with the agency's tokens and by the networks' quotas. */
export const openNetworkFetch = (
  env: NetworkEnv,
  connectors: Readonly<Partial<Record<NetworkId, Pick<Connector, 'reach'>>>>,
  { documents, now }: Around,
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
