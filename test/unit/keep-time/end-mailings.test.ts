import { describe, expect, it } from 'vitest';
import { endMailings } from '../../../functions/keep-time/end-mailings.js';
import { keepTime } from '../../../functions/keep-time/keep-time.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { opaqueId } from '../../fixtures/registry.js';
import { aWorld } from '../../fixtures/world.js';

const recipient = opaqueId('supervisor');

describe('the job that ends mailings', () => {
  it('deletes the note of a mail after a year, with a receipt that names nobody', async () => {
    const office = { ...(await aWorld()), record: memoryRecordStore() };
    const mailing = { kind: 'digest' as const, recipient, occasion: '2026-11-23', items: [] };
    await office.mailings.claim(mailing, office.now());
    office.pass({ days: 364 });
    expect(await endMailings(office)()).toEqual({});
    office.pass({ days: 1 });
    expect(await endMailings(office)()).toEqual({ ended: 1 });
    expect(await office.mailings.to(recipient)).toEqual([]);
    expect(office.record.entries).toMatchObject([{ kind: 'ended', what: 'mailing', rule: 'retention' }]);
    expect(JSON.stringify(office.record.entries)).not.toContain(recipient);
    expect(await endMailings(office)()).toEqual({});
  });
});

describe('a run of keep-time', () => {
  it('does every job though one fails, and fails at the end', async () => {
    const done: string[] = [];
    const job = (name: string) => () => {
      done.push(name);
      return Promise.resolve({ done: 1 });
    };
    const failing = () => Promise.reject(new Error('throttled'));
    await expect(keepTime({ first: job('first'), failing, last: job('last') })()).rejects.toThrow('1 jobs');
    expect(done).toEqual(['first', 'last']);
    expect(await keepTime({ first: job('first') })()).toEqual({ first: { done: 1 } });
  });
});
