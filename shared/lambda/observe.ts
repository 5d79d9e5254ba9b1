import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { FunctionName } from '../functions.js';
import type { Report } from '../ports.js';

/** Logs and metrics of one function. Every number in a report is also counted as a metric of its name. */
export const observe = (service: FunctionName) => {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'Netral', serviceName: service });

  const report: Report = (event, facts) => {
    const counts = Object.entries(facts).filter(([, value]) => typeof value === 'number');
    // What is counted stands in the run's one line of metrics anyway.
    if (counts.length === 0 || counts.length < Object.keys(facts).length) logger.info(event, { facts });
    for (const [name, value] of counts)
      metrics.addMetric(`${event}.${name}`, MetricUnit.Count, Number(value));
  };

  /** The handler as Lambda calls it. A run that counted nothing writes no line about that. */
  const wrap = <Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) =>
    middy<Event, Result>()
      .use(injectLambdaContext(logger))
      .handler(async (event, context) => {
        try {
          return await handler(event, context);
        } finally {
          if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
        }
      });

  return { report, wrap };
};
