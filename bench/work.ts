import { FUNCTIONS, type FunctionName } from '../shared/functions.js';
import { added, NONE, type Units } from './meter.js';
import type { Prices } from './prices.js';

/** What no machine here can measure. */
export const ASSUMED = {
  /** A vCPU for each so many MB (AWS). */
  megabytesPerCore: 1_769,
  /** Of each call to AWS from Lambda. */
  awsMilliseconds: 5,
  /** Of each host's answer. */
  hostMilliseconds: 200,
  /** What Lambda itself writes of each run: start, end and report as JSON. */
  platformLogBytes: 700,
  /** X-Ray's default: one in twenty. */
  tracedShare: 0.05,
  looksADay: 4,
  postsPerAccountMonth: 20,
  findingsPerPost: 0.01,
  /** People of the review team and holders, each month. */
  apiCallsPerFinding: 40,
} as const;
export const MILLION = 1_000_000;

/** What one kind of function did in one part of a round. */
export interface Work {
  readonly units: Units;
  readonly runs: number;
  /** Milliseconds of a core. */
  readonly core: number;
  /** Milliseconds from the begin of each run to its end. */
  readonly took: number;
  readonly logBytes: number;
}
export const IDLE: Work = { units: NONE, runs: 0, core: 0, took: 0, logBytes: 0 };

export const together = (one: Work, other: Work): Work => ({
  units: added(one.units, other.units),
  runs: one.runs + other.runs,
  core: one.core + other.core,
  took: one.took + other.took,
  logBytes: one.logBytes + other.logBytes,
});

export type Bill = Readonly<Record<string, number>>;

/** A function of less memory has less of a core, and needs so many times as long for what it computes. */
export const slowness = (job: FunctionName): number =>
  Math.max(1, ASSUMED.megabytesPerCore / FUNCTIONS[job].memoryMb);

/** As if each call to AWS were made after the one before: an upper bound. */
export const inTurn = (job: FunctionName, { units, core }: Work): number =>
  core * slowness(job) + units.requests * ASSUMED.awsMilliseconds;

/** Dollars of what a function did, by what they are paid for; `milliseconds` is how long its runs take in Lambda. */
export const bill = (
  job: FunctionName,
  work: Work,
  prices: Prices,
  milliseconds = inTurn(job, work),
): Bill => {
  const { units, runs, logBytes } = work;
  return {
    'DynamoDB reads': (units.reads / MILLION) * prices.dynamodbMillionReads,
    'DynamoDB writes': (units.writes / MILLION) * prices.dynamodbMillionWrites,
    SQS: (units.sqs / MILLION) * prices.sqsMillionRequests,
    'Lambda runs': (runs / MILLION) * prices.lambdaMillionRequests,
    'Lambda time': (milliseconds / 1000) * (FUNCTIONS[job].memoryMb / 1024) * prices.lambdaGigabyteSecond,
    logs: ((logBytes + runs * ASSUMED.platformLogBytes) / 1e9) * prices.logsGigabyte,
    traces: ((runs * ASSUMED.tracedShare) / MILLION) * prices.tracesMillion,
    mails: (units.mails / 1000) * prices.sesThousandMails,
    S3: (units.gets / MILLION) * prices.s3MillionGets + (units.puts / MILLION) * prices.s3MillionPuts,
  };
};

export const sum = (bills: Bill): number => Object.values(bills).reduce((one, other) => one + other, 0);

export const summed = (one: Bill, other: Bill): Bill =>
  Object.fromEntries(Object.entries(one).map(([name, amount]) => [name, amount + (other[name] ?? 0)]));

export const dollars = (amount: number): string => `$${amount < 0.1 ? amount.toFixed(4) : amount.toFixed(2)}`;
