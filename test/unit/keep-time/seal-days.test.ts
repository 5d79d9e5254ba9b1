import { describe, expect, it } from 'vitest';
import { sealDays } from '../../../functions/keep-time/seal-days.js';
import { PersonId } from '../../../shared/domain/ids.js';
import { sealHash } from '../../../shared/domain/record/seal.js';
import { Instant } from '../../../shared/domain/time.js';
import { anArchive, type Archive } from '../../fixtures/record.js';
import { mortal } from '../../fixtures/mortal.js';
import { opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';

const at = (text: string) => Instant.parse(text);
const person = PersonId.parse(opaqueId('first'));

const withLines = async (...moments: readonly string[]): Promise<Archive> => {
  const archive = anArchive();
  for (const moment of moments)
    await archive.record.append({ kind: 'act', at: at(moment), person, act: 'scan-requested' });
  return archive;
};

const sealsIn = async ({ seals }: Archive) =>
  Promise.all((await seals.days()).map(async (day) => (await seals.byDay(day))!));

describe('the job that seals days', () => {
  it('seals a day half an hour after it is over where the agency is, and not before', async () => {
    const archive = await withLines(
      '2026-11-23T05:00:00.000Z',
      '2026-11-23T16:59:59.999Z',
      '2026-11-23T17:00:00.000Z',
    );
    await archive.findings.create(aFindingIn('clarifying'));
    archive.moveTo(at('2026-11-23T17:29:59.999Z'));
    expect(await sealDays(archive)()).toEqual({});
    archive.moveTo(at('2026-11-23T17:30:00.000Z'));
    expect(await sealDays(archive)()).toEqual({ sealed: 1 });
    const [seal] = await sealsIn(archive);
    expect(seal).toMatchObject({
      day: '2026-11-23',
      from: null,
      to: '2026-11-23T17:00:00.000Z',
      lines: 2,
      heads: [{ entries: 2 }],
      previous: null,
    });
    expect(await sealDays(archive)()).toEqual({});
  });

  it('makes up for days that were missed, also quiet ones, each linked to the one before', async () => {
    const archive = await withLines('2026-11-20T05:00:00.000Z', '2026-11-22T20:00:00.000Z');
    archive.moveTo(at('2026-11-24T05:00:00.000Z'));
    expect(await sealDays(archive)()).toEqual({ sealed: 4 });
    const seals = await sealsIn(archive);
    expect(seals.map(({ day, lines }) => [day, lines])).toEqual([
      ['2026-11-20', 1],
      ['2026-11-21', 0],
      ['2026-11-22', 0],
      ['2026-11-23', 1],
    ]);
    for (const [index, seal] of seals.slice(1).entries()) {
      const before = seals[index]!;
      expect(seal.previous).toBe(sealHash(before));
      expect(seal.from).toBe(before.to);
    }
  });

  it('notes only the histories that have changed since the day began', async () => {
    const archive = await withLines('2026-11-23T05:00:00.000Z');
    await archive.findings.create(aFindingIn('clarifying'));
    archive.moveTo(at('2026-11-25T05:00:00.000Z'));
    await sealDays(archive)();
    expect((await sealsIn(archive)).map(({ heads }) => heads.length)).toEqual([1, 0]);
  });

  it('has nothing to seal before anything is on record', async () => {
    expect(await sealDays(await withLines())()).toEqual({});
  });

  it('makes the same seals wherever it is killed, and beside another run', async () => {
    const moments = ['2026-11-21T05:00:00.000Z', '2026-11-22T05:00:00.000Z'];
    const whole = async () => {
      const archive = await withLines(...moments);
      await archive.findings.create(aFindingIn('referred'));
      archive.moveTo(at('2026-11-23T05:00:00.000Z'));
      return archive;
    };
    const unharmed = await whole();
    await sealDays(unharmed)();
    const expected = await sealsIn(unharmed);
    expect(expected).toHaveLength(2);
    let places = 0;
    for (const moment of ['before', 'after'] as const)
      for (let dies = 0; ; dies += 1) {
        const archive = await whole();
        const process = mortal(dies, moment);
        const stores = {
          agency: process.through('agency', archive.agency),
          record: process.through('record', archive.record),
          findings: process.through('findings', archive.findings),
          seals: process.through('seals', archive.seals),
        };
        await sealDays({ ...archive, ...stores })().catch(() => null);
        if (process.last() === null) break;
        places += 1;
        await sealDays(archive)();
        expect(await sealsIn(archive)).toEqual(expected);
      }
    expect(places).toBeGreaterThan(10);
    const both = await whole();
    await Promise.all([sealDays(both)(), sealDays(both)()]);
    expect(await sealsIn(both)).toEqual(expected);
  });
});
