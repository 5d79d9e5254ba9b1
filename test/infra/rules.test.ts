import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../shared/functions.js';
import { type RuleName, RULES } from './rules.js';
import { idOf, nameOf, synthesised, Template } from './template.js';

const DAY = 86_400;
const template = synthesised();

type Patch = Readonly<Record<string, unknown>>;
type Seed = readonly [fault: string, breaks: RuleName, broken: Template];

const withResource = (id: string, resource: { Type: string; Properties: Patch }): Template =>
  Template.parse({ Resources: { ...template.Resources, [id]: resource } });

/** The template with other properties of one resource; `undefined` takes one away. */
const changed = (name: string, patch: Patch): Template => {
  const id = idOf(template, name);
  const { Type, Properties } = template.Resources[id]!;
  return withResource(id, { Type, Properties: { ...Properties, ...patch } });
};

const without = (name: string): Template => {
  const id = idOf(template, name);
  return { Resources: Object.fromEntries(Object.entries(template.Resources).filter(([one]) => one !== id)) };
};

const dead = (name: string, maxReceiveCount: number): Patch => ({
  RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [idOf(template, name), 'Arn'] }, maxReceiveCount },
});

/** The template with one more statement for the role of a construct. */
const allowed = (role: string, Action: string, Resource: unknown): Template =>
  withResource('Seeded', {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] },
      Roles: [{ Ref: idOf(template, role) }],
    },
  });

/** An event source's name carries its queue's id, hash and all. */
const COLLECT_SOURCE = nameOf(
  Object.keys(template.Resources).find((id) =>
    id.startsWith('CollectPostsfeedWorkerFunctionSqsEventSource'),
  )!,
);

const tableArn = (name: string) => ({ 'Fn::GetAtt': [idOf(template, name), 'Arn'] });

const target = (part: Patch): Patch => ({
  Target: {
    Arn: { 'Fn::GetAtt': [idOf(template, 'PlanScansJobFunction'), 'Arn'] },
    Input: '{"time":"<aws.scheduler.scheduled-time>"}',
    RetryPolicy: { MaximumRetryAttempts: 10 },
    DeadLetterConfig: { Arn: { 'Fn::GetAtt': [idOf(template, 'PlanScansMissed'), 'Arn'] } },
    ...part,
  },
});

