import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { FunctionName } from '../functions.js';
import type { Report } from '../ports.js';

/** Logs, metrics and traces of one function. Every number in a report is also counted as a metric of its name. */
export const observe = (service: FunctionName) => {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'Netral', serviceName: service });
  const tracer = new Tracer({ serviceName: service });

  const report: Report = (event, facts) => {
    logger.info(event, { facts });
    for (const [name, value] of Object.entries(facts))
      if (typeof value === 'number') metrics.addMetric(`${event}.${name}`, MetricUnit.Count, value);
  };

  /** The handler as Lambda calls it. What it returns may hold people's data, so traces do not capture it. */
  const wrap = <Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) =>
    middy<Event, Result>()
      .use(captureLambdaHandler(tracer, { captureResponse: false }))
      .use(injectLambdaContext(logger))
      .use(logMetrics(metrics))
      .handler(handler);

  return { report, wrap };
};
