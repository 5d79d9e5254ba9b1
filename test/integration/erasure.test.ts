import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { captureFiles } from '../../functions/classify-posts/captures.js';
import { classifyPosts } from '../../functions/classify-posts/classify-posts.js';
import { endFiles } from '../../functions/keep-time/end-files.js';
import { erasePeople } from '../../functions/keep-time/erase-people.js';
import { sealDays } from '../../functions/keep-time/seal-days.js';
import { notifyHolders } from '../../functions/notify-holders/notify-holders.js';
import { MyRest } from '../../functions/serve-api/my-rest.js';
import { buildApp } from '../../functions/serve-api/app.js';
import {
  FILES_BUCKET,
  PACKS_BUCKET,
  SEALS_BUCKET,
  startServices,
  TABLE_PREFIX,
} from '../../local/services.js';
import { TABLE_NAMES, tableName } from '../../local/tables.js';
import { DenseFinding, undense } from '../../shared/adapters/dense-finding.js';
import { dynamoAccountScanStore } from '../../shared/adapters/dynamo-account-scan-store.js';
import { dynamoAccountStore } from '../../shared/adapters/dynamo-account-store.js';
import { dynamoAgencyStore } from '../../shared/adapters/dynamo-agency-store.js';
import { dynamoCountStore } from '../../shared/adapters/dynamo-count-store.js';
import { dynamoErasureStore } from '../../shared/adapters/dynamo-erasure-store.js';
import { dynamoFindingRows, dynamoFindingStore } from '../../shared/adapters/dynamo-finding-store.js';
import { dynamoGoldenStore } from '../../shared/adapters/dynamo-golden-store.js';
import { dynamoMailingStore } from '../../shared/adapters/dynamo-mailing-store.js';
import { dynamoPersonStore } from '../../shared/adapters/dynamo-person-store.js';
import { dynamoRecordStore } from '../../shared/adapters/dynamo-record-store.js';
import { dynamoRequestStore } from '../../shared/adapters/dynamo-request-store.js';
import { memoryMailer } from '../../shared/adapters/memory-mailer.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { s3SealStore } from '../../shared/adapters/s3-seal-store.js';
import { sqsQueue } from '../../shared/adapters/sqs-queue.js';
import { filesOf } from '../../shared/domain/files.js';
import { verifyRecord } from '../../shared/domain/record/verify.js';
import { EmployeeNumber } from '../../shared/domain/registry/employee-number.js';
import type { Person } from '../../shared/domain/registry/person.js';
import { placeId } from '../../shared/domain/registry/place.js';
import { PostMessage } from '../../shared/domain/scanning/messages.js';
import { plus, type Duration } from '../../shared/domain/time.js';
import type { Report } from '../../shared/ports.js';
import { encodings } from '../fixtures/encodings.js';
import { anIndication } from '../fixtures/finding.js';
import { anAccount, anAgency, NOW } from '../fixtures/registry.js';
import { exported, written } from '../fixtures/record.js';
import { anAccountScan } from '../fixtures/scanning.js';
import { aToken, aWorld, somebody } from '../unit/serve-api/world.js';
import { freePorts } from './free-ports.js';

/** A person whom nothing else in the world is like; each of their words holds the mark. */
const MARK = 'kenariemaswangi';
const SECRETS = {
  name: 'Kenari Emaswangi',
  email: `${MARK}@sukamaju.example`,
  number: '198007152008012047',
  handle: `https://${MARK}.example/feed.xml`,
  mark: MARK,
} as const;
const PICTURE = Buffer.from(`\x89PNG\r\n\x1a\n gambar ${MARK}`, 'latin1');
const LETTER = Buffer.from(`Surat tugas ${MARK}`);

const chief = somebody('supervisor', { roles: ['supervisor'] });
const canary = somebody('person', {
  name: SECRETS.name,
  email: SECRETS.email,
  employeeNumber: EmployeeNumber.parse(SECRETS.number),
  supervisor: chief.id,
});
const [first, second] = ['first', 'second'].map((name) => somebody(name, { roles: ['analyst'] }));
const officer = somebody('officer', { roles: ['officer'] });
const account = anAccount({ handle: SECRETS.handle });

