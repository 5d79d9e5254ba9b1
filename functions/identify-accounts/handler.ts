import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { networkFetch } from '../../shared/adapters/network-fetch.js';
import { proofPages } from '../../shared/adapters/proof-pages.js';
import { s3RulesStore } from '../../shared/adapters/s3-rules-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { Calendars } from '../../shared/domain/calendar/calendars.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { LAZY_CONNECTORS } from '../../shared/networks/lazy-connectors.js';
import { perNetwork } from '../../shared/networks.js';
import { Env } from './env.js';
import { identifyAccounts } from './identify-accounts.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('identify-accounts');
const connectors = perNetwork((network) => LAZY_CONNECTORS[network](env));
const documents = dynamoDocuments();

const identify = identifyAccounts({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  packs: s3RulesStore(s3Reader(env.PACKS_BUCKET, process.env), systemClock, Calendars),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
  cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
  connectors,
  networks: env.NETWORKS,
  proofPages: (key) => proofPages(key, env.PUBLIC_URL),
  fetch: networkFetch(env, connectors, { documents, now: systemClock }),
  guard: env.NETWORK_GUARD,
  now: systemClock,
  report,
});

export const handler = wrap(identify);
