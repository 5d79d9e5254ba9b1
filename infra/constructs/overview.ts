import { Duration, Stack } from 'aws-cdk-lib';
import { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const PERIOD = { period: Duration.minutes(5) };

/** One page on which an operator sees whether a stack does its work. Made last: it shows what the stack has by then. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const parts = stack.node.findAll();
    const alarms = parts.filter((part) => part instanceof Alarm);
    const queues = parts.filter((part) => part instanceof Queue);
    const functions = parts.filter((part) => part instanceof Function);
    const stages = parts.filter((part) => part instanceof HttpStage);
    const label = (part: Construct): string => part.node.path.split('/').slice(1, -1).join(' ');
    const graph = (title: string, left: readonly IMetric[]): GraphWidget =>
      new GraphWidget({ title, left: [...left], width: 12, leftYAxis: { min: 0 } });

    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: stack.stackName });
    dashboard.addWidgets(
      new TextWidget({
        markdown: 'What each alarm means and what to do: `docs/runbook.md`, the heading of its name.',
        width: 24,
        height: 2,
      }),
    );
    dashboard.addWidgets(new AlarmStatusWidget({ alarms, width: 24, height: 4 }));
    const waiting = queues.filter(({ deadLetterQueue }) => deadLetterQueue !== undefined);
    const parked = queues.filter(({ deadLetterQueue }) => deadLetterQueue === undefined);
    dashboard.addWidgets(
      graph(
        'Age of the oldest message, seconds',
        waiting.map((one) => one.metricApproximateAgeOfOldestMessage({ ...PERIOD, label: label(one) })),
      ),
      graph(
        'Parked and given up',
        parked.map((one) => one.metricApproximateNumberOfMessagesVisible({ ...PERIOD, label: label(one) })),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Runs that failed',
        functions.map((one) => one.metricErrors({ ...PERIOD, label: label(one) })),
      ),
      graph(
        'Time of a run, p95, ms',
        functions.map((one) => one.metricDuration({ ...PERIOD, statistic: 'p95', label: label(one) })),
      ),
    );
    for (const stage of stages)
      dashboard.addWidgets(
        graph('Answers, and errors of the server', [
          stage.metricCount({ ...PERIOD, statistic: 'Sum' }),
          stage.metricServerError({ ...PERIOD, statistic: 'Sum' }),
        ]),
        graph('Time of an answer, p95, ms', [stage.metricLatency({ ...PERIOD, statistic: 'p95' })]),
      );
  }
}
