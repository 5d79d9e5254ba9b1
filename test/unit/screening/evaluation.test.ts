import { describe, expect, it } from 'vitest';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { ContestId } from '../../../shared/domain/ids.js';
import { evaluate, EvaluationRow, expectedOf } from '../../../shared/domain/screening/evaluation.js';
import { LocalDate } from '../../../shared/domain/time.js';
import type { Screener } from '../../../shared/domain/screening/verdict.js';
import { share } from '../../../shared/domain/statistics/wilson.js';
import { samplePacks, sampleScreener } from './sample-packs.js';

const { contests } = samplePacks();
const ELECTION = 'Pemilihan Bupati dan Wakil Bupati Sukamaju 2029';
let made = 0;
const aRow = (text: string, row: Partial<EvaluationRow> = {}): EvaluationRow => {
  made += 1;
  return EvaluationRow.parse({ id: `row-${made}`, text, label: 'none', election: ELECTION, ...row });
};
const aCall = (text: string, row: Partial<EvaluationRow> = {}) =>
  aRow(text, { label: 'call', polarity: 'pro', ...row });
const measure = (...rows: EvaluationRow[]) => evaluate(rows, sampleScreener, contests);

describe('share', () => {
  it('has the interval of Wilson', () => {
    const { value, low, high, n } = share(8, 10);
    expect([value, low.toFixed(4), high.toFixed(4), n]).toEqual([0.8, '0.4902', '0.9433', 10]);
  });

  it.each([
    [0, 5, 0],
    [5, 5, 1],
  ])('stays within 0 and 1 for %i of %i', (hits, n, value) => {
    const { low, high } = share(hits, n);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
    expect(low <= value && value <= high).toBe(true);
  });

  it('knows nothing of nothing', () => {
    expect(share(0, 0)).toEqual({ value: null, low: 0, high: 1, n: 0 });
  });
});

describe('what is right for a row', () => {
  it.each([
    ['a call for somebody', { label: 'call', polarity: 'pro' }, 'call'],
    ['a call not to vote for somebody', { label: 'call', polarity: 'anti' }, 'call'],
    ['support', { label: 'support', polarity: 'pro' }, 'support'],
    ['opposition without a call', { label: 'support', polarity: 'anti' }, 'open'],
    ['an ambiguous row', { label: 'none', ambiguous: true }, 'open'],
    ['anything else', { label: 'none' }, 'none'],
  ] as const)('says so of %s', (_, row, expected) => {
    expect(expectedOf(aRow('…', row))).toBe(expected);
  });
});

describe('evaluate', () => {
  it('counts what is found, missed and alarmed in vain', () => {
    const figures = measure(
      aCall('Ayo coblos nomor 2'),
      aCall('Sampai jumpa hari Rabu'),
      aRow('Saya dukung Pak Arga', { label: 'support', polarity: 'pro' }),
      aRow('Ayo dukung Pak Eka'),
      aRow('Selamat pagi Sukamaju'),
    );
    expect(figures).toMatchObject({
      precision: { value: 2 / 3, n: 3 },
      recall: { call: { value: 0.5, n: 2 }, support: { value: 1, n: 1 } },
      falseAlarmRate: { value: 0.5, n: 2 },
    });
    expect(figures.errors.map(({ kind }) => kind)).toEqual(['false-alarm', 'missed-call']);
  });

  it('counts ambiguous rows and opposition in no figure', () => {
    const figures = measure(
      aCall('Ayo coblos nomor 2', { ambiguous: true }),
      aRow('Jangan sampai menang, coblos 02 saja', { label: 'support', polarity: 'anti' }),
    );
    expect(figures.precision.n).toBe(0);
    expect(figures.apart.open).toEqual({ rows: 2, indicated: 2 });
  });

  it('finds the pack by its title or id, whatever the case and remarks', () => {
    const names = [ELECTION.toUpperCase(), `${ELECTION} (pasca)`, 'pilbup-sukamaju', 'Pilbup Sukamaju'];
    const rows = names.map((election) => aCall('Ayo coblos nomor 2', { election }));
    expect(measure(...rows).recall.call).toMatchObject({ value: 1, n: 4 });
  });

  it('tells rows whose election has no pack, and rows that name none, apart', () => {
    const { apart, recall } = measure(
      aCall('Ayo coblos nomor 2', { election: 'Pilkada Entah 2031' }),
      aCall('Ayo coblos nomor 2', { election: null }),
    );
    expect(recall.call.n).toBe(0);
    expect(apart).toMatchObject({
      withoutElection: { rows: 1, indicated: 1 },
      withoutPack: { 'Pilkada Entah 2031': { rows: 1 } },
    });
  });

  it('takes a row without a date for the campaign, and one with a date at its word', () => {
    const { byProvision } = measure(
      aCall('Ayo coblos nomor 2'),
      aCall('Ayo coblos nomor 2', { postedAt: LocalDate.parse('2029-09-01') }),
    );
    expect(byProvision).toMatchObject({ 'DIS-2': { n: 1 }, 'KE-2': { n: 1 } });
  });

  it('screens a row also for the contests that are put to the same voters', () => {
    const [contest] = contests;
    const asked: string[][] = [];
    const screener: Screener = (input) => {
      asked.push([...input.contests]);
      return { kind: 'none' };
    };
    const beside = { ...contest!, id: ContestId.parse('pilgub-beside'), area: AreaCode.parse('99') };
    const elsewhere = { ...contest!, id: ContestId.parse('pilbup-elsewhere'), area: AreaCode.parse('98.01') };
    evaluate([aCall('Ayo')], screener, [contest!, beside, elsewhere]);
    expect(asked).toEqual([['pilbup-sukamaju', 'pilgub-beside']]);
  });
});
