import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

const NAMES = [
  'dynamodbMillionReads',
  'dynamodbMillionWrites',
  'sqsMillionRequests',
  'lambdaMillionRequests',
  'lambdaGigabyteSecond',
  'logsGigabyte',
  'metricMonth',
  'alarmMonth',
  'tracesMillion',
  's3MillionGets',
  's3MillionPuts',
  'sesThousandMails',
  'schedulerMillion',
  'kmsTenThousand',
  'kmsKeyMonth',
  'secretMonth',
  'secretsTenThousand',
  'httpApiMillion',
  'translateMillionCharacters',
  'comprehendRequest',
  'stepsThousandTransitions',
] as const;

const Price = z.strictObject({
  usd: z.number().nonnegative(),
  per: z.string().min(1),
  source: z.string().min(1),
  on: z.iso.date(),
});
const File = z.strictObject({
  region: z.string(),
  factor: z.number().positive(),
  prices: z.record(z.enum(NAMES), Price),
});

const Prices = z.record(z.enum(NAMES), z.number());
export type Prices = Readonly<z.infer<typeof Prices>>;

/** A file of prices lacks one, or says it wrongly; the message names it. */
export class PriceError extends Error {
  override readonly name = 'PriceError';
}

/** The prices of a file: `here`, where those of another region are raised by the file's factor, and as they are `listed`. */
export const pricesFrom = (
  text: string,
  file: string,
): { readonly said: string; readonly here: Prices; readonly listed: Prices } => {
  const read = File.safeParse(parse(text));
  if (!read.success)
    throw new PriceError(
      `${file} does not hold:\n${z.prettifyError(read.error)}\nWrite each price as the others there: usd, per, source, and on, the day it was looked up.`,
    );
  const { region, factor, prices } = read.data;
  const own = (source: string): boolean => !source.includes('us-east-1');
  const times = (raise: number): Prices =>
    Prices.parse(
      Object.fromEntries(
        Object.entries(prices).map(([name, { usd, source }]) => [name, usd * (own(source) ? 1 : raise)]),
      ),
    );
  const days = Object.values(prices).map(({ on }) => on);
  const others = Object.values(prices).filter(({ source }) => !own(source)).length;
  return {
    said: `${region}: ${NAMES.length} prices of ${days.sort()[0] ?? ''} or later, ${others} of them us-east-1's × ${factor}`,
    here: times(factor),
    listed: times(1),
  };
};

const FOLDER = join(import.meta.dirname, 'prices');

export const readPrices = (region: string) => {
  const file = join(FOLDER, `${region}.yaml`);
  return pricesFrom(readFileSync(file, 'utf8'), `bench/prices/${region}.yaml`);
};
