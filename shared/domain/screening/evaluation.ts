import * as z from 'zod';
import { Text } from '../fields.js';
import { stageAt } from '../calendar/contest.js';
import type { ProvisionId } from '../ids.js';
import { Instant, LocalDate } from '../time.js';
import type { ContestPack } from './rules.js';
import type { Screener, Verdict } from './verdict.js';
import { share, type Share } from '../statistics/wilson.js';

/** A labelled text. What else a row holds is nobody's business here. */
export const EvaluationRow = z.object({
  id: Text,
  text: z.string(),
  /** Names a contest pack by its title or id, whatever the case; a remark in brackets is left aside. */
  election: z.string().nullish(),
  /** Calls on others, declares a side, or does neither. */
  label: z.enum(['call', 'support', 'none']),
  polarity: z.enum(['pro', 'anti']).nullish(),
  ambiguous: z.boolean().default(false),
  language: z.string().nullish(),
  postedAt: z.union([Instant, LocalDate]).nullish(),
});
export type EvaluationRow = z.infer<typeof EvaluationRow>;

/** What is right for a row. `open` rows are ambiguous, or oppose without calling: either verdict may be right. */
export type Expected = 'call' | 'support' | 'none' | 'open';

export const expectedOf = ({ label, polarity, ambiguous }: EvaluationRow): Expected => {
  if (ambiguous) return 'open';
  if (label === 'support') return polarity === 'anti' ? 'open' : 'support';
  return label;
};

interface Figures {
  readonly precision: Share;
  readonly recall: { readonly call: Share; readonly support: Share };
  readonly falseAlarmRate: Share;
}

/** Indications among rows that count in no figure. */
interface Apart {
  readonly rows: number;
  readonly indicated: number;
}

export interface EvaluationError {
  readonly id: string;
  readonly kind: 'false-alarm' | 'missed-call' | 'missed-support';
  readonly text: string;
  readonly rules: readonly string[];
}

export interface Evaluation extends Figures {
  readonly rows: number;
  readonly undecided: number;
  readonly byLabel: Readonly<Record<string, Apart>>;
  readonly byLanguage: Readonly<Record<string, Figures>>;
  readonly byContest: Readonly<Record<string, Figures>>;
  /** Of the indications that name a provision, those that are right. */
  readonly byProvision: Readonly<Record<string, Share>>;
  readonly apart: {
    readonly open: Apart;
    readonly withoutElection: Apart;
    readonly withoutPack: Readonly<Record<string, Apart>>;
  };
  /** False alarms first, then missed calls, then missed support. */
  readonly errors: readonly EvaluationError[];
}

interface Judged {
  readonly row: EvaluationRow;
  readonly expected: Expected;
  readonly verdict: Verdict;
}

const plain = (name: string): string =>
  name
    .replace(/\([^)]*\)/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/gu, '');

const packNamed = (election: string, contests: readonly ContestPack[]): ContestPack | undefined => {
  const name = plain(election);
  return contests.find(({ id, title }) => [id, title.id, title.en].some((one) => plain(one) === name));
};

/** Noon, so that the day is the same in every zone of the country. */
const noonOf = (day: LocalDate): Instant => Instant.parse(`${day}T05:00:00.000Z`);

/** When a row was posted; one without a date is taken for the first day of its contest's campaign. */
const postedAt = ({ postedAt }: EvaluationRow, contest: ContestPack): Instant => {
  if (postedAt !== null && postedAt !== undefined)
    return Instant.safeParse(postedAt).data ?? noonOf(LocalDate.parse(postedAt));
  const campaign = contest.stages.find(({ stage }) => stage === 'campaign') ?? contest.stages[0];
  return noonOf(campaign?.from ?? LocalDate.parse('1970-01-01'));
};

/** Whether two contests are put to some of the same voters. */
const shareVoters = (one: ContestPack, other: ContestPack): boolean =>
  [one.area, other.area].includes(one.area) &&
  (one.area === '00' ||
    other.area === '00' ||
    one.area.startsWith(other.area) ||
    other.area.startsWith(one.area));

const isRight = ({ expected }: Judged): boolean => expected === 'call' || expected === 'support';
const isIndicated = ({ verdict }: Judged): boolean => verdict.kind === 'indicated';

const apartOf = (judged: readonly Judged[]): Apart => ({
  rows: judged.length,
  indicated: judged.filter(isIndicated).length,
});

