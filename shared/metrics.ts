/**
 * What is counted as a metric because an alarm looks at it: `event.fact` of a report. A metric is paid by the month, so all
 * else that runs count stands in their logs alone.
 */
export const METRICS = [
  'message-failed.messages',
  'message-parked.messages',
  'posts-classified.returned',
  'holidays-ending.runs',
] as const;
export type MetricName = (typeof METRICS)[number];