const SEEDS: readonly Seed[] = [
  [
    'the batching window is left out of the visibility timeout',
    'a message stays hidden for six times its function’s timeout',
    changed('ClassifyPostsQueue', { VisibilityTimeout: 360 }),
  ],
  [
    'the visibility timeout is left to its default',
    'a message stays hidden for six times its function’s timeout',
    changed('CollectPostsfeedQueue', { VisibilityTimeout: undefined }),
  ],
  [
    'the function runs longer than its queue knows',
    'a message stays hidden for six times its function’s timeout',
    changed('ClassifyPostsWorkerFunction', { Timeout: 61 }),
  ],
  [
    'a message is tried four times, slowly',
    'a message is tried at least five times',
    changed('ClassifyPostsQueue', { ...dead('ClassifyPostsDeadLetters', 4), VisibilityTimeout: 6000 }),
  ],
  [
    'messages are parked after five hours',
    'an outage of six hours parks nothing',
    changed('CollectPostsfeedQueue', dead('CollectPostsfeedDeadLetters', 25)),
  ],
  [
    'a queue has no dead letters',
    'what is given up is parked',
    changed('ClassifyPostsQueue', { RedrivePolicy: undefined }),
  ],
  [
    'dead letters go to a queue that is not there',
    'what is given up is parked',
    without('CollectPostsfeedDeadLetters'),
  ],
  [
    'dead letters are kept no longer than their queue',
    'dead letters are kept longer than their queue',
    changed('ClassifyPostsDeadLetters', { MessageRetentionPeriod: 3 * DAY }),
  ],
  [
    'dead letters are kept for two weeks',
    'nothing is in transit for more than seven days',
    changed('ClassifyPostsDeadLetters', { MessageRetentionPeriod: 14 * DAY }),
  ],
  [
    'queue and dead letters together keep a post for eight days',
    'nothing is in transit for more than seven days',
    changed('ClassifyPostsDeadLetters', { MessageRetentionPeriod: 5 * DAY }),
  ],
  [
    'a missed run is kept for two weeks',
    'nothing is in transit for more than seven days',
    changed('SendDigestsMissed', { MessageRetentionPeriod: 14 * DAY }),
  ],
  [
    'one failed record fails its batch',
    'a batch may fail in part',
    changed(COLLECT_SOURCE, { FunctionResponseTypes: undefined }),
  ],
  [
    'a queue uses the key of SQS',
    'queues are encrypted with a key of the agency',
    changed('CollectPostsfeedQueue', { KmsMasterKeyId: 'alias/aws/sqs' }),
  ],
  [
    'dead letters are not encrypted',
    'queues are encrypted with a key of the agency',
    changed('ClassifyPostsDeadLetters', { KmsMasterKeyId: undefined }),
  ],
  ['a queue takes plain HTTP', 'queues are reached over TLS only', without('ClassifyPostsQueuePolicy')],
  ['nobody is told of parked posts', 'parked messages raise an alarm', without('ClassifyPostsParked')],
  ['nobody is told of a run that was given up', 'parked messages raise an alarm', without('KeepTimeGivenUp')],
  [
    'nobody is told that scans wait',
    'a message that waits long raises an alarm',
    without('CollectPostsfeedWaiting'),
  ],
  [
    'an alarm does not say what people notice',
    'every alarm reaches somebody and says what people notice',
    changed('ClassifyPostsWaiting', { AlarmDescription: 'A message has waited for half an hour.' }),
  ],
  [
    'an alarm does not say what to do',
    'every alarm leads to its heading in the runbook',
    changed('ClassifyPostsWaiting', {
      AlarmDescription: `${FUNCTIONS['classify-posts'].impact} What to do: docs/runbook.md#nowhere`,
    }),
  ],
  [
    'an alarm reaches nobody',
    'every alarm reaches somebody and says what people notice',
    changed('ApiFailing', { AlarmActions: undefined }),
  ],
  [
    'a schedule may be late',
    'a schedule is exact, tells its time, tries again and keeps what it could not start',
    changed('PlanScansSchedule', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } }),
  ],
  [
    'a job is not told for when it runs',
    'a schedule is exact, tells its time, tries again and keeps what it could not start',
    changed('PlanScansSchedule', target({ Input: undefined })),
  ],
  [
    'a run that could not be started is forgotten',
    'a schedule is exact, tells its time, tries again and keeps what it could not start',
    changed('PlanScansSchedule', target({ DeadLetterConfig: undefined })),
  ],
  [
    'a start is tried once',
    'a schedule is exact, tells its time, tries again and keeps what it could not start',
    changed('PlanScansSchedule', target({ RetryPolicy: { MaximumRetryAttempts: 0 } })),
  ],
  [
    'a failing job is not noticed',
    'a job that fails or does not run raises an alarm',
    without('SendDigestsFailed'),
  ],
  [
    'a job that stands still is taken for a quiet one',
    'a job that fails or does not run raises an alarm',
    changed('PlanScansSilent', { TreatMissingData: 'notBreaching' }),
  ],
  [
    'a collector may reach loopback',
    'no function may reach this machine’s own network',
    changed('CollectPostsfeedWorkerFunction', { Environment: { Variables: { NETWORK_GUARD: 'loopback' } } }),
  ],
  [
    'the API may do everything with the registry',
    'every permission names its action',
    allowed('ApiServerRole', 'dynamodb:*', tableArn('TablesRegistry')),
  ],
  [
    'the keeper of clocks deletes from the record',
    'the record is only added to',
    allowed('KeepTimeJobRole', 'dynamodb:DeleteItem', tableArn('TablesRecord')),
  ],
  [
    'the API alters the record',
    'the record is only added to',
    allowed('ApiServerRole', 'dynamodb:UpdateItem', tableArn('TablesRecord')),
  ],
  [
    'the API deletes a mailing',
    'only the keeper of time deletes',
    allowed('ApiServerRole', 'dynamodb:DeleteItem', tableArn('TablesMailings')),
  ],
  [
    'a mailer deletes files',
    'only the keeper of time deletes',
    allowed('NotifyHoldersJobRole', 's3:DeleteObject', tableArn('BucketsFiles')),
  ],
  [
    'the keeper of clocks deletes seals',
    'nobody deletes a seal or a pack',
    allowed('KeepTimeJobRole', 's3:DeleteObjectVersion', tableArn('BucketsSeals')),
  ],
  [
    'the classifier sends mail',
    'only the mailers send mail, and they do',
    allowed('ClassifyPostsWorkerRole', 'ses:SendEmail', '*'),
  ],
  [
    'a mailer may not send',
    'only the mailers send mail, and they do',
    without('NotifyHoldersJobRoleDefaultPolicy'),
  ],
  [
    'the classifier reads the registry',
    'the classifier sees no registry',
    allowed('ClassifyPostsWorkerRole', 'dynamodb:GetItem', tableArn('TablesRegistry')),
  ],
];

describe('the rules of a deployment', () => {
  it.each(Object.entries(RULES))('%s', (_name, faults) => {
    expect(faults(template)).toEqual([]);
  });

  it.each(SEEDS)('%s: caught', (_fault, rule, broken) => {
    expect(RULES[rule](broken)).not.toEqual([]);
  });

  it('has a seeded fault for every rule', () => {
    expect(new Set(SEEDS.map(([, rule]) => rule))).toEqual(new Set(Object.keys(RULES)));
  });
});