const figuresOf = (judged: readonly Judged[]): Figures => {
  const of = (expected: Expected): Share => {
    const { rows, indicated } = apartOf(judged.filter((one) => one.expected === expected));
    return share(indicated, rows);
  };
  const counted = judged.filter((one) => one.expected !== 'open' && isIndicated(one));
  return {
    precision: share(counted.filter(isRight).length, counted.length),
    recall: { call: of('call'), support: of('support') },
    falseAlarmRate: of('none'),
  };
};

const grouped = <Value>(
  judged: readonly Judged[],
  keysOf: (one: Judged) => readonly string[],
  of: (group: readonly Judged[]) => Value,
): Record<string, Value> => {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
  return Object.fromEntries(
    [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, group]) => [key, of(group)]),
  );
};

const errorKind = (one: Judged): EvaluationError['kind'] | null => {
  if (isIndicated(one)) return one.expected === 'none' ? 'false-alarm' : null;
  if (one.expected === 'call') return 'missed-call';
  return one.expected === 'support' ? 'missed-support' : null;
};
const KINDS: readonly EvaluationError['kind'][] = ['false-alarm', 'missed-call', 'missed-support'];

/**
 * Measures a screener on labelled rows. A row is screened for the contest that it names and for those that were on
 * among the same voters on the same day, as an account would be. Rows whose election has no pack, and rows that name
 * none (screened for every contest, each during its campaign), count in no figure.
 */
export const evaluate = (
  rows: readonly EvaluationRow[],
  screener: Screener,
  contests: readonly ContestPack[],
): Evaluation => {
  const counted: Judged[] = [];
  const withoutElection: Judged[] = [];
  const withoutPack: Judged[] = [];
  const judge = (row: EvaluationRow, contest: ContestPack): Judged => {
    const at = postedAt(row, contest);
    const beside = contests.filter(
      (other) => other !== contest && stageAt(other, at) !== null && shareVoters(contest, other),
    );
    const verdict = screener({
      parts: [{ field: 'body', text: row.text }],
      context: null,
      postedAt: at,
      contests: [contest, ...beside].map(({ id }) => id),
    });
    return { row, expected: expectedOf(row), verdict };
  };
  for (const row of rows) {
    const { election } = row;
    if (election === null || election === undefined) {
      const verdicts = contests.map((contest) => judge(row, contest));
      const judged = verdicts.find(isIndicated) ?? verdicts[0];
      withoutElection.push(judged ?? { row, expected: expectedOf(row), verdict: { kind: 'none' } });
      continue;
    }
    const contest = packNamed(election, contests);
    if (contest === undefined)
      withoutPack.push({ row, expected: expectedOf(row), verdict: { kind: 'none' } });
    else counted.push(judge(row, contest));
  }
  const provisionsOf = ({ verdict }: Judged): readonly ProvisionId[] =>
    verdict.kind === 'indicated' ? verdict.provisions : [];
  const errors = counted.flatMap((one): EvaluationError[] => {
    const kind = errorKind(one);
    if (kind === null) return [];
    const rules = one.verdict.kind === 'indicated' ? one.verdict.rules : [];
    return [{ id: one.row.id, kind, text: one.row.text, rules }];
  });
  return {
    rows: rows.length,
    ...figuresOf(counted),
    undecided: counted.filter(({ verdict }) => verdict.kind === 'undecided').length,
    byLabel: grouped(
      counted,
      ({ row: { label, polarity, ambiguous } }) => [
        [label, polarity ?? '', ambiguous ? 'ambiguous' : ''].filter((word) => word !== '').join(' '),
      ],
      apartOf,
    ),
    byLanguage: grouped(counted, ({ row }) => [row.language ?? 'not stated'], figuresOf),
    byContest: grouped(counted, ({ row }) => [row.election ?? ''], figuresOf),
    byProvision: grouped(
      counted.filter(({ expected }) => expected !== 'open'),
      provisionsOf,
      (group) => share(group.filter(isRight).length, group.length),
    ),
    apart: {
      open: apartOf(counted.filter(({ expected }) => expected === 'open')),
      withoutElection: apartOf(withoutElection),
      withoutPack: grouped(withoutPack, ({ row }) => [row.election ?? ''], apartOf),
    },
    errors: KINDS.flatMap((kind) => errors.filter((error) => error.kind === kind)),
  };
};
