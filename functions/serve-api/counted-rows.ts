import * as z from 'zod';
import { Month, monthOf, monthsBetween } from '../../shared/domain/statistics/counts.js';
import { minus } from '../../shared/domain/time.js';
import type { ApiDeps } from './api.js';
import { ProblemError } from './problem.js';

export const Period = z.strictObject({ from: Month.optional(), to: Month.optional() });

export const PERIOD =
  'By the month of the indication, in UTC; both months belong to it, the last twelve if none is given.';

const MOST_MONTHS = 36;

/** The counts of the months that were asked for. */
export const countedRows =
  ({ counts, now }: Pick<ApiDeps, 'counts' | 'now'>) =>
  async (asked: z.infer<typeof Period>) => {
    const to = asked.to ?? monthOf(now());
    const from = asked.from ?? monthOf(minus(now(), { days: 334 }));
    const months = monthsBetween(from, to);
    if (months.length === 0 || months.length > MOST_MONTHS)
      throw new ProblemError('bad-request', {
        errors: [
          {
            at: 'query.from',
            detail: `must not be after \`to\`, nor more than ${MOST_MONTHS} months before`,
          },
        ],
      });
    return { rows: await counts.read(months), period: { from, to } };
  };
