import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCohortStore } from '../../shared/adapters/dynamo-cohort-store.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { s3RulesStore } from '../../shared/adapters/s3-rules-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { Calendars } from '../../shared/domain/calendar/calendars.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { Env, queuesOf } from './env.js';
import { planScans } from './plan-scans.js';
import { reported } from './report-plan.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('plan-scans');
const documents = dynamoDocuments();
const sqs = lazySqs();

const plan = planScans({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  packs: s3RulesStore(s3Reader(env.PACKS_BUCKET, process.env), systemClock, Calendars),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  cohorts: dynamoCohortStore(documents, env.SCANS_TABLE),
  scans: queuesOf(env, sqs.queue),
  now: systemClock,
  report,
});

export const handler = wrap(async () => reported(await plan(), report));
