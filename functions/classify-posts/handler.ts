import { dynamoDocuments } from '../../shared/adapters/dynamo-documents.js';
import { dynamoFindingRows } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { dynamoShadowStore } from '../../shared/adapters/dynamo-shadow-store.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { lazySqs } from '../../shared/adapters/lazy-sqs.js';
import { packScreeners } from '../../shared/adapters/pack-screeners.js';
import { s3PackStore } from '../../shared/adapters/s3-pack-store.js';
import { s3Reader } from '../../shared/adapters/s3-reader.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { PostMessage } from '../../shared/domain/scanning/messages.js';
import { parseEnv } from '../../shared/lambda/env.js';
import { observe } from '../../shared/lambda/observe.js';
import { sqsBatch } from '../../shared/lambda/sqs-batch.js';
import { captureFiles } from './captures.js';
import { classifyPosts } from './classify-posts.js';
import { countSides } from './count-sides.js';
import { Env } from './env.js';
import { shadowPosts } from './shadow-posts.js';

const env = parseEnv(Env, process.env);
const { report, wrap } = observe('classify-posts');
const documents = dynamoDocuments();
const sqs = lazySqs();
const packs = s3PackStore(s3Reader(env.PACKS_BUCKET, process.env), systemClock);
const screeners = packScreeners(packs, report);

const counted = countSides({
  sides: screeners.sides,
  counts: dynamoCountStore(documents, env.FINDINGS_TABLE),
  now: systemClock,
  report,
});

const handle = classifyPosts({
  screener: screeners.active,
  findings: dynamoFindingRows(documents, env.FINDINGS_TABLE),
  posts: sqs.queue(env.POSTS_QUEUE_URL),
  captures: captureFiles(lazyS3Files(env.FILES_BUCKET, process.env)),
  noteSides: counted.note,
  shadow: shadowPosts({
    screener: screeners.candidate,
    counts: dynamoShadowStore(documents, env.FINDINGS_TABLE),
    now: systemClock,
    report,
  }),
  now: systemClock,
  report,
});

const park = sqs.deadLetters(env.DEAD_LETTERS_URL);

export const handler = wrap(sqsBatch({ schema: PostMessage, handle, park, after: counted.store, report }));
