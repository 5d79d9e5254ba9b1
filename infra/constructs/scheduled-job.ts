import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type FunctionName, FUNCTIONS } from '../../shared/functions.js';
import type { Alarms } from './alarms.js';
import { NetralFunction, type NetralFunctionProps } from './netral-function.js';

/** The functions that are started by the clock. */
type ScheduledJobName = {
  [Job in FunctionName]: (typeof FUNCTIONS)[Job]['trigger']['kind'] extends 'schedule' | 'daily'
    ? Job
    : never;
}[FunctionName];

interface ScheduledJobProps extends NetralFunctionProps {
  readonly job: ScheduledJobName;
  readonly alarms: Alarms;
  /** IANA name; a daily job runs at this zone's hour. */
  readonly timeZone: string;
}

/** When a job runs, how long a missed run is still worth making up for, and when its silence is worth a word. */
const rhythm = (job: ScheduledJobName, timeZone: string) => {
  const { trigger } = FUNCTIONS[job];
  switch (trigger.kind) {
    case 'schedule': {
      const interval = Duration.minutes(trigger.every.minutes);
      return {
        expression: ScheduleExpression.rate(interval),
        worth: interval,
        silence: { period: interval, periods: 3, says: 'It did not run three times in a row.' },
      };
    }
    case 'daily': {
      const [hour = '', minute = ''] = trigger.at.split(':');
      return {
        expression: ScheduleExpression.cron({ hour, minute, timeZone: TimeZone.of(timeZone) }),
        worth: Duration.hours(6),
        silence: { period: Duration.hours(1), periods: 26, says: 'It did not run for 26 hours.' },
      };
    }
  }
};

/** A function that the clock starts. A run that fails is tried again while it is worth it, then kept as a dead letter. */
export class ScheduledJob extends Construct {
  readonly function: NetralFunction;

  constructor(scope: Construct, id: string, { alarms, timeZone, ...props }: ScheduledJobProps) {
    super(scope, id);
    const { impact } = FUNCTIONS[props.job];
    const { expression, worth, silence } = rhythm(props.job, timeZone);
    const missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(7),
    });

    this.function = new NetralFunction(this, 'Job', props);
    // The scheduler's own retries end once Lambda has taken the event; from there on these count.
    this.function.lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: worth,
      onFailure: { bind: () => ({ destination: missed.queueArn }) },
    });
    const scheduler = new Role(this, 'Scheduler', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    // CDK's own destination and target grant every kind of data key, or none.
    for (const role of [scheduler, this.function.role]) {
      role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missed.queueArn] }));
      role.addToPolicy(props.key.through('sqs', ['GenerateDataKey', 'Decrypt']));
    }
    new Schedule(this, 'Schedule', {
      schedule: expression,
      timeWindow: TimeWindow.off(),
      target: new LambdaInvoke(this.function.lambda, {
        role: scheduler,
        deadLetterQueue: missed,
        maxEventAge: worth,
        retryAttempts: 10,
        input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
      }),
    });

    alarms.raise(this, 'Failed', {
      metric: this.function.lambda.metricErrors({ period: Duration.minutes(5) }),
      when: { atLeast: 1 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'A run failed.',
      impact,
    });
    alarms.raise(this, 'Silent', {
      metric: this.function.lambda.metricInvocations({ period: silence.period }),
      when: { below: 1 },
      periods: silence.periods,
      missing: TreatMissingData.BREACHING,
      says: silence.says,
      impact,
    });
    alarms.raise(this, 'GivenUp', {
      metric: missed.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      when: { atLeast: 1 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'A run was given up.',
      impact,
    });
  }
}
