import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { jobActs, personActs, type Party } from '../../../shared/domain/review/transition.js';
import { viewOf } from '../../../shared/domain/review/views.js';
import { Instant, type TimeZone } from '../../../shared/domain/time.js';
import {
  ACTS,
  aFindingIn,
  anAnalyst,
  around,
  moved,
  theHolder,
  theSupervisor,
} from '../../fixtures/review.js';

/**
 * Told on Wednesday the 23rd of December, three working days: joint leave on the 24th, Christmas on the 25th and a weekend
 * lie between, so the window ends with the 30th, wherever the people are.
 */
const toldIn = (timeZone: TimeZone): Finding =>
  moved(
    jobActs(
      aFindingIn('clarifying'),
      { kind: 'notify', job: 'note-deliveries' },
      { ...around(), at: Instant.parse('2026-12-23T05:00:00.000Z'), timeZone },
    ),
  );
const answered = (finding: Finding, at: string): Finding =>
  moved(personActs(finding, ACTS.answer, theHolder, { ...around(), at: Instant.parse(at) }));
const closed = (finding: Finding, at: string): Finding =>
  moved(
    jobActs(
      finding,
      { kind: 'close-window', job: 'keep-time' },
      { ...around(), at: Instant.parse(at), timeZone: 'Asia/Jakarta' },
    ),
  );

/** Whether each answer is late, as a reader is shown it. */
const lateness = (finding: Finding, party: Party): boolean[] => {
  const view = viewOf({
    finding,
    party,
    holder: { name: 'Sari Lestari', unit: 'Dinas Pendidikan', roles: [] },
    timeZone: 'Asia/Jakarta',
    at: Instant.parse('2027-01-15T05:00:00.000Z'),
    contestants: [],
  });
  if (view === null || view.view === 'blind') throw new Error('There is nothing to see');
  expect(view.history.filter(({ act, late }) => late && act !== 'answer')).toEqual([]);
  return view.history.filter(({ act }) => act === 'answer').map(({ late }) => late);
};

describe('an answer', () => {
  it.each([
    ['Asia/Jakarta', '2026-12-30T16:59:59.999Z', false],
    ['Asia/Jakarta', '2026-12-30T17:00:00.000Z', true],
    ['Asia/Makassar', '2026-12-30T15:59:59.999Z', false],
    ['Asia/Makassar', '2026-12-30T16:00:00.000Z', true],
    // The same moment is in time in Jakarta.
    ['Asia/Jayapura', '2026-12-30T16:30:00.000Z', true],
    ['Asia/Jakarta', '2026-12-30T16:30:00.000Z', false],
    ['Asia/Jayapura', '2026-12-30T14:59:59.999Z', false],
  ] as const)('where the people are in %s, at %s, is late: %s', (zone, at, late) => {
    expect(lateness(answered(toldIn(zone), at), theHolder)).toEqual([late]);
  });

  it('after the window was closed is attached and late, for the holder, who decides and the superior', () => {
    const ended = closed(toldIn('Asia/Jakarta'), '2026-12-30T17:05:00.000Z');
    const said = answered(ended, '2027-01-04T02:00:00.000Z');
    expect(said.state).toBe('deciding');
    expect(lateness(said, theHolder)).toEqual([true]);
    expect(lateness(said, anAnalyst('second'))).toEqual([true]);
    const referred = moved(personActs(said, ACTS.refer, anAnalyst('second'), around()));
    expect(lateness(referred, theSupervisor)).toEqual([true]);
  });

  it('that adds to one in time is late by itself', () => {
    const once = answered(toldIn('Asia/Jakarta'), '2026-12-28T05:00:00.000Z');
    expect(lateness(answered(once, '2026-12-31T05:00:00.000Z'), theHolder)).toEqual([false, true]);
  });

  it('before the window began, as the mail came back, is never late', () => {
    expect(lateness(answered(aFindingIn('clarifying'), '2027-03-01T05:00:00.000Z'), theHolder)).toEqual([
      false,
    ]);
  });
});