const folder = mkdtempSync(join(tmpdir(), 'netral-erasure-'));
let services: Awaited<ReturnType<typeof startServices>>;
beforeAll(async () => {
  services = await startServices(folder, await freePorts());
});
afterAll(async () => {
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Which of the secrets a text holds in any of the encodings. */
const secretsIn = (text: string): string[] =>
  Object.entries(SECRETS).flatMap(([name, secret]) =>
    encodings(secret).some((form) => text.includes(form)) ? [name] : [],
  );

/** Everything that lies in a table, a bucket or a queue, by where it lies. */
const everything = async (): Promise<{ readonly where: string; readonly text: string }[]> => {
  const { dynamo, s3, sqs, scans, posts, deliveries } = services;
  const documents = DynamoDBDocumentClient.from(dynamo);
  const found: { where: string; text: string }[] = [];
  for (const name of TABLE_NAMES) {
    const { Items = [] } = await documents.send(
      new ScanCommand({ TableName: tableName(TABLE_PREFIX, name) }),
    );
    found.push(
      ...Items.map((item) => {
        const stored = DenseFinding.safeParse(item['doc']);
        const read = stored.success ? { ...item, doc: undense(stored.data) } : item;
        return { where: `table ${name} ${String(item['pk'])}`, text: JSON.stringify(read) };
      }),
    );
  }
  for (const Bucket of [FILES_BUCKET, PACKS_BUCKET, SEALS_BUCKET]) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      found.push({ where: `bucket ${Key}`, text: `${Key} ${bytes.toString('latin1')}` });
    }
  }
  for (const queue of [...Object.values(scans), posts, deliveries])
    for (const QueueUrl of [queue.url, queue.deadLettersUrl]) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      );
      found.push(...Messages.map(({ Body = '' }) => ({ where: `queue ${QueueUrl}`, text: Body })));
    }
  return found;
};

/** The whole of Netral that touches a person, on the embedded stores, at a moment that the test moves. */
const anOffice = async () => {
  const { dynamo, sqs, posts } = services;
  const documents = DynamoDBDocumentClient.from(dynamo);
  const table = (name: (typeof TABLE_NAMES)[number]) => tableName(TABLE_PREFIX, name);
  let at = NOW;
  const now = () => at;
  const reports: unknown[] = [];
  const report: Report = (event, facts) => reports.push([event, facts]);
  const rows = dynamoFindingRows(documents, table('findings'));
  const memory = await aWorld();
  const stores = {
    agency: dynamoAgencyStore(documents, table('registry')),
    people: dynamoPersonStore(documents, table('registry')),
    accounts: dynamoAccountStore(documents, table('registry')),
    scans: dynamoAccountScanStore(documents, table('scans')),
    requests: dynamoRequestStore(documents, table('registry')),
    erasures: dynamoErasureStore(documents, table('registry')),
    mailings: dynamoMailingStore(documents, table('mailings')),
    golden: dynamoGoldenStore(documents, table('registry')),
    counts: dynamoCountStore(documents, table('findings')),
    record: dynamoRecordStore(documents, table('record')),
    files: lazyS3Files(FILES_BUCKET, process.env),
    seals: s3SealStore(SEALS_BUCKET, process.env),
    posts: sqsQueue<PostMessage>(sqs, posts.url),
  };
  const findings = dynamoFindingStore(
    documents,
    { findings: table('findings'), registry: table('registry') },
    now,
  );
  const { mailings } = stores;
  const mailer = memoryMailer({});
  const salt = () => randomBytes(16).toString('hex');
  const app = buildApp({ ...memory.deps, ...stores, findings, histories: rows, now, salt, report });

  await stores.agency.save(anAgency());
  for (const person of [canary, chief, first!, second!, officer]) await stores.people.save(person);
  await stores.accounts.claimPlace(placeId(account), { account: account.id, claimedAt: NOW }, null);
  await stores.accounts.save(account);
  await stores.scans.save(anAccountScan());

  const call = async (operation: string, as: Person, body?: object): Promise<unknown> => {
    const [method = 'GET', path = '/'] = operation.split(' ');
    const answer = await app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${await aToken({ sub: as.subject ?? '', roles: as.roles })}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok, `${operation} ${answer.status}`).toBe(true);
    return answer.json();
  };
  const uploaded = async (
    as: Person,
    kind: 'png' | 'txt',
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<string> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { upload, link, headers } = z
      .object({ upload: z.string(), link: z.string(), headers: z.record(z.string(), z.string()) })
      .parse(await call('POST /uploads', as, { kind, bytes: bytes.length, sha256 }));
    expect((await fetch(link, { method: 'PUT', headers, body: bytes })).status).toBe(200);
    return upload;
  };
  const classify = classifyPosts({
    screener: () => Promise.resolve(() => anIndication()),
    findings: rows,
    captures: captureFiles(stores.files),
    posts: stores.posts,
    noteSides: () => Promise.resolve(),
    shadow: () => Promise.resolve(),
    now,
    report,
  });
  const screened = async (): Promise<void> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: posts.url }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      await classify(PostMessage.parse(JSON.parse(Body)));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: posts.url, ReceiptHandle }));
    }
  };
  const { packs } = memory.deps;
  const mailed = notifyHolders({
    ...stores,
    findings,
    mailings,
    mailer,
    packs,
    publicUrl: 'https://netral.sukamaju.example',
    now,
    report,
  });
  const keeper = { ...stores, findings: rows, mailings, now, report };
  return {
    ...stores,
    rows,
    now,
    reports,
    mailer,
    call,
    uploaded,
    screened,
    mailed,
    keeper,
    pass: (duration: Duration) => {
      at = plus(at, duration);
    },
  };
};

