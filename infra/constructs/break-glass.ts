import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.js';
import type { Buckets } from './buckets.js';
import type { EncryptionKey } from './encryption-key.js';
import type { Tables } from './tables.js';

interface BreakGlassProps {
  readonly roleName: string;
  /** How the names of everything in this deployment begin. */
  readonly prefix: string;
  readonly alarms: Alarms;
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly recordsKey: EncryptionKey;
  readonly transitKey: EncryptionKey;
}

/** What people notice, or do not. */
export const BREAK_GLASS_IMPACT = 'Somebody can read and change data that is otherwise nobody’s to see.';

/**
 * What an emergency needs and nobody has from day to day: logs, parked messages, standing functions still and restoring
 * tables. Taking it raises an alarm, and even it can neither alter the record nor touch a seal.
 */
export class BreakGlass extends Construct {
  constructor(scope: Construct, id: string, props: BreakGlassProps) {
    super(scope, id);
    const { roleName, prefix, alarms, tables, buckets, recordsKey, transitKey } = props;
    const stack = Stack.of(this);
    const { region } = stack;
    const ours = (service: string, resource: string, between: '/' | ':' = ':'): string =>
      stack.formatArn({ service, resource: `${resource}${between}${prefix}*` });
    const role = new Role(this, 'Role', {
      roleName,
      description: 'Netral: for emergencies. Whoever takes it is seen.',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new AccountRootPrincipal().withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        // Taken elsewhere, it would be taken past the alarm.
        StringEquals: { 'aws:RequestedRegion': region },
      }),
    });
    const allow = (resources: readonly string[], actions: readonly string[]): void => {
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    };
    allow([ours('logs', 'log-group')], ['logs:FilterLogEvents', 'logs:GetLogEvents', 'logs:StartQuery']);
    allow(
      [stack.formatArn({ service: 'sqs', resource: `${prefix}*` })],
      [
        'sqs:GetQueueAttributes',
        'sqs:StartMessageMoveTask',
        'sqs:ListMessageMoveTasks',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:SendMessage',
        'sqs:PurgeQueue',
      ],
    );
    allow(
      [ours('lambda', 'function')],
      ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency', 'lambda:UpdateAlias'],
    );
    allow(
      [ours('dynamodb', 'table', '/')],
      [
        'dynamodb:DescribeTable',
        'dynamodb:DescribeContinuousBackups',
        'dynamodb:RestoreTableToPointInTime',
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
      ],
    );
    role.addToPolicy(
      recordsKey.through('dynamodb', ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'CreateGrant']),
    );
    role.addToPolicy(transitKey.through('sqs', ['Decrypt', 'GenerateDataKey']));
    const never = (resources: readonly string[], actions: readonly string[]): void => {
      role.addToPolicy(
        new PolicyStatement({ effect: Effect.DENY, actions: [...actions], resources: [...resources] }),
      );
    };
    never(
      [tables.recordArn],
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    );
    never([buckets.seals.bucketArn, buckets.seals.arnForObjects('*')], ['s3:*']);

    const taken = new CfnRule(this, 'Taken', {
      description: 'Somebody took the break-glass role',
      // Taking a role counts as reading, which rules see only when they ask for it.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: {
        source: ['aws.sts'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventName: ['AssumeRole'], requestParameters: { roleArn: [role.roleArn] } },
      },
    });
    alarms.raise(this, 'BreakGlass', {
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: taken.ref },
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      when: { atLeast: 1 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'Somebody took the break-glass role, or tried to.',
      impact: BREAK_GLASS_IMPACT,
    });
  }
}
