import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeAccount, type Account, type AccountChange } from '../../../shared/domain/registry/account.js';
import { identified, type Answered } from '../../../shared/domain/registry/identify.js';
import { importedAccount } from '../../../shared/domain/registry/imported.js';
import { IdentityLookup, ScanPermit } from '../../../shared/domain/registry/permit.js';
import { askForProof } from '../../../shared/domain/registry/proof.js';
import { RegistryRow } from '../../../shared/domain/registry/registry-row.js';
import { localDate, plus, type Instant } from '../../../shared/domain/time.js';
import { aRow } from '../../fixtures/registry-row.js';
import { aContest, anAccount, anAgency, NOW } from '../../fixtures/registry.js';

type Step =
  | { readonly kind: 'account'; readonly change: AccountChange }
  | {
      readonly kind: 'gate';
      readonly gate: 'instrument' | 'impactAssessment' | 'officer' | 'notice' | 'retention';
      readonly open: boolean;
    }
  | { readonly kind: 'identity'; readonly answer: Answered }
  | { readonly kind: 'registered' }
  | { readonly kind: 'proof-asked' }
  | { readonly kind: 'proof-required'; readonly required: boolean }
  | { readonly kind: 'time'; readonly hours: number };

const change = fc.constantFrom<AccountChange>(
  { kind: 'confirm', noticeVersion: '1' },
  { kind: 'pause' },
  { kind: 'resume' },
  { kind: 'withdraw' },
);
const gate = fc.constantFrom('instrument', 'impactAssessment', 'officer', 'notice', 'retention');
const HANDLE = 'https://blog.sukamaju.example/feed.xml';
const answer = fc.oneof(
  fc.record({
    kind: fc.constant('found' as const),
    identity: fc.constantFrom(
      { id: HANDLE, host: 'blog.sukamaju.example' },
      { id: 'somebody-else', host: 'lain.example' },
    ),
    handle: fc.constant(HANDLE),
    proof: fc.constantFrom('profile' as const, null),
  }),
  fc.constantFrom<Answered>({ kind: 'not-found' }, { kind: 'taken' }, { kind: 'needs-token' }),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('identity'), answer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('registered') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('proof-asked') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('proof-required'), required: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('account'), change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('gate'), gate, open: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time'), hours: fc.nat(400) }) },
) satisfies fc.Arbitrary<Step>;

// Made once: thousands of runs read it.
const sukamaju = anAgency();

/** The holder declares the account and agrees to the notice in one act. */
const ownRegistration = (account: Account, at: Instant): Account =>
  importedAccount(
    {
      row: { ...RegistryRow.parse(aRow({ handle: HANDLE })), network: 'feed' },
      place: { handle: HANDLE, identity: null },
      holder: account.holder,
      id: account.id,
      confirmation: { kind: 'self', at, noticeVersion: '1' },
      at,
      timeZone: sukamaju.timeZone,
    },
    account,
  );

/** Plays the steps and tells, after each, whether a permit was given and whether the plain rules allow one. */
const play = (steps: readonly Step[]) => {
  let account = anAccount({ state: 'invited', confirmation: null, identity: null });
  const { gates } = sukamaju;
  const closed = new Set<string>();
  let at = NOW;
  // The rules in the plainest words, kept apart from the code that is tested.
  let told = false;
  let stopped = false;
  let withdrawn = false;
  /** Whose account the network first said it is. */
  let known: string | null = null;
  let required = false;
  /** Nobody but the holder declared it. */
  let alone = false;
  let code: { readonly until: string } | null = null;
  let proved = false;
  return steps.map((each) => {
    switch (each.kind) {
      case 'account': {
        const outcome = changeAccount(account, each.change, at);
        if (outcome.kind === 'changed') ({ account } = outcome);
        if (each.change.kind === 'withdraw') withdrawn = true;
        if (outcome.kind === 'changed' && each.change.kind === 'pause') code = null;
        if (withdrawn) [code, proved] = [null, false];
        if (outcome.kind === 'changed' && each.change.kind === 'confirm') [told, alone] = [true, false];
        if (each.change.kind === 'pause' && told) stopped = true;
        if (each.change.kind === 'resume' && told) stopped = false;
        break;
      }
      case 'gate':
        if (each.open) closed.delete(each.gate);
        else closed.add(each.gate);
        break;
      case 'identity': {
        const asked = IdentityLookup.request({
          agency: sukamaju,
          contests: [aContest()],
          account,
          handleHost: null,
          at,
        });
        expect(asked.kind === 'granted').toBe(told && !withdrawn);
        if (asked.kind !== 'granted') break;
        account = identified(account, each.answer, at);
        if (each.answer.kind === 'found') {
          known ??= each.answer.identity.id;
          if (each.answer.identity.id === known && each.answer.proof !== null && code !== null)
            proved ||= at < code.until;
        }
        if (code !== null && (proved || at >= code.until)) code = null;
        break;
      }
      case 'registered':
        account = ownRegistration(account, at);
        // Of what is registered already it changes nothing.
        if (told && !withdrawn) break;
        if (withdrawn) known = null;
        [told, stopped, withdrawn, alone] = [true, false, false, true];
        break;
      case 'proof-asked':
        if (withdrawn) break;
        account = askForProof(account, at);
        if (code === null || at >= code.until) [code, proved] = [{ until: plus(at, { days: 7 }) }, false];
        break;
      case 'proof-required':
        ({ required } = each);
        break;
      case 'time':
        at = plus(at, { hours: each.hours });
        break;
    }
    const agency = {
      ...sukamaju,
      ownershipProof: required ? ('required' as const) : ('optional' as const),
      gates: {
        instrument: closed.has('instrument') ? null : gates.instrument,
        impactAssessment: closed.has('impactAssessment') ? null : gates.impactAssessment,
        officer: closed.has('officer') ? null : gates.officer,
        notice: closed.has('notice') ? null : gates.notice,
        retention: closed.has('retention') ? null : gates.retention,
      },
    };
    const permission = ScanPermit.request({ agency, contests: [aContest()], account, at });
    const today = localDate(at, 'Asia/Jakarta');
    const inContest = today >= '2026-09-01' && today <= '2026-12-24';
    return {
      given: permission.kind === 'granted',
      allowed:
        told &&
        !stopped &&
        !withdrawn &&
        closed.size === 0 &&
        inContest &&
        known !== null &&
        (proved || !(required || alone)),
      // What nobody may exchange: the account is the one that the network first named.
      isSame: account.identity === null ? known === null : account.identity.id === known,
    };
  });
};

describe('a permit', () => {
  it('is given exactly when the holder agreed, the network knows the account, what must be proved is, nothing stopped it, gates are open and a contest is on', () => {
    const seen = { given: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 16 }), (steps) => {
        for (const { given, allowed, isSame } of play(steps)) {
          expect(given).toBe(allowed);
          expect(isSame).toBe(true);
          seen[given ? 'given' : 'refused'] += 1;
        }
      }),
      { numRuns: 10_000 },
    );
    // Both kinds were really met.
    expect(Math.min(seen.given, seen.refused)).toBeGreaterThan(1_000);
  });
});
