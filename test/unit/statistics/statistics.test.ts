import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../../shared/domain/statistics/chi-square.js';
import {
  countsOfAct,
  Month,
  rowsOf,
  type CountRow,
  type Events,
} from '../../../shared/domain/statistics/counts.js';
import { evenHandedness } from '../../../shared/domain/statistics/even-handedness.js';
import { statisticsOf } from '../../../shared/domain/statistics/statistics.js';
import { suppressed } from '../../../shared/domain/statistics/suppress.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { aFinding } from '../../fixtures/finding.js';
import { ACTS, aFindingIn, anAnalyst, around, moved } from '../../fixtures/review.js';

const period = { from: Month.parse('2026-01'), to: Month.parse('2026-12') };
const unit = (value: string, events: Events): CountRow => ({ dimension: 'unit', value, events });
const side = (value: string, events: Events): CountRow => ({ dimension: 'side', value, events });

describe('the chance of a difference', () => {
  it.each([
    // The upper tail of chi-square at 3.841 (one degree of freedom) and 5.991 (two) is 0.05 by definition.
    [
      [
        { hits: 50, n: 100 },
        { hits: 50, n: 100 },
      ],
      1,
    ],
    [
      [
        { hits: 60, n: 100 },
        { hits: 40, n: 100 },
      ],
      0.004678,
    ],
    [
      [
        { hits: 10, n: 40 },
        { hits: 20, n: 40 },
        { hits: 15, n: 40 },
      ],
      0.069483,
    ],
  ])('of %j is %f', (groups, chance) => {
    expect(chanceOf(groups)).toBeCloseTo(chance, 5);
  });

  it('is not told from too few, or of one group', () => {
    expect(
      chanceOf([
        { hits: 3, n: 4 },
        { hits: 0, n: 4 },
      ]),
    ).toBeNull();
    expect(chanceOf([{ hits: 30, n: 60 }])).toBeNull();
    expect(chanceOf([])).toBeNull();
  });
});

describe('small groups', () => {
  it('are not named, and none can be worked out from the total', () => {
    const told = suppressed([
      unit('small', { clarify: 2, refer: 2 }),
      unit('next', { clarify: 9, dismiss: 9 }),
      unit('large', { clarify: 40, refer: 20, dismiss: 20 }),
    ]);
    expect(told.groups.map(({ group }) => group)).toEqual(['large']);
    expect(told.others).toEqual({ groups: 2, looked: 11 });
  });

  it('of outcomes are not said, nor the one beside them', () => {
    const told = suppressed([
      unit('one referral', { clarify: 20, refer: 1, dismiss: 19 }),
      unit('many', { clarify: 60, refer: 30, dismiss: 30 }),
      unit('more', { clarify: 80, refer: 40, dismiss: 40 }),
    ]);
    expect(told.groups).toEqual([
      { group: 'more', looked: 80, outcome: { dismissed: 40, referred: 40 } },
      { group: 'many', looked: 60, outcome: null },
      { group: 'one referral', looked: 20, outcome: null },
    ]);
  });

  it('hold whatever units there are', () => {
    const rows = fc.array(
      fc.record({ clarify: fc.nat(30), 'first-dismiss': fc.nat(30), refer: fc.nat(30) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const told = suppressed(all.map((events, index) => unit(`unit ${index}`, events)));
        for (const { looked, outcome } of told.groups) {
          expect(looked).toBeGreaterThanOrEqual(5);
          for (const part of [outcome?.dismissed ?? 0, outcome?.referred ?? 0])
            expect(part === 0 || part >= 5).toBe(true);
        }
        if (told.groups.length > 0) expect(told.others.groups).not.toBe(1);
        const unsaid = told.groups.filter(({ outcome }) => outcome === null).length + told.others.groups;
        expect(unsaid === 1 && told.groups.length > 1).toBe(false);
      }),
    );
  });
});

