import { describe, expect, it } from 'vitest';
import { clocksOf } from '../../../shared/domain/review/clocks.js';
import { jobActs, personActs } from '../../../shared/domain/review/transition.js';
import type { Duration } from '../../../shared/domain/time.js';
import { ACTS, aFindingIn, anAnalyst, around, moved } from '../../fixtures/review.js';

const ZONE = 'Asia/Jakarta';
const referredAfter = (later: Duration) =>
  moved(personActs(aFindingIn('deciding'), ACTS.refer, anAnalyst('second'), around(later)));

describe('the clocks of a finding', () => {
  it('do not run before the holder was told', () => {
    expect(clocksOf(aFindingIn('indicated'), ZONE)).toEqual([]);
    expect(clocksOf(aFindingIn('clarifying'), ZONE)).toEqual([]);
  });

  it('begin with the holder’s window', () => {
    const notify = { kind: 'notify', job: 'note-deliveries' } as const;
    const told = moved(jobActs(aFindingIn('clarifying'), notify, around()));
    expect(clocksOf(told, ZONE)).toEqual([
      {
        clock: 'reply',
        from: '2026-11-23T05:00:00.000Z',
        until: '2026-11-26T17:00:00.000Z',
        holidaysKnown: true,
      },
    ]);
  });

  it('show what would run if the referral were reported on its day: 7 days, then 3 working days', () => {
    const [, satgas, bawaslu] = clocksOf(aFindingIn('referred'), ZONE);
    expect(satgas).toEqual({
      clock: 'satgas',
      from: '2026-11-23T05:00:00.000Z',
      until: '2026-11-30T17:00:00.000Z',
      holidaysKnown: true,
    });
    // The 1st, the 2nd and the 3rd of December, to midnight.
    expect(bawaslu).toMatchObject({ from: satgas?.until, until: '2026-12-03T17:00:00.000Z' });
  });

  it('leave out joint leave, and say when they run into a year whose holidays are not on file', () => {
    // Referred on the 16th of December: verified by the 23rd; the 24th and the 25th are none, the 28th to 30th are.
    expect(clocksOf(referredAfter({ days: 23 }), ZONE)[2]).toMatchObject({
      until: '2026-12-30T17:00:00.000Z',
      holidaysKnown: true,
    });
    // A week later the days of January have to be counted, of which only the 1st is known.
    expect(clocksOf(referredAfter({ days: 30 }), ZONE)[2]).toMatchObject({
      until: '2027-01-05T17:00:00.000Z',
      holidaysKnown: false,
    });
  });

  it('end with a withdrawal, and go on with a confirmation', () => {
    const running = (state: Parameters<typeof aFindingIn>[0]) =>
      clocksOf(aFindingIn(state), ZONE).map(({ clock }) => clock);
    expect(running('confirmed')).toEqual(['reply', 'satgas', 'bawaslu']);
    expect(running('withdrawn')).toEqual(['reply']);
    expect(running('dismissed')).toEqual(['reply']);
  });
});
