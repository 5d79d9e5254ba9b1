import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { OWN_RULES } from '../../infra/own-rules.js';
import { allowed, arnOf, changed, dead, type Patch, withResource } from './broken.js';
import { idOf, nameOf, synthesised, type Template } from './template.js';

const DAY = 86_400;
const template = synthesised();
const folder = mkdtempSync(join(tmpdir(), 'netral-rules-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Change = (template: Template) => Template;
type Seed = readonly [fault: string, rule: string, blamed: string, change: Change];

/** What a template breaks, each rule with the resource that breaks it. */
const brokenBy = ({ Resources }: Template): ReadonlySet<string> => {
  const templatePath = join(folder, 'template.json');
  writeFileSync(templatePath, JSON.stringify({ Resources }));
  const { violations } = OWN_RULES.validate({
    templatePaths: [templatePath],
    // Where everything exists, the budget too.
    stackTemplates: [{ stackConstructPath: 'All', templatePath, accountId: undefined, region: 'us-east-1' }],
    appConstruct: new App(),
  });
  return new Set(
    violations
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ resourceLogicalId = '' }) => `${ruleName} ${nameOf(resourceLogicalId)}`),
      ),
  );
};

/** Each look at a template takes half a second, so faults of different resources are seeded together. */
const together = (seeds: readonly Seed[]): ReadonlyMap<Seed, ReadonlySet<string>> => {
  const rounds: Seed[][] = [];
  for (const seed of seeds) {
    const round = rounds.find((others) => others.every(([, , blamed]) => blamed !== seed[2]));
    if (round === undefined) rounds.push([seed]);
    else round.push(seed);
  }
  return new Map(
    rounds.flatMap((round) => {
      const broken = brokenBy(round.reduce((whole, [, , , change]) => change(whole), template));
      return round.map((seed) => [seed, broken] as const);
    }),
  );
};

const change =
  (name: string, patch: Patch): Change =>
  (whole) =>
    changed(whole, name, patch);
/** What becomes of a resource with its stack stands beside its properties. */
const deletedWith =
  (name: string): Change =>
  (whole) => {
    const id = idOf(whole, name);
    return withResource(whole, id, { ...whole.Resources[id]!, DeletionPolicy: 'Delete' });
  };
/** What the mapping of messages is called. */
const COLLECT_SOURCE = nameOf(
  Object.keys(template.Resources).find((id) => id.startsWith('CollectPostsfeedWorkerFunctionMessages'))!,
);
const target = (part: Patch): Patch => ({
  Target: {
    ...template.Resources[idOf(template, 'PlanScansSchedule')]!.Properties['Target']!,
    ...part,
  },
});
/** A resource that somebody adds who does not know the rules. */
const careless =
  (name: string, Type: string, Properties: Patch, more: Patch = {}): Change =>
  (whole) =>
    withResource(whole, `${name}00000000`, { Type, Properties, ...more });
const replica = {
  Region: 'ap-southeast-3',
  SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:ap-southeast-3:111122223333:key/one' },
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  DeletionProtectionEnabled: true,
};
const globalTable = (name: string, one: Patch, sse: Patch = { SSEEnabled: true, SSEType: 'KMS' }): Change =>
  careless(
    name,
    'AWS::DynamoDB::GlobalTable',
    {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      SSESpecification: sse,
      Replicas: [{ ...replica, ...one }],
    },
    { DeletionPolicy: 'Retain' },
  );

