import * as z from 'zod';
import { instant, type Instant, plus } from '../../shared/domain/time.js';
import type { Clock } from '../../shared/ports.js';
import type { ApiClient } from '../api-client.js';
import { CliError } from '../cli-error.js';
import { linesIn } from '../record-export.js';

/** The people who take part, and what a run needs of the world. */
export interface SmokeDeps {
  readonly administrator: ApiClient;
  /** Gives the post in, and so may never judge it. */
  readonly submitter: ApiClient;
  /** Another analyst, who sees it arrive. */
  readonly reader: ApiClient;
  readonly officer: ApiClient;
  readonly now: Clock;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Tells this run's post from any other. */
  readonly nonce: string;
  readonly say: (line: string) => void;
}

const Agency = z.object({
  area: z.string(),
  today: z.string(),
  gates: z.object({ notice: z.object({ version: z.string() }).nullable() }),
  closedGates: z.array(z.object({ gate: z.string() })),
});
const Report = z.object({ faults: z.array(z.object({ column: z.string(), reason: z.string() })) });
const Known = z.object({ people: z.array(z.object({ id: z.string() }).nullable()) });
const Listed = z.object({ items: z.array(z.object({ id: z.string() })) });
const Read = z.object({ parts: z.array(z.object({ text: z.string() })).optional() });
const Orders = z.object({ items: z.array(z.object({ subject: z.string() })) });

/** A number that nobody has: whoever was born on that day is not in the service. */
const NUMBER = '190001011916011999';
const MINUTE = 60_000;
/** The classifier takes seconds; the job that erases runs every quarter of an hour. */
const SCREENED_WITHIN = 5 * MINUTE;
const ERASED_WITHIN = 35 * MINUTE;

const until = async <Value>(
  { wait }: Pick<SmokeDeps, 'wait'>,
  { every, within, look }: { every: number; within: number; look: () => Promise<Value | null> },
): Promise<Value | null> => {
  for (let passed = 0; passed <= within; passed += every) {
    const seen = await look();
    if (seen !== null) return seen;
    await wait(every);
  }
  return null;
};

/** A holder who does not exist, on a network that is asked nothing: no address anywhere is looked up for this. */
const register = async ({ administrator, nonce }: SmokeDeps): Promise<{ person: string; handle: string }> => {
  const agency = Agency.parse(await administrator.get('/agency'));
  if (agency.closedGates.length > 0 || agency.gates.notice === null)
    throw new CliError(
      `Gates are closed: ${agency.closedGates.map(({ gate }) => gate).join(', ')}.`,
      'netral doctor says what is missing.',
    );
  const handle = `netral_smoke_${nonce}`;
  const row = {
    employeeNumber: NUMBER,
    employmentType: 'PNS',
    name: 'Uji Asap Netral',
    email: '',
    unit: 'Uji Asap',
    supervisorEmployeeNumber: '',
    area: agency.area,
    network: 'instagram',
    handle,
    declarationRef: `netral smoke ${nonce}`,
    declaredOn: agency.today,
    noticeVersion: agency.gates.notice.version,
    effectiveFrom: '',
    effectiveTo: '',
  };
  const { faults } = Report.parse(await administrator.post('/registry/rows', { rows: [row] }));
  if (faults.length > 0)
    throw new CliError(
      'The synthetic holder could not be registered.',
      null,
      faults.map(({ column, reason }) => `${column} ${reason}`),
    );
  const { people } = Known.parse(await administrator.post('/people/lookup', { employeeNumbers: [NUMBER] }));
  const [person] = people;
  if (person == null) throw new CliError('The synthetic holder was registered and is not there.');
  return { person: person.id, handle };
};

const NEWEST = 10;

/** The finding that this run's post became. */
const arrived = async ({ reader, nonce }: SmokeDeps): Promise<string | null> => {
  const { items } = Listed.parse(await reader.get(`/findings?limit=${NEWEST}`));
  for (const { id } of items) {
    const { parts = [] } = Read.parse(await reader.get(`/findings/${id}`));
    if (parts.some(({ text }) => text.includes(nonce))) return id;
  }
  return null;
};

const erase = async (deps: SmokeDeps, person: string): Promise<void> => {
  const { officer, say } = deps;
  await officer.post(`/people/${person}/erasure`, {});
  say('erasure ordered; the job that does it runs every quarter of an hour');
  const done = await until(deps, {
    every: MINUTE / 4,
    within: ERASED_WITHIN,
    look: async () => {
      const { items } = Orders.parse(await officer.get('/erasures'));
      return items.some(({ subject }) => subject === person) ? null : true;
    },
  });
  if (done === null)
    throw new CliError(
      'The synthetic holder was not erased in time.',
      'See keep-time in docs/runbook.md; the erasure stays ordered.',
    );
};

const receiptOf = async ({ officer, now }: SmokeDeps, finding: string, from: Instant): Promise<boolean> =>
  (await linesIn(officer, { from, to: plus(now(), { seconds: 1 }) })).some(
    ({ entry }) => entry.kind === 'finding-ended' && entry.finding === finding && entry.rule === 'erasure',
  );

/** Takes a post of a holder who does not exist the whole way, from the registry to an analyst, and all of it away again. */
export const smoke = async (deps: SmokeDeps): Promise<void> => {
  const { submitter, now, nonce, say } = deps;
  const from = now();
  const { person, handle } = await register(deps);
  say('a synthetic holder is registered');
  let finding: string | null = null;
  try {
    await submitter.post('/submissions', {
      network: 'instagram',
      author: handle,
      url: `https://www.instagram.com/p/${nonce}/`,
      postedAt: instant(new Date(Date.parse(now()) - 1000)),
      text: `Ayo rekan-rekan ASN, kita coblos nomor 2! (uji asap ${nonce})`,
    });
    say('their post was taken');
    finding = await until(deps, { every: 2000, within: SCREENED_WITHIN, look: () => arrived(deps) });
    if (finding !== null) say('it was screened and lies before an analyst, blind');
  } finally {
    await erase(deps, person);
  }
  if (finding === null)
    throw new CliError(
      'The post did not become a finding within five minutes; the holder is erased again.',
      'netral doctor; then classify-posts in docs/runbook.md.',
    );
  if (!(await receiptOf(deps, finding, from)))
    throw new CliError(
      'The finding is gone, but the record holds no receipt of it.',
      'Keep the record: netral record export.',
    );
  say('holder, account and finding are erased, and the record has the receipts');
};