const Copy = z.object({ files: z.array(z.object({ name: z.string(), link: z.string() })) });
const MyData = z.looseObject({
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  accounts: z.array(z.object({ id: z.string(), handle: z.string() })),
  findings: z.array(z.object({ id: z.string(), parts: z.array(z.object({ text: z.string() })) })),
  looks: z.array(z.object({ finding: z.string(), looks: z.array(z.unknown()) })),
  requests: z.array(z.object({ id: z.string(), words: z.string() })),
});

it('a person who went every way is found whole in their copy, and nowhere after an erasure, and the record holds', async () => {
  const office = await anOffice();
  const { call, uploaded, screened, mailed, rows, files, record, seals, now, pass, reports, keeper } = office;
  const words = `Penjelasan ${MARK} yang cukup panjang.`;
  const reason = 'Alasan yang cukup panjang.';

  // Their post is given in with a picture, screened, read, asked about, answered with a letter, and dismissed.
  await call('POST /submissions', canary, {
    network: 'feed',
    author: SECRETS.handle,
    url: `https://${MARK}.example/tulisan-1`,
    text: `${MARK} mengajak coblos nomor 2`,
    postedAt: '2026-11-23T10:00:00+07:00',
    capture: await uploaded(canary, 'png', PICTURE),
  });
  const queued = (await everything()).filter(({ where }) => where.startsWith('queue'));
  expect(queued.flatMap(({ text }) => secretsIn(text))).toContain('mark');
  await screened();
  const [finding] = await rows.ofAccount(account.id);
  const id = finding?.id ?? '';
  await call(`GET /findings/${id}`, first!);
  await call(`POST /findings/${id}/decisions`, first!, {
    kind: 'clarify',
    reason: 'call-to-vote',
    words: reason,
  });
  await mailed();
  const letter = await uploaded(canary, 'txt', LETTER);
  const attachments = [{ upload: letter, name: `surat ${MARK}.txt` }];
  await call(`POST /me/findings/${id}/answers`, canary, { answer: 'explanation', words, attachments });
  await call(`GET /findings/${id}/files/${letter}`, second!);
  await call(`POST /findings/${id}/decisions`, second!, {
    kind: 'dismiss',
    reason: 'accidental',
    words: `${reason} ${MARK}`,
  });
  await mailed();
  // They ask for everything, try a draft, leave an upload lying about, and take a copy.
  const asked = z
    .object({ id: z.string() })
    .parse(await call('POST /me/requests', canary, { kind: 'erasure', words }));
  await call('POST /me/self-check', canary, { text: words });
  await uploaded(canary, 'txt', Buffer.from(`tertinggal ${MARK}`));
  const copy = Copy.parse(await call('POST /me/exports', canary));

  // P07: what the copy holds is what a search of every store finds.
  const copies = new Map(
    await Promise.all(
      copy.files.map(
        async ({ name, link }) => [name, Buffer.from(await (await fetch(link)).arrayBuffer())] as const,
      ),
    ),
  );
  const mine = MyData.parse(JSON.parse(String(copies.get('my-data.json'))));
  const before = await everything();
  const of = (prefix: string) => before.filter(({ where }) => where.startsWith(prefix));
  expect(mine.person).toMatchObject({ id: canary.id, name: SECRETS.name, email: SECRETS.email });
  expect(mine.accounts.map((one) => one.id)).toEqual([account.id]);
  expect(mine.findings.map((one) => one.id)).toEqual([id]);
  expect(mine.requests.map((one) => one.id)).toEqual([asked.id]);
  const looks = of('table record').filter(({ text }) => text.includes('"read"') && text.includes(id));
  expect(looks.length).toBeGreaterThan(5);
  expect(mine.looks.map((one) => one.looks.length)).toEqual([looks.length - 1]);
  const given = (await files.list(filesOf({ finding: finding!.id }))).length;
  expect(given).toBe(2);
  expect([...copies.values()].filter((bytes) => bytes.equals(PICTURE) || bytes.equals(LETTER))).toHaveLength(
    given,
  );
  // Every item that names them, by kind: each is in the copy.
  const kindsOf = (holds: (text: string) => boolean) =>
    [...new Set(of('table').flatMap(({ where, text }) => (holds(text) ? [where.split('#')[0]] : [])))].sort();
  expect(kindsOf((text) => secretsIn(text).length > 0)).toEqual([
    'table findings FINDING',
    'table registry ACCOUNT',
    'table registry PERSON',
    'table registry REQUEST',
  ]);
  // By opaque ids alone: mails, the claim on the place and what is known of looks are in the copy by what they mean.
  const rest = z.object(MyRest.shape).parse(mine);
  const about = of('table mailings').filter(({ where }) => where.startsWith('table mailings MAILING'));
  expect(rest.mails).toHaveLength(about.length);
  expect(about.length).toBeGreaterThan(1);
  expect(rest.uploads).toHaveLength(of('bucket uploads/').length);
  expect(rest.uploads).toHaveLength(1);
  expect(rest.registrations[0]?.claimedAt).toHaveLength(of('table registry PLACE').length);
  expect([...copies.values()].map(String).join()).toContain(`tertinggal ${MARK}`);
  const ids = [canary.id, account.id, id];
  expect(kindsOf((text) => ids.some((one) => text.includes(one)))).toEqual([
    'table findings FINDING',
    'table mailings ABOUT',
    'table mailings MAILING',
    'table mailings TAG',
    'table record DAY',
    'table registry ACCOUNT',
    'table registry PERSON',
    'table registry PLACE',
    'table registry REQUEST',
    'table scans ACCOUNT',
  ]);

  // P06: the search finds them in every kind of place before, and nowhere after.
  for (const place of [
    'table registry',
    'table findings',
    'bucket findings/',
    'bucket people/',
    'bucket uploads/',
  ])
    expect(
      of(place).flatMap(({ text }) => secretsIn(text)),
      place,
    ).not.toEqual([]);
  await call(`POST /requests/${asked.id}/answer`, officer, { outcome: 'granted', words: reason });
  await call(`POST /people/${canary.id}/erasure`, officer, {});
  for (let run = 0; run < 3; run += 1) {
    await erasePeople(keeper)();
    pass({ minutes: 6 });
  }
  await endFiles(keeper)();
  pass({ days: 1, hours: 1 });
  await sealDays(keeper)();
  expect((await everything()).filter(({ text }) => secretsIn(text).length > 0)).toEqual([]);
  expect(secretsIn(JSON.stringify(reports))).toEqual([]);

  // What is left is who did what, under opaque ids, and it holds.
  const left = (await everything()).filter(({ text }) => text.includes(canary.id) || text.includes(id));
  expect(left.length).toBeGreaterThan(0);
  const places = new Set(left.map(({ where }) => where.split(/[ #]/).slice(0, 2).join(' ')));
  expect([...places].sort()).toEqual(['table findings', 'table record']);
  const {
    faults,
    decisions,
    seals: sealed,
  } = verifyRecord(written(await exported({ record, findings: rows, seals, now })), new Map());
  expect(faults).toEqual([]);
  expect(decisions).toBe(2);
  expect(sealed).toBe(1);
}, 120_000);
