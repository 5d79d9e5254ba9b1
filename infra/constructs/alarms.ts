import { Alarm, ComparisonOperator, type IMetric, type TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { EncryptionKey } from './encryption-key.js';

interface AlarmsProps {
  readonly key: EncryptionKey;
  /** The address that alarms go to. */
  readonly operators: string;
}

interface AlarmProps {
  readonly metric: IMetric;
  readonly when: { readonly atLeast: number } | { readonly below: number };
  /** How many periods of the metric in a row. */
  readonly periods?: number;
  readonly missing: TreatMissingData;
  /** What was seen. */
  readonly says: string;
  /** What people notice. */
  readonly impact: string;
}

/** The kinds of alarms; each has a heading of its name in `docs/runbook.md`. */
export type AlarmKind =
  | 'Parked'
  | 'Waiting'
  | 'Failed'
  | 'Silent'
  | 'GivenUp'
  | 'Failing'
  | 'Regressing'
  | 'BreakGlass'
  | 'Holidays';

/** Tells the operators. Every alarm says what people notice, so that whoever is woken knows what is at stake. */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, { key, operators }: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: key.key, enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(operators));
    key.serveAlarms();
  }

  /** Adds an alarm beside what it watches. */
  raise(scope: Construct, id: AlarmKind, alarm: AlarmProps): Alarm {
    const { metric, when, periods = 1, missing, says, impact } = alarm;
    const limit =
      'below' in when
        ? { threshold: when.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD }
        : {
            threshold: when.atLeast,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          };
    const raised = new Alarm(scope, id, {
      metric,
      ...limit,
      evaluationPeriods: periods,
      treatMissingData: missing,
      alarmDescription: `${impact} ${says} What to do: docs/runbook.md#${id.toLowerCase()}`,
    });
    raised.addAlarmAction(new SnsAction(this.topic));
    return raised;
  }
}
