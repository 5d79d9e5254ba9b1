import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endFindings } from '../../../functions/keep-time/end-findings.js';
import { lastingFindings } from '../../../shared/adapters/lasting-findings.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { memoryFindingStore } from '../../../shared/adapters/memory-finding-store.js';
import { memoryRecordStore } from '../../../shared/adapters/memory-record-store.js';
import { fileIn, filesOf } from '../../../shared/domain/files.js';
import { AccountId, FindingId, PersonId } from '../../../shared/domain/ids.js';
import { type Finding, FindingState } from '../../../shared/domain/review/finding.js';
import { endOf } from '../../../shared/domain/review/retention.js';
import { minus, plus, type Duration } from '../../../shared/domain/time.js';
import { UNFILTERED, type FindingQuery } from '../../../shared/ports.js';
import { inBetween } from '../../fixtures/in-between.js';
import { mortal } from '../../fixtures/mortal.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld } from '../../fixtures/world.js';

const idOf = (name: string) => FindingId.parse(opaqueId(name));
const inState = (state: FindingState, overrides: Partial<Finding> = {}): Finding =>
  aFindingIn(state, { id: idOf(state), ...overrides });
const everyState = FindingState.options.map((state) => inState(state));
const everything: FindingQuery = { ...UNFILTERED, limit: 100, cursor: null };
const rules = anAgency().gates.retention;
const DAYS = new Map<FindingState, number>([
  ['dismissed', 14],
  ['withdrawn', 30],
  ['referred', 365],
  ['confirmed', 365],
]);

const anOffice = async (findings: readonly Finding[], given: Parameters<typeof aWorld>[0] = {}) => {
  const world = await aWorld({ ...given, findings });
  return { ...world, record: memoryRecordStore(), files: memoryFileStore(world.now) };
};
type Office = Awaited<ReturnType<typeof anOffice>>;

const left = async ({ findings }: Pick<Office, 'findings'>): Promise<string[]> =>
  (await findings.list(everything)).items.map(({ state }) => state).sort();

describe('the end of a finding', () => {
  it.each([
    ['dismissed', 14],
    ['withdrawn', 30],
    ['referred', 365],
    ['confirmed', 365],
  ] as const)('%s comes after %i days', (state, days) => {
    expect(endOf(inState(state), rules)).toBe(plus(NOW, { days }));
  });

  it.each(['indicated', 'clarifying', 'deciding', 'objected'] as const)(
    '%s never comes by itself',
    (state) => {
      expect(endOf(inState(state), rules)).toBeNull();
    },
  );

  it.each(FindingState.options)(
    'in %s comes 29 days after the capture by YouTube’s terms at the latest',
    (state) => {
      const finding = inState(state, { network: 'youtube' });
      const byRules = DAYS.get(state) ?? 365;
      expect(endOf(finding, rules)).toBe(plus(NOW, { days: Math.min(byRules, 29) }));
      expect(endOf({ ...finding, submitted: true }, rules)).toBe(endOf(inState(state), rules));
    },
  );

  it('of a referral waits for the agency’s schedule, of a dismissal for no more than a fortnight', () => {
    expect(endOf(inState('referred'), null)).toBeNull();
    expect(endOf(inState('dismissed'), null)).toBe(plus(NOW, { days: 14 }));
  });

  it('is put off by a legal hold, and never brought forward', () => {
    const held = (days: number) => ({
      by: PersonId.parse(opaqueId('officer')),
      since: NOW,
      until: plus(NOW, { days }),
    });
    expect(endOf(inState('dismissed', { legalHold: held(60) }), rules)).toBe(plus(NOW, { days: 60 }));
    expect(endOf(inState('dismissed', { legalHold: held(3) }), rules)).toBe(plus(NOW, { days: 14 }));
    expect(endOf(inState('clarifying', { legalHold: held(3) }), rules)).toBeNull();
  });
});

