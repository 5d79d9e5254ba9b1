import { describe, expect, it } from 'vitest';
import { endRequests } from '../../../functions/keep-time/end-requests.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { memoryRequestStore } from '../../../shared/adapters/memory-request-store.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';
import { ANSWER, aRequest } from '../../fixtures/requests.js';

const anOffice = async () => {
  const [answered, open] = [aRequest({ answer: ANSWER }), aRequest({}, { hours: 1 })];
  const office = { requests: memoryRequestStore(), record: memoryRecordStore() };
  for (const request of [answered, open]) await office.requests.save(request);
  const run = (after: Duration) =>
    endRequests({ ...office, now: () => plus(NOW, after), report: () => undefined })();
  return { ...office, answered, open, run };
};

describe('the job that ends requests', () => {
  it('deletes one a year after its answer, with a receipt that quotes nothing, and none without an answer', async () => {
    const { requests, record, answered, open, run } = await anOffice();
    expect(await run({ days: 364, hours: 23 })).toEqual({});
    expect(await run({ days: 365 })).toEqual({ ended: 1 });
    expect(await run({ days: 999 })).toEqual({});
    expect(await requests.byId(answered.id)).toBeNull();
    expect(await requests.byId(open.id)).toEqual(open);
    expect(record.entries).toEqual([
      { kind: 'ended', at: plus(NOW, { days: 365 }), rule: 'retention', what: 'request', name: answered.id },
    ]);
  });

  it('leaves one receipt when the run before died between receipt and deletion', async () => {
    const { requests, record, answered, run } = await anOffice();
    const dying = endRequests({
      requests: { ...requests, remove: () => Promise.reject(new Error('throttled')) },
      record,
      now: () => plus(NOW, { days: 365 }),
      report: () => undefined,
    });
    await expect(dying()).rejects.toThrow('1 failed');
    expect(await requests.byId(answered.id)).not.toBeNull();
    expect(await run({ days: 366 })).toEqual({ ended: 1 });
    expect(record.entries).toHaveLength(1);
  });
});
