import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { FunctionName } from '../functions.js';
import { METRICS } from '../metrics.js';
import type { Report } from '../ports.js';

/**
 * Logs and metrics of one function. The numbers of all reports of a run are added up into one line at its end; what an alarm
 * looks at is a metric besides, where there is any of it.
 */
export const observe = (service: FunctionName) => {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'Netral', serviceName: service });

  let tally: Record<string, number> = {};

  const report: Report = (event, facts) => {
    const counts = Object.entries(facts).filter(([, value]) => typeof value === 'number');
    if (counts.length === 0 || counts.length < Object.keys(facts).length) logger.info(event, { facts });
    for (const [name, value] of counts) {
      const counted = `${event}.${name}`;
      tally[counted] = (tally[counted] ?? 0) + Number(value);
    }
  };

  const endRun = (): void => {
    const counted = tally;
    tally = {};
    if (Object.keys(counted).length > 0) logger.info('run-counted', { facts: counted });
    for (const name of METRICS) {
      const count = counted[name] ?? 0;
      if (count > 0) metrics.addMetric(name, MetricUnit.Count, count);
    }
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };

  /** The handler as Lambda calls it. A run that counted nothing writes no line about that. */
  const wrap = <Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) =>
    middy<Event, Result>()
      .use(injectLambdaContext(logger))
      .handler(async (event, context) => {
        try {
          return await handler(event, context);
        } finally {
          endRun();
        }
      });

  return { report, wrap };
};
