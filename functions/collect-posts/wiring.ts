import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { networkFetch } from '../../shared/adapters/network-fetch.js';
import { s3RulesStore } from '../../shared/adapters/s3-rules-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { ScanOrder } from '../../shared/domain/scanning/scan-order.js';
import { Calendars } from '../../shared/domain/calendar/calendars.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import type { ConnectorFrom } from '../../shared/networks/connector.js';
import type { NetworkId } from '../../shared/networks.js';
import type { Clock, Report } from '../../shared/ports.js';
import { collectPosts } from './collect-posts.js';
import { Env } from './env.js';

interface Surroundings {
  readonly now: Clock;
  readonly chance: () => number;
  readonly report: Report;
}

interface Reads {
  readonly network: NetworkId;
  readonly connectorFrom: ConnectorFrom;
}

/** The collector of the network whose queue the environment names; one process may hold several. */
export const collectorFromEnvironment = (
  { network, connectorFrom }: Reads,
  environment: Readonly<Record<string, string | undefined>>,
  { now, chance, report }: Surroundings,
) => {
  const env = parseEnv(Env, environment);
  const documents = dynamoDocuments();
  const sqs = lazySqs();
  const connector = connectorFrom(env);

  const deps = {
    agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
    packs: s3RulesStore(s3Reader(env.PACKS_BUCKET, environment), now, Calendars),
    accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
    scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
    cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
    connectors: { [network]: connector },
    posts: sqs.queue(env.POSTS_QUEUE_URL),
    fetch: networkFetch(env, { [network]: connector }, { documents, now }),
    now,
    chance,
    report,
  };
  const park = sqs.deadLetters(env.DEAD_LETTERS_URL);
  return (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> =>
    // What hangs in one batch holds up nothing of the next.
    sqsBatch({ schema: ScanOrder, handle: collectPosts(deps), park, report })(event, context);
};
