import { isActive } from '../calendar/contest.js';
import { Instant, type LocalDate } from '../time.js';
import type { Packs } from './packs.js';
import type { ContestPack } from './rules.js';
import { compileScreener } from './screen.js';
import type { ScreenInput, Verdict } from './verdict.js';

/** A text that two sets of packs are to read. */
export interface ReplayRow extends Pick<ScreenInput, 'parts' | 'context'> {
  readonly id: string;
  readonly label: string | null;
  /** A contest pack by its id or title; `null` for any that could be meant. */
  readonly election: string | null;
  /** `null` stands for the first day of the contest's campaign. */
  readonly postedAt: Instant | LocalDate | null;
}

/** `unread`: the packs have no contest that the text could be about. */
export interface Outcome {
  readonly kind: Verdict['kind'] | 'unread';
  readonly provisions: readonly string[];
  readonly rules: readonly string[];
}

const CHANGES = ['indicated', 'no-longer-indicated', 'provisions-changed', 'otherwise-changed'] as const;
export type Change = (typeof CHANGES)[number];

export interface Difference {
  /** Its position among the rows. */
  readonly row: number;
  readonly id: string;
  readonly label: string | null;
  readonly change: Change;
  readonly before: Outcome;
  readonly after: Outcome;
}

interface LabelCounts {
  readonly label: string | null;
  readonly rows: number;
  readonly indicatedBefore: number;
  readonly indicatedAfter: number;
}

export interface Replay {
  readonly rows: number;
  /** Rows that neither set of packs has a contest for. */
  readonly unread: number;
  readonly changes: Readonly<Record<Change, number>>;
  readonly labels: readonly LabelCounts[];
  readonly differences: readonly Difference[];
}

const UNREAD: Outcome = { kind: 'unread', provisions: [], rules: [] };

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/gu, '');

const isNamed = ({ id, title }: ContestPack, election: string): boolean =>
  [id, title.id, title.en].some((name) => plain(name) === plain(election));

/** Noon in the west, so that the day is the same in every zone of the country. */
const noonOf = (day: string): Instant => Instant.parse(`${day}T05:00:00.000Z`);

const momentOf = ({ postedAt }: ReplayRow, { stages }: ContestPack): Instant => {
  if (postedAt !== null) return Instant.safeParse(postedAt).data ?? noonOf(postedAt);
  const first = stages.find(({ stage }) => stage === 'campaign') ?? stages[0];
  return noonOf(first?.from ?? '1970-01-01');
};

const couldBeMeant = (row: ReplayRow, contest: ContestPack): boolean =>
  row.election === null
    ? row.postedAt === null || isActive(contest, momentOf(row, contest))
    : isNamed(contest, row.election);

const outcomeOf = (verdict: Verdict): Outcome =>
  verdict.kind === 'indicated'
    ? { kind: verdict.kind, provisions: verdict.provisions, rules: verdict.rules }
    : { kind: verdict.kind, provisions: [], rules: [] };

/** Reads rows by a set of packs, each under every contest that it could be about. */
const readerOf = (packs: Packs): ((row: ReplayRow) => Outcome) => {
  const screen = compileScreener(packs);
  return (row) => {
    const verdicts = packs.contests
      .filter((contest) => couldBeMeant(row, contest))
      .map((contest) =>
        screen({
          parts: row.parts,
          context: row.context,
          postedAt: momentOf(row, contest),
          contests: [contest.id],
        }),
      );
    const verdict = verdicts.find(({ kind }) => kind === 'indicated') ?? verdicts[0];
    return verdict === undefined ? UNREAD : outcomeOf(verdict);
  };
};

const changeOf = (before: Outcome, after: Outcome): Change | null => {
  if (before.kind !== 'indicated' && after.kind === 'indicated') return 'indicated';
  if (before.kind === 'indicated' && after.kind !== 'indicated') return 'no-longer-indicated';
  if (before.kind !== after.kind) return 'otherwise-changed';
  return before.provisions.join() === after.provisions.join() ? null : 'provisions-changed';
};

/** What would change for these texts if one set of packs took the other's place. */
export const replay = (rows: readonly ReplayRow[], before: Packs, after: Packs): Replay => {
  const [old, young] = [readerOf(before), readerOf(after)];
  const read = rows.map((row) => ({ row, before: old(row), after: young(row) }));
  const differences = read.flatMap(({ row: { id, label }, ...outcomes }, row): Difference[] => {
    const change = changeOf(outcomes.before, outcomes.after);
    return change === null ? [] : [{ row, id, label, change, ...outcomes }];
  });
  const count = (change: Change): number => differences.filter((one) => one.change === change).length;
  const labels = [...new Set(rows.map(({ label }) => label))];
  return {
    rows: rows.length,
    unread: read.filter((one) => one.before.kind === 'unread' && one.after.kind === 'unread').length,
    changes: {
      indicated: count('indicated'),
      'no-longer-indicated': count('no-longer-indicated'),
      'provisions-changed': count('provisions-changed'),
      'otherwise-changed': count('otherwise-changed'),
    },
    labels: labels.map((label) => {
      const of = read.filter(({ row }) => row.label === label);
      return {
        label,
        rows: of.length,
        indicatedBefore: of.filter((one) => one.before.kind === 'indicated').length,
        indicatedAfter: of.filter((one) => one.after.kind === 'indicated').length,
      };
    }),
    differences: differences.toSorted(
      (left, right) => CHANGES.indexOf(left.change) - CHANGES.indexOf(right.change),
    ),
  };
};
