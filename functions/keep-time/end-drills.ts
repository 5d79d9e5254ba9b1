import { areOver, lastingDrills, type Drills } from '../../shared/domain/review/golden.js';
import type { EndRule } from '../../shared/domain/record/entry.js';
import { startRun, type Tally } from '../../shared/job-run.js';
import type { Clock, GoldenStore, RecordStore, Report } from '../../shared/ports.js';

interface EndDrillDeps {
  readonly golden: Pick<GoldenStore, 'removeDrills'>;
  readonly record: Pick<RecordStore, 'appendOnce'>;
  readonly now: Clock;
}

/** Deletes what an analyst was shown of items with known answers, once there is a receipt. */
export const removeDrills =
  ({ golden, record, now }: EndDrillDeps) =>
  async ({ analyst, shown, revision }: Drills, rule: EndRule): Promise<'ended'> => {
    // What somebody is shown after an end counts its revisions anew.
    await record.appendOnce(`drills-ended#${analyst}#${revision}#${shown.at(-1)?.at ?? ''}`, {
      kind: 'ended',
      at: now(),
      rule,
      what: 'drills',
      name: analyst,
    });
    await golden.removeDrills(analyst);
    return 'ended';
  };

interface EndDrillsDeps extends EndDrillDeps {
  readonly golden: Pick<GoldenStore, 'everyDrills' | 'saveDrills' | 'removeDrills'>;
  readonly report: Report;
}

/** Shortens what each analyst was shown by what is over, and deletes it where nothing is left. */
export const endDrills = (deps: EndDrillsDeps) => async (): Promise<Tally> => {
  const { golden, now, report } = deps;
  const remove = removeDrills(deps);
  const run = startRun();
  for (const drills of await golden.everyDrills())
    await run.attempt(async () => {
      const left = lastingDrills(drills, now());
      if (areOver(left)) return remove(drills, 'retention');
      if (left.shown.length === drills.shown.length && left.current === drills.current) return null;
      return golden.saveDrills({ ...left, revision: drills.revision + 1 });
    });
  return run.end('drills-ended', report);
};
