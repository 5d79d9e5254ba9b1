import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoErasureStore } from '../../shared/adapters/dynamo-erasure-store.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoGoldenStore } from '../../shared/adapters/dynamo-golden-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { dynamoRequestStore } from '../../shared/adapters/dynamo-request-store.js';
import { s3FileEraser } from '../../shared/adapters/s3-file-eraser.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { once } from '../../shared/once.js';
import { closeWindows } from './close-windows.js';
import { endDrills } from './end-drills.js';
import { endFiles } from './end-files.js';
import { endFindings } from './end-findings.js';
import { endLedgers } from './end-ledgers.js';
import { endMailings } from './end-mailings.js';
import { Env } from './env.js';
import { endRequests } from './end-requests.js';
import { erasePeople } from './erase-people.js';
import { keepTime } from './keep-time.js';
import { sealDays } from './seal-days.js';
import { watchCalendar } from './watch-calendar.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('keep-time');
const documents = dynamoDocuments();

const agencies = dynamoAgencyStore(documents, env.REGISTRY_TABLE);
const stores = {
  accounts: dynamoAccountStore(documents, env.REGISTRY_TABLE),
  findings: dynamoFindingRows(documents, env.FINDINGS_TABLE),
  mailings: dynamoMailingStore(documents, env.MAILINGS_TABLE),
  people: dynamoPersonStore(documents, env.REGISTRY_TABLE),
  erasures: dynamoErasureStore(documents, env.REGISTRY_TABLE),
  golden: dynamoGoldenStore(documents, env.REGISTRY_TABLE),
  requests: dynamoRequestStore(documents, env.REGISTRY_TABLE),
  scans: dynamoAccountScanStore(documents, env.SCANS_TABLE),
  record: dynamoRecordStore(documents, env.RECORD_TABLE),
  files: s3FileEraser(env.FILES_BUCKET, process.env),
  seals: s3SealStore(env.SEALS_BUCKET, process.env),
  now: systemClock,
  report,
};

export const handler = wrap(() => {
  // One reading of the agency for all jobs of a run, but for the one that deletes by its rules: they may have changed meanwhile.
  const deps = { ...stores, agency: { read: once(agencies.read) } };
  return keepTime({
    windows: closeWindows(deps),
    seals: sealDays(deps),
    findings: endFindings({ ...deps, agency: agencies }),
    mailings: endMailings(deps),
    people: erasePeople(deps),
    requests: endRequests(deps),
    drills: endDrills(deps),
    ledgers: endLedgers(deps),
    files: endFiles(deps),
    calendar: watchCalendar(deps),
  })();
});
