import { describe, expect, it } from 'vitest';
import { closeWindows } from '../../../functions/keep-time/close-windows.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { jobActs, personActs } from '../../../shared/domain/review/transition.js';
import { opaqueId } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, around, moved, theHolder } from '../../fixtures/review.js';
import { aWorld } from '../../fixtures/world.js';

const notify = { kind: 'notify', job: 'note-deliveries' } as const;
const asked = moved(jobActs(aFindingIn('clarifying'), notify, around()));
const other = Finding.parse({ ...asked, id: opaqueId('other') });

describe('a window to answer', () => {
  it('is closed once its end has come, and not before', async () => {
    const world = await aWorld({ findings: [asked] });
    world.pass({ days: 3, hours: 11 });
    expect(await closeWindows(world)()).toEqual({});
    world.pass({ hours: 1 });
    expect(await closeWindows(world)()).toEqual({ closed: 1 });
    expect(await world.findings.byId(asked.id)).toMatchObject({
      state: 'deciding',
      revision: asked.revision + 1,
    });
    expect(await closeWindows(world)()).toEqual({});
  });

  it('is closed once by two runs side by side', async () => {
    const world = await aWorld({ findings: [asked] });
    world.pass({ days: 4 });
    const ends = await Promise.all([closeWindows(world)(), closeWindows(world)()]);
    expect(ends).toEqual([{ closed: 1 }, { stale: 1 }]);
    const history = (await world.findings.byId(asked.id))?.history ?? [];
    expect(history.filter(({ act }) => act === 'close-window')).toHaveLength(1);
  });

  it('leaves an answer that came at the same moment alone', async () => {
    const answered = moved(personActs(asked, ACTS.answer, theHolder, around()));
    const world = await aWorld({ findings: [answered] });
    world.pass({ days: 4 });
    const windowEndedBy = () => Promise.resolve([asked]);
    expect(await closeWindows({ ...world, findings: { ...world.findings, windowEndedBy } })()).toEqual({
      'moved-on': 1,
    });
    expect(await world.findings.byId(asked.id)).toEqual(answered);
  });

  it('that never began does not end', async () => {
    const world = await aWorld({ findings: [aFindingIn('clarifying')] });
    world.pass({ days: 100 });
    expect(await closeWindows(world)()).toEqual({});
  });

  it('is closed though another one fails, and then the run fails', async () => {
    const world = await aWorld({ findings: [asked, other] });
    world.pass({ days: 4 });
    const save = (finding: Finding) =>
      finding.id === asked.id ? Promise.reject(new TypeError('broken')) : world.findings.save(finding);
    await expect(closeWindows({ ...world, findings: { ...world.findings, save } })()).rejects.toThrow(
      'windows-closed: 1 failed (TypeError)',
    );
    expect((await world.findings.byId(other.id))?.state).toBe('deciding');
    expect(world.reports).toEqual([{ event: 'windows-closed', facts: { failed: 1, closed: 1 } }]);
  });
});
