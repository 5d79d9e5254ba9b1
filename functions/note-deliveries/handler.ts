import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { DeliveryEvent } from '../../shared/domain/digest/delivery.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import { Env } from './env.js';
import { noteDelivery } from './note-delivery.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('note-deliveries');
const documents = dynamoDocuments();

const handle = noteDelivery({
  agency: dynamoAgencyStore(documents, env.REGISTRY_TABLE),
  findings: dynamoFindingStore(
    documents,
    { findings: env.FINDINGS_TABLE, registry: env.REGISTRY_TABLE },
    systemClock,
  ),
  mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
  now: systemClock,
  report,
});

const park = lazySqs().deadLetters(env.DEAD_LETTERS_URL);

export const handler = wrap(sqsBatch({ schema: DeliveryEvent, handle, park, report }));
