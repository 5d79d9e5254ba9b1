import { describe, expect, it } from 'vitest';
import {
  answerRequest,
  dueAt,
  isLate,
  requestEndsAt,
} from '../../../shared/domain/requests/holder-request.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { Instant, plus } from '../../../shared/domain/time.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';
import { ANSWER, aRequest } from '../../fixtures/requests.js';

describe('the time of a request', () => {
  it('is three times 24 hours from its receipt, over a weekend and a holiday too', () => {
    // A Friday afternoon in Jayapura, before Christmas.
    const receivedAt = Instant.parse('2026-12-25T07:30:00.000Z');
    expect(dueAt({ receivedAt })).toBe('2026-12-28T07:30:00.000Z');
  });

  it('is over the moment after, and stays kept or missed once there is an answer', () => {
    const request = aRequest();
    const due = dueAt(request);
    expect(isLate(request, due)).toBe(false);
    expect(isLate(request, plus(due, { seconds: 1 }))).toBe(true);
    const inTime = { ...request, answer: { ...ANSWER, at: due } };
    expect(isLate(inTime, plus(due, { days: 9 }))).toBe(false);
    const late = { ...request, answer: { ...ANSWER, at: plus(due, { seconds: 1 }) } };
    expect(isLate(late, plus(due, { days: 9 }))).toBe(true);
  });
});

describe('a request', () => {
  it('has a number that people can say, and no place for an employee number', () => {
    expect(aRequest().number).toMatch(/^PDP-20261123-[0-9A-F]{6}$/);
  });

  it('is answered once, and by somebody else', () => {
    const request = aRequest();
    const answered = answerRequest(request, ANSWER);
    expect(answered).toMatchObject({ kind: 'answered', request: { answer: ANSWER, revision: 1 } });
    if (answered.kind === 'refused') throw new Error('It was answered');
    expect(answerRequest(answered.request, ANSWER)).toEqual({ kind: 'refused', reason: 'answered-before' });
    const own = { ...ANSWER, by: PersonId.parse(opaqueId('person')) };
    expect(answerRequest(request, own)).toEqual({ kind: 'refused', reason: 'own-request' });
  });

  it('ends a year after its answer, and not before there is one', () => {
    expect(requestEndsAt(aRequest())).toBeNull();
    expect(requestEndsAt(aRequest({ answer: ANSWER }))).toBe(plus(NOW, { days: 365 }));
  });
});
