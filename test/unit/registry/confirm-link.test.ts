import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmToken, readConfirmToken } from '../../../shared/domain/registry/confirm-link.js';
import { keyedHash } from '../../../shared/domain/ids.js';
import { minus, plus } from '../../../shared/domain/time.js';
import { NOW, anAccount } from '../../fixtures/registry.js';

const KEY = 'the key of one agency';
const confirmable = { account: anAccount().id, epoch: 2, noticeVersion: 'versi 1 – revisi' };
const token = confirmToken(KEY, confirmable, NOW);
const end = plus(NOW, { days: 14 });

describe('the token of an invitation', () => {
  it('says what it was made for', () => {
    expect(readConfirmToken(KEY, token, NOW)).toEqual({ kind: 'valid', ...confirmable });
  });

  it('is good for 14 days', () => {
    expect(readConfirmToken(KEY, token, minus(end, { seconds: 1 })).kind).toBe('valid');
    expect(readConfirmToken(KEY, token, end)).toEqual({ kind: 'expired' });
  });

  it('is good with the key it was made with', () => {
    expect(readConfirmToken('the key of another', token, NOW)).toEqual({ kind: 'forged' });
  });

  it('can stand in an address as it is', () => {
    expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('does not survive a change of any character, nor one more or less', () => {
    const letters = ['A', 'Z', 'a', '9', '-', '_', '.'];
    for (let index = 0; index < token.length; index += 1)
      for (const letter of letters) {
        const changed = token.slice(0, index) + letter + token.slice(index + 1);
        if (changed !== token) expect(readConfirmToken(KEY, changed, NOW)).toEqual({ kind: 'forged' });
      }
    for (const other of [
      `${token}A`,
      `${token}=`,
      `${token}.`,
      ` ${token}`,
      token.slice(0, -1),
      token.slice(1),
    ])
      expect(readConfirmToken(KEY, other, NOW)).toEqual({ kind: 'forged' });
  });

  it('is not made by another use of the same key', () => {
    const payload = token.split('.')[0]!;
    const other = Buffer.from(keyedHash(KEY, payload), 'hex').toString('base64url');
    expect(readConfirmToken(KEY, `${payload}.${other}`, NOW)).toEqual({ kind: 'forged' });
  });

  it('refuses whatever else comes, without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        expect(readConfirmToken(KEY, text, NOW)).toEqual({ kind: 'forged' });
      }),
      { numRuns: 300 },
    );
  });
});
