import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
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

  let tally: Record<string, number> = {};

  const report: Report = (event, facts) => {
    const counts = Object.entries(facts).filter(([, value]) => typeof value === 'number');
    if (counts.length === 0 || counts.length < Object.keys(facts).length) logger.info(event, { facts });
    for (const [name, value] of counts) {
      const counted = `${event}.${name}`;
      tally[counted] = (tally[counted] ?? 0) + Number(value);
    }
  };

  const endRun = async (): Promise<void> => {
    const counted = tally;
    tally = {};
    if (Object.keys(counted).length > 0) logger.info('run-counted', { facts: counted });
    const amiss = METRICS.filter((name) => (counted[name] ?? 0) > 0);
    if (amiss.length === 0) return;
    // Most runs have nothing for an alarm, and so most starts nothing to load.
    const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics');
    const metrics = new Metrics({ namespace: 'Netral', serviceName: service });
    for (const name of amiss) metrics.addMetric(name, MetricUnit.Count, counted[name] ?? 0);
    metrics.publishStoredMetrics();
  };

  /** The handler as Lambda calls it. A run that counted nothing writes no line about that. */
  const wrap = <Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) =>
    middy<Event, Result>()
      .use(injectLambdaContext(logger))
      .handler(async (event, context) => {
        try {
          return await handler(event, context);
        } finally {
          await endRun();
        }
      });

  return { report, wrap };
};