const SEEDS: readonly Seed[] = [
  [
    'a table of the key of DynamoDB',
    'TablesAreKept',
    'TablesFindings',
    change('TablesFindings', { SSESpecification: { SSEEnabled: true } }),
  ],
  [
    'a table that cannot be restored',
    'TablesAreKept',
    'TablesRecord',
    change('TablesRecord', { PointInTimeRecoverySpecification: undefined }),
  ],
  [
    'a table that anybody may delete',
    'TablesAreKept',
    'TablesRegistry',
    change('TablesRegistry', { DeletionProtectionEnabled: false }),
  ],
  ['a table that goes with its stack', 'TablesAreKept', 'TablesScans', deletedWith('TablesScans')],
  [
    'a time to live that is off',
    'TablesAreKept',
    'TablesMailings',
    change('TablesMailings', { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: false } }),
  ],
  [
    'a table that bills by the hour',
    'TablesAreKept',
    'TablesScans',
    change('TablesScans', { BillingMode: 'PROVISIONED' }),
  ],
  [
    'a TableV2 of the key of DynamoDB',
    'GlobalTablesAreKept',
    'GlobalTable0',
    globalTable('GlobalTable0', {}, { SSEEnabled: true }),
  ],
  [
    'a TableV2 that cannot be restored',
    'GlobalTablesAreKept',
    'GlobalTable1',
    globalTable('GlobalTable1', { PointInTimeRecoverySpecification: undefined }),
  ],
  [
    'a TableV2 that anybody may delete',
    'GlobalTablesAreKept',
    'GlobalTable2',
    globalTable('GlobalTable2', { DeletionProtectionEnabled: false }),
  ],
  [
    'a replica outside Indonesia',
    'GlobalTablesAreKept',
    'GlobalTable3',
    globalTable('GlobalTable3', { Region: 'ap-southeast-1' }),
  ],
  [
    'a bucket of the key of S3',
    'BucketsAreKept',
    'BucketsFiles',
    change('BucketsFiles', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    }),
  ],
  ['a bucket that goes with its stack', 'BucketsAreKept', 'BucketsPacks', deletedWith('BucketsPacks')],
  [
    'a bucket that may be opened',
    'BucketsAreKept',
    'BucketsFiles',
    change('BucketsFiles', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }),
  ],
  [
    'seals without a lock',
    'SealsAreLocked',
    'BucketsSeals',
    change('BucketsSeals', { ObjectLockConfiguration: undefined }),
  ],
  [
    'seals that the root may delete',
    'SealsAreLocked',
    'BucketsSeals',
    change('BucketsSeals', {
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3650 } },
      },
    }),
  ],
  [
    'seals that are locked for a month',
    'SealsAreLocked',
    'BucketsSeals',
    change('BucketsSeals', {
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
      },
    }),
  ],
  [
    'a key that never turns',
    'KeysTurnAndStay',
    'RecordsKey',
    change('RecordsKey', { EnableKeyRotation: false }),
  ],
  [
    'a secret of the key of Secrets Manager',
    'SecretsAreEncrypted',
    'NetworkTokensmastodon',
    change('NetworkTokensmastodon', { KmsKeyId: undefined }),
  ],
  [
    'a log that never ends',
    'LogsEnd',
    'KeepTimeJobLog',
    change('KeepTimeJobLog', { RetentionInDays: undefined }),
  ],
  [
    'a log that lasts a year',
    'LogsEnd',
    'KeepTimeJobLog',
    change('KeepTimeJobLog', { RetentionInDays: 365 }),
  ],
  [
    'alarms in clear',
    'TopicsAreEncrypted',
    'AlarmsTopic',
    change('AlarmsTopic', { KmsMasterKeyId: undefined }),
  ],
  [
    'an older Node',
    'FunctionsAreOfOneKind',
    'KeepTimeJobFunction',
    change('KeepTimeJobFunction', { Runtime: 'nodejs22.x' }),
  ],
  [
    'x86',
    'FunctionsAreOfOneKind',
    'KeepTimeJobFunction',
    change('KeepTimeJobFunction', { Architectures: undefined }),
  ],
  [
    'a function in a VPC',
    'FunctionsAreOfOneKind',
    'KeepTimeJobFunction',
    change('KeepTimeJobFunction', { VpcConfig: { SubnetIds: ['subnet-0'], SecurityGroupIds: ['sg-0'] } }),
  ],
  [
    'a second way into the API',
    'FunctionsHaveNoUrl',
    'Door',
    careless('Door', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: 'serve-api' }),
  ],
  [
    'one failed record fails its batch',
    'BatchesMayFailInPart',
    COLLECT_SOURCE,
    change(COLLECT_SOURCE, { FunctionResponseTypes: undefined }),
  ],
  [
    'a queue of the key of SQS',
    'QueuesHoldNothingForLong',
    'CollectPostsfeedQueue',
    change('CollectPostsfeedQueue', { KmsMasterKeyId: 'alias/aws/sqs' }),
  ],
  [
    'dead letters in clear',
    'QueuesHoldNothingForLong',
    'ClassifyPostsDeadLetters',
    change('ClassifyPostsDeadLetters', { KmsMasterKeyId: undefined }),
  ],
  [
    'a missed run that is kept for two weeks',
    'QueuesHoldNothingForLong',
    'SendDigestsMissed',
    change('SendDigestsMissed', { MessageRetentionPeriod: 14 * DAY }),
  ],
  [
    'the batching window is left out of the visibility timeout',
    'QueuesHideWhatIsWorkedOn',
    'ClassifyPostsQueue',
    change('ClassifyPostsQueue', { VisibilityTimeout: 360 }),
  ],
  [
    'the visibility timeout is left to its default',
    'QueuesHideWhatIsWorkedOn',
    'CollectPostsfeedQueue',
    change('CollectPostsfeedQueue', { VisibilityTimeout: undefined }),
  ],
  [
    'the function runs longer than its queue knows',
    'QueuesHideWhatIsWorkedOn',
    'ClassifyPostsQueue',
    change('ClassifyPostsWorkerFunction', { Timeout: 61 }),
  ],
  [
    'a message is tried four times, slowly',
    'QueuesTryAgain',
    'ClassifyPostsQueue',
    change('ClassifyPostsQueue', {
      ...dead(template, 'ClassifyPostsDeadLetters', 4),
      VisibilityTimeout: 6000,
    }),
  ],
  [
    'a queue has no dead letters',
    'QueuesTryAgain',
    'ClassifyPostsQueue',
    change('ClassifyPostsQueue', { RedrivePolicy: undefined }),
  ],
  [
    'the last try of a message comes within six hours',
    'QueuesSurviveAnOutage',
    'CollectPostsfeedQueue',
    change('CollectPostsfeedQueue', dead(template, 'CollectPostsfeedDeadLetters', 30)),
  ],
  [
    'dead letters are kept no longer than their queue',
    'DeadLettersOutliveTheirQueue',
    'ClassifyPostsQueue',
    change('ClassifyPostsDeadLetters', { MessageRetentionPeriod: 3 * DAY }),
  ],
  [
    'queue and dead letters together keep a post for eight days',
    'NothingIsInTransitForLong',
    'ClassifyPostsQueue',
    change('ClassifyPostsDeadLetters', { MessageRetentionPeriod: 5 * DAY }),
  ],
  [
    'a schedule that may be late',
    'SchedulesMissNothing',
    'PlanScansSchedule',
    change('PlanScansSchedule', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } }),
  ],
  [
    'a schedule that is off',
    'SchedulesMissNothing',
    'PlanScansSchedule',
    change('PlanScansSchedule', { State: 'DISABLED' }),
  ],
  [
    'a job that is not told for when it runs',
    'SchedulesMissNothing',
    'PlanScansSchedule',
    change('PlanScansSchedule', target({ Input: undefined })),
  ],
  [
    'a run that could not be started is forgotten',
    'SchedulesMissNothing',
    'PlanScansSchedule',
    change('PlanScansSchedule', target({ DeadLetterConfig: undefined })),
  ],
  [
    'a start is tried once',
    'SchedulesMissNothing',
    'PlanScansSchedule',
    change('PlanScansSchedule', target({ RetryPolicy: { MaximumRetryAttempts: 0 } })),
  ],
  [
    'an alarm that reaches nobody',
    'AlarmsReachSomebody',
    'ApiFailing',
    change('ApiFailing', { AlarmActions: undefined }),
  ],
  [
    'an alarm that is off',
    'AlarmsReachSomebody',
    'ApiFailing',
    change('ApiFailing', { ActionsEnabled: false }),
  ],
  [
    'sign-in with a password alone',
    'PeopleHaveASecondFactor',
    'SignInPeople',
    change('SignInPeople', { MfaConfiguration: 'OPTIONAL' }),
  ],
  [
    'anybody may sign up',
    'PeopleHaveASecondFactor',
    'SignInPeople',
    change('SignInPeople', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } }),
  ],
  [
    'a permission for everything',
    'PermissionsNameTheirActions',
    'Everything',
    (whole) =>
      allowed(whole, 'Everything', 'ApiServerRole', {
        Action: 'dynamodb:*',
        Resource: arnOf(template, 'TablesRegistry'),
      }),
  ],
  [
    'a permission for everything but',
    'PermissionsNameTheirActions',
    'EverythingBut',
    (whole) =>
      allowed(whole, 'EverythingBut', 'ApiServerRole', { NotAction: ['iam:PassRole'], Resource: '*' }),
  ],
  [
    'a role with a policy of AWS',
    'RolesAreMadeHere',
    'ApiServerRole',
    change('ApiServerRole', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'] }),
  ],
  [
    'a role for another account',
    'RolesAreMadeHere',
    'ApiServerRole',
    change('ApiServerRole', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } }],
      },
    }),
  ],
  ['keys that do not end', 'NobodyHasAKey', 'User', careless('User', 'AWS::IAM::User', {})],
];

describe('our own rules', () => {
  const found = together(SEEDS);

  it('find nothing in a deployment', () => {
    expect(brokenBy(template)).toEqual(new Set());
  });

  it.each(SEEDS.map((seed) => [seed[0], seed] as const))('find %s', (_fault, seed) => {
    const [, rule, blamed] = seed;
    expect(found.get(seed)).toContain(`${rule} ${blamed}`);
  });
});