describe('the even-handedness report', () => {
  const saysOf = (rows: readonly CountRow[], of: string) =>
    evenHandedness(rows, period).comparisons.find((one) => one.of === of && one.by === 'side');

  it('says that a difference could be chance', () => {
    const rows = [
      side('pilbup/arga', { post: 400, indicate: 40, clarify: 40, refer: 20, dismiss: 20 }),
      side('pilbup/candra', { post: 420, indicate: 44, clarify: 44, refer: 21, dismiss: 23 }),
      side('several', { post: 100, indicate: 90 }),
    ];
    const referral = saysOf(rows, 'referral');
    expect(referral?.says.en).toContain('could be chance');
    expect(referral?.groups.map(({ group }) => group)).toEqual(['pilbup/arga', 'pilbup/candra']);
    expect(referral?.groups[0]?.share).toMatchObject({ value: 0.5, n: 40 });
  });

  it('says that a difference is more than chance, in both languages', () => {
    const rows = [
      side('pilbup/arga', { post: 1_000, indicate: 50 }),
      side('pilbup/candra', { post: 1_000, indicate: 150 }),
    ];
    const { says, chance } = saysOf(rows, 'indication')!;
    expect(chance).toBeLessThan(1e-10);
    expect(says.en).toContain('by more than chance');
    expect(says.id).toContain('lebih daripada yang biasa terjadi karena kebetulan');
  });

  it('says that there are too few', () => {
    expect(saysOf([side('a/b', { clarify: 1, refer: 1 })], 'referral')?.says.id).toContain('terlalu sedikit');
    expect(evenHandedness([], period).comparisons).toHaveLength(7);
  });
});

describe('counts of acts', () => {
  const around_ = { holder: { unit: 'Dinas Pendidikan', roles: [] }, side: 'none' };
  const after = (finding: ReturnType<typeof aFinding>, act: keyof typeof ACTS, who: string) =>
    moved(personActs(finding, ACTS[act], anAnalyst(who), around()));

  it('tell a first dismissal from a later one', () => {
    const event = (before: ReturnType<typeof aFinding>, who: string) =>
      countsOfAct(before, after(before, 'dismiss', who), around_)[0]?.event;
    expect(event(aFinding(), 'first')).toBe('first-dismiss');
    expect(event(aFindingIn('deciding'), 'second')).toBe('dismiss');
  });

  it('hold nothing of the finding, the account or a person', () => {
    const finding = aFinding();
    const text = JSON.stringify(countsOfAct(finding, after(finding, 'clarify', 'first'), around_));
    for (const hidden of [finding.id, finding.account, finding.uri, anAnalyst('first').person])
      expect(text).not.toContain(hidden);
  });

  it('are none of what decides nothing', () => {
    expect(countsOfAct(aFinding(), aFinding(), around_)).toEqual([]);
  });

  it('are told by language only where five or more were looked at, and then with another', () => {
    const spoken = (value: string, clarify: number): CountRow => ({
      dimension: 'language',
      value,
      events: { clarify },
    });
    const languages = (...rows: CountRow[]) => statisticsOf(rows, period).languages;
    expect(languages(spoken('id', 40), spoken('jv', 4))).toEqual({
      groups: [],
      others: { groups: 2, looked: 44 },
    });
    expect(languages(spoken('id', 40), spoken('jv', 4), spoken('su', 3))).toMatchObject({
      groups: [{ group: 'id', looked: 40 }],
      others: { groups: 2, looked: 7 },
    });
  });

  it('make statistics', () => {
    const finding = aFinding();
    const rows = rowsOf([
      { dimension: 'all', value: 'all', event: 'confirm' },
      { dimension: 'all', value: 'all', event: 'withdraw' },
      ...countsOfAct(finding, after(finding, 'clarify', 'first'), around_),
    ]);
    expect(statisticsOf(rows, period)).toMatchObject({
      events: { clarify: 1, confirm: 1, withdraw: 1 },
      provisions: [{ value: 'DIS-2', events: { clarify: 1 } }],
      days: [{ value: 'less than 1', events: { clarify: 1 } }],
      units: { groups: [], others: { groups: 1, looked: 1 } },
      languages: { groups: [], others: { groups: 1, looked: 1 } },
      overturned: { value: 0.5, n: 2 },
    });
  });
});
