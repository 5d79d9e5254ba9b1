import { describe, expect, it } from 'vitest';
import { FindingId } from '../../../shared/domain/ids.js';
import type { DismissReason } from '../../../shared/domain/review/acts.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { rulesHealth, wholeSince } from '../../../shared/domain/review/rule-health.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { minus, plus } from '../../../shared/domain/time.js';
import { anIndication } from '../../fixtures/finding.js';
import { NOW, anAgency, opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, anAnalyst, around, moved } from '../../fixtures/review.js';

let made = 0;
const unique = (rules: readonly string[]): Partial<Finding> => {
  made += 1;
  return {
    id: FindingId.parse(opaqueId(`finding ${made}`)),
    indication: anIndication({ rules: [...rules] }),
  };
};
const times = (count: number, make: () => Finding): Finding[] => Array.from({ length: count }, make);
const dismissed = (rules: readonly string[], reason: DismissReason = 'not-electoral'): Finding =>
  moved(
    personActs(
      aFindingIn('indicated', unique(rules)),
      { ...ACTS.dismiss, reason },
      anAnalyst('first'),
      around(),
    ),
  );
const referred = (rules: readonly string[]): Finding => aFindingIn('referred', unique(rules));
const since = minus(NOW, { days: 14 });

describe('the health of rules', () => {
  it('counts what people concluded, for each rule that had a part', () => {
    const health = rulesHealth(
      [
        ...times(3, () => dismissed(['praising', 'name'])),
        ...times(2, () => referred(['vote-call', 'name'])),
      ],
      since,
    );
    expect(health.map(({ rule, dismissed: no, referred: yes }) => [rule, no, yes])).toEqual([
      ['praising', 3, 0],
      ['name', 3, 2],
      ['vote-call', 0, 2],
    ]);
    expect(health[1]?.dismissedShare).toMatchObject({ value: 0.6, n: 5 });
  });

  it.each([
    [9, 0, false],
    [10, 0, true],
    [8, 2, false],
    [9, 1, true],
    [20, 10, false],
    [40, 10, true],
  ])('with %i dismissed and %i referred says ailing: %s', (no, yes, ailing) => {
    const findings = [
      ...times(no, () => dismissed(['praising'])),
      ...times(yes, () => referred(['praising'])),
    ];
    expect(rulesHealth(findings, since)[0]?.ailing).toBe(ailing);
  });

  it('takes the last conclusion: a confirmed referral stays one, a withdrawn one is a dismissal', () => {
    const objected = aFindingIn('objected', unique(['b']));
    const withdrawal = { ...ACTS.withdraw, reason: 'not-electoral' } as const;
    const withdrawn = moved(personActs(objected, withdrawal, anAnalyst('third'), around()));
    expect(rulesHealth([aFindingIn('confirmed', unique(['a'])), withdrawn], since)).toMatchObject([
      { rule: 'b', dismissed: 1, referred: 0 },
      { rule: 'a', dismissed: 0, referred: 1 },
    ]);
  });

  it('does not hold against a rule what was not the holder’s own act', () => {
    const findings = [dismissed(['a'], 'not-own-act'), dismissed(['a'], 'accidental'), dismissed(['a'])];
    expect(rulesHealth(findings, since)).toMatchObject([{ rule: 'a', dismissed: 1 }]);
  });

  it('leaves out what nobody has concluded, and what was concluded before the time', () => {
    const open = [aFindingIn('indicated', unique(['a'])), aFindingIn('deciding', unique(['a']))];
    expect(rulesHealth([...open, dismissed(['a'])], plus(NOW, { seconds: 1 }))).toEqual([]);
    expect(rulesHealth(open, since)).toEqual([]);
  });

  it('goes back no further than the shortest time that a concluded finding is kept', () => {
    const { retention } = anAgency().gates;
    expect(wholeSince(retention, NOW)).toBe(minus(NOW, { days: 14 }));
    expect(wholeSince({ ...retention!, withdrawnDays: 3 }, NOW)).toBe(minus(NOW, { days: 3 }));
    expect(wholeSince(null, NOW)).toBe(minus(NOW, { days: 14 }));
  });

  it('holds no text, no account and no finding', () => {
    const finding = dismissed(['praising']);
    const told = JSON.stringify(rulesHealth([finding], since));
    for (const secret of [finding.id, finding.account, finding.post, finding.parts[0]!.text])
      expect(told).not.toContain(secret);
  });
});
