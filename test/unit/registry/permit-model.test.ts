import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeAccount, type AccountChange } from '../../../shared/domain/registry/account.js';
import { ScanPermit } from '../../../shared/domain/registry/permit.js';
import { localDate, plus } from '../../../shared/domain/time.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';

type Step =
  | { readonly kind: 'account'; readonly change: AccountChange }
  | {
      readonly kind: 'gate';
      readonly gate: 'instrument' | 'impactAssessment' | 'officer' | 'notice' | 'retention';
      readonly open: boolean;
    }
  | { readonly kind: 'time'; readonly hours: number };

const change = fc.constantFrom<AccountChange>(
  { kind: 'confirm', noticeVersion: '1' },
  { kind: 'pause' },
  { kind: 'resume' },
  { kind: 'withdraw' },
);
const gate = fc.constantFrom('instrument', 'impactAssessment', 'officer', 'notice', 'retention');
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('account'), change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('gate'), gate, open: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time'), hours: fc.nat(400) }) },
) satisfies fc.Arbitrary<Step>;

/** Plays the steps and tells, after each, whether a permit was given and whether the plain rules allow one. */
const play = (steps: readonly Step[]) => {
  let account = anAccount({ state: 'invited', confirmation: null });
  const gates = anAgency().gates;
  const closed = new Set<string>();
  let at = NOW;
  // The rules in the plainest words, kept apart from the code that is tested.
  let told = false;
  let stopped = false;
  let withdrawn = false;
  return steps.map((each) => {
    switch (each.kind) {
      case 'account': {
        const outcome = changeAccount(account, each.change, at);
        if (outcome.kind === 'changed') ({ account } = outcome);
        if (each.change.kind === 'withdraw') withdrawn = true;
        if (each.change.kind === 'confirm' && !withdrawn) told = true;
        if (each.change.kind === 'pause' && told) stopped = true;
        if (each.change.kind === 'resume' && told) stopped = false;
        break;
      }
      case 'gate':
        if (each.open) closed.delete(each.gate);
        else closed.add(each.gate);
        break;
      case 'time':
        at = plus(at, { hours: each.hours });
        break;
    }
    const agency = anAgency({
      gates: {
        instrument: closed.has('instrument') ? null : gates.instrument,
        impactAssessment: closed.has('impactAssessment') ? null : gates.impactAssessment,
        officer: closed.has('officer') ? null : gates.officer,
        notice: closed.has('notice') ? null : gates.notice,
        retention: closed.has('retention') ? null : gates.retention,
      },
    });
    const permission = ScanPermit.request({ agency, contests: [aContest()], account, at });
    const today = localDate(at, 'Asia/Jakarta');
    const inContest = today >= '2026-09-01' && today <= '2026-12-24';
    return {
      given: permission.kind === 'granted',
      allowed: told && !stopped && !withdrawn && closed.size === 0 && inContest,
    };
  });
};

describe('a permit', () => {
  it('is given exactly when the holder was told and agreed, nothing stopped it, every gate is open and a contest is on', () => {
    const seen = { given: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        for (const { given, allowed } of play(steps)) {
          expect(given).toBe(allowed);
          seen[given ? 'given' : 'refused'] += 1;
        }
      }),
      { numRuns: 10_000 },
    );
    // Both kinds were really met.
    expect(Math.min(seen.given, seen.refused)).toBeGreaterThan(1_000);
  });
});
