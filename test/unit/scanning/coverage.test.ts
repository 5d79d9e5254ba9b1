import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CoverageReason,
  lastingRuns,
  ledgerDays,
  withLook,
  type CoverageRun,
} from '../../../shared/domain/scanning/coverage.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';

const at = (hour: number) => plus(NOW, { hours: hour });

describe('the coverage ledger', () => {
  it('opens a run with the first look', () => {
    expect(withLook([], 'throttled', at(0))).toEqual([{ reason: 'throttled', since: at(0), until: null }]);
  });

  it('counts a look with nothing new as seen', () => {
    expect(withLook([], 'nothing-new', at(0))[0]?.reason).toBe('seen');
  });

  it('stays the very same while the reason goes on', () => {
    const runs = withLook([], 'seen', at(0));
    expect(withLook(runs, 'nothing-new', at(1))).toBe(runs);
  });

  it('ends a run when the reason changes', () => {
    const runs = withLook(withLook([], 'seen', at(0)), 'gone', at(5));
    expect(runs).toEqual([
      { reason: 'seen', since: at(0), until: at(5) },
      { reason: 'gone', since: at(5), until: null },
    ]);
  });

  it('speaks of what has ended for as long as the agency says, and of what goes on for ever', () => {
    const runs = withLook(withLook(withLook([], 'gone', at(0)), 'seen', at(1)), 'private', at(2));
    const told = (days: number, later: number) =>
      lastingRuns(runs, days, plus(at(2), { days: later })).map((run) => run.reason);
    expect(told(90, 89)).toEqual(['gone', 'seen', 'private']);
    expect(lastingRuns(runs, 90, plus(at(1), { days: 90 })).map((run) => run.reason)).toEqual([
      'seen',
      'private',
    ]);
    expect(told(90, 90)).toEqual(['private']);
    expect(told(90, 9_000)).toEqual(['private']);
  });

  it('is ended by the agency’s rule, or by the longest that there may be', () => {
    expect(ledgerDays({ dismissedDays: 1, withdrawnDays: 1, referredDays: 30, coverageDays: 7 })).toBe(7);
    expect(ledgerDays(null)).toBe(180);
  });

  it('stays small when a source flaps', () => {
    const runs = Array.from({ length: 1_000 }, (_, hour) => hour).reduce<readonly CoverageRun[]>(
      (ledger, hour) => withLook(ledger, hour % 2 === 0 ? 'seen' : 'unreachable', at(hour)),
      [],
    );
    expect(runs).toHaveLength(200);
    expect(runs.at(-1)).toMatchObject({ reason: 'unreachable', until: null });
  });

  it('leaves no gap and no overlap between runs', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CoverageReason.options), { maxLength: 40 }), (reasons) => {
        const runs = reasons.reduce<readonly CoverageRun[]>(
          (ledger, reason, hour) => withLook(ledger, reason, at(hour)),
          [],
        );
        runs.forEach((run, index) => {
          expect(run.until).toBe(runs[index + 1]?.since ?? null);
          expect(run.reason).not.toBe(runs[index + 1]?.reason);
        });
        expect(runs.length > 0).toBe(reasons.length > 0);
      }),
    );
  });
});
