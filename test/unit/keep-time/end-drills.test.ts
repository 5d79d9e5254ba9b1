import { describe, expect, it } from 'vitest';
import { endDrills } from '../../../functions/keep-time/end-drills.js';
import { memoryGoldenStore } from '../../../shared/adapters/memory-golden-store.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { plus, type Duration } from '../../../shared/domain/time.js';
import { someDrills } from '../../fixtures/golden.js';
import { NOW } from '../../fixtures/registry.js';

const anOffice = async () => {
  const office = { golden: memoryGoldenStore(), record: memoryRecordStore() };
  await office.golden.saveDrills(someDrills());
  const run = (after: Duration) =>
    endDrills({ ...office, now: () => plus(NOW, after), report: () => undefined })();
  return { ...office, run };
};
const { analyst } = someDrills();

describe('the job that ends what analysts were shown', () => {
  it('takes an item back after 30 days without an answer, and still knows that it was shown', async () => {
    const { golden, run } = await anOffice();
    expect(await run({ days: 29, hours: 23 })).toEqual({});
    expect(await golden.drillsOf(analyst)).toEqual(someDrills());
    expect(await run({ days: 30 })).toEqual({ saved: 1 });
    expect(await golden.drillsOf(analyst)).toMatchObject({ current: null, shown: [{ answered: false }] });
    expect(await run({ days: 31 })).toEqual({});
  });

  it('deletes it whole after a year, with a receipt', async () => {
    const { golden, record, run } = await anOffice();
    expect(await run({ days: 365 })).toEqual({ ended: 1 });
    expect(await golden.everyDrills()).toEqual([]);
    expect(record.entries).toEqual([
      { kind: 'ended', at: plus(NOW, { days: 365 }), rule: 'retention', what: 'drills', name: analyst },
    ]);
    expect(await run({ days: 366 })).toEqual({});
  });

  it('leaves a second receipt when what came after an end is over too', async () => {
    const { golden, record, run } = await anOffice();
    await run({ days: 365 });
    await golden.saveDrills(someDrills(analyst, plus(NOW, { days: 366 })));
    expect(await run({ days: 366 + 365 })).toEqual({ ended: 1 });
    expect(record.entries).toHaveLength(2);
  });

  it('leaves one receipt when the run before died between receipt and deletion', async () => {
    const { golden, record, run } = await anOffice();
    const dying = endDrills({
      golden: { ...golden, removeDrills: () => Promise.reject(new Error('throttled')) },
      record,
      now: () => plus(NOW, { days: 365 }),
      report: () => undefined,
    });
    await expect(dying()).rejects.toThrow('1 failed');
    expect(await run({ days: 366 })).toEqual({ ended: 1 });
    expect(record.entries).toHaveLength(1);
  });
});
