import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../shared/functions.js';
import { allowed, arnOf, changed, without } from './broken.js';
import { type RuleName, RULES } from './rules.js';
import { synthesised, type Template } from './template.js';

const template = synthesised();

type Seed = readonly [fault: string, breaks: RuleName, broken: Template];

const SEEDS: readonly Seed[] = [
  [
    'a queue has no dead letters',
    'what is given up is parked',
    changed(template, 'ClassifyPostsQueue', { RedrivePolicy: undefined }),
  ],
  [
    'dead letters go to a queue that is not there',
    'what is given up is parked',
    without(template, 'CollectPostsfeedDeadLetters'),
  ],
  [
    'a queue takes plain HTTP',
    'queues are reached over TLS only',
    without(template, 'ClassifyPostsQueuePolicy'),
  ],
  [
    'nobody is told of parked posts',
    'parked messages raise an alarm',
    without(template, 'ClassifyPostsParked'),
  ],
  [
    'nobody is told of a run that was given up',
    'parked messages raise an alarm',
    without(template, 'KeepTimeGivenUp'),
  ],
  [
    'nobody is told that scans wait',
    'a message that waits long raises an alarm',
    without(template, 'CollectPostsfeedWaiting'),
  ],
  [
    'an alarm does not say what people notice',
    'every alarm reaches somebody and says what people notice',
    changed(template, 'ClassifyPostsWaiting', { AlarmDescription: 'A message has waited for half an hour.' }),
  ],
  [
    'an alarm does not say what to do',
    'every alarm leads to what to do in the runbook, and when it is over',
    changed(template, 'ClassifyPostsWaiting', {
      AlarmDescription: `${FUNCTIONS['classify-posts'].impact} What to do: docs/runbook.md#nowhere`,
    }),
  ],
  [
    'an alarm leads to a heading that does not say when it is over',
    'every alarm leads to what to do in the runbook, and when it is over',
    changed(template, 'ClassifyPostsWaiting', {
      AlarmDescription: `${FUNCTIONS['classify-posts'].impact} What to do: docs/runbook.md#upgrading`,
    }),
  ],
  [
    'an alarm reaches nobody',
    'every alarm reaches somebody and says what people notice',
    changed(template, 'ApiFailing', { AlarmActions: undefined }),
  ],
  [
    'a failing job is not noticed',
    'a job that fails or does not run raises an alarm',
    without(template, 'SendDigestsFailed'),
  ],
  [
    'a job that stands still is taken for a quiet one',
    'a job that fails or does not run raises an alarm',
    changed(template, 'PlanScansSilent', { TreatMissingData: 'notBreaching' }),
  ],
  [
    'a collector may reach loopback',
    'no function may reach this machine’s own network',
    changed(template, 'CollectPostsfeedWorkerFunction', {
      Environment: { Variables: { NETWORK_GUARD: 'loopback' } },
    }),
  ],
  [
    'the keeper of clocks deletes from the record',
    'the record is only added to',
    allowed(template, 'Seeded', 'KeepTimeJobRole', {
      Action: 'dynamodb:DeleteItem',
      Resource: arnOf(template, 'TablesRecord'),
    }),
  ],
  [
    'the API alters the record',
    'the record is only added to',
    allowed(template, 'Seeded', 'ApiServerRole', {
      Action: 'dynamodb:UpdateItem',
      Resource: arnOf(template, 'TablesRecord'),
    }),
  ],
  [
    'the API deletes a mailing',
    'only the keeper of time deletes what is kept',
    allowed(template, 'Seeded', 'ApiServerRole', {
      Action: 'dynamodb:DeleteItem',
      Resource: arnOf(template, 'TablesMailings'),
    }),
  ],
  [
    'a mailer deletes files',
    'only the keeper of time deletes what is kept',
    allowed(template, 'Seeded', 'NotifyHoldersJobRole', {
      Action: 's3:DeleteObject',
      Resource: arnOf(template, 'BucketsFiles'),
    }),
  ],
  [
    'the keeper of clocks deletes seals',
    'nobody deletes a seal or a pack',
    allowed(template, 'Seeded', 'KeepTimeJobRole', {
      Action: 's3:DeleteObjectVersion',
      Resource: arnOf(template, 'BucketsSeals'),
    }),
  ],
  [
    'the classifier sends mail',
    'only the mailers send mail, and they do',
    allowed(template, 'Seeded', 'ClassifyPostsWorkerRole', { Action: 'ses:SendEmail', Resource: '*' }),
  ],
  [
    'a mailer may not send',
    'only the mailers send mail, and they do',
    without(template, 'NotifyHoldersJobRoleDefaultPolicy'),
  ],
  [
    'the classifier reads the registry',
    'the classifier sees no registry',
    allowed(template, 'Seeded', 'ClassifyPostsWorkerRole', {
      Action: 'dynamodb:GetItem',
      Resource: arnOf(template, 'TablesRegistry'),
    }),
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
