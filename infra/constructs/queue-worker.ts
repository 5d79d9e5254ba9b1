import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type EventPattern, Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';
import { FUNCTIONS, redelivery, type QueueJob } from '../../shared/functions.js';
import type { MetricName } from '../../shared/metrics.js';
import type { AlarmKind, Alarms } from './alarms.js';
import { Canary } from './canary.js';
import type { EncryptionKey } from './encryption-key.js';
import { NetralFunction, type NetralFunctionProps } from './netral-function.js';

interface QueueWorkerProps extends NetralFunctionProps {
  readonly job: QueueJob;
  readonly alarms: Alarms;
  /** How many batches are worked on at once, 2 or more; as many as the account bears when left out. */
  readonly concurrency?: number;
  /** Whether a new version of its function is tried on a tenth of the messages first. */
  readonly canary?: boolean;
}

/** Posts in transit are gone within 7 days, even those that were parked in the last hour of their queue. */
const QUEUE_RETENTION = Duration.days(3);
const PARKED_RETENTION = Duration.days(4);

/** A queue and the function that works on it; what fails is tried again alone, then parked where operators see it. */
export class QueueWorker extends Construct {
  readonly function: NetralFunction;
  private readonly queue: Queue;
  private readonly key: EncryptionKey;
  /** What works on the queue: its latest version, or the one that has proved itself. */
  private readonly reader: IDependable;

  constructor(
    scope: Construct,
    id: string,
    { alarms, concurrency, canary = false, ...props }: QueueWorkerProps,
  ) {
    super(scope, id);
    const { trigger, impact } = FUNCTIONS[props.job];
    const { hiddenSeconds, receives } = redelivery(props.job);
    this.key = props.key;
    const safe = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key.key,
      // Each new data key is a paid call; the default of five minutes would make twelve times as many.
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
    };
    const deadLetters = new Queue(this, 'DeadLetters', { ...safe, retentionPeriod: PARKED_RETENTION });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      retentionPeriod: QUEUE_RETENTION,
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: receives },
    });

    this.function = new NetralFunction(this, 'Worker', props);
    this.permitSend(this.function, 'DEAD_LETTERS_URL', deadLetters);

    const raise = (alarmId: AlarmKind, metric: IMetric, atLeast: number, says: string): void => {
      alarms.raise(this, alarmId, {
        metric,
        when: { atLeast },
        missing: TreatMissingData.NOT_BREACHING,
        says,
        impact,
      });
    };
    raise(
      'Parked',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      1,
      'Messages were parked in the dead-letter queue.',
    );
    raise(
      'Waiting',
      this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      Duration.minutes(30).toSeconds(),
      'A message has waited for half an hour.',
    );

    const worker = canary ? this.canary(props.job, alarms).live : this.function.lambda;
    this.reader = worker;
    worker.addEventSourceMapping('Messages', {
      eventSourceArn: this.queue.queueArn,
      batchSize: trigger.batchSize,
      maxBatchingWindow: Duration.seconds(trigger.batchingWindowSeconds),
      reportBatchItemFailures: true,
      ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
    });
    // What a mapping needs; CDK's own event source grants more. The leave to use the key comes with that to park.
    this.function.role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
  }

  /** Messages that fail are no errors of the function, so they are counted by its own metrics. */
  private canary(job: QueueJob, alarms: Alarms): Canary {
    const counted = (metricName: MetricName): Metric =>
      new Metric({ namespace: 'Netral', metricName, dimensionsMap: { service: job }, statistic: 'Sum' });
    const alarm = alarms.raise(this, 'Regressing', {
      metric: new MathExpression({
        expression: 'FILL(errors, 0) + FILL(failed, 0) + FILL(parked, 0) + FILL(returned, 0)',
        usingMetrics: {
          errors: this.function.lambda.metricErrors(),
          failed: counted('message-failed.messages'),
          parked: counted('message-parked.messages'),
          returned: counted('posts-classified.returned'),
        },
        period: Duration.minutes(1),
        label: 'what failed',
      }),
      when: { atLeast: 5 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'Five or more pieces of work failed within a minute; a version that is being tried is taken back.',
      impact: FUNCTIONS[job].impact,
    });
    return new Canary(this, 'Canary', { function: this.function, alarm });
  }

  /** Has events of the account's bus that fit put into the queue, reshaped to what its function reads. */
  takeEvents(id: string, eventPattern: EventPattern, message: RuleTargetInput): void {
    const rule = new Rule(this, id, { eventPattern });
    rule.addTarget(new SqsQueue(this.queue, { message }));
  }

  /**
   * Tells a function the address of this queue and lets it send there. Whoever reads a queue is deployed before whoever
   * writes to it, so that no message comes in a form that nobody reads yet (docs/adr/27).
   */
  permitSend(sender: NetralFunction, variable: string, queue: Queue = this.queue): void {
    sender.give(variable, queue.queueUrl, [
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
      // Sending under a data key that is in use means reading that key, hence both.
      this.key.through('sqs', ['GenerateDataKey', 'Decrypt']),
    ]);
    if (sender !== this.function) sender.lambda.node.addDependency(this.reader);
  }
}
