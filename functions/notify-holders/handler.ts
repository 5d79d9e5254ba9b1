import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { lazySesMailer } from '../../shared/adapters/lazy-ses-mailer.js';
import { s3RulesStore } from '../../shared/adapters/s3-rules-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { CodeOnly } from '../../shared/domain/screening/code-pack.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { Env } from './env.js';
import { notifyHolders } from './notify-holders.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('notify-holders');
const documents = dynamoDocuments();

const notify = notifyHolders({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  people: dynamoPersonStore(documents, env.REGISTRY_TABLE),
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  findings: dynamoFindingStore(
    documents,
    { findings: env.FINDINGS_TABLE, registry: env.REGISTRY_TABLE },
    systemClock,
  ),
  mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
  packs: s3RulesStore(s3Reader(env.PACKS_BUCKET, process.env), systemClock, CodeOnly),
  mailer: lazySesMailer(env.MAIL_SENDER),
  publicUrl: env.PUBLIC_URL,
  now: systemClock,
  report,
});

export const handler = wrap(notify);
