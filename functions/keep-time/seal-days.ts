import { lineOrder, type RecordLine } from '../../shared/domain/record/entry.js';
import { headSince, sealDay, spanOf, type Seal } from '../../shared/domain/record/seal.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import { addDays, localDate, minus, type Instant, type LocalDate } from '../../shared/domain/time.js';
import { inPages } from '../../shared/in-pages.js';
import type { Tally } from '../../shared/job-run.js';
import {
  UNFILTERED,
  type AgencyStore,
  type Clock,
  type FindingStore,
  type RecordStore,
  type Report,
  type SealStore,
} from '../../shared/ports.js';

export interface SealDaysDeps {
  readonly agency: Pick<AgencyStore, 'read'>;
  readonly record: Pick<RecordStore, 'lines'>;
  readonly findings: Pick<FindingStore, 'list'>;
  readonly seals: SealStore;
  readonly now: Clock;
  readonly report: Report;
}

/** So long after midnight a day is whole: no function runs longer than five minutes, and no clock is wrong by more. */
const WHOLE_AFTER = { minutes: 30 };

/** What one run of the job makes up for at most. */
const DAYS_PER_RUN = 60;

const PER_READ = 100;
/** Seals the days that are over and have no seal yet, each linked to the one before it. */
export const sealDays = (deps: SealDaysDeps) => async (): Promise<Tally> => {
  const { record, seals, now, report } = deps;
  const agency = await deps.agency.read();
  if (agency === null) return {};
  const zone = agency.timeZone;
  const at = now();
  const lastWhole = addDays(localDate(minus(at, WHOLE_AFTER), zone), -1);

  const last = (await seals.days()).at(-1);
  let previous = last === undefined ? null : await seals.byDay(last);
  let day = last === undefined ? await firstDay(deps, zone, at) : addDays(last, 1);
  if (day === null || day > lastWhole) return {};

  const findings = await everyFinding(deps);
  let sealed = 0;
  for (; day <= lastWhole && sealed < DAYS_PER_RUN; day = addDays(day, 1)) {
    const { from, to } = spanOf(day, zone, previous);
    const lines = await linesIn(record, from, to);
    const heads = findings
      .map((finding) => headSince(finding, from))
      .filter((head) => head !== null)
      .sort((left, right) => (left.finding < right.finding ? -1 : 1));
    const seal = sealDay({ day, zone, lines, heads, previous });
    // Another run may have been faster; what it wrote is the seal.
    previous = (await seals.put(seal)) === 'sealed' ? seal : await standing(seals, day);
    sealed += 1;
  }
  report('days-sealed', { days: sealed });
  return { sealed };
};

const standing = async (seals: SealStore, day: LocalDate): Promise<Seal> => {
  const seal = await seals.byDay(day);
  if (seal === null) throw new Error(`The seal of ${day} is there and cannot be read`);
  return seal;
};

/** The day of the first line; `null` while there is none. */
const firstDay = async (
  { record }: Pick<SealDaysDeps, 'record'>,
  zone: Parameters<typeof localDate>[1],
  at: Instant,
): Promise<LocalDate | null> => {
  const [first] = await record.lines({ from: null, to: at }, 1);
  return first === undefined ? null : localDate(first.entry.at, zone);
};

const linesIn = async (
  record: Pick<RecordStore, 'lines'>,
  from: Instant | null,
  to: Instant,
): Promise<RecordLine[]> => {
  const lines: RecordLine[] = [];
  for await (const line of inPages((limit, after?: RecordLine) => record.lines({ from, to }, limit, after)))
    lines.push(line);
  return lines.sort((left, right) => (lineOrder(left) < lineOrder(right) ? -1 : 1));
};

type Headed = Pick<Finding, 'id' | 'history'>;

const everyFinding = async ({ findings }: Pick<SealDaysDeps, 'findings'>): Promise<Headed[]> => {
  const found: Headed[] = [];
  let cursor: string | null = null;
  do {
    const page = await findings.list({ ...UNFILTERED, limit: PER_READ, cursor });
    found.push(...page.items.map(({ id, history }) => ({ id, history })));
    cursor = page.next;
  } while (cursor !== null);
  return found;
};