describe('the job that ends findings', () => {
  it('deletes what is over, with its files, and leaves a receipt with the history and no content', async () => {
    const office = await anOffice(everyState);
    const file = fileIn(filesOf({ finding: idOf('dismissed') }), 'capture.png');
    await office.files.put(file, { bytes: new Uint8Array([1]), type: 'image/png' });
    office.pass({ days: 14, minutes: 4 });
    expect(await endFindings(office)()).toEqual({});
    office.pass({ minutes: 1 });
    expect(await endFindings(office)()).toEqual({ ended: 1 });
    expect(await left(office)).toEqual(
      FindingState.options.filter((state) => state !== 'dismissed').toSorted(),
    );
    expect(await office.files.read(file)).toBeNull();
    const dismissed = inState('dismissed');
    expect(office.record.entries).toEqual([
      {
        kind: 'finding-ended',
        at: office.now(),
        rule: 'retention',
        finding: dismissed.id,
        state: 'dismissed',
        network: 'feed',
        contest: 'pilbup-sukamaju',
        stage: 'campaign',
        provisions: ['DIS-2'],
        history: dismissed.history,
      },
    ]);
    expect(JSON.stringify(office.record.entries)).not.toContain(dismissed.parts[0]?.text);
    expect(JSON.stringify(office.record.entries)).not.toContain('Alasan');
    expect(await endFindings(office)()).toEqual({});
  });

  it('run late does the same as run often', async () => {
    const often = await anOffice(everyState);
    for (let day = 0; day < 400; day += 10) {
      often.pass({ days: 10 });
      await endFindings(often)();
    }
    const late = await anOffice(everyState);
    late.pass({ days: 400 });
    await endFindings(late)();
    expect(await left(late)).toEqual(await left(often));
    expect(await left(late)).toEqual(['clarifying', 'deciding', 'indicated', 'objected']);
    const told = ({ record }: Office) =>
      record.entries
        .map((entry) => ({ ...entry, at: null }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    expect(told(late)).toEqual(told(often));
  });

  it('deletes what YouTube lent in every state, within 30 days of its capture, and hides it until then', async () => {
    const lent = everyState.map((finding) => ({ ...finding, network: 'youtube' as const }));
    const office = await anOffice(lent);
    office.pass({ days: 29, minutes: -1 });
    await endFindings(office)();
    expect(await left(office)).toHaveLength(FindingState.options.length - 1);
    office.pass({ minutes: 1 });
    const read = lastingFindings(office.findings, office);
    expect(await left({ findings: { ...office.findings, ...read } })).toEqual([]);
    expect(await read.inState('deciding', 10)).toEqual([]);
    office.pass({ minutes: 5 });
    await endFindings(office)();
    expect(await left(office)).toEqual([]);
    const rulesOf = office.record.entries.map((entry) => ('rule' in entry ? entry.rule : entry.kind));
    expect(rulesOf.toSorted()).toEqual([...lent.slice(1).map(() => 'network-terms'), 'retention'].toSorted());
  });

  it('follows the rules as they are now', async () => {
    const office = await anOffice([inState('dismissed')]);
    const agency = await office.agency.read();
    if (agency === null || rules === null) throw new Error('There is an agency with rules');
    const gates = { ...agency.gates, retention: { ...rules, dismissedDays: 2 } };
    await office.agency.save({ ...agency, gates, revision: 1 });
    office.pass({ days: 2, minutes: 5 });
    expect(await endFindings(office)()).toEqual({ ended: 1 });
  });

  it('leaves what is held until the hold is over', async () => {
    const by = PersonId.parse(opaqueId('officer'));
    const legalHold = { by, since: NOW, until: plus(NOW, { days: 60 }) };
    const office = await anOffice([inState('dismissed', { legalHold })]);
    office.pass({ days: 59 });
    expect(await endFindings(office)()).toEqual({ held: 1 });
    office.pass({ days: 1, minutes: 5 });
    expect(await endFindings(office)()).toEqual({ ended: 1 });
  });

  it('deletes what was found only after its registration had lapsed, or of an account that is gone', async () => {
    const lapses = [{ from: minus(NOW, { minutes: 1 }), to: null }];
    const withdrawn = anAccount({ state: 'withdrawn', epoch: 2, lapses });
    const before = minus(NOW, { days: 1 });
    const office = await anOffice(
      [
        inState('indicated', { id: idOf('void') }),
        inState('indicated', { id: idOf('in time'), foundAt: before }),
        inState('indicated', {
          id: idOf('orphan'),
          account: AccountId.parse(opaqueId('gone')),
        }),
      ],
      { accounts: [withdrawn] },
    );
    expect(await endFindings(office)()).toEqual({});
    office.pass({ minutes: 5 });
    expect(await endFindings(office)()).toEqual({ void: 2 });
    expect((await office.findings.list(everything)).items.map(({ id }) => id)).toEqual([idOf('in time')]);
    expect(office.record.entries).toMatchObject([{ rule: 'void' }, { rule: 'void' }]);
  });

  it('comes to the same end wherever it is killed', async () => {
    const whole = async (): Promise<Office> => {
      const office = await anOffice([inState('dismissed'), inState('withdrawn')]);
      const file = fileIn(filesOf({ finding: idOf('dismissed') }), 'capture.png');
      await office.files.put(file, { bytes: new Uint8Array([1]), type: 'image/png' });
      office.pass({ days: 31 });
      return office;
    };
    const end = async (office: Office) => ({
      left: await left(office),
      files: await office.files.list(filesOf({ finding: idOf('dismissed') })),
      record: office.record.entries.map((entry) => ({ ...entry, at: null })),
    });
    const unharmed = await whole();
    await endFindings(unharmed)();
    const expected = await end(unharmed);
    expect(expected.record).toHaveLength(2);

    const places: string[] = [];
    for (const moment of ['before', 'after'] as const)
      for (let dies = 0; ; dies += 1) {
        const office = await whole();
        const process = mortal(dies, moment);
        const stores = {
          agency: process.through('agency', office.agency),
          accounts: process.through('accounts', office.accounts),
          findings: process.through('findings', office.findings),
          files: process.through('files', office.files),
          record: process.through('record', office.record),
        };
        await endFindings({ ...office, ...stores })().catch(() => null);
        if (process.last() === null) break;
        places.push(`${moment} ${process.last() ?? ''}`);
        office.pass({ minutes: 15 });
        await endFindings(office)();
        expect(await end(office)).toEqual(expected);
      }
    expect(places).toContain('after record.appendOnce');
    expect(places).toContain('after files.erase');
    expect(places.length).toBeGreaterThan(20);
  });

  it('keeps a finding whole on which a legal hold is set by rules that were just lengthened, or refuses the hold', async () => {
    const ends: string[] = [];
    for (let moment = 0; ; moment += 1) {
      const id = idOf('dismissed');
      const office = await anOffice([inState('dismissed')]);
      const file = fileIn(filesOf({ finding: id }), 'capture.png');
      await office.files.put(file, { bytes: new Uint8Array([1]), type: 'image/png' });
      office.pass({ days: 14, minutes: 5 });
      const by = PersonId.parse(opaqueId('officer'));
      const legalHold = { by, since: office.now(), until: plus(office.now(), { days: 60 }) };
      const holds: string[] = [];
      // Whoever reads the new rules sees the finding again.
      const { through, isPast } = inBetween(moment, async () => {
        const seen = await office.findings.byId(id);
        if (seen !== null)
          holds.push(await office.findings.save({ ...seen, legalHold, revision: seen.revision + 1 }));
      });
      await endFindings({
        ...office,
        findings: through(office.findings),
        files: through(office.files),
        record: through(office.record),
      })();
      const [hold = 'gone'] = holds;
      const found = await office.findings.byId(id);
      const isWhole = (await office.files.read(file)) !== null;
      expect([hold, found?.legalHold ?? null, isWhole, office.record.entries.length]).toEqual(
        hold === 'saved' ? [hold, legalHold, true, 0] : [hold, null, false, 1],
      );
      ends.push(hold);
      if (isPast()) break;
    }
    expect(new Set(ends)).toEqual(new Set(['saved', 'stale', 'gone']));
  });

  it('deletes nothing of what changed at the same moment', async () => {
    const office = await anOffice([inState('dismissed')]);
    office.pass({ days: 15 });
    const findings = { ...office.findings, remove: () => Promise.resolve('stale' as const) };
    expect(await endFindings({ ...office, findings })()).toEqual({ stale: 1 });
  });
});

describe('a reader', () => {
  it('sees nothing that has ended, however late it is deleted', async () => {
    const day = fc.integer({ min: 0, max: 400 });
    await fc.assert(
      fc.asyncProperty(day, fc.integer({ min: 0, max: 14 }), async (days, lag) => {
        const rows = memoryFindingStore();
        for (const finding of everyState) await rows.create(finding);
        const at = plus(NOW, { days: days + lag });
        const findings = lastingFindings(rows, {
          agency: { read: () => Promise.resolve(anAgency()) },
          now: () => at,
        });
        const visible = new Set<FindingState>(
          FindingState.options.filter((state) => {
            const kept = DAYS.get(state);
            return kept === undefined || days + lag < kept;
          }),
        );
        const states = (found: readonly Finding[]) => new Set(found.map(({ state }) => state));
        expect(states((await findings.list(everything)).items)).toEqual(visible);
        expect(states((await findings.list({ ...everything, limit: 1 })).items).size).toBe(1);
        expect(states(await findings.ofAccount(anAccount().id))).toEqual(visible);
        for (const { id, state } of everyState)
          expect((await findings.byId(id)) !== null).toBe(visible.has(state));
        const { holder, supervisor } = {
          holder: await findings.untold('holder', 2),
          supervisor: await findings.untold('supervisor', 2),
        };
        for (const { state } of [...holder, ...supervisor]) expect(visible).toContain(state);
        const concluded = await findings.concludedBy('dismissed', at, 10);
        expect(concluded.length).toBe(visible.has('dismissed') ? 1 : 0);
      }),
      { numRuns: 40 },
    );
  });

  it('pages over what has ended to a full page of what has not', async () => {
    const rows = memoryFindingStore();
    const aged = (days: number): Duration => ({ days });
    for (let index = 0; index < 9; index += 1) {
      const since = minus(NOW, aged(index % 3 === 0 ? 1 : 20));
      await rows.create(
        inState('dismissed', { id: idOf(`old ${index}`), foundAt: minus(NOW, { minutes: index }) }),
      );
      const row = await rows.byId(idOf(`old ${index}`));
      if (row !== null) await rows.save({ ...row, stateSince: since, revision: row.revision + 1 });
    }
    const findings = lastingFindings(rows, {
      agency: { read: () => Promise.resolve(anAgency()) },
      now: () => NOW,
    });
    const page = await findings.list({ ...everything, limit: 2 });
    expect(page.items.map(({ id }) => id)).toEqual([idOf('old 0'), idOf('old 3')]);
    const rest = await findings.list({ ...everything, limit: 2, cursor: page.next });
    expect(rest.items.map(({ id }) => id)).toEqual([idOf('old 6')]);
  });
});
